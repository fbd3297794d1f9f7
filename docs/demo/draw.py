"""Draw the demo's pictures into ``content/images``, the same every time; no part of the engine, run by hand.

Longer than a module should be: it is one box of paints and ten scenes, and a scene is a list of shapes, back to front.

Units are pixels of the finished picture, origin at the top left. A scene is painted ``SCALE`` times larger and brought
down at the end, so that edges are smooth. Chance comes from seeded generators alone.
"""
# ruff: noqa: PLR0913, PLR0917 - a shape has a place, a size and a colour, and they are read best in one line
# ruff: noqa: PLR2004 - coordinates are what a drawing is made of
# ruff: noqa: INP001 - a script, not a package

import math
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SCALE = 3
WIDE = (1600, 1000)
SQUARE = (800, 800)
QUALITY = 82
GRAIN = 4
FOLDER = Path(__file__).parents[2] / "content" / "images"

Point = tuple[float, float]
Outline = str | Sequence[Point]
Stops = Sequence[tuple[float, str]]


class Canvas:
    """A picture in the making: shapes are laid one over the other, opaque or thin, sharp or soft."""

    def __init__(self, size: tuple[int, int], seed: int) -> None:
        self.size = size
        self.chance = random.Random(seed)  # noqa: S311 - it scatters grass, it guards nothing
        self.image = Image.new("RGB", (size[0] * SCALE, size[1] * SCALE))
        self._clip: Image.Image | None = None
        self._place = (0.0, 0.0, 1.0, 1.0)
        self._tint = ("#000000", 0.0)
        self._opacity = 1.0

    @contextmanager
    def placed(self, x: float, y: float, across: float = 1, down: float = 1) -> Iterator[None]:
        """Draw what follows around (x, y), stretched; a negative factor mirrors."""
        before = self._place
        left, top, wide, high = before
        self._place = (left + x * wide, top + y * high, across * wide, down * high)
        yield
        self._place = before

    @contextmanager
    def tinted(self, colour: str, amount: float, opacity: float = 1) -> Iterator[None]:
        """Mix ``amount`` (0-1) of a colour into what follows, as distance or water does; all of it makes a shadow."""
        before = (self._tint, self._opacity)
        self._tint, self._opacity = (colour, amount), opacity
        yield
        self._tint, self._opacity = before

    @contextmanager
    def inside(self, outline: Outline) -> Iterator[None]:
        """Let what follows show only within a shape."""
        before = self._clip
        mask = Image.new("L", self.image.size)
        ImageDraw.Draw(mask).polygon(self._scaled(outline), fill=255)
        self._clip = ImageChops.multiply(mask, before) if before else mask
        yield
        self._clip = before

    def wash(self, *stops: tuple[float, str]) -> None:
        """Cover everything with a vertical gradient: (height, colour) from the top down."""
        width, height = self.size
        self.shape(box(0, 0, width, height), stops)

    def shape(
        self,
        outline: Outline,
        paint: str | Stops,
        opacity: float = 1,
        blur: float = 0,
        fade: Outline | None = None,
    ) -> None:
        """Fill a polygon; ``fade`` thins the paint from all at its first point to nothing at its second."""
        self._blend(
            self._scaled(outline), lambda pen, corners: pen.polygon(corners, fill=255), paint, opacity, blur, fade
        )

    def line(self, outline: Outline, colour: str, width: float, opacity: float = 1, blur: float = 0) -> None:
        """Draw a line with round ends and joints, ``width`` wide."""
        thick = width * SCALE * (abs(self._place[2]) + abs(self._place[3])) / 2

        def draw(pen: ImageDraw.ImageDraw, knots: list[Point]) -> None:
            pen.line(knots, fill=255, width=max(1, round(thick)), joint="curve")
            for x, y in (knots[0], knots[-1]):
                pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)

        self._blend(self._scaled(outline), draw, colour, opacity, blur, None, thick)

    def glow(self, x: float, y: float, radius: float, colour: str, opacity: float = 1) -> None:
        """Lay a round light that is strongest in the middle."""
        left, top, wide, high = self._place
        across, down = abs(radius * wide) * SCALE, abs(radius * high) * SCALE
        centre = ((left + x * wide) * SCALE, (top + y * high) * SCALE)
        light = Image.radial_gradient("L").point([round(255 * _ease(max(0, 1 - v / 178))) for v in range(256)])
        mask = light.resize((max(2, round(2 * across)), max(2, round(2 * down))), Image.Resampling.BICUBIC)
        self._lay(mask, (round(centre[0] - across), round(centre[1] - down)), colour, opacity)

    def ripple(self, top: float, bottom: float, strength: float, length: float = 7) -> None:
        """Push rows sideways as water does, more towards the bottom."""
        width = self.image.width
        phase = self.chance.uniform(0, 6)
        for row in range(round(top * SCALE), round(bottom * SCALE)):
            depth = (row / SCALE - top) / (bottom - top)
            wave = math.sin(row / SCALE / (length * (0.35 + depth)) + phase) + 0.6 * math.sin(row / SCALE / 2.3 + 1)
            push = round(wave * strength * SCALE * (0.15 + depth))
            line = self.image.crop((0, row, width, row + 1))
            self.image.paste(line, (push, row))

    def finished(self) -> Image.Image:
        """Return the picture at its own size, with a light film grain."""
        small = self.image.resize(self.size, Image.Resampling.LANCZOS)
        noise = Image.frombytes("L", self.size, self.chance.randbytes(self.size[0] * self.size[1]))
        noise = noise.point([round(v * 2 * GRAIN / 255) for v in range(256)])
        return ImageChops.add(small, Image.merge("RGB", (noise, noise, noise)), 1, -GRAIN)

    def _scaled(self, outline: Outline) -> list[Point]:
        left, top, wide, high = self._place
        return [((left + x * wide) * SCALE, (top + y * high) * SCALE) for x, y in points(outline)]

    def _blend(
        self,
        outline: list[Point],
        draw: Callable[[ImageDraw.ImageDraw, list[Point]], None],
        paint: str | Stops,
        opacity: float,
        blur: float,
        fade: Outline | None,
        thick: float = 0,
    ) -> None:
        soft = blur * SCALE
        margin = thick + 3 * soft + 2
        left = math.floor(max(min((x for x, _ in outline)) - margin, -4 * soft))
        top = math.floor(max(min((y for _, y in outline)) - margin, -4 * soft))
        right = math.ceil(min(max((x for x, _ in outline)) + margin, self.image.width + 4 * soft))
        bottom = math.ceil(min(max((y for _, y in outline)) + margin, self.image.height + 4 * soft))
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top))
        draw(ImageDraw.Draw(mask), [(x - left, y - top) for x, y in outline])
        if soft:
            mask = mask.filter(ImageFilter.GaussianBlur(soft))
        if fade:
            mask = ImageChops.multiply(mask, _ramp(mask.size, [(x - left, y - top) for x, y in self._scaled(fade)]))
        self._lay(mask, (left, top), paint, opacity)

    def _lay(self, mask: Image.Image, corner: tuple[int, int], paint: str | Stops, opacity: float) -> None:
        if opacity * self._opacity < 1:
            mask = mask.point([round(v * opacity * self._opacity) for v in range(256)])
        left, top = corner
        area = (left, top, left + mask.width, top + mask.height)
        if self._clip:
            mask = ImageChops.multiply(mask, self._clip.crop(area))
        if isinstance(paint, str):
            colour = mix(paint, *self._tint)
            self.image.paste(Image.new("RGB", mask.size, colour), corner, mask)
            return
        column = Image.new("RGB", (1, mask.height))
        column.putdata([_between(paint, (top + row) / SCALE, self._tint) for row in range(mask.height)])
        self.image.paste(column.resize(mask.size), corner, mask)


def _ease(t: float) -> float:
    return t * t * (3 - 2 * t)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: str, second: str, amount: float) -> str:
    """Return the colour ``amount`` (0-1) of the way from the first to the second."""
    return "#" + "".join(f"{round(a + (b - a) * amount):02x}" for a, b in zip(_rgb(first), _rgb(second), strict=True))


def _between(stops: Stops, height: float, tint: tuple[str, float]) -> tuple[int, int, int]:
    above = max((stop for stop in stops if stop[0] <= height), default=stops[0])
    below = min((stop for stop in stops if stop[0] > height), default=stops[-1])
    amount = (height - above[0]) / (below[0] - above[0]) if below[0] > above[0] else 0
    return _rgb(mix(mix(above[1], below[1], min(1, max(0, amount))), *tint))


def _ramp(size: tuple[int, int], ends: Outline) -> Image.Image:
    (x0, y0), (x1, y1) = points(ends)
    steps = 96
    span = (x1 - x0) ** 2 + (y1 - y0) ** 2
    ramp = Image.new("L", (steps, steps))
    ramp.putdata(
        [
            round(255 * (1 - _ease(min(1, max(0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / span)))))
            for y in (size[1] * (row + 0.5) / steps for row in range(steps))
            for x in (size[0] * (column + 0.5) / steps for column in range(steps))
        ]
    )
    return ramp.resize(size, Image.Resampling.BICUBIC)


def points(outline: Outline) -> list[Point]:
    """Return the points of an outline; text is read as SVG's ``points`` attribute is: ``x,y x,y``."""
    if isinstance(outline, str):
        return [(float(x), float(y)) for x, _, y in (pair.partition(",") for pair in outline.split())]
    return list(outline)


def every(start: float, end: float, step: float) -> list[float]:
    """Return the numbers from ``start`` up to ``end``, ``step`` apart."""
    return [start + step * n for n in range(math.ceil((end - start) / step))]


def box(left: float, top: float, right: float, bottom: float, radius: float = 0) -> list[Point]:
    """Return a rectangle, its corners rounded by ``radius``."""
    if not radius:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    centres = [(right - radius, bottom - radius, 0), (left + radius, bottom - radius, 90)]
    centres += [(left + radius, top + radius, 180), (right - radius, top + radius, 270)]
    return [point for x, y, turn in centres for point in arc(x, y, radius, radius, turn, turn + 90)]


def arc(x: float, y: float, across: float, down: float, start: float, end: float) -> list[Point]:
    """Return part of an ellipse around (x, y); degrees run clockwise from three o'clock."""
    steps = max(8, round(abs(end - start) / 4))
    turns = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(x + across * math.cos(turn), y + down * math.sin(turn)) for turn in turns]


def oval(x: float, y: float, across: float, down: float | None = None) -> list[Point]:
    """Return an ellipse around (x, y), a circle when one radius is given."""
    return arc(x, y, across, across if down is None else down, 0, 360)


def curve(outline: Outline, *, closed: bool = False) -> list[Point]:
    """Return a smooth line through all the points (Catmull-Rom)."""
    through = points(outline)
    knots = [through[-1], *through, *through[:2]] if closed else [through[0], *through, through[-1]]
    smooth: list[Point] = []
    for around in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        for t in (step / 12 for step in range(12)):
            weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2)
            x, y = (sum(w * knot[axis] for w, knot in zip(weights, around, strict=True)) / 2 for axis in (0, 1))
            smooth.append((x, y))
    return smooth if closed else [*smooth, through[-1]]


def land(outline: Outline) -> list[Point]:
    """Return a smooth line closed below the picture: a hill, a field."""
    line = curve(outline)
    return [*line, (line[-1][0], WIDE[1] + 10.0), (line[0][0], WIDE[1] + 10.0)]


def ribbon(outline: Outline, start: float, end: float) -> list[Point]:
    """Return the outline of a stroke along points whose width goes from ``start`` to ``end``."""
    along = points(outline)
    left, right = [], []
    for index, (x, y) in enumerate(along):
        (x0, y0), (x1, y1) = along[max(0, index - 1)], along[min(len(along) - 1, index + 1)]
        length = math.hypot(x1 - x0, y1 - y0) or 1
        half = (start + (end - start) * index / (len(along) - 1)) / 2
        left.append((x - (y1 - y0) / length * half, y + (x1 - x0) / length * half))
        right.append((x + (y1 - y0) / length * half, y - (x1 - x0) / length * half))
    return left + right[::-1]


def ridge(chance: random.Random, base: float, height: float, length: float = 500, rough: float = 0.45) -> list[Point]:
    """Return a hill line across a wide picture, closed at the bottom: waves ever shorter and lower."""
    waves = [(length / 2.17**octave, height * rough**octave, chance.uniform(0, 6.3)) for octave in range(6)]
    top = [
        (float(x), base - sum((high * math.sin(x / long * 6.283 + phase) for long, high, phase in waves)))
        for x in range(-10, WIDE[0] + 14, 4)
    ]
    return [*top, (WIDE[0] + 10, WIDE[1] + 10), (-10, WIDE[1] + 10)]


def gull(canvas: Canvas, x: float, y: float, span: float, colour: str) -> None:
    """Draw a bird far off: two bent wings."""
    with canvas.placed(x, y, span, span):
        wing = curve("0,0.02 -0.14,-0.15 -0.3,-0.2 -0.52,-0.1")
        back = curve("-0.52,-0.1 -0.3,-0.13 -0.13,-0.06 0,0.1")
        canvas.shape([*wing, *back], colour)
        canvas.shape([(-px, py * 0.8) for px, py in [*wing, *back]], colour)


def cloud(canvas: Canvas, x: float, y: float, long: float, colour: str, opacity: float = 0.5) -> None:
    """Draw a thin streak of cloud."""
    streak = [(x - long, y), (x - long / 3, y - long * 0.035), (x + long / 2, y - 6), (x + long, y + 2), (x, y + 8)]
    canvas.shape(curve(streak, closed=True), colour, opacity, 3)


def house(canvas: Canvas, left: float, right: float, ground: float, eaves: float, wall: str) -> None:
    """Draw a gabled harbour house seen from the front, windows lit here and there."""
    middle, peak = (left + right) / 2, eaves - (right - left) * 0.48
    front = [(left, ground), (left, eaves), (middle, peak), (right, eaves), (right, ground)]
    canvas.shape(front, wall)
    canvas.shape(front, "#f2b27c", 0.28, fade=((right, eaves), (left, eaves)))
    for side in (left - 7, right + 7):
        canvas.line([(middle, peak - 3), (side, eaves + 4)], "#1d2f43", 9)
    count = 2 if right - left < 110 else 3
    for y in every(round(eaves) + 6, round(ground) - 32, 36):
        for n in range(count):
            x = left + (right - left) * (n + 1) / (count + 1)
            lit = canvas.chance.random() < 0.3
            canvas.shape(box(x - 7, y, x + 7, y + 19), "#ffd98a" if lit else mix(wall, "#0d1a2b", 0.5))
            if lit:
                canvas.glow(x, y + 9, 36, "#ffc46b", 0.5)


def boat(canvas: Canvas, hull: str, trim: str) -> None:
    """Draw a fishing boat, bow to the right, two units long, its waterline at zero."""
    rope, iron = "#2b2a31", "#22384a"
    sheer = curve("-1,-0.27 -0.45,-0.2 0.2,-0.22 0.7,-0.34 1.02,-0.52")
    side = [*sheer, *curve("1.02,-0.52 0.93,-0.25 0.8,0.02"), *points("-0.9,0.02 -0.98,-0.12")]
    canvas.line("-0.12,-0.2 -0.12,-1.28", rope, 0.026)
    canvas.line("-0.12,-0.55 0.46,-0.86", rope, 0.018)
    canvas.line("-0.62,-0.76 -0.62,-0.98", rope, 0.014)
    for start, end in (((-0.12, -1.22), (1, -0.5)), ((-0.12, -1.22), (-0.97, -0.28)), ((0.46, -0.86), (0.46, -0.32))):
        canvas.line([start, end], rope, 0.006, 0.8)
    cabin = box(-0.74, -0.7, -0.22, -0.18)
    canvas.shape(cabin, "#cfc6b4")
    canvas.shape(cabin, "#20364c", 0.65, fade="-0.74,-0.4 -0.2,-0.4")
    canvas.shape("-0.79,-0.7 -0.17,-0.7 -0.2,-0.765 -0.75,-0.765", trim)
    for x in (-0.68, -0.53, -0.38):
        canvas.shape(box(x, -0.62, x + 0.11, -0.46), "#ffd68a" if x > -0.4 else iron)
    canvas.shape(curve("0.1,-0.2 0.16,-0.34 0.32,-0.37 0.44,-0.3 0.5,-0.24"), "#3d6a62")
    canvas.shape(side, hull)
    canvas.shape(side, "#081521", 0.5, fade="-1,0 0.9,-0.3")
    canvas.line([(x, y + 0.035) for x, y in sheer], trim, 0.035)
    canvas.shape("-0.965,-0.075 0.845,-0.075 0.8,0.02 -0.9,0.02", mix("#8a3b32", hull, 0.25))
    for x in (-0.55, -0.1, 0.35):
        canvas.line(oval(x, -0.11, 0.05), "#15202b", 0.03)


def lighthouse(canvas: Canvas, x: float, ground: float) -> None:
    """Draw a small tower on the end of a breakwater, its lamp still burning."""
    with canvas.placed(x, ground):
        tower = points("-21,0 -12,-110 12,-110 21,0")
        with canvas.inside(tower):
            canvas.shape(box(-30, -120, 30, 0), "#e9ddc9")
            canvas.shape(box(-30, -84, 30, -58), "#a8483c")
            canvas.shape(box(-30, -34, 30, -10), "#a8483c")
            canvas.shape(box(-30, -120, 30, 0), "#2b3f57", 0.65, fade="21,-60 -20,-60")
        canvas.shape(box(-18, -118, 18, -110), "#2b3a4c")
        canvas.shape(box(-10, -140, 10, -118), "#ffe9a8")
        canvas.shape("-15,-139 0,-156 15,-139", "#2b3a4c")
        canvas.glow(0, -129, 90, "#ffe9a8", 0.75)


def harbour(canvas: Canvas) -> None:
    """Draw boats at their moorings as the sun comes up beyond the breakwater."""
    chance, sun, sea = canvas.chance, 1030, 590
    canvas.wash((0, "#213a5c"), (170, "#3f6284"), (330, "#8fa3a8"), (470, "#eebf95"), (560, "#fbdba4"))
    canvas.glow(sun, sea - 20, 900, "#ffbf7d", 0.55)
    for _ in range(14):
        y = chance.uniform(140, 470)
        tone = mix("#56718c", "#f7b98d", (y - 120) / 380)
        cloud(canvas, chance.uniform(0, 1600), y, chance.uniform(160, 460), tone)
    canvas.glow(sun, sea - 14, 300, "#fff0c4", 0.9)
    canvas.shape(oval(sun, sea - 8, 44), "#fff6dc")
    islands = [
        ([(560, sea), *curve("640,580 760,554 880,566 990,582"), (1040, sea)], "#b9ada0"),
        ([*curve([(1190, sea), (1320, 548), (1440, 506), (1540, 474), (1620, 470)]), (1620, sea)], "#93979f"),
        ([*curve([(-20, 400), (120, 372), (290, 408), (450, 470), (600, 552), (700, sea)]), (-20, sea)], "#5f7a8d"),
        ([*curve([(-20, 450), (140, 420), (300, 462), (430, 530), (560, sea + 10)]), (-20, sea + 10)], "#35526b"),
    ]
    for shore, colour in islands:
        canvas.shape(shore, colour)
        canvas.shape(shore, "#f6d5a2", 0.35, fade=((800, sea), (800, 470)))
    boats = [(600, 838, 270, "#1f4c5a", "#d7a24a"), (1215, 742, 150, "#7a3a35", "#e6d8bd")]
    fronts = [
        (-30, 66, 470, "#7a4038"),
        (66, 158, 500, "#a2683f"),
        (158, 262, 462, "#3c5466"),
        (262, 348, 506, "#93826c"),
    ]
    fronts += [(348, 452, 478, "#6d3a38"), (452, 536, 516, "#4c6660")]
    _harbour_water(canvas, sea, fronts, boats)
    for n in range(170):
        depth = (n / 170) ** 1.4
        x, half = sun + chance.gauss(0, 26 + 120 * depth), chance.uniform(10, 34) * (0.5 + 2.2 * depth)
        canvas.shape(oval(x, sea + 4 + depth * 390, half, 1 + 3.6 * depth), "#ffe3ab", 0.8 * (1 - depth * 0.75))
    breakwater = [(1180, 612), *curve("1184,598 1210,588 1400,582 1620,576"), *points("1620,626 1190,622")]
    canvas.shape(breakwater, ((576, "#56646f"), (626, "#2b3f57")))
    lighthouse(canvas, 1283, 590)
    canvas.shape(box(142, 410, 166, 480), "#3c566d")
    canvas.shape("139,411 154,346 169,411", "#2c445c")
    for left, right, eaves, wall in fronts:
        house(canvas, left, right, 630, eaves, mix(wall, "#22384f", 0.25))
    canvas.shape("-20,622 640,622 668,680 -20,692", ((620, "#5b6870"), (692, "#24384d")))
    canvas.line("-20,624 640,624", "#d9a878", 4, 0.7)
    for x in every(20, 640, 86):
        canvas.shape(box(x, 606, x + 9, 626, 3), "#1d2c3d")
    for x, y, size, hull, trim in boats:
        canvas.shape(oval(x - size * 0.05, y + 3, size * 0.92, size * 0.035), "#0c1f33", 0.6, 2)
        with canvas.placed(x, y, size, size), canvas.tinted("#42566b", 0.24 if size < 200 else 0):
            boat(canvas, hull, trim)
    for x, y, span in ((800, 300, 48), (868, 258, 32), (930, 318, 24), (716, 240, 24), (1400, 250, 34)):
        gull(canvas, x, y, span, "#2c4560")


def _harbour_water(
    canvas: Canvas,
    sea: float,
    fronts: Sequence[tuple[float, float, float, str]],
    boats: Sequence[tuple[float, float, float, str, str]],
) -> None:
    chance = canvas.chance
    canvas.shape(box(0, sea, 1600, 1000), ((sea, "#f6d5a2"), (650, "#c9b79f"), (760, "#6f8d9a"), (1000, "#1c3650")))
    canvas.shape("-20,690 668,678 640,780 -20,900", "#1b3148", 0.75, 8)
    for left, right, eaves, wall in fronts:
        foot = 1370 - eaves
        gable = [(left, 690), (left, foot), ((left + right) / 2, foot + 40), (right, foot), (right, 690)]
        canvas.shape(gable, mix(wall, "#17304a", 0.7), 0.55, 4)
    canvas.shape("1180,622 1620,626 1620,662 1200,642", "#33485e", 0.7, 3)
    canvas.shape("1264,640 1302,640 1296,716 1270,716", "#cbb59a", 0.5, 4)
    for x, y, size, hull, trim in boats:
        with canvas.tinted("#28455e", 0.5), canvas.placed(x, y, size, -size * 0.8):
            boat(canvas, hull, trim)
    canvas.ripple(sea + 4, 1000, 9)
    for _ in range(130):
        y = chance.uniform(700, 1000)
        x, half = chance.uniform(0, 1600), chance.uniform(20, 90) * (y - 560) / 300
        canvas.shape(oval(x, y, half, 0.007 * (y - 500)), chance.choice(("#0f2740", "#8fa9b0")), 0.2)


def pine(canvas: Canvas, x: float, ground: float, tall: float, colour: str) -> None:
    """Draw a conifer: boughs in tiers, each a little wider than the one above."""
    chance = canvas.chance
    left, right = [], []
    for tier in range(7):
        y, half = ground - tall * (1 - (tier + 1) / 7.4), tall * 0.028 * (tier + 1) * chance.uniform(0.85, 1.15)
        left += [(x - half, y + tall * 0.012), (x - half * 0.5, y - tall * 0.02)]
        right += [(x + half, y + tall * 0.012), (x + half * 0.5, y - tall * 0.02)]
    canvas.line([(x, ground - tall * 0.2), (x, ground + 4)], colour, max(1.5, tall * 0.025))
    canvas.shape([(x, ground - tall), *left, *reversed(right)], colour)


def leafy(canvas: Canvas, x: float, ground: float, tall: float, colour: str) -> None:
    """Draw a round-headed tree with its light side to the left."""
    bark = mix(colour, "#2a211a", 0.6)
    with canvas.placed(x, ground, tall, tall):
        canvas.shape("-0.06,0.01 -0.03,-0.1 -0.025,-0.6 0.025,-0.6 0.03,-0.1 0.07,0.01", bark)
        canvas.line("0,-0.3 0.13,-0.48", bark, 0.022)
        lobes = [(0.16, -0.5, 0.17), (-0.17, -0.5, 0.17), (0.2, -0.68, 0.17), (-0.2, -0.7, 0.16), (0.02, -0.6, 0.22)]
        for px, py, size in [*lobes, (0.06, -0.83, 0.17), (-0.08, -0.8, 0.16)]:
            lobe = oval(px, py, size, size * 0.92)
            canvas.shape(lobe, colour)
            canvas.shape(lobe, "#f4d58a", 0.3, fade=((px - size, py - size), (px + size * 0.3, py + size * 0.2)))


def tuft(canvas: Canvas, x: float, y: float, tall: float, colour: str) -> None:
    """Draw a few blades of grass from one root."""
    for lean in (-0.55, -0.2, 0.1, 0.5):
        tip = (x + lean * tall, y - tall * canvas.chance.uniform(0.7, 1.1))
        canvas.shape([(x - tall * 0.07 + lean * 3, y), tip, (x + tall * 0.07 + lean * 3, y)], colour, 0.85)


def walker(canvas: Canvas, coat: str, bag: str | None = None) -> None:
    """Draw somebody on foot, seen from behind, one unit tall, feet at zero."""
    dark = mix(coat, "#10131a", 0.65)
    canvas.line("-0.05,-0.42 -0.075,-0.01", dark, 0.085)
    canvas.line("0.06,-0.42 0.08,-0.03", dark, 0.085)
    canvas.shape(curve("-0.12,-0.78 0,-0.83 0.12,-0.78 0.16,-0.36 0,-0.33 -0.16,-0.36", closed=True), coat)
    canvas.line("0.11,-0.75 0.19,-0.5 0.17,-0.4", mix(coat, "#10131a", 0.2), 0.06)
    canvas.shape(oval(0, -0.91, 0.07, 0.085), "#c98f6b")
    canvas.shape(
        [*arc(0, -0.92, 0.08, 0.085, 180, 360), *points("0.075,-0.87 -0.075,-0.87")], mix("#4a3a2c", coat, 0.2)
    )
    if bag:
        canvas.shape(box(-0.12, -0.78, 0.1, -0.45, 0.05), bag)
        canvas.line("-0.09,-0.63 0.07,-0.63", mix(bag, "#000000", 0.3), 0.02)


def passer(canvas: Canvas, coat: str) -> None:
    """Draw somebody walking to the right with a hand held out, one unit tall, feet at zero."""
    dark = mix(coat, "#10131a", 0.7)
    canvas.line("-0.02,-0.42 -0.16,-0.02", dark, 0.085)
    canvas.line("0.02,-0.42 0.1,-0.22 0.15,-0.02", dark, 0.085)
    canvas.shape(curve("-0.07,-0.8 0.06,-0.8 0.11,-0.58 0.16,-0.34 -0.17,-0.34 -0.12,-0.6", closed=True), coat)
    canvas.line("0,-0.72 0.14,-0.58 0.3,-0.64", mix(coat, "#10131a", 0.2), 0.065)
    canvas.shape(oval(0.33, -0.65, 0.035), "#c98f6b")
    canvas.shape(oval(0.03, -0.9, 0.07, 0.08), "#c98f6b")
    canvas.shape([*arc(0.02, -0.91, 0.085, 0.09, 150, 350), (0.05, -0.93)], "#3b2c22")


def crossroads(canvas: Canvas) -> None:
    """Draw a path that parts on a hill after the rain, one way up to a croft, the other down to a town."""
    chance = canvas.chance
    canvas.wash((0, "#54707f"), (150, "#7d979b"), (300, "#d3cfae"), (420, "#f6dfa2"), (520, "#f9e6b4"))
    canvas.glow(300, 300, 820, "#ffd27f", 0.75)
    for rain in ((1250, 60, 520, 110), (1500, 150, 380, 90), (980, 20, 420, 80), (1420, 20, 460, 130)):
        canvas.shape(oval(*rain), "#47606f", 0.55, 34)
    for x in every(860, 1700, 22):
        top = chance.uniform(110, 190)
        canvas.line([(x, top), (x - 60, top + chance.uniform(190, 300))], "#4d6877", 5, 0.14, 5)
    canvas.glow(300, 300, 190, "#fff3cd", 1)
    canvas.shape(oval(300, 300, 40), "#fffbe9")
    far = points("-20,430 180,398 360,420 560,388 760,425 980,394 1200,430 1400,402 1620,436")
    near = points("-20,500 150,455 520,498 760,462 1000,505 1250,466 1460,500 1620,480")
    croft = points("-20,478 110,462 250,486 420,552 600,622 800,690 1000,740")
    town = points("560,720 760,640 960,586 1130,574 1320,602 1480,584 1620,540")
    hill = points("-20,770 240,712 520,676 790,664 1060,692 1350,752 1620,812")
    _slope(canvas, far, "#9db1ac", "#d9d2a4")
    _slope(canvas, near, "#869c86", "#c9c48d")
    for x in every(-10, 1620, 19):
        if chance.random() < 0.5:
            canvas.shape(
                oval(x, 488 + 14 * math.sin(x / 130), chance.uniform(6, 15), chance.uniform(4, 8)), "#6d8671", 0.8
            )
    _slope(canvas, town, "#7d9160", "#c9b968")
    _town(canvas)
    canvas.shape(ribbon(curve("1080,700 1130,664 1092,640 1150,618 1190,602"), 17, 5), "#eedfb2")
    _slope(canvas, croft, "#8a9250", "#e0bf66")
    canvas.shape(ribbon(curve("530,710 470,630 398,590 424,562 330,530 262,494"), 19, 5), "#f2e2b3")
    for x, y in points("96,520 124,540 150,516 196,560 84,566 232,598 300,584"):
        canvas.shape(oval(x + 5, y + 5, 12, 3), "#5d6a36", 0.6)
        canvas.shape(oval(x, y, 9, 6), "#f8efd8")
        canvas.shape(oval(x + 8, y - 2, 3.4), "#4b4438")
    canvas.shape(box(236, 462, 286, 492), "#efe4cb")
    canvas.shape("230,464 242,444 282,444 292,464", "#8d4b3a")
    canvas.shape(box(262, 470, 270, 480), "#5a4a3c")
    for x, tall in points("212,62 306,70 326,52"):
        leafy(canvas, x, 498, tall, "#59703f")
    _slope(canvas, hill, "#587043", "#b5a352")
    canvas.shape(land(hill), "#1d3a33", 0.75, fade="800,1040 740,690")
    with canvas.inside(land(hill)):
        _paths(canvas)
    _signpost(canvas)
    canvas.shape(curve("714,900 820,948 930,992 905,1000 800,962 700,908"), "#1b2d2a", 0.45, 4)
    with canvas.placed(706, 902, 172, 172):
        walker(canvas, "#b5482f", "#33505a")
    for x, ground, tall in ((1330, 764, 150), (1560, 822, 250), (1440, 790, 330)):
        canvas.shape(oval(x + tall * 0.3, ground + tall * 0.07, tall * 0.42, tall * 0.05), "#142b27", 0.5, 5)
        leafy(canvas, x, ground, tall, "#4a6637")


def _slope(canvas: Canvas, knots: Outline, shade: str, light: str) -> None:
    line, ground = curve(knots), land(knots)
    top = min(y for _, y in line)
    canvas.shape(ground, ((top, shade), (top + 260, mix(shade, "#25402f", 0.35))))
    canvas.shape(ground, light, 0.75, fade=((line[0][0], top), (line[-1][0] * 0.8, top + 200)))
    canvas.line(line, "#fff2c4", 2, 0.35)


def _town(canvas: Canvas) -> None:
    chance = canvas.chance
    for x in every(1140, 1340, 17):
        y = 598 + chance.uniform(-8, 10)
        wide, high = chance.uniform(12, 19), chance.uniform(10, 20)
        canvas.shape(box(x, y - high, x + wide, y), chance.choice(("#e9dcc0", "#d9c6a2", "#cfc3b0")))
        canvas.shape([(x - 2, y - high), (x + wide / 2, y - high - 9), (x + wide + 2, y - high)], "#9a5843")
    canvas.shape(box(1246, 548, 1262, 596), "#d9cdb4")
    canvas.shape("1244,549 1254,508 1264,549", "#5f6f6c")


def _paths(canvas: Canvas) -> None:
    chance, earth = canvas.chance, "#ecd9a8"
    canvas.shape(ribbon(curve("775,770 712,730 610,706 520,650"), 66, 22), earth)
    canvas.shape(ribbon(curve("775,770 880,748 1000,722 1110,668"), 66, 22), earth)
    trunk = ribbon(curve("520,1150 650,920 770,766"), 400, 76)
    canvas.shape(trunk, earth)
    canvas.shape(oval(774, 762, 47, 22), earth)
    canvas.shape(trunk, "#6d5f3d", 0.5, fade="620,1040 740,780")
    puddle = curve("-1,0 -0.7,-0.13 0,-0.12 0.4,-0.17 1,-0.02 0.6,0.12 0,0.09 -0.6,0.14", closed=True)
    for left, top, wide in ((610, 962, 74), (742, 790, 20), (660, 714, 14), (940, 735, 15)):
        with canvas.placed(left, top, wide, wide):
            canvas.shape(puddle, "#8fb0b5")
            canvas.shape(puddle, "#fdeec2", fade="-1,0 0.5,0")
    for _ in range(230):
        x, depth = chance.uniform(-10, 1610), chance.random() ** 0.8
        y = 705 + abs(x - 700) * 0.1 + 290 * depth
        track = abs(x - 775 + (y - 766) * 0.75) < 60 + (y - 766) * 0.55
        if not track and (y > 800 or not 480 < x < 1140):
            tuft(canvas, x, y, 8 + 22 * depth, chance.choice(("#8d9a4c", "#3d5a3a", "#b5a352", "#2f4b35")))


def _signpost(canvas: Canvas) -> None:
    canvas.shape(curve("872,800 1000,842 1130,880 1120,890 980,850 866,806"), "#182e29", 0.45, 3)
    left = points("856,590 756,590 734,609 756,628 856,628")
    right = points("876,640 984,640 1008,659 984,678 876,678")
    for board in (left, right):
        canvas.shape(board, "#f3e6c6")
        canvas.shape(board, "#8a6b45", 0.4, fade="950,680 800,590")
        (x0, y0), (x1, _) = board[:2]
        for n in range(3):
            start = x0 + (x1 - x0) * (0.14 + 0.3 * n)
            canvas.line([(start, y0 + 19), (start + (x1 - x0) * 0.17, y0 + 19)], "#5b4a38", 5)
    canvas.shape(box(858, 566, 874, 806, 5), "#5b4433")
    canvas.shape(box(858, 566, 864, 806, 3), "#a5794d")


def cup(canvas: Canvas, colour: str, inside: str, handle: int) -> None:
    """Draw a cup on its saucer, two units wide, standing at zero; ``handle`` is 1 for right, -1 for left."""
    canvas.shape(oval(0.25, 0.16, 2.1, 0.5), "#2a1c14", 0.4, 0.06)
    canvas.shape(oval(0, 0.05, 1.75, 0.42), mix(colour, "#fff4dc", 0.55))
    canvas.shape(oval(0, 0.02, 1.5, 0.33), mix(colour, "#fff4dc", 0.35))
    canvas.shape(oval(0.1, 0.03, 0.9, 0.2), "#2a1c14", 0.3, 0.03)
    canvas.line(
        curve([(handle * 0.86, -1.15), (handle * 1.5, -1.1), (handle * 1.42, -0.6), (handle * 0.7, -0.42)]),
        colour,
        0.17,
    )
    body = [*curve("-1,-1.42 -0.93,-0.7 -0.62,-0.12 -0.4,0.02"), *curve("0.4,0.02 0.62,-0.12 0.93,-0.7 1,-1.42")]
    canvas.shape(body, colour)
    canvas.shape(body, "#1a1311", 0.5, fade="1,-0.5 -0.5,-0.8")
    canvas.shape(body, "#fff0cf", 0.35, fade="-1,-0.8 -0.35,-0.7")
    canvas.shape(oval(0, -1.42, 1, 0.27), mix(colour, "#fff4dc", 0.5))
    canvas.shape(oval(0, -1.41, 0.92, 0.23), mix(colour, "#1a1311", 0.35))
    canvas.shape(oval(0, -1.35, 0.84, 0.17), inside)
    for x, tall in points("-0.3,1 0.28,0.72"):
        steam = curve(
            [(x, -1.42), (x + 0.2, -1.42 - tall * 0.7), (x - 0.1, -1.42 - tall * 1.5), (x + 0.3, -1.42 - tall * 2.6)]
        )
        canvas.shape(ribbon(steam, 0.24, 0.03), "#fff3da", 0.5, 0.05)


def chair_back(canvas: Canvas, wood: str) -> None:
    """Draw the back of a kitchen chair that stands behind the table: two units wide, its top at -3."""
    for x in (-0.6, -0.2, 0.2, 0.6):
        canvas.line([(x, 0), (x, -2.8)], mix(wood, "#16100d", 0.25), 0.1)
    for x in (-1, 1):
        canvas.line([(x * 0.92, 0.2), (x, -2.9)], wood, 0.2)
    rail = curve("-1.12,-2.62 0,-2.86 1.12,-2.62") + curve("1.12,-3.02 0,-3.32 -1.12,-3.02")
    canvas.shape(rail, wood)
    canvas.shape(rail, "#ffdf9c", 0.3, fade="-1.2,-3 0.4,-3")


def kitchen_window(canvas: Canvas) -> None:
    """Draw morning seen through four panes, a herb in a pot on the sill."""
    panes = box(150, 80, 550, 540)
    with canvas.inside(panes):
        canvas.shape(panes, ((80, "#9fc0bf"), (300, "#f3dda6"), (400, "#ffecbd")))
        canvas.glow(250, 330, 330, "#fff6d8", 1)
        canvas.shape(land("140,420 260,380 390,410 560,366"), "#9db5a1")
        canvas.shape(land("140,450 300,462 430,430 560,446"), "#6f9280")
        for x, tall in points("470,120 505,92 440,80"):
            pine(canvas, x, 470, tall, "#46695c")
        canvas.shape(land("140,500 330,480 560,500"), "#4f7560")
    for bar in (box(342, 80, 358, 540), box(150, 296, 550, 310)):
        canvas.shape(bar, "#e8d9ba")
    for edge in (box(130, 60, 150, 560), box(550, 60, 570, 560), box(130, 60, 570, 80), box(130, 540, 570, 560)):
        canvas.shape(edge, "#f1e4c6")
    canvas.shape(box(104, 556, 596, 578, 4), "#f1e4c6")
    canvas.shape(box(104, 578, 596, 592), "#1c332e", 0.5, 3)
    for side in (1, -1):
        with canvas.placed(350, 52, side, 1):
            cloth = [*points("126,0 244,0"), *curve("240,250 232,420 226,500"), *curve("196,494 170,502 136,496")]
            canvas.shape(cloth, "#c98a4a")
            with canvas.inside(cloth):
                for x in (152, 184, 216):
                    canvas.line(curve([(x, -10), (x + 3, 240), (x - 4, 510)]), "#7c4a28", 9, 0.6, 5)
                canvas.shape(cloth, "#ffdf9f", 0.4, fade="120,250 190,250")
    canvas.line("92,52 608,52", "#4a3526", 9)
    canvas.shape("254,500 316,500 308,556 262,556", "#a9543a")
    canvas.shape(box(249, 492, 321, 508, 3), "#bb6446")
    for _ in range(34):
        x, y = canvas.chance.gauss(285, 24), canvas.chance.uniform(420, 492)
        canvas.shape(oval(x, y, 9, 6), canvas.chance.choice(("#48693f", "#6c8a4a", "#35573c")))


def table(canvas: Canvas) -> None:
    """Draw a kitchen table laid for two, with the morning coming in from the left."""
    wood = "#b57b45"
    canvas.wash((0, "#2c4a43"), (640, "#3d6156"), (1000, "#22362f"))
    canvas.glow(340, 320, 900, "#8fae8c", 0.5)
    canvas.shape(box(0, 0, 1600, 1000), "#14241f", 0.55, fade="1600,200 700,300")
    for x, y in points("690,170 820,150"):
        for row in (0, 176):
            light = [(x, y + row + 26), (x + 112, y + row), (x + 112, y + row + 158), (x, y + row + 184)]
            canvas.shape(light, "#ffd98c", 0.42, 1.5)
    kitchen_window(canvas)
    _shelf(canvas)
    canvas.line("960,-5 960,96", "#14211d", 5)
    shade = curve("862,186 880,126 930,96 990,96 1040,126 1058,186")
    canvas.shape(shade, "#b5512f")
    canvas.shape(shade, "#5c2418", 0.7, fade="1058,150 900,140")
    canvas.shape(oval(960, 186, 98, 13), "#f0cf95")
    for x, side in ((470, "#7d4d2e"), (1150, "#6b4029")):
        with canvas.placed(x, 676, 118, 76):
            chair_back(canvas, side)
    canvas.shape(box(0, 900, 1600, 1000), "#17231f")
    for x in (180, 1386):
        canvas.shape([(x - 26, 930), (x + 26, 930), (x + 20, 1010), (x - 20, 1010)], "#5d3a22")
    top = points("232,650 1368,650 1560,920 40,920")
    canvas.shape("40,916 1560,916 1554,958 46,958", "#75472a")
    with canvas.inside(top):
        canvas.shape(top, ((650, mix(wood, "#f2d49a", 0.35)), (920, wood)))
        for n in range(1, 6):
            near, far = 40 + 1520 * n / 6, 232 + 1136 * n / 6
            canvas.line([(far, 650), (near, 920)], "#8a5830", 3, 0.6)
        for _ in range(46):
            y = canvas.chance.uniform(656, 916)
            x = canvas.chance.uniform(60, 1500)
            canvas.line(curve([(x, y), (x + 60, y + 2), (x + 140, y)]), "#8a5830", 1.6, 0.3)
        canvas.shape("250,650 560,650 830,920 400,920", "#ffe2a1", 0.5, 7)
        canvas.shape("620,650 860,650 1240,920 900,920", "#ffe2a1", 0.4, 7)
        canvas.shape(top, "#3b2012", 0.6, fade="1560,850 760,760")
    canvas.line("40,918 1560,918", "#f0c987", 3, 0.6)
    _breakfast(canvas)


def _shelf(canvas: Canvas) -> None:
    canvas.shape(box(1150, 356, 1540, 380), "#101d19", 0.5, 8)
    for x in (1200, 1490):
        canvas.shape([(x, 352), (x + 12, 352), (x + 12, 396)], "#5d3a22")
    canvas.shape(box(1140, 338, 1550, 354, 3), "#8a5a35")
    for x, tall, wide, colour in ((1180, 92, 66, "#c9a464"), (1264, 70, 56, "#7f9a8a"), (1336, 108, 62, "#a85a3c")):
        canvas.shape(box(x, 338 - tall, x + wide, 338, 9), colour)
        canvas.shape(box(x, 338 - tall, x + wide, 338, 9), "#101d19", 0.5, fade=((x + wide, 300), (x, 300)))
        canvas.shape(box(x - 3, 334 - tall, x + wide + 3, 350 - tall, 4), mix(colour, "#f4e4c0", 0.45))
        canvas.shape(box(x + 12, 350 - tall * 0.62, x + wide - 12, 338 - tall * 0.2, 2), "#efe2c4", 0.75)
    for n, colour in enumerate(("#dccfae", "#b7c3b1", "#e6d9ba")):
        canvas.shape(oval(1456 + 16 * n, 288, 42, 50), colour)
        canvas.shape(oval(1456 + 16 * n, 288, 28, 34), mix(colour, "#45594f", 0.35))


def _breakfast(canvas: Canvas) -> None:
    with canvas.placed(62, -22):
        _flowers(canvas)
    with canvas.placed(792, 838, 0.92, 0.92):
        canvas.shape(oval(8, 10, 150, 34), "#2a1c14", 0.35, 5)
        canvas.shape(oval(0, 0, 140, 34), "#e9dfc6")
        canvas.shape(oval(0, -2, 112, 25), "#d2c6a8")
        for x, y in points("-44,-16 46,-14 0,-36"):
            bun = curve("-46,8 -36,-20 0,-30 36,-20 46,8 0,18", closed=True)
            turns = [step * 0.5 for step in range(29)]
            swirl = [((32 - t * 2.1) * math.cos(t * 0.9), (17 - t * 1.1) * math.sin(t * 0.9) - 8) for t in turns]
            with canvas.placed(x, y):
                canvas.shape(bun, "#b06a30")
                canvas.shape(bun, "#f0bd74", 0.5, fade="-46,-30 10,0")
                canvas.line(swirl, "#6d3b1c", 4, 0.8)
    for x, y, size, colour, side in ((520, 806, 64, "#35607a", -1), (1062, 850, 66, "#b5512f", 1)):
        with canvas.placed(x, y, size, size):
            cup(canvas, colour, "#3b2218", side)


def _flowers(canvas: Canvas) -> None:
    canvas.shape(oval(1254, 792, 120, 18), "#2a1c14", 0.45, 6)
    left = curve("1160,640 1176,676 1146,724 1142,756 1168,792")
    jug = [*left, *[(2410 - x, y) for x, y in reversed(left)]]
    stems = [(1180, 500, "#e8b04a"), (1226, 470, "#e9ddc2"), (1262, 512, "#d9823f"), (1200, 540, "#e9ddc2")]
    for x, y, flower in [*stems, (1290, 560, "#e8b04a"), (1140, 556, "#d9823f")]:
        canvas.line(curve([(1205, 660), (1205 + (x - 1205) * 0.3, 600), (x, y)]), "#4d6b45", 4)
        canvas.shape(oval((x + 1205) / 2 + 12, (y + 640) / 2, 15, 6), "#5d7d4c")
        for turn in range(0, 360, 45):
            canvas.shape(oval(x + 11 * math.cos(math.radians(turn)), y + 11 * math.sin(math.radians(turn)), 8), flower)
        canvas.shape(oval(x, y, 7), "#7a4a24")
    canvas.line(curve("1244,668 1304,664 1304,724 1262,744"), "#d3c8ad", 11)
    canvas.shape(jug, "#e6dcc4")
    canvas.shape(jug, "#3d3a33", 0.6, fade="1264,720 1150,700")
    canvas.shape(oval(1205, 640, 45, 9), "#8d8674")


def perched(canvas: Canvas, x: float, y: float, size: float, way: int) -> None:
    """Draw a small bird sitting on something at (x, y), looking right (1) or left (-1)."""
    with canvas.placed(x, y, size * way, size):
        for leg in (-0.04, 0.1):
            canvas.line([(leg, -0.25), (leg + 0.02, 0)], "#12202a", 0.045)
        body = points("-0.62,0.12 -0.34,-0.34 0,-0.72 0.2,-0.82 0.35,-0.7 0.32,-0.4 0.1,-0.16 -0.2,-0.14")
        canvas.shape(curve(body, closed=True), "#14242f")
        canvas.shape("0.32,-0.75 0.52,-0.66 0.32,-0.61", "#14242f")
        canvas.shape(curve("0.3,-0.62 0.3,-0.4 0.1,-0.2 0.16,-0.42", closed=True), "#c47a52", 0.8)


def wires(canvas: Canvas) -> None:
    """Draw telephone poles walking off into the afterglow, the birds home from the fields."""
    chance, vanishing = canvas.chance, (330, 800)
    canvas.wash(
        (0, "#1b384e"), (240, "#3d6178"), (450, "#9d8890"), (590, "#df9f7c"), (720, "#f6c88d"), (800, "#fce2ab")
    )
    canvas.glow(*vanishing, 780, "#ffcf83", 0.7)
    for _ in range(46):
        canvas.shape(
            oval(chance.uniform(0, 1600), chance.uniform(0, 300), chance.uniform(0.8, 1.9)),
            "#e9eee6",
            chance.uniform(0.3, 0.9),
        )
    crescent = [*arc(0, 0, 44, 44, 90, 270), *reversed(arc(0, 0, 24, 44, 90, 270))]
    canvas.shape([(250 + x * 0.88 + y * 0.47, 168 + y * 0.88 - x * 0.47) for x, y in crescent], "#fbf1d2")
    for _ in range(11):
        y = chance.uniform(430, 690)
        cloud(
            canvas,
            chance.uniform(-100, 1500),
            y,
            chance.uniform(160, 420),
            mix("#7d7485", "#f9b184", (y - 400) / 300),
            0.6,
        )
    canvas.glow(*vanishing, 240, "#fff0c2", 0.9)
    canvas.shape(ridge(chance, 786, 26, 760, 0.35), ((740, "#8f7a80"), (830, "#c99c80")))
    canvas.shape(ridge(chance, 812, 14, 520, 0.4), ((790, "#5b5f6c"), (860, "#6f6668")))
    for x in every(640, 1600, 15):
        if chance.random() < 0.6:
            canvas.shape(oval(x, 822, chance.uniform(8, 20), chance.uniform(6, 16)), "#444f5c")
    field = land("-20,838 300,822 700,836 1100,826 1620,852")
    canvas.shape(field, ((820, "#5c5b58"), (900, "#2c3a41"), (1000, "#162630")))
    for n in range(9):
        canvas.line([(330 + (n - 4) * 10, 832), (330 + (n - 4) * 330, 1010)], "#131f28", 5, 0.28, 2)
    _cottage(canvas)
    poles = [2.5, 1, 0.45, 0.26, 0.165, 0.11]
    for far, near in zip(poles[:0:-1], poles[-2::-1], strict=True):
        _span(canvas, vanishing, far, near)
        _pole(canvas, vanishing, far)
    _roost(canvas, vanishing)
    for x, y, span in ((560, 250, 62), (640, 214, 46), (486, 300, 40), (700, 290, 34), (420, 236, 30), (590, 340, 26)):
        gull(canvas, x, y, span, "#182a36")
    for _ in range(210):
        x, y = chance.uniform(-10, 1610), chance.uniform(930, 1015)
        tuft(canvas, x, y, 16 + (y - 920) * 0.35, chance.choice(("#1b2d36", "#0f1d26", "#4b4a44")))


def _roost(canvas: Canvas, vanishing: Point) -> None:
    roosting = [(0, 0.1, 1), (0, 0.19, -1), (0, 0.44, 1), (0, 0.54, 1), (0, 0.61, -1), (4, 0.7, 1), (7, 0.3, -1)]
    for strand, along, way in roosting:
        x, y, scale = _strand(vanishing, 0.45, 1, strand, along)
        perched(canvas, x, y, 50 * scale**0.8, way)
    for strand, along, way in ((7, 0.06, 1), (7, 0.1, -1)):
        x, y, scale = _strand(vanishing, 1, 2.5, strand, along)
        perched(canvas, x, y, 46 * scale**0.8, way)


def _cottage(canvas: Canvas) -> None:
    with canvas.placed(930, 838):
        leafy(canvas, -62, 2, 86, "#303c47")
        leafy(canvas, -98, 2, 60, "#303c47")
        canvas.shape(box(-36, -42, 46, 0), "#39434f")
        canvas.shape("-48,-40 -26,-76 34,-76 58,-40", "#27333f")
        canvas.shape(box(20, -94, 33, -66), "#27333f")
        for x in (-20, 14):
            canvas.shape(box(x, -30, x + 14, -13), "#ffd98a")
            canvas.glow(x + 7, -22, 40, "#ffc46b", 0.7)


def _strand(vanishing: Point, far: float, near: float, strand: int, along: float) -> tuple[float, float, float]:
    scale = far + (near - far) * along
    arm, pin = divmod(strand, 4)
    across, up = (-118, -62, 62, 118)[pin], (-694, -600)[arm]
    sag = 4 * along * (1 - along) * (0.3 + 0.7 * along) * 66 * (near - far)
    return vanishing[0] + (890 + across) * scale, vanishing[1] + (up + across * 0.1) * scale + sag, scale


def _span(canvas: Canvas, vanishing: Point, far: float, near: float) -> None:
    for strand in range(8):
        strung = [_strand(vanishing, far, near, strand, step / 30)[:2] for step in range(31)]
        canvas.shape(ribbon(strung, max(0.9, 2.6 * far), max(1, 2.6 * near)), "#14222c", 0.9)


def _pole(canvas: Canvas, vanishing: Point, scale: float) -> None:
    with canvas.placed(vanishing[0] + 890 * scale, vanishing[1], scale, scale):
        post = points("-15,-742 13,-742 21,250 -23,250")
        canvas.shape(post, "#22303a")
        canvas.shape(post, "#e0925f", 0.75, fade="-22,0 6,0")
        for up in (-680, -586):
            canvas.shape([(-138, up - 24), (138, up + 4), (138, up + 22), (-138, up - 6)], "#1b2933")
            canvas.line([(-138, up - 24), (138, up + 4)], "#d48c60", 3, 0.8)
            canvas.line([(-80, up - 6), (0, up + 70), (80, up + 10)], "#1b2933", 6)
            for x in (-118, -62, 62, 118):
                canvas.shape(box(x - 6, up - 36 + x * 0.1, x + 6, up - 8 + x * 0.1, 4), "#b9c7bf")


def mist(canvas: Canvas, y: float, deep: float, colour: str, opacity: float) -> None:
    """Draw a bank of mist across the picture, thinning up and down."""
    for _ in range(9):
        x, drift = canvas.chance.uniform(-200, 1800), canvas.chance.uniform(-0.5, 0.5) * deep
        canvas.shape(
            oval(x, y + drift, canvas.chance.uniform(260, 620), deep * 0.5), colour, opacity * 0.45, deep * 0.35
        )
    canvas.shape(box(-200, y - deep * 0.5, 1800, y + deep * 0.5), colour, opacity, deep * 0.4)


def bridge(canvas: Canvas) -> None:
    """Draw two people meeting on a bridge; the valley under them is full of mist."""
    chance, pale = canvas.chance, "#e9eee2"
    canvas.wash((0, "#86a6aa"), (220, "#b8ccc6"), (420, "#e8ead4"), (620, "#eef0dd"), (1000, "#9fb6b3"))
    canvas.glow(1130, 250, 760, "#fff3cf", 0.95)
    canvas.shape(oval(1130, 250, 54), "#fffdf0")
    for base, high, long, colour in ((420, 84, 900, "#b9cbc7"), (500, 64, 620, "#9fb9b7"), (580, 46, 480, "#86a6a5")):
        canvas.shape(
            ridge(chance, base, high, long, 0.42), ((base - 120, colour), (base + 110, mix(colour, pale, 0.9)))
        )
        mist(canvas, base + 130, 90, pale, 0.5)
    wood = [(float(x), 640 + 34 * math.sin(x / 190)) for x in range(-20, 1640, 20)]
    canvas.shape([*wood, *points("1640,1000 -20,1000")], ((600, "#7f9f9e"), (720, pale)))
    for x, ground in wood:
        if chance.random() < 0.8:
            pine(canvas, x + chance.uniform(-8, 8), ground + 12, chance.uniform(50, 110), "#7f9f9e")
    mist(canvas, 680, 120, pale, 0.8)
    _viaduct(canvas)
    mist(canvas, 830, 190, pale, 0.7)
    mist(canvas, 700, 60, pale, 0.25)
    for x, y, span in ((420, 190, 46), (480, 160, 32), (372, 236, 26), (540, 216, 24)):
        gull(canvas, x, y, span, "#4d6c70")
    for x, ground, tall, colour in (
        (44, 1030, 460, "#3f6765"),
        (156, 1060, 350, "#365c5b"),
        (1562, 1030, 530, "#3a6260"),
        (1450, 1060, 390, "#33595a"),
        (1370, 1060, 250, "#3f6765"),
    ):
        pine(canvas, x, ground, tall, colour)
    mist(canvas, 960, 110, "#cfdcd4", 0.55)
    for x in every(-20, 1640, 38):
        dip = math.sin((x + 20) / 1640 * math.pi)
        pine(
            canvas,
            x + chance.uniform(-20, 20),
            1060 + 110 * dip,
            chance.uniform(190, 300),
            chance.choice(("#1d4042", "#234a4a", "#183739")),
        )


def _viaduct(canvas: Canvas) -> None:
    stone, shade = "#6f8a89", "#4b6b6d"
    piers = [(140 + 340 * n, 214 + 340 * n) for n in range(-1, 5)]
    openings = [((left + right) / 2, (right - left) / 2) for (_, left), (right, _) in pairwise(piers)]
    below = [(1640.0, 1000.0)]
    for middle, reach in reversed(openings):
        below += [(middle + reach, 1000), *arc(middle, 660, reach, 132, 0, -180), (middle - reach, 1000)]
    deck = [(float(x), 486 - 16 * math.sin((x + 20) / 1640 * math.pi)) for x in range(-20, 1641, 20)]
    body = [*deck, *below, (-20, 1000)]
    for middle, reach in openings:
        soffit = [*arc(middle, 660, reach, 132, 270, 360), (middle + reach, 1000)]
        canvas.shape([*soffit, *[(x - 28, y) for x, y in reversed(soffit)]], ((520, shade), (860, "#b9cac2")))
    canvas.shape(body, ((470, stone), (620, mix(stone, "#a9bdb6", 0.25)), (900, "#c5d2c9")))
    with canvas.inside(body):
        for y in every(540, 900, 26):
            for x in every(-20 + y // 26 % 2 * 30, 1640, 60):
                if canvas.chance.random() < 0.45:
                    canvas.shape(box(x, y, x + 56, y + 22, 4), canvas.chance.choice((shade, "#93aaa4")), 0.22)
        for middle, reach in openings:
            inner, outer = arc(middle, 660, reach, 132, 180, 360), arc(middle, 660, reach + 22, 154, 180, 360)
            canvas.line(outer, shade, 2, 0.6)
            for ends in list(zip(inner, outer, strict=True))[::3]:
                canvas.line(ends, shade, 2.4, 0.7)
        for left, right in piers:
            canvas.shape(box(left, 520, right, 1000), "#3d5f62", 0.4, fade=((left, 700), (right, 700)))
    for x, coat, way in ((716, "#b5482f", 1), (840, "#d8a03f", -1)):
        with canvas.placed(x, 474, 92 * way, 92):
            passer(canvas, coat)
    canvas.shape([*deck, *[(x, y + 34) for x, y in reversed(deck)]], stone)
    canvas.line([(x, y) for x, y in deck], "#cfd9cd", 5)
    canvas.line([(x, y + 36) for x, y in deck], shade, 5)


def mailbox(canvas: Canvas, colour: str, number: str, *, opened: bool = False, flag: bool = False) -> None:
    """Draw a round-topped mailbox a hundred wide, seen from the front, its floor at zero."""
    front = [(-50.0, 0.0), *arc(0, -84, 50, 46, 180, 360), (50.0, 0.0)]
    for step in range(30, -1, -1):
        canvas.shape([(x + step * 1.3, y - step * 0.7) for x, y in front], mix(colour, "#10211f", 0.42 - step * 0.004))
    canvas.line([(x + 39, y - 21) for x, y in arc(0, -84, 50, 46, 250, 340)], mix(colour, "#fff2c8", 0.5), 3, 0.7)
    canvas.shape(front, mix(colour, "#10211f", 0.72) if opened else colour)
    if opened:
        for x, y, lean, paper in ((-8, -58, -0.1, "#efe5cb"), (6, -44, 0.12, "#fbf4e0"), (-2, -30, -0.04, "#dfe6da")):
            canvas.shape([(x - 32, y), (x + 32, y + 64 * lean), (x + 32, 0), (x - 32, 0)], paper)
            canvas.shape(box(x + 16, y + 64 * lean * 0.8 + 6, x + 27, y + 64 * lean * 0.8 + 20), "#b5482f")
        canvas.shape("-50,0 50,0 42,34 -58,34", colour)
        canvas.shape("-50,0 50,0 42,34 -58,34", "#10211f", 0.3)
    else:
        canvas.shape(front, "#10211f", 0.35, fade="-50,-20 30,-80")
        canvas.shape(front, "#fff0c0", 0.4, fade="50,-110 -10,-70")
        canvas.line([(-50, 0), *arc(0, -84, 46, 42, 180, 360), (46, 0)], mix(colour, "#10211f", 0.35), 3, 0.6)
        canvas.shape(box(-26, -82, 26, -74, 4), mix(colour, "#0b1615", 0.7))
        canvas.shape(box(-24, -54, 24, -28, 3), "#f4e9cc")
        canvas.shape(oval(0, -104, 5), "#f0d9a0")
        _digits(canvas, number)
    if flag:
        canvas.line("62,-70 62,-142", "#8f2f24", 5)
        canvas.shape("62,-144 96,-144 96,-120 62,-120", "#c9412f")


def _digits(canvas: Canvas, number: str) -> None:
    strokes = {
        "1": "0.5,0 0.5,1",
        "2": "0,0 1,0 1,0.5 0,0.5 0,1 1,1",
        "4": "0,0 0,0.5 1,0.5 1,0 1,1",
        "7": "0,0 1,0 0.4,1",
        "5": "1,0 0,0 0,0.5 1,0.5 1,1 0,1",
        "3": "0,0 1,0 1,0.5 0.2,0.5 1,0.5 1,1 0,1",
        "9": "1,0.5 0,0.5 0,0 1,0 1,1 0,1",
        "6": "1,0 0,0 0,1 1,1 1,0.5 0,0.5",
        "8": "0,0 1,0 1,1 0,1 0,0 0,0.5 1,0.5",
    }
    start = -5.5 * len(number) + 1
    for place, digit in enumerate(number):
        with canvas.placed(start + 11 * place, -49, 7, 15):
            canvas.line(strokes[digit], "#2b2f2c", 0.22)


def mailboxes(canvas: Canvas) -> None:
    """Draw eight mailboxes on one rail beside a country road, the flag up on one of them."""
    chance = canvas.chance
    canvas.wash((0, "#9cc3c4"), (230, "#cfdcc4"), (430, "#f8ebbf"), (560, "#fdeec4"))
    canvas.glow(1250, 330, 760, "#fff4cf", 0.95)
    canvas.shape(oval(1250, 330, 46), "#fffbea")
    for base, high, long, colour in ((470, 70, 860, "#a3bfae"), (530, 46, 640, "#7fa48f"), (590, 30, 520, "#5d8a72")):
        canvas.shape(
            ridge(chance, base, high, long, 0.4), ((base - 90, colour), (base + 90, mix(colour, "#f6ecc6", 0.55)))
        )
    mist(canvas, 600, 50, "#f5eecf", 0.5)
    canvas.shape(
        land("-20,640 400,610 900,640 1620,600"),
        ((610, "#6f9a6a"), (800, "#3d6b50"), (1000, "#234a3d")),
    )
    verge = curve("1150,1010 1310,870 1346,780 1302,716 1330,676 1396,652 1412,622")
    edge = curve("1422,622 1430,656 1382,686 1386,716 1500,800 1600,900 1680,1010")
    canvas.shape([*verge, *edge], ((620, "#f3e6bd"), (800, "#d9c697"), (1000, "#a08f6b")))
    canvas.shape(box(1392, 590, 1440, 622), "#f0e3c4")
    canvas.shape("1386,592 1400,568 1432,568 1446,592", "#9a4c38")
    for left, tall in ((1352, 74), (1474, 88), (1510, 60), (620, 66), (676, 48), (560, 50)):
        leafy(canvas, left, 627, tall, "#4f7d58")
    _birches(canvas)
    canvas.shape(box(150, 852, 1130, 872), "#142c26", 0.45, 9)
    for x in every(240, 1081, 420):
        canvas.shape(box(x - 16, 640, x + 16, 876), "#5f4630")
        canvas.shape(box(x - 16, 640, x + 16, 876), "#e3b877", 0.5, fade=((x + 16, 700), (x - 8, 700)))
    canvas.shape(box(130, 690, 1260, 726, 5), "#8b6842")
    canvas.shape(box(130, 690, 1260, 698, 4), "#d6ab70")
    canvas.shape(box(130, 714, 1260, 726, 4), "#5f4630")
    colours = ["#a8402f", "#d9a441", "#2f5f5a", "#e5d8b8", "#38648a", "#c06a3a", "#5f7f58", "#7d3b4a"]
    for n, (colour, number) in enumerate(zip(colours, ("12", "14", "15", "17", "21", "22", "24", "27"), strict=True)):
        with canvas.placed(206 + 134 * n, 690, 1.02, chance.uniform(0.98, 1.22)):
            mailbox(canvas, colour, number, opened=n == 4, flag=n == 1)
    perched(canvas, 886, 546, 52, -1)
    for _ in range(260):
        x, y = chance.uniform(-10, 1300), chance.uniform(850, 1010)
        if x < 1180 - (y - 850) * 1.4:
            tuft(canvas, x, y, 14 + (y - 840) * 0.22, chance.choice(("#2f5d45", "#1d4436", "#6f935a", "#a9b567")))
    for x in every(-20, 150, 12):
        tuft(canvas, x, 892 + chance.uniform(0, 16), 30, chance.choice(("#2f5d45", "#1d4436", "#6f935a")))
    for _ in range(48):
        x, y = chance.uniform(0, 1050), chance.uniform(860, 990)
        canvas.line([(x, y), (x + 3, y - 26)], "#2f5d45", 2)
        canvas.shape(oval(x + 3, y - 28, 5), chance.choice(("#f6efd6", "#e8b04a", "#c96a52")))


def _birches(canvas: Canvas) -> None:
    for x, wide in points("52,34 -8,26 118,20"):
        trunk = [(x - wide / 2, -10), (x + wide / 2, -10), (x + wide * 0.7, 880), (x - wide * 0.7, 880)]
        canvas.shape(trunk, "#ece5d2")
        canvas.shape(trunk, "#5f7a70", 0.6, fade=((x - wide * 0.7, 400), (x + wide * 0.4, 400)))
        for _ in range(16):
            y = canvas.chance.uniform(0, 860)
            side = canvas.chance.choice((-1, 1))
            canvas.line(
                [(x + side * wide * 0.5, y), (x + side * wide * canvas.chance.uniform(0, 0.3), y + 2)],
                "#2d332e",
                4,
                0.8,
            )
    for _ in range(300):
        x, y = abs(canvas.chance.gauss(0, 130)) - 20, abs(canvas.chance.gauss(0, 95)) - 20
        canvas.shape(
            oval(x, y, canvas.chance.uniform(7, 15), canvas.chance.uniform(5, 9)),
            canvas.chance.choice(("#6f9a5a", "#8fb066", "#4f7f52", "#c0c26a")),
            0.9,
        )


def window(canvas: Canvas) -> None:
    """Draw a chair with nobody in it before a window open to the sea."""
    canvas.wash((0, "#24394e"), (770, "#3a5268"), (1000, "#22303e"))
    canvas.glow(960, 360, 980, "#8b9aa0", 0.6)
    canvas.shape(box(0, 0, 1600, 800), "#131f2d", 0.6, fade="1600,300 1150,350")
    canvas.shape(box(0, 0, 1600, 800), "#131f2d", 0.6, fade="0,300 520,350")
    _picture_on_the_wall(canvas)
    _sea_view(canvas)
    floor = points("-10,782 1610,782 1610,1010 -10,1010")
    canvas.shape(box(-10, 752, 1610, 784), "#1f3143")
    canvas.line("-10,752 1610,752", "#5d7385", 3, 0.7)
    with canvas.inside(floor):
        canvas.shape(floor, ((782, "#5b473c"), (1000, "#3a2c29")))
        for n in range(-14, 32):
            canvas.line([(900 + (n - 9) * 84, 782), (900 + (n - 9) * 190, 1010)], "#2b2021", 3, 0.7)
        canvas.shape("770,790 1180,790 1000,1010 410,1010", "#ffcf87", 0.75, 5)
        canvas.shape(floor, "#151a22", 0.65, fade="1610,900 1150,900")
        canvas.shape(floor, "#151a22", 0.65, fade="-10,900 460,900")
    for x0, y0, x1, y1 in ((600, 948, 420, 1010), (770, 948, 590, 1010)):
        canvas.line([(x0, y0), (x1, y1)], "#231a1c", 16, 0.7, 3)
    with canvas.placed(690, 950):
        _empty_chair(canvas)
    _side_table(canvas)


def _picture_on_the_wall(canvas: Canvas) -> None:
    canvas.shape(box(168, 206, 410, 386), "#0f1a26", 0.5, 8)
    canvas.shape(box(160, 196, 400, 376), "#8a6a48")
    canvas.shape(box(170, 206, 390, 366), "#d9cdb2")
    with canvas.inside(box(192, 226, 368, 346)):
        canvas.shape(box(192, 226, 368, 346), ((226, "#7f9aa0"), (300, "#e2c297")))
        canvas.shape([*curve("190,306 240,280 300,306 370,284"), *points("370,350 190,350")], "#4f6f78")
        canvas.shape(box(190, 318, 370, 350), "#355261")
    canvas.shape(box(160, 196, 400, 376), "#131f2d", 0.35, fade="160,290 420,290")


def _sea_view(canvas: Canvas) -> None:
    opening = box(742, 120, 1218, 640)
    with canvas.inside(opening):
        canvas.shape(opening, ((120, "#7fa9b5"), (280, "#c9d3bd"), (420, "#fbdfa6"), (452, "#ffebbf")))
        canvas.glow(1090, 400, 380, "#fff1c9", 1)
        canvas.shape(oval(1090, 396, 34), "#fffbe8")
        for place in ((860, 200, 150), (1020, 246, 170), (820, 300, 120)):
            cloud(canvas, *place, "#fff0d2", 0.6)
        canvas.shape([*curve("730,452 800,420 880,408 950,436 1010,452")], "#8fa3a3")
        canvas.shape(box(730, 450, 1230, 650), ((450, "#f7dfad"), (500, "#b9c2ac"), (640, "#4f7f8a")))
        for n in range(46):
            depth = n / 46
            x = 1090 + canvas.chance.gauss(0, 12 + 44 * depth)
            canvas.shape(oval(x, 455 + depth * 150, 7 + 18 * depth, 1 + 1.6 * depth), "#fff3cd", 0.85 - 0.6 * depth)
        canvas.shape("838,486 838,412 874,476", "#fdf3da")
        canvas.shape("833,478 833,424 812,474", "#e9d7b4")
        canvas.shape("806,484 882,484 870,496 816,496", "#7a4434")
        for x in every(730, 1250, 18):
            high = canvas.chance.uniform(16, 44)
            canvas.shape(oval(x, 640, 22, high), canvas.chance.choice(("#3f6552", "#4f7757", "#35574a")))
    for bar in (box(722, 100, 742, 660), box(1218, 100, 1238, 660), box(722, 100, 1238, 120)):
        canvas.shape(bar, "#d8ccb4")
    canvas.shape(box(704, 638, 1256, 664, 4), "#e6d9bd")
    canvas.shape(box(704, 664, 1256, 684), "#131f2d", 0.5, 5)
    for side in (1, -1):
        with canvas.placed(980, 0, side, 1):
            frame = points("258,100 420,52 420,724 258,660")
            glass = [[(276, 118), (402, 82), (402, 372), (276, 374)], [(276, 392), (402, 394), (402, 692), (276, 642)]]
            canvas.shape(frame, "#cfc2a8")
            canvas.shape(frame, "#5b6670", 0.5, fade="420,400 258,400")
            for pane in glass:
                canvas.shape(pane, "#5f7c88")
                canvas.shape(pane, "#fbe3b0", 0.75, fade="262,380 420,380")
    canvas.line("520,44 1486,44", "#8a6a48", 9)
    sheer = [*points("560,44 742,44"), *curve("742,44 730,220 690,360 600,470 540,590 560,700")]
    sheer += [*curve("560,700 500,690 440,650"), *curve("440,650 470,480 540,330 560,44")]
    canvas.shape(sheer, "#f3e6ca", 0.8)
    with canvas.inside(sheer):
        for n in range(5):
            fold = curve(
                [(592 + 32 * n, 40), (590 + 30 * n, 230), (548 + 32 * n, 370), (486 + 28 * n, 500), (456 + 24 * n, 720)]
            )
            canvas.shape(ribbon(fold, 8, 22), "#8a94a0", 0.5, 6)
    fall = [*points("1340,44 1462,44"), *curve("1456,400 1450,730"), *curve("1400,738 1362,728"), (1346, 400)]
    canvas.shape(fall, "#d9cfbb", 0.85)
    with canvas.inside(fall):
        for n in range(4):
            canvas.shape(
                ribbon(curve([(1362 + 28 * n, 40), (1370 + 25 * n, 400), (1378 + 22 * n, 740)]), 8, 12),
                "#5f6d7c",
                0.5,
                5,
            )


def _empty_chair(canvas: Canvas) -> None:
    dark, rim = "#3a2620", "#f0b877"
    for x in (-66, 72):
        canvas.line([(x, -190), (x * 1.02, -40)], "#2a1c1a", 13)
    canvas.line("-66,-100 72,-100", "#2a1c1a", 8)
    canvas.shape("-74,-236 80,-236 100,-190 -94,-190", "#b98b52")
    for n in range(7):
        canvas.line([(-68 + 22 * n, -234), (-84 + 27 * n, -192)], "#7d5830", 3, 0.8)
    canvas.shape("-22,-240 18,-262 66,-246 28,-222", "#a5402f")
    canvas.shape("-22,-240 28,-222 28,-214 -22,-232", "#efe3c6")
    canvas.shape(box(-100, -196, 106, -176, 6), dark)
    for y in (-392, -330, -272):
        slat = curve([(-92, y), (0, y - 14), (98, y)]) + curve([(98, y + 26), (0, y + 12), (-92, y + 26)])
        canvas.shape(slat, "#4b3128")
        canvas.line(curve([(-92, y), (0, y - 14), (98, y)]), rim, 3, 0.8)
    for x in (-92, 98):
        canvas.line([(x, -440), (x, 0)], dark, 19)
        canvas.line([(x + 7, -438), (x + 7, -6)], rim, 4, 0.85)
    canvas.line("-92,-80 98,-80", dark, 10)


def _side_table(canvas: Canvas) -> None:
    canvas.shape(oval(250, 936, 170, 16), "#10141b", 0.6, 8)
    for x, foot in points("262,906 150,932 346,936"):
        canvas.line([(250 + (x - 250) * 0.5, 720), (x, foot)], "#2a1d1b", 13)
    canvas.shape(oval(250, 716, 142, 20), "#3a2822")
    canvas.shape(oval(250, 708, 142, 20), "#7a5538")
    canvas.shape(oval(250, 708, 142, 20), "#f0b877", 0.45, fade="392,700 230,708")
    canvas.shape("268,712 326,706 336,713 276,720", "#121a24")
    canvas.line("268,711 326,705", "#5f7480", 2)
    with canvas.placed(190, 706, 30, 30):
        canvas.shape(box(-0.9, -1.5, 0.9, 0, 0.2), "#c9bfa8")
        canvas.shape(box(-0.9, -1.5, 0.9, 0, 0.2), "#1f2a38", 0.7, fade="-0.9,0 0.8,0")
        canvas.line(arc(-0.9, -0.8, 0.55, 0.4, 90, 270), "#8f8b82", 0.2)


def bench(canvas: Canvas) -> None:
    """Draw a workshop bench under a lamp: tools on the wall, a toy boat half made."""
    chance = canvas.chance
    canvas.wash((0, "#1b3238"), (690, "#2b4d51"), (1000, "#14262b"))
    for x in every(-20, 1620, 104):
        canvas.shape(box(x, -10, x + 102, 700), chance.choice(("#2b4c51", "#2f5357", "#294a50")), 0.7)
        canvas.line([(x + 103, -10), (x + 103, 700)], "#162c31", 3)
    canvas.glow(1090, 380, 900, "#f2b765", 0.75)
    canvas.glow(1090, 300, 380, "#ffdf9a", 0.6)
    canvas.shape(box(0, 0, 1600, 700), "#0f1f24", 0.65, fade="0,200 560,320")
    canvas.shape(box(0, 0, 1600, 700), "#0f1f24", 0.4, fade="1600,200 1350,260")
    canvas.shape(box(120, 168, 930, 186), "#101f23", 0.5, 6)
    canvas.shape(box(116, 148, 934, 172, 3), "#8a5f38")
    canvas.line("118,149 932,149", "#d9a463", 3, 0.8)
    for shadow in (True, False):
        with canvas.placed(-14 * shadow, 16 * shadow), canvas.tinted("#10252a", shadow, 0.5 if shadow else 1):
            _tools(canvas)
    _plan(canvas)
    _bench_top(canvas)
    _lamp(canvas)
    _toy_boat(canvas)
    _plane(canvas)
    _jars(canvas)


def _tools(canvas: Canvas) -> None:
    steel, wood, grip = "#b9c4c0", "#b5763d", "#a8432f"
    with canvas.placed(250, 180):
        canvas.shape("-46,70 52,70 18,352 -14,352", steel)
        canvas.shape("-46,70 52,70 18,352 -14,352", "#54666a", 0.6, fade="-46,200 30,200")
        for n in range(26):
            y = 84 + 10 * n
            x = -45.5 + (y - 70) * 32 / 282
            canvas.shape([(x, y), (x - 6, y + 6), (x + 1, y + 10)], steel)
        handle = curve("-56,84 -62,20 -40,-14 10,-20 52,-6 66,40 60,90 0,96", closed=True)
        canvas.shape(handle, wood)
        canvas.shape(oval(4, 32, 30, 22), "#284a50")
    with canvas.placed(410, 160):
        canvas.line("0,30 0,300", wood, 22)
        canvas.line("0,190 0,296", grip, 26)
        canvas.shape(curve("-62,40 -40,8 0,0 30,2") + points("30,40 -12,40"), "#7d8b8b")
        canvas.shape(box(26, -6, 66, 48, 5), "#97a5a3")
    with canvas.placed(530, 160):
        canvas.shape(box(-10, 20, 24, 150, 5), wood)
        canvas.shape(box(24, 30, 150, 62), steel)
        for n in range(11):
            canvas.line([(34 + 10 * n, 30), (34 + 10 * n, 38 + 6 * (n % 2))], "#4b5c60", 2)
    with canvas.placed(610, 300):
        for side in (1, -1):
            arm = curve([(side * -5, -70), (side * 12, -30), (side * 3, 0), (side * -26, 70), (side * -20, 150)])
            canvas.shape(ribbon(arm, 17, 20), "#8d9a99" if side > 0 else "#a9b5b2")
            canvas.shape(ribbon(curve([(side * -16, 36), (side * -26, 80), (side * -20, 152)]), 22, 24), grip)
        canvas.shape(oval(0, -2, 13), "#5b696b")
    for n, (long, wide) in enumerate(((120, 26), (136, 20), (112, 32), (130, 15))):
        with canvas.placed(740 + 52 * n, 160):
            canvas.shape(box(-15, -56, 15, 40, 10), (wood, "#c98d4c", grip, wood)[n])
            canvas.shape(box(-11, 34, 11, 46), "#d2b36a")
            canvas.shape(box(-wide / 2, 46, wide / 2, 46 + long), steel)
            canvas.shape(box(-wide / 2, 30 + long, wide / 2, 46 + long), "#e6ece6")


def _plan(canvas: Canvas) -> None:
    sheet = points("1270,236 1482,222 1496,430 1284,444")
    canvas.shape([(x - 8, y + 12) for x, y in sheet], "#102328", 0.6, 5)
    canvas.shape(sheet, "#e9dfc2")
    canvas.shape(sheet, "#5f5a45", 0.5, fade="1496,330 1290,330")
    with canvas.placed(1384, 350, 72, 72):
        ink = "#3f6272"
        hull = curve("-1,-0.3 -0.3,-0.12 0.4,-0.18 1,-0.52")
        canvas.line([*hull, *points("0.74,0.24 -0.84,0.3 -1,-0.3")], ink, 0.04)
        canvas.line("-0.05,-0.16 -0.05,-1.3", ink, 0.04)
        canvas.line("-0.05,-1.26 0.62,-0.38 -0.05,-0.3", ink, 0.03)
        canvas.line("-1,0.6 1,0.5", ink, 0.02)
        for x in (-1, -0.5, 0, 0.5, 1):
            canvas.line([(x, 0.52 - x * 0.05), (x, 0.64 - x * 0.05)], ink, 0.02)
    canvas.shape(oval(1376, 234, 8), "#b5482f")


def _bench_top(canvas: Canvas) -> None:
    chance = canvas.chance
    canvas.shape(box(-10, 772, 1610, 1010), ((772, "#1a1613"), (830, "#2e2119"), (1000, "#1c1613")))
    for leg in (60, 1440):
        canvas.shape(box(leg, 770, leg + 92, 1010), "#7a4f2c")
        canvas.shape(box(leg, 770, leg + 92, 1010), "#1c120c", 0.7, fade=((leg, 900), (leg + 92, 900)))
    for left in (620, 1010):
        canvas.shape(box(left, 800, left + 360, 920, 4), "#8f6036")
        canvas.shape(box(left, 800, left + 360, 920, 4), "#1c120c", 0.7, fade=((left, 930), (left + 250, 780)))
        canvas.line([*box(left + 8, 808, left + 352, 912), (left + 8, 808)], "#5a3a20", 3, 0.8)
        canvas.shape(box(left + 150, 850, left + 210, 864, 7), "#d2b36a")
    canvas.shape(box(-10, 686, 1610, 716), ((686, "#d99b56"), (716, "#b97b40")))
    canvas.shape(box(-10, 716, 1610, 774), ((716, "#8e5b2f"), (774, "#6b4223")))
    for _ in range(70):
        x, y = chance.uniform(0, 1560), chance.uniform(690, 768)
        canvas.line([(x, y), (x + chance.uniform(40, 180), y + 1)], "#5f3a1d", 1.6, 0.4)
    canvas.shape(box(-10, 686, 1610, 774), "#1d130d", 0.75, fade="0,720 640,720")
    canvas.shape(oval(1060, 700, 420, 13), "#ffe3a6", 0.6, 7)
    canvas.shape(box(196, 720, 430, 868, 6), "#6a4a30")
    canvas.shape(box(196, 720, 430, 868, 6), "#20140d", 0.5, fade="196,800 420,800")
    canvas.line("313,800 313,880", "#8d9a99", 22)
    canvas.line("252,872 374,872", "#b9c4c0", 11)
    for x in (252, 374):
        canvas.shape(oval(x, 872, 12), "#a8432f")


def _lamp(canvas: Canvas) -> None:
    cone = points("1012,196 1168,196 1440,690 740,690")
    canvas.shape(cone, "#ffe2a0", 0.4, 8, ((1090, 190), (1090, 720)))
    canvas.line("1090,-10 1090,92", "#0d191c", 6)
    shade = [*curve("1062,86 1046,128 996,196"), *curve("1184,196 1134,128 1118,86")]
    canvas.shape(shade, "#2f6a66")
    canvas.shape(shade, "#0d2224", 0.7, fade="1184,150 1030,140")
    canvas.shape(oval(1090, 196, 94, 14), "#fff0c4")
    canvas.shape(oval(1090, 204, 30, 20), "#fffbe6")
    canvas.glow(1090, 206, 150, "#fff3cc", 0.8)


def _toy_boat(canvas: Canvas) -> None:
    canvas.shape(oval(510, 690, 210, 8), "#2b1a0e", 0.6, 4)
    for left in (370, 560):
        canvas.shape([(left, 690), (left + 14, 640), (left + 58, 640), (left + 72, 690)], "#7d5230")
    with canvas.placed(504, 652, 190, 190):
        sheer = curve("-1,-0.42 -0.4,-0.3 0.3,-0.32 1.06,-0.66")
        hull = [*sheer, *curve("1.06,-0.66 0.86,-0.2 0.56,0.04"), *curve("-0.7,0.06 -0.92,-0.1 -1,-0.42")]
        with canvas.inside(hull):
            canvas.shape(hull, "#d8a25c")
            for n in range(1, 5):
                plank = [(x, y + 0.105 * n) for x, y in sheer]
                canvas.line(plank, "#8a5a2c", 0.014)
            for x in (-0.62, -0.2, 0.22, 0.6):
                canvas.line([(x, -0.6), (x - 0.02, 0.1)], "#8a5a2c", 0.008, 0.8)
            canvas.shape(hull, "#5b3418", 0.75, fade="-1,0.1 0.5,-0.4")
        canvas.line(sheer, "#f0c98a", 0.03)
        canvas.line("0.02,-0.3 0.02,-1.3", "#c28b4a", 0.036)
        canvas.line("0.035,-0.3 0.035,-1.29", "#f7dca6", 0.01)


def _plane(canvas: Canvas) -> None:
    canvas.shape(oval(1080, 690, 150, 7), "#2b1a0e", 0.6, 4)
    with canvas.placed(1080, 688):
        canvas.shape(curve("-112,-20 -118,-70 -86,-100 -66,-88 -80,-62 -58,-20"), "#a4552c")
        canvas.shape("-36,-34 -8,-96 10,-90 2,-34", "#c9d2ce")
        canvas.shape(box(76, -50, 96, -24), "#8a4522")
        canvas.shape(oval(86, -60, 21), "#a4552c")
        canvas.shape(oval(92, -66, 8), "#e7a569")
        body = points("-132,-26 -58,-26 -36,-52 36,-52 56,-26 132,-26 138,0 -138,0")
        canvas.shape(body, "#8a959a")
        canvas.shape(body, "#33454c", 0.7, fade="-136,-10 100,-20")
    for x, y, size in ((1246, 676, 20), (1292, 680, 14), (900, 680, 14), (1216, 664, 15), (1330, 682, 10)):
        curl = [
            (x + (size - t) * math.cos(t * 0.55), y + (size - t) * 0.75 * math.sin(t * 0.55))
            for t in range(round(size))
        ]
        canvas.line(curl, "#f4d59c", 4.5)


def _jars(canvas: Canvas) -> None:
    canvas.shape(oval(1420, 690, 70, 6), "#2b1a0e", 0.6, 4)
    for x, top, colour in (
        (1392, 548, "#c9412f"),
        (1410, 530, "#d9a441"),
        (1430, 552, "#e8dcc0"),
        (1446, 538, "#38648a"),
    ):
        canvas.line([(x, 640), (x + (x - 1420) * 0.3, top)], colour, 9)
        canvas.shape(
            [(x + (x - 1420) * 0.3 - 5, top), (x + (x - 1420) * 0.3, top - 18), (x + (x - 1420) * 0.3 + 5, top)],
            "#efe0bd",
        )
    mug = box(1372, 606, 1468, 690, 8)
    canvas.shape(mug, "#3f7f86")
    canvas.shape(mug, "#0d2224", 0.7, fade="1468,650 1372,640")
    canvas.shape(oval(1420, 608, 48, 7), "#1d4247")
    canvas.line(arc(1468, 648, 26, 22, -80, 80), "#2b5e64", 9)
    for left, tall, colour in ((110, 92, "#8a7a5a"), (186, 70, "#6f3b2c")):
        canvas.shape(box(left, 688 - tall, left + 64, 688, 8), colour)
        canvas.shape(box(left, 688 - tall, left + 64, 688, 8), "#0f1f24", 0.6, fade=((left, 640), (left + 70, 640)))
        canvas.shape(box(left + 2, 680 - tall, left + 62, 696 - tall, 4), "#c9b88f")
        canvas.shape(box(left + 12, 712 - tall, left + 52, 730 - tall), "#e6dabb", 0.85)


def logbook(canvas: Canvas) -> None:
    """Draw a harbour log open under a lamp, seen from above, with a pencil and the end of a coffee."""
    chance = canvas.chance
    canvas.wash((0, "#4a3426"), (1000, "#33231b"))
    for y in every(0, 1000, 125):
        canvas.shape(box(0, y, 1600, y + 122), chance.choice(("#55392a", "#5c3f2d", "#4d3426")))
        for _ in range(9):
            x, high = chance.uniform(-100, 1500), y + chance.uniform(6, 116)
            canvas.line(curve([(x, high), (x + 90, high + 3), (x + 240, high)]), "#2f1f17", 2, 0.4)
    canvas.glow(1020, 330, 1000, "#f0b35f", 0.6)
    canvas.shape(box(262, 128, 1300, 904, 14), "#150d09", 0.6, 22)
    canvas.shape(box(236, 96, 1276, 880, 14), "#27414d")
    for n in range(5, 0, -1):
        canvas.shape(box(254 - n, 108 + n, 1258 + n, 862 + n * 2, 8), mix("#d9caa3", "#8a7c5e", n / 8))
    pages = (box(254, 108, 756, 862, 8), box(756, 108, 1258, 862, 8))
    for page in pages:
        canvas.shape(page, "#f3e7c8")
    canvas.shape(pages[0], "#5b4526", 0.6, fade="756,480 640,480")
    canvas.shape(pages[1], "#5b4526", 0.5, fade="756,480 840,480")
    canvas.shape(pages[0], "#3a2616", 0.35, fade="240,860 700,300")
    canvas.shape(pages[1], "#fff3c9", 0.6, fade="1080,160 900,620")
    _entries(canvas)
    ribbon_end = points("748,862 764,862 776,946 762,934 750,950")
    canvas.shape(ribbon_end, "#a8402f")
    _coffee(canvas)
    _pencil(canvas)


def _entries(canvas: Canvas) -> None:
    chance = canvas.chance
    for left in (254, 756):
        canvas.line([(left + 30, 182), (left + 472, 182)], "#9a4c38", 2.4, 0.7)
        for rule in (left + 120, left + 182):
            canvas.line([(rule, 130), (rule, 836)], "#9a4c38", 1.6, 0.5)
        for row in range(12):
            y = 234 + 52 * row
            canvas.line([(left + 30, y), (left + 472, y)], "#7f9aa0", 1.6, 0.55)
        for heading, wide in ((36, 60), (130, 40), (200, 130)):
            _scrawl(canvas, left + heading, 168, wide, 9)
        for row in range(12 if left < 700 else 7):
            y = 226 + 52 * row
            _scrawl(canvas, left + 36, y, 68, 8)
            _scrawl(canvas, left + 130, y, 40, 8)
            x, end = left + 194.0, left + chance.uniform(330, 466)
            while x < end - 16:
                long = min(chance.uniform(22, 70), end - x)
                _scrawl(canvas, x, y, long, 9)
                x += long + 12


def _scrawl(canvas: Canvas, x: float, y: float, long: float, high: float) -> None:
    chance = canvas.chance
    line, at = [(x, y)], x
    while at < x + long:
        at += chance.uniform(3, 5.5)
        line.append((at, y - chance.choice((0, 0.4, 1, 1, 1.9)) * high * chance.uniform(0.7, 1)))
        at += chance.uniform(1.5, 3)
        line.append((at, y + chance.uniform(-1, 1)))
    canvas.shape(ribbon(curve(line), 2.2, 1.8), "#2c4454", 0.85)


def _coffee(canvas: Canvas) -> None:
    canvas.shape(oval(1412, 764, 128), "#150d09", 0.55, 14)
    canvas.line("1490,650 1556,566", "#b9ab8c", 36)
    canvas.shape(oval(1400, 744, 124), "#e6dabb")
    canvas.shape(oval(1400, 744, 124), "#3a2616", 0.5, fade="1500,850 1340,680")
    canvas.shape(oval(1400, 744, 108), "#b9ab8c")
    canvas.shape(oval(1404, 750, 98), "#3a2114")
    canvas.shape(oval(1404, 750, 98), "#8a5a34", 0.8, fade="1340,690 1430,780")
    canvas.line(arc(1404, 750, 84, 84, 200, 262), "#f4dcae", 5, 0.7, 1.5)
    canvas.line(arc(1130, 760, 74, 70, 20, 300), "#8a5a34", 6, 0.28, 1.2)


def _pencil(canvas: Canvas) -> None:
    canvas.shape("892,718 1224,560 1234,580 900,738", "#150d09", 0.45, 6)
    start, end = (876, 716), (1210, 548)
    along = ((end[0] - start[0]) / 374, (end[1] - start[1]) / 374)
    across = (-along[1], along[0])

    def at(distance: float, side: float) -> Point:
        return start[0] + along[0] * distance + across[0] * side, start[1] + along[1] * distance + across[1] * side

    canvas.shape([at(0, 0), at(44, -12), at(44, 12)], "#e8cfa0")
    canvas.shape([at(0, 0), at(15, -4), at(15, 4)], "#2b2a2e")
    for low, high, colour in ((-12, -4, "#e0b04a"), (-4, 5, "#c98f34"), (5, 12, "#9c6a24")):
        canvas.shape([at(44, low), at(336, low), at(336, high), at(44, high)], colour)
    canvas.shape([at(336, -12), at(358, -12), at(358, 12), at(336, 12)], "#b9b3a0")
    canvas.shape([at(358, -11), at(378, -9), at(378, 9), at(358, 11)], "#b0604f")


def me(canvas: Canvas) -> None:
    """Draw the writer: grey bob, round glasses, an ochre scarf; wires and a bird behind."""
    canvas.wash((0, "#2f5a66"), (430, "#7fa09a"), (800, "#cbbf98"))
    canvas.glow(560, 330, 520, "#ffe0a0", 0.7)
    canvas.shape(oval(540, 350, 236), "#f3d391")
    for n, y in enumerate((150, 196, 242)):
        wire = curve([(-20, y), (200, y + 42), (420, y + 40), (820, y - 60)])
        canvas.shape(ribbon(wire, 3, 4), "#24464f", 0.8)
        if n == 0:
            perched(canvas, 126, 183, 56, 1)
    hair, skin, navy = "#a9a59c", "#dba985", "#22384c"
    bob = curve(
        "400,128 510,146 566,236 574,350 560,452 520,506 400,516 280,506 240,452 226,350 234,236 290,146", closed=True
    )
    canvas.shape(bob, mix(hair, "#3d4348", 0.4))
    with canvas.placed(0, -30):
        shoulders = [*curve("52,880 96,704 196,632 330,596 400,590 470,596 604,632 704,704 748,880")]
        canvas.shape(shoulders, navy)
        canvas.shape(shoulders, "#0f1c2a", 0.7, fade="60,760 420,700")
        canvas.shape(shoulders, "#5f86a0", 0.5, fade="740,640 560,720")
        neck = [*curve("338,440 340,540 316,610"), *curve("484,610 460,540 462,440")]
        canvas.shape(neck, mix(skin, "#7a4a38", 0.35))
        _scarf(canvas)
    face = curve(
        "400,186 478,206 516,282 514,366 486,440 440,488 400,500 360,488 314,440 286,366 284,282 322,206", closed=True
    )
    canvas.shape(face, skin)
    canvas.shape(face, "#a8694e", 0.6, fade="284,400 430,350")
    canvas.shape(face, "#ffe3ba", 0.5, fade="520,320 430,340")
    _features(canvas)
    fringe = [
        *curve("474,186 414,230 344,282 306,344 294,420 270,500"),
        *curve("240,452 226,350 238,236 296,150 400,126 452,140"),
    ]
    canvas.shape(fringe, hair)
    canvas.shape(fringe, "#4d5156", 0.6, fade="230,420 360,240")
    side = [
        *curve("448,138 474,190 500,256 512,340 512,424 534,500"),
        *curve("560,452 574,350 564,236 508,150 448,132"),
    ]
    canvas.shape(side, mix(hair, "#f6ead0", 0.35))
    for n in range(5):
        lock = curve(
            [(450 - 6 * n, 150 + 5 * n), (362 - 18 * n, 200 + 12 * n), (296 - 12 * n, 300 + 12 * n), (272 - 8 * n, 440)]
        )
        canvas.shape(ribbon(lock, 5, 0.4), "#d9d4c6" if n % 2 else "#7d7d7a", 0.5)
        lock = curve([(462 + 6 * n, 150 + 3 * n), (512 + 6 * n, 226 + 4 * n), (530 + 6 * n, 330), (532 + 6 * n, 440)])
        canvas.shape(ribbon(lock, 4, 0.4), "#fbf2dc" if n % 2 else "#8f8d86", 0.5)


def _scarf(canvas: Canvas) -> None:
    ochre = "#d39a3f"
    wrap = curve(
        "298,560 350,596 400,606 450,596 502,560 540,600 520,660 460,692 400,700 340,692 280,660 260,600", closed=True
    )
    tail = [*curve("430,676 470,740 484,880"), *curve("600,880 560,730 510,650")]
    canvas.shape(tail, mix(ochre, "#5b3718", 0.2))
    canvas.shape(wrap, ochre)
    canvas.shape(wrap, "#5b3718", 0.7, fade="260,640 430,620")
    with canvas.inside(wrap):
        for n in range(4):
            fold = curve(
                [
                    (262, 590 + 26 * n),
                    (330, 630 + 22 * n),
                    (400, 642 + 20 * n),
                    (470, 630 + 22 * n),
                    (540, 590 + 26 * n),
                ]
            )
            canvas.shape(ribbon(fold, 5, 3), "#7a4c1f", 0.55, 1.5)


def _features(canvas: Canvas) -> None:
    dark = "#3a2a24"
    for side in (-1, 1):
        with canvas.placed(400, 0, side, 1):
            canvas.shape(ribbon(curve("26,290 52,276 86,288"), 9, 4), "#6d665e")
            canvas.shape(oval(54, 338, 11, 12), dark)
            canvas.shape(oval(54 + 4 * side, 333, 3.4), "#fff6e2")
            canvas.shape(ribbon(curve("34,332 54,320 78,332"), 4, 5), dark)
            canvas.shape(oval(74, 400, 26, 17), "#c9694f", 0.3, 7)
            canvas.shape(oval(56, 340, 45), "#fff3d6", 0.14)
            canvas.line(oval(56, 340, 46), "#5b2f24", 6)
            canvas.line("101,330 120,322", "#5b2f24", 6)
    canvas.line(curve("389,334 400,328 411,334"), "#5b2f24", 6)
    canvas.shape(ribbon(curve("396,352 386,392 380,408 394,416 410,413"), 2, 5), "#9a5a42", 0.85)
    canvas.shape(curve("360,440 385,440 400,444 415,440 442,438 424,453 400,457 376,453", closed=True), "#b3594a")
    canvas.line(curve("354,436 380,446 402,448 424,445 448,433"), "#6d2c26", 4)
    canvas.line(curve("346,428 350,436 356,440"), "#9a5a42", 3, 0.7)
    canvas.line(curve("455,425 452,433 446,437"), "#9a5a42", 3, 0.7)


SCENES: dict[str, tuple[tuple[int, int], Callable[[Canvas], None]]] = {
    "harbour.jpg": (WIDE, harbour),
    "crossroads.jpg": (WIDE, crossroads),
    "table.jpg": (WIDE, table),
    "wires.jpg": (WIDE, wires),
    "bridge.jpg": (WIDE, bridge),
    "mailboxes.jpg": (WIDE, mailboxes),
    "window.jpg": (WIDE, window),
    "bench.jpg": (WIDE, bench),
    "logbook.jpg": (WIDE, logbook),
    "me.jpg": (SQUARE, me),
}


def main(names: Sequence[str]) -> None:
    """Draw the pictures named, or all of them."""
    for number, (name, (size, scene)) in enumerate(SCENES.items()):
        if not names or name in names:
            canvas = Canvas(size, number)
            scene(canvas)
            canvas.finished().save(FOLDER / name, quality=QUALITY, optimize=True, progressive=True)


if __name__ == "__main__":
    main(sys.argv[1:])
