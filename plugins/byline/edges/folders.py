"""Folders: what stands below one.

Not a place that reads a file or writes one.
"""

from __future__ import annotations

import fnmatch
import hashlib
import os
import stat
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from byline.edges import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    _Seen = tuple[str, os.stat_result | None]

_NAME = attrgetter("name")


def tree(root: Path, ignored: Callable[[str], bool], loop: Callable[[str], None]) -> Iterator[str]:
    """Yield the regular files below a folder, as POSIX paths from it, in order; symbolic links are followed.

    `ignored` tells for a name whether it is left out with all below it; `loop` is told of a link that leads to a
    folder above itself, which is not followed.
    """
    return (path for path, _found in _walked(root, ignored, loop))


def standing(
    root: Path, ignored: Callable[[str], bool], loop: Callable[[str], None], now: datetime
) -> Iterator[tuple[str, str]]:
    """Yield them like `tree`, each with a text that changes with every change of the file (see `files.state`).

    It is empty where another change could go unseen, seen from an instant (aware), and for a link that leads nowhere.
    """
    settled = (now - files.TICK).timestamp() * 1e9
    for path, found in _walked(root, ignored, loop):
        in_doubt = found is None or max(found.st_mtime_ns, found.st_ctime_ns) > settled
        yield path, "" if found is None or in_doubt else files.as_text(found)


def seen(root: Path, ignored: Callable[[str], bool]) -> tuple[str, int]:
    """Return a digest of how the files below a folder stand, and when one of them changed last (nanoseconds).

    The digest is another after any change of a file, whatever times are given to it; no file is read.
    """
    digest, newest = hashlib.sha256(), 0
    for path, found in _walked(root, ignored, lambda _path: None):
        if found is None:
            digest.update(f"{path}\0\n".encode(errors="surrogateescape"))
        else:
            digest.update(f"{path}\0{files.as_text(found)}\n".encode(errors="surrogateescape"))
            newest = max(newest, found.st_mtime_ns, found.st_ctime_ns)
    return digest.hexdigest(), newest


def _walked(
    root: Path, ignored: Callable[[str], bool], loop: Callable[[str], None]
) -> Iterator[tuple[str, os.stat_result | None]]:
    """Yield the regular files below a folder and how they stand; None: a link that leads nowhere."""

    def walk(folder: str, prefix: str, above: tuple[str, ...]) -> Iterator[tuple[str, os.stat_result | None]]:
        inside = (*above, folder)
        for entry in sorted(os.scandir(folder), key=_NAME):
            if ignored(entry.name):
                continue
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                # Only a link leads back to a folder above itself; how any other folder stands needs not be asked.
                yield from walk(entry.path, f"{path}/", inside)
                continue
            try:
                found = entry.stat()
            except OSError:
                # A dangling link is a file that cannot be read: whoever reads it says so.
                yield path, None
                continue
            if stat.S_ISREG(found.st_mode):
                yield path, found
            elif stat.S_ISDIR(found.st_mode):
                if any(os.path.samestat(found, os.stat(one)) for one in inside):  # noqa: PTH116  names, as above
                    loop(path)
                else:
                    yield from walk(entry.path, f"{path}/", inside)

    if root.is_dir():
        yield from walk(str(root), "", ())


def all_names(root: Path) -> Iterator[str]:
    """Yield everything below a folder that is no folder itself, as POSIX paths from it; links are not followed."""

    def walk(folder: str, prefix: str) -> Iterator[str]:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from walk(entry.path, f"{prefix}{entry.name}/")
                else:
                    yield prefix + entry.name

    if root.is_dir():
        yield from walk(str(root), "")


def tree_names(root: str, patterns: Sequence[str]) -> Iterator[str]:
    """Yield the files below a folder like `tree`, without those whose name, or a folder's above, fits a pattern."""
    return tree(
        Path(root), lambda name: any(fnmatch.fnmatch(name, pattern) for pattern in patterns), lambda _path: None
    )
