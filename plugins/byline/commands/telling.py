"""Telling: the copies of a live release, planned from what is known of them, sent, and written down.

Not a network and not the ledger: this puts them together with the settings, the tokens and the pictures.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from byline.commands import connections, plan_lines
from byline.commands.composing import Composing
from byline.commands.recording import Recording
from byline.commands.sharing_step import Shared
from byline.edges.http import Client
from byline.sharing.copies import State
from byline.sharing.ledger import Ledger
from byline.sharing.plan import Rules, plan
from byline.sharing.run import run
from byline.site.store import Store
from byline.values.problem import editorial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from byline.sharing.copies import Copy, Known
    from byline.sharing.message import Message
    from byline.sharing.plan import Account, Plan, Step
    from byline.values.output import Release
    from byline.values.post import Post
    from byline.values.problem import Problem
    from byline.values.settings import Settings

_SECONDS = 30
"""How long a network may take to answer."""
_SETTLE = timedelta(seconds=120)
"""How long a request whose answer was lost may still be under way."""
_AT_ONCE = 3
"""How many copies are taken back without being asked for."""
_SAID = {
    State.CONFIRMED: "told",
    State.WITHDRAWN: "taken back",
    State.REJECTED: "rejected",
    State.PLANNED: "waiting",
    State.UNKNOWN: "unknown",
    State.SKIPPED: "gone there",
}


@dataclass
class Telling:
    """The accounts of a blog and what they were told. `zone` is TIMEZONE; `wanted` tells which steps are meant.

    A try whose end is not known is left alone for `settle`; more copies than `withdrawals` are not taken back at once.
    """

    root: Path
    content: Path
    own: Settings
    zone: str
    withdrawals: int = _AT_ONCE
    settle: timedelta = _SETTLE
    wanted: Callable[[Step], bool] = field(default=lambda _step: True)

    def __post_init__(self) -> None:
        """Find out which accounts there are."""
        self.ledger = Ledger(self.content / "copies", f"{self._below()}/copies")
        self.accounts = connections.accounts(self.own.networks, self.root)
        self._made: tuple[str, datetime, Plan] | None = None

    def plan(self, release: Release, now: datetime) -> Plan:
        """Return what is to be done for a live release: what is shown is done. Raises Fault for a broken ledger."""
        if self._made is not None and self._made[:2] == (release.id, now):
            return self._made[2]
        withdrawals = max(_AT_ONCE, self.withdrawals)
        rules = Rules(now.astimezone(ZoneInfo(self.zone)), self.settle, withdrawals=withdrawals)
        composing = Composing(release, self.own.networks)
        whole = plan(release.posts, self.ledger.known(), self.accounts, composing, rules)
        made = replace(whole, steps=tuple(filter(self.wanted, whole.steps)))
        self._made = release.id, now, made
        return made

    def message(self, release: Release, post: Post, account: Account) -> Message:
        """Return what an account is told of a post."""
        return Composing(release, self.own.networks).message(post, account)

    def preview(self, release: Release, now: datetime) -> Sequence[str]:
        """Return what would be sent, in the very words, a line each; nothing is sent."""
        return tuple(plan_lines.sent(self.plan(release, now).steps, self.own.networks))

    def share(self, release: Release, now: datetime) -> Shared:
        """Send what is due, and write down what came of it."""
        made = self.plan(release, now)
        before = self.ledger.known()
        store = Store(self.root / ".byline" / "store.sqlite")
        with Client(private=True, seconds=_SECONDS) as client:
            networks = connections.connected(self.own.networks, self.root, client, store.get)
            ahead = partial(Recording(self.root, self.own.publish).ahead, f"{self._below()}/copies")
            done = run(made, self.ledger, networks, lambda: datetime.now(UTC), ahead)
        self._made = None
        problems = tuple(_problem(step, copy) for step, copy in done if copy.error and copy.state is not State.PLANNED)
        lines = (*_told(done), *plan_lines.adopted(made), *plan_lines.left(made.steps))
        return Shared(lines, self.written(before), problems)

    def written(self, before: Known) -> tuple[str, ...]:
        """Return the ledger's files that say something else than it said before, from the project's root."""
        after = self.ledger.known()
        changed = [key for key, copies in after.posts.items() if before.posts.get(key) != copies]
        if after.adopted != before.adopted:
            changed.append("adopted")
        return tuple(map(self.file, sorted(changed)))

    def file(self, key: str) -> str:
        """Return where a post's copies are written down, from the project's root."""
        return f"{self._below()}/copies/{key}.json"

    def _below(self) -> str:
        """Return what content/ is called from the project's root."""
        return self.content.relative_to(self.root).as_posix() if self.root in self.content.parents else "content"


def _told(done: Sequence[tuple[Step, Copy]]) -> Iterator[str]:
    """Yield a line for each thing that was sent."""
    for step, copy in done:
        said = _SAID.get(copy.state, str(copy.state))
        where = f": {copy.url}" if copy.url and copy.state is State.CONFIRMED else ""
        why = f" ({copy.error})" if copy.error else ""
        yield f"{step.account.name}: {step.post.name} is {said}{where}{why}."


def _problem(step: Step, copy: Copy) -> Problem:
    """Return what a person should know of a try that did not end well, or not as it should."""
    what = f"{step.post.name} at {step.account.name}: {copy.error}."
    if copy.state is State.CONFIRMED:
        return editorial("copy-incomplete", what, "Look at it there, and mend it by hand if you want.")
    if copy.state is State.REJECTED:
        return editorial("copy-rejected", what, "Change its words (`Share`), and publish again.")
    return editorial("copy-unknown", what, "Run the same command again in some minutes: it is looked up first.")
