"""The line of a source that a finding means, whatever Markdown and typography have made of it.

Not a search among files: the source is known.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from byline.values.html import plain
from byline.values.text import line_of

if TYPE_CHECKING:
    from byline.checks.finding import Finding

_WORDS = re.compile(r"\w+")
_ENOUGH_WORDS = 8
"""Of a heading, to find its line in spite of typographic quotes and marks of emphasis."""


def line(text: str, finding: Finding, after: int = 0) -> int | None:
    """Return the line of a source that a writer would mend: the words as they are, else the HTML, else alike words.

    Lines `after` the front matter go before those in it.
    """
    if after:
        front = "".join(text.splitlines(keepends=True)[:after])
        found = line(text[len(front) :], finding)
        if found:
            return found + front.count("\n")
    fragment = finding.words.partition("#")[2]
    html = finding.html
    wanted = (finding.words, unescape(finding.words), f"#{fragment}" if fragment else "", html, unescape(html))
    for one in filter(None, (*wanted, html[:40], html[-40:], html[:20], html[-12:], html[html.rfind("<") :])):
        position = text.find(one)
        if position >= 0:
            return line_of(text, position + len(one) - len(one.lstrip()))
    words = _WORDS.findall(finding.words or plain(html))[:_ENOUGH_WORDS]
    alike = re.search(r"\W+".join(map(re.escape, words)), text) if words else None
    return line_of(text, alike.start()) if alike else None
