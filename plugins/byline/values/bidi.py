"""Writing that goes from right to left: which way a text runs, and the order in which a line's parts are drawn.

Not all of the bidirectional algorithm (UAX #9): no explicit embeddings, which `values/clusters` takes out, and no pairs
of brackets (N0).
"""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Protocol, TypeVar
from unicodedata import bidirectional

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERS = {"EN", "AN"}
_NEUTRAL = {"B", "S", "WS", "ON"}


class Levelled(Protocol):
    """A part of a line that goes in one direction: odd levels from right to left."""

    @property
    def level(self) -> int:
        """Return how often the direction has turned."""


_Run = TypeVar("_Run", bound=Levelled)


def leftward(text: str) -> bool:
    """Tell whether a paragraph goes from right to left: its first letter decides (P2, P3)."""
    strong = (kind for kind in map(bidirectional, text) if kind in {"L", "R", "AL"})
    return next(strong, "L") != "L"


def levels(text: str, *, leftward: bool) -> list[int]:
    """Return the level of each character of a line in a paragraph of this direction."""
    around = "R" if leftward else "L"
    kinds = _without_neutrals(_weak_resolved(text, around), around)
    base = int(leftward)
    # I1, I2
    return [base + (kind != around if base else (2 if kind in _NUMBERS else int(kind == "R"))) for kind in kinds]


def _weak_resolved(text: str, around: str) -> list[str]:
    """Return the characters' kinds after the rules for marks, numbers and what stands beside them (W1 to W7)."""
    kinds = _without_marks(text, around)
    for at in range(1, len(kinds) - 1):
        before, kind, next_ = kinds[at - 1 : at + 2]
        if before == next_ and ((kind == "ES" and before == "EN") or (kind == "CS" and before in _NUMBERS)):
            kinds[at] = before
    resolved: list[str] = []
    for kind, group in groupby(kinds):
        count = len(list(group))
        after = kinds[len(resolved) + count : len(resolved) + count + 1]
        beside = kind == "ET" and "EN" in {*resolved[-1:], *after}
        resolved += ["EN" if beside else "ON" if kind in {"ET", "ES", "CS"} else kind] * count
    strong = around
    for at, kind in enumerate(resolved):
        if kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            resolved[at] = "L"
    return resolved


def _without_marks(text: str, around: str) -> list[str]:
    """Return the characters' kinds, marks going with what they are on, and Arabic resolved (W1 to W3)."""
    kinds: list[str] = []
    strong = around
    for char in text:
        kind = bidirectional(char) or "L"
        if kind == "NSM":
            kind = kinds[-1] if kinds else around
        elif kind in {"L", "R", "AL"}:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        kinds.append(kind)
    return ["R" if kind == "AL" else kind for kind in kinds]


def _without_neutrals(kinds: list[str], around: str) -> list[str]:
    """Return the kinds with neutral ones going as what stands on both sides, else as the paragraph (N1, N2)."""
    resolved: list[str] = []
    for neutral, group in groupby(kinds, key=_NEUTRAL.__contains__):
        found = list(group)
        if neutral:
            before = _side(resolved[-1:], around)
            after = _side(kinds[len(resolved) + len(found) :][:1], around)
            found = [before if before == after else around] * len(found)
        resolved += found
    return resolved


def _side(kind: list[str], around: str) -> str:
    """Return the direction that a neighbour gives; at an end, the paragraph's."""
    return around if not kind else "R" if kind[0] in _NUMBERS else kind[0]


def reordered(runs: Sequence[_Run]) -> list[_Run]:
    """Return the runs of a line from left to right (L2)."""
    ordered = list(runs)
    for level in range(max((run.level for run in runs), default=0), 0, -1):
        turned: list[_Run] = []
        for inner, group in groupby(ordered, key=partial(_at_least, level)):
            found = list(group)
            turned += reversed(found) if inner else found
        ordered = turned
    return ordered


def _at_least(level: int, run: Levelled) -> bool:
    return run.level >= level
