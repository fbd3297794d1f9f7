"""Hashtags: a post's tags as networks write them, where that says the same.

Not a search for what people follow: the writer's tags, in the writer's order. `weak ties` is `#WeakTies`, for a screen
reader hears words only where capitals begin them. One word stays as it was written: `#RSS`, `#iOS`. A tag that loses
its meaning with its signs (`c++`, `Q&A`, `.NET`, `web 2.0`) is none.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST = 4
_LONGEST = 40
"""Longer ones are sentences that nobody follows; Bluesky takes 64."""
_STANDING = re.compile(r"#([^\s#]+)")
_TELLING = re.compile(r"[@*%#‰]|\S&\S|\S--|(?:^|\s)\.\w|\d[^\w\s]\d")
"""Signs without which a tag says something else."""
_WITHIN = "'’‘ʼ·׳״"
"""Signs that stand within a word, and that a hashtag does without."""
_JOINERS = "\u200c\u200d"


def hashtags(tags: Iterable[str], words: str = "") -> tuple[str, ...]:
    """Return at most four hashtags, each with its `#`, in the order of the tags; none that stands in the words."""
    standing = {found.rstrip(".,;:!?…)»”").casefold() for found in _STANDING.findall(words)} if "#" in words else set()
    chosen: dict[str, str] = {}
    for tag in tags:
        found = hashtag(tag)
        if found and found[1:].casefold() not in standing:
            chosen.setdefault(found.casefold(), found)
    return tuple(chosen.values())[:_MOST]


def hashtag(tag: str) -> str:
    """Return a tag as a hashtag with its `#`; empty where it would say something else, or be none on some network."""
    if tag.isascii() and tag.replace(" ", "").isalnum():
        words = tag.split()
    else:
        written = unicodedata.normalize("NFC", tag).strip().removeprefix("#")
        words = [] if _TELLING.search(written) else _words(written)
    if len(words) > 1:
        words = [_raised(word) for word in words]
    joined = "".join(f"{_seam(before, word)}{word}" for before, word in zip(["", *words], words, strict=False))
    return f"#{joined}" if len(joined) <= _LONGEST and any(map(str.isalpha, joined)) else ""


def _words(tag: str) -> list[str]:
    """Return the words of a tag; none where one of its signs can be neither kept nor left out."""
    words = [""]
    for char in tag:
        kind = unicodedata.category(char)
        if kind[0] in "LM" or kind == "Nd" or char in _JOINERS:
            words[-1] += char
        elif kind[0] in "SN" or kind in {"Cn", "Co", "Cs"}:
            return []
        elif kind != "Cf" and char not in _WITHIN:
            words.append("")
    return [word for word in (word.strip(_JOINERS) for word in words) if word]


def _raised(word: str) -> str:
    """Return a word with a capital at its beginning, unless it has its own ones."""
    return word[0].title() + word[1:] if word == word.lower() else word


def _seam(before: str, word: str) -> str:
    """Return what parts two words: an underscore where no capital and no digit shows that a new one begins."""
    if not before or word[0].isupper() or word[0].istitle() or before[-1].isdigit() != word[0].isdigit():
        return ""
    return "_"
