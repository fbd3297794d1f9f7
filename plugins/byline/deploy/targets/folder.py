"""Deploying into a folder: one that a server on this machine serves, or that another program carries on.

Not a copy of `output/`: only what changed is written, and what Byline did not put there stays.
"""

from __future__ import annotations

import errno
import hashlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from byline.deploy.compressed import SUFFIX, compressed, compressible
from byline.deploy.in_place import InPlace
from byline.deploy.saved import ROOM
from byline.deploy.target import moved
from byline.edges import files, folders
from byline.values.manifest import PATH
from byline.values.problem import Fault, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.deploy.target import Target
    from byline.values.output import Kind
    from byline.values.settings import Destination

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENOTEMPTY}
_OWN = ("content", "output", ".byline", ".git", "plugins", "theme")
"""Folders of a blog that a site must not be put into."""


def target(name: str, destination: Destination, home: Path) -> Target:
    """Return the folder as a target; a relative one is meant from the project's. Raises Fault for a wrong one."""
    root = home.parent.resolve()
    folder = (root / Path(destination.to).expanduser()).resolve()
    if folder == root or folder in root.parents or any(folder.is_relative_to(root / own) for own in _OWN):
        what = f"The target {name} is {folder}, where the blog itself is kept."
        raise Fault(Problem("wrong-target", what, "Name a folder of its own in BYLINE_DEPLOY."))
    if not folder.parent.is_dir():
        what = f"The target {name} should be in {folder.parent}, which is not there."
        raise Fault(Problem("wrong-target", what, "Make that folder, or mend the path in BYLINE_DEPLOY."))
    compress = destination.compress is True
    return InPlace(_Files(folder, compress=compress), destination.keep, compress, where=str(folder))


class _Files:
    """The files in a folder (see `deploy/objects`)."""

    workers = 8

    def __init__(self, root: Path, *, compress: bool) -> None:
        self.root = root
        self._compress = compress
        self._room = root / ROOM
        self._coming = self._room / "coming"

    def paths(self, below: str = "") -> Iterator[str]:
        prefix = below if not below or below.endswith("/") else f"{below}/"
        with self._faults():
            yield from (prefix + name for name in folders.all_names(self.root / below))

    def get(self, path: str) -> bytes | None:
        with self._faults(path):
            return files.read_if_there(self._inside(path))

    def put(self, path: str, kind: Kind, body: bytes) -> None:  # noqa: ARG002  a folder's server tells by the name
        with self._faults(path):
            files.write(self._inside(path), body, self._coming)
            if self._compress and compressible(path) and not path.startswith(ROOM):
                files.write(self._inside(path + SUFFIX), compressed(body), self._coming)

    def copy(self, source: str, path: str) -> None:
        with self._faults(path):
            files.twin(self._inside(source), self._inside(path), self._coming)
            if compressible(path) and not path.startswith(ROOM):
                self._renew_compressed(path)

    def delete(self, path: str) -> None:
        with self._faults(path):
            files.remove(self._inside(path), self.root)

    def manifest(self) -> tuple[bytes | None, str]:
        body = self.get(PATH)
        return body, "" if body is None else hashlib.sha256(body).hexdigest()

    def put_manifest(self, body: bytes, version: str) -> str:
        if self.manifest()[1] != version:
            raise moved(str(self.root))
        with self._faults(PATH):
            files.write(self._inside(PATH), body, self._coming)
        return hashlib.sha256(body).hexdigest()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder's lock, and a place for files that are not whole yet; what a killed run left there goes."""
        with self._faults():
            files.private_folder(self._room)
        with files.lock(self._room / "lock"):
            with self._faults():
                files.remove_tree(self._coming)
                files.private_folder(self._coming)
            yield
            with self._faults():
                files.remove_tree(self._coming)

    def _renew_compressed(self, path: str) -> None:
        """Put the compressed copy of a text that came back beside it, or take away the one of the text before it."""
        body = self.get(path) if self._compress else None
        if body is None:
            files.remove(self._inside(path + SUFFIX), self.root)
        else:
            files.write(self._inside(path + SUFFIX), compressed(body), self._coming)

    def _inside(self, path: str) -> Path:
        """Return where a file is. Raises Fault when a link among its folders leads elsewhere."""
        place = self.root / path
        for folder in place.parents if ".." not in place.parts else ():
            if folder == self.root:
                return place
            if folder.is_symlink():
                what = f"{folder} is a link that leads elsewhere; {path} would land there."
                raise Fault(Problem("wrong-target", what, "Put a folder in its place, or remove the link."))
        what = f"The path {path} leads out of {self.root}."
        raise Fault(Problem("wrong-target", what, "Change the address that it comes from."))

    @contextmanager
    def _faults(self, path: str = "") -> Iterator[None]:
        """Say what the system says in a sentence for the writer."""
        try:
            yield
        except OSError as error:
            place = self.root / path
            if error.errno in _FULL:
                what = f"There is no room left for {place}."
                raise Fault(Problem("full-target", what, "Make room, then run this again: it goes on.")) from error
            if error.errno in _FORBIDDEN:
                what = f"{place} cannot be changed: {error.strerror}."
                remedy = "Give yourself the right to write there, or move away what is in its place."
                raise Fault(Problem("refused-by-target", what, remedy)) from error
            what = f"{place} cannot be reached: {error.strerror}."
            remedy = "Look whether its disk is there and well, then run this again."
            raise Refused(Problem("unreachable-target", what, remedy)) from error
