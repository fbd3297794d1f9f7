"""The pools of related posts, kept in a file from one run to the next.

Not needed by anybody: without the file, or with anything else in it than what was written, by this Byline on such a
machine, all is indexed and listed anew.
"""

from __future__ import annotations

import hashlib
import mmap
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from byline.edges import files, machine
from byline.related.kept_pools import KeptPools
from byline.related.packing import unpacked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from byline.related.packing import Part

_PACKAGE = Path(__file__).parents[1]
_ROOMS = ("values", "related")
_SEAL = 32
_PIECE = 1 << 20
_FILE = "related"


def kept_pools(home: Path) -> KeptPools:
    """Return the pools that are kept in a site's `.byline/`, which are read when the first one is asked for."""
    return KeptPools(lambda: _read(home / _FILE), lambda written: _written(home / _FILE, written))


def keep(home: Path, pools: KeptPools) -> None:
    """Write down in a site's `.byline/` what was learnt of its pools, if anything was."""
    written = pools.written()
    if written is not None:
        _write(home / _FILE, written)


def _written(file: Path, written: Collection[bytes | memoryview]) -> Mapping[str, Part]:
    """Write pools down; return them as they stand in the file."""
    _write(file, written)
    with file.open("rb") as opened:
        return _parts(opened)


def _write(file: Path, written: Collection[bytes | memoryview]) -> None:
    files.write_pieces(file, (_seal(written), *written))


def _read(file: Path) -> Mapping[str, Part]:
    """Return what was written, or nothing: nothing of the file is taken in before it is known."""
    try:
        with file.open("rb") as opened:
            if opened.read(_SEAL) != _seal(iter(partial(opened.read, _PIECE), b"")):
                return {}
            return _parts(opened)
    except FileNotFoundError:
        return {}


def _parts(file: BinaryIO) -> Mapping[str, Part]:
    """Return the parts of a file, which take memory when they are looked at, and as far as they are.

    Elsewhere than with POSIX a file cannot be replaced while it is looked at like that: it is read.
    """
    if os.name == "posix":
        body: mmap.mmap | bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    else:
        file.seek(0)
        body = file.read()
    return unpacked(memoryview(body)[_SEAL:])


def _seal(written: Iterable[bytes | memoryview]) -> bytes:
    """Return a digest of what is written, of the code that made it and of the machine where it ran."""
    digest = hashlib.blake2b(machine.described().encode(errors="surrogateescape"), digest_size=_SEAL)
    for room in _ROOMS:
        for module in sorted((_PACKAGE / room).glob("*.py")):
            digest.update(module.read_bytes())
    for part in written:
        digest.update(part)
    return digest.digest()
