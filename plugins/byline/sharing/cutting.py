"""Cutting: a text shortened to what there is room for, where it can be parted.

Not what says how much that is: it is asked whether a piece fits, in whatever way a network counts.
"""

from __future__ import annotations

import re
from bisect import bisect
from itertools import accumulate
from typing import TYPE_CHECKING

from byline.sharing.counting import graphemes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ELLIPSIS = "…"
_WHOLE = re.compile(r"(?:https?://|www\.)\S+|[#@]\w\S*|&#?\w+;|\\\S", re.IGNORECASE)
"""What is cut nowhere: addresses, hashtags and names, escapes."""
_WORD = re.compile("[\\S\xa0\u2007\u202f]+")
_SQUARE = re.compile("[\u2e80-\u9fff\uff00-\uff9f\U00020000-\U0003ffff]")
"""Chinese and Japanese, which have no spaces: a cut may be beside any sign."""
_DROPPED = " \t\n\xa0\u202f\u3000,;:.-–—([{<«“‘„‚¿¡、。，・（「『《\u200b\u200c\u200d"
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ISOLATE_END, _EMBEDDING_END = "\u2069", "\u202c"
_ENDS = dict.fromkeys("\u2066\u2067\u2068", _ISOLATE_END) | dict.fromkeys("\u202a\u202b\u202d\u202e", _EMBEDDING_END)


def shortened(text: str, fits: Callable[[str], bool], near: int) -> str:
    """Return as much of a text as fits, with an ellipsis where something was left out; empty where nothing fits.

    It ends with a word, in Chinese and Japanese with a sign; where not even one word fits, with a grapheme. `near` is
    about how many characters that are, from which it is found sooner.
    """
    if fits(text):
        return text
    return _longest(text, _ends(text), fits, near) or _longest(text, _ends_within(text), fits, near)


def turned_back(text: str) -> str:
    """Return a text with the isolates and embeddings that it opens closed at its end (UAX #9, 2)."""
    if text.isascii():
        return text
    opened: list[str] = []
    for turn in _TURNS.findall(text):
        if turn in _ENDS:
            opened.append(_ENDS[turn])
        elif opened and turn == opened[-1]:
            opened.pop()
        elif turn == _ISOLATE_END and turn in opened:
            while opened.pop() != turn:
                pass
    return text + "".join(reversed(opened))


def _longest(text: str, ends: list[int], fits: Callable[[str], bool], near: int) -> str:
    """Return the text up to the last of the ends with which it fits."""
    found, low, high = "", 0, len(ends)
    guess = bisect(ends, near - len(_ELLIPSIS))
    guesses = [guess, guess - 1]
    while low < high:
        middle = guesses.pop() if guesses else (low + high) // 2
        if not low <= middle < high:
            continue
        cut = _with_ellipsis(text[: ends[middle]])
        if not cut or fits(cut):
            found, low = cut, middle + 1
        else:
            high = middle
    return found


def _with_ellipsis(text: str) -> str:
    """Return the beginning of a text with an ellipsis, without signs that wait for what follows them."""
    text = text.rstrip()
    whole = text and _WHOLE.search(text.rsplit(None, 1)[-1])
    said = f"{text} " if whole else text.rstrip(_DROPPED)
    return turned_back(f"{said}{_ELLIPSIS}") if said else ""


def _ends(text: str) -> list[int]:
    """Return where a text may be cut: after its words, and beside signs that need no spaces."""
    if text.isascii() or not _SQUARE.search(text):
        return [word.end() for word in _WORD.finditer(text)]
    ends: list[int] = []
    for word in _WORD.finditer(text):
        inner = _between_graphemes(word[0]) if _SQUARE.search(word[0]) else ()
        ends += (word.start() + at for at in inner if _SQUARE.search(word[0], at - 1, at + 1))
        ends.append(word.end())
    return ends


def _ends_within(text: str) -> list[int]:
    """Return where the first word may be cut if it must."""
    word = _WORD.search(text)
    return [word.start() + at for at in _between_graphemes(word[0])] if word else []


def _between_graphemes(word: str) -> Iterator[int]:
    """Yield where a grapheme ends and another begins, but in what is to stay whole."""
    whole = [found.span() for found in _WHOLE.finditer(word)]
    for at in accumulate(map(len, graphemes(word)[:-1])):
        if not any(start < at < end for start, end in whole):
            yield at
