"""The ground: what every page rests on besides its content, as one digest: the code, the machine, settings, templates.

Not what one page is made from: that its trace tells.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import byline
from byline.edges import files, folders, machine

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENGINE = Path(byline.__file__).parent


def ground_of(said: str, places: Iterable[Path]) -> str:
    """Return the digest (hex) for settings given as text, and folders of templates and words.

    Files are read, not looked at: two changes within one tick of a clock are two grounds.
    """
    digest = hashlib.sha256(f"{_engine()}\0{said}".encode(errors="surrogateescape"))
    for place in places:
        digest.update(_content(place))
    return digest.hexdigest()


@cache
def _engine() -> str:
    """Return a digest of Byline's code and what it runs on, which stay as long as this process."""
    return hashlib.sha256(_content(_ENGINE) + machine.described().encode(errors="surrogateescape")).hexdigest()


def _content(folder: Path) -> bytes:
    """Return a digest of the names and bytes of all files below a folder."""
    digest = hashlib.sha256()
    for path in folders.tree(folder, {"__pycache__"}.__contains__, lambda _path: None):
        body = files.read_if_there(folder / path)
        digest.update(
            f"{path}\0{'' if body is None else hashlib.sha256(body).hexdigest()}\n".encode(errors="surrogateescape")
        )
    return digest.digest()
