"""Bytes put aside in a file without a name, by a key: this process and copies of it have them at hand, not in memory.

Not a store: it is gone with the process. Where a file cannot be read at a place (Windows), nothing is put aside.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from weakref import finalize

from byline.edges import files

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO


class Aside:
    """Bytes by a key. A copy of this process finds what was put before it was made, and puts nothing."""

    def __init__(self, folder: Path) -> None:
        """Begin with nothing, and no file; there will be one in a folder."""
        self._folder = folder
        self._places: dict[object, tuple[int, int]] = {}
        self._file: BinaryIO | None = None
        self._end = 0

    def put(self, key: object, body: bytes) -> None:
        """Put bytes aside."""
        if not hasattr(os, "pread"):
            return
        if self._file is None:
            self._file = files.unnamed(self._folder)
            finalize(self, self._file.close)  # with the listing that it is of
        self._file.write(body)
        self._file.flush()  # else a copy of this process would not find it
        self._places[key] = (self._end, len(body))
        self._end += len(body)

    def get(self, key: object) -> bytes | None:
        """Return the bytes of a key; None where there are none."""
        place = self._places.get(key)
        if place is None or self._file is None:
            return None
        start, length = place
        return os.pread(self._file.fileno(), length, start)

    def clear(self) -> None:
        """Let go of all."""
        self._places.clear()
        if self._file is not None:
            self._file.close()
            self._file = None
        self._end = 0
