"""What a person says of a copy: that they made it, or what is to become of one of which nobody knows.

Not the writing down: it makes a Copy of the one before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from byline.sharing.copies import Act, Copy, How, State
from byline.sharing.message import loaded
from byline.values.problem import Fault, Problem

if TYPE_CHECKING:
    from datetime import datetime

    from byline.sharing.message import Message

NOWHERE = "none"
"""What is said instead of an address where a copy has none."""


def done(before: Copy, address: str, message: Message | None, now: datetime) -> Copy:
    """Return a copy that is at an address, made of a message; of a try that was open, it is the one that was sent.

    Without a message, its words are those of before. Raises Fault where it is no address.
    """
    url = "" if address == NOWHERE else address
    if url and not _is_address(url):
        what = f"{url!r} is no address."
        raise Fault(Problem("wrong-address", what, f"Copy it from the network, or say `{NOWHERE}`."))
    there = loaded(before.sending) if before.open and before.sending else message
    return replace(
        _closed(before),
        state=State.CONFIRMED,
        how=before.how or How.MANUAL,
        url=url,
        payload=there.digest if there else before.payload,
        made_of=there.made_of if there else before.made_of,
        created=before.created or now,
    )


def resolved(before: Copy, wish: str) -> Copy:
    """Return a copy that is to be sent `again`, as it is not there, or `never`: as it is, it stays. Raises Fault."""
    if wish not in {"again", "never"}:
        what = f"--resolve is {wish!r}."
        raise Fault(Problem("wrong-choice", what, "Say `again` (it is not there: send it) or `never` (let it be)."))
    if before.state is State.CONFIRMED and wish == "again":
        what = f"It is there{f', at {before.url}' if before.url else ''}."
        raise Fault(Problem("copy-there", what, "Its words change with the post's; it goes when the post goes."))
    return replace(_closed(before), state=State.PLANNED if wish == "again" else State.SKIPPED)


def _closed(before: Copy) -> Copy:
    """Return a copy of which nothing is under way."""
    return replace(before, act=Act.CREATE, refused="", sending="", key="", error="", not_before=None)


def _is_address(url: str) -> bool:
    """Tell whether a text is an address of the web, of one line and without spaces."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and url.isprintable() and " " not in url
