"""Micropub: micro.blog, and every server that speaks W3C's protocol; a copy is a note on the writer's account there.

Not the words of it, and nothing of the ledger. A note has no title. Its picture is sent to the server's media endpoint
first, which is harmless to repeat; the site's own address of it is not told, for a later release may have none there.
Which networks the server passes notes on to (`mp-syndicate-to`) is left to it. What may have been made is looked up by
the address of its post.
The protocol is https://www.w3.org/TR/2017/REC-micropub-20170523/; `mp-photo-alt` is what forms have for the words of a
picture, as micro.blog has it (https://help.micro.blog/t/posting-api/96), and the list of posts an extension that not
all servers have (https://indieweb.org/Micropub-extensions#Query_for_Post_List).
Long, as one network's protocol, whose servers differ in their lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

from byline.sharing.answers import (
    Ended,
    Server,
    address,
    held,
    hrefs,
    linked,
    means_duplicate,
    moment,
    succeeded,
    unreadable,
    within,
)
from byline.sharing.copies import How
from byline.sharing.network import Answer, Outcome
from byline.values.forms import Enclosed, encoded, multipart

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from byline.edges.http import Answer as Reply
    from byline.edges.http import Client
    from byline.sharing.answers import Object
    from byline.sharing.copies import Copy
    from byline.sharing.message import Message, Picture
    from byline.sharing.network import Keep

ENDPOINT = "https://micro.blog/micropub"

_WRITTEN = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_AFTER = ".,;:!?)]}'*_"
"""What may follow an address in a text or in Markdown without being of it."""
_CONFLICT = 409
_NOT_THERE = frozenset({404, 410})
_OTHER_KINDS = ("in-reply-to", "like-of", "repost-of")
_PAGES, _PAGE = 5, 40
"""How far back a copy is looked for: 200 entries."""
_SLACK = timedelta(hours=1)
"""How far a server's clock may be from ours."""
_RECENT = timedelta(days=1)
"""How long after it was published a post counts as new, so that there cannot be a forgotten copy of it."""
_NAMELESS = "the address of this copy is not known, so it can only be changed there"
_NO_LIST = "the server gives no list of what is there, so that it cannot be known whether the copy is"


@dataclass(slots=True)
class _Listing:
    """The account's entries as far as they were asked for; `ended` when there are no others.

    `stuck` when the server does not go on, and does not say that it was all; `after` is its own mark for the next page.
    """

    entries: list[Object] = field(default_factory=list)
    pages: int = 0
    after: str = ""
    ended: bool = False
    stuck: bool = False


class _Listless(Exception):  # noqa: N818  it ends a look-up, and never leaves this file
    """The server will not list what is there."""


class Micropub:
    """One account at one server."""

    finds = edits = withdraws = True

    def __init__(  # noqa: PLR0913  what an account is made of
        self,
        client: Client,
        endpoint: str,
        token: str,
        account: str,  # noqa: ARG002  the token says whose it is, and nobody else does
        *,
        picture: Callable[[str], bytes | None],
        clock: Callable[[], datetime],
    ) -> None:
        """Speak to an endpoint with a token; where the endpoint is empty, to that of micro.blog.

        `picture` gives the bytes of a picture by its digest, `clock` the time (aware).
        """
        self._endpoint = endpoint or ENDPOINT
        self._server = Server(client, self._endpoint, token, clock, ("error_description", "error"))
        self._bytes = picture
        self._listing: _Listing | None = None

    def account(self) -> Answer:
        """Return whether the endpoint takes the token (Micropub, 3.7.1); whose it is, it does not say."""
        try:
            reply = self._asked({"q": "config"})
        except Ended as end:
            return end.answer
        if succeeded(reply):
            return Answer(Outcome.CONFIRMED)
        return Answer(Outcome.UNKNOWN, error=self._server.said(reply))

    def find(self, message: Message, copy: Copy) -> Answer | None:
        """Return the entry that links the post; None where there is none, unknown where that cannot be known.

        The entries are asked for once, and again after a try that may have made one. Of a server that lists none, it is
        known of the first try for a new post that there is none.
        """
        try:
            return self._found(message, copy)
        except _Listless:
            return None if _is_first(message, copy) else Answer(Outcome.UNKNOWN, error=_NO_LIST)
        except Ended as end:  # whatever it was: whether the copy is there is not known
            return replace(end.answer, outcome=Outcome.UNKNOWN)

    def create(self, message: Message, copy: Copy, keep: Keep) -> Answer:  # noqa: ARG002  there is one id, and it comes last
        """Send the picture, then make the entry (Micropub, 3.3); where there is one already, it is looked up.

        Where the server will not have the picture, `error` of confirmed says so.
        """
        try:
            attached, without = self._attached(message.picture, {})
            form = encoded(_entry(message, attached))
            reply = self._server.ask("POST", body=form.body, media_type=form.media_type, acts=True)
        except Ended as end:
            answer = end.answer
        else:
            answer = self._created(reply, message, copy, attached, without)
        if answer.outcome is Outcome.UNKNOWN:
            self._listing = None
        return answer

    def update(self, message: Message, copy: Copy, keep: Keep) -> Answer:  # noqa: ARG002  an id that is new is in the answer
        """Put these words in the place of the entry's (Micropub, 3.4.1), and the picture where that is another one."""
        if not linked(copy.ids.get("entry")):
            return Answer(Outcome.REJECTED, error=_NAMELESS)
        try:
            attached, without = self._attached(message.picture, copy.ids)
        except Ended as end:
            return end.answer
        act: dict[str, object] = {
            "action": "update",
            "replace": {"content": [message.text], **_photo(message, attached)},
        }
        if copy.ids.get("photo") and not message.picture:
            act["delete"] = ["photo"]
            attached = {"photo": "", "picture": ""}
        answer = self._changed(copy, act)
        if answer is None:
            return Answer(Outcome.GONE)
        if answer.outcome is not Outcome.CONFIRMED:
            return answer
        return replace(answer, ids={**answer.ids, **attached}, error=without)

    def withdraw(self, copy: Copy) -> Answer:
        """Delete the entry (Micropub, 3.5)."""
        return self._changed(copy, {"action": "delete"}) or Answer(Outcome.CONFIRMED, url=copy.url, ids=copy.ids)

    def _attached(self, picture: Picture | None, kept: Mapping[str, str]) -> tuple[Mapping[str, str], str]:
        """Return the address and the digest of a picture that the server has now; without one, why not.

        One that is `kept`, as it is in the entry, is not sent again. Raises Ended: nothing has been made yet that
        anybody sees.
        """
        if picture is None:
            return {}, ""
        photo, why = linked(kept.get("photo")) if kept.get("picture") == picture.digest else "", ""
        if not photo:
            content = self._bytes(picture.digest)
            photo, why = ("", "it is not in the store") if content is None else self._uploaded(picture, content)
        return ({"photo": photo, "picture": picture.digest}, "") if photo else ({}, f"sent without its picture: {why}")

    def _uploaded(self, picture: Picture, content: bytes) -> tuple[str, str]:
        """Return the address of a picture that was sent (Micropub, 3.6); without one, why the server will not have it.

        Raises Ended.
        """
        there = within(held(self._asked({"q": "config"})), "media-endpoint")
        if not isinstance(there, str) or not there:
            return "", "the server names no media endpoint"
        if urlsplit(linked(there))[:2] != urlsplit(self._endpoint)[:2]:
            return "", "the server wants it at another host, and the token goes to no other"
        name = f"picture.{picture.media_type.rpartition('/')[2]}"
        form = multipart([], [Enclosed("file", name, picture.media_type, content)])
        reply = self._server.at(there).ask("POST", body=form.body, media_type=form.media_type)
        if not succeeded(reply):
            return "", self._server.said(reply)
        photo = self._location(reply)
        if not photo:
            raise Ended(unreadable(Outcome.WAITING))
        return photo, ""

    def _created(self, reply: Reply, message: Message, copy: Copy, attached: Mapping[str, str], without: str) -> Answer:
        """Return what a reply to a new entry means."""
        if succeeded(reply):
            there = self._location(reply)
            if not there:
                return unreadable(Outcome.UNKNOWN)
            return Answer(Outcome.CONFIRMED, there, {"entry": there, **attached}, How.SENT, without)
        said = self._server.said(reply)
        if reply.status == _CONFLICT or means_duplicate(said):
            self._listing = None
            found = self.find(message, copy)
            if found is not None:
                return replace(found, how=How.DUPLICATE)
            if reply.status == _CONFLICT:
                return Answer(Outcome.UNKNOWN, error=said)
        return Answer(Outcome.REJECTED, error=said)

    def _changed(self, copy: Copy, act: dict[str, object]) -> Answer | None:
        """Return what comes of a change to an entry; None where there is no such entry."""
        entry = linked(copy.ids.get("entry"))
        if not entry:
            return Answer(Outcome.REJECTED, error=_NAMELESS)
        try:
            reply = self._server.ask("POST", body=act | {"url": entry}, acts=True)
        except Ended as end:
            return end.answer
        if _is_not_there(reply):
            return None
        if not succeeded(reply):
            return Answer(Outcome.REJECTED, error=self._server.said(reply))
        there = self._location(reply) or entry  # new words can make a new address
        return Answer(Outcome.CONFIRMED, url=there, ids={"entry": there})

    def _location(self, reply: Reply) -> str:
        """Return the address that a reply tells of an entry; empty where it tells none that may be linked."""
        told = reply.headers.get("location", "")
        try:
            return linked(urljoin(self._endpoint, told)) if told else ""
        except ValueError:
            return ""

    def _found(self, message: Message, copy: Copy) -> Answer | None:
        listing = self._listing = self._listing or _Listing()
        while True:
            for entry in listing.entries:
                if _links(entry, message):
                    there = next(filter(None, map(linked, _values(entry, "url"))), "")
                    if not there:
                        return unreadable(Outcome.UNKNOWN)
                    return Answer(Outcome.CONFIRMED, there, {"entry": there}, How.FOUND)
            if listing.ended or listing.stuck or listing.pages == _PAGES:
                break
            self._read_on(listing)
        if listing.ended or (copy.first and _reach_back(listing.entries, copy.first - _SLACK)):
            return None
        error = f"it is not among the {len(listing.entries)} entries that the server lists, and may be another one"
        return Answer(Outcome.UNKNOWN, error=error)

    def _asked(self, query: Mapping[str, str]) -> Reply:
        """Return the reply to a query (Micropub, 3.7), whatever query the endpoint itself has. Raises Ended."""
        sign = "&" if "?" in self._endpoint else "?"
        return self._server.ask("GET", f"{sign}{urlencode(query)}")

    def _read_on(self, listing: _Listing) -> None:
        """Add the next page to a listing. Raises Ended and _Listless."""
        asked = {"q": "source", "limit": str(_PAGE)}
        if listing.after:
            asked["after"] = listing.after
        elif listing.entries:
            asked["offset"] = str(len(listing.entries))
        reply = self._asked(asked)
        if not succeeded(reply):
            raise _Listless
        told = held(reply)
        page = told if isinstance(told, list) else within(told, "items")
        if not isinstance(page, list) or not all(isinstance(entry, dict) for entry in page):
            raise Ended(unreadable(Outcome.WAITING))
        fresh = [entry for entry in page if entry not in listing.entries]
        after = within(told, "paging", "after")
        listing.entries += fresh
        listing.pages += 1
        listing.after = after if isinstance(after, str) else ""
        listing.ended = not page
        listing.stuck = bool(page) and not fresh


def _entry(message: Message, attached: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the fields of a new entry: what is not said is as the account's own settings have it."""
    fields = [("h", "entry"), ("content", message.text), ("post-status", "published")]
    if message.visibility:
        fields.append(("visibility", message.visibility))
    if message.picture and attached:
        shown = [("photo", attached["photo"]), ("mp-photo-alt", message.picture.alt)]
        fields += [(name, value) for name, value in shown if value]
    return [*fields, *(("category[]", tag) for tag in message.tags)]


def _photo(message: Message, attached: Mapping[str, str]) -> dict[str, object]:
    """Return the property that a picture is in JSON (Micropub, 3.3.2)."""
    alt = message.picture.alt if message.picture else ""
    return {"photo": [{"value": attached["photo"], "alt": alt} if alt else attached["photo"]]} if attached else {}


def _is_first(message: Message, copy: Copy) -> bool:
    """Tell whether nothing can have been made of a post: it is new, and nothing was tried before."""
    published = moment(message.published)
    return bool(published and copy.first and copy.tries <= 1 and copy.first - published < _RECENT)


def _links(entry: Object, message: Message) -> bool:
    """Tell whether an entry is a copy: its text links the post itself, and it is no draft and no reply."""
    if any(_values(entry, kind) for kind in _OTHER_KINDS) or "draft" in _values(entry, "post-status"):
        return False
    copied = address(message.url)
    return any(address(url) == copied for value in _values(entry, "content") for url in _addresses(value))


def _addresses(value: object) -> list[str]:
    """Return the addresses in a text, or in a value that has it as HTML (Micropub, 3.3.2)."""
    if isinstance(value, dict):
        return [*hrefs(value.get("html")), *_addresses(value.get("value"))]
    found = _WRITTEN.findall(value) if isinstance(value, str) else []
    return [url.rstrip(_AFTER) for url in found]


def _values(entry: Object, name: str) -> list[object]:
    """Return the values of a property, where an entry has its properties (microformats2 JSON) or is them (JF2)."""
    properties = entry.get("properties")
    value = within(properties if isinstance(properties, dict) else entry, name)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _reach_back(entries: list[Object], when: datetime) -> bool:
    """Tell whether entries go back to before an instant, the newest first, and so have all that came later."""
    dates = [moment(value) for entry in entries for value in _values(entry, "published")[:1]]
    known = [date for date in dates if date]
    return bool(known) and len(known) == len(entries) and known == sorted(known, reverse=True) and known[-1] < when


def _is_not_there(reply: Reply) -> bool:
    """Tell whether an entry is gone; a bare 404 may as well come from an endpoint that is."""
    error = within(held(reply), "error")
    return error == "not_found" or (reply.status in _NOT_THERE and isinstance(error, str))
