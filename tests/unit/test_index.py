"""The index: which terms tell something, how alike posts are, and that the work grows with the posts, no faster."""

from __future__ import annotations

import math

import pytest
from byline.related.index import MOST, Index
from byline.related.rows import Rows
from byline.related.terms import Counts, counted, spellings


def counts_of(*texts: str) -> list[Counts]:
    return [counted("", text) for text in texts]


def likeness(*texts: str) -> dict[int, float]:
    """Return how alike each of these texts is to the first one."""
    index = Index(counts_of(*texts))
    return {number: round(value, 3) for number, value in index.likeness(index.held(0)).items()}


def terms_of(text: str) -> set[int]:
    return set(spellings(text))


def test_terms_stand_ascending_with_their_posts_by_number_and_the_levels_there() -> None:
    bread, rye = counted("", "bread").terms[0], counted("", "rye").terms[0]
    counts = counts_of("bread", "rye", "bread, bread", "", "rye", "bread", "once")

    assert rows_of(counts, 7, 3) == sorted([(bread, [0, 2, 5], [16, 27, 16]), (rye, [1, 4], [16, 16])])
    assert rows_of(counts, 7, 2) == [(rye, [1, 4], [16, 16])]
    assert rows_of(counts, 5, 2) == rows_of(counts, 7, 3)


@pytest.mark.parametrize("arrays", [False, True])
@pytest.mark.parametrize("posts", [10, 100, 1300])
def test_what_posts_have_of_the_terms_is_the_same_in_however_many_shares_it_is_found(
    posts: int, *, arrays: bool
) -> None:
    counts = counts_of(*[f"few{post // 4} few{post % 5} common rare{post} few{post // 4}" for post in range(posts)])
    old = posts - posts // 20
    held: list[list[tuple[int, int]]] = [[] for _post in counts]
    having: dict[int, list[int]] = {}
    for post, one in enumerate(counts):
        for term in one.terms:
            having.setdefault(term, []).append(post)
    listed = {term: posts for term, posts in having.items() if len(posts) > 1 and sum(map(old.__gt__, posts)) <= MOST}
    for post, one in enumerate(counts):
        held[post] = [(term, level) for term, level in zip(one.terms, one.levels, strict=True) if term in listed]

    rows, by_post = Rows.made(counts, old, MOST, arrays=arrays)

    found = zip(*by_post.stretches(), strict=True)
    assert {rows.term(place): list(rows[place].posts) for place in range(len(rows))} == listed
    assert [[(rows.term(place), level) for place, level in zip(*one, strict=True)] for one in found] == held
    assert {term for one in counts for term in one.terms if rows.places([term]) == [None]} == having.keys() - listed


def rows_of(counts: list[Counts], old: int, most: int) -> list[tuple[int, list[int], list[int]]]:
    """Return the rows of posts: each term with its posts and their levels."""
    rows, _held = Rows.made(counts, old, most)
    return [
        (rows.term(place), list(row.posts), list(row.levels))
        for place, row in enumerate(map(rows.__getitem__, range(len(rows))))
    ]


@pytest.mark.parametrize(
    ("number", "tells"), [(1, False), (2, True), (60, True), (61, False), (100, False), (160, False), (500, False)]
)
def test_a_term_tells_something_in_two_posts_and_in_sixty_old_ones_at_most(number: int, tells: bool) -> None:  # noqa: FBT001
    index = Index(counts_of(*["bread"] * number, "hens"))

    assert bool(index.likeness(index.held(0))) == tells


def test_no_posts_are_an_index_too() -> None:
    index = Index([])
    held = index.held_by(counted("Bread", "and rye"))

    assert index.likeness(held) == {}
    assert list(index.shared(held, [held])) == [{}]


def test_the_same_words_are_as_alike_as_can_be() -> None:
    found = likeness("rye bread", "rye bread", "rye bread", "hens", "hens")

    assert found == {0: 1, 1: 1, 2: 1}


def test_who_has_nothing_in_common_is_not_named() -> None:
    assert likeness("rye bread", "hens in the run", "hens") == {}


def test_a_rare_word_tells_more_than_a_frequent_one() -> None:
    found = likeness("bread sourdough", "sourdough", "bread", *["bread with cheese"] * 8)

    assert found[1] > found[2]


def test_pairs_of_neighbours_count_besides_their_words() -> None:
    found = likeness("rye bread", "new rye bread", "bread of new rye")

    assert found[1] > found[2]


def test_likeness_is_the_same_both_ways() -> None:
    index = Index(counts_of("rye bread bread", "rye bread and hens", "hens eat bread", "hens eat rye"))
    values = [index.likeness(index.held(number)) for number in range(4)]

    assert all(math.isclose(values[one][other], values[other][one]) for one in range(4) for other in values[one])


def test_a_text_that_is_not_indexed_is_as_alike_as_one_that_is() -> None:
    counts = counts_of("rye bread", "rye bread and hens", "hens")
    index = Index(counts)

    assert index.likeness(index.held_by(counts[0])) == index.likeness(index.held(0))


def test_a_new_post_leaves_alone_what_the_others_are_to_each_other_until_a_hundred_is_full() -> None:
    counts = [counted("", f"bread{number % 40} rye{number % 7} hens{number % 31}") for number in range(199)]
    news = counted("", "news")
    indexes = [Index([*counts, *[news] * more]) for more in range(3)]
    before, one_more, a_hundred_full = (index.likeness(index.held(3)) for index in indexes)

    assert len(before) > 5
    assert before == one_more
    assert all(before[number] != a_hundred_full[number] for number in before if number != 3)


def test_what_two_posts_speak_of_are_words_that_come_again_in_both_and_are_not_everywhere() -> None:
    both = "rye rye bread hens hens oven everywhere everywhere"
    index = Index(counts_of(both, "rye rye hens hens bread bread everywhere everywhere", *["everywhere"] * 8))
    (shared,) = index.shared(index.held(0), [index.held(1)])

    assert shared.keys() == terms_of("rye hens")
    assert all(part > 0 for part in shared.values())


def test_a_replaced_post_may_say_nothing_and_speak_again() -> None:
    before = counts_of("rye bread", "rye bread", "rye hens", "hens")
    index = Index(before)
    for number, text in [(1, ""), (0, ""), (1, "rye bread"), (0, "rye bread"), (3, "rye"), (3, "hens")]:
        index.renew(number, counted("", text))

    assert [index.likeness(index.held(number)) for number in range(4)] == [
        Index(before).likeness(Index(before).held(number)) for number in range(4)
    ]


def test_a_word_that_every_post_has_can_leave_them_one_by_one() -> None:
    counts = counts_of(*[f"everywhere rare{number // 2}" for number in range(100)])
    index = Index(counts)
    for number in range(0, 60, 2):
        counts[number] = counted("", f"rare{number // 2}")
        index.renew(number, counts[number])
    afresh = Index(counts)

    assert [index.likeness(index.held(number)) for number in range(100)] == [
        afresh.likeness(afresh.held(number)) for number in range(100)
    ]


def test_of_a_replaced_post_only_terms_are_looked_for_that_it_did_not_have(monkeypatch: pytest.MonkeyPatch) -> None:
    text = " ".join(f"rare{number} and" for number in range(50))
    index = Index(counts_of(text, text, "hens", "hens in the run"))
    looked_for = []
    place = Rows._place  # noqa: SLF001  counted here

    def counted_place(self: Rows, term: int) -> int | None:
        looked_for.append(term)
        return place(self, term)

    monkeypatch.setattr(Rows, "_place", counted_place)
    index.renew(0, counted("", f"hens {text}"))

    assert set(looked_for) == set(counted("", f"hens {text}").terms) - set(counted("", text).terms)


@pytest.mark.parametrize("number", [400, 800, 1600])
def test_however_many_posts_there_are_one_is_compared_with_sixty_for_each_of_its_terms(number: int) -> None:
    texts = [f"everywhere quarter{index % 4} sixtieth{index // 60} alone{index}" for index in range(number)]
    counts = counts_of(*texts)
    index = Index(counts)
    compared = sum(len(index.likeness(index.held(post))) for post in range(number))

    assert compared <= number * MOST * max(len(one.terms) for one in counts)
    assert compared <= number * 160
    assert sum(len(posts) for _term, posts, _levels in rows_of(counts, number, MOST)) <= sum(
        len(one.terms) for one in counts
    )


def test_of_a_long_text_the_terms_that_tell_most_of_it_are_looked_up_of_a_short_one_all() -> None:
    """A title of thirty words and their pairs tell nearly all; the last word, that many posts have, next to nothing."""
    title = " ".join(f"word{number}" for number in range(30))
    titles_words = counted(title, "everywhere")
    both, one_word = counted(title, ""), counted("", "everywhere")
    index = Index([both, titles_words, *[one_word] * 50])

    assert index.likeness(index.held(1)).keys() == {0, 1}
    assert len(index.likeness(index.held_by(counted("Word1", "everywhere")))) == len(index)


def test_all_is_finite_for_texts_of_any_length() -> None:
    index = Index(counts_of("a", "a " * 10_000, "", "a b " * 3))

    assert all(math.isfinite(value) for number in range(4) for value in index.likeness(index.held(number)).values())
