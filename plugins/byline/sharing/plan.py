"""The plan: what is to be done for each post at each account, from the live posts and the copies that are known.

Not the doing: it opens no socket and writes nothing, and the same posts, copies and instant give the same plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from byline.sharing.copies import Act, Copies, State
from byline.values.post import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from byline.sharing.copies import Copy, Known
    from byline.sharing.message import Message
    from byline.values.post import Post

_NEVER = datetime.min.replace(tzinfo=UTC)


class Do(StrEnum):
    """What a step is: the first three are done by the run, the others are told."""

    CREATE = "create"
    UPDATE = "update"
    WITHDRAW = "withdraw"
    WAITING = "waiting"
    MANUAL = "manual"
    ASK = "ask"
    REJECTED = "rejected"
    UNCHANGED = "unchanged"

    @property
    def sent(self) -> bool:
        """Whether something leaves for the network."""
        return self in {Do.CREATE, Do.UPDATE, Do.WITHDRAW}


@dataclass(frozen=True, slots=True)
class Account:
    """An account, as a plan sees it: its id in the ledger, its name in the settings, what its network can do.

    Who is not `connected` has no token, and is served by hand. One run makes or changes `most` copies, and makes them
    `pace` apart; nothing is sent in the hours from the first to the second of `quiet`.
    """

    id: str
    name: str
    connected: bool = False
    finds: bool = False
    edits: bool = False
    withdraws: bool = False
    most: int = 5
    pace: timedelta = timedelta()
    quiet: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """When it is, in the writer's time zone, and what a plan goes by.

    An open try is left alone until `settle` after it: its request may still be under way. At an account that was never
    shared to, posts older than `recent` are adopted as told. More than so many `withdrawals` are asked for.
    """

    now: datetime
    settle: timedelta = timedelta(seconds=120)
    recent: timedelta = timedelta(days=1)
    withdrawals: int = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One post at one account: what to do and why; `post` is its head in the ledger, `at` when a wait ends."""

    do: Do
    post: Copies
    account: Account
    message: Message | None = None
    copy: Copy | None = None
    why: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps, account by account, the oldest post first; by account's id, the keys of posts to adopt as told."""

    steps: tuple[Step, ...]
    adopted: Mapping[str, frozenset[str]] = field(default_factory=dict)


class Composer(Protocol):
    """Makes the message for a post and an account; `made_of` is that message's own, known without the work of it."""

    def made_of(self, post: Post, account: Account) -> str:
        """Return the digest of what the writer gave for a message."""

    def message(self, post: Post, account: Account) -> Message:
        """Return the message."""


def plan(
    posts: Sequence[Post],
    known: Known,
    accounts: Sequence[Account],
    composer: Composer,
    rules: Rules,
) -> Plan:
    """Return what is to be done for the posts of the live release; only published ones are told to anybody."""
    public = sorted((post for post in posts if post.status is Status.PUBLISHED), key=_age)
    adopted = {
        account.id: frozenset(post.key for post in public if _age(post)[0] < rules.now - rules.recent)
        for account in accounts
        if account.id not in known.adopted
    }
    steps: list[Step] = []
    for account in accounts:
        told = known.adopted.get(account.id, adopted.get(account.id, frozenset()))
        concerned = (post for post in public if _concerns(post, account, known, told))
        wanted = [_step(post, account, known, composer, rules) for post in concerned]
        leaving = _leaving({post.key for post in public}, account, known, rules)
        steps.extend(_in_time([*wanted, *leaving], account, _last(known, account), rules))
    return Plan(tuple(steps), adopted)


def _concerns(post: Post, account: Account, known: Known, told: frozenset[str]) -> bool:
    """Tell whether a post has, or is to have, a copy at an account."""
    copy = known.copy(post.key, account.id)
    if copy is not None:
        return copy.state is not State.SKIPPED
    chosen = post.share.networks
    return post.key not in told and (chosen is None or account.name in chosen)


def _step(post: Post, account: Account, known: Known, composer: Composer, rules: Rules) -> Step:
    """Return what to do for a published post; for one that is told already, without its message."""
    copy = known.copy(post.key, account.id)
    head = known.posts.get(post.key) or Copies(post.key, post.id, post.url, post.name)
    if copy is not None and copy.state is State.CONFIRMED and copy.made_of == composer.made_of(post, account):
        return Step(Do.UNCHANGED, head, account, None, copy)
    message = composer.message(post, account)
    do, why, at = _judged(copy, message, account, rules)
    if copy is None and do is Do.CREATE and not account.finds and _age(post)[0] < rules.now - rules.recent:
        do, why = Do.ASK, "nothing is known of it, and it cannot be looked up there"
    return Step(do, head, account, message, copy, why, at)


def _judged(copy: Copy | None, message: Message, account: Account, rules: Rules) -> tuple[Do, str, datetime | None]:
    """Return what to do for a post that is to have a copy, why, and when a wait ends."""
    if copy is not None and copy.open:
        return _resumed(copy, account, rules)
    confirmed = copy is not None and copy.state is State.CONFIRMED
    if copy is not None and message.digest in {copy.refused, copy.payload if confirmed else copy.refused}:
        why = copy.error if message.digest == copy.refused else ""
        return (Do.UNCHANGED if confirmed else Do.REJECTED), why, None
    if confirmed and not (account.connected and account.edits):
        return Do.UNCHANGED, "its words are others now, and can be changed there by hand only", None
    # What a person was to do may be done: without a look-up nobody else does it.
    if not account.connected or (copy is not None and copy.state is State.MANUAL and not account.finds):
        return Do.MANUAL, "", None
    if copy is not None and copy.not_before is not None and copy.not_before > rules.now:
        return Do.WAITING, copy.error, copy.not_before
    return (Do.UPDATE if confirmed else Do.CREATE), "", None


def _resumed(copy: Copy, account: Account, rules: Rules) -> tuple[Do, str, datetime | None]:
    """Return what to do where a try was begun whose end is not known."""
    settled = (copy.last or _NEVER) + rules.settle
    if rules.now < settled:
        return Do.WAITING, "it may still be under way", settled
    if not account.connected:
        return Do.ASK, "it may be there, and there is no token to look it up with", None
    if copy.act is Act.CREATE and not account.finds:
        return Do.ASK, "it may be there, and it cannot be looked up there", None
    return Do(copy.act), "it may be there: it is looked up first" if copy.act is Act.CREATE else "", None


def _leaving(public: set[str], account: Account, known: Known, rules: Rules) -> Sequence[Step]:
    """Return the steps for copies whose posts are no longer published."""
    found = []
    for head in known.posts.values():
        copy = head.copies.get(account.id)
        if head.key in public or copy is None:
            continue
        if copy.open:
            do, why, at = _resumed(copy, account, rules)
            found.append(Step(do, head, account, None, copy, why, at))
        elif copy.state is State.CONFIRMED:
            able = account.connected and account.withdraws
            why = "" if able else "its post is gone, and it can be taken back there by hand only"
            found.append(Step(Do.WITHDRAW if able else Do.UNCHANGED, head, account, None, copy, why))
    withdrawn = sum(step.do is Do.WITHDRAW for step in found)
    if withdrawn <= rules.withdrawals:
        return found
    why = f"{withdrawn} copies would be taken back at once"
    return [_told(step, Do.ASK, why) if step.do is Do.WITHDRAW else step for step in found]


def _in_time(steps: Sequence[Step], account: Account, last: datetime, rules: Rules) -> Iterator[Step]:
    """Yield the steps; some wait: in quiet hours, too soon after another one, when they are too many for one run."""
    silent = _silent_until(account.quiet, rules.now)
    left = account.most
    for step in steps:
        if not step.do.sent:
            yield step
        elif silent:
            yield _told(step, Do.WAITING, "these are quiet hours", silent)
        elif step.do is Do.WITHDRAW:
            yield step
        elif step.do is Do.CREATE and account.pace and last + account.pace > rules.now:
            yield _told(step, Do.WAITING, "another one was sent just before", last + account.pace)
        elif not left:
            yield _told(step, Do.WAITING, f"one run tells at most {account.most} here")
        else:
            left -= 1
            last = rules.now if step.do is Do.CREATE else last
            yield step


def _told(step: Step, do: Do, why: str, at: datetime | None = None) -> Step:
    return Step(do, step.post, step.account, step.message, step.copy, why, at)


def _silent_until(quiet: tuple[int, int] | None, now: datetime) -> datetime | None:
    """Return when the quiet hours end that it is in; None where it is in none."""
    if quiet is None:
        return None
    begin, end = quiet
    if not (begin <= now.hour < end if begin < end else now.hour >= begin or now.hour < end):
        return None
    ending = now.replace(hour=end % 24, minute=0, second=0, microsecond=0)
    return ending if ending > now else ending + timedelta(days=1)


def _last(known: Known, account: Account) -> datetime:
    """Return when a copy was last made at an account."""
    copies = (head.copies.get(account.id) for head in known.posts.values())
    return max((copy.created for copy in copies if copy and copy.created), default=_NEVER)


def _age(post: Post) -> tuple[datetime, str]:
    return post.published or _NEVER, post.key
