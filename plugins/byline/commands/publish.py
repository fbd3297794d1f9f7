"""`publish`: builds, checks, deploys, looks until it is live, shares; each place once, and resumable at any step.

Not a checker, not a network, not a kind of target: this is the order in which they come.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from byline.checks.entries import lost as lost_entries
from byline.commands import readiness
from byline.commands.check import judged_problems
from byline.commands.deployment import Deployment
from byline.commands.ending import ending
from byline.commands.live import SETTINGS, live
from byline.commands.summary import summary
from byline.deploy.destinations import chosen
from byline.edges import files, repository
from byline.edges.console import AGAIN, DONE, FAILED, Console, answered
from byline.site import stage
from byline.site.configuration import load
from byline.site.site import Site
from byline.values.problem import Fault, Place, Problem, Refused, structural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from byline.commands.ending import Ending
    from byline.site.whole import Whole
    from byline.values.output import Release


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line."""

    post: str = ""
    dry_run: bool = False
    yes: bool = False
    share: bool = True
    target: str = ""
    allow_deletes: int = 0


@dataclass(frozen=True, slots=True)
class Shared:
    """What sharing did: lines for the summary, the files it wrote below the project's root, and what went wrong."""

    lines: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Sharing(Protocol):
    """The step that tells the network, once a release was seen live."""

    def preview(self, release: Release) -> Sequence[str]:
        """Return what would be sent, in the very words, a line each; nothing is sent."""

    def share(self, release: Release, now: datetime) -> Shared:
        """Send what is due, and write down what came of it."""


@dataclass
class NoSharing:
    """The step while there is no network to tell."""

    def preview(self, release: Release) -> Sequence[str]:
        """Return nothing."""
        del release
        return ()

    def share(self, release: Release, now: datetime) -> Shared:
        """Send nothing."""
        del release, now
        return Shared()


def run(root: Path, wishes: Wishes, sharing: Sharing | None = None) -> int:
    """Publish the blog in a folder; return the exit code."""

    def publish(console: Console) -> int:
        configuration = load(root / SETTINGS)
        reason = readiness.elsewhere(configuration)
        if reason:
            console.say(reason)
            return DONE
        readiness.refuse_unready(configuration, root)
        with files.lock(root / ".byline" / "lock"):
            stage.recover(root / ".byline" / "live")
            return _Publish(root, console, wishes, sharing or NoSharing()).run()

    return answered(publish)


@dataclass
class _Publish:
    """One run of `publish`, from the first look to the last word."""

    root: Path
    console: Console
    wishes: Wishes
    sharing: Sharing
    begun: float = field(default_factory=time.perf_counter)

    def run(self) -> int:
        """Take the steps in their order; each may be the last one."""
        now = datetime.now(UTC)
        ended = self._ending(now)
        whole = live(self.root, self.console, now, {ended.path: ended.after} if ended else {})
        deployments = self._prepared(whole)
        if not self._sound(whole, deployments):
            return FAILED
        open_ones = [deployment for deployment in deployments if not deployment.settled]
        words = list(self.sharing.preview(whole.release)) if self._shares(deployments) else []
        self._show(open_ones, ended, words)
        if self.wishes.dry_run:
            self.console.say("This was a dry run: nothing was written anywhere.")
            return DONE
        if (open_ones or words) and not self._agreed():
            self.console.say("Nothing was published.")
            return AGAIN
        if ended:
            self._end(ended)
        problems = self._live(deployments)
        if not problems and self._shares(deployments):
            problems = self._tell(whole, now)
        self.console.problems(problems)
        took = time.perf_counter() - self.begun
        for line in summary(whole, deployments, done=not problems, changed=bool(open_ones), seconds=took):
            self.console.say(line)
        return FAILED if structural(problems) else DONE

    def _ending(self, now: datetime) -> Ending | None:
        if not self.wishes.post:
            return None
        site = Site(self.root / SETTINGS, now)
        try:
            return ending(site, self.wishes.post, now)
        finally:
            site.close()

    def _prepared(self, whole: Whole) -> list[Deployment]:
        """Look at every target; raise Fault with all that cannot be looked at."""
        found: list[Deployment] = []
        problems: list[Problem] = []
        for name, destination in chosen(whole.site.own.deploy, self.wishes.target).items():
            try:
                found.append(Deployment(name, destination, whole))
            except Fault as fault:
                problems.extend(fault.problems)
        if problems:
            raise Fault(*problems)
        return found

    def _sound(self, whole: Whole, deployments: Sequence[Deployment]) -> bool:
        """Check the site, and what it would take from readers; tell all that is wrong."""
        lost = [problem for deployment in deployments for problem in self._lost(deployment)]
        problems = [*judged_problems(whole), *lost]
        self.console.problems(problems)
        if structural(problems):
            self.console.say("Nothing was deployed.")
            return False
        for deployment in deployments:
            deployment.guard(self.wishes.allow_deletes)
        return True

    def _lost(self, deployment: Deployment) -> Sequence[Problem]:
        there = deployment.plan.there
        return lost_entries(deployment.whole, there.manifest, there.paths, self.wishes.allow_deletes)

    def _shares(self, deployments: Sequence[Deployment]) -> bool:
        """Tell whether the network may be told: asked for, agreed to by a person or --yes, and looked at live."""
        agreed = self.wishes.yes or self.console.interactive or self.wishes.dry_run
        return self.wishes.share and agreed and any(one.destination.verify is not False for one in deployments)

    def _show(self, deployments: Sequence[Deployment], ended: Ending | None, words: Sequence[str]) -> None:
        if ended and (deployments or words):
            self.console.say(f"The draft {ended.path} ends, and is dated now.")
        for deployment in deployments:
            for line in deployment.lines(full=self.wishes.dry_run):
                self.console.say(line)
        for line in words:
            self.console.say(line)

    def _agreed(self) -> bool:
        return self.wishes.yes or not self.console.interactive or self.console.asked("Publish this?")

    def _end(self, ended: Ending) -> None:
        """Write the ended draft, unless it was changed since it was read."""
        if ended.file.read_bytes() != ended.before:
            what = "The post was changed while this ran."
            raise Refused(Problem("post-changed", what, "Run this again.", Place(ended.path)))
        files.write(ended.file, ended.after)

    def _live(self, deployments: Sequence[Deployment]) -> list[Problem]:
        """Deploy to every target, then see it live at each; one that fails does not keep the others."""
        problems: list[Problem] = []
        reached = []
        for deployment in deployments:
            try:
                deployment.deploy(self.console.progress)
                reached.append(deployment)
            except Fault as fault:
                problems.extend(fault.problems)
        for deployment in reached:
            try:
                deployment.see(self.console.progress)
            except Fault as fault:
                problems.extend(fault.problems)
        return problems

    def _tell(self, whole: Whole, now: datetime) -> list[Problem]:
        """Share the live release, and put live what sharing wrote down."""
        shared = self.sharing.share(whole.release, now)
        for line in shared.lines:
            self.console.say(line)
        problems = list(shared.problems)
        if shared.changed:
            problems.extend(self._live(self._prepared(live(self.root, self.console, now))))
            if whole.site.own.publish.commit:
                repository.commit(self.root, shared.changed, "content: record what was shared [skip ci]")
        return problems
