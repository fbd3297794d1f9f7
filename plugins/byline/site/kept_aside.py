"""The counts of texts that are kept aside from the Readings, as a mapping: they are fetched when they are asked for.

Not a memory: who asks keeps what they got.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from byline.site import packed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.related.kept_counts import Key
    from byline.related.terms import Counts
    from byline.site.store import Reader


class KeptAside(Mapping["Key", "Counts"]):
    """Counts that are fetched when they are asked for."""

    def __init__(self, keys: Mapping[Key, str], kept: Reader) -> None:
        """Fetch counts that are kept by these keys."""
        self._keys = keys
        self._kept = kept

    def __getitem__(self, of: Key) -> Counts:
        """Return the counts of a text. Raises KeyError where none are kept."""
        found = packed.counts(self._kept.get(self._keys[of]) or b"")
        if found is None:
            raise KeyError(of)
        return found

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
