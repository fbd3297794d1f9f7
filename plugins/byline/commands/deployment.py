"""One release on its way to one target: looked at, planned, deployed, seen live; what is known of it written down.

Not a kind of target, and not the order in which several are served.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from byline.deploy import state, verify
from byline.deploy.destinations import target
from byline.deploy.plan import guard, is_page, plan
from byline.edges.http import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.deploy.plan import Plan
    from byline.deploy.target import Report
    from byline.site.whole import Whole
    from byline.values.settings import Destination

_NAMED = 12
"""How many files of each sort a plan names."""


class Deployment:
    """A release and a target. Making one looks at the target; it raises Fault where that cannot be done."""

    def __init__(self, name: str, destination: Destination, whole: Whole) -> None:
        """Look at the target named so and plan what to do there."""
        self.name = name
        self.destination = destination
        self.whole = whole
        self.address = destination.looked_at(whole.site.url)
        self._home = whole.site.root / ".byline"
        self._target = target(name, destination, self._home)
        self._extras = dict(self._target.extras(whole.site.url))
        digests = {path: hashlib.sha256(body).hexdigest() for path, body in self._extras.items()}
        self.plan: Plan = plan(
            whole.release, digests, self._target.look(), keep=destination.keep, compress=self._target.compress
        )
        self._known = state.load(self._home).get(name, state.Known())

    @property
    def settled(self) -> bool:
        """Whether the release is there, and was seen live where that is wanted: nothing is left to do."""
        seen = self._known.release == self.whole.release.id and self._known.seen == self.address
        return self.plan.empty and (seen or not self.address)

    def guard(self, allowed: int) -> None:
        """Raise Fault when more pages would be deleted than may be without being asked for."""
        guard(self.plan, allowed)

    def lines(self, *, full: bool) -> Iterator[str]:
        """Yield the plan for a person: counts, the bytes to send, and the files, pages first, some of them or all."""
        if self.plan.empty:
            yield f"{self.name} ({self.destination.to}): the release is there already, and is looked at."
            return
        added = sorted((arrival.path for arrival in self.plan.arriving if arrival.new), key=_pages_first)
        changed = sorted((arrival.path for arrival in self.plan.arriving if not arrival.new), key=_pages_first)
        size = sum(len(self.read(arrival.path)) for arrival in self.plan.arriving)
        yield (
            f"{self.name} ({self.destination.to}): {len(added)} added, {len(changed)} changed, "
            f"{len(self.plan.leaving)} deleted, {self.plan.kept} unchanged; {written_size(size)} to send."
        )
        for mark, paths in (("+", added), ("~", changed), ("-", list(self.plan.leaving))):
            shown = paths if full else paths[:_NAMED]
            yield from (f"  {mark} {path}" for path in shown)
            if len(paths) > len(shown):
                yield f"  {mark} and {len(paths) - len(shown)} more"
        if self.plan.foreign and self.plan.arriving:
            yield f"  What Byline did not put there stays as it is: {self.plan.foreign} of the files."

    def read(self, path: str) -> bytes:
        """Return the bytes of a file of the plan."""
        return self._extras[path] if path in self._extras else self.whole.body(path)

    def deploy(self, report: Report) -> None:
        """Make the plan true, written down before and after."""
        release = self.whole.release.id
        changed = tuple(arrival.path for arrival in self.plan.arriving)
        if not self.plan.empty:
            self._know(self._known.deployed(release, self.plan.before, changed))
            self._target.deploy(self.plan, self.read, report)
        elif self._known.release != release:
            # Somebody else put it there, or this machine forgot: it is looked at as it is.
            self._know(self._known.deployed(release))
        paths = self.plan.there.paths.union(changed).difference(self.plan.leaving)
        state.save_live(self._home, self.name, self.plan.manifest, paths)

    def see(self, report: Report) -> None:
        """Look at the public address until the release is live there. Raises Fault when the deadline passes."""
        if not self.address or self.settled:
            return
        watch = verify.Watch(self.destination.deadline, report)
        with Client(private=True) as client:
            verify.verify(client, self.address, self.whole.release, self._known.unseen, self.read, watch=watch)
        self._know(self._known.found_live(self.address))

    def _know(self, known: state.Known) -> None:
        self._known = known
        state.save(self._home, self.name, known)


def _pages_first(path: str) -> tuple[bool, str]:
    return (not is_page(path), path)


def written_size(size: int) -> str:
    """Return a number of bytes as a person reads it."""
    for unit, factor in (("MB", 1_000_000), ("KB", 1_000)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"
