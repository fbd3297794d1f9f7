"""Clusters: what is drawn as one, a character with its marks, and what can be said of it from Unicode's own tables.

Not a font: whether a cluster has a glyph, `values/font` knows. Grapheme clusters (UAX #29) in the simple form that
cards need: marks, joiners, viramas and Korean syllables stay with what they belong to.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u20e3\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
"""Characters that say how others are shown and are not seen themselves, and the frame of an emoji's key."""
_JOINERS = "\u200c\u200d"
_VIRAMA = 9
"""The combining class of what makes one letter of two in the scripts of India (Unicode, 4.3)."""
_PICTURES = range(0x1F000, 0x1FC00)
_SHAPED = (
    (0x0590, 0x10A0),  # Hebrew, Arabic, the scripts of India, Thai to Myanmar
    (0x1100, 0x1200),  # Korean in its parts
    (0x1700, 0x1C80),  # the Philippines, Khmer, Mongolian, Indonesia
    (0x1CD0, 0x1D00),
    (0xA800, 0xAC00),
    (0xD7B0, 0xD800),
    (0xFB1D, 0xFE00),  # Hebrew and Arabic as letters that have their shape
    (0xFE70, 0xFEFF),
    (0x10800, 0x12000),  # old scripts of the Near East, more of India
    (0x1E800, 0x1EF00),
)
_SHAPED_FROM = [first for first, _end in _SHAPED]


def cleaned(text: str) -> str:
    """Return a text composed (NFC), with one space between words, without what is not seen."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).replace("\u202f", "\u00a0")
    return " ".join(re.split(r"[^\S\u00a0]+", text)).strip()


def clusters(text: str) -> list[str]:
    """Return the clusters of a text, in order; joined, they are the text."""
    found: list[str] = []
    for char in text:
        if found and _belongs(char, found[-1][-1]):
            found[-1] += char
        else:
            found.append(char)
    return found


def _belongs(char: str, before: str) -> bool:
    return (
        unicodedata.category(char)[0] == "M"
        or char in _JOINERS
        or before == "\u200d"
        or (unicodedata.combining(before) == _VIRAMA and char.isalpha())
        or ("\u1160" <= char <= "\u11ff" and "\u1100" <= before <= "\u11ff")
    )


def seen(cluster: str) -> bool:
    """Tell whether a cluster takes a glyph: spaces are only room."""
    return not cluster.isspace() and any(char not in _JOINERS for char in cluster)


def pictographic(cluster: str) -> bool:
    """Tell whether a cluster is an emoji or another sign that a text can do without."""
    return any(unicodedata.category(char) in {"So", "Co"} or ord(char) in _PICTURES for char in cluster)


def shaped(cluster: str) -> bool:
    """Tell whether letters of this script change with their neighbours, carry marks, or go from right to left."""
    code = ord(cluster[0])
    at = bisect_right(_SHAPED_FROM, code) - 1
    return (at >= 0 and code < _SHAPED[at][1]) or any(unicodedata.category(char)[0] == "M" for char in cluster)


def east_asian(cluster: str) -> bool:
    """Tell whether a cluster is written in a square, as Chinese and Japanese are: wide and no Korean word (UAX #11)."""
    return unicodedata.east_asian_width(cluster[0]) in {"W", "F"} and not "\uac00" <= cluster[0] <= "\ud7a3"
