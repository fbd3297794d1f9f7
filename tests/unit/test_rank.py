"""The rank: what likeness, time and tags make of a few posts; and the posts that it is asked about."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

import pytest
from byline.related.rank import Among, Standing, ranked
from unit.test_golden import CASE, GOLDEN

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE = re.compile(
    r"day (?P<day>\d+)(?:, alike (?P<alike>[.\d]+))?(?:, tags (?P<tags>[a-z ]+))?"
    r"(?:, for (?P<count>\d+))?(?:, without (?P<left_out>[\d ]+))?"
)


def drawn(given: str) -> Iterator[str]:
    asks, *lines = (line for line in map(LINE.fullmatch, given.splitlines()) if line)
    others = [standing(line) for line in lines]
    post = standing(asks)
    likeness = {number: float(line["alike"]) for number, line in enumerate(lines) if line["alike"]}
    among = Among(others, bisect_left(others, post.day, key=attrgetter("day")))
    left_out = {int(number) for number in (asks["left_out"] or "").split()}
    for number, score in ranked(post, among, likeness, int(asks["count"]), left_out):
        yield f"{number}: {score}"


def standing(line: re.Match[str]) -> Standing:
    return Standing(int(line["day"]), frozenset((line["tags"] or "").split()))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(case["given"], case["expected"], id=case["title"])
        for case in CASE.finditer((GOLDEN / "rank.txt").read_text("utf-8"))
    ],
)
def test_golden(given: str, expected: str) -> None:
    assert all(map(LINE.fullmatch, given.splitlines()))
    assert "".join(f"{line}\n" for line in drawn(given)) == expected


def test_among_posts_of_one_day_those_next_to_the_post_are_compared() -> None:
    others = [Standing(7)] * 1000

    assert [one.number for one in ranked(Standing(7), Among(others, 500), {}, 3, {500})] == [510, 509, 508]


@pytest.mark.parametrize("left_out", [range(0), range(400, 500), range(500, 600), range(5, 995)])
def test_those_left_out_make_room_for_others(left_out: range) -> None:
    others = [Standing(day) for day in range(1000)]
    found = ranked(Standing(500), Among(others, 500), {450: 0.1, 550: 0.1}, 5, left_out)

    assert len(found) == 5
    assert not {one.number for one in found} & set(left_out)


def test_who_is_alike_is_found_however_far_away() -> None:
    others = [Standing(day) for day in range(10_000)]

    assert ranked(Standing(9_999), Among(others, 9_999), {3: 0.5}, 1, {9_999})[0].number == 3


def test_no_more_than_seventy_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Standing] = []

    def tags_alike(_one: Standing, other: Standing) -> float:
        compared.append(other)
        return 0

    monkeypatch.setattr("byline.related.rank._tags_alike", tags_alike)
    others = [Standing(day) for day in range(10_000)]
    ranked(Standing(5_000), Among(others, 5_000), dict.fromkeys(range(10_000), 0.5), 5)

    assert 50 < len(compared) <= 70
