"""`publish`: builds, checks, deploys, looks until it is live, shares; each place once, and resumable at any step.

Not a checker, not a network, not a kind of target: this is the order in which they come.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from byline.checks.entries import lost as lost_entries
from byline.commands import readiness
from byline.commands.announcing import Announcing
from byline.commands.check import judged_problems
from byline.commands.deployment import Deployment
from byline.commands.ending import ending
from byline.commands.live import SETTINGS, live
from byline.commands.mentions import Mentions
from byline.commands.recording import Recording
from byline.commands.sharing_step import Together
from byline.commands.summary import summary
from byline.commands.telling import Telling
from byline.deploy.destinations import chosen
from byline.edges import files
from byline.edges.console import AGAIN, DONE, FAILED, Console, answered, code_of
from byline.site import stage
from byline.site.configuration import load
from byline.site.site import Site
from byline.values.problem import Fault, Place, Problem, Refused, structural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from byline.commands.ending import Ending
    from byline.commands.sharing_step import Sharing
    from byline.site.configuration import Configuration
    from byline.site.whole import Whole


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line."""

    post: str = ""
    dry_run: bool = False
    yes: bool = False
    share: bool = True
    target: str = ""
    allow_deletes: int = 0


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
            steps = sharing or _steps(root, configuration, wishes)
            return _Publish(root, console, wishes, steps).run()

    return answered(publish)


def _steps(root: Path, configuration: Configuration, wishes: Wishes) -> Sharing:
    """Return what tells the accounts, the pages that posts link, and the hub of the feeds."""
    content, zone = Path(configuration.pelican["PATH"]), configuration.pelican["TIMEZONE"]
    telling = Telling(root, content, configuration.own, zone, withdrawals=wishes.allow_deletes)
    mentions = (Mentions(root, telling),) if configuration.own.publish.mentions else ()
    return Together((telling, *mentions, Announcing(root, configuration.own)))


@dataclass
class _Publish:
    """One run of `publish`, from the first look to the last word; `faults` have not kept it, and so many are `told`."""

    root: Path
    console: Console
    wishes: Wishes
    sharing: Sharing
    begun: float = field(default_factory=time.perf_counter)
    faults: list[Fault] = field(default_factory=list)
    told: int = 0

    def run(self) -> int:
        """Take the steps in their order; each may be the last one."""
        now = datetime.now(UTC)
        ended = self._ending(now)
        whole = live(self.root, self.console, now, {ended.path: ended.after} if ended else {})
        deployments = self._prepared(whole)
        open_ones = [deployment for deployment in deployments if not deployment.settled]
        words = list(self.sharing.preview(whole.release, now)) if self._shares(whole, deployments) else []
        self._show(open_ones, ended, words)
        if not self._sound(whole, deployments):
            self.console.say("Nothing was deployed.")
            return FAILED
        if self.wishes.dry_run:
            self.console.say("This was a dry run: nothing was written anywhere.")
            return code_of(self.faults)
        changing = any(not deployment.plan.empty for deployment in open_ones)
        if (changing or words) and not self._agreed():
            self.console.say("Nothing was published.")
            return AGAIN
        if ended and open_ones:
            self._end(ended)
        self._live(deployments)
        if self._shares(whole, deployments):
            self._share(whole, now)
        self._tell()
        took = time.perf_counter() - self.begun
        changed = bool(open_ones or words)
        for line in summary(whole, deployments, code=code_of(self.faults), changed=changed, seconds=took):
            self.console.say(line)
        return code_of(self.faults)

    def _ending(self, now: datetime) -> Ending | None:
        if not self.wishes.post:
            return None
        site = Site(self.root / SETTINGS, now)
        try:
            return ending(site, self.wishes.post, now)
        finally:
            site.close()

    def _prepared(self, whole: Whole) -> list[Deployment]:
        """Look at every target; one that cannot be looked at does not keep the others."""
        found: list[Deployment] = []
        for name, destination in chosen(whole.site.own.deploy, self.wishes.target).items():
            with self._noted():
                found.append(Deployment(name, destination, whole))
        return found

    def _sound(self, whole: Whole, deployments: Sequence[Deployment]) -> bool:
        """Check the site, and what it would take from readers; tell all that is wrong so far."""
        problems = list(judged_problems(whole))
        for deployment in deployments:
            there, allowed = deployment.plan.there, self.wishes.allow_deletes
            try:
                deployment.guard(allowed)
            except Fault as fault:
                problems.extend(fault.problems)
                allowed = deployment.plan.pages_leaving  # asked for once, with a number that is enough for all
            problems.extend(lost_entries(whole, there.manifest, there.paths, allowed))
        self._tell(problems)
        return not structural(problems)

    def _shares(self, whole: Whole, deployments: Sequence[Deployment]) -> bool:
        """Tell whether the network may be told: asked for, agreed to, and live at every target that is looked at."""
        agreed = self.wishes.yes or self.console.interactive or self.wishes.dry_run
        looked_at = {name for name, one in whole.site.own.deploy.items() if one.looked_at(whole.site.url)}
        everywhere = bool(looked_at) and looked_at <= {deployment.name for deployment in deployments}
        return self.wishes.share and agreed and everywhere and not self.faults

    def _show(self, deployments: Sequence[Deployment], ended: Ending | None, words: Sequence[str]) -> None:
        if ended and deployments:
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

    def _live(self, deployments: Sequence[Deployment]) -> None:
        """Deploy to every target, then see it live at each; one that fails does not keep the others."""
        reached = []
        for deployment in deployments:
            with self._noted():
                deployment.deploy(self.console.progress)
                reached.append(deployment)
        for deployment in reached:
            with self._noted():
                if deployment.address and not deployment.settled:
                    self.console.say(
                        f"Looking at {deployment.address}, for {deployment.destination.deadline} s at most."
                    )
                deployment.see(self.console.progress)

    def _share(self, whole: Whole, now: datetime) -> None:
        """Share the live release, commit what sharing wrote down, and put it live."""
        shared = self.sharing.share(whole.release, now)
        for line in shared.lines:
            self.console.say(line)
        if structural(shared.problems):
            self.faults.append(Fault(*shared.problems))
        else:
            self.console.problems(shared.problems)
        if not shared.changed:
            return
        with self._noted():
            Recording(self.root, whole.site.own.publish).record(shared.changed)
        if not shared.shown:
            return
        with self._noted():
            self._live(self._prepared(live(self.root, self.console, now)))

    @contextmanager
    def _noted(self) -> Iterator[None]:
        """Go on after a Fault; it is told with the next that are."""
        try:
            yield
        except Fault as fault:
            self.faults.append(fault)

    def _tell(self, problems: Sequence[Problem] = ()) -> None:
        """Tell these Problems, and the faults that are not told yet."""
        faults = self.faults[self.told :]
        self.told = len(self.faults)
        self.console.problems([*problems, *(problem for fault in faults for problem in fault.problems)])
