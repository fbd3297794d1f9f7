"""Social cards drawn: the picture in its part of the card, the words beside or below it, in the theme's light colours.

Not a plan: which card a post gets, and what stands on it, `credits/card` says.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from byline.edges.card_picture import part
from byline.edges.pen import Pen
from byline.values.bidi import leftward
from byline.values.card import HEIGHT, WIDTH, Arrangement
from byline.values.clusters import clusters, east_asian, shaped
from byline.values.font import Cut
from byline.values.line_breaks import Room, typeset
from byline.values.picture_format import LONGEST_PACKET
from byline.values.problem import Fault, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.ImageDraw import ImageDraw

    from byline.values.card import Card
    from byline.values.font import Lettered

PAPER, SHADE, LINE, INK, QUIET = "#fdfcf9", "#f4f1ea", "#ddd7cb", "#26231e", "#686257"
"""The theme's colours on light ground, as `theme/style/20-tokens.css` has them."""
_BAR = (64, 8)
_NAME_SIZES, _CREDIT_SIZES = (28, 25, 22), (20, 19, 18)
_NAME_LINES = 2
_BETWEEN_NAMES = 18
_QUALITY = 85


class _Column(NamedTuple):
    """Where the words stand and what is free between them, in pixels; how large the title may be; lines at most."""

    left: int
    top: int
    right: int
    bottom: int
    gap: int
    largest: int
    lines: int
    credit_lines: int

    @property
    def width(self) -> int:
        return self.right - self.left


_COLUMNS = {
    Arrangement.BESIDE: _Column(64, 64, WIDTH - Arrangement.BESIDE.value[0] - 56, HEIGHT - 56, 32, 72, 5, 4),
    Arrangement.ABOVE: _Column(64, Arrangement.ABOVE.value[1] + 36, WIDTH - 64, HEIGHT - 38, 24, 60, 2, 2),
    None: _Column(96, 88, WIDTH - 96, HEIGHT - 80, 40, 92, 4, 2),
}
_SMALLEST = 36


class _Metrics(NamedTuple):
    """How high lines of a script are, and how far their baseline is below their top, in sizes of the type."""

    leading: float
    ascent: float


_ALPHABETS, _SQUARES, _TALL = _Metrics(1.18, 0.74), _Metrics(1.32, 0.88), _Metrics(1.5, 1.0)


def drawn(card: Card, picture: Path | None) -> bytes:
    """Return a card as JPEG in sRGB, the same bytes each time; `picture` is the file that is placed on it.

    Raises Fault when the picture cannot be decoded, or a font is no longer what it was.
    """
    from PIL import Image, ImageDraw

    canvas = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    if card.placed and picture:
        shown = part(card.placed, picture, SHADE)
        at_right = card.placed.arrangement is Arrangement.BESIDE and not card.leftward
        canvas.paste(shown, (WIDTH - shown.width if at_right else 0, 0))
    if card.title.text or card.author.text or card.site.text:
        try:
            _Writing(card, ImageDraw.Draw(canvas)).all()
        except OSError as error:
            raise Fault(_lost_font(card)) from error
    body = BytesIO()
    packet = card.packet if len(card.packet) <= LONGEST_PACKET else b""
    canvas.save(body, "JPEG", quality=_QUALITY, subsampling=0, progressive=True, optimize=True, xmp=packet)
    return body.getvalue()


def _lost_font(card: Card) -> Problem:
    names = {font.path.name for text in (card.title, card.author, card.site, card.credit) for font in text.fonts}
    what = f"A font of a card cannot be read, one of {', '.join(sorted(names))}."
    return Problem("bad-font", what, "Install it anew, or remove it.")


class _Writing:
    """The words of one card, written into its column: the title from the top, all else from the bottom."""

    def __init__(self, card: Card, canvas: ImageDraw) -> None:
        self._card = card
        self._canvas = canvas
        arrangement = card.placed.arrangement if card.placed else None
        column = _COLUMNS[arrangement]
        if card.leftward and arrangement is Arrangement.BESIDE:
            column = column._replace(left=WIDTH - column.right, right=WIDTH - column.left)
        self._column = column

    def all(self) -> None:
        """Write what there is to write."""
        column = self._column
        bottom = column.bottom
        if self._card.credit.text:
            bottom = self._block(self._card.credit, bottom, _CREDIT_SIZES, column.credit_lines, QUIET)
            bottom -= column.gap * 2 // 3
        bottom = self._names(bottom) - column.gap
        across, down = _BAR
        left = column.right - across if self._card.leftward else column.left
        self._canvas.rectangle((left, column.top, left + across - 1, column.top + down - 1), self._card.accent)
        self._title(column.top + down + column.gap, bottom)

    def _title(self, top: int, bottom: int) -> None:
        title, column = self._card.title, self._column
        pen, metrics = self._pen(title, Cut.TITLE), _metrics(title.text)
        sizes = range(column.largest, _SMALLEST - 1, -2)
        set_ = typeset(title.text, sizes, Room(column.width, bottom - top, column.lines, metrics.leading), pen.width)
        for number, line in enumerate(set_.lines):
            baseline = top + (metrics.ascent + number * metrics.leading) * set_.size
            self._line(pen, line, round(baseline), set_.size, INK)

    def _names(self, bottom: int) -> int:
        """Write author and site in one line, or in two, whose lower end stands here; return where they begin."""
        author, site = self._card.author, self._card.site
        names = [(lettered, colour) for lettered, colour in ((author, INK), (site, QUIET)) if lettered.text]
        size = _NAME_SIZES[0]
        pens = [self._pen(lettered, Cut.TEXT) for lettered, _colour in names]
        widths = [pen.width(lettered.text) * size for pen, (lettered, _colour) in zip(pens, names, strict=True)]
        if sum(widths) + 2 * _BETWEEN_NAMES > self._column.width:
            for lettered, colour in reversed(names):
                bottom = self._block(lettered, bottom, _NAME_SIZES, _NAME_LINES, colour) - 4
            return bottom
        metrics = max(_metrics(lettered.text) for lettered, _colour in names)
        top = bottom - round(size * metrics.leading)
        baseline = top + round(size * metrics.ascent)
        x = self._column.right if self._card.leftward else float(self._column.left)
        way = -1 if self._card.leftward else 1
        for number, (pen, width, (lettered, colour)) in enumerate(zip(pens, widths, names, strict=True)):
            if number:
                middle = round(x + way * _BETWEEN_NAMES)
                self._canvas.line((middle, baseline - 21, middle, baseline + 3), LINE, 2)
                x += way * 2 * _BETWEEN_NAMES
            pen.write(self._canvas, (x if way > 0 else x - width, baseline), lettered.text, size, colour)
            x += way * width
        return top

    def _block(self, lettered: Lettered, bottom: int, sizes: tuple[int, ...], lines: int, colour: str) -> int:
        """Write lines whose lower end stands here; return where they begin."""
        pen, metrics = self._pen(lettered, Cut.TEXT), _metrics(lettered.text)
        leading = max(metrics.leading, 1.35)
        set_ = typeset(lettered.text, sizes, Room(self._column.width, HEIGHT, lines, leading), pen.width)
        top = bottom - round(len(set_.lines) * leading * set_.size)
        for number, line in enumerate(set_.lines):
            self._line(pen, line, round(top + (number * leading + metrics.ascent) * set_.size), set_.size, colour)
        return top

    def _line(self, pen: Pen, text: str, baseline: int, size: int, colour: str) -> None:
        left = self._column.right - pen.width(text) * size if self._card.leftward else self._column.left
        pen.write(self._canvas, (left, baseline), text, size, colour)

    def _pen(self, lettered: Lettered, cut: Cut) -> Pen:
        card = self._card
        return Pen(lettered.fonts, cut, card.language, leftward=leftward(lettered.text), shaping=card.shaping)


def _metrics(text: str) -> _Metrics:
    """Return the metrics of the highest script in a text."""
    parts = clusters(text)
    return _TALL if any(map(shaped, parts)) else _SQUARES if any(map(east_asian, parts)) else _ALPHABETS
