"""Targets that change file by file: an S3 store, a folder. What earlier releases left lies at the target itself.

Not the operations on files, which each kind of target brings (`deploy/objects`), and not their order (`deploy/change`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from byline.deploy import obstacles, saved
from byline.deploy.change import Change
from byline.deploy.saved import ROOM, Saved
from byline.deploy.target import There, no_release
from byline.values import manifest as manifests

if TYPE_CHECKING:
    from collections.abc import Mapping

    from byline.deploy.objects import Objects
    from byline.deploy.plan import Arrival, Plan
    from byline.deploy.target import Read, Report


@dataclass
class InPlace:
    """A target that changes file by file (see `deploy/target`); `keep` earlier releases can be gone back to.

    `where` names a place where a file and a folder cannot have the same name; in a store they can.
    """

    objects: Objects
    keep: int
    compress: bool = False
    where: str = ""

    def extras(self, site_url: str) -> Mapping[str, bytes]:  # noqa: ARG002  other kinds of target have some
        """Return no files beside the site's own."""
        return {}

    def look(self) -> There:
        """Return what stands there now, without what is saved of earlier releases."""
        body, version = self.objects.manifest()
        paths = frozenset(path for path in self.objects.paths() if not path.startswith(ROOM))
        return There(manifests.parsed(body) if body is not None else None, paths, version)

    def deploy(self, plan: Plan, read: Read, report: Report) -> None:
        """Make the plan true. Killed anywhere and done again with a new plan, it ends the same."""

        def bring(arrival: Arrival) -> None:
            self.objects.put(arrival.path, arrival.kind, read(arrival.path))

        if self.where:
            obstacles.clear(plan, self.where)
        with self.objects.alone():
            there = saved.folders(self.objects.paths(ROOM))
            mine, older = _taken_over(plan, saved.chain(plan.there.manifest, there))
            after = (mine, *older) if mine and plan.release != plan.before else older
            Change(self.objects, plan, bring, report, there, mine, older, after[: self.keep]).run()

    def releases(self) -> tuple[str, ...]:
        """Return the id of the live release, then those that can be gone back to, the newest first."""
        body, _ = self.objects.manifest()
        known = manifests.parsed(body) if body is not None else None
        if known is None or not known.release:
            return ()
        steps = saved.chain(known, saved.folders(self.objects.paths(ROOM)))
        return tuple(dict.fromkeys((known.release, *(step.release for step in steps))))

    def rollback(self, release: str, report: Report) -> None:
        """Make an earlier release live; several deployments back, it is put together from what each of them saved."""
        with self.objects.alone():
            look = self.look()
            known = look.manifest
            there = saved.folders(self.objects.paths(ROOM))
            steps = saved.chain(known, there)
            number = next((number for number, step in enumerate(steps, 1) if step.release == release), 0)
            goal = manifests.parsed(self.objects.get(steps[number - 1].manifest) or b"") if number else None
            if known and known.release == release and number != 1:
                number, goal = 0, known  # it is live: only what a rollback that was cut short left behind goes
            if known is None or goal is None:
                raise no_release(release)
            way = saved.back(look, known, goal, steps[:number], self.keep)

            def bring(arrival: Arrival) -> None:
                self.objects.copy(way.sources[arrival.path], arrival.path)

            mine, older = _taken_over(way.plan, steps)
            Change(self.objects, way.plan, bring, report, there, mine, older, steps[number:]).run()


def _taken_over(plan: Plan, chain: tuple[Saved, ...]) -> tuple[Saved | None, tuple[Saved, ...]]:
    """Return where the release that is live is saved from now on, and the folders before that.

    A deployment over the same release that was cut short has begun its folder; where no other release is taken over,
    there is none.
    """
    if chain and chain[0].release == plan.before:
        return chain[0], chain[1:]
    return (saved.new(plan.before) if plan.before not in {"", plan.release} else None), chain
