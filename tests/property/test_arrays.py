"""What NumPy finds of many texts is what is found without it, to the last bit."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest
from byline.related import standing, standing_arrays
from byline.related.index import Index
from byline.related.terms import Counts, counted
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from byline.related.packing import Part

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=12).map(" ".join)
"""Of so few words that they often cross a bound; with pairs of them that stand in one post or two."""
LONG = st.lists(st.integers(0, 40).map("w{}".format), min_size=60, max_size=120).map(" ".join)
"""Of more terms than are looked up."""
COUNTS = st.lists((WORDS | LONG).map(lambda text: counted("", text)), max_size=30)


@given(st.text() | LONG, st.text() | WORDS, st.sampled_from(["en", "de", "ja", ""]))
def test_counts_are_the_same(text: str, title: str, language: str) -> None:
    assert counted(title, text, language, arrays=True) == counted(title, text, language)


@pytest.mark.parametrize("times", [255, 256, 1000])
def test_so_they_are_of_a_word_that_never_ends(times: int) -> None:
    assert counted("a", "a " * times, arrays=True) == counted("a", "a " * times)


@given(COUNTS, st.integers(0, 30), st.integers(0, 5), st.integers(1, 5))
def test_shares_are_the_same(counts: list[Counts], old: int, most: int, shares: int) -> None:
    for number in range(shares):
        within = range(number * (1 << 64) // shares, (number + 1) * (1 << 64) // shares)
        assert standing_arrays.share(counts, old, most, within) == standing.share(counts, old, most, within)


@given(COUNTS, st.integers(1, 5), st.integers(1, 7), st.data())
def test_indexes_are_the_same_and_whom_they_find_most_alike(
    counts: list[Counts], most: int, step: int, data: st.DataObject
) -> None:
    index, summed = Index(counts, most, step), Index(counts, most, step, arrays=True)
    assert {name: same(part) for name, part in summed.parts().items()} == {
        name: same(part) for name, part in index.parts().items()
    }
    summed.expect_many()
    for number in range(len(counts)):
        wanted, beside = data.draw(st.integers(1, 12)), data.draw(st.sets(st.integers(0, len(counts) - 1)))
        assert summed.most_alike(number, wanted, beside) == index.most_alike(number, wanted, beside)


@given(st.lists(WORDS.map(lambda text: counted("", text)), min_size=2, max_size=12), WORDS, st.data())
def test_after_a_post_was_renewed_too(counts: list[Counts], text: str, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(counts) - 1))
    index, summed = Index(counts, 3, 2), Index(counts, 3, 2, arrays=True)
    summed.expect_many()
    summed.most_alike(number, 3, set())
    for one in (index, summed):
        one.renew(number, counted("", text))

    assert summed.most_alike(number, 3, {0}) == index.most_alike(number, 3, {0})


@given(st.lists(WORDS.map(lambda text: counted("", text)), min_size=3, max_size=12), WORDS)
def test_and_when_one_has_come(counts: list[Counts], text: str) -> None:
    index, summed = Index(counts, 3, 50), Index(counts, 3, 50, arrays=True)
    summed.expect_many()
    summed.most_alike(0, 3, set())
    for one in (index, summed):
        if one.takes_more:
            one.append(counted("", text))

    newest = len(index) - 1
    assert summed.most_alike(0, 3, {newest}) == index.most_alike(0, 3, {newest})


def same(part: Part) -> bytes:
    return array("B", bytes(part)).tobytes()
