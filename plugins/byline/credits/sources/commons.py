"""Wikimedia Commons: which address to ask for a file's page there, and what the answer says.

Not a request: a pure adapter of MediaWiki's API. Its texts are HTML that anybody may have written
(https://www.mediawiki.org/wiki/Extension:CommonsMetadata).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlencode

from byline.credits.licenses import NO_KNOWN_RESTRICTIONS, PUBLIC_DOMAIN_MARK
from byline.credits.sources.found import Found, address, found, within
from byline.values.html import Token, attributes, tokens, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from urllib.parse import SplitResult

NAME = "Wikimedia Commons"
HOME = "https://commons.wikimedia.org"
_HERE = frozenset({"commons.wikimedia.org", "commons.m.wikimedia.org"})
_TITLE = re.compile(r"(?:file|image):(?P<name>.+)", re.IGNORECASE)
_SHOWN_OVER_A_PAGE = re.compile(r"/media/[^:/]+:(?P<name>.+)")
"""The fragment of a page of any Wikipedia while it shows a picture; the namespace is in that one's language."""
_UPLOADED = re.compile(r"/wikipedia/commons/(?:thumb/)?[0-9a-f]/[0-9a-f]{2}/(?P<name>[^/]+)(?:/[^/]*)?")
_NO_TITLE = re.compile(r"[#<>\[\]|{}\x00-\x1f\x7f]")
"""What no title of a page holds (https://www.mediawiki.org/wiki/Manual:Page_title); `|` would ask for two."""
_HIDDEN = re.compile(r"\bstyle\s*=\s*[\"'][^\"']*\bdisplay\s*:\s*none", re.IGNORECASE)
_WORDLESS = frozenset({"br", "hr", "img", "input", "wbr"})
"""Elements that nothing closes."""
_NOBODYS_PAGE = re.compile(r"redlink=1|/(?:User_talk|Special):")
_BESIDE_A_NAME = re.compile(r"\s*\((?:talk|contribs|[\s·•|/])+\)\Z")
_MEANT = {"public domain": PUBLIC_DOMAIN_MARK.name, "no restrictions": NO_KNOWN_RESTRICTIONS.name}
"""What Commons calls a work that somebody has found to be in the public domain, and Flickr's museum pictures."""


def question(url: SplitResult) -> str | None:
    """Return what to ask HOME for about the file at an address; None when it is no page of a file here."""
    name = _name(url).replace("_", " ").strip()
    if not name or _NO_TITLE.search(name):
        return None
    asked = {
        "action": "query",
        "format": "json",
        "formatversion": "2",
        "prop": "imageinfo",
        "iiprop": "url|extmetadata",
        "redirects": "1",
        "titles": f"File:{name}",
    }
    return f"/w/api.php?{urlencode(asked)}"


def found_in(answer: Mapping[str, object]) -> Found | None:
    """Return what an answer says; None when there is no such file."""
    image = within(answer, "query", "pages", 0, "imageinfo", 0)
    if not isinstance(image, dict):
        return None
    said = {name: within(image, "extmetadata", name, "value") for name in ("Artist", "Attribution", "ObjectName")}
    texts = {name: plain(html) for name, html in said.items()}
    creator = _BESIDE_A_NAME.sub("", texts["Artist"])
    record = {
        "title": texts["ObjectName"],
        "creator": creator,
        "creator_url": _only_link(said["Artist"]),
        "credit_line": texts["Attribution"] if texts["Attribution"] != creator else "",
        "source": image.get("descriptionurl"),
    }
    names = (plain(within(image, "extmetadata", name, "value")) for name in ("LicenseShortName", "UsageTerms"))
    names = (_MEANT.get(name.casefold(), name) for name in names)
    return found(record, within(image, "extmetadata", "LicenseUrl", "value"), names)


def plain(html: object) -> str:
    """Return the words of HTML that a reader sees; empty for what is no text."""
    return words(token.seen for token in _visible(html)) if isinstance(html, str) else ""


def _name(url: SplitResult) -> str:
    """Return the name of the file that an address means, without its namespace; empty for any other address."""
    host = url.hostname or ""
    if host == "upload.wikimedia.org":
        match = _UPLOADED.fullmatch(url.path)
        return unquote(match["name"]) if match else ""
    if host not in _HERE and not host.endswith(".wikipedia.org"):
        return ""
    if match := _SHOWN_OVER_A_PAGE.fullmatch(unquote(url.fragment)):
        return match["name"]
    title = parse_qs(url.query).get("title", [unquote(url.path).removeprefix("/wiki/")])[0]
    match = _TITLE.fullmatch(title)
    return match["name"] if match else ""


def _visible(html: str) -> Iterator[Token]:
    """Yield the tokens outside elements that are styled away, as Commons does with what only programs read."""
    hidden, depth = "", 0
    for token in tokens(html):
        if not hidden and token.kind == "open" and token.name not in _WORDLESS and _HIDDEN.search(token.attributes):
            hidden = token.name
        if not hidden:
            yield token
        elif token.name == hidden:
            depth += {"open": 1, "close": -1}.get(token.kind, 0)
            hidden = hidden if depth else ""


def _only_link(html: object) -> str:
    """Return the address of the one page that HTML links; empty when there are more, or none that is somebody's."""
    opened = (token for token in tokens(html) if token.kind == "open") if isinstance(html, str) else ()
    links = {address(attributes(token.attributes).get("href")) for token in opened if token.name == "a"}
    links = {link for link in links if link and not _NOBODYS_PAGE.search(link)}
    return links.pop() if len(links) == 1 else ""
