"""The counts of texts that are kept aside from the Readings, as a mapping: they are fetched when they are asked for.

Not a memory: who asks keeps what they got.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from byline.site import packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from byline.related.kept_counts import Key
    from byline.related.terms import Counts
    from byline.site.store import Store

_FEW = 50
"""Who asks for more than one in so many, and than so many, wants all."""


class KeptAside(Mapping["Key", "Counts"]):
    """Counts that are fetched when they are asked for: one by one, and where many are wanted, all at once.

    What was fetched with all is let go when it is asked for.
    """

    def __init__(self, keys: Mapping[Key, str], store: Callable[[], Store]) -> None:
        """Fetch counts that are kept by these keys."""
        self._keys = keys
        self._store = store
        self._asked = 0

    def __getitem__(self, of: Key) -> Counts:
        """Return the counts of a text. Raises KeyError where none are kept."""
        key = self._keys[of]
        self._asked += 1
        body = self._all.pop(key, None) if self._asked > max(_FEW, len(self._keys) // _FEW) else None
        found = packed.counts(body or self._store().get(key) or b"")
        if found is None:
            raise KeyError(of)
        return found

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    @cached_property
    def _all(self) -> dict[str, bytes]:
        return self._store().several(self._keys.values())
