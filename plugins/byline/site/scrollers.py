"""Code and tables of a page's text that may be wider than the screen, made so that a keyboard can scroll them.

Not for feeds, whose readers scroll in their own way, nor for themes that do not ask for it by a file named `scrollers`
beside their `templates/`; and not the look, which is the stylesheet's. WCAG 2.2, 2.1.1: what scrolls takes the focus.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from byline.site.plain_code import uncoloured
from byline.values.html import escape, pieces, plain, tokens, untagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.values.html import Token

_SCROLLED = re.compile(r"<(?:pre|table)[\s>]", re.IGNORECASE)
_BOXED = frozenset({"pre", "table"})
_ALREADY = re.compile(r"\b(?:role|tabindex)\s*=", re.IGNORECASE)
_PARTS = frozenset({"caption", "table", "td", "th", "tr"})
"""Elements of a table whose beginning or end parts its cells; some of their ends may be left out."""
_LONGEST = 60
"""Characters of a name: it is heard before what it names."""


def scrolled(html: str) -> str:
    """Return a page's text with plain code, and all code and tables such that a keyboard can scroll them."""
    return scrolling(uncoloured(html))


def scrolling(html: str) -> str:
    """Return the HTML with each `pre` focusable and named by its first line, each table in such a box by its first row.

    What stands in a table stays as it is, and so does what the writer gave a role or a `tabindex`.
    """
    return "".join(_scrolling(html)) if _SCROLLED.search(html) else html


def _scrolling(html: str) -> Iterator[str]:
    done, depth = 0, 0
    opened: re.Match[str] | None = None
    for tag in pieces(html):
        name = (tag["name"] or "").lower()
        if opened is None:
            if name in _BOXED and not tag["close"] and not _ALREADY.search(tag["attributes"]):
                opened, depth = tag, 1
        elif name == opened["name"].lower():
            depth += -1 if tag["close"] else 1
            if not depth:
                yield html[done : opened.start()]
                yield _box(opened, html[opened.end() : tag.start()], tag[0])
                done, opened = tag.end(), None
    yield html[done:]


def _box(opened: re.Match[str], inside: str, closed: str) -> str:
    """Return a `pre` or a table that a keyboard scrolls; as it was when nothing in it gives a name."""
    is_table = opened["name"].lower() == "table"
    name = _first_row(tokens(inside + closed)) if is_table else _first_line(inside)
    given = f' tabindex="0" role="group" aria-label="{escape(_short(name))}"'
    if not name:
        return f"{opened[0]}{inside}{closed}"
    if is_table:
        return f'<div class="scroll"{given}>{opened[0]}{inside}{closed}</div>'
    return f"<pre{given}{opened['attributes']}>{inside}{closed}"


def _first_line(inside: str) -> str:
    return next((" ".join(line.split()) for line in unescape(untagged(inside)).splitlines() if line.strip()), "")


def _first_row(inside: Iterator[Token]) -> str:
    """Return the words of the caption, or else of the first row that has any, with commas between its cells."""
    cells: list[str] = []
    cell = ""
    for token in inside:
        if token.name in _PARTS:
            cells.append(plain(cell))
            cell = ""
            if token.name in {"caption", "tr"} and any(cells):
                break
        cell += token.raw
    return ", ".join(filter(None, cells))


def _short(name: str) -> str:
    cut = name[: _LONGEST + 1].rpartition(" ")[0] or name[:_LONGEST]
    return name if len(name) <= _LONGEST else f"{cut}…"
