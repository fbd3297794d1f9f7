"""The terms of a text, counted: words and pairs of neighbours, in any script, as numbers that fit in arrays.

Not a judgement of them: how much a term tells is the index's to know, so these counts can be kept with the text.
"""

from __future__ import annotations

import math
import re
import unicodedata
from array import array
from collections import Counter
from itertools import chain, compress, pairwise
from operator import or_
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from byline.edges import arrays
from byline.related.function_words import of_language

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

TITLE = 6
"""How often a title's terms are counted: it says what a post is about."""
_MOST, _TWO = 256, 1 << 32
LEVELS = bytes([0, *(round(16 * (1 + math.log(count))) for count in range(1, _MOST))])
"""The level of a count; larger counts have the last."""
ONCE = LEVELS[1]
_SEPARATORS = (
    r"\s\x00-/:-@\[-`{-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u02c2-\u02df\u037e\u0387\u055a-\u055f\u0589\u05be\u05c0"
    r"\u05c3\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u0e2f\u0e4f\u0e5a\u0e5b\u1361-\u1368\u17d4-\u17da"
    r"\u2000-\u200b\u200e-\u206f\u20a0-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u303d\u30fb\ufe00-\ufe6f"
    r"\ud800-\udfff\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\U0001f000-\U0001faff\U000e0000-\U000e007f"
)
"""Spaces, punctuation and signs; marks and joiners, without which words of many scripts fall apart, are none."""
_WORD = re.compile(f"[^{_SEPARATORS}\u0300-\u0344\u0346-\u036f\u200c\u200d][^{_SEPARATORS}]*")
"""Marks and joiners begin no word: alone they are what is left of an emoji or of an accent used as apostrophe (but
U+0345, which is a small iota)."""
_TYPOGRAPHIC = "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\xa0"
"""Separators that typography puts into a text of ASCII; Unicode makes only dots and spaces of them."""
_ASCII_WORDS = {code: " " for code in range(128) if not chr(code).isalnum()}
_SOFT_HYPHEN = "\xad"
_SIGNS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3031-\u303c\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts that put no space between words (Korean does, but between what a European calls phrases)."""
_UNSPACED = re.compile(f"[{_SIGNS}]")
_RUNS = re.compile(f"[{_SIGNS}]+|[^{_SIGNS}]+")


class Counts(NamedTuple):
    """The terms of one text, ascending, each with its level: 16 · (1 + ln of how often it stands there), rounded.

    A word is the CRC-32 of its folded UTF-8, times 2^32; a pair is the first word's number plus the other's CRC-32.
    `words` are those that stand there more than once, in the order of their terms, as they are spelled there, a space
    between two.
    """

    terms: array[int]
    levels: bytes
    words: str = ""

    def repeated(self) -> list[int]:
        """Return the words, no pairs, that stand there more than once."""
        often = compress(self.terms, map(ONCE.__lt__, self.levels))
        return [term for term in often if is_word(term)]

    def spelled(self) -> dict[int, str]:
        """Return the words that stand there more than once, by term, as they are spelled there."""
        return dict(zip(self.repeated(), self.words.split(" "), strict=True)) if self.words else {}


def counted(title: str, text: str, language: str = "", *, arrays: bool = False) -> Counts:
    """Return the counts of a text, its title counted several times, function words of its language not at all.

    With `arrays`, NumPy counts.
    """
    passed_over = of_language(language)
    level = _with_arrays() if arrays else _leveled
    found = Counts(*level(_numbers(text, passed_over), _numbers(title, passed_over)))
    spelled = spellings(f"{title}\n{text}")
    return found._replace(words=" ".join(map(spelled.__getitem__, found.repeated())))


def spellings(text: str) -> dict[int, str]:
    """Return the words of a text, by term, as they are spelled there: with small letters, if they ever are."""
    met = sorted(set(words(text)))
    folded = [word.lower() if word.isascii() else _folded(word) for word in met]
    return dict(zip(map(_TWO.__mul__, map(crc32, map(str.encode, folded))), met, strict=True))


def ascending(terms: Iterable[int]) -> list[int]:
    """Return terms in their order, sooner than `sorted` has many of them: floats are compared faster."""
    return sorted(sorted(terms, key=float))  # what is equal as a float is put in order by the second one


def is_word(term: int) -> bool:
    """Tell whether a term is a word, not a pair."""
    return not term & 0xFFFFFFFF


def words(text: str) -> list[str]:
    """Return the words of a text (Unicode NFKC), as written; of scripts without spaces, overlapping pairs of signs."""
    text = _plain(text)
    if text.isascii():
        return text.translate(_ASCII_WORDS).split()
    normal = unicodedata.normalize("NFKC", text.replace(_SOFT_HYPHEN, ""))
    found = _WORD.findall(normal)
    return list(chain.from_iterable(map(_parts, found))) if _UNSPACED.search(normal) else found


def _numbers(text: str, passed_over: Container[str]) -> list[int]:
    """Return the words of a text as numbers, each the CRC-32 of its folded UTF-8."""
    told = [word for word in words(_folded(text)) if word not in passed_over]
    return list(map(crc32, map(str.encode, told)))


def _leveled(text: list[int], title: list[int]) -> tuple[array[int], bytes]:
    """Return the terms of a text and its title, ascending, and their levels, given the numbers of the words of both."""
    counts = Counter(_terms(text))
    for term in _terms(title):
        counts[term] += TITLE
    terms = array("Q", sorted(counts))
    times = list(map(counts.__getitem__, terms))
    if max(times, default=0) >= _MOST:
        times = [min(count, _MOST - 1) for count in times]
    return terms, bytes(times).translate(LEVELS)


def _with_arrays() -> Callable[[list[int], list[int]], tuple[array[int], bytes]]:
    arrays.ready()
    from byline.related.terms_arrays import leveled

    return leveled


def _terms(numbers: list[int]) -> list[int]:
    """Return words, then the pairs of neighbours, given the numbers of words."""
    alone = list(map(_TWO.__mul__, numbers))
    return [*alone, *map(or_, alone, numbers[1:])]


def _plain(text: str) -> str:
    """Return a text with spaces for the separators of typography: often no more than ASCII is left."""
    for separator in _TYPOGRAPHIC:
        text = text.replace(separator, " ")
    return text


def _folded(text: str) -> str:
    """Return a text in small letters, also of signs that are letters only in NFKC (№, ™, 𝐀), and in NFKC again."""
    text = _plain(text)
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _parts(word: str) -> list[str]:
    """Return what a run of letters is made of: words, and pairs of the signs that are written without spaces."""
    if not _UNSPACED.search(word):
        return [word]
    return [part for run in _RUNS.findall(word) for part in (_pairs(run) if _UNSPACED.match(run) else [run])]


def _pairs(signs: str) -> list[str]:
    return [first + second for first, second in pairwise(signs)] or [signs]
