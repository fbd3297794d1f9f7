"""Further reading: other people's posts, as the front matter lists them and as links in the text are marked.

Not a general reader of Markdown: a line of the list is one link and who wrote what it leads to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from byline.values.addresses import on_the_web
from byline.values.html import attributes, plain, tokens, words
from byline.values.problem import Place, Problem, editorial
from byline.values.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from byline.values.content import Content

CLASS = "further"
"""The class that marks a link in the text."""

_REMEDY = "Write one post a line, as `[Title](https://…) by Name`."
_LIST_MARK = re.compile(r"\A(?:[-*+]|\d{1,3}[.)])\s++")
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_PARENTHESIS = re.compile(r"\\.|[()]", re.DOTALL)
_ADDRESS = re.compile(r"\s*+(?:<(?P<enclosed>[^<>\s]*+)>|(?P<bare>\S++))")
_TITLE = re.compile(r"\s*+(?:\"(?P<double>(?:[^\"\\]|\\.)*+)\"|'(?P<single>(?:[^'\\]|\\.)*+)')?+\s*+\)", re.DOTALL)
_ALONE = re.compile(r"<(?P<enclosed>https?://[^<>\s]++)>|(?P<bare>https?://[^\s<>]*[^\s<>,.:;])", re.IGNORECASE)
_PERSON = re.compile(r"(?=[,–—-]|by\s)(?:[,–—-]\s*+)?+(?P<by>by\s++)?+(?P<name>\S.*)", re.DOTALL | re.IGNORECASE)
_WORD = re.compile(r"\w")
_SIGN = re.compile(r"[!-/:-@\[-`{-~]")
_ESCAPED = re.compile(rf"\\({_SIGN.pattern})")
_LITERAL = re.compile(rf"{_ESCAPED.pattern}|(?<!`)`([^`]++)`(?!`)")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|[*_])(?!\s)([^*_]++)(?<!\s)\1(?!\w)")


@dataclass(frozen=True, slots=True)
class Further:
    """A post of somebody else: its title, its absolute http or https address, who wrote it (may be empty)."""

    name: str
    url: str
    person: str = ""


class _Link(NamedTuple):
    """A Markdown link at the beginning of a line: its words, address and title as written, and what follows it."""

    words: str
    url: str
    title: str
    rest: str


def from_front(value: object, path: str, line: int | None) -> tuple[tuple[Further, ...], tuple[Problem, ...]]:
    """Return what `Further_reading` lists, and what of it is no link to a page on the web.

    A line is `[Title](https://…)`, then `by Name`, `, Name` or `– Name`; or the name is the link's title; or it is an
    address alone, which is called by its host. `path` and `line` are where the key stands.
    """
    if value is None:
        return (), ()
    found: list[Further] = []
    problems: list[Problem] = []
    for written in _lines(value):
        further, wrong = _read(written)
        found += [further] if further else []
        if wrong:
            what = f"Further_reading: “{shortened(written, 80)}” {wrong}."
            problems.append(editorial("further-reading", what, _REMEDY, Place(path, line)))
    return tuple(found), tuple(problems)


def from_text(content: Content) -> tuple[Further, ...]:
    """Return the links to other sites that a post's text marks `{.further}`, in their order.

    Who wrote it is the link's `author`, or else its `title`.
    """
    return tuple(_marked(content.html)) if CLASS in content.html else ()


def together(*several: Iterable[Further]) -> tuple[Further, ...]:
    """Return them all, each address once: the first counts, with a person that only a later one names."""
    found: dict[tuple[str, ...], Further] = {}
    for further in (further for some in several for further in some):
        first = found.setdefault(_page(further.url), further)
        if further.person and not first.person:
            found[_page(further.url)] = replace(first, person=further.person)
    return tuple(found.values())


def _lines(value: object) -> Iterator[str]:
    """Yield the lines of a value, empty ones left out; what is no text yields itself as text."""
    for part in value if isinstance(value, list | tuple) else [value]:
        text = part if isinstance(part, str) else "" if part is None else str(part)
        yield from filter(None, map(str.strip, text.splitlines()))


def _read(line: str) -> tuple[Further | None, str]:
    """Return what a line names, None where nothing, and what is wrong with it, empty where nothing."""
    text = _LIST_MARK.sub("", line, count=1)
    link = _link(text) if text.startswith("[") else _address_alone(text)
    if not link:
        return None, "is no link"
    url = _ESCAPED.sub(r"\1", link.url).replace("&amp;", "&")
    if not on_the_web(url):
        return None, "does not lead to an address on the web"
    person = _person(link.rest.strip())
    further = Further(_text(link.words) or _host(url), url, person or _text(link.title))
    return further, "" if person or not _WORD.search(link.rest) else "goes on after its link with what is no name"


def _link(text: str) -> _Link | None:
    """Return the link that a text begins with, None where it begins with none."""
    closing = _closing(_BRACKET, text, 1)
    if closing < 0 or not text.startswith("(", closing + 1):
        return None
    address = _ADDRESS.match(text, closing + 2)
    if not address:
        return None
    url, end = address["enclosed"], address.end()
    if url is None:
        start = address.start("bare")
        closed = _closing(_PARENTHESIS, address["bare"], 0)
        end = end if closed < 0 else start + closed
        url = text[start:end]
    title = _TITLE.match(text, end)
    return title and _Link(text[1:closing], url, title["double"] or title["single"] or "", text[title.end() :])


def _closing(pair: re.Pattern[str], text: str, start: int) -> int:
    """Return where the bracket closes that is open before `start`, -1 where it does not."""
    depth = 1
    for match in pair.finditer(text, start):
        depth += {"[": 1, "(": 1, "]": -1, ")": -1}.get(match[0], 0)
        if not depth:
            return match.start()
    return -1


def _address_alone(text: str) -> _Link | None:
    """Return an address that a text begins with as a link without words, None where it begins with none."""
    match = _ALONE.match(text)
    return match and _Link("", match["enclosed"] or match["bare"], "", text[match.end() :])


def _person(rest: str) -> str:
    """Return whom the words after a link name; after `by` it may be a link to them, but two links have no order."""
    written = _PERSON.fullmatch(rest)
    if not written:
        return ""
    link = _link(written["name"]) if written["by"] and written["name"].startswith("[") else None
    if link and not link.rest.strip():
        return _text(link.words)
    return "" if "](" in written["name"] or "://" in written["name"] else _text(written["name"])


def _text(markdown: str) -> str:
    """Return the words of a little Markdown as plain text; escaped characters and code stand for themselves."""
    shielded = _LITERAL.sub(lambda one: _SIGN.sub(_reference, one[1] or one[2]), markdown)
    return plain(_EMPHASIS.sub(r"\2", shielded))


def _reference(sign: re.Match[str]) -> str:
    return f"&#{ord(sign[0])};"


def _marked(html: str) -> Iterator[Further]:
    """Yield the marked links of the HTML that lead to other sites."""
    inside: dict[str, str] = {}
    seen: list[str] = []
    for token in tokens(html):
        if token.name == "a":
            if inside:
                yield _further(inside, seen)
            inside, seen = {}, []
            found = attributes(token.attributes) if CLASS in token.attributes else {}
            if CLASS in found.get("class", "").split() and on_the_web(found.get("href", "").strip()):
                inside = found
        elif inside:
            seen.append(token.seen)
    if inside:
        yield _further(inside, seen)


def _further(link: dict[str, str], seen: list[str]) -> Further:
    url = link["href"].strip()
    return Further(words(seen) or _host(url), url, " ".join((link.get("author") or link.get("title", "")).split()))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.") or url


def _page(url: str) -> tuple[str, ...]:
    """Return what is the same for addresses of the same page, however they are written."""
    address, _, query = url.partition("#")[0].partition("://")[2].partition("?")
    host, _, path = address.partition("/")
    return host.lower().removeprefix("www."), path.rstrip("/"), query
