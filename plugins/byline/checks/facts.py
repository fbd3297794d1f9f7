"""Facts: what one parse of an output finds, small enough to keep; every check of the whole site is a function of them.

Not the page: whoever must show a fault reads that once more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from byline.checks import head, microformats, outline, secrets
from byline.checks.feed_flaws import examine
from byline.checks.finding import Finding
from byline.checks.page import page
from byline.checks.tags import Tags
from byline.values.output import Kind
from byline.values.problem import Problem, Severity
from byline.values.text import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from byline.checks.addresses import Addresses
    from byline.checks.feed_flaws import Examined
    from byline.checks.page import Page
    from byline.checks.tags import Tag

_PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_HEAVY = 500_000
"""Bytes of a picture from which on readers wait for it (performance.md's first views are far smaller)."""
_MOST_FINDINGS = 50
"""Of one kind on one page: from there on it is rubbish, and more words about it help nobody."""
_TEXTS = frozenset({Kind.FEED, Kind.TEXT})
_AT_ROOT = frozenset({"robots.txt", "sitemap.xml"})
"""Texts even where the writer has put a file of that name there."""
_STYLE = re.compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^\"'()\s]*))\s*\)|@import\s+(?:\"([^\"]*)\"|'([^']*)')")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an output refers to, defines and is called; addresses are resolved, each once (`Addresses`).

    `links` lead elsewhere, `loads` are fetched with it, `fragments` can be led to. `entry_lacks` and `home_lacks` are
    what it lacks as a post and as the home page; `feed` is what a feed says by itself. `secret` tells that it holds a
    secret, and must not be kept.
    """

    links: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
    fragments: tuple[str, ...] = ()
    title: str = ""
    description: str = ""
    language: str = ""
    noindex: bool = False
    entry_lacks: tuple[str, ...] = ()
    home_lacks: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    feed: Examined | None = None
    secret: bool = False


@dataclass(slots=True)
class Parser:
    """Reads outputs of one site into Facts; what tags say that pages share is kept between them."""

    addresses: Addresses
    known: Mapping[str, bytes]
    tags: Tags = field(default_factory=Tags)

    def facts(self, path: str, kind: Kind, body: bytes) -> Facts:
        """Return the Facts of an output. Never raises, whatever the bytes are."""
        secret = next(secrets.found(body, self.known), None) is not None
        if kind in {Kind.PAGE, Kind.REDIRECT} or path.endswith((".html", ".htm")):
            return self._page(path, kind, body, secret=secret)
        links: tuple[str, ...] = ()
        loads: tuple[str, ...] = ()
        if kind in _TEXTS or path in _AT_ROOT:
            links = tuple(dict.fromkeys(self._mentioned(path, body)))
        elif path.endswith(".css"):
            loads = tuple(dict.fromkeys(self.addresses.on(path, url) for url in styled(body)))
        heavy = (_heavy(len(body)),) if len(body) > _HEAVY and path.lower().endswith(_PICTURES) else ()
        feed = examine(body) if kind is Kind.FEED else None
        return Facts(links=links, loads=loads, findings=heavy, feed=feed, secret=secret)

    def references(self, path: str, found: Page) -> Iterator[tuple[str, str, bool, Tag]]:
        """Yield the addresses on a page: as written, resolved, whether loaded, and their tag."""
        base = self._base(path, found)
        for tag in found.tags:
            for url, loaded in tag.references:
                yield url, self.addresses.on(base, url), loaded, tag

    def _page(self, path: str, kind: Kind, body: bytes, *, secret: bool) -> Facts:
        text, unreadable = decoded(body)
        found = page(text, self.tags)
        links, loads = self._references(path, found)
        fragments = [given["id"] for tag in found.tags if "id" in (given := tag.attributes)]
        named = (tag.attributes["name"] for tag in found.tags if tag.name == "a" and "name" in tag.attributes)
        told = head.head(found)
        problems = list(unreadable)
        if kind is Kind.PAGE:
            problems += found.findings
            problems += islice(outline.findings(found), _MOST_FINDINGS)
            problems += islice(head.findings(found, told, path), _MOST_FINDINGS)
            if len(set(fragments)) < len(fragments):
                problems += islice(_doubled(found), _MOST_FINDINGS)
        return Facts(
            links=tuple(links),
            loads=tuple(loads),
            fragments=tuple(dict.fromkeys((*fragments, *named))),
            title=unescape(told.title or ""),
            description=told.description or "",
            language=told.language or "",
            noindex=told.noindex,
            entry_lacks=microformats.entry_lacks(found) if kind is Kind.PAGE and not found.too_deep else (),
            home_lacks=microformats.home_lacks(found, self._leads_home) if path == "index.html" else (),
            findings=tuple(dict.fromkeys(problems)),
            secret=secret,
        )

    def _references(self, path: str, found: Page) -> tuple[dict[str, None], dict[str, None]]:
        """Return what the page leads to and what it loads, each once, in order."""
        links: dict[str, None] = {}
        loads: dict[str, None] = {}
        resolve, base = self.addresses.on, self._base(path, found)
        for tag in found.tags:
            for url, loaded in tag.references:
                (loads if loaded else links)[resolve(base, url)] = None
        links.pop("", None)
        loads.pop("", None)
        return links, loads

    def _base(self, path: str, found: Page) -> str:
        """Return the path that relative addresses count from: the page's own, unless a `<base>` names another."""
        for tag in found.tags:
            if tag.name == "base" and "href" in tag.attributes:
                resolved = self.addresses.on(path, tag.attributes["href"].strip())
                return resolved[1:] if resolved.startswith("/") and not resolved.startswith("//") else path
        return path

    def _leads_home(self, url: str) -> bool:
        return self.addresses.on("index.html", url) == "/"

    def _mentioned(self, path: str, body: bytes) -> Iterator[str]:
        """Yield the addresses of this site that a feed, a sitemap or another text names."""
        text = body.decode(errors="replace")
        if path == "_redirects":
            for line in text.splitlines():
                yield from (self.addresses.on("index.html", word) for word in line.split()[1:2])
        elif self.addresses.site_url:
            for match in re.finditer(re.escape(self.addresses.site_url) + r"/[^\s\"'<>()\\]*", text):
                yield self.addresses.on("index.html", unescape(match[0]).split('"', 1)[0].rstrip(".,;"))


def decoded(body: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Return a page's text, and what keeps it from being one: bytes that are no UTF-8, characters no page may have."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = body.decode(errors="replace")
        what = f"The page is no UTF-8: byte 0x{body[error.start]:02x} at {error.start}."
        return text, (Finding(Problem("not-a-page", what, "Save its source as UTF-8.", None, Severity.EDITORIAL)),)
    if match := FORBIDDEN.search(text):
        what = f"The page holds the control character U+{ord(match[0]):04X}."
        return text, (Finding(Problem("not-a-page", what, "Delete it.", None, Severity.EDITORIAL), match[0]),)
    return text, ()


def styled(body: bytes) -> Iterator[str]:
    """Yield the addresses that a style sheet loads."""
    for match in _STYLE.finditer(_COMMENT.sub("", body.decode(errors="replace"))):
        url = next((group for group in match.groups() if group), "")
        if url and not url.startswith(("data:", "#")):
            yield url


def _doubled(found: Page) -> Iterator[Finding]:
    """Yield a Finding for each id that stands more than once on a page."""
    met: set[str] = set()
    told: set[str] = set()
    for tag in found.tags:
        name = tag.attributes.get("id")
        if name is not None and name in met and name not in told:
            told.add(name)
            what = f"The id “{name}” stands twice on the page, so links to it reach the first."
            problem = Problem("double-fragment", what, "Give the second another.", None, Severity.EDITORIAL)
            yield Finding(problem, tag.raw, f'id="{name}"')
        met.add(name or "")


def _heavy(size: int) -> Finding:
    what = f"The picture has {size / 1_000_000:.1f} MB, and readers wait for it."
    remedy = "Save it smaller: 1600 pixels wide, as JPEG, WebP or AVIF, are enough for a page."
    return Finding(Problem("heavy-picture", what, remedy, None, Severity.EDITORIAL))
