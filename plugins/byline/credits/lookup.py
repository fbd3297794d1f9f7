"""Look-ups: the page of a picture is known by its address, its service is asked, and the answer is a record's fields.

Not for builds: a record is looked up when a writer asks for it, and then stands in content/photos.toml.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urlsplit

from byline.credits.sources import commons, flickr, openverse
from byline.edges.http import Unreachable
from byline.values.problem import Fault, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

    from byline.credits.sources.found import Found
    from byline.edges.http import Client

LIMIT = 1_000_000
"""No answer about a picture has more bytes."""
_OK = 200
_GONE = frozenset({404, 410})


class Service(Protocol):
    """A service that knows whose a picture is; `HOME` is the address below which it is asked."""

    NAME: str
    HOME: str

    def question(self, url: SplitResult) -> str | None:
        """Return what to ask HOME for about the picture at an address; None when that is not of this service."""

    def found_in(self, answer: Mapping[str, object]) -> Found | None:
        """Return what an answer says; None when it is about no picture."""


SERVICES: tuple[Service, ...] = (openverse, commons, flickr)


def known(url: str) -> bool:
    """Tell whether an address is the page of a picture that can be looked up."""
    return _asked(url) is not None


def look_up(url: str, client: Client, contact: str, homes: Mapping[str, str] | None = None) -> Found:
    """Return what the service of a picture's page says of it.

    `contact` is an address that tells a service who asks (https://foundation.wikimedia.org/wiki/Policy:User-Agent_policy);
    `homes` are other addresses to ask, by the service's name. Raises Fault when nothing can be learned there.
    """
    asked = _asked(url)
    if asked is None:
        names = ", ".join(service.NAME for service in SERVICES)
        what = f"{url} is no page of a picture at a service that can be looked up ({names})."
        remedy = "Write the record by hand: creator, source and license, as docs/credits.md shows."
        raise Fault(Problem("unknown-page", what, remedy))
    service, question = asked
    home = (homes or {}).get(service.NAME, service.HOME)
    agent = f"Byline ({quote(contact, safe=':/?#[]@!$&*+,;=%~')})"
    try:
        answer = client.get(home + question, headers={"User-Agent": agent, "Accept": "application/json"})
    except Unreachable as fault:
        raise _no_answer(f"{service.NAME} cannot be asked: {fault.why}.") from fault
    if answer.status in _GONE:
        raise _no_picture(url, service)
    if answer.status != _OK:
        raise _no_answer(f"{service.NAME} answers with the status {answer.status}.")
    found = service.found_in(_parsed(answer.body, service))
    if found is None:
        raise _no_picture(url, service)
    if not found.fields.keys() & {"creator", "license"}:
        what = f"{service.NAME} names neither a creator nor a licence for {url}."
        raise Fault(Problem("no-credit", what, "Ask who made it, and write the record by hand."))
    return found


def _asked(url: str) -> tuple[Service, str] | None:
    """Return the service of an address, and what to ask it for; None when no service knows such an address."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url.lstrip('/')}")
        questions = [(service, service.question(parts)) for service in SERVICES if parts.scheme in {"http", "https"}]
    except ValueError:
        return None
    return next(((service, question) for service, question in questions if question), None)


def _parsed(body: bytes, service: Service) -> Mapping[str, object]:
    """Return the JSON object that an answer is. Raises Fault for any other answer."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise _no_answer(f"{service.NAME} answers with something else than what it documents.")
    return answer


def _no_answer(what: str) -> Fault:
    return Fault(Problem("no-answer", what, "Run this again later, or write the record by hand."))


def _no_picture(url: str, service: Service) -> Fault:
    what = f"{service.NAME} knows no picture at {url}."
    return Fault(Problem("unknown-page", what, "See whether a browser shows it, and copy the address anew."))
