"""A text whose markup is plain to see, as elements or as HTML, in one pass: words, code, links, images, emphasis.

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
_NAMED = rf"(?!\^)(%s(?:{_INSIDE}|{_CODE % '?:'}|\*{_INSIDE}\*|\*\*{_INSIDE}\*\*)*+)\]{_ADDRESS}"
_LINK = rf"(?<!!)\[{_NAMED}"
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
_MARKED = re.compile(
    rf"[{_SIGNS}!>{{](?:"
    r"(?<=`)(?P<code>[^`\x02]++)`(?!`)"
    rf"|(?<=\[)(?<!!\[){_NAMED % ('?P<named>', '?P<address>')}"
    rf"|(?<=\*)(?P<stars>\*{{0,2}}+)(?!\s)(?P<stressed>(?:[^{_SIGNS}]++|{_CODE % '?:'}|{_LINK % ('?:', '?:')})++)"
    r"(?<!\s)\*(?P=stars)(?!\*)"
    rf"|(?<=!)\[(?!\^)(?P<alternative>[^\]{_SIGNS}>\"]*+)\]{_ADDRESS % '?P<source>'}"
    r"|(?<=!)(?P<mark>)(?!\[))?+"
)
"""The same but for words, as an expression that begins with a sign is looked for the fastest; or a sign alone."""
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
ALWAYS_ESCAPED = frozenset("*_[]!")
"""Signs that a backslash must make mere characters, for a text to be plain to see."""
_KEPT = f"{STX}byline:"
_PLACE = re.compile(f"{_KEPT}([0-9]+){ETX}")
_LINE_BREAK = "  \n"
_SIGN = re.compile(rf"[{_SIGNS}]")


class Plain(NamedTuple):
    """What a text becomes: its words before the first element, then elements, each with the words after it."""

    words: str
    elements: list[Element]
    html: str = ""
    """What the words stand for, where that is HTML already."""

    def stashed(self) -> int:
        """Return how many elements and escaped signs Markdown would have numbered to make this."""
        if self.html:  # an element in emphasis by three asterisks has no number
            return self.html.count("<") - self.html.count("</") - self.html.count("<strong><em>")
        count = self.words.count(STX)
        for element in self.elements:
            count += sum(1 for _ in element.iter()) + "".join(element.itertext()).count(STX)
            count += (element.tail or "").count(STX)
        return count


class Written:
    """HTML of texts that were plain to see, while something else stands for it in Markdown's tree."""

    def __init__(self, abbreviations: Collection[str]) -> None:
        """Keep none where there are abbreviations, which Markdown looks for in the texts of elements."""
        self._abbreviations = abbreviations
        self._kept: list[str] = []

    def kept(self, text: str) -> Plain | None:
        """Return what stands for a text's HTML, or None where that is not plain to see, or its elements are wanted."""
        made = None if self._abbreviations else html(text)
        if not made:
            return None
        self._kept.append(made)
        return Plain(f"{_KEPT}{len(self._kept) - 1}{ETX}", [], made)

    def restored(self, text: str) -> str:
        """Return a text with HTML in the place of what stands for it."""
        return _PLACE.sub(lambda place: self._kept[int(place[1])], text)

    def reset(self) -> None:
        """Forget all."""
        self._kept.clear()


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


class _NotPlainError(ValueError):
    """What is in a text is not plain to see."""


def html(text: str) -> str | None:
    """Return the HTML that Markdown makes of a text, or None where that is not plain to see, or without any element.

    Not of a text in which something is escaped, or has attributes.
    """
    if _LINE_BREAK in text:
        return None
    try:
        made = _MARKED.sub(_written, text)
    except _NotPlainError:
        return None
    return made if "<" in made else None


def _written(piece: re.Match[str]) -> str:
    """Return the HTML of a piece. Raises _NotPlainError where it is a sign alone."""
    kind = piece.lastgroup
    if kind == "address":
        return f'<a href="{piece["address"]}">{_MARKED.sub(_written, piece["named"])}</a>'
    if kind == "stressed":
        inside = _MARKED.sub(_written, piece["stressed"])
        stars = len(piece["stars"])
        return (f"<em>{inside}</em>", f"<strong>{inside}</strong>", f"<strong><em>{inside}</em></strong>")[stars]
    if kind == "code":
        return f"<code>{code_escape(piece['code'].strip())}</code>"
    if kind == "source":
        return f'<img alt="{piece["alternative"]}" src="{piece["source"]}">'
    if kind == "mark":
        return "!"
    raise _NotPlainError
