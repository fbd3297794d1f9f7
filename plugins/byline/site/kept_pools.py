"""The pools of related posts, kept in a file from one run to the next.

Not needed by anybody: without the file, or with anything else in it than what was written, by this Byline on such a
machine, all is indexed and listed anew.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from byline.edges import files, machine
from byline.related.kept_pools import KeptPools

if TYPE_CHECKING:
    from collections.abc import Iterable

_PACKAGE = Path(__file__).parents[1]
_ROOMS = ("values", "related")
_SEAL = 32
_FILE = "related"


def kept_pools(home: Path) -> KeptPools:
    """Return the pools that are kept in a site's `.byline/`, which are read when the first one is asked for."""
    return KeptPools(lambda: _read(home / _FILE))


def keep(home: Path, pools: KeptPools) -> None:
    """Write down in a site's `.byline/` what was learnt of its pools, if anything was."""
    written = pools.written()
    if written is not None:
        files.write(home / _FILE, b"".join((_seal(written), *written)))


def _read(file: Path) -> bytes | memoryview:
    """Return what was written, or nothing."""
    body = memoryview(files.read_if_there(file) or b"")
    return body[_SEAL:] if body[:_SEAL] == _seal([body[_SEAL:]]) else b""


def _seal(written: Iterable[bytes | memoryview]) -> bytes:
    """Return a digest of what is written, of the code that made it and of the machine where it ran."""
    digest = hashlib.blake2b(machine.described().encode(), digest_size=_SEAL)
    for room in _ROOMS:
        for module in sorted((_PACKAGE / room).glob("*.py")):
            digest.update(module.read_bytes())
    for part in written:
        digest.update(part)
    return digest.digest()
