"""What a run measured, and what of it is asked for: medians, and ratios of pairs with their spread.

Not what it is held to: `targets` says that.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from byline.edges.programs import Usage

COLD, NOTHING, CHANGED = "cold build", "nothing changed", "one post changed"
SERVED, RELOADED, STARTED = "save to served", "save to reloaded", "start to first page"
LISTED = "invoke --list"
Unit = Literal["wall", "cpu", "peak"]


@dataclass(frozen=True)
class Case:
    """What is measured: what is done, by whom, with how many posts, with or without related ones."""

    what: str
    engine: str
    posts: int = 0
    related: bool = False


class Spread(NamedTuple):
    """A median, and the least and the most that it is one of."""

    middle: float
    least: float
    most: float


@dataclass
class Figures:
    """The figures of a run: of each case what was measured, in the order of the rounds."""

    cases: dict[Case, list[Usage]] = field(default_factory=lambda: defaultdict(list))

    def note(self, case: Case, usage: Usage) -> None:
        """Add what a round measured."""
        self.cases[case].append(usage)

    def of(self, case: Case, unit: Unit) -> list[float]:
        """Return what was measured of a case, round by round."""
        return [getattr(usage, unit) for usage in self.cases.get(case, [])]

    def spread(self, case: Case, unit: Unit) -> Spread | None:
        """Return the median with its spread, or None where it was not measured."""
        return spread(self.of(case, unit))

    def ratio(self, case: Case, other: Case, unit: Unit) -> Spread | None:
        """Return a case beside another: of the same number of posts in pairs, round by round; else of the medians."""
        one, two = self.of(case, unit), self.of(other, unit)
        if case.posts == other.posts and len(one) == len(two):
            return spread([mine / theirs for mine, theirs in zip(one, two, strict=True)])
        return spread([median(one) / median(two)]) if one and two else None


def spread(numbers: list[float]) -> Spread | None:
    """Return the median of some numbers with their spread; None of none."""
    return Spread(median(numbers), min(numbers), max(numbers)) if numbers else None
