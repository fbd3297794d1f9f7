"""The chart of growth, as SVG: CPU seconds of a cold build over the number of posts, a line for each engine.

Not a plotting library: one drawing, on paper with logarithms on both sides.
"""

from __future__ import annotations

from html import escape
from math import ceil, floor, log10
from typing import TYPE_CHECKING, NamedTuple

from bench.figures import COLD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bench.figures import Figures

TITLE = "CPU seconds of a cold build over the number of posts"
Line = list[tuple[int, float]]
WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 120, 24, 56
ROW = 20
COLOURS = ("#2563eb", "#d97706", "#059669", "#db2777", "#7c3aed")
"""Each has a contrast of 3 to 1 on white and on the dark ground."""
STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #1f2937 }
.ground { fill: #fff }
.rule { stroke: #d1d5db }
.line { fill: none; stroke-width: 2.5 }
@media (prefers-color-scheme: dark) {
  text { fill: #e5e7eb }
  .ground { fill: #111827 }
  .rule { stroke: #4b5563 }
}
"""


def lines(figures: Figures) -> dict[str, Line]:
    """Return, for each engine, the medians of cold builds without related posts by the number of posts."""
    found: dict[str, Line] = {}
    for case in sorted(figures.cases, key=lambda case: case.posts):
        middle = figures.spread(case, "cpu")
        if case.what == COLD and not case.related and middle:
            found.setdefault(case.engine, []).append((case.posts, middle.middle))
    return found


class Axis(NamedTuple):
    """Logarithms from one to another, drawn from one place to another."""

    low: float
    high: float
    begin: float
    end: float

    def at(self, value: float) -> float:
        """Return where a value is drawn."""
        return self.begin + (log10(value) - self.low) / (self.high - self.low) * (self.end - self.begin)


def growth(series: Mapping[str, Line]) -> str:
    """Return the drawing of at least two sizes; its description says all figures in words."""
    sizes = sorted({posts for line in series.values() for posts, _ in line})
    times = [log10(seconds) for line in series.values() for _, seconds in line]
    across = Axis(log10(sizes[0]), log10(sizes[-1]), LEFT, WIDTH - RIGHT)
    up = Axis(floor(min(times)), ceil(max(times)), HEIGHT - BOTTOM, TOP)
    told = "; ".join(
        f"{name}: {', '.join(f'{seconds:.3g} s for {posts:,}' for posts, seconds in line)}"
        for name, line in series.items()
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d">',
        f'<title id="t">{TITLE}</title>',
        f'<desc id="d">Both axes are logarithmic. {escape(told)}.</desc>',
        f"<style>\n{STYLE}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>',
        *_rules(sizes, across, up),
        *_drawn(series, across, up),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _rules(sizes: list[int], across: Axis, up: Axis) -> Iterator[str]:
    """Yield the rules, at what was measured and at each power of ten, with their numbers, and what the axes are."""
    for posts in sizes:
        x = across.at(posts)
        yield f'<path class="rule" d="M{x:.1f} {up.end:.1f}V{up.begin:.1f}"/>'
        yield f'<text x="{x:.1f}" y="{up.begin + 20:.1f}" text-anchor="middle">{posts:,}</text>'
    for power in range(int(up.low), int(up.high) + 1):
        seconds = 10.0**power
        y = up.at(seconds)
        yield f'<path class="rule" d="M{across.begin:.1f} {y:.1f}H{across.end:.1f}"/>'
        yield f'<text x="{across.begin - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{seconds:,.10g} s</text>'
    middle = (across.begin + across.end) / 2
    yield f'<text x="{middle:.1f}" y="{up.begin + 42:.1f}" text-anchor="middle">posts</text>'


def _drawn(series: Mapping[str, Line], across: Axis, up: Axis) -> Iterator[str]:
    """Yield each line with its points, and at the right its name, the slowest above, none on another."""
    beside = across.end + 16
    below = 0.0
    for name in sorted(series, key=lambda name: series[name][-1][1], reverse=True):
        colour = COLOURS[list(series).index(name) % len(COLOURS)]
        points = [(across.at(posts), up.at(seconds)) for posts, seconds in series[name]]
        yield f'<path class="line" stroke="{colour}" d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in points)}"/>'
        for x, y in points:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>'
        below = max(points[-1][1], below + ROW)
        yield f'<path class="line" stroke="{colour}" d="M{beside:.1f} {below:.1f}h16"/>'
        yield f'<text x="{beside + 24:.1f}" y="{below + 4:.1f}">{escape(name)}</text>'
