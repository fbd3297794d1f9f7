"""Text broken into lines of equal length, in the largest size that fits.

Not a drawing: how wide a text is, it is told. Lines break at spaces, after dashes, between the signs of Chinese and
Japanese (JIS X 4051's rules for what may begin and end a line), and inside a word only where nothing else helps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from byline.values.clusters import clusters, east_asian

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Measure = Callable[[str], float]
    """Returns how wide a text is, in sizes of its type."""

ELLIPSIS = "…"
HYPHEN = "-"
ADDED = ELLIPSIS + HYPHEN
"""What lines may have that their text has not: a font must have it too."""
_NOT_FIRST = frozenset(
    "、。，．・：；！？!?,.:;）］｝)]}〕〉》」』】〙〗’”»ヽヾーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖ々〻‐゠–〜～％‰"
)
_NOT_LAST = frozenset("（［｛([{〔〈《「『【〘〖‘“«＄￥£")
_AFTER = re.compile(r"(?<=\w[-–—/])(?=\w)|(?<=\w[—–])(?=\W)|(?<= )(?=[^ ])")
_DROPPED = " ,;:.-–—(、。，・"
_CLOSER = 12
"""Steps of halving: a line's width to a thousandth."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """Lines, and their size in pixels."""

    lines: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Room:
    """Where text may stand: its width and height in pixels, at most so many lines, each `leading` sizes high."""

    width: float
    height: float
    lines: int
    leading: float

    def holds(self, size: int) -> int:
        """Return how many lines of a size fit, at least one."""
        return max(1, min(self.lines, int(self.height / (size * self.leading))))


def typeset(text: str, sizes: Sequence[int], room: Room, measure: Measure) -> Typeset:
    """Return the text in the first of the sizes that fits with its words whole, its lines about equally long.

    In none: in the last, with words broken, and shortened where that is not enough.
    """
    parts = _pieces(text)
    widths = {part: measure(part) for part in {*parts, *(part.rstrip() for part in parts)}}
    for size in sizes:
        width = room.width / size
        if all(widths[part.rstrip()] <= width for part in parts):
            lines = _lines(parts, width, widths)
            if len(lines) <= room.holds(size):
                return Typeset(_balanced(parts, width, widths, len(lines)), size)
    size = sizes[-1]
    width, most = room.width / size, room.holds(size)
    parts = [chunk for part in parts for chunk in _broken(part, width, measure)]
    widths |= {part: measure(part) for part in {*parts, *(part.rstrip() for part in parts)} - widths.keys()}
    lines = _lines(parts, width, widths)
    if len(lines) > most:
        lines = (*lines[: most - 1], _shortened(lines[most - 1], width, measure))
    return Typeset(lines, size)


def _pieces(text: str) -> list[str]:
    """Return the parts of a text between which a line may break, each with the space after it."""
    return [piece for word in _AFTER.split(text) for piece in _between_signs(word)]


def _between_signs(word: str) -> list[str]:
    """Return a word in the parts between which it may break because one side is written in squares."""
    pieces: list[str] = []
    before = ""
    for cluster in clusters(word):
        square = bool(before) and (east_asian(before) or east_asian(cluster))
        if square and cluster not in _NOT_FIRST and before not in _NOT_LAST and not cluster.isspace():
            pieces.append(cluster)
        elif pieces:
            pieces[-1] += cluster
        else:
            pieces.append(cluster)
        before = cluster
    return pieces


def _lines(parts: Sequence[str], width: float, widths: dict[str, float]) -> tuple[str, ...]:
    """Return the lines that are filled one after the other."""
    lines: list[str] = []
    filled = width + 1
    for part in parts:
        if filled + widths[part.rstrip()] > width:
            lines.append("")
            filled = 0
        lines[-1] += part
        filled += widths[part]
    return tuple(line.rstrip() for line in lines)


def _balanced(parts: Sequence[str], width: float, widths: dict[str, float], count: int) -> tuple[str, ...]:
    """Return as many lines, in the least width that holds them."""
    least = max((widths[part.rstrip()] for part in parts), default=0.0)
    for _ in range(_CLOSER):
        middle = (least + width) / 2
        if len(_lines(parts, middle, widths)) > count:
            least = middle
        else:
            width = middle
    return _lines(parts, width, widths)


def _broken(part: str, width: float, measure: Measure) -> list[str]:
    """Return a word that is wider than a line in chunks that are not; a hyphen parts letters of an alphabet."""
    if measure(part.rstrip()) <= width:
        return [part]
    first, *others = clusters(part)
    chunks, before = [first], first
    for cluster in others:
        if not cluster.isspace() and measure(chunks[-1] + cluster + HYPHEN) > width:
            if _alphabetic(before[0]) and _alphabetic(cluster[0]):
                chunks[-1] += HYPHEN
            chunks.append("")
        chunks[-1] += cluster
        before = cluster
    return chunks


def _alphabetic(char: str) -> bool:
    """Tell whether a character is a letter of the Latin, Greek or Cyrillic alphabet."""
    return char.isalpha() and (char < "\u0530" or "\u1e00" <= char <= "\u1fff")


def _shortened(line: str, width: float, measure: Measure) -> str:
    """Return the last line that there is room for, with an ellipsis that says that there were more."""
    if measure(line + ELLIPSIS) <= width:
        return line.rstrip(_DROPPED) + ELLIPSIS
    words = _pieces(line)
    while len(words) > 1 and measure("".join(words).rstrip(_DROPPED) + ELLIPSIS) > width:
        words.pop()
    kept = clusters("".join(words).rstrip(_DROPPED))
    while len(kept) > 1 and measure("".join(kept) + ELLIPSIS) > width:
        kept.pop()
    return "".join(kept) + ELLIPSIS
