"""A copy: one post as sent to one account, and what is known of it.

Not the file that keeps it: that is `ledger`. Between what was sent and what is known there may be a gap; it has states.

    planned -> attempt -> confirmed           it is there
                       -> rejected            it is not, and the same words will not be
                       -> unknown -> confirmed, or planned again once it was looked up
    manual                                    a person does it by hand
    skipped                                   nothing is to be done, ever
    withdrawn                                 it was there, and was taken back as its post was
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class State(StrEnum):
    """What is known of a copy."""

    PLANNED = "planned"
    ATTEMPT = "attempt"
    UNKNOWN = "unknown"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    MANUAL = "manual"
    SKIPPED = "skipped"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What an attempt is at."""

    CREATE = "create"
    UPDATE = "update"
    WITHDRAW = "withdraw"


class How(StrEnum):
    """How it is known that a copy is there."""

    SENT = "sent"
    FOUND = "found"
    DUPLICATE = "duplicate"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Copy:
    """One post at one account.

    `payload` is the digest of the message that is there, `made_of` that of what the writer gave for it, `refused` that
    of a message the network would not have. While
    something is under way, `sending` is the message itself, as JSON, and `key` the same for each try of it. `ids` are
    what the network calls its parts, kept as each arrives. `url` is where people find it, empty where nobody knows.
    `error` is why the last try failed, in a few words; `not_before` when the network wants to be asked again.
    """

    state: State
    act: Act = Act.CREATE
    key: str = ""
    payload: str = ""
    made_of: str = ""
    refused: str = ""
    sending: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    how: How | None = None
    error: str = ""
    tries: int = 0
    created: datetime | None = None
    first: datetime | None = None
    last: datetime | None = None
    not_before: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether a try was begun whose end is not known."""
        return self.state in {State.ATTEMPT, State.UNKNOWN}


class Heard(StrEnum):
    """What is known of a page that was to be told that a post links it."""

    TOLD = "told"
    NONE = "none"
    REFUSED = "refused"
    PRIVATE = "private"
    UNKNOWN = "unknown"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Mention:
    """A page that a post links or credits, and whether it was told of that (W3C Webmention).

    None: it takes no mentions. Private: its host is not of the public network, and was not asked. Gone: the link, or
    its post, is there no more, and that was told, too. `source` is the post's address at that time, `payload` the
    digest of what the post said then, empty where it was gone; `tries` is how often in a row that failed, `last` when
    it was, `not_before` when its host wants to be asked again. Unknown is also what is under way.
    """

    state: Heard
    payload: str = ""
    source: str = ""
    error: str = ""
    tries: int = 0
    last: datetime | None = None
    not_before: datetime | None = None

    @property
    def shown(self) -> bool:
        """Whether the page may show the mention: it was told, or may have been, then or before."""
        return self.state in {Heard.TOLD, Heard.UNKNOWN, Heard.REFUSED, Heard.PRIVATE}


@dataclass(frozen=True, slots=True)
class Copies:
    """A post's copies by account, and what the post was when the first was made: its key, feed id, address, name.

    `mentions` are the pages that were to be told of it, by their address as the post has it; `mentioned` is the digest
    of what the post said when they were looked for in it.
    """

    key: str
    id: str
    url: str
    name: str
    copies: Mapping[str, Copy] = field(default_factory=dict)
    mentions: Mapping[str, Mention] = field(default_factory=dict)
    mentioned: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of copies: each post's, by its key; and by account the keys of those it was never told of.

    Those were published before sharing was switched on. An account without such a set was never shared to.
    """

    posts: Mapping[str, Copies] = field(default_factory=dict)
    adopted: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def copy(self, post: str, account: str) -> Copy | None:
        """Return a post's copy at an account; None where there never was one."""
        copies = self.posts.get(post)
        return copies.copies.get(account) if copies else None


def key_of(post_id: str, account: str, act: Act, payload: str, before: datetime | None = None) -> str:
    """Return the key of a try, 32 hex digits: the same words to the same account have the same one on any machine.

    `before` is when a copy was made that is there no more: the next one has a key of its own.
    """
    told = f"{post_id}\n{account}\n{act}\n{payload}\n{before.isoformat() if before else ''}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]
