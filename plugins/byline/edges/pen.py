"""A pen: writes lines of text into a picture, in whatever fonts they need, and tells how wide they are.

Not a layout: where a line stands and how large it is, the caller says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from byline.values.font import Cut, Lettered
from byline.values.runs import runs

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

    from byline.values.font import Font
    from byline.values.runs import Run

_MEASURED = 100
"""The size, in pixels, at which widths are measured: the larger, the less they are rounded."""


class Pen:
    """Writes with the fonts of one text, in one cut; opened fonts are held as long as the pen."""

    def __init__(self, fonts: tuple[Font, ...], cut: Cut, language: str, *, leftward: bool, shaping: bool) -> None:
        """Write in a language (BCP 47), from right to left or not; `shaping`: with Raqm."""
        self._fonts = fonts
        self._cut = cut
        self._leftward = leftward
        self._shaping = shaping
        self._language = language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", language) else None
        self._opened: dict[tuple[Font, int], FreeTypeFont] = {}

    def width(self, text: str) -> float:
        """Return how wide a text is, in sizes of its type."""
        return sum(self._length(run, _MEASURED) for run in self._runs(text)) / _MEASURED

    def write(self, canvas: ImageDraw, at: tuple[float, float], text: str, size: int, colour: str) -> float:
        """Write a line whose left end and baseline stand at this point; return where it ends, in pixels."""
        x, baseline = at
        for run in self._runs(text):
            how = self._how(run)
            canvas.text((x, baseline), run.text, colour, self._open(run.font, size), anchor="ls", **how)
            x += self._length(run, size)
        return x

    def _runs(self, text: str) -> list[Run]:
        return runs(Lettered(text, self._fonts), leftward=self._leftward)

    def _length(self, run: Run, size: int) -> float:
        return self._open(run.font, size).getlength(run.text, **self._how(run))

    def _how(self, run: Run) -> dict[str, Any]:
        if not self._shaping:
            return {}
        return {"direction": "rtl" if run.leftward else "ltr", "language": self._language}

    def _open(self, font: Font, size: int) -> FreeTypeFont:
        if (font, size) not in self._opened:
            self._opened[font, size] = _opened(font, size, self._cut, shaping=self._shaping)
        return self._opened[font, size]


def _opened(font: Font, size: int, cut: Cut, *, shaping: bool) -> FreeTypeFont:
    """Return a font open at a size in pixels, a variable one at the weight of its cut."""
    from PIL import ImageFont

    opened = ImageFont.truetype(
        font.path, size, font.face, layout_engine=ImageFont.Layout.RAQM if shaping else ImageFont.Layout.BASIC
    )
    if font.axes:
        weight = font.near(cut.value)
        opened.set_variation_by_axes([weight if axis.tag == b"wght" else axis.usual for axis in font.axes])
    return opened
