"""A folder on a server, reached by ssh and rsync: each release in a folder of its own, a link to the live one.

Not an rsync daemon: `rsync://me@host/srv/www` means ssh. `BYLINE_SSH` in the environment is the ssh to use, with its
options, as GIT_SSH_COMMAND is for git: `ssh -F file`.

    look        where the link `current` leads, and what is there
    deploy      hard links of that release, what changes sent beside it, the link renamed over the old one
    rollback    the same from an earlier release
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING
from urllib.parse import quote

from byline.deploy import connection, obstacles, returning, rsync_address, server_scripts
from byline.deploy.compressed import SUFFIX, compressed, compressible
from byline.deploy.server import Server
from byline.deploy.target import There, no_release
from byline.edges import files, folders
from byline.values import manifest as manifests

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from byline.deploy.plan import Plan
    from byline.deploy.target import Read, Report, Target
    from byline.values.settings import Destination

_LIVE = "current"


def target(name: str, destination: Destination, home: Path) -> Target:
    """Return the target for `rsync://[user@]host[:port]/folder`; `home` is `.byline/`. Raises Fault for another."""
    home = home.resolve()
    server = Server(rsync_address.parsed(destination.to), home.parent)
    outgoing = home / "targets" / quote(name, safe="") / "outgoing"
    return Rsync(server, outgoing, destination.keep, compress=destination.compress is not False)


class Rsync:
    """A folder on a server; `keep` releases before the live one stay there. `outgoing` holds files on their way."""

    def __init__(self, server: Server, outgoing: Path, keep: int, *, compress: bool) -> None:
        """Know the way; nothing is asked yet."""
        self.compress = compress
        self._server = server
        self._outgoing = outgoing
        self._keep = keep

    def extras(self, site_url: str) -> Mapping[str, bytes]:
        """Return nothing: the web server's settings are elsewhere."""
        del site_url
        return {}

    def look(self) -> There:
        """Return what the live release holds; its version is where the link leads."""
        return self._look(_LIVE)[0]

    def deploy(self, plan: Plan, read: Read, report: Report) -> None:
        """Put a release beside the live one and make it live. Raises Refused when another one is live by now."""
        obstacles.clear(plan, self._server.where)
        staying = (plan.there.paths - set(plan.leaving)) | {arrival.path for arrival in plan.arriving}
        empty = sorted(obstacles.folders(plan.leaving) - obstacles.folders(staying), reverse=True)
        lists = {"leaving": map(str.encode, plan.leaving), "folders": map(str.encode, empty)}
        try:
            self._pack(plan, read, report)
            self._swap(plan.release, plan.there.version, _LIVE, lists, report)
        finally:
            files.remove_tree(self._outgoing)

    def releases(self) -> tuple[str, ...]:
        """Return the id of the live release, then of those before it that are in the folder."""
        return returning.steps(self.look().manifest, self._listed())

    def rollback(self, release: str, report: Report) -> None:
        """Make an earlier release live, with what open pages of the present one still load."""
        present, names = self._look(_LIVE)
        if present.manifest and present.manifest.release == release:
            return
        folder = self._listed().get(release)
        past, past_names = self._look(folder) if folder else (There(None, frozenset()), {})
        if folder is None or past.manifest is None:
            raise no_release(release)
        way = returning.back(present, past, past.manifest, self._keep)
        leaving = (past_names[path] for path in way.leaving | (way.kept & past.paths))
        lists = {"leaving": leaving, "kept": (names[path] for path in way.kept)}
        try:
            files.remove_tree(self._outgoing)
            self._put(manifests.PATH, manifests.dumped(way.manifest))
            self._swap(release, present.version, folder, lists, report)
        finally:
            files.remove_tree(self._outgoing)

    def _look(self, place: str) -> tuple[There, dict[str, bytes]]:
        """Return what a folder beside the link holds, and its files' names as the server has them."""
        link, names, body = server_scripts.looked(self._server.run(server_scripts.LOOK, place=place))
        return There(manifests.parsed(body), frozenset(names), link), names

    def _listed(self) -> dict[str, str]:
        """Return the releases' folders by id, the live one first, then the newest."""
        return server_scripts.listed(self._server.run(server_scripts.RELEASES))

    def _pack(self, plan: Plan, read: Read, report: Report) -> None:
        """Write what is sent into a folder of its own."""
        files.remove_tree(self._outgoing)
        for number, arrival in enumerate(plan.arriving, 1):
            body = read(arrival.path)
            self._put(arrival.path, body)
            if self.compress and compressible(arrival.path):
                self._put(arrival.path + SUFFIX, compressed(body))
            report(number, len(plan.arriving), "Packing")
        self._put(manifests.PATH, manifests.dumped(plan.manifest))

    def _put(self, path: str, body: bytes) -> None:
        try:
            files.put(self._outgoing / path, body)
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise connection.full(self._server.where, str(error.strerror)) from error
            raise

    def _swap(self, release: str, seen: str, base: str, lists: Mapping[str, Iterable[bytes]], report: Report) -> None:
        """Make a release of a folder on the server, the lists and what goes out; then swap it for what was seen."""
        total = sum(1 for _ in folders.tree(self._outgoing, lambda _name: False, lambda _path: None))
        numbers = iter(range(1, total + 1))
        self._server.prepare(release, seen, base, lists)
        self._server.upload(self._outgoing, release, lambda: report(next(numbers, total), total, "Uploading"))
        self._server.run(server_scripts.FINISH, release=release, seen=seen, coming=total, keep=self._keep)
