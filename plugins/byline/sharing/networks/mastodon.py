"""Mastodon, and the servers that speak its API: a copy is a status of the writer's account.

Not the words of it, and nothing of the ledger. A key against doubles is sent with each status, but nothing rests on it:
servers keep it for an hour, or not at all, so what may have been made is looked up by the address of its post.
Nothing is believed that a server says; the account's token is sent to that server alone, and told to nobody.
Long, as one network's protocol (https://docs.joinmastodon.org/methods/statuses/, `media`, `accounts`, `instance`).
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlencode

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
from byline.values.forms import Enclosed, multipart
from byline.values.text import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from byline.edges.http import Answer as Reply
    from byline.edges.http import Client
    from byline.sharing.answers import Object
    from byline.sharing.copies import Copy
    from byline.sharing.message import Message, Picture
    from byline.sharing.network import Keep

_ACCOUNT = re.compile(r"@?(?P<name>[\w.-]+)@(?P<host>[^\s@/?#:\\]+(?::\d{1,5})?)")
_ID = re.compile(r"[\w-]{1,100}", re.ASCII)
"""Numbers at Mastodon, letters among them elsewhere."""
_FAILED = 500
_CONFLICT = 409
_NOT_THERE = frozenset({404, 410})
_IN_WORK = frozenset({202, 206})

_CONFIGURATION = (
    ("characters", "statuses", "max_characters"),
    ("address", "statuses", "characters_reserved_per_url"),
    ("description", "media_attachments", "description_limit"),
    ("picture", "media_attachments", "image_size_limit"),
)
"""Where an instance says each of its limits."""
_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between the questions whether a picture is ready."""
_PAGES, _PAGE = 5, 40
"""How far back a copy is looked for: 200 statuses."""
_SLACK = timedelta(hours=1)
"""How far a server's clock may be from ours."""
_NAMELESS = "what the server calls this copy is not known, so it can only be changed there"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server takes: characters of a status, how many an address counts, those of a picture's words, its bytes.

    As they are: Mastodon's own, for a server that does not say.
    """

    characters: int = 500
    address: int = 23
    description: int = 1500
    picture: int = 16_777_216


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a token is: the account's id and its name on its server, and its page, empty where that is no address."""

    id: str
    name: str
    url: str


@dataclass(slots=True)
class _Listing:
    """The account's statuses as far as they were asked for, newest first; `ended` when there are no older ones."""

    statuses: list[Object] = field(default_factory=list)
    pages: int = 0
    ended: bool = False


def server_of(account: str) -> str:
    """Return the address of an account's server, `https://example.social` for `@me@example.social`; empty for none."""
    match = _ACCOUNT.fullmatch(account)
    return f"https://{match['host']}" if match else ""


class Mastodon:
    """One account at one server."""

    finds = edits = withdraws = True

    def __init__(  # noqa: PLR0913  what an account is made of
        self,
        client: Client,
        server: str,
        token: str,
        account: str,
        *,
        picture: Callable[[str], bytes | None],
        clock: Callable[[], datetime],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Speak to the server at an address for an account, `@me@example.social`, with its token.

        `picture` gives the bytes of a picture by its digest, `clock` the time (aware); `pause` waits so many seconds.
        """
        self._server = Server(client, server.rstrip("/"), token, clock, ("error",))
        self._name = account.removeprefix("@").partition("@")[0]
        self._bytes = picture
        self._pause = pause
        self._owner: Owner | None = None
        self._limits: Limits | None = None
        self._listing: _Listing | None = None

    def owner(self) -> Owner | Answer:
        """Return whose the token is, whoever that is; an answer where that cannot be known."""
        try:
            return self._asked_owner()
        except Ended as end:
            return end.answer

    def account(self) -> Answer:
        """Return whether the token is the account's, with its page."""
        try:
            return Answer(Outcome.CONFIRMED, self._own().url)
        except Ended as end:
            return end.answer

    def limits(self) -> Limits:
        """Return what the server takes, asked once; Mastodon's own limits where it does not say."""
        if self._limits is None:
            try:
                reply = self._server.ask("GET", "/api/v2/instance")
                self._limits = _limits(held(reply))
            except Ended:
                self._limits = Limits()
        return self._limits

    def find(self, message: Message, copy: Copy) -> Answer | None:
        """Return the status that links the post; None where there is none, unknown where that cannot be known.

        The statuses are asked for once, and again after a try that may have made one.
        """
        try:
            return self._found(message, copy)
        except Ended as end:  # whatever it was: whether the copy is there is not known
            return replace(end.answer, outcome=Outcome.UNKNOWN)

    def create(self, message: Message, copy: Copy, keep: Keep) -> Answer:
        """Send the picture, then the status. Where the server will not have the picture, `error` of confirmed says so.

        `keep` gets the picture's id (`media`) with its digest (`picture`); one that was kept is used again.
        """
        try:
            self._own()
            attached, without = self._attached(message.picture, copy.ids, keep)
            answer = self._posted(message, copy, attached, without)
        except Ended as end:
            answer = end.answer
        if answer.outcome is Outcome.UNKNOWN:
            self._listing = None
        return answer

    def update(self, message: Message, copy: Copy, keep: Keep) -> Answer:
        """Change the status to these words, and its picture where that is another one."""
        status = _id(copy.ids.get("status"))
        if not status:
            return Answer(Outcome.REJECTED, error=_NAMELESS)
        try:
            self._own()
            there = self._media_of(status) if message.picture else frozenset()
            attached, without = self._attached(message.picture, copy.ids, keep, there)
            fields = _status(message, attached) | {"spoiler_text": message.warning, "sensitive": bool(message.warning)}
            if message.picture and attached:
                words = shortened(message.picture.alt, self.limits().description)
                fields["media_attributes"] = [{"id": attached["media"], "description": words}]
            reply = self._server.ask("PUT", f"/api/v1/statuses/{status}", fields, acts=True)
        except Ended as end:
            return end.answer
        if reply.status in _NOT_THERE:
            return Answer(Outcome.GONE)
        if not succeeded(reply):
            return Answer(Outcome.REJECTED, error=self._server.said(reply))
        return _confirmed(held(reply), attached, How.SENT, without)

    def withdraw(self, copy: Copy) -> Answer:
        """Delete the status."""
        status = _id(copy.ids.get("status"))
        if not status:
            return Answer(Outcome.REJECTED, error=_NAMELESS)
        try:
            self._own()
            reply = self._server.ask("DELETE", f"/api/v1/statuses/{status}", acts=True)
        except Ended as end:
            return end.answer
        if reply.status in _NOT_THERE:
            return Answer(Outcome.CONFIRMED, ids=copy.ids)
        if not succeeded(reply):
            return Answer(Outcome.REJECTED, error=self._server.said(reply))
        if reply.body.strip() and not isinstance(held(reply), dict):
            return unreadable(Outcome.UNKNOWN)
        return Answer(Outcome.CONFIRMED, ids=copy.ids)

    def _posted(self, message: Message, copy: Copy, attached: Mapping[str, str], without: str) -> Answer:
        """Return what comes of the status itself. Raises Ended."""
        fields = _status(message, attached)
        if message.visibility:
            fields["visibility"] = message.visibility
        headers = {"Idempotency-Key": copy.key} if copy.key else {}
        reply = self._server.ask("POST", "/api/v1/statuses", fields, headers=headers, acts=True)
        if succeeded(reply):
            return _confirmed(held(reply), attached, How.SENT, without)
        said = self._server.said(reply)
        if reply.status == _CONFLICT or means_duplicate(said):
            self._listing = None
            found = self.find(message, copy)
            if found is not None:
                return replace(found, how=How.DUPLICATE)
            if reply.status == _CONFLICT:
                return Answer(Outcome.UNKNOWN, error=said)
        return Answer(Outcome.REJECTED, error=said)

    def _attached(
        self, picture: Picture | None, kept: Mapping[str, str], keep: Keep, there: frozenset[str] = frozenset()
    ) -> tuple[Mapping[str, str], str]:
        """Return the ids of a picture that can be attached, or is `there`; without ids, why there are none.

        Raises Ended: nothing has been made yet that anybody sees.
        """
        if picture is None:
            return {}, ""
        media = _id(kept.get("media")) if kept.get("picture", picture.digest) == picture.digest else ""
        # A server throws away what was never attached, and no longer knows by its id what was.
        if media and (media in there or not self._refused(media)):
            return {"media": media, "picture": picture.digest}, ""
        content, limits = self._bytes(picture.digest), self.limits()
        if content is None:
            return {}, "sent without its picture, which is not in the store"
        if len(content) > limits.picture:
            return {}, f"sent without its picture: it has {len(content):,} bytes, the server takes {limits.picture:,}"
        reply = self._uploaded(picture, content, limits)
        media = _id(within(held(reply), "id"))
        if not succeeded(reply):
            return {}, f"sent without its picture: {self._server.said(reply)}"
        if not media:
            raise Ended(unreadable(Outcome.WAITING))
        ids = {"media": media, "picture": picture.digest}
        keep(ids)
        why = self._refused(media) if reply.status in _IN_WORK else ""
        return ({}, f"sent without its picture: {why}") if why else (ids, "")

    def _uploaded(self, picture: Picture, content: bytes, limits: Limits) -> Reply:
        described = [("description", shortened(picture.alt, limits.description))] if picture.alt else []
        name = f"picture.{picture.media_type.rpartition('/')[2]}"
        form = multipart(described, [Enclosed("file", name, picture.media_type, content)])
        return self._server.ask(
            "POST", "/api/v2/media", form.body, media_type=form.media_type, refuses=_cannot_be_shown
        )

    def _refused(self, media: str) -> str:
        """Return why a picture that was sent cannot be attached, empty where it can. Raises Ended."""
        for seconds in (*_PAUSES, 0):
            reply = self._server.ask("GET", f"/api/v1/media/{media}", refuses=_cannot_be_shown)
            if reply.status not in _IN_WORK:
                return "" if succeeded(reply) else self._server.said(reply)
            self._pause(seconds)
        raise Ended(Answer(Outcome.WAITING, error="the server is still at work on the picture"))

    def _media_of(self, status: str) -> frozenset[str]:
        """Return the ids of what is attached to a status. Raises Ended: gone, where there is no such status."""
        reply = self._server.ask("GET", f"/api/v1/statuses/{status}")
        if reply.status in _NOT_THERE:
            raise Ended(Answer(Outcome.GONE))
        return _media(held(reply))

    def _found(self, message: Message, copy: Copy) -> Answer | None:
        published = moment(message.published)
        oldest = None
        for status in self._statuses():
            if _links(status, message):
                media = {name: copy.ids[name] for name in ("media", "picture") if name in copy.ids}
                attached = media if media.get("media") in _media(status) else {}
                return _confirmed(status, attached, How.FOUND)
            oldest = moment(status.get("created_at")) or oldest
            if published and oldest and oldest < published - _SLACK:
                return None
        ended = self._listing is not None and self._listing.ended
        before_it = bool(copy.first and oldest and oldest < copy.first - _SLACK)
        if copy.open and not ended and not before_it:
            error = f"it is not among the newest {_PAGES * _PAGE} of the account, and may be an older one"
            raise Ended(Answer(Outcome.UNKNOWN, error=error))
        return None

    def _statuses(self) -> Iterator[Object]:
        """Yield the account's statuses, newest first, as many as are looked at. Raises Ended."""
        owner = self._own()
        listing = self._listing = self._listing or _Listing()
        given = 0
        while True:
            yield from islice(listing.statuses, given, None)
            given = len(listing.statuses)
            if listing.ended or listing.pages == _PAGES:
                return
            self._read_on(listing, owner)

    def _read_on(self, listing: _Listing, owner: Owner) -> None:
        """Add the next page to a listing. Raises Ended."""
        asked = {"exclude_replies": "true", "exclude_reblogs": "true", "limit": str(_PAGE)}
        if listing.statuses:
            asked["max_id"] = str(listing.statuses[-1]["id"])
        reply = self._server.ask("GET", f"/api/v1/accounts/{owner.id}/statuses?{urlencode(asked)}")
        page = held(reply)
        if not succeeded(reply):
            raise Ended(Answer(Outcome.WAITING, error=self._server.said(reply)))
        if not isinstance(page, list) or not all(_id(within(status, "id")) for status in page):
            raise Ended(unreadable(Outcome.WAITING))
        known = {status["id"] for status in listing.statuses}
        fresh = [status for status in page if status["id"] not in known]
        listing.statuses += fresh
        listing.pages += 1
        listing.ended = not fresh

    def _own(self) -> Owner:
        """Return whose the token is. Raises Ended where that is not the account that was meant."""
        owner = self._asked_owner()
        if owner.name.casefold() != self._name.casefold():
            error = f"the token is that of {owner.name}, not of {self._name}"
            raise Ended(Answer(Outcome.WAITING, error=error, closed=True))
        return owner

    def _asked_owner(self) -> Owner:
        """Return whose the token is, asked once. Raises Ended."""
        if self._owner is None:
            reply = self._server.ask("GET", "/api/v1/accounts/verify_credentials")
            if not succeeded(reply):
                raise Ended(Answer(Outcome.WAITING, error=self._server.said(reply)))
            told = held(reply)
            identity, name = _id(within(told, "id")), self._server.cleaned(within(told, "acct")).partition("@")[0]
            if not identity or not name:
                raise Ended(unreadable(Outcome.WAITING))
            self._owner = Owner(identity, name, _page(told))
        return self._owner


def _status(message: Message, attached: Mapping[str, str]) -> dict[str, object]:
    """Return a new status: what is not said is as the account's own settings have it."""
    fields: dict[str, object] = {"status": message.text, "media_ids": [attached["media"]] if attached else []}
    if language := message.language.partition("-")[0]:
        fields["language"] = language.lower()  # ISO 639, without the region of BCP 47
    if message.warning:
        fields |= {"spoiler_text": message.warning, "sensitive": True}
    return fields


def _confirmed(status: object, attached: Mapping[str, str], how: How, error: str = "") -> Answer:
    """Return the answer that a status is; unknown where it is none that can be read."""
    identity = _id(within(status, "id"))
    if not identity:
        return unreadable(Outcome.UNKNOWN)
    return Answer(Outcome.CONFIRMED, url=_page(status), ids={**attached, "status": identity}, how=how, error=error)


def _links(status: Object, message: Message) -> bool:
    """Tell whether a status is a copy: its text or its card links the post itself, and it is no reply and no letter."""
    if status.get("reblog") or status.get("in_reply_to_id"):
        return False
    if status.get("visibility") == "direct" != message.visibility:
        return False
    copied = address(message.url)
    card = within(status, "card", "url")
    return any(isinstance(url, str) and address(url) == copied for url in [*hrefs(status.get("content")), card])


def _limits(told: object) -> Limits:
    """Return what an instance says of itself (https://docs.joinmastodon.org/entities/Instance/#configuration)."""
    found = {
        name: value
        for name, *steps in _CONFIGURATION
        if isinstance(value := within(told, "configuration", *steps), int) and value is not True and 0 < value < 2**31
    }
    return Limits(**found)


def _page(told: object) -> str:
    """Return where people find an account or a status; empty where no address is told that may be linked."""
    return linked(within(told, "url")) or linked(within(told, "uri"))


def _media(status: object) -> frozenset[str]:
    """Return the ids of what is attached to a status."""
    media = within(status, "media_attachments")
    return frozenset(_id(within(one, "id")) for one in media) - {""} if isinstance(media, list) else frozenset()


def _id(told: object) -> str:
    """Return an id that can stand in an address; empty for anything else."""
    return told if isinstance(told, str) and _ID.fullmatch(told) else ""


def _cannot_be_shown(reply: Reply) -> bool:
    """Tell whether a server failed at a picture and will again (https://docs.joinmastodon.org/methods/media/#500-server-error)."""
    error = within(held(reply), "error")
    return reply.status == _FAILED and isinstance(error, str) and "processing" in error.lower()
