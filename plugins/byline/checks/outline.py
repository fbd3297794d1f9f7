"""Headings and links as somebody hears them who cannot see the page: one h1, no level skipped, nothing without words.

Not what they say: words are the writer's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.checks.finding import Finding
from byline.values.html import plain
from byline.values.problem import Problem, Severity
from byline.values.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.checks.page import Page, Span

_NAMED = frozenset({"aria-label", "aria-labelledby", "title"})
_LONGEST = 2000
"""Characters of an element that are looked at."""
_NAMES = ("alt=", "aria-label", "title=", "<svg")


def findings(page: Page) -> Iterator[Finding]:
    """Yield what is wrong with the headings, links and buttons of a page."""
    lead = next((tag for tag in page.tags if tag.name == "a" and "href" in tag.attributes), None)
    if not lead or not lead.attributes["href"].startswith("#"):
        what = "The first link of the page does not skip to its text."
        remedy = 'Begin the body with `<a href="#content">Skip to the text</a>`, and give the text that id.'
        yield Finding(Problem("missing-skip-link", what, remedy, None, Severity.EDITORIAL))
    headings = sorted((span for span in page.spans if span.tag.name[0] == "h"), key=lambda span: span.start)
    yield from _levels(page, headings)
    for span in page.spans:
        if not _says_something(page.html, span):
            yield _silent(span)


def _levels(page: Page, headings: list[Span]) -> Iterator[Finding]:
    first = [span for span in headings if span.tag.name == "h1"]
    if not first:
        what, remedy = "The page has no h1.", "Give it one: the title."
        yield Finding(Problem("heading-order", what, remedy, None, Severity.EDITORIAL))
    for span in first[1:]:
        words = _words(page.html, span)
        what = f"“{shortened(words, 60)}” is a second h1 on the page, whose title is the first."
        yield Finding(
            Problem("heading-order", what, "Make it an h2 (`##`).", None, Severity.EDITORIAL), _piece(page, span), words
        )
    before = 1
    for span in headings:
        level = int(span.tag.name[1])
        if level > before + 1:
            words = _words(page.html, span)
            what = f"The heading “{shortened(words, 60)}” is an h{level} below an h{before}: a level is skipped."
            remedy = f"Make it an h{before + 1}."
            yield Finding(Problem("heading-order", what, remedy, None, Severity.EDITORIAL), _piece(page, span), words)
        before = level


def _says_something(html: str, span: Span) -> bool:
    inner = html[span.inner : min(span.end, span.inner + _LONGEST)]
    if inner and "<" not in inner and not inner.isspace():
        return True
    if span.tag.name == "a" and "href" not in span.tag.attributes:
        return True
    named = not _NAMED.isdisjoint(span.tag.attributes)
    return named or any(name in inner for name in _NAMES) or bool(plain(inner))


def _silent(span: Span) -> Finding:
    what = f"{span.tag.shown} has no words, so nobody who hears the page knows what it is."
    return Finding(
        Problem("silent-element", what, "Give it some, or take it out.", None, Severity.EDITORIAL),
        span.tag.piece,
        span.tag.attributes.get("href", ""),
    )


def _words(html: str, span: Span) -> str:
    return plain(html[span.inner : min(span.end, span.inner + _LONGEST)])


def _piece(page: Page, span: Span) -> str:
    return page.html[span.start : min(span.end, span.start + _LONGEST)]
