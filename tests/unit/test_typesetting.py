"""How the words of a card are set: where lines break, and in which order their parts are drawn. Cases: tests/golden."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from byline.values.bidi import leftward, levels, reordered
from byline.values.clusters import clusters, east_asian
from byline.values.line_breaks import Room, typeset

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = Path(__file__).parents[1] / "golden"
CASE = re.compile(r"^(?P<title>.+)\n\.\n(?P<given>(?:.*\n)*?)\.\n(?P<expected>(?:.*\n)*?)\.\n", re.MULTILINE)
HEBREW = {ord("A") + at: 0x05D0 + at for at in range(26)}
LATIN = {hebrew: latin for latin, hebrew in HEBREW.items()}


class Letter(NamedTuple):
    """A character as a run of its own."""

    text: str
    level: int


def cases(name: str) -> Iterator[object]:
    """Yield input and expected output of a golden file's cases."""
    for case in CASE.finditer((GOLDEN / f"{name}.txt").read_text("utf-8")):
        yield pytest.param(case["given"], case["expected"], id=case["title"])


def signs(text: str) -> float:
    """Return how many signs wide a text is."""
    return sum(2 if east_asian(cluster) else 1 for cluster in clusters(text))


@pytest.mark.parametrize(("given", "expected"), [*cases("line_breaks")])
def test_lines_break_where_they_should(given: str, expected: str) -> None:
    room, text = given.removesuffix("\n").split("\n", 1)
    width, most = map(int, room.split())

    found = typeset(text, (2, 1), Room(2 * width, 100, most, 1.0), signs)

    half = "" if found.size == 2 else "half: "
    assert "".join(f"{half}{line}\n" for line in found.lines) == expected


@pytest.mark.parametrize(("given", "expected"), [*cases("right_to_left")])
def test_parts_are_drawn_in_the_order_of_their_direction(given: str, expected: str) -> None:
    for line, drawn in zip(given.splitlines(), expected.splitlines(), strict=True):
        way, text = line[0], line[2:].translate(HEBREW)
        found = reordered([*map(Letter, text, levels(text, leftward=way == "<"))])
        assert f"{way} {''.join(letter.text for letter in found).translate(LATIN)}" == drawn


@pytest.mark.parametrize(
    ("text", "way"), [("", False), ("12 – ?", False), ("2024: שלום", True), ("a שלום", False), ("«سلام» a", True)]
)
def test_the_first_letter_says_which_way_a_text_goes(text: str, *, way: bool) -> None:
    assert leftward(text) == way


def test_few_lines_fit_into_little_room() -> None:
    found = typeset("one two three four", (10, 5), Room(60, 12, 5, 1.2), lambda text: len(text) / 2)

    assert found.size == 5
    assert found.lines == ("one two three four",)
    assert typeset("", (10, 5), Room(60, 12, 5, 1.2), len).lines == ()
