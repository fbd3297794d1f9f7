"""A post's content: its finished HTML, and what it says, found in one pass when somebody asks.

Not how the HTML came to be: that is `site/reader`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from byline.values.html import ADDRESSES, addressed, attributes, candidates, plain, tokens, words
from byline.values.text import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from byline.values.html import Token

_Said = TypeVar("_Said")

_SUMMARY = 155
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MARK = "footnote-"
"""What the class of a footnote's mark begins with."""


class Link(NamedTuple):
    """An address that the content refers to, with the tag and attribute that hold it."""

    url: str
    tag: str
    attribute: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level from 1 to 6, its fragment (may be empty), its words."""

    level: int
    fragment: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that the content shows: its address as written, and its alternative text (None: none given)."""

    url: str
    alt: str | None


class Facts:
    """What the HTML says, each found when somebody asks, and once."""

    def __init__(self, html: str) -> None:
        """Look at this HTML."""
        self._html = html

    @cached_property
    def text(self) -> str:
        """Return the plain words."""
        return words(_seen(tokens(self._html))) if _MARK in self._html else plain(self._html)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Return the addresses in their order, each once."""
        return tuple(dict.fromkeys(link for tag, written in addressed(self._html) for link in _links(tag, written)))

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        """Return the pictures in their order."""
        found = (attributes(written) for tag, written in addressed(self._html) if tag == "img")
        return tuple(Picture(image.get("src", ""), image.get("alt")) for image in found)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings in their order."""
        found = _elements(self._html, _HEADINGS)
        return tuple(Heading(int(name[1]), noted.get("id", ""), said) for name, noted, said in found)

    @cached_property
    def question(self) -> str:
        """Return the words of the first paragraph marked `.question`; empty when there is none."""
        found = _elements(self._html, {"p"}) if "question" in self._html else ()
        return next((said for _name, noted, said in found if "question" in noted.get("class", "").split()), "")


@dataclass(frozen=True)
class Content:
    """The finished HTML; contents with the same HTML are equal."""

    html: str

    def known(self, find: Callable[[Content], _Said]) -> _Said:
        """Return what a pure function finds in this content: it is asked once."""
        found: dict[object, Any] = self.__dict__.setdefault("_known", {})
        if find not in found:
            found[find] = find(self)
        return found[find]  # type: ignore[no-any-return]  # what it found

    def know(self, found: dict[Callable[[Content], object], object]) -> None:
        """Take what functions have found in this content elsewhere."""
        self.__dict__["_known"] = found

    def __reduce__(self) -> tuple[object, ...]:
        return Content, (self.html,)

    @cached_property
    def facts(self) -> Facts:
        """Return the facts of the HTML."""
        return Facts(self.html)

    @property
    def text(self) -> str:
        """Return the words of the content as plain text, without the marks of footnotes."""
        return self.facts.text

    @property
    def links(self) -> tuple[Link, ...]:
        """Return the addresses that the content refers to, in their order, each once."""
        return self.facts.links

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Return the pictures in the order they are shown."""
        return self.facts.pictures

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings in their order."""
        return self.facts.headings

    @property
    def question(self) -> str:
        """Return the words of the first paragraph marked `.question`; empty when there is none."""
        return self.facts.question

    def opening(self, length: int) -> str:
        """Return the first words of the text: at least `length` characters of it, or all."""
        if "text" in vars(self.facts):
            return self.text
        pieces: list[str] = []
        enough = 0
        for piece in _seen(tokens(self.html)):
            pieces.append(piece)
            enough += len(piece)
            # References and white space are shorter when read than as written.
            if enough > length * 2 and len(words(pieces)) >= length and not piece.strip():
                break
        return words(pieces)


def digest(content: Content) -> str:
    """Return the SHA-256 (hex) of the HTML."""
    return hashlib.sha256(content.html.encode()).hexdigest()


def summary(content: Content) -> str:
    """Return the first words of the text, as many as search results show."""
    return shortened(content.opening(2 * _SUMMARY), _SUMMARY)


def question(content: Content) -> str:
    """Return the question that the text asks its readers."""
    return content.question


def _seen(met: Iterator[Token]) -> Iterator[str]:
    """Yield what a reader sees of each token; the mark of a footnote (a number, or the arrow back) is no word."""
    mark = False
    for token in met:
        mark = token.kind == "text" if mark else token.name == "a" and _MARK in token.attributes
        yield "" if mark else token.seen


def _elements(html: str, names: Collection[str]) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield each element of these names, at its end: its name, its attributes, its words."""
    met = list(tokens(html))
    seen = list(_seen(iter(met)))
    opened: dict[str, tuple[int, dict[str, str]]] = {}
    for position, token in enumerate(met, 1):
        if token.kind == "open" and token.name in names:
            opened[token.name] = (position, attributes(token.attributes))
        elif token.kind == "close" and token.name in opened:
            start, found = opened.pop(token.name)
            yield token.name, found, words(seen[start:position])


def _links(tag: str, written: str) -> Iterator[Link]:
    """Yield the links of a tag, given its attributes as they are written."""
    for attribute, value in attributes(written).items():
        if attribute.endswith("srcset") and attribute in ADDRESSES:
            yield from (Link(url, tag, attribute) for url, _size in candidates(value))
        elif attribute in ADDRESSES:
            yield Link(value.strip(), tag, attribute)
