"""Words: plain titles, shortened summaries, near misses, characters that no feed can hold.

Not typography and not HTML documents: those are `site/typography` and `values/html`.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters outside XML 1.0's `Char` (section 2.2): with one of them a feed is no XML."""
_CONTROLS = bytes(number for number in range(0x20) if number not in b"\t\n\r")
_NO_CHARACTERS = tuple(sign.encode() for sign in "\ufffe\uffff")

_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var|wbr)"
    r"(?:\s(?:[^\"'>]|\"[^\"]*\"|'[^']*')*)?/?>",
    re.IGNORECASE,
)


def forbidden(text: str) -> re.Match[str] | None:
    """Return the first character of a text that no feed can hold; of most texts it is seen in their bytes."""
    try:
        body = text.encode()
    except UnicodeEncodeError:  # a surrogate
        return FORBIDDEN.search(text)
    if len(body.translate(None, _CONTROLS)) == len(body) and not any(sign in body for sign in _NO_CHARACTERS):
        return None
    return FORBIDDEN.search(text)


def fit_for_xml(text: str) -> str:
    """Return the text without characters that XML cannot hold."""
    return FORBIDDEN.sub("", text) if forbidden(text) else text


def counted(number: int, what: str) -> str:
    """Return a number with what it counts: `1 post`, `2 posts`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def fold(key: str) -> str:
    """Return a key of front matter as it is looked up: lower case, `-` and spaces as `_`."""
    return re.sub(r"[-\s]+", "_", key.strip().lower())


def without_markup(title: str) -> str:
    """Return a title as text: inline tags dropped, entities resolved; any other `<` is a character like the rest."""
    text = " ".join(unescape(_INLINE.sub("", title)).split())
    return title if text == title else text  # one text in memory, for most titles have no markup


def shortened(text: str, limit: int) -> str:
    """Return the text cut at a word to at most `limit` characters, an ellipsis at the end where something was cut."""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    head = cut.rsplit(" ", 1)[0] if " " in cut else cut[:-1]
    return head.rstrip(" ,;:.-–—(") + "…"


def meant(word: str, known: Iterable[str]) -> str:
    """Return ` Did you mean X?` for the nearest known word, or an empty string when none is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.75)
    return f" Did you mean {near[0]}?" if near else ""


def one_edit_apart(one: str, other: str) -> bool:
    """Tell whether one insertion, deletion, replacement or swap of neighbours makes the words equal."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    if len(left) == len(right):
        return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return longer[1:] == shorter


def line_of(text: str, offset: int) -> int:
    """Return the number, from 1, of the line that holds the character at the offset."""
    return text.count("\n", 0, offset) + 1
