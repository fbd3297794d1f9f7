"""`share`: only the step of a publish that tells the network; and what a person says of copies made by hand.

Not a build: it reads the release that was seen live. Where that is not at hand the site is built, and must be the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from byline.commands import by_hand, plan_lines, readiness
from byline.commands.live import SETTINGS, live
from byline.commands.telling import Telling
from byline.deploy import state
from byline.edges import files, repository
from byline.edges.console import AGAIN, DONE, FAILED, Console, answered
from byline.sharing.copies import Copies, Copy, State
from byline.site import kept_releases, stage
from byline.site.configuration import load
from byline.values.problem import Fault, Problem, structural
from byline.values.text import meant

if TYPE_CHECKING:
    from byline.sharing.plan import Account, Step
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


def run(root: Path, wishes: Wishes) -> int:
    """Share what is live from a folder, or write down what a person did; return the exit code."""

    def share(console: Console) -> int:
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
        self._account = self._called(wishes.network) if wishes.network else None
        self._key = self._post_called(wishes.post) if wishes.post else ""

    def run(self) -> int:
        """Show what would be sent, ask, send."""
        plan = self._telling.plan(self._release, self._now)
        for line in plan_lines.sent(plan.steps, self._own.networks, by_hand=self._wishes.dry_run):
            self._console.say(line)
        sent = any(step.do.sent for step in plan.steps)
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
        shared = self._telling.share(self._release, self._now)
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
        account = self._account
        post = next((one for one in self._release.posts if one.key == self._key), None)
        known = self._telling.ledger.known()
        head = known.posts.get(self._key) or (Copies(post.key, post.id, post.url, post.name) if post else None)
        if head is None:
            what = f"There is no post {self._wishes.post}."
            raise Fault(Problem("unknown-post", what, "Say its slug, or its file."))
        before = known.copy(self._key, account.id) or Copy(State.MANUAL)
        if self._wishes.resolve:
            copy = by_hand.resolved(before, self._wishes.resolve)
        else:
            payload = self._telling.message(self._release, post, account).digest if post else before.payload
            copy = by_hand.done(before, self._wishes.done, payload, self._now)
        self._telling.ledger.put(head, account.id, copy)
        self._commit((self._telling.file(head.key),))
        shown = f" at {copy.url}" if copy.url else ""
        said = {State.CONFIRMED: f"is there{shown}", State.PLANNED: "is sent again", State.SKIPPED: "is let be"}
        self._console.say(f"Written down: {head.name} {said[copy.state]} ({account.name}).")
        return DONE

    def _is_meant(self, step: Step) -> bool:
        return (not self._key or step.post.key == self._key) and self._account in {None, step.account}

    def _called(self, name: str) -> Account:
        """Return the account with a name in the settings. Raises Fault for another one."""
        named = {account.name: account for account in self._telling.accounts}
        if name not in named:
            what = f"There is no network {name!r} in BYLINE_NETWORKS."
            known = meant(name, named) or f" Known are: {', '.join(named) or 'none'}."
            raise Fault(Problem("unknown-account", what, f"Say it as it stands there.{known}"))
        return named[name]

    def _post_called(self, name: str) -> str:
        """Return the key of the post with a slug, file or address. Raises Fault where there is none."""
        wanted = name.replace("\\", "/").removeprefix("./").removeprefix("content/").strip("/")
        named = {post.key: _names(post.url, post.path) for post in self._release.posts}
        # A post that is gone may have left copies behind.
        gone = {key: _names(head.url) for key, head in self._telling.ledger.known().posts.items() if key not in named}
        for key, names in {**gone, **named}.items():
            if wanted in names:
                return key
        what = f"No post that is live is called {name!r}."
        choice = meant(wanted, sorted(set().union(*named.values())))
        raise Fault(Problem("unknown-post", what, f"Say its slug, or its file.{choice}"))

    def _commit(self, changed: tuple[str, ...]) -> None:
        if changed and self._own.publish.commit:
            repository.commit(self._root, changed, "content: record what was shared [skip ci]")


def _names(url: str, path: str = "") -> set[str]:
    """Return what a post may be called: its address or the last part of that, its file with or without its suffix."""
    file, address = PurePosixPath(path), PurePosixPath(unquote(urlsplit(url).path))
    return {path, file.name, file.stem, str(address).strip("/"), address.stem} - {""}
