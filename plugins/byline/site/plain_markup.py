"""A text whose markup is plain to see, as elements, in one pass: words, code, links, images, emphasis.

Not a Markdown of our own: a text with anything else in it is none of these, and left to the library.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element

from markdown.util import ETX, HTML_PLACEHOLDER_RE, STX, AtomicString, code_escape

if TYPE_CHECKING:
    from collections.abc import Collection

_SIGNS = r"`*_\[\\<&\x02\x03"
_ESCAPED = r"\\[^`\\<&\x02\x03]"
_INSIDE = rf"(?:[^\]{_SIGNS}]++|{_ESCAPED})++"
_CODE = r"`(%s[^`]++)`(?!`)"
_ADDRESS = r"\((%s[^\s()<>'\"`\[\]\\\x02\x03]*+)\)"
_LINK = rf"(?<!!)\[(?!\^)(%s(?:{_INSIDE}|{_CODE % '?:'}|\*{_INSIDE}\*|\*\*{_INSIDE}\*\*)*+)\]{_ADDRESS}"
_PIECE = re.compile(
    rf"(?:[^!{_SIGNS}]++|!(?!\[)|{_ESCAPED})++"
    rf"|{_CODE % '?P<code>'}"
    rf"|{_LINK % ('?P<named>', '?P<address>')}"
    rf"|(?P<stars>\*\*?+)(?!\s)(?P<stressed>(?:[^{_SIGNS}]++|{_ESCAPED}|{_CODE % '?:'}|{_LINK % ('?:', '?:')})++)"
    r"(?<!\s)(?P=stars)(?!\*)"
    rf"|!\[(?!\^)(?P<alternative>[^\]{_SIGNS}]*+)\]{_ADDRESS % '?P<source>'}"
)
"""Words; code between single signs; words with an address; words, code and links between asterisks; an image.

Markdown takes code out of a text first, then escaped signs, links, images, and emphasis. So it reads them in their
order where each sign is one of these.
"""
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
ALWAYS_ESCAPED = frozenset("*_[]!")
"""Signs that a backslash must make mere characters, for a text to be plain to see."""
_LINE_BREAK = "  \n"
_SIGN = re.compile(rf"[{_SIGNS}]")


class Plain(NamedTuple):
    """What a text becomes: its words before the first element, then elements, each with the words after it."""

    words: str
    elements: list[Element]

    def stashed(self) -> int:
        """Return how many elements and escaped signs Markdown would have numbered to make this."""
        count = self.words.count(STX)
        for element in self.elements:
            count += sum(1 for _ in element.iter()) + "".join(element.itertext()).count(STX)
            count += (element.tail or "").count(STX)
        return count


def plain(text: str, escaped: Collection[str]) -> Plain | None:
    """Return what Markdown makes of a text, or None where that is not plain to see.

    `escaped` are the signs that a backslash makes mere characters.
    """
    if text.startswith(STX):
        return Plain(text, []) if HTML_PLACEHOLDER_RE.fullmatch(text) else None
    return None if _LINE_BREAK in text else _made(text, escaped)


def _made(text: str, escaped: Collection[str]) -> Plain | None:
    if not _SIGN.search(text):
        return Plain(text, [])
    first = ""
    elements: list[Element] = []
    end = 0
    for piece in _PIECE.finditer(text):
        if piece.start() != end:
            return None
        end = piece.end()
        if piece.lastindex is None:
            words = _kept(piece[0], escaped)
            if elements:
                elements[-1].tail = words
            else:
                first = words
        elif (element := _element(escaped, *piece.groups())) is not None:
            elements.append(element)
        else:
            return None
    return Plain(first, elements) if end == len(text) else None


def _kept(words: str, escaped: Collection[str]) -> str:
    """Return words with what Markdown keeps, until its last pass, in the place of escaped signs."""
    if "\\" not in words:
        return words
    return _ESCAPE.sub(lambda sign: f"{STX}{ord(sign[1])}{ETX}" if sign[1] in escaped else sign[0], words)


def _element(  # noqa: PLR0913, PLR0917  what the expression finds
    escaped: Collection[str],
    code: str | None,
    named: str,
    address: str | None,
    stars: str,
    stressed: str,
    alternative: str,
    source: str | None,
) -> Element | None:
    """Return the element that a piece stands for, or None where it is not plain what is in it."""
    if code is not None:
        element = Element("code")
        element.text = AtomicString(code_escape(code.strip()))
        return element
    if source is not None:
        return Element("img", src=source, alt=alternative)
    if address is not None:
        element, inside = Element("a", href=address), named
    else:
        element, inside = Element("em" if len(stars) == 1 else "strong"), stressed
    made = _made(inside, escaped)
    if made is None:
        return None
    element.text = made.words
    element.extend(made.elements)
    return element
