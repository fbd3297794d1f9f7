"""The lines of a source that findings mean, whatever Markdown and typography have made of it.

Not a search among files: the source is known.
"""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING

from byline.values.html import plain
from byline.values.text import line_of

if TYPE_CHECKING:
    from byline.checks.finding import Finding

_HEADING = re.compile("<h[1-6]")
_WORDS = re.compile(r"[^\W_]+")
_WORDLESS = re.compile(r"[\W_]*")
_ENOUGH_WORDS = 8
"""Of a heading, to find its line in spite of typographic quotes and marks of emphasis."""
_CODE = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*(?P=fence)|\Z)|(?P<tick>(?<!`)`+(?!`)).+?(?<!`)(?P=tick)(?!`)"
    r"|^(?: {4}|\t)[^\n]*",
    re.DOTALL | re.MULTILINE,
)
"""What Markdown takes for code: it may show what is wrong elsewhere, and is never wrong itself."""
_HEADINGS = re.compile(
    r"^[ \t>]*#{1,6}[^\n]*|^[^\n]*<h[1-6][^\n]*|^[^\n]+(?=\n[ \t]*(?P<rule>[^\w\s])(?P=rule)+[ \t]*$)", re.MULTILINE
)
"""Headings of Markdown and HTML, and lines with a rule below, as Markdown and reStructuredText have them."""


class Lines:
    """A source's text, asked for many lines; those `after` its front matter go before those in it."""

    def __init__(self, text: str, after: int = 0) -> None:
        """Look for nothing yet."""
        self._text = text
        self._start = sum(len(one) + 1 for one in text.split("\n")[:after])

    @cached_property
    def _prose(self) -> str:
        """Return the text with blanks in place of its code."""
        body = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), self._text[self._start :])
        return self._text[: self._start] + body

    @cached_property
    def _headings(self) -> dict[int, str]:
        """Return the headings by where they begin; what is code in one belongs to it."""
        found = _HEADINGS.finditer(self._prose, self._start)
        return {match.start(): self._text[match.start() : match.end()] for match in found}

    def of(self, finding: Finding) -> int | None:
        """Return the line that a writer would mend; None when the source does not say such a thing."""
        words = _WORDS.findall(finding.words or plain(finding.html))[:_ENOUGH_WORDS]
        alike = re.compile(r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, words)) + r"(?![^\W_])") if words else None
        if _HEADING.match(finding.html):
            said = alike.search if alike else _WORDLESS.fullmatch
            start = next((start for start, heading in self._headings.items() if said(heading)), None)
            if start is not None:
                return line_of(self._text, start)
        for text, start in ((self._prose, self._start), (self._text, self._start), (self._text, 0)):
            position = _position(text, finding, start)
            found = alike.search(text, start) if alike and position is None else None
            if position is not None or found:
                return line_of(text, found.start() if found else position or 0)
        return None


def _position(text: str, finding: Finding, start: int) -> int | None:
    """Return where a text has the HTML at fault, else the words as they are, else a part of it."""
    html, fragment = finding.html, finding.words.partition("#")[2]
    exact = (html, unescape(html), finding.words, unescape(finding.words), f"#{fragment}" if fragment else "")
    for one in filter(None, (*exact, html[:40], html[-40:], html[:20], html[-12:], html[html.rfind("<") :])):
        position = text.find(one, start)
        if position >= 0:
            return position + len(one) - len(one.lstrip())
    return None
