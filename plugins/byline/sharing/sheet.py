"""The hand-share sheet: what of a plan is left to a person, post by post, the oldest first, with the words ready.

Not its page: that is `sheet_page`. Nothing is written down here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from byline.sharing import share_links
from byline.sharing.compose_links import ComposeLink, compose_link
from byline.sharing.counting import Counting, counting
from byline.sharing.message import loaded
from byline.sharing.plan import Do

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from byline.sharing.copies import Copies
    from byline.sharing.message import Message
    from byline.sharing.plan import Step
    from byline.values.settings import Account as Setting

_LAST = datetime.max.replace(tzinfo=UTC)


class Asked(StrEnum):
    """What a person is asked to do: share a post; look for a copy; change its words there; take it back there."""

    SHARE = "share"
    LOOK = "look"
    CHANGE = "change"
    REMOVE = "remove"


class Said(StrEnum):
    """What they say then: it is done; it is not there, send it again; it is to be let be."""

    DONE = "done"
    AGAIN = "again"
    NEVER = "never"


ANSWERS: Mapping[Asked, tuple[Said, ...]] = {
    Asked.SHARE: (Said.DONE, Said.NEVER),
    Asked.LOOK: (Said.DONE, Said.AGAIN, Said.NEVER),
    Asked.CHANGE: (Said.DONE,),
    Asked.REMOVE: (Said.NEVER,),
}
"""What can be said to each; the first is what is expected."""


@dataclass(frozen=True, slots=True)
class Row:
    """One post at one account, and what a person is asked to do.

    `network` is the account's name in the settings, `label` what people call it, `handle` how we are known there.
    `message` are the words, None where they are not known any more; `link` is where they are sent from by hand; `there`
    is the address of the copy, where one is known.
    """

    asked: Asked
    post: Copies
    network: str
    label: str
    handle: str
    counting: Counting
    message: Message | None = None
    link: ComposeLink | None = None
    why: str = ""
    there: str = ""


def asked(step: Step) -> Asked | None:
    """Return what a step asks of a person; None where that is nothing that is done at the network."""
    if step.do is Do.MANUAL:
        return Asked.SHARE
    if step.do is Do.ASK and (step.message or (step.copy and step.copy.open)):
        return Asked.LOOK
    if step.do is Do.UNCHANGED and step.why:
        return Asked.CHANGE if step.message else Asked.REMOVE
    return None


def rows(steps: Iterable[Step], settings: Mapping[str, Setting]) -> tuple[Row, ...]:
    """Return what a plan's steps ask of a person; `settings` are those of the accounts by their names."""
    found = [_row(step, what, settings[step.account.name]) for step in steps if (what := asked(step))]
    return tuple(sorted(found, key=_age))


def _row(step: Step, what: Asked, setting: Setting) -> Row:
    kind, copy = setting.kind(step.account.name), step.copy
    # Of a try whose end is not known, what may be there is what was sent.
    message = loaded(copy.sending) if copy and copy.open and copy.sending else step.message
    return Row(
        what,
        step.post,
        step.account.name,
        share_links.label(kind) or step.account.name,
        setting.account,
        counting(kind),
        message,
        compose_link(kind, setting, message) if message and what is Asked.SHARE else None,
        step.why,
        copy.url if copy else "",
    )


def _age(row: Row) -> tuple[datetime, str]:
    """Return what rows are sorted by, so that a post's stand together; one of a post that is gone comes last."""
    published = row.message.published if row.message else ""
    return datetime.fromisoformat(published) if published else _LAST, row.post.key
