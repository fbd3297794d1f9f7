"""A branch of a git repository, as GitHub, Codeberg, GitLab, Cloudflare and Netlify serve a site from it.

Not the writer's repository: commits are made in a bare one of Byline's own, on top of what the branch is, and pushed
without force. The writer's working tree, index and branches are never touched.

    look        the branch's tip, its files, its manifest
    deploy      one commit on top of that tip; a reader of the branch sees the old site or the new
    rollback    one commit more, with the files of an earlier one
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from byline.deploy import connection, git_address, obstacles, returning
from byline.deploy.compressed import SUFFIX, compressed, compressible
from byline.deploy.scratch_repository import THERE, Broken, ScratchRepository
from byline.deploy.target import There, moved, no_release
from byline.values import manifest as manifests
from byline.values.problem import Fault, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from byline.deploy.plan import Plan
    from byline.deploy.target import Read, Report, Target
    from byline.edges.programs import Ended
    from byline.values.settings import Destination

_TRAILER = "Byline-Release"
_PUBLISHED = re.compile(rf"^{_TRAILER}: ([0-9a-f]+)$", re.MULTILINE)
_COMMITS_A_RELEASE = 4
"""How many commits of history are fetched for each release that is kept: pages are deployed more often than made."""
_Answer = TypeVar("_Answer")
_WRITING = re.compile(r"Writing objects: +\d+% \((\d+)/(\d+)\)")
_REJECTED = re.compile(r"^!\t[^\t]*\t\[(remote )?rejected\] \((.*)\)$", re.MULTILINE)
_RACE = re.compile(
    r"cannot lock ref|incorrect old value|fetch first|non-fast-forward|stale info|reference already exists"
)


def target(name: str, destination: Destination, home: Path) -> Target:
    """Return the target for an address as git has them, with `#branch` (default: pages); `home` is `.byline/`."""
    root = home.resolve().parent
    url, branch = git_address.resolved(destination.to, root)
    mark = hashlib.sha256(f"{url}#{branch}".encode()).hexdigest()[:16]
    folder = home.resolve() / "targets" / quote(name, safe="") / f"{mark}.git"
    return GitBranch(
        ScratchRepository(folder, url, branch, root), destination.keep, compress=bool(destination.compress)
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file of a commit, as git lists it: mode, name of the object, and the path's bytes."""

    mode: str
    object: str
    path: bytes


class GitBranch:
    """A branch of a remote, by way of a scratch repository; `keep` releases before the live one can be gone back to."""

    def __init__(self, scratch: ScratchRepository, keep: int, *, compress: bool) -> None:
        """Know the way; nothing is asked yet."""
        self.compress = compress
        self._scratch = scratch
        self._keep = keep

    def extras(self, site_url: str) -> Mapping[str, bytes]:
        """Return `.nojekyll`, and the file that names the site's own domain to GitHub or Codeberg."""
        return git_address.host_files(self._scratch.url, site_url)

    def look(self) -> There:
        """Return what the branch holds; its version is the commit."""
        return self._healed(self._look)

    def deploy(self, plan: Plan, read: Read, report: Report) -> None:
        """Add one commit to the branch. Raises Refused when the branch is not what the plan was made for."""
        obstacles.clear(plan, self._scratch.where)
        seen = plan.there.version
        message = f"Publish {plan.release}\n\n{_TRAILER}: {plan.release}\n"

        def deployed() -> None:
            self._at(seen)
            commit = self._scratch.committed(message, seen, plan.leaving, self._coming(plan, read, report))
            self._push(commit, seen, report)

        self._healed(deployed)

    def releases(self) -> tuple[str, ...]:
        """Return the id of the live release, then of those before it that are in the branch's history."""

        def known() -> tuple[str, ...]:
            manifest = self._look().manifest
            return returning.steps(manifest, self._history()) if manifest else ()

        return self._healed(known)

    def rollback(self, release: str, report: Report) -> None:
        """Add one commit with the files of an earlier release, and what open pages of the present one still load."""

        def returned() -> None:
            present = self._look()
            if present.manifest and present.manifest.release == release:
                return
            past = self._history().get(release) if present.version else None
            if past is None:
                raise no_release(release)
            self._push(self._returned(release, past, present), present.version, report)

        self._healed(returned)

    def _look(self) -> There:
        self._scratch.begin()
        tip = self._scratch.tip()
        if not tip:
            return There(None, frozenset())
        if tip != self._scratch.known():
            self._scratch.fetch(1)
        return self._there(self._scratch.known())

    def _there(self, commit: str) -> There:
        """Return what a commit holds."""
        paths = frozenset(map(_path, self._entries(commit)))
        body = self._blob(commit) if manifests.PATH in paths else b""
        return There(manifests.parsed(body), paths, commit)

    def _blob(self, commit: str) -> bytes:
        return self._scratch.git("cat-file", "blob", f"{commit}:{manifests.PATH}").output

    def _entries(self, commit: str) -> list[_Entry]:
        listed = self._scratch.git("ls-tree", "-r", "-z", "--full-tree", commit).output
        entries = []
        for line in listed.split(b"\0")[:-1]:
            about, _, path = line.partition(b"\t")
            mode, _, name = about.decode().split(" ")
            entries.append(_Entry(mode, name, path))
        return entries

    def _at(self, seen: str) -> None:
        """Have the commit at hand that was seen; raise Refused when the branch is elsewhere by now."""
        self._scratch.begin()
        if seen and self._scratch.known() != seen:
            if self._scratch.tip() != seen:
                raise moved(self._scratch.where)
            self._scratch.fetch(1)

    def _coming(self, plan: Plan, read: Read, report: Report) -> Iterator[tuple[str, bytes]]:
        """Yield the changed files in the plan's order, the manifest last."""
        for number, arrival in enumerate(plan.arriving, 1):
            body = read(arrival.path)
            yield arrival.path, body
            if self.compress and compressible(arrival.path):
                yield arrival.path + SUFFIX, compressed(body)
            report(number, len(plan.arriving), "Packing")
        yield manifests.PATH, manifests.dumped(plan.manifest)

    def _push(self, commit: str, seen: str, report: Report) -> None:
        """Push a commit on top of the one that was seen. Raises Refused when the branch is elsewhere by now."""

        def told(line: str) -> None:
            written = _WRITING.search(line)
            if written:
                report(int(written[1]), int(written[2]), "Uploading")

        ended = self._scratch.pushed(commit, seen, told)
        if ended.code:
            raise self._rejection(ended)

    def _rejection(self, ended: Ended) -> Fault:
        """Return why a push failed: the branch moved, the disk is full, or the other side does not want it."""
        where = self._scratch.where
        rejected = _REJECTED.search(ended.output.decode(errors="replace"))
        if rejected is None or connection.FULL.search(ended.errors):
            return self._scratch.fault(ended)
        if not rejected[1] or _RACE.search(rejected[2]) or _RACE.search(ended.errors):
            return moved(where)
        said = [
            line.removeprefix("remote:").strip() for line in ended.errors.splitlines() if line.startswith("remote:")
        ]
        words = " ".join(filter(None, said)).rstrip(".") or rejected[2]
        what = f"{where} rejects the commit ({rejected[2]}): {words}."
        remedy = "Allow pushes to that branch (protection rules, hooks, your rights), or name another branch."
        return Fault(Problem("refused-by-target", what, remedy))

    def _history(self) -> dict[str, str]:
        """Return the releases that the branch, which was just looked at, has had, each with the newest commit of it."""
        self._scratch.fetch(_COMMITS_A_RELEASE * (self._keep + 1))
        found: dict[str, str] = {}
        log = self._scratch.git("log", "--first-parent", "-z", "--format=%H%n%B", THERE).output.decode(errors="replace")
        for commit, _, message in (entry.partition("\n") for entry in log.split("\0")):
            for release in _PUBLISHED.findall(message)[-1:]:
                found.setdefault(release, commit)
        return found

    def _returned(self, release: str, past: str, present: There) -> str:
        """Make a commit on top of the present one, with the files of a past one; return its name."""
        there = self._there(past)
        if there.manifest is None:
            raise no_release(release)
        way = returning.back(present, there, there.manifest, self._keep)
        gone = way.leaving | way.kept | {manifests.PATH}
        entries = [entry for entry in self._entries(past) if _path(entry) not in gone]
        entries += [entry for entry in self._entries(present.version) if _path(entry) in way.kept]
        written = self._scratch.git("hash-object", "-w", "--stdin", given=[manifests.dumped(way.manifest)])
        entries.append(_Entry("100644", written.output.decode().strip(), manifests.PATH.encode()))
        message = f"Return to {release}\n\n{_TRAILER}: {release}\n"
        return self._scratch.committed_tree(message, present.version, map(_index_line, entries))

    def _healed(self, act: Callable[[], _Answer]) -> _Answer:
        """Do something; when the scratch repository turns out to be damaged, once more with a new one."""
        try:
            return act()
        except Broken:
            self._scratch.begin(anew=True)
            return act()


def _path(entry: _Entry) -> str:
    """Return a path as text; one that is not UTF-8 is none of ours, and stands for itself in a readable way."""
    return entry.path.decode(errors="backslashreplace")


def _index_line(entry: _Entry) -> bytes:
    return f"{entry.mode} {entry.object}\t".encode() + entry.path + b"\0"
