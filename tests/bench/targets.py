"""What the builds and the preview are held to, as data, and whether a run met it.

Not a test: a machine that is busy or slow misses what another meets, so it is told and judged nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.figures import CHANGED, COLD, LISTED, NOTHING, RELOADED, SERVED, STARTED, Case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.figures import Figures, Unit

BYLINE, HUGO, PELICAN = "Byline", "Hugo", "Pelican"
SMALL, LARGE, LARGEST = 1_000, 10_000, 50_000


@dataclass(frozen=True)
class Bound:
    """At most so much of a case, or of its ratio to another; `words` say it, and `unit` what is meant."""

    words: str
    most: float
    unit: Unit
    case: Case
    beside: Case | None = None

    def found(self, figures: Figures) -> float | None:
        """Return what a run measured of it: the median, of memory the most; None where it did not."""
        if self.beside:
            spread = figures.ratio(self.case, self.beside, self.unit)
        else:
            spread = figures.spread(self.case, self.unit)
        if not spread:
            return None
        return spread.most if self.unit == "peak" else spread.middle


def _hugo(words: str, most: float, case: Case) -> Bound:
    """Return a bound of wall time beside Hugo's in the same case."""
    return Bound(words, most, "wall", case, Case(case.what, HUGO, case.posts, case.related))


_SERVED = Case(SERVED, BYLINE, LARGE)
_NOTHING = Case(NOTHING, BYLINE, LARGE)
_COLD = Case(COLD, BYLINE, LARGE)
_COLD_RELATED = Case(COLD, BYLINE, LARGE, related=True)
_COLD_SMALL, _COLD_LARGEST = Case(COLD, BYLINE, SMALL), Case(COLD, BYLINE, LARGEST)

TARGETS: dict[str, tuple[Bound, ...]] = {
    "save to new page served over HTTP": (
        Bound("at most 40 ms", 0.040, "wall", _SERVED),
        Bound("with related posts, too", 0.040, "wall", Case(SERVED, BYLINE, LARGE, related=True)),
        _hugo("1/25 of `hugo server`", 1 / 25, _SERVED),
        Bound("1.3 times its own at 1,000", 1.3, "wall", _SERVED, Case(SERVED, BYLINE, SMALL)),
    ),
    "save to open page reloaded in Chromium": (
        Bound("at most 250 ms", 0.250, "wall", Case(RELOADED, BYLINE, LARGE, related=True)),
    ),
    "start of `serve` to first page, warm": (
        Bound("at most 2.5 s", 2.5, "wall", Case(STARTED, BYLINE, LARGE, related=True)),
    ),
    "build, nothing changed": (
        Bound("at most 0.8 s", 0.8, "wall", _NOTHING),
        _hugo("1/12 of Hugo", 1 / 12, _NOTHING),
    ),
    "build, one post changed": (_hugo("at most 0.30 of Hugo", 0.30, Case(CHANGED, BYLINE, LARGE)),),
    "cold build, with related posts": (_hugo("at most 1.2 of Hugo", 1.2, _COLD_RELATED),),
    "cold build": (
        _hugo("at most 2.5 of Hugo", 2.5, _COLD),
        Bound("0.25 of stock Pelican", 0.25, "wall", _COLD, Case(COLD, PELICAN, LARGE)),
    ),
    "cold build of 1,000": (
        _hugo("at most 3.5 of Hugo", 3.5, _COLD_SMALL),
        Bound("0.30 of stock Pelican", 0.30, "wall", _COLD_SMALL, Case(COLD, PELICAN, SMALL)),
    ),
    "cold build of 50,000": (_hugo("at most 1.0 of Hugo", 1.0, _COLD_LARGEST),),
    "peak memory of the process tree, cold": (
        Bound("at most 300 MiB", 300, "peak", _COLD),
        Bound("500 with related posts", 500, "peak", _COLD_RELATED),
    ),
    "growth of CPU, cold": (
        Bound("at most 11 times from 1,000 to 10,000", 11, "cpu", _COLD, _COLD_SMALL),
        Bound("5.5 times to 50,000", 5.5, "cpu", _COLD_LARGEST, _COLD),
    ),
    "`invoke --list`": (Bound("at most 0.35 s of CPU", 0.35, "cpu", Case(LISTED, BYLINE)),),
}
"""Of 10,000 posts and without related ones unless it says otherwise; times are wall times, medians of pairs."""


def rows(figures: Figures) -> Iterator[tuple[str, str, str, str]]:
    """Yield a row for each bound: what, how much at most, what this run measured, whether it was met."""
    for what, bounds in TARGETS.items():
        for number, bound in enumerate(bounds):
            found = bound.found(figures)
            met = "not measured" if found is None else "met" if found <= bound.most else "missed"
            yield (what if number == 0 else "", bound.words, "" if found is None else shown(bound, found), met)


def shown(bound: Bound, found: float) -> str:
    """Return a figure as it is read: a ratio, MiB, seconds, or milliseconds below one."""
    if bound.beside:
        return f"{found:.3f}" if found < 1 / 10 else f"{found:.2f}"
    if bound.unit == "peak":
        return f"{found:,.0f} MiB"
    return f"{found * 1000:.0f} ms" if found < 1 else f"{found:.2f} s"
