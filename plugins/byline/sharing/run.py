"""The run: does a plan's steps, and writes down each before it begins and when it is known how it ended.

Not a network, and not the judgement of what is to be done. Accounts are served side by side, each one in its order; one
that fails keeps no other.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from byline.sharing.copies import Act, Copy, State, key_of
from byline.sharing.message import dumped, loaded
from byline.sharing.network import Outcome
from byline.sharing.plan import Do
from byline.values.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from byline.sharing.copies import Copies
    from byline.sharing.network import Answer, Network
    from byline.sharing.plan import Plan, Step

    Clock = Callable[[], datetime]


_NOTED = {Do.MANUAL: State.MANUAL, Do.WAITING: State.PLANNED}
"""What is written down of a post that nothing is sent of yet: so it is known later that nothing was."""


class Writable(Protocol):
    """The ledger, as a run needs it: what was put is on the disk when the call returns."""

    def put(self, post: Copies, account: str, copy: Copy) -> None:
        """Write a post's copy at an account down."""

    def adopt(self, account: str, keys: Iterable[str]) -> None:
        """Write down of which posts an account counts as told."""


def run(
    plan: Plan,
    ledger: Writable,
    networks: Mapping[str, Network],
    clock: Clock,
    ahead: Callable[[], None] = lambda: None,
) -> tuple[tuple[Step, Copy], ...]:
    """Do what the plan says is to be sent now; return each of these steps with its copy as it is then known.

    `networks` are those of connected accounts, by the account's id. `ahead` is called each time a try was written down,
    before anything of it is sent: when it raises Fault, nothing is. Whatever a network does, the others are served;
    what is a fault of the program, or of `ahead`, is raised at the end.
    """
    for account, keys in plan.adopted.items():
        ledger.adopt(account, keys)
    for step in plan.steps:
        if step.copy is None and step.do in _NOTED:
            ledger.put(step.post, step.account.id, Copy(_NOTED[step.do]))
    by_account: dict[str, list[Step]] = {}
    for step in plan.steps:
        if step.do.sent:
            by_account.setdefault(step.account.id, []).append(step)
    if not by_account:
        return ()
    with ThreadPoolExecutor(len(by_account)) as pool:
        runs = [
            pool.submit(_Account(account, networks[account], ledger, clock, ahead).run, steps)
            for account, steps in by_account.items()
        ]
    return tuple(done for one in runs for done in one.result())


class _Account:
    """What a run does at one account."""

    def __init__(
        self, account: str, network: Network, ledger: Writable, clock: Clock, ahead: Callable[[], None]
    ) -> None:
        self._account = account
        self._network = network
        self._ledger = ledger
        self._clock = clock
        self._ahead = ahead

    def run(self, steps: Iterable[Step]) -> list[tuple[Step, Copy]]:
        """Do steps in their order, until the account takes nothing any more; the rest is as it was."""
        done = []
        for step in steps:
            copy, closed = self._done(step)
            done.append((step, copy))
            if closed:
                break
        return done

    def _done(self, step: Step) -> tuple[Copy, bool]:
        """Do a step; return the copy as it is known then, and whether the account takes nothing any more."""
        before = step.copy or Copy(State.PLANNED)
        begun = self._begun(step, before)
        if begun.act is Act.CREATE:
            # What is known may be less than what happened: an answer, or the whole ledger, can have been lost.
            found = self._network.find(loaded(begun.sending), begun) if step.account.finds else None
            if found is not None and found.outcome is Outcome.CONFIRMED:
                ended = self._ended(begun, found)
                # Of one that nothing was known of, its words are not known either: where they can be, they are set.
                unsure = step.account.edits and not before.open
                return self._put(step, replace(ended, payload="", made_of="") if unsure else ended), False
            if found is not None:  # nothing was sent: what was open stays open
                return self._put(step, replace(before, error=found.error, not_before=found.at)), found.closed
            if step.message is None:  # its post is gone before it came
                return self._put(step, replace(before, state=State.WITHDRAWN, sending="", key="", error="")), False
        self._put(step, begun)
        try:
            self._ahead()
        except Fault:
            self._put(step, before)
            raise
        sent, answer = self._sent(step, begun)
        return self._put(step, self._ended(sent, answer)), answer.closed

    def _begun(self, step: Step, before: Copy) -> Copy:
        """Return the copy as it is once a try was begun; of an open one the same words with the same key."""
        now = self._clock()
        begun = before
        if not before.open:
            act, message = Act(step.do), step.message
            digest = message.digest if message else before.payload
            key = key_of(step.post.id, self._account, act, digest, before.created)
            ids = {} if before.state is State.WITHDRAWN else before.ids
            sending = dumped(message) if message else ""
            begun = replace(before, act=act, key=key, sending=sending, ids=ids, tries=0, first=now)
        return replace(begun, state=State.ATTEMPT, tries=begun.tries + 1, last=now, error="", not_before=None)

    def _sent(self, step: Step, begun: Copy) -> tuple[Copy, Answer]:
        """Send what a try is to send; return the copy with the ids that came meanwhile, and the answer."""
        latest = begun

        def keep(ids: Mapping[str, str]) -> None:
            nonlocal latest
            latest = self._put(step, replace(latest, ids={**latest.ids, **ids}))

        if begun.act is Act.WITHDRAW:
            return begun, self._network.withdraw(begun)
        message = loaded(begun.sending)
        act = self._network.update if begun.act is Act.UPDATE else self._network.create
        answer = act(message, begun, keep)
        return latest, answer

    def _ended(self, begun: Copy, answer: Answer) -> Copy:
        """Return the copy as it is known after an answer."""
        now = self._clock()
        if answer.outcome is Outcome.UNKNOWN:
            return replace(begun, state=State.UNKNOWN, error=answer.error, last=now)
        made = begun.act is not Act.CREATE
        message = loaded(begun.sending) if begun.sending else None
        digest, made_of = (message.digest, message.made_of) if message else (begun.payload, begun.made_of)
        closed = replace(begun, act=Act.CREATE, sending="", key="", error=answer.error, last=now)
        if answer.outcome is Outcome.GONE:
            return replace(closed, state=State.SKIPPED)
        if answer.outcome is Outcome.REJECTED:
            return replace(closed, state=State.CONFIRMED if made else State.REJECTED, refused=digest)
        if answer.outcome is Outcome.WAITING:
            return replace(closed, state=State.CONFIRMED if made else State.PLANNED, not_before=answer.at)
        if begun.act is Act.WITHDRAW:
            return replace(closed, state=State.WITHDRAWN, payload="", made_of="")
        how, created = (begun.how, begun.created) if made else (answer.how, now)
        url, ids = answer.url or begun.url, {**begun.ids, **answer.ids}
        there = replace(closed, state=State.CONFIRMED, payload=digest, made_of=made_of, refused="")
        return replace(there, url=url, ids=ids, how=how, created=created)

    def _put(self, step: Step, copy: Copy) -> Copy:
        self._ledger.put(step.post, self._account, copy)
        return copy
