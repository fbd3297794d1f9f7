"""The Content-Security-Policy of a site: its own files, and of others exactly what the published texts embed.

Not a filter of what a post may hold: what a writer embeds is meant. Content Security Policy Level 3 (W3C).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from byline.edges import hosts
from byline.values.html import attributes, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from byline.values.content import Content

_OWN = {
    "default-src": ("'none'",),
    "base-uri": ("'none'",),
    # Lighthouse fetches robots.txt from the page.
    "connect-src": ("'self'",),
    "font-src": ("'self'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'none'",),
    "img-src": ("'self'", "data:"),
    "manifest-src": ("'self'",),
    "media-src": ("'self'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
}
_EMBEDDED = {
    ("audio", "src"): "media-src",
    ("embed", "src"): "object-src",
    ("form", "action"): "form-action",
    ("iframe", "src"): "frame-src",
    ("image", "href"): "img-src",
    ("img", "src"): "img-src",
    ("img", "srcset"): "img-src",
    ("input", "src"): "img-src",
    ("object", "data"): "object-src",
    ("script", "src"): "script-src",
    ("source", "src"): "media-src",
    ("source", "srcset"): "img-src",
    ("track", "src"): "media-src",
    ("video", "poster"): "img-src",
    ("video", "src"): "media-src",
}
_STYLE = re.compile(r"<style\b|\sstyle\s*=")
_SCRIPTS = ("", "module", "text/javascript", "application/javascript")
_MOST = 8
"""How many hosts or styles a directive names before it allows all: Cloudflare takes no header over 2,000 characters."""


def policy(contents: Iterable[Content], site_url: str, sounds: Iterable[str] = ()) -> str:
    """Return the policy for a site at an address that shows these contents, as the value of a header.

    `sounds` are the addresses of what posts have to listen to.
    """
    allowed: defaultdict[str, set[str]] = defaultdict(set)
    scripts: set[str] = set()
    styles: set[str] = set()
    for sound in sounds:
        if _origin(sound) != _origin(site_url):
            allowed["media-src"].add(_origin(sound))
    for content in contents:
        for directive, origin in content.known(embedded):
            if origin != _origin(site_url):
                allowed[directive].add(origin)
        for element, digest in content.known(inline):
            (scripts if element == "script" else styles).add(digest)
    named = {
        directive: sorted(found) if len(found) <= _MOST else ["https:"] for directive, found in sorted(allowed.items())
    }
    named["script-src"] = [*named.get("script-src", ()), *sorted(scripts)]
    if styles:
        named["style-src"] = ["'unsafe-hashes'", *sorted(styles)] if len(styles) <= _MOST else ["'unsafe-inline'"]
    directives = {**_OWN, **{directive: (*_OWN.get(directive, ()), *sources) for directive, sources in named.items()}}
    return "; ".join(" ".join((directive, *sources)) for directive, sources in directives.items())


def searching(general: str) -> str:
    """Return a site's policy as it is for the page that searches: with WebAssembly, and nothing else."""
    return general.replace("script-src ", "script-src 'wasm-unsafe-eval' ", 1)


def embedded(content: Content) -> tuple[tuple[str, str], ...]:
    """Return directive and origin of what a text embeds from other hosts, each once."""
    return tuple(dict.fromkeys(_embedded(content)))


def inline(content: Content) -> tuple[tuple[str, str], ...]:
    """Return the styles and scripts of a text, each once: which of both, and its digest as a policy names it."""
    return tuple(dict.fromkeys(_inline(content.html)))


def _embedded(content: Content) -> Iterator[tuple[str, str]]:
    for link in content.links:
        directive = _EMBEDDED.get((link.tag, link.attribute))
        if directive and "//" in link.url and (origin := _origin(link.url)):
            yield directive, origin


def _origin(url: str) -> str:
    """Return the origin of an address (RFC 6454), or an empty text for one of this site or of no host."""
    try:
        parts = urlsplit(f"https:{url}" if url.startswith("//") else url)
        host, port = hosts.in_ascii(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"}:
        return ""
    return f"{parts.scheme}://" + (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")


def _inline(html: str) -> Iterator[tuple[str, str]]:
    # Aligned cells of tables have a style.
    lowered = html.lower()
    if not ("<script" in lowered or ("style" in lowered and _STYLE.search(lowered))):
        return
    element = ""
    for token in tokens(html):
        if token.kind == "open":
            found = attributes(token.attributes)
            if "style" in found:
                yield "style", _digest(found["style"])
            run = token.name == "style" or found.get("type", "").strip().lower() in _SCRIPTS
            element = token.name if token.name in {"script", "style"} and run else ""
        elif element and token.kind == "other":
            yield element, _digest(token.raw)
            element = ""


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
