"""The pools of related posts, kept in a file from one run to the next.

Not needed by anybody: without the file, or with anything else in it than what was written, by this Byline on such a
machine, all is indexed and listed anew.
"""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from byline.edges import files, machine
from byline.related.kept_pools import KeptPools
from byline.related.packing import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from byline.related.packing import Part

_PACKAGE = Path(__file__).parents[1]
_ROOMS = ("values", "related")
_SEAL = 32
_PIECE = 1 << 20
_FILE = "related"


def kept_pools(home: Path) -> KeptPools:
    """Return the pools that are kept in a site's `.byline/`, which are read when the first one is asked for."""
    return KeptPools(lambda: _read(home / _FILE))


def keep(home: Path, pools: KeptPools) -> None:
    """Write down in a site's `.byline/` what was learnt of its pools, if anything was."""
    written = pools.written()
    if written is not None:
        files.write_pieces(home / _FILE, (_seal(written), *written))


def _read(file: Path) -> dict[str, Part]:
    """Return what was written, or nothing. The file is read twice: nothing of it is taken in before it is known."""
    try:
        with file.open("rb") as opened:
            seal = opened.read(_SEAL)
            if seal != _seal(iter(partial(opened.read, _PIECE), b"")):
                return {}
            opened.seek(_SEAL)
            return unpacked(opened)
    except FileNotFoundError:
        return {}


def _seal(written: Iterable[bytes | memoryview]) -> bytes:
    """Return a digest of what is written, of the code that made it and of the machine where it ran."""
    digest = hashlib.blake2b(machine.described().encode(errors="surrogateescape"), digest_size=_SEAL)
    for room in _ROOMS:
        for module in sorted((_PACKAGE / room).glob("*.py")):
            digest.update(module.read_bytes())
    for part in written:
        digest.update(part)
    return digest.digest()
