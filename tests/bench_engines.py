"""Byline beside other engines, on the same posts in the same run: a part of `./byline bench`.

Not a test: machines differ and drift, so it prints ratios with their spread, says which targets were met, and judges
nothing. What is measured, and how: docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from bench import chart, race, tables
from bench.figures import Figures
from byline.edges.console import Console

GROWTH = (100, 1_000, 10_000, 50_000)
FEWEST = 2
"""Of a single post there is no other to be linked."""
CHART = "growth.svg"
CONSOLE = Console()


def main(arguments: list[str]) -> None:
    """Race, print the tables; write them into a paper, and the chart beside it, where one is named."""
    asked = _parsed(arguments)
    # Whoever writes a blog has a Python that keeps what it compiled.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    figures = Figures()
    field, missing = race.engines()
    for line in missing:
        CONSOLE.say(line)
    cold = GROWTH if asked.growth else ()
    race.run(figures, CONSOLE.say, whole=asked.posts, cold=cold, rounds=asked.rounds, field=field)
    lines = [*tables.of_targets(figures), "", *tables.of_builds(figures), "", *tables.of_previews(figures)]
    for line in ("", *lines):
        CONSOLE.say(line)
    if asked.figures:
        tables.write(asked.figures, lines)
        if len({*asked.posts, *cold}) > 1:
            asked.figures.with_name(CHART).write_text(chart.growth(chart.lines(figures)), "utf-8")


def sizes(text: str) -> list[int]:
    """Return the numbers of posts that a text names, with commas between them; raise ValueError where it does not."""
    numbers = [int(number) for number in text.split(",")]
    if min(numbers) < FEWEST:
        raise ValueError(text)
    return numbers


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Byline beside other engines")
    parser.add_argument("--posts", type=sizes, default=[1000], help="how many posts; several: 1000,10000")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured, in turns")
    parser.add_argument(
        "--growth", action="store_true", help=f"cold builds of {', '.join(map(str, GROWTH))} posts, too"
    )
    parser.add_argument("--figures", type=Path, help="a paper to write the tables into, and the chart beside it")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
