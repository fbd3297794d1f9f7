"""Pictures that were made before, renditions and cards, kept in a folder so that none is made twice.

Not needed by anybody: without the folder, or with garbage in it, they are made anew.
"""

from __future__ import annotations

import hashlib
import re
from functools import cached_property
from typing import TYPE_CHECKING

from byline.edges import files, folders

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

_NAMED = re.compile(r"(?P<path>.+)\.(?P<size>[0-9]{1,15})-(?P<digest>[0-9a-f]{64})", re.DOTALL)


class Kept:
    """The pictures in a folder. A file's name says what it holds: the picture's path, its size, its SHA-256.

    So there is no list that could be behind, what was made before an interruption counts, and a file that a crash, or
    another process at work, left short, empty or full of zeros is not what its name says: no write needs a temporary
    name, or to wait for the disk. Threads and processes may share the folder.
    """

    def __init__(self, folder: Path) -> None:
        """Look what is there, as soon as somebody asks."""
        self._folder = folder

    @cached_property
    def _names(self) -> dict[str, str]:
        found = map(_NAMED.fullmatch, sorted(folders.all_names(self._folder)))
        return {match["path"]: match[0] for match in found if match}

    def known(self, path: str) -> str:
        """Return the SHA-256 (hex) of the picture at a path below output/; empty when it must be made.

        The file has the right size; whether it holds the right bytes, `body` looks.
        """
        found = _NAMED.fullmatch(self._names.get(path, ""))
        stamp = found and files.stamp(self._folder / found[0])
        return found["digest"] if found and stamp and stamp[0] == int(found["size"]) else ""

    def body(self, path: str, make: Callable[[], bytes]) -> bytes:
        """Return the bytes of the picture at a path below output/, as they are kept; else made, and kept from now on.

        Raises what `make` raises.
        """
        before = self._names.get(path)
        kept = files.read_if_there(self._folder / before) if before else None
        if kept is not None and _name(path, kept) == before:
            return kept
        made = make()
        name = _name(path, made)
        files.put(self._folder / name, made)
        self._names[path] = name
        if before and before != name:
            files.remove(self._folder / before, self._folder)
        return made

    def prune(self, wanted: Collection[str]) -> None:
        """Let go of the pictures whose paths are not wanted any more, and of what else lies in the folder."""
        for path in self._names.keys() - set(wanted):
            del self._names[path]
        names = frozenset(self._names.values())
        for name in sorted(folders.all_names(self._folder)):
            if name not in names:
                files.remove(self._folder / name, self._folder)


def _name(path: str, body: bytes) -> str:
    return f"{path}.{len(body)}-{hashlib.sha256(body).hexdigest()}"
