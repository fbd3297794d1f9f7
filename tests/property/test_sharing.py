"""Sharing, whatever happens: kills at any step, lost, late and doubled answers, edits, a lost ledger: one copy each."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from byline.sharing.copies import Copies, How, Known
from byline.sharing.message import Message
from byline.sharing.network import Answer, Outcome
from byline.sharing.plan import Account, Do, Rules, plan
from byline.sharing.run import run
from byline.values.post import Status
from hypothesis import example, given, settings
from hypothesis import strategies as st
from invented_posts import english

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from byline.sharing.copies import Copy
    from byline.sharing.network import Keep
    from byline.sharing.plan import Plan, Step
    from byline.values.post import Post

START = datetime(2026, 5, 1, 12, tzinfo=UTC)
SETTLE = timedelta(seconds=60)
LATE = SETTLE / 2
FAULTS = ("none", "lost", "failed", "late", "killed before", "killed after", "busy", "closed")
UNSEEN = ("none", "none", "none", "failed", "closed", "killed before")
CUTS = ("none", "none", "none", "before", "after")
ACTS = ("run", "run", "run", "run", "edit", "hide", "show", "lose", "revert")


class Wrong(NamedTuple):
    """What goes wrong in one run: with what is sent, with what is looked up, and at the writes of the ledger."""

    faults: Sequence[str] = ()
    unseen: Sequence[str] = ()
    cuts: Sequence[str] = ()


NOTHING = Wrong()


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Blog:
    """What is the same for all runs: the clock, the writer's post, the network's server, the disk."""

    clock: datetime = START
    post: Post = field(default_factory=lambda: english("weak-ties", "Weak ties", "2026-05-01T11:00Z"))
    there: dict[str, Message] = field(default_factory=dict)
    under_way: list[tuple[datetime, str, Message]] = field(default_factory=list)
    number: int = 0
    disk: dict[str, Copies] = field(default_factory=dict)
    earlier: dict[str, Copies] = field(default_factory=dict)
    adopted: dict[str, frozenset[str]] = field(default_factory=dict)
    most: int = 0
    forgot: bool = False

    def pass_time(self, seconds: float) -> None:
        """Let time pass, and what was under way arrive."""
        self.clock += timedelta(seconds=seconds)
        for one in [one for one in self.under_way if one[0] <= self.clock]:
            self.under_way.remove(one)
            self.act(*one[1:])

    def act(self, status: str, message: Message) -> str:
        """Make a status, or change one, as the server does it."""
        if not status:
            self.number += 1
            status = f"status-{self.number}"
        elif status not in self.there:
            return ""
        self.there[status] = message
        self.most = max(self.most, len(self.there))
        return status


@dataclass
class Server:
    """A network that ignores keys, and whose calls go wrong in the order of the faults it was given."""

    blog: Blog
    faults: list[str]
    unseen: list[str]
    finds: bool = True
    edits: bool = True
    withdraws: bool = True

    def account(self) -> Answer:
        """Take any token."""
        return Answer(Outcome.CONFIRMED)

    def find(self, message: Message, _copy: Copy) -> Answer | None:
        """Look a status up by the address in it."""
        fault = self._next(self.unseen)
        if fault != "none":
            return Answer(Outcome.WAITING, error=fault, closed=fault == "closed")
        for status, one in self.blog.there.items():
            if one.url == message.url:
                return Answer(Outcome.CONFIRMED, f"https://net.example/{status}", {"status": status}, How.FOUND)
        return None

    def create(self, message: Message, _copy: Copy, keep: Keep) -> Answer:
        """Make a status."""
        keep({"media": "1"})
        return self._acted("", message)

    def update(self, message: Message, copy: Copy, _keep: Keep) -> Answer:
        """Change a status."""
        return self._acted(copy.ids["status"], message)

    def withdraw(self, copy: Copy) -> Answer:
        """Take a status away."""
        fault = self._next(self.faults)
        if fault in {"busy", "closed"}:
            return Answer(Outcome.WAITING, closed=fault == "closed")
        if fault != "failed":
            self.blog.there.pop(copy.ids["status"], None)
        if fault == "killed after":
            raise Killed
        return Answer(Outcome.CONFIRMED) if fault == "none" else Answer(Outcome.UNKNOWN)

    def _acted(self, status: str, message: Message) -> Answer:
        fault = self._next(self.faults)
        if fault in {"busy", "closed"}:
            return Answer(Outcome.WAITING, closed=fault == "closed")
        if fault == "failed":
            return Answer(Outcome.UNKNOWN, error="500")
        if fault == "late":
            self.blog.under_way.append((self.blog.clock + LATE, status, message))
            raise Killed
        made = self.blog.act(status, message)
        if fault == "killed after":
            raise Killed
        if fault == "lost":
            return Answer(Outcome.UNKNOWN, error="no answer")
        return Answer(Outcome.CONFIRMED, f"https://net.example/{made}", {"status": made}) if made else GONE

    def _next(self, faults: list[str]) -> str:
        fault = faults.pop(0) if faults else "none"
        if fault == "killed before":
            raise Killed
        return fault


GONE = Answer(Outcome.GONE)


@dataclass
class Disk:
    """A ledger in memory, whose writes are cut before or after they are done."""

    blog: Blog
    cuts: list[str]

    def put(self, post: Copies, account: str, copy: Copy) -> None:
        """Write one down."""
        cut = self.cuts.pop(0) if self.cuts else "none"
        if cut == "before":
            raise Killed
        known = self.blog.disk.get(post.key, post)
        self.blog.disk[post.key] = replace(known, copies={**known.copies, account: copy})
        if cut == "after":
            raise Killed

    def adopt(self, account: str, keys: Iterable[str]) -> None:
        """Write down whom an account counts as told of."""
        self.blog.adopted[account] = frozenset(keys)


def composed(post: Post, _account: Account) -> Message:
    """Return a message for a post."""
    return Message(post.url, f"{post.name} {post.url}", post.name, made_of=post.name)


class Composer:
    """Makes that message."""

    def made_of(self, post: Post, _account: Account) -> str:
        """Return what a message is made of."""
        return post.name

    def message(self, post: Post, account: Account) -> Message:
        """Return the message."""
        return composed(post, account)


def planned(blog: Blog, account: Account) -> Plan:
    """Return the plan for the blog as it is."""
    known = Known(dict(blog.disk), dict(blog.adopted))
    return plan([blog.post], known, [account], Composer(), Rules(blog.clock, SETTLE))


def shared(blog: Blog, account: Account, wrong: Wrong = NOTHING) -> None:
    """Share once; it may be killed."""
    server = Server(blog, list(wrong.faults), list(wrong.unseen), account.finds)
    with suppress(Killed):
        run(planned(blog, account), Disk(blog, list(wrong.cuts)), {account.id: server}, lambda: blog.clock)


WRONG = st.builds(
    Wrong,
    st.lists(st.sampled_from(FAULTS), max_size=2),
    st.lists(st.sampled_from(UNSEEN), max_size=2),
    st.lists(st.sampled_from(CUTS), max_size=4),
)
HAPPENINGS = st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from((0, 5, 40, 90)), WRONG), max_size=14)


AGAIN = ("run", 5, NOTHING)


@settings(max_examples=400)
@given(HAPPENINGS, st.booleans())
@example(happenings=[("run", 0, Wrong(["late"])), AGAIN], finds=True)
@example(happenings=[("run", 0, Wrong(["killed after"])), AGAIN], finds=False)
@example(happenings=[("run", 0, Wrong(["lost"])), AGAIN], finds=False)
@example(happenings=[("run", 0, Wrong(cuts=["none", "before"])), AGAIN], finds=False)
@example(happenings=[AGAIN, ("edit", 5, NOTHING), ("run", 5, Wrong(["lost"])), ("edit", 5, NOTHING)], finds=True)
@example(
    happenings=[AGAIN, ("hide", 5, NOTHING), ("run", 5, Wrong(["killed after"])), ("show", 5, NOTHING)], finds=True
)
def test_whatever_happens_there_is_one_copy_in_the_end_and_never_two(
    happenings: list[tuple[str, int, Wrong]],
    finds: bool,  # noqa: FBT001  drawn
) -> None:
    blog = Blog()
    account = Account("net:@me", "net", connected=True, finds=finds, edits=True, withdraws=True)
    for number, (act, seconds, wrong) in enumerate(happenings):
        blog.pass_time(seconds)
        happens(blog, account, act, number)
        if act == "run":
            shared(blog, account, wrong)
        assert blog.most <= 1
    for _ in range(6):
        blog.pass_time(2 * SETTLE.total_seconds())
        shared(blog, account)

    assert blog.most <= 1
    steps = planned(blog, account).steps
    if finds or Do.ASK not in {step.do for step in steps}:
        assert steps_are_done(steps)
        # Of a post that is gone, with all that was known of it, nobody asks.
        if blog.post.status is Status.PUBLISHED or not blog.forgot:
            assert [message.text for message in blog.there.values()] == expected(blog, account)


def happens(blog: Blog, account: Account, act: str, number: int) -> None:
    """Let something happen that is no run: an edit, a post hidden or shown again, a disk that fails."""
    if act == "edit":
        blog.post = replace(blog.post, name=f"Weak ties {number}")
    elif act in {"hide", "show"}:
        blog.post = replace(blog.post, status=Status.DRAFT if act == "hide" else Status.PUBLISHED)
    elif act in {"lose", "revert"} and account.finds:
        blog.pass_time(SETTLE.total_seconds())  # while something is under way, nobody could know of it
        blog.disk = dict(blog.earlier) if act == "revert" else {}
        blog.forgot = True
        if act == "lose":
            blog.adopted.clear()
    if act != "revert":
        blog.earlier = dict(blog.disk)


def steps_are_done(steps: Iterable[Step]) -> bool:
    """Tell whether nothing is left to do."""
    return all(step.do is Do.UNCHANGED for step in steps)


def expected(blog: Blog, account: Account) -> list[str]:
    """Return the words that are to be there."""
    return [composed(blog.post, account).text] if blog.post.status is Status.PUBLISHED else []
