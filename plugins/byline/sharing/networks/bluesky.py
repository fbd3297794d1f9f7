"""Bluesky, and any other server of the AT Protocol: a copy is a record in the writer's repository.

Not the words of it, and nothing of the ledger. The record's key is the post's own, and it is put there only where
nothing is yet: whoever sends it twice has one record. Nothing is believed that a server says; the app password is sent
to that server alone, and told to nobody.
Long, as one network's protocol (https://docs.bsky.app/docs/category/http-reference, `com.atproto.server` and `repo`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from byline.sharing.answers import Ended, Server, address, held, moment, succeeded, unreadable, within
from byline.sharing.copies import How
from byline.sharing.facets import facets
from byline.sharing.network import Answer, Outcome
from byline.sharing.record_keys import record_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from byline.edges.http import Answer as Reply
    from byline.edges.http import Client
    from byline.sharing.answers import Object
    from byline.sharing.copies import Copy
    from byline.sharing.message import Message, Picture
    from byline.sharing.network import Keep

    Fields = dict[str, Any]

SERVER = "https://bsky.social"
"""Where most people have their account; another one is a setting."""
_POSTS = "app.bsky.feed.post"
_HANDLE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*", re.IGNORECASE)
_DID = re.compile(r"did:[a-z]+:[\w.:%-]{1,250}", re.ASCII)
_CID = re.compile(r"[A-Za-z0-9]{1,200}")
_KEY = re.compile(r"[\w.~:-]{1,512}", re.ASCII)
_LARGEST = 976_560
"""Bytes of a card's picture that are taken; a million is the limit, and not everywhere the same million."""
_PAGES, _PAGE = 3, 100
"""How far back a copy is looked for whose key is another one: 300 records."""
_SLACK = timedelta(hours=1)
"""How far a record's own date may be from the post's."""
_SESSION_ENDED = frozenset({"ExpiredToken", "InvalidToken"})
_NAMELESS = "what the server calls this copy is not known, so it can only be changed there"


@dataclass(frozen=True, slots=True)
class _Session:
    """Whose the app password is: the account's DID and handle; the server, with the token of this run."""

    did: str
    handle: str
    server: Server


@dataclass(frozen=True, slots=True)
class _Record:
    """A record that is there: its key, the CID of what it says, and that itself."""

    key: str
    cid: str
    value: Object


class Bluesky:
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
    ) -> None:
        """Speak to the server at an address for an account, `me.bsky.social` or its DID, with an app password.

        `picture` gives the bytes of a picture by its digest, `clock` the time (aware).
        """
        self._client = client
        self._address = server.rstrip("/")
        self._password = token
        self._account = account.removeprefix("@")
        self._bytes = picture
        self._clock = clock
        self._session: _Session | None = None

    def account(self) -> Answer:
        """Return whether the app password is the account's, with its page."""
        try:
            return Answer(Outcome.CONFIRMED, f"https://bsky.app/profile/{self._own().handle}")
        except Ended as end:
            return end.answer

    def find(self, message: Message, copy: Copy) -> Answer | None:
        """Return the record at the post's own key, or else one that links the post; None where there is none."""
        try:
            there = self._at(self._key(message, copy))
            if there is None and "rkey" not in copy.ids:  # made by hand, or with a date that the post had before
                there = next(self._linking(message), None)
            return None if there is None else self._confirmed(there.key, there.cid, How.FOUND)
        except Ended as end:  # whatever it was: whether the copy is there is not known
            return replace(end.answer, outcome=Outcome.UNKNOWN)

    def create(self, message: Message, copy: Copy, keep: Keep) -> Answer:
        """Send the picture, then the record, to where nothing is yet.

        `keep` gets the record's key (`rkey`). Where the server will not have the picture, `error` of confirmed says so.
        """
        if refused := _impossible(message):
            return Answer(Outcome.REJECTED, error=refused)
        try:
            self._own()
            key = self._key(message, copy)
            keep({"rkey": key})
            thumb, without = self._uploaded(message.picture)
            reply = self._put(key, _record(message, thumb), None)
            if _error(reply) == "InvalidSwap":
                return self._taken(key, message)
            return self._answered(key, reply, without)
        except Ended as end:
            return end.answer

    def update(self, message: Message, copy: Copy, keep: Keep) -> Answer:  # noqa: ARG002  its key is kept already
        """Put the new words in the record's place, with the date that it has."""
        key = _named(copy.ids.get("rkey"), _KEY)
        if refused := _impossible(message) if key else _NAMELESS:
            return Answer(Outcome.REJECTED, error=refused)
        try:
            there = self._at(key)
            if there is None:
                return Answer(Outcome.GONE)
            thumb, without = self._uploaded(message.picture)
            dated = {name: there.value[name] for name in ("createdAt",) if isinstance(there.value.get(name), str)}
            reply = self._put(key, _record(message, thumb) | dated, there.cid)
            if _error(reply) == "InvalidSwap":
                return Answer(Outcome.UNKNOWN, error="somebody else changed it at the same moment")
            return self._answered(key, reply, without)
        except Ended as end:
            return end.answer

    def withdraw(self, copy: Copy) -> Answer:
        """Delete the record."""
        key = _named(copy.ids.get("rkey"), _KEY)
        if not key:
            return Answer(Outcome.REJECTED, error=_NAMELESS)
        try:
            reply = self._asked("POST", "repo.deleteRecord", self._place(key), acts=True)
        except Ended as end:
            return end.answer
        if not succeeded(reply):
            return Answer(Outcome.REJECTED, error=self._own().server.said(reply))
        return Answer(Outcome.CONFIRMED, ids=copy.ids)

    def _answered(self, key: str, reply: Reply, without: str) -> Answer:
        """Return what came of putting a record."""
        if not succeeded(reply):
            return Answer(Outcome.REJECTED, error=self._own().server.said(reply))
        cid = _named(within(held(reply), "cid"), _CID)
        return self._confirmed(key, cid, How.SENT, without) if cid else unreadable(Outcome.UNKNOWN)

    def _taken(self, key: str, message: Message) -> Answer:
        """Return what it means that there is a record already at a post's key: an earlier try of ours, or another's."""
        there = self._at(key)
        if there is None:
            return Answer(Outcome.UNKNOWN, error="a record was there, and is not any more")
        if address(message.url) in map(address, _links(there.value)):
            return self._confirmed(key, there.cid, How.DUPLICATE)
        return Answer(Outcome.REJECTED, error=f"another record stands at its key, {key}")

    def _put(self, key: str, record: Fields, swap: str | None) -> Reply:
        """Put a record where the one with a CID is, or None: none at all. Raises Ended."""
        return self._asked(
            "POST", "repo.putRecord", {**self._place(key), "record": record, "swapRecord": swap}, acts=True
        )

    def _at(self, key: str) -> _Record | None:
        """Return the record with a key; None where there is none. Raises Ended."""
        reply = self._asked("GET", f"repo.getRecord?{urlencode(self._place(key))}")
        if _error(reply) == "RecordNotFound":
            return None
        found = held(reply)
        cid, value = _named(within(found, "cid"), _CID), within(found, "value")
        if not succeeded(reply):
            raise Ended(Answer(Outcome.WAITING, error=self._own().server.said(reply)))
        if not cid or not isinstance(value, dict):
            raise Ended(unreadable(Outcome.WAITING))
        return _Record(key, cid, value)

    def _linking(self, message: Message) -> Iterator[_Record]:
        """Yield the account's records that link a post and answer nobody, the newest first. Raises Ended."""
        published, cursor = moment(message.published), ""
        for _ in range(_PAGES):
            asked = {"repo": self._own().did, "collection": _POSTS, "limit": str(_PAGE)}
            reply = self._asked("GET", f"repo.listRecords?{urlencode(asked | ({'cursor': cursor} if cursor else {}))}")
            page = within(held(reply), "records")
            if not succeeded(reply) or not isinstance(page, list):
                raise Ended(unreadable(Outcome.WAITING))
            oldest = None
            for record in filter(None, map(_listed, page)):
                if "reply" not in record.value and address(message.url) in map(address, _links(record.value)):
                    yield record
                oldest = moment(record.value.get("createdAt")) or oldest
            cursor = _named(within(held(reply), "cursor"), _KEY)
            if not cursor or (published and oldest and oldest < published - _SLACK):
                return

    def _uploaded(self, picture: Picture | None) -> tuple[Fields | None, str]:
        """Return the server's name for a picture that it has now; without one, why not. Raises Ended."""
        if picture is None:
            return None, ""
        content = self._bytes(picture.digest)
        if content is None:
            return None, "sent without its picture, which is not in the store"
        if len(content) > _LARGEST:
            return None, f"sent without its picture: it has {len(content):,} bytes, the server takes {_LARGEST:,}"
        reply = self._asked("POST", "repo.uploadBlob", content, media_type=picture.media_type)
        if not succeeded(reply):
            return None, f"sent without its picture: {self._own().server.said(reply)}"
        blob = within(held(reply), "blob")
        cid = _named(within(blob, "ref", "$link"), _CID)
        if not cid:
            raise Ended(unreadable(Outcome.WAITING))
        named = {"$type": "blob", "ref": {"$link": cid}, "mimeType": picture.media_type, "size": len(content)}
        return named, ""

    def _confirmed(self, key: str, cid: str, how: How, error: str = "") -> Answer:
        url = f"https://bsky.app/profile/{self._own().handle}/post/{key}"
        return Answer(Outcome.CONFIRMED, url=url, ids={"rkey": key, "cid": cid}, how=how, error=error)

    def _key(self, message: Message, copy: Copy) -> str:
        """Return the key that a copy was given, or that of its post."""
        published = moment(message.published) or datetime(1970, 1, 1, tzinfo=UTC)
        return _named(copy.ids.get("rkey"), _KEY) or record_key(published, message.id or message.url)

    def _place(self, key: str) -> dict[str, str]:
        return {"repo": self._own().did, "collection": _POSTS, "rkey": key}

    def _asked(self, method: str, call: str, body: bytes | Object = b"", **other: Any) -> Reply:  # noqa: ANN401  of Server.ask
        """Return the reply to a call with the session's token. Raises Ended, also where the session ended."""
        server = self._own().server
        reply = server.ask(method, f"/xrpc/com.atproto.{call}", body, **other)
        if _error(reply) in _SESSION_ENDED:  # nothing was done
            raise Ended(Answer(Outcome.WAITING, error=server.said(reply), closed=True))
        return reply

    def _own(self) -> _Session:
        """Return the session of this run, begun when it is first asked for. Raises Ended where there can be none."""
        if self._session is None:
            reasons = ("message", "error")
            login = Server(self._client, self._address, self._password, self._clock, reasons, bearer=False)
            wanted = {"identifier": self._account, "password": self._password}
            reply = login.ask("POST", "/xrpc/com.atproto.server.createSession", wanted)
            if not succeeded(reply):
                raise Ended(Answer(Outcome.WAITING, error=login.said(reply), closed=True))
            told = held(reply)
            did, handle = _named(within(told, "did"), _DID), _named(within(told, "handle"), _HANDLE)
            token = within(told, "accessJwt")
            if not did or not isinstance(token, str):
                raise Ended(unreadable(Outcome.WAITING))
            if self._account.casefold() not in {did.casefold(), handle.casefold()}:
                error = f"the app password is that of {handle or did}, not of {self._account}"
                raise Ended(Answer(Outcome.WAITING, error=error, closed=True))
            secrets = (self._password,)
            own = Server(self._client, self._address, token, self._clock, reasons, secrets=secrets)
            self._session = _Session(did, handle or did, own)
        return self._session


def _record(message: Message, thumb: Fields | None) -> Fields:
    """Return a post's record (https://docs.bsky.app/docs/advanced-guides/posts): the same of the same message."""
    card: Fields = {"uri": message.url, "title": message.title, "description": message.card}
    published = moment(message.published) or datetime(1970, 1, 1, tzinfo=UTC)
    record = {
        "$type": _POSTS,
        "text": message.text,
        "createdAt": published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "embed": {"$type": "app.bsky.embed.external", "external": card | ({"thumb": thumb} if thumb else {})},
    }
    said = {"langs": [message.language] if message.language else [], "facets": facets(message.text)}
    return record | {name: value for name, value in said.items() if value}


def _impossible(message: Message) -> str:
    """Return why a message cannot be told there as its writer wants it; empty where it can."""
    if message.visibility not in {"", "public"}:
        return f"whoever is there sees all, and the account's visibility is {message.visibility}"
    return "there are no content warnings in words, and the account has one" if message.warning else ""


def _listed(told: object) -> _Record | None:
    """Return a record of a list; None where it cannot be read."""
    uri, cid, value = within(told, "uri"), _named(within(told, "cid"), _CID), within(told, "value")
    key = _named(uri.rpartition("/")[2], _KEY) if isinstance(uri, str) else ""
    return _Record(key, cid, value) if key and cid and isinstance(value, dict) else None


def _links(record: Object) -> list[str]:
    """Return the addresses that a record links, in its card and its text."""
    written = record.get("facets")
    features = [within(facet, "features") for facet in written] if isinstance(written, list) else []
    linked = [within(feature, "uri") for listed in features if isinstance(listed, list) for feature in listed]
    return [uri for uri in (within(record, "embed", "external", "uri"), *linked) if isinstance(uri, str)]


def _error(reply: Reply) -> str:
    """Return the name of the error that a reply tells; empty where it succeeded, or names none."""
    error = None if succeeded(reply) else within(held(reply), "error")
    return error if isinstance(error, str) else ""


def _named(told: object, pattern: re.Pattern[str]) -> str:
    """Return a name that is one by its pattern; empty for anything else."""
    return told if isinstance(told, str) and pattern.fullmatch(told) else ""
