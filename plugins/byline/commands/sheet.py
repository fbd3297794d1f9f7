"""`share --sheet`: what is left to a person's hand, on a page of this machine, until all is said to be done.

Not a way around the keyboard's rules: what is said is noted as `--done` and `--resolve` note it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from byline.commands import by_hand, plan_lines
from byline.edges import browser
from byline.edges.local_server import LocalServer, NoFormError, Page
from byline.sharing.run import run as noted
from byline.sharing.sheet import ANSWERS, Said, asked, rows
from byline.sharing.sheet_page import POLICY, Slip, page
from byline.values.problem import Fault
from byline.values.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from byline.commands.noting import Noting
    from byline.edges.console import Console
    from byline.sharing.sheet import Row
    from byline.values.settings import Account as Setting

_AGAIN = "Run ./byline share --sheet again for a new one."


def run(console: Console, noting: Noting, settings: Mapping[str, Setting]) -> tuple[str, ...]:
    """Serve the sheet until nothing is left or Ctrl-C; return the files that were written, from the project's root."""
    telling = noting.telling
    before = telling.ledger.known()
    sheet = _Sheet(console, noting, settings)
    if not sheet.rows:
        console.say("Nothing is left for your hand.")
        return ()
    sheet.begin()
    try:
        with LocalServer(sheet, _AGAIN) as server, server.answering() as address:
            console.say(f"{counted(len(sheet.rows), 'thing')} left for your hand: {address}")
            console.say("That opens once. Ctrl-C ends it; what you said until then is written down.")
            if console.interactive:
                browser.show(address)
            server.wait()
    except KeyboardInterrupt:
        left = counted(len(sheet.rows), "thing")
        console.say(f"The sheet has ended with {left} left: ./byline share --sheet goes on.")
    if sheet.written:
        console.say("The next ./byline publish says on your pages where the copies are.")
    return telling.written(before)


@dataclass
class _Sheet:
    """The sheet as its server asks it; what was `written` down so far, a sentence each, by post and network."""

    console: Console
    noting: Noting
    settings: Mapping[str, Setting]
    written: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """See what is left."""
        self.rows = self._left()

    def begin(self) -> None:
        """Write down what any run would of the posts on the sheet: that they wait, and which ones count as told."""
        telling = self.noting.telling
        plan = telling.plan(self.noting.release, datetime.now(UTC))
        steps = tuple(step for step in plan.steps if asked(step))
        accounts = {step.account.id for step in steps}
        adopted = {account: keys for account, keys in plan.adopted.items() if account in accounts}
        own = replace(plan, steps=steps, adopted=adopted)
        noted(own, telling.ledger, {}, lambda: datetime.now(UTC))
        for line in plan_lines.adopted(own):
            self.console.say(line)

    def page(self) -> Page:
        """Return the page as it is."""
        return Page(page(self.rows, tuple(self.written.values())), POLICY)

    def received(self, fields: Mapping[str, str]) -> Page | None:
        """Write down what is said of a row; what cannot be is shown there with the reason, as it was typed."""
        post, network, said = (fields.get(name, "") for name in ("post", "network", "said"))
        row = next((row for row in self.rows if (row.post.key, row.network) == (post, network)), None)
        known = fields.keys() <= {"post", "network", "said", "address"}
        if row is None and (post, network) in self.written:
            return None  # the same form twice, as of a button pressed twice
        if row is None or not known or said not in ANSWERS[row.asked]:
            raise NoFormError
        typed = fields.get("address", "")
        try:
            line = self._noted(row, Said(said), typed.strip())
        except Fault as fault:
            slip = Slip(post, network, typed, str(fault))
            return Page(page(self.rows, tuple(self.written.values()), slip), POLICY, HTTPStatus.UNPROCESSABLE_ENTITY)
        self.written.pop((post, network), None)  # what is said again is said last
        self.written[post, network] = line
        self.console.say(line)
        self.rows = self._left()
        # Nobody would be there to be led to: the answer to the last form is the page.
        return None if self.rows else replace(self.page(), last=True)

    def _noted(self, row: Row, said: Said, address: str) -> str:
        account = self.noting.account(row.network)
        if said is Said.DONE:
            return self.noting.done(row.post.key, account, address or by_hand.NOWHERE, datetime.now(UTC))
        return self.noting.resolved(row.post.key, account, said)

    def _left(self) -> tuple[Row, ...]:
        plan = self.noting.telling.plan(self.noting.release, datetime.now(UTC))
        return rows(plan.steps, self.settings)
