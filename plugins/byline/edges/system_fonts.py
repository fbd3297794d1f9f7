"""The fonts that are installed on this machine, found in the folders where Linux, macOS and Windows keep them.

Not by asking a program, and not for ever: a search ends after so many files, and after so many seconds.
"""

from __future__ import annotations

import os
import sys
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from byline.values.font import faces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from byline.values.font import Font

_SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}
_MOST_FILES = 4000
_MOST_FOLDERS = 2000
_LONGEST_SEARCH = 10.0
"""Seconds: a folder may be on a machine that does not answer. Local ones take less than one."""


def font_folders() -> tuple[Path, ...]:
    """Return the folders that fonts are installed to, the user's own first."""
    home = Path("~").expanduser()
    if sys.platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    if os.name == "nt":
        local, windows = os.environ.get("LOCALAPPDATA", ""), os.environ.get("WINDIR", r"C:\Windows")
        own = (Path(local, "Microsoft/Windows/Fonts"),) if local else ()
        return (*own, Path(windows, "Fonts"))
    # XDG Base Directory 0.8: what is the user's, then what is everybody's.
    own_share = os.environ.get("XDG_DATA_HOME") or str(home / ".local/share")
    shares = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    every = (Path(own_share, "fonts"), home / ".fonts", *(Path(share, "fonts") for share in shares if share))
    return tuple(dict.fromkeys((*every, Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))))


def installed(folders: Iterable[Path]) -> Iterator[Font]:
    """Yield the faces in these folders and those below them, in the order of folders and names."""
    until = time.monotonic() + _LONGEST_SEARCH
    for path in islice(_font_files(folders), _MOST_FILES):
        if time.monotonic() > until:
            return
        yield from faces_of(path)


def faces_of(path: Path) -> tuple[Font, ...]:
    """Return the faces of a font file; none of what is no font, or cannot be read."""
    try:
        with path.open("rb") as file:

            def read(offset: int, length: int) -> bytes:
                file.seek(offset)
                return file.read(length)

            return faces(path, read)
    except OSError:
        return ()


def _font_files(folders: Iterable[Path]) -> Iterator[Path]:
    walked = (entry for folder in folders for entry in os.walk(folder))
    for folder, below, names in islice(walked, _MOST_FOLDERS):
        below.sort()
        for name in sorted(names):
            path = Path(folder, name)
            if path.suffix.lower() in _SUFFIXES and path.is_file():
                yield path
