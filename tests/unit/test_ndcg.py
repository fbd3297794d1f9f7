"""The measure of related posts, against numbers worked out by hand; and the invented corpus it is used on."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ndcg import Coverage, coverage, lists_without_neighbours, mean_ndcg, ndcg, questions, without_neighbours

CORPUS = Path(__file__).parents[1] / "fixtures" / "related" / "corpus.jsonl"


@pytest.mark.parametrize(
    ("listed", "relevant", "expected"),
    [
        ([1, 2, 3, 4, 5], {1}, 1.0),
        ([1, 2, 3, 4, 5], {2}, 0.6309),  # 1 / log2(3)
        ([1, 2, 3, 4, 5], {3}, 0.5),  # 1 / log2(4)
        ([1, 2, 3, 4, 5], {5}, 0.3869),  # 1 / log2(6)
        ([1, 2, 3, 4, 5], {9}, 0.0),
        ([], {9}, 0.0),
        ([1, 2, 3, 4, 5], {2, 1}, 1.0),
        ([1, 2, 3, 4, 5], {1, 3}, 0.9197),  # (1 + .5) / (1 + .6309)
        ([1, 2, 3, 4, 5], {2, 4, 9}, 0.4982),  # (.6309 + .4307) / (1 + .6309 + .5)
        ([1], {1, 2, 3}, 0.4693),  # 1 / (1 + .6309 + .5): a short list leaves its places empty
    ],
)
def test_a_relevant_post_is_worth_less_the_lower_it_is_listed(
    listed: list[int], relevant: set[int], expected: float
) -> None:
    assert ndcg(listed, relevant) == pytest.approx(expected, abs=0.00005)


def test_more_relevant_posts_than_places_can_still_be_answered_fully() -> None:
    assert ndcg([1, 2, 3, 4, 5], range(1, 9)) == 1.0


def test_what_is_listed_below_the_depth_does_not_count() -> None:
    assert ndcg([1, 2, 3, 4, 5, 6], {6}) == 0.0
    assert ndcg([1, 2, 3], {3}, depth=2) == 0.0
    assert ndcg([1, 2, 3, 4, 5, 6], {6}, depth=6) == pytest.approx(0.3562, abs=0.00005)  # 1 / log2(7)


def test_a_post_listed_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="listed twice"):
        ndcg([1, 1], {1})


def test_nothing_relevant_is_no_question() -> None:
    with pytest.raises(ValueError, match="No post is relevant"):
        ndcg([1, 2], ())


@given(st.lists(st.integers(0, 20), unique=True), st.sets(st.integers(0, 20), min_size=1), st.integers(1, 8))
def test_every_list_is_between_nothing_and_the_best(listed: list[int], relevant: set[int], depth: int) -> None:
    best = sorted(relevant) + sorted(set(listed) - relevant)

    assert 0.0 <= ndcg(listed, relevant, depth) <= ndcg(best, relevant, depth) == 1.0


def test_a_link_makes_both_of_its_posts_ask() -> None:
    assert questions([[1], [], [1], []]) == {0: {1}, 1: {0, 2}, 2: {1}}


def test_links_there_and_back_are_one_and_a_link_to_oneself_is_none() -> None:
    assert questions([[0, 1, 1], [0], [2]]) == {0: {1}, 1: {0}}


def test_a_post_that_links_too_many_asks_nothing_and_is_still_an_answer() -> None:
    assert questions([[1, 2, 3], [], [], [2]], most=2) == {1: {0}, 2: {0, 3}, 3: {0, 2}}
    assert questions([[1, 2], [], [], [2]], most=2)[0] == {1, 2}


def test_fifteen_links_are_not_too_many_and_sixteen_are() -> None:
    fifteen, sixteen = ([[*range(1, count + 1)], *[[] for _post in range(count)]] for count in (15, 16))

    assert len(questions(fifteen)) == 16
    assert 0 not in questions(sixteen)


def test_being_linked_by_many_does_not_silence_a_post() -> None:
    assert len(questions([[], *[[0] for _post in range(20)]])[0]) == 20


def test_the_mean_is_over_those_that_ask_and_a_missing_list_found_nothing() -> None:
    lists = {0: [1, 2], 1: [2, 0], 7: [0]}

    assert mean_ndcg(lists, {0: {1}, 1: {0}, 2: {1}}) == pytest.approx(0.5436, abs=0.00005)  # (1 + .6309 + 0) / 3
    assert mean_ndcg(lists, {1: {0}}, depth=1) == 0.0


def test_a_mean_over_no_question_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one data point"):
        mean_ndcg({0: [1]}, {})


def test_coverage_tells_how_many_posts_are_listed_and_how_often_one_is() -> None:
    assert coverage({0: [1, 2], 1: [2], 2: [1], 3: [2]}) == Coverage(listed=0.5, most=0.75)
    assert coverage({0: [], 1: []}) == Coverage(listed=0.0, most=0.0)


def test_the_posts_before_and_after_are_taken_out_and_who_had_no_other_answer_asks_no_more() -> None:
    asked = {0: {1}, 1: {0, 3}, 2: {0, 1, 3}, 3: {1, 2}}
    order = [2, 0, 3, 1]  # by date: 2 and 0 are neighbours, and 0 and 3, and 3 and 1

    assert without_neighbours(asked, order) == {0: {1}, 1: {0}, 2: {1, 3}, 3: {2}}
    assert without_neighbours({0: {2, 3}, 1: {3}}, order) == {}


def test_in_lists_the_posts_that_follow_move_up() -> None:
    assert lists_without_neighbours({0: [2, 1, 3], 3: [2, 1], 1: []}, [2, 0, 3, 1]) == {0: [1], 3: [2], 1: []}


def test_what_only_nearness_found_is_worth_nothing_without_neighbours() -> None:
    order = range(4)
    asked = questions([[], [0, 3], [], []])
    lists = {post: [other for other in (post - 1, post + 1) if other in order] for post in order}

    assert mean_ndcg(lists, asked) > 0.5
    assert mean_ndcg(lists_without_neighbours(lists, order), without_neighbours(asked, order)) == 0.0


@pytest.fixture(scope="module")
def corpus() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]


def test_the_corpus_links_only_posts_of_the_same_language_and_each_post_links_one_to_three(
    corpus: list[dict[str, Any]],
) -> None:
    languages = {post["slug"]: post["language"] for post in corpus}

    assert Counter(languages.values()) == {"en": 48, "de": 8, "ru": 8, "ja": 8}
    for post in corpus:
        assert 1 <= len(set(post["links"])) == len(post["links"]) <= 3
        assert post["slug"] not in post["links"]
        assert {languages[slug] for slug in post["links"]} == {post["language"]}


def test_the_corpus_is_in_the_order_of_its_dates_and_no_post_links_its_neighbour(corpus: list[dict[str, Any]]) -> None:
    assert all(post["date"] < following["date"] for post, following in pairwise(corpus))
    for language in ("en", "de", "ru", "ja"):
        own = [post for post in corpus if post["language"] == language]
        for post, following in pairwise(own):
            assert following["slug"] not in post["links"]
            assert post["slug"] not in following["links"]
