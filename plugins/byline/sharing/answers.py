"""Answers: a network's server is asked with the account's token, and what it answers is read as a stranger's.

Not a network: what is asked, and what an answer means for a copy, each network says itself. Nothing is believed that a
server says; the token is sent to that server alone, and told to nobody.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from byline.edges import hosts
from byline.edges.http import Unreachable
from byline.sharing.network import Answer, Outcome
from byline.values.addresses import on_the_web, uri
from byline.values.clusters import cleaned
from byline.values.html import attributes, tokens
from byline.values.text import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from byline.edges.http import Answer as Reply
    from byline.edges.http import Client

    Object = Mapping[str, object]

_TOKEN = re.compile(r"[!-~]+")
"""What can stand in a header, so that no error about it ever quotes it (RFC 6750, 2.1, allows still less)."""
_DUPLICATE = re.compile(r"\b(?:duplicate|already)\b", re.IGNORECASE)

_OK = range(200, 300)
_NO_LEAVE = {401: "the token is not valid", 403: "the token does not allow it"}
_TOO_MUCH = 429
_REFUSALS = frozenset(range(400, 500)) - {401, 403, 408, 425, 429}
"""It was not done, and will not be. (408 and 425: a request that came too slowly or too early, and may yet be done.)"""

_SOON, _LATEST = timedelta(minutes=5), timedelta(days=1)
"""When to ask again where a server that was asked too much does not say, and the most that it may say."""
_LONGEST_REASON, _LONGEST_TEXT, _LONGEST_URL = 200, 1000, 2000


class Ended(Exception):  # noqa: N818  it ends a try with its answer, and never leaves a network
    """What came of a try before it was through."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.error)
        self.answer = answer


class Server:
    """A server that takes an account's token."""

    def __init__(  # noqa: PLR0913  what a server is made of
        self,
        client: Client,
        address: str,
        token: str,
        clock: Callable[[], datetime],
        reasons: tuple[str, ...],
        *,
        bearer: bool = True,
        secrets: tuple[str, ...] = (),
    ) -> None:
        """Ask at an address, and at paths below it, with a token.

        `reasons` are the keys of an answer where the server says why it will not, the best first. Without `bearer` the
        token stands in no header: it is a password that goes in what is asked. `secrets` are others that it was told.
        """
        self._client = client
        self._address = address
        self._token = token
        self._clock = clock
        self._reasons = reasons
        self._bearer = bearer
        self._secrets = tuple(filter(None, (token, *secrets)))

    def at(self, address: str) -> Server:
        """Return the same at another address: whoever calls this knows that the token may go there."""
        return Server(
            self._client, address, self._token, self._clock, self._reasons, bearer=self._bearer, secrets=self._secrets
        )

    def ask(  # noqa: PLR0913  what makes a request
        self,
        method: str,
        path: str = "",
        body: bytes | Object = b"",
        *,
        media_type: str = "application/json",
        headers: Mapping[str, str] | None = None,
        acts: bool = False,
        refuses: Callable[[Reply], bool] = lambda _: False,
    ) -> Reply:
        """Return the reply of a server that did the thing or would not do it. Raises Ended for any other.

        `acts` is whether it changes what people see: then a reply that does not come leaves that unknown. `refuses`
        tells of a reply that is a refusal though its status does not say so.
        """
        if not _TOKEN.fullmatch(self._token):
            raise Ended(Answer(Outcome.WAITING, error="there is no token, or one that cannot be", closed=True))
        sent = {"Accept": "application/json", **(headers or {})}
        if self._bearer:
            sent["Authorization"] = f"Bearer {self._token}"
        if body:
            sent["Content-Type"] = media_type
        written = body if isinstance(body, bytes) else json.dumps(body).encode()
        undecided = Outcome.UNKNOWN if acts else Outcome.WAITING
        try:
            reply = self._client.send(method, self._address + path, body=written, headers=sent)
        except Unreachable as fault:
            why = self.cleaned(fault.why)
            outcome = undecided if fault.sent else Outcome.WAITING
            raise Ended(Answer(outcome, error=f"the server cannot be reached: {why}")) from fault
        if reply.status in _NO_LEAVE:
            error = f"{_NO_LEAVE[reply.status]}: {self.said(reply)}"
            raise Ended(Answer(Outcome.WAITING, error=error, closed=True))
        if reply.status == _TOO_MUCH:
            again = _again(reply.headers, self._clock())
            raise Ended(Answer(Outcome.WAITING, error=self.said(reply), at=again, closed=True))
        if reply.status not in _REFUSALS and not refuses(reply) and not succeeded(reply):
            raise Ended(Answer(undecided, error=self.said(reply)))
        return reply

    def said(self, reply: Reply) -> str:
        """Return what a server answers in a few words, its own among them where it has some."""
        told = held(reply)
        error = next(filter(None, (self.cleaned(within(told, reason)) for reason in self._reasons)), "")
        return f"the server answers {reply.status}" + (f", {error}" if error else "")

    def cleaned(self, said: object) -> str:
        """Return a stranger's text in one line, without what is not seen, and without the token; empty for another."""
        if not isinstance(said, str) or len(said) > _LONGEST_TEXT:
            return ""
        text = cleaned(said)
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return shortened(text, _LONGEST_REASON)


def held(reply: Reply) -> Any:  # noqa: ANN401  JSON from elsewhere
    """Return what a reply holds; None where it is no JSON."""
    try:
        return json.loads(reply.body)
    except (ValueError, RecursionError):
        return None


def within(told: object, *steps: str) -> object:
    """Return what stands in an object at the end of these keys; None where there is nothing."""
    for step in steps:
        told = told.get(step) if isinstance(told, dict) else None
    return told


def succeeded(reply: Reply) -> bool:
    """Tell whether a server did the thing."""
    return reply.status in _OK


def means_duplicate(said: str) -> bool:
    """Tell whether a server's words mean that it has the copy, or something of it, already."""
    return bool(_DUPLICATE.search(said))


def unreadable(outcome: Outcome) -> Answer:
    """Return an answer that tells of a reply that cannot be read."""
    return Answer(outcome, error="the server answers with something else than what it documents")


def linked(url: object) -> str:
    """Return an address that may be linked on a page; empty for anything else."""
    if isinstance(url, str) and len(url) <= _LONGEST_URL and url.isascii() and url.isprintable():
        return url if on_the_web(url) and "@" not in urlsplit(url).netloc else ""
    return ""


def hrefs(html: object) -> list[str]:
    """Return the addresses that a stranger's HTML links, as they are written."""
    opened = tokens(html) if isinstance(html, str) else ()
    found = [attributes(token.attributes).get("href") for token in opened if token.kind == "open" and token.name == "a"]
    return [url for url in found if url is not None]


def address(url: str) -> tuple[str, ...]:
    """Return the parts of an address by which two are the same: a slash at the end of the path is none."""
    try:
        parts = urlsplit(uri(url.strip()))
        port = "" if parts.port is None else str(parts.port)
        host = hosts.in_ascii((parts.hostname or "").lower())
    except ValueError:
        return (url,)
    return parts.scheme, host, port, parts.path.rstrip("/"), parts.query, parts.fragment


def moment(written: object) -> datetime | None:
    """Return an instant in ISO 8601, which is in UTC where it names no zone; None for anything else."""
    try:
        found = datetime.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found and not found.tzinfo else found


def retry_after(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Return when whoever answered wants to be asked again (RFC 9110, 10.2.3), in a day at the latest; None: unsaid."""
    after = headers.get("retry-after", "").strip()
    try:
        again = now + timedelta(seconds=int(after[:9])) if after.isdecimal() else parsedate_to_datetime(after)
        return min(max(again.astimezone(UTC), now), now + _LATEST)
    except (ValueError, OverflowError):
        return None


def _again(headers: Mapping[str, str], now: datetime) -> datetime:
    """Return when a server wants to be asked again: its own header, or `Retry-After`."""
    again = moment(headers.get("x-ratelimit-reset")) or retry_after(headers, now)
    with suppress(ValueError, OverflowError, OSError):
        reset = headers.get("ratelimit-reset", "")
        if again is None and reset.isdecimal():
            again = datetime.fromtimestamp(int(reset[:12]), UTC)
    return min(max(again or now + _SOON, now), now + _LATEST)
