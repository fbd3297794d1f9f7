"""Code and tables of a page's text that may be wider than the screen, made so that a keyboard can scroll them.

Not for feeds, whose readers scroll in their own way, nor for themes that do not ask for it by a file named `scrollers`
beside their `templates/`; and not the look, which is the stylesheet's. WCAG 2.2, 2.1.1: what scrolls takes the focus.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from byline.site.plain_code import uncoloured
from byline.values.html import Token, escape, plain, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_SCROLLED = re.compile(r"<(?:pre|table)[\s>]", re.IGNORECASE)
_ALREADY = re.compile(r"\b(?:role|tabindex)\s*=", re.IGNORECASE)
_PARTS = frozenset({"caption", "table", "td", "th", "tr"})
"""Elements of a table whose beginning or end parts its cells; some of their ends may be left out."""
_LONGEST = 60
"""Characters of a name: it is heard before what it names."""


def scrolled(draw: Callable[[str, str], str]) -> Callable[[str, str], str]:
    """Return what draws a text, its HTML and the site's root given, with plain code that a keyboard can scroll."""
    return lambda html, root: scrolling(uncoloured(draw(html, root)))


def scrolling(html: str) -> str:
    """Return the HTML with each `pre` focusable and named by its first line, each table in such a box by its first row.

    What stands in a table stays as it is, and so does what the writer gave a role or a `tabindex`.
    """
    return "".join(_scrolling(list(tokens(html)))) if _SCROLLED.search(html) else html


def _scrolling(found: list[Token]) -> Iterator[str]:
    position = 0
    while position < len(found):
        token = found[position]
        end = position + 1
        if token.kind == "open" and token.name in {"pre", "table"} and not _ALREADY.search(token.attributes):
            end = _end(found, position)
            yield from _box(token, found[position + 1 : end])
        else:
            yield token.raw
        position = end


def _end(found: Sequence[Token], start: int) -> int:
    """Return where the element that begins at a token is over; the end of the text when it never is."""
    depth = 0
    for position in range(start, len(found)):
        token = found[position]
        if token.name == found[start].name:
            depth += 1 if token.kind == "open" else -1
            if not depth:
                return position + 1
    return len(found)


def _box(opened: Token, inside: Sequence[Token]) -> Iterator[str]:
    """Yield a `pre` or a table that a keyboard scrolls; as it was when it never ends, or nothing in it gives a name."""
    name = _first_row(inside) if opened.name == "table" else _first_line(inside)
    given = f' tabindex="0" role="group" aria-label="{escape(_short(name))}"'
    body = "".join(token.raw for token in inside)
    if not name or (inside[-1].kind, inside[-1].name) != ("close", opened.name):
        yield f"{opened.raw}{body}"
    elif opened.name == "table":
        yield f'<div class="scroll"{given}>{opened.raw}{body}</div>'
    else:
        yield f"<pre{given}{opened.attributes}>{body}"


def _first_line(inside: Sequence[Token]) -> str:
    text = unescape("".join(token.raw for token in inside if token.kind == "text"))
    return next((" ".join(line.split()) for line in text.splitlines() if line.strip()), "")


def _first_row(inside: Sequence[Token]) -> str:
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
