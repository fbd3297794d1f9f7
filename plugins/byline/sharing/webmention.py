"""Webmention: where a page that a post links wants to be told of the link (W3C Recommendation, 3.1.2).

Not the telling: it reads what a stranger's host answered, and asks nobody.
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from byline.values.html import attributes, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

_PIECE = re.compile(
    r"<(?P<target>[^<>]*+)>|;\s*+(?P<name>[^\s=;,\"<>]*+)\s*+"
    r"(?:=\s*+(?:\"(?P<quoted>(?:[^\"\\]|\\.)*+)(?:\"|\Z)|(?P<bare>[^\s;,\"]*+)))?+",
    re.DOTALL,
)
"""A link of a `Link` header, or one of the parameters that follow it (RFC 8288, 3)."""
_PAGES = frozenset({"", "text/html", "application/xhtml+xml"})
_SPACE = " \t\n\f\r"
"""White space as HTML knows it: a no-break space is a part of a word."""


def endpoint(url: str, links: Iterable[str], body: bytes, content_type: str) -> str | None:
    """Return the address that takes Webmentions for a page, or None where there is none on the web.

    `url` is where the redirects ended; `links` are the values of its `Link` headers, which go before the page; `body`
    is read as UTF-8, and only if `content_type`, the header, says HTML or nothing. The first endpoint in order counts,
    whatever it is: who can write into a page, as in a comment, must not take the place of its own.
    """
    for target, parameters in chain.from_iterable(map(_linked, links)):
        if _is_webmention(parameters.get("rel", "")) and "anchor" not in parameters:  # else it is of another page
            return _absolute(url, target)
    if content_type.partition(";")[0].strip().lower() in _PAGES:
        href, base = _in_page(body.decode(errors="replace"))
        return _absolute(_absolute(url, base) or url, href) if href is not None else None
    return None


def _linked(value: str) -> list[tuple[str, dict[str, str]]]:
    """Return the links of a `Link` header as written, with their parameters: of two alike, the first counts."""
    found: list[tuple[str, dict[str, str]]] = []
    for piece in _PIECE.finditer(value):
        if piece["target"] is not None:
            found.append((piece["target"], {}))
        elif found:
            found[-1][1].setdefault(piece["name"].lower(), piece["quoted"] or piece["bare"] or "")
    return found


def _in_page(html: str) -> tuple[str | None, str]:
    """Return the first endpoint of a page as written there, and what it is relative to, empty where no `<base>` is.

    What a `<template>` holds is not there; what `<noscript>` holds is, for whoever runs no scripts.
    """
    href: str | None = None
    base: str | None = None
    templates = 0
    for token in tokens(html):
        if token.name == "template":
            templates = max(0, templates + (1 if token.kind == "open" else -1))
        elif token.kind == "open" and token.name in {"a", "base", "link"} and not templates:
            given = attributes(token.attributes)
            if token.name == "base" and base is None:
                base = given.get("href")
            elif token.name != "base" and href is None and _is_webmention(given.get("rel", "")):
                href = given.get("href")
    return href, base or ""


def _is_webmention(rel: str) -> bool:
    """Tell whether one of the relations is exactly this (HTML Standard, 4.6.7)."""
    return "webmention" in re.split(f"[{_SPACE}]+", rel.lower())


def _absolute(url: str, written: str) -> str | None:
    """Return an address as found on a page, without a fragment, or None when it is not on the web."""
    with suppress(ValueError):
        found = urldefrag(urljoin(url, written.strip(_SPACE)))[0]
        parts = urlsplit(found)
        if parts.scheme in {"http", "https"} and parts.hostname:
            return found
    return None
