"""What holds for the related posts of any blog: its order, its changes, its ties; for an index, whatever is renewed."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from byline.related.index import Index
from byline.related.matches import Choice, Matches
from byline.related.pins import Pins
from byline.related.terms import counted, is_word, spellings
from byline.values.post import Post, Status
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
TEXTS = st.lists(st.sampled_from("abcdefgh"), max_size=8).map(" ".join)
"""Of so few words that they often cross a bound; with pairs of them that stand in one post or two."""


class Written(NamedTuple):
    """A post and what it says."""

    post: Post
    text: str


def post(number: int, day: int | None, status: Status, language: str, tags: Sequence[str]) -> Post:
    path = f"{number}.md"
    date = None if day is None else FIRST + timedelta(days=day)
    return Post(path, path, path, path, path, status, language, "", "", date, date, tags=tuple(tags))


FEW = settings(max_examples=40)


@st.composite
def blogs(draw: st.DrawFn) -> list[Written]:
    days = st.none() | st.sampled_from([0, 0, 1, 40, 1000])
    statuses = st.sampled_from([Status.PUBLISHED] * 6 + [Status.DRAFT, Status.HIDDEN, Status.FUTURE])
    languages = st.sampled_from(["en", "en", "en", "de"])
    tags = st.lists(st.sampled_from(["x", "X", "y"]), max_size=2)
    drawn = draw(st.lists(st.tuples(days, statuses, languages, tags, TEXTS), min_size=1, max_size=9))
    return [
        Written(post(number, day, status, language, tagged), text)
        for number, (day, status, language, tagged, text) in enumerate(drawn)
    ]


def choice(blog: Iterable[Written], copies: Iterable[str] = ()) -> Choice:
    texts = {written.post.path: written.text for written in blog}
    return Choice(tuple(written.post for written in blog), lambda one: texts[one.path], copies=frozenset(copies))


def lists(matches: Matches, blog: Iterable[Written]) -> dict[str, object]:
    return {written.post.path: matches.of(written.post, 5) for written in sorted(blog, key=lambda one: one.post.path)}


@FEW
@given(blogs(), st.data())
def test_the_order_in_which_posts_are_given_changes_nothing(blog: list[Written], data: st.DataObject) -> None:
    other = data.draw(st.permutations(blog))
    assert lists(Matches(choice(blog)), blog) == lists(Matches(choice(other)), blog)


@FEW
@given(blogs(), st.data())
def test_nor_does_the_order_in_which_is_asked_nor_asking_twice(blog: list[Written], data: st.DataObject) -> None:
    asked = Matches(choice(blog))
    for written in data.draw(st.lists(st.sampled_from(blog))):
        asked.of(written.post, 5)
    assert lists(asked, blog) == lists(Matches(choice(blog)), blog)


@FEW
@given(blogs(), st.sets(st.integers(0, 8).map("{}.md".format)))
def test_a_list_holds_other_posts_of_the_language_that_everybody_may_see(blog: list[Written], copies: set[str]) -> None:
    matches = Matches(choice(blog, copies))
    for asks in (written.post for written in blog):
        fit = {
            other.path
            for other, _text in blog
            if other.path != asks.path
            and other.language == asks.language
            and other.status is Status.PUBLISHED
            and (other.path not in copies or asks.path in copies)
        }
        listed = [match.post.path for match in matches.of(asks, 5)]
        assert set(listed) <= fit
        assert len(set(listed)) == len(listed) == min(5, len(fit))


@FEW
@given(blogs())
def test_scores_are_finite_and_fall_and_of_equals_the_newer_is_first(blog: list[Written]) -> None:
    matches = Matches(choice(blog))
    for written in blog:
        found = matches.of(written.post, 12)
        assert all(math.isfinite(match.score) and match.score >= 0 for match in found)
        keys = [
            (-match.score, -(match.post.published or datetime.max.replace(tzinfo=UTC)).timestamp()) for match in found
        ]
        assert keys == sorted(keys)


@FEW
@given(blogs(), st.data())
def test_pins_come_first_in_their_order_and_what_is_excluded_never(blog: list[Written], data: st.DataObject) -> None:
    asks = data.draw(st.sampled_from(blog)).post
    others = [
        one.path
        for one, _text in blog
        if one.path != asks.path and one.language == asks.language and one.status is Status.PUBLISHED
    ]
    named = data.draw(st.permutations(others))
    cut, end = sorted(data.draw(st.tuples(st.integers(0, len(named)), st.integers(0, len(named)))))
    pinned, excluded, series = named[:cut], named[cut:end], named[end : end + 1]
    wished = replace(
        choice(blog),
        pins=lambda _post: Pins(tuple(pinned), frozenset(excluded)),
        series={asks.path: [asks.path, *series]},
    )
    listed = Matches(wished).of(asks, 5)
    paths = [match.post.path for match in listed]
    assert paths[: len(pinned)] == pinned
    assert [match.pinned for match in listed] == [path in pinned for path in paths]
    assert not {*excluded, *series} & set(paths)
    assert len(set(paths)) == len(paths) == max(len(pinned), min(5, len(named) - len(excluded) - len(series)))


@FEW
@given(blogs(), st.lists(st.tuples(st.integers(0, 8), TEXTS, TEXTS), min_size=1, max_size=6), st.data())
def test_renewed_posts_are_as_if_they_had_always_been_so(
    blog: list[Written], renewals: list[tuple[int, str, str]], data: st.DataObject
) -> None:
    texts = {one.path: text for one, text in blog}
    posts = {one.path: one for one, _text in blog}
    matches = Matches(Choice(tuple(posts.values()), lambda one: texts[one.path], copies={"0.md", "1.md"}))
    for path in data.draw(st.lists(st.sampled_from(sorted(posts)), max_size=3)):
        matches.of(posts[path], 5)
    for number, name, text in renewals:
        path = f"{number % len(blog)}.md"
        texts[path] = text
        posts[path] = replace(posts[path], name=name)
        matches.renew(posts[path])
    afresh = Matches(Choice(tuple(posts.values()), lambda one: texts[one.path], copies={"0.md", "1.md"}))
    for one in posts.values():
        assert matches.of(one, 5) == afresh.of(one, 5)


@settings(max_examples=120)
@given(
    st.lists(TEXTS, min_size=1, max_size=9),
    st.lists(st.tuples(st.integers(0, 8), TEXTS), min_size=1, max_size=10),
    st.integers(2, 4),
    TEXTS,
)
def test_an_index_after_renewals_is_as_if_made_anew(
    texts: list[str], renewals: list[tuple[int, str]], most: int, stranger: str
) -> None:
    counts = [counted("", text) for text in texts]
    renewed = Index(counts, most, most)
    for number, text in renewals:
        counts[number % len(counts)] = counted("", text)
        renewed.renew(number % len(counts), counts[number % len(counts)])
    same(renewed, Index(counts, most, most), stranger)


@settings(max_examples=10)
@given(st.lists(st.booleans(), min_size=15, max_size=15), st.lists(st.integers(0, 99), min_size=1, max_size=40))
def test_so_is_one_whose_terms_come_and_go_around_a_hundred(had: list[bool], turned: list[int]) -> None:
    common = [True] * 95 + had + [False] * 40
    counts = [counted("", text_of(number, common=has)) for number, has in enumerate(common)]
    renewed = Index(counts)
    for number in (50 + turn for turn in turned):
        common[number] = not common[number]
        counts[number] = counted("", text_of(number, common=common[number]))
        renewed.renew(number, counts[number])
    same(renewed, Index(counts), "common few2")


def text_of(number: int, *, common: bool) -> str:
    return f"few{number // 2} {'common' if common else 'rare'}"


def same(renewed: Index, afresh: Index, stranger: str) -> None:
    """Compare all that two indexes can be asked."""
    asked = [(index.held_by(counted("", stranger)), *map(index.held, range(len(index)))) for index in (renewed, afresh)]
    for one, other in zip(*asked, strict=True):
        assert renewed.likeness(one) == afresh.likeness(other)
    for one, other in zip(*asked, strict=True):
        assert list(renewed.shared(one, asked[0])) == list(afresh.shared(other, asked[1]))


@given(st.text(), st.text())
def test_every_counted_word_can_be_spelled_and_every_spelled_one_is_counted(title: str, text: str) -> None:
    counts = counted(title, text)
    assert {term for term in counts.terms if is_word(term)} == set(spellings(f"{title}\n{text}"))


@given(st.text())
def test_small_and_capital_letters_and_composed_ones_are_counted_alike(text: str) -> None:
    assert counted("", text.casefold()) == counted("", text)
