"""The four kinds of target as tests meet them: where a site is put, what readers find there, what others put there.

Not a test, and not a target: Byline's own is asked for with `target`.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Protocol

import pytest
import small_site
from byline.deploy.saved import ROOM
from byline.values.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from byline.deploy.target import Target
    from s3_server import Store
    from ssh_server import Server

_BUCKETS = count()


class Place(Protocol):
    """A place where a site is put; `blog` is the folder of the blog that is."""

    blog: Path

    def target(self, to: str = "", *, keep: int = 5, compress: bool | None = None) -> Target:
        """Return the target for an address, by default the place's own."""

    def files(self) -> dict[str, bytes]:
        """Return what readers find there, by path, and the manifest."""

    def by_hand(self, path: str, body: bytes) -> None:
        """Put a file there as somebody else would."""


@dataclass
class Branch:
    """A bare repository and a blog that is deployed to its branch `pages`."""

    path: Path
    blog: Path

    def git(self, *arguments: str, given: bytes = b"") -> bytes:
        """Run git in the repository."""
        return subprocess.run(
            ["git", "-C", str(self.path), *arguments], input=given, check=True, capture_output=True
        ).stdout

    def begin(self) -> Branch:
        """Make the repository."""
        self.path.mkdir()
        self.git("init", "--quiet", "--bare", "--template=")
        return self

    def target(self, to: str = "", *, keep: int = 5, compress: bool | None = None) -> Target:
        """Return the target for an address, by default the repository's path."""
        address = to or f"{self.path}#pages"
        return small_site.target("git_branch", address, self.blog / ".byline", keep=keep, compress=compress)

    def files(self, commit: str = "pages") -> dict[str, bytes]:
        """Return the files of a commit by path."""
        names = [line.split(b"\t", 1) for line in self.git("ls-tree", "-rz", commit).split(b"\0")[:-1]]
        return {name.decode(): self.git("cat-file", "blob", about.split()[2].decode()) for about, name in names}

    def by_hand(self, path: str, body: bytes) -> None:
        """Commit a file as somebody else would."""
        self.commit({path: body})

    def commit(self, files: dict[str, bytes], *, mode: str = "100644") -> str:
        """Commit files to the branch as somebody else would; return the commit."""
        parent = self.tip()
        stream = b"commit refs/heads/pages\ncommitter Else <else@example> 1700000000 +0000\ndata 5\nOther\n"
        stream += f"from {parent}\n".encode() if parent else b""
        for path, body in files.items():
            quoted = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            stream += f'M {mode} inline "{quoted}"\ndata {len(body)}\n'.encode() + body + b"\n"
        self.git("fast-import", "--quiet", given=stream)
        return self.tip()

    def tip(self) -> str:
        """Return the commit that the branch is at, or an empty text."""
        return self.git("for-each-ref", "--format=%(objectname)", "refs/heads/pages").decode().strip()

    def log(self, form: str = "%s") -> list[str]:
        """Return a line for each commit of the branch, the newest first."""
        return self.git("log", f"--format={form}", "pages").decode().splitlines()


@dataclass
class ServerFolder:
    """A folder on an ssh server, and a blog that is deployed to it."""

    folder: Path
    blog: Path
    server: Server

    def target(self, to: str = "", *, keep: int = 5, compress: bool | None = False) -> Target:
        """Return the target for an address, by default the folder's."""
        address = to or self.server.rsync(self.folder)
        return small_site.target("rsync", address, self.blog / ".byline", keep=keep, compress=compress)

    def files(self) -> dict[str, bytes]:
        """Return the files of the live release by path, all from the folder that the link led to."""
        while True:
            live = (self.folder / "current").readlink()
            try:
                return small_site.listed(self.folder / live)
            except FileNotFoundError:
                # A reader may be so slow that the release is no longer kept when the last file's turn comes.
                if (self.folder / "current").readlink() == live:
                    raise

    def by_hand(self, path: str, body: bytes) -> None:
        """Write a file into the live release."""
        small_site.written(self.folder / "current", {path: body})

    def names(self) -> set[str]:
        """Return what is in the folder of releases, but for what is being deleted there."""
        return {path.name for path in (self.folder / "releases").iterdir() if path.suffix != ".gone"}

    @property
    def live(self) -> str:
        """The name of the live release's folder."""
        return (self.folder / "current").readlink().name


@dataclass
class Bucket:
    """A new bucket of an S3 store, and a blog that is deployed to it."""

    store: Store
    blog: Path

    def __post_init__(self) -> None:
        """Make the bucket."""
        self.name = f"place-{next(_BUCKETS)}"
        self.store.client.create_bucket(Bucket=self.name)

    def target(self, to: str = "", *, keep: int = 5, compress: bool | None = None) -> Target:
        """Return the target for an address, by default the bucket's."""
        address = to or self.store.address(self.name)
        return small_site.target("s3", address, self.blog / ".byline", keep=keep, compress=compress)

    def files(self) -> dict[str, bytes]:
        """Return what readers who guess no names find in the bucket."""
        return public(self.store.files(self.name))

    def by_hand(self, path: str, body: bytes) -> None:
        """Put an object into the bucket."""
        self.store.client.put_object(Bucket=self.name, Key=path, Body=body)


@dataclass
class LocalFolder:
    """A folder on this machine, and a blog that is deployed to it."""

    folder: Path
    blog: Path

    def target(self, to: str = "", *, keep: int = 5, compress: bool | None = None) -> Target:
        """Return the target for an address, by default the folder's."""
        home = self.blog / ".byline"
        return small_site.target("folder", to or str(self.folder), home, keep=keep, compress=compress)

    def files(self) -> dict[str, bytes]:
        """Return what readers who guess no names find in the folder."""
        return public(small_site.listed(self.folder))

    def by_hand(self, path: str, body: bytes) -> None:
        """Write a file into the folder."""
        small_site.written(self.folder, {path: body})


def refused(place: Target, files: Mapping[str, bytes]) -> str:
    """Return the one problem, in one line, with which putting a site there fails."""
    with pytest.raises(Fault) as caught:
        small_site.deployed(place, files)
    (problem,) = caught.value.problems
    assert "\n" not in str(problem)
    assert problem.remedy
    return str(problem)


def public(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files of a target that changes file by file, without what it keeps of earlier releases."""
    return {path: body for path, body in files.items() if not path.startswith(ROOM)}
