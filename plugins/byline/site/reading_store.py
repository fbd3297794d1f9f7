"""The store of what was read: for each source what a listing needs, the texts by their digests, the counts of terms.

Not what is in any of them: bytes are given and got, by keys that others make.
"""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from byline.site.store import Reader, Store

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from byline.site.packed import Packed

_LISTED, _TEXTS, _COUNTS = "kept", "texts", "counts"


class ReadingStore:
    """Three tables of a file, which can be thrown away at any time."""

    def __init__(self, file: Path) -> None:
        """Keep them in a file that need not be there."""
        self._file = file
        self._one, self._text = Reader(file, _LISTED), Reader(file, _TEXTS)
        self.counts = Reader(file, _COUNTS)

    def keep(self, parts: Mapping[str, Packed]) -> None:
        """Keep what was read, by key: what a listing needs comes last, so that where it is kept, the rest is."""
        self.close()  # the file that was read from may have been thrown away
        texts = {sha256(part.text).hexdigest(): partial(bytes, part.text) for part in parts.values()}
        self._table(_TEXTS).renew(texts)
        self._table(_COUNTS).renew({key: partial(bytes, part.counts) for key, part in parts.items()})
        self._table(_LISTED).renew({key: partial(bytes, part.listed) for key, part in parts.items()})

    def several(self, keys: Collection[str]) -> dict[str, bytes]:
        """Return what a listing needs of those sources that are kept."""
        return self._table(_LISTED).several(keys)

    def one(self, key: str) -> bytes:
        """Return what a listing needs of one source; nothing where it is not kept."""
        return self._one.get(key) or b""

    def text(self, digest: str) -> bytes:
        """Return a text; nothing where it is not kept."""
        return self._text.get(digest) or b""

    def count(self) -> int:
        """Return of how many sources something is kept."""
        return self._table(_LISTED).count()

    def keep_only(self, keys: Collection[str], texts: Collection[str]) -> None:
        """Forget what was read of all other sources, and all other texts."""
        self._table(_TEXTS).keep_only(texts)
        self._table(_LISTED).keep_only(keys)
        self._table(_COUNTS).keep_only(keys)

    def close(self) -> None:
        """Let go of the file, until something is asked for."""
        for reader in (self._one, self._text, self.counts):
            reader.close()

    def _table(self, name: str) -> Store:
        return Store(self._file, name)
