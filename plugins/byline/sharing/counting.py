"""Counting: how much text each network takes, in the unit in which it counts.

Not a request, and not what cuts: a text is too long as soon as it might be, for a post that is refused, or cut by a
network in the middle of an address, is worse than one that is a word shorter. So nothing is counted as less than what
the network makes of it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote

from byline.values.clusters import clusters

if TYPE_CHECKING:
    from collections.abc import Callable

_SHORT = 23
"""What Mastodon and X make of any address."""
_HOST = r"(?:[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](?::\d+)?"
_REST = r"(?:[/?](?:[a-z0-9!*';:=+,.$/%#~@&?_-]*[a-z0-9=_#/+-])?)?"
_ADDRESS = re.compile(rf"(?<![a-z0-9@#$])https?://{_HOST}{_REST}", re.IGNORECASE | re.ASCII)
"""What Mastodon and X are sure to take for an address; what may be part of one is counted beside it."""
_BARE = re.compile(rf"(?<![a-z0-9@#$/._-]){_HOST}{_REST}", re.IGNORECASE | re.ASCII)
_DOTTED = re.compile(r"\.[A-Za-z]")
_TANGLED = re.compile(
    "[^\0-\x7f\xa0-\xa8\xaa-\xad\xaf-\u02ff\u0370-\u0377\u0384-\u0482\u048a-\u0556\u0561-\u0587\u05d0-\u05ea\u060c\u061b"
    "\u061f\u0620-\u064a\u0660-\u066f\u0671-\u06d3\u06f0-\u06ff\u1e00-\u1f15\u1f20-\u1f45\u1f50-\u1f57\u1f60-\u1f7d"
    "\u2000-\u200b\u200e-\u203b\u203e-\u2048\u204a-\u205e\u2066-\u2069\u20a0-\u20bf\u3000-\u3029\u3041-\u3096\u309d-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9d]+"
)
"""All but the letters and signs that count for themselves: none is an emoji, none belongs to the one before it."""
_HEAVY = re.compile("[^\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
"""What counts twice at X: all but these ranges of twitter-text's configuration 3."""
_TEMPLATE = len(r"{hashtag|#|}") - 1
"""What LinkedIn's markup puts around a hashtag, beside the sign and its backslash."""
_ESCAPED = re.compile(r"[\\|{}@\[\]()<>#*_~]")
_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_FLAGS = range(0x1F1E6, 0x1F200)
_TAGS = range(0xE0020, 0xE0080)
_VOICED = "\uff9e\uff9f"
_KOREAN_ENDS = range(0x11A8, 0x1200)
_THAI_ENDS = "\u0e33\u0eb3"
_VIRAMA = 9
_COMPOUND = re.compile(
    "[\u0e33\u0eb3\u1100-\u11ff\u200c\u200d\u2060-\u3030\u303d\u3297\u3299\uff9e\uff9f\U0001f000-\U000e0fff]"
)
"""Where clusters are made of more than letters with their marks."""
_JOINER, _JOINERS = "\u200d", "\u200c\u200d"
_SIGN = (
    rf"(?:[#*0-9]\ufe0f?\u20e3|[\xa9\xae]\ufe0f|[\U0001f1e6-\U0001f1ff]{{2}}"
    rf"|[\u203c\u2049\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001fbff]\ufe0f?[{_TONES}]?[\U000e0020-\U000e007f]*)"
)
_EMOJI = re.compile(f"{_SIGN}(?:{_JOINER}{_SIGN})*")
"""One emoji, or several joined to one (UTS #51, 1.4.9)."""


def graphemes(text: str) -> list[str]:
    """Return the grapheme clusters of a text, in order (UAX #29); never less in one than belongs together.

    Letters that a virama joins stay together, in any script: to part them is to write another word.
    """
    if "\r" not in text and not _TANGLED.search(text):
        return list(text)
    found: list[str] = []
    for cluster in clusters(text):
        if found and _goes_on(found[-1], cluster[0]):
            found[-1] += cluster
        else:
            found.append(cluster)
    return found


def _goes_on(before: str, char: str) -> bool:
    """Tell whether a character that begins a simple cluster belongs to the one before: flags, skin tones and such."""
    code = ord(char)
    return (
        char in _TONES
        or char in _VOICED
        or (char in _THAI_ENDS and not _is_control(before[-1]))
        or code in _TAGS
        or (code in _FLAGS and len(before) == 1 and ord(before) in _FLAGS)
        or (code in _KOREAN_ENDS and "\uac00" <= before[-1] <= "\ud7a3")
        or (char == "\n" and before == "\r")
    )


def grapheme_count(text: str) -> int:
    """Return the graphemes of a text, at most: what a virama or joiner joins is counted apart, as some programs do."""
    count = len(text)
    for tangle in () if text.isascii() else _TANGLED.finditer(text):
        part = text[max(tangle.start() - 1, 0) : tangle.end()]  # a mark belongs to the letter before it
        count += _count_in(part) - len(part)
    return count


def _count_in(part: str) -> int:
    if (part[0].isalpha() or part[0] == " ") and not _COMPOUND.search(part):
        return sum(unicodedata.category(char)[0] != "M" for char in part)
    return sum(1 + _joints(cluster) for cluster in graphemes(part))


def _joints(cluster: str) -> int:
    """Return in how many places others may see one cluster end and the next begin."""
    return sum(
        _is_control(before) or (_joins(before, char, cluster) and unicodedata.category(char)[0] != "M")
        for before, char in pairwise(cluster)
    )


def _joins(before: str, char: str, cluster: str) -> bool:
    if before == _JOINER:
        return not _EMOJI.fullmatch(cluster)
    return unicodedata.combining(before) == _VIRAMA or (_is_jamo(char) and not _is_korean(before))


def _is_jamo(char: str) -> bool:
    return "\u1100" <= char <= "\u11ff"


def _is_korean(char: str) -> bool:
    return _is_jamo(char) or "\uac00" <= char <= "\ud7a3"


def _is_control(char: str) -> bool:
    category = unicodedata.category(char)
    return category in {"Cc", "Cf", "Zl", "Zp"} and char not in _JOINERS and ord(char) not in _TAGS


def weight(text: str) -> int:
    """Return what X makes of a text: 2 for an emoji, however it is made, and for signs of East Asia (twitter-text 3).

    A host's name alone is an address too, where it may be one.
    """
    if _DOTTED.search(text):
        text = _BARE.sub(lambda found: "x" * max(len(found[0]), _SHORT), text)
    if text.isascii():
        return len(text)
    text = unicodedata.normalize("NFC", text)
    if _TANGLED.search(text):
        text = _EMOJI.sub("xx", text)
    return len(text) + len(_HEAVY.findall(text))


def emoji_in_octets(text: str) -> int:
    """Return the characters of a text, but of an emoji the bytes of its UTF-8, as Threads counts."""
    if text.isascii() or not _TANGLED.search(text):
        return len(text)
    return len(text) + sum(len(_octets(emoji)) - len(emoji) for emoji in _EMOJI.findall(text))


def escaped_length(text: str) -> int:
    """Return the UTF-16 units of a text for LinkedIn, each reserved character with the backslash that it will get.

    Any `#` may begin a hashtag, which is written with a template around it.
    """
    length = len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
    return length + len(_ESCAPED.findall(text)) + _TEMPLATE * text.count("#")


def percent_encoded_length(text: str) -> int:
    """Return the characters of a text in an address (RFC 3986, 2.1)."""
    return len(quote(text, safe="", errors="surrogatepass"))


def _octets(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Counting:
    """How a network counts, and how much it takes: `most` of what `measure` returns, by default of code points.

    `url` is what any address counts, None: its own length. `octets` is how many bytes of UTF-8 it takes besides.
    """

    most: int
    measure: Callable[[str], int] = len
    url: int | None = None
    octets: int | None = None

    def length(self, text: str) -> int:
        """Return the length of a text; above `most`, it is too long in one way or the other."""
        counted = text
        if self.url is not None and "://" in text:
            counted = _ADDRESS.sub("x" * self.url, text)
        length = self.measure(counted)
        if self.octets is None:
            return length
        size = len(text) if text.isascii() else len(_octets(text))
        return max(length, -(-size * self.most // self.octets))

    def fits(self, text: str) -> bool:
        """Tell whether the network takes all of a text."""
        return self.length(text) <= self.most


_NETWORKS = {
    "bluesky": Counting(300, grapheme_count, octets=3000),
    "linkedin": Counting(3000, escaped_length),
    "mail": Counting(2000, percent_encoded_length),  # the whole of an address that every program takes
    "mastodon": Counting(500, url=_SHORT),  # in code points: some of its servers count those, and none counts more
    "micropub": Counting(300),  # above that, micro.blog shows followers the beginning and a link
    "pinterest": Counting(800),
    "telegram": Counting(2000, percent_encoded_length),
    "threads": Counting(500, emoji_in_octets),
    "whatsapp": Counting(2000, percent_encoded_length),
    "x": Counting(280, weight, url=_SHORT),
}
_OTHERS = Counting(500)


def counting(kind: str) -> Counting:
    """Return how a kind of network counts; one that is not known takes 500 code points, as most do at least.

    A server that takes more or less says so itself: `dataclasses.replace(counting, most=…)`.
    """
    return _NETWORKS.get(kind, _OTHERS)
