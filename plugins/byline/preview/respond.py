"""Respond: a request for a path becomes a response, as a static host would give it (RFC 9110).

Not a server: nothing is read from a socket, or from the disk; what is not an output by its name is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from byline.preview import ranges
from byline.preview.overlay import EMPTY_PAGE, NOT_FOUND_PAGE, overlay
from byline.preview.reload import reloading
from byline.values.media_types import is_html, media_type

if TYPE_CHECKING:
    from byline.preview.session import Session, View

_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
_HTML, _PLAIN = "text/html; charset=utf-8", "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """What a request's line and headers say; `target` is its path and query as sent, each byte one character."""

    target: str
    host: str
    range: str | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """What is sent; to HEAD without the body."""

    status: HTTPStatus
    body: bytes
    media_type: str = _PLAIN
    headers: tuple[tuple[str, str], ...] = ()


def respond(request: Request, session: Session) -> Response:
    """Return the response to a GET or HEAD request. The caller holds the session's turn."""
    if not is_for_this_machine(request.host):
        return Response(HTTPStatus.MISDIRECTED_REQUEST, b"This preview is at 127.0.0.1 and localhost only.\n")
    path, query = _path(request.target), request.target.partition("?")[2]
    top = base(session)
    if top and path in {"/", top}:
        return _moved(f"{top}/", query)
    if path is None or not path.startswith(f"{top}/"):
        return _not_found(session)
    below = path.removeprefix(f"{top}/")
    name = f"{below}index.html" if below.endswith("/") or not below else below
    if name in session:
        return _part(_seen(name, session), request.range)
    if f"{name}/index.html" in session:
        return _moved(f"{path}/", query)
    return _not_found(session)


def base(session: Session) -> str:
    """Return the path of the site's root without its last slash: `/blog` for https://me.example/blog."""
    return unquote(urlsplit(session.site.url).path).rstrip("/")


def is_for_this_machine(host: str) -> bool:
    """Tell whether a Host header names this machine: a page elsewhere whose name leads here may not read drafts."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).lower() in _NAMES


def _path(target: str) -> str | None:
    """Return the path of a request's target, decoded; None when it is no UTF-8."""
    try:
        return unquote_to_bytes(target.partition("?")[0].encode("latin-1")).decode()
    except UnicodeError:
        return None


def _seen(path: str, session: Session) -> Response:
    """Return an output whole: a page with what is wrong laid over it, anything else as it is."""
    view = session.look(path)
    status = HTTPStatus.OK if view.body is not None else HTTPStatus.INTERNAL_SERVER_ERROR
    if session.overlaid and is_html(path):
        body = EMPTY_PAGE if view.body is None else view.body
        return Response(status, reloading(body, session.state, overlay(view.notice, view.problems)), _HTML)
    if view.body is None:
        return Response(status, _listed(view))
    return Response(status, view.body, media_type(path, view.kind, view.body))


def _listed(view: View) -> bytes:
    """Return what is wrong as plain text, for what no overlay can be laid over."""
    return "".join(f"{problem}\n" for problem in view.problems).encode()


def _not_found(session: Session) -> Response:
    """Return the site's own page for what is not there, or a plain one."""
    if "404.html" in session:
        return replace(_seen("404.html", session), status=HTTPStatus.NOT_FOUND)
    if session.overlaid:
        page = reloading(NOT_FOUND_PAGE, session.state, overlay("", session.problems))
        return Response(HTTPStatus.NOT_FOUND, page, _HTML)
    return Response(HTTPStatus.NOT_FOUND, NOT_FOUND_PAGE, _HTML)


def _moved(path: str, query: str) -> Response:
    location = quote(path) + (f"?{query}" if query else "")
    return Response(HTTPStatus.MOVED_PERMANENTLY, b"", headers=(("Location", location),))


def _part(whole: Response, asked: str | None) -> Response:
    """Return the part of a response that a Range header asks for (RFC 9110, section 14)."""
    if whole.status != HTTPStatus.OK:
        return whole
    size = len(whole.body)
    whole = replace(whole, headers=(*whole.headers, ("Accept-Ranges", "bytes")))
    try:
        part = ranges.wanted(asked, size)
    except ranges.Unsatisfiable:
        headers = (*whole.headers, ("Content-Range", f"bytes */{size}"))
        return Response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, b"", headers=headers)
    if part is None:
        return whole
    headers = (*whole.headers, ("Content-Range", f"bytes {part.start}-{part.stop - 1}/{size}"))
    return replace(whole, status=HTTPStatus.PARTIAL_CONTENT, body=whole.body[part.start : part.stop], headers=headers)
