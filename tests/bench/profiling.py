"""Where the time of a build goes: a profile by room and library, and its heaviest functions, as tables.

Not a benchmark: profiling makes what calls much look slower than it is, and everything runs in one process.
"""

from __future__ import annotations

import re
import sysconfig
from collections import defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING

from bench.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Function = tuple[str, int, str]
"""File, line and name, as Python's profiler keeps them; what is written in C has the file `~`."""
Counted = tuple[int, int, float, float]
"""Calls without recursion, calls, seconds in it, seconds in it and below."""
Stats = dict[Function, tuple[int, int, float, float, dict[Function, Counted]]]
BUILT_IN = "~"
PYTHON = "Python"
UNTOLD = re.compile(r"^<(?:built-in )?method |^<| objects(?=>)| at 0x\w+|>$")
"""What the profiler says around the name of a function that is written in C."""
MOST, LEAST = 15, 0.005
"""How many functions are listed; the least share of a line of its own."""


def place(file: str) -> str:
    """Return what a file belongs to: a room of Byline, a library, a module of Python's own, or the templates."""
    return "/".join(_whole(file)[:2] if _whole(file)[0] in {"byline", "Python"} else _whole(file)[:1])


def _whole(file: str) -> tuple[str, ...]:
    """Return the way to a file from the library or the package that it is of."""
    parts = PurePath(file.removesuffix(".py")).parts
    standard = PurePath(sysconfig.get_path("stdlib")).parts
    if "byline" in parts[:-1]:
        return parts[parts.index("byline") :]
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1 :]
    if "templates" in parts:
        return parts[parts.index("templates") :]
    return ("Python", *(parts[len(standard) :] if parts[: len(standard)] == standard else ()))


def by_place(stats: Stats) -> dict[str, float]:
    """Return the seconds spent in each place; what is written in C counts where it was called."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for (file, _, _), (_, _, spent, _, callers) in stats.items():
        if file != BUILT_IN:
            seconds[place(file)] += spent
            continue
        for (calling, _, _), counted in callers.items():
            seconds[PYTHON if calling == BUILT_IN else place(calling)] += counted[2]
    return dict(sorted(seconds.items(), key=lambda one: one[1], reverse=True))


def places(stats: Stats) -> list[str]:
    """Return the table of places, the heaviest first; those below half a percent in one line."""
    seconds = by_place(stats)
    whole = sum(seconds.values())
    small = {name: spent for name, spent in seconds.items() if spent < whole * LEAST}
    rows = [(name, *_share(spent, whole)) for name, spent in seconds.items() if name not in small]
    rest = [("all others", *_share(sum(small.values()), whole))] if small else []
    return table(("where", "s", "%"), [*rows, *rest])


def functions(stats: Stats) -> list[str]:
    """Return the table of the functions that take the most time themselves, without what they call."""
    whole = sum(counts[2] for counts in stats.values())
    heaviest = sorted(stats.items(), key=lambda one: one[1][2], reverse=True)[:MOST]
    rows = [
        (_named(function), f"{counts[1]:,}", *_share(counts[2], whole), called)
        for function, counts in heaviest
        for called in [next(_callers(counts[4]), "")]
    ]
    return table(("function", "calls", "s", "%", "most for"), rows)


def _callers(callers: Mapping[Function, Counted]) -> Iterator[str]:
    """Yield who called, those for whom it took the most time first."""
    for function in sorted(callers, key=lambda function: callers[function][2], reverse=True):
        yield _named(function)


def _named(function: Function) -> str:
    """Return a function as it is read: where it is from, and its name."""
    file, _, name = function
    if file == BUILT_IN:
        return UNTOLD.sub("", name)
    return f"{'/'.join(_whole(file))}: {name}"


def _share(spent: float, whole: float) -> tuple[str, str]:
    return f"{spent:.2f}", f"{100 * spent / whole:.1f}"
