"""The tables of a run, in Markdown that can be read as it is: targets, builds, previews; and the paper they go into.

Nothing is measured here, and nothing judged.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bench import targets
from bench.figures import CHANGED, COLD, NOTHING, RELOADED, SERVED, STARTED
from bench.targets import BYLINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from bench.figures import Case, Figures, Spread

BEGIN, END = "<!-- the figures of a run -->\n", "<!-- end of the figures -->\n"
BUILDS = (COLD, NOTHING, CHANGED)
PREVIEWS = (STARTED, SERVED, RELOADED)
NUMBERS = frozenset("0123456789.,–() ")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a table whose columns are as wide as what is in them, numbers to the right."""
    columns = [_column(cells) for cells in zip(head, *rows, strict=True)]
    return [f"|{'|'.join(cells)}|" for cells in zip(*columns, strict=True)]


def _column(cells: Sequence[str]) -> list[str]:
    width = max(map(len, cells))
    if set().union(*cells[1:]) <= NUMBERS:
        padded = [f" {cell:>{width}} " for cell in cells]
        return [padded[0], f"{'-' * (width + 1)}:", *padded[1:]]
    padded = [f" {cell:{width}} " for cell in cells]
    return [padded[0], "-" * (width + 2), *padded[1:]]


def of_targets(figures: Figures) -> list[str]:
    """Return what is held, beside what this run measured."""
    return table(("of 10,000 posts, unless said", "target", "this run", ""), targets.rows(figures))


def of_builds(figures: Figures) -> list[str]:
    """Return what builds took, and the ratios of Byline's to those of each engine, in pairs."""
    head = ("build", "posts", "related", "by", "wall s", "CPU s", "MiB", "ratio, wall", "ratio, CPU")
    return table(head, _builds(figures))


def _builds(figures: Figures) -> Iterator[tuple[str, ...]]:
    for case in _of(figures, BUILDS):
        wall, cpu, peak = (figures.spread(case, unit) for unit in ("wall", "cpu", "peak"))
        ours = replace(case, engine=BYLINE)
        others = case.engine != BYLINE
        ratios = [figures.ratio(ours, case, unit) if others else None for unit in ("wall", "cpu")]
        took = (_seconds(wall), _seconds(cpu), f"{peak.most:,.0f}" if peak else "")
        yield (*_named(case), *took, *map(_spread, ratios))


def of_previews(figures: Figures) -> list[str]:
    """Return how long previews took to start, and from a save to what is seen of it."""
    rows = []
    for case in _of(figures, PREVIEWS):
        found = figures.spread(case, "wall")
        if found:
            rows.append((*_named(case), *(f"{seconds * 1000:,.0f}" for seconds in found)))
    return table(("preview", "posts", "related", "by", "ms", "least", "most"), rows)


def _of(figures: Figures, whats: Sequence[str]) -> list[Case]:
    """Return the cases of these kinds, in the order of size, of related posts, and of the kinds."""
    cases = [case for case in figures.cases if case.what in whats]
    return sorted(cases, key=lambda case: (case.posts, case.related, whats.index(case.what)))


def _named(case: Case) -> tuple[str, str, str, str]:
    return case.what, f"{case.posts:,}", "yes" if case.related else "no", case.engine


def _seconds(found: Spread | None) -> str:
    return f"{found.middle:,.2f}" if found else ""


def _spread(found: Spread | None) -> str:
    if not found:
        return ""
    between = f" ({found.least:.2f}–{found.most:.2f})" if found.least < found.most else ""
    return f"{found.middle:.2f}{between}"


def write(paper: Path, lines: Iterable[str]) -> None:
    """Write lines into a paper, between its markers."""
    before, _, rest = paper.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    written = "".join(f"{line}\n" for line in lines)
    paper.write_text(f"{before}{BEGIN}{written}{END}{after}", "utf-8")
