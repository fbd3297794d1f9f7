"""One release on its way to one target: looked at, planned, deployed, seen live; what is known of it written down.

Not a kind of target, and not the order in which several are served.
"""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING

from byline.deploy import state, verify
from byline.deploy.destinations import target
from byline.deploy.plan import guard, plan
from byline.edges import files
from byline.edges.http import Client
from byline.site import nginx
from byline.values import manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
        self._home = whole.site.root / ".byline"
        self._target = target(name, destination, self._home, whole.site.url)
        self._extras = dict(self._target.extras(whole.site.url))
        digests = {path: hashlib.sha256(body).hexdigest() for path, body in self._extras.items()}
        self.plan: Plan = plan(
            whole.release, digests, self._target.look(), keep=destination.keep, compress=self._target.compress
        )
        self._known = state.load(self._home).get(name, state.Known())

    @property
    def settled(self) -> bool:
        """Whether the release is there, and was seen live where that is wanted: nothing is left to do."""
        known = self._known.seen and self._known.release == self.whole.release.id
        return self.plan.empty and (known or self.destination.verify is False)

    def guard(self, allowed: int) -> None:
        """Raise Fault when more pages would be deleted than may be without being asked for."""
        guard(self.plan, allowed)

    def lines(self, *, full: bool) -> Iterator[str]:
        """Yield the plan for a person: counts, the bytes to send, and the files, the first of them or all."""
        added = [arrival.path for arrival in self.plan.arriving if arrival.new]
        changed = [arrival.path for arrival in self.plan.arriving if not arrival.new]
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
            yield f"  {self.plan.foreign} files there are not Byline's, and stay as they are."

    def read(self, path: str) -> bytes:
        """Return the bytes of a file of the plan."""
        return self._extras[path] if path in self._extras else self.whole.body(path)

    def deploy(self, report: Report) -> None:
        """Make the plan true, written down before and after."""
        changed = tuple(arrival.path for arrival in self.plan.arriving)
        if not self.plan.empty:
            self._know(self._known.deployed(self.whole.release.id, changed))
            self._target.deploy(self.plan, self.read, report)
        elif self._known.release != self.whole.release.id:
            # Somebody else put it there, or this machine forgot: it is looked at as it is.
            self._know(self._known.deployed(self.whole.release.id, ()))
        known = self._home / "live"
        files.write(known / "nginx.conf", nginx.snippet(self.whole.release, self.whole.body))
        files.write(known / f"known-{self.name}.json", manifest.dumped(self.plan.manifest))
        files.write(known / f"known-{self.name}.paths", "".join(f"{path}\n" for path in self._there()).encode())

    def see(self, report: Report, pause: Callable[[float], None] = time.sleep) -> None:
        """Look at the public address until the release is live there. Raises Fault when the deadline passes."""
        if self.destination.verify is False or self.settled:
            return
        address = self.destination.verify if isinstance(self.destination.verify, str) else self.whole.site.url
        with Client(private=True) as client:
            verify.verify(
                client,
                address,
                self.whole.release,
                self._known.unseen,
                self.read,
                deadline=self.destination.deadline,
                clock=time.monotonic,
                pause=pause,
                report=report,
            )
        self._know(self._known.found_live())

    def _know(self, known: state.Known) -> None:
        self._known = known
        state.save(self._home, self.name, known)

    def _there(self) -> list[str]:
        """Return what is there once the plan is true, in order."""
        came = {arrival.path for arrival in self.plan.arriving}
        return sorted((self.plan.there.paths | came) - set(self.plan.leaving))


def written_size(size: int) -> str:
    """Return a number of bytes as a person reads it."""
    for unit, factor in (("MB", 1_000_000), ("KB", 1_000)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"
