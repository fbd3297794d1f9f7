"""A line as it is drawn: from left to right, each run in one font and one direction.

Not the drawing, and not the choice of fonts: those that a text is set in are given, in the order of preference.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from byline.values import bidi
from byline.values.clusters import clusters, seen

if TYPE_CHECKING:
    from byline.values.font import Font, Lettered


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a line in one font, in the order of reading; odd levels go from right to left."""

    text: str
    font: Font
    level: int

    @property
    def leftward(self) -> bool:
        """Whether it goes from right to left."""
        return bool(self.level % 2)


def runs(line: Lettered, *, leftward: bool) -> list[Run]:
    """Return the runs of a line, in a paragraph that goes this way, in the order from left to right.

    A space takes the font before it, so that words of one script stay one run. What no font has is left out.
    """
    text = line.text.replace("\u00a0", " ")
    levels = bidi.levels(text, leftward=leftward)
    found: list[tuple[str, Font, int]] = []
    at = 0
    for cluster in clusters(text):
        font = _font(cluster, line.fonts, found[-1][1] if found else None)
        if font and (cluster.isspace() or seen(cluster)):
            found.append((cluster, font, levels[at]))
        at += len(cluster)
    grouped = groupby(found, key=lambda part: part[1:])
    return bidi.reordered([Run("".join(part[0] for part in parts), *key) for key, parts in grouped])


def _font(cluster: str, fonts: tuple[Font, ...], before: Font | None) -> Font | None:
    if cluster.isspace() and before and before.has(" "):
        return before
    return next((font for font in fonts if font.has(cluster)), None)
