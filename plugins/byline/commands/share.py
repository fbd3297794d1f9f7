"""`share`: only the step of a publish that tells the network; and what a person says of copies made by hand.

Not a build: it reads the release that was seen live. Where that is not at hand the site is built, and must be the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from byline.commands import plan_lines, readiness
from byline.commands.announcing import Announcing
from byline.commands.live import SETTINGS, live
from byline.commands.mentions import Mentions
from byline.commands.noting import Noting
from byline.commands.recording import Recording
from byline.commands.sharing_step import Together
from byline.commands.telling import Telling
from byline.deploy import state
from byline.edges import files
from byline.edges.console import AGAIN, DONE, FAILED, Console, answered
from byline.site import kept_releases, stage
from byline.site.configuration import load
from byline.values.problem import Fault, Problem, structural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.commands.sharing_step import Sharing
    from byline.sharing.plan import Step
    from byline.site.configuration import Configuration
    from byline.values.output import Release


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line."""

    dry_run: bool = False
    yes: bool = False
    post: str = ""
    network: str = ""
    done: str = ""
    resolve: str = ""
    sheet: bool = False

    def refuse_unclear(self) -> None:
        """Raise Fault where wishes exclude each other."""
        given = {"--done": self.done, "--resolve": self.resolve, "--sheet": self.sheet, "--dry-run": self.dry_run}
        flags = [flag for flag, value in given.items() if value]
        if len(flags) > 1:
            what = f"{' and '.join(flags)} are different things."
            raise Fault(Problem("unclear-command", what, "Say one of them."))


def run(root: Path, wishes: Wishes) -> int:
    """Share what is live from a folder, or write down what a person did; return the exit code."""

    def share(console: Console) -> int:
        wishes.refuse_unclear()
        configuration = load(root / SETTINGS)
        reason = readiness.elsewhere(configuration)
        if reason:
            console.say(reason)
            return DONE
        readiness.refuse_unready(configuration, root)
        with files.lock(root / ".byline" / "lock"):
            now = datetime.now(UTC)
            release = _live(root, configuration, console, now)
            step = _Share(root, console, wishes, configuration, release, now)
            if wishes.sheet:
                return step.sheet()
            return step.note() if wishes.done or wishes.resolve else step.run()

    return answered(share)


def _live(root: Path, configuration: Configuration, console: Console, now: datetime) -> Release:
    """Return the release that was seen live at every target that is looked at. Raises Fault where there is none."""
    url = str(configuration.pelican["SITEURL"])
    looked_at = {name: one.looked_at(url) for name, one in configuration.own.deploy.items() if one.looked_at(url)}
    known = state.load(root / ".byline")
    live_ones = {
        known[name].release if name in known and known[name].seen == address else ""
        for name, address in looked_at.items()
    }
    if len(live_ones) != 1 or "" in live_ones:
        what = "No release of this site was seen live from here."
        raise Fault(Problem("not-live", what, "Run ./byline publish: it shares, too, once the site is live."))
    (name,) = live_ones
    found = kept_releases.load(root / ".byline", name)
    if found is None:
        stage.recover(root / ".byline" / "live")
        found = live(root, console, now).release
    if found.id != name:
        what = "What is live was made of other texts or settings than those that are here."
        raise Fault(Problem("other-release", what, "Run ./byline publish: it shares, too, once the site is live."))
    return found


class _Share:
    """One run of `share` over a release."""

    def __init__(  # noqa: PLR0913, PLR0917  what it is about, and when it is
        self,
        root: Path,
        console: Console,
        wishes: Wishes,
        configuration: Configuration,
        release: Release,
        now: datetime,
    ) -> None:
        self._root = root
        self._console = console
        self._wishes = wishes
        self._own = configuration.own
        self._release = release
        self._now = now
        content = Path(configuration.pelican["PATH"])
        zone = str(configuration.pelican["TIMEZONE"])
        self._telling = Telling(root, content, configuration.own, zone, wanted=self._is_meant)
        self._noting = Noting(self._telling, release)
        self._account = self._noting.account(wishes.network) if wishes.network else None
        self._key = self._noting.key(wishes.post) if wishes.post else ""

    def run(self) -> int:
        """Show what would be sent, ask, send."""
        plan = self._telling.plan(self._release, self._now)
        for line in plan_lines.sent(plan.steps, self._own.networks, by_hand=self._wishes.dry_run):
            self._console.say(line)
        others = Together(tuple(self._others()))
        more = others.preview(self._release, self._now)
        for line in more:
            self._console.say(line)
        sent = bool(more) or any(step.do.sent for step in plan.steps)
        if self._wishes.dry_run:
            for line in plan_lines.left(plan.steps):
                self._console.say(line)
            self._console.say("This was a dry run: nothing was sent, and nothing written.")
            return DONE
        if sent and not self._wishes.yes:
            if not self._console.interactive:
                self._console.say("Nothing was sent. On a terminal you are asked; elsewhere, --yes sends it.")
                return DONE
            if not self._console.asked("Send this?"):
                self._console.say("Nothing was sent.")
                return AGAIN
        shared = Together((self._telling, others)).share(self._release, self._now)
        for line in shared.lines:
            self._console.say(line)
        self._console.problems(shared.problems)
        self._commit(shared.changed)
        if not shared.lines:
            self._console.say("Nothing to do: everybody was told.")
        return FAILED if structural(shared.problems) else DONE

    def note(self) -> int:
        """Write down what a person says of one post at one account."""
        if not self._key or self._account is None:
            what = "Which copy that is about is not said."
            raise Fault(Problem("no-copy", what, "Say --post POST and --network NAME, too."))
        if self._wishes.resolve:
            said = self._noting.resolved(self._key, self._account, self._wishes.resolve)
        else:
            said = self._noting.done(self._key, self._account, self._wishes.done, self._now)
        self._commit((self._telling.file(self._key),))
        self._console.say(said)
        return DONE

    def sheet(self) -> int:
        """Show what is left to a person, and write down what they say."""
        from byline.commands import sheet  # with its server, which nobody else needs

        self._commit(sheet.run(self._console, self._noting, self._own.networks))
        return DONE

    def _others(self) -> Iterator[Sharing]:
        """Yield what tells the pages that posts link, and the hub; where one account is named, neither is meant."""
        if self._account is None and self._own.publish.mentions:
            yield Mentions(self._root, self._telling, self._key)
        if self._account is None and not self._key:
            yield Announcing(self._root, self._own)

    def _is_meant(self, step: Step) -> bool:
        return (not self._key or step.post.key == self._key) and self._account in {None, step.account}

    def _commit(self, changed: tuple[str, ...]) -> None:
        Recording(self._root, self._own.publish).record(changed)
