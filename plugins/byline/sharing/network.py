"""A network, as the run knows it: what it can do, and how it answers.

Not one of them: each stands in a file of its own in `networks/`, knows no other, and nothing of the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from byline.sharing.copies import How

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from byline.sharing.copies import Copy
    from byline.sharing.message import Message

    Keep = Callable[[Mapping[str, str]], None]


class Outcome(StrEnum):
    """How a try ended."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    WAITING = "waiting"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a try.

    Confirmed has `url`, `ids` and `how`. Rejected is for good: the same words will not be taken. Unknown may have
    happened. Waiting has not happened, and may later, not before `at`; with `closed` the account takes nothing now
    (a token that ended), so that the rest of it waits too. Gone is a copy that its author took away there. `error` says
    why in a few words, with no token in it.
    """

    outcome: Outcome
    url: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    how: How = How.SENT
    error: str = ""
    at: datetime | None = None
    closed: bool = False


class Network(Protocol):
    """One account at one network; its methods raise nothing but what is a fault of the program."""

    @property
    def finds(self) -> bool:
        """Whether a copy can be looked up by the address of its post."""

    @property
    def edits(self) -> bool:
        """Whether a copy's words can be changed."""

    @property
    def withdraws(self) -> bool:
        """Whether a copy can be taken back."""

    def account(self) -> Answer:
        """Ask whose the token is: confirmed where it is the account's, with its page in `url` if that is known.

        Unknown where the network does not say. Nothing is made or changed.
        """

    def find(self, message: Message, copy: Copy) -> Answer | None:
        """Look a copy up: confirmed where it is; None where it is not; another answer where that cannot be known."""

    def create(self, message: Message, copy: Copy, keep: Keep) -> Answer:
        """Make the copy; `keep` writes down ids as they arrive, before anything is made of them."""

    def update(self, message: Message, copy: Copy, keep: Keep) -> Answer:
        """Change the copy to these words; the same again does no harm."""

    def withdraw(self, copy: Copy) -> Answer:
        """Take the copy back; one that is not there is confirmed."""
