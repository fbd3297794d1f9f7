"""Series: which posts are parts of one, in which order, and what is wrong with them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from byline.related.series import Part, Series, every, misread
from byline.values.post import Post, Status
from hypothesis import given, strategies

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def post(
    name: str, index: float | None = None, *, day: int = 0, series: str = "On trust", language: str = "en"
) -> Post:
    """Return a published post of a series, dated so many days after the first of January."""
    date = BEGIN + timedelta(days=day)
    url = f"https://me.example/{name}/"
    published = Post(url, name, url, f"{name}/", f"{name}.md", Status.PUBLISHED, language, name, "", date, date)
    return replace(published, series=series, series_index=index)


def slugify(name: str) -> str:
    return re.sub(r"\W+", "-", name).strip("-").lower()


def line(path: str, key: str) -> int:
    """Say that the series stands in line 3 of each source, and the number in line 4."""
    assert path.endswith(".md")
    return {"series": 3, "series_index": 4}[key]


def found(*posts: Post) -> dict[str, Series]:
    """Return the series by slug, where nothing is wrong."""
    series, problems = every(posts, slugify)
    assert problems == ()
    return {one.slug: one for one in series.values()}


def told(*posts: Post) -> list[str]:
    return [str(problem) for problem in every(posts, slugify, line)[1]]


def names(posts: tuple[Post, ...]) -> str:
    return " ".join(post.name for post in posts)


def test_posts_that_name_a_series_are_its_parts_and_each_leads_to_it() -> None:
    posts = post("a", 1), post("b", 2), post("alone", series="")

    series, problems = every(posts, slugify)

    assert problems == ()
    assert series == dict.fromkeys(["a.md", "b.md"], Series("On trust", "on-trust", posts[:2]))


def test_parts_stand_by_number_and_those_without_one_follow_by_date() -> None:
    parts = post("new", day=9), post("third", 3, day=1), post("between", 1.5, day=8), post("first", 1, day=5)

    assert names(found(*parts, post("old", day=2))["on-trust"].posts) == "first between third old new"


def test_parts_of_one_day_stand_by_their_file() -> None:
    assert names(found(post("b"), post("c"), post("a"))["on-trust"].posts) == "a b c"


@given(
    strategies.lists(
        strategies.tuples(strategies.none() | strategies.integers(-1, 3), strategies.integers(0, 3)), max_size=8
    ).flatmap(
        lambda drawn: strategies.permutations([post(f"p{n}", index, day=day) for n, (index, day) in enumerate(drawn)])
    )
)
def test_the_order_and_what_is_wrong_do_not_depend_on_the_order_of_the_posts(posts: list[Post]) -> None:
    series, problems = every(posts, slugify)

    assert (series, problems) == every(sorted(posts, key=lambda post: post.path), slugify)
    assert series.keys() == {post.path for post in posts}
    for one in series.values():
        numbers = [post.series_index for post in one.posts]
        given_ones = [number for number in numbers if number is not None]
        assert numbers == sorted(given_ones) + [None] * (len(numbers) - len(given_ones))


def test_case_and_spaces_make_no_other_series_and_the_first_part_spells_it() -> None:
    series = found(post("b", 2, series="on  TRUST "), post("a", 1, series="On trust"))

    assert [(slug, one.name, names(one.posts)) for slug, one in series.items()] == [("on-trust", "On trust", "a b")]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.FUTURE, Status.HIDDEN])
def test_only_published_posts_are_parts(status: Status) -> None:
    assert names(found(post("a"), replace(post("b"), status=status))["on-trust"].posts) == "a"


def test_languages_are_series_of_their_own_and_the_older_one_has_the_plain_address() -> None:
    series = found(post("c", day=3), post("b", day=2, language="de-AT"), post("a", day=1), post("d", language="fr"))

    assert {slug: names(one.posts) for slug, one in series.items()} == {
        "on-trust": "d",
        "on-trust-en": "a c",
        "on-trust-de-at": "b",
    }


def test_an_address_with_a_language_behind_it_is_never_that_of_another_series() -> None:
    series = found(
        post("a", series="Trust de"), post("b", day=1, series="Trust"), post("c", day=2, series="Trust", language="de")
    )

    assert {slug: names(one.posts) for slug, one in series.items()} == {
        "trust-de": "a",
        "trust": "b",
        "trust-de-de": "c",
    }


def test_two_parts_with_one_number_are_told_at_the_younger_one() -> None:
    assert told(post("b", 1.5, day=2), post("a", 1.5, day=1), post("c", 2)) == [
        "b.md:4: Series_index 1.5 of 'On trust' is also that of a.md. Give each part a number of its own."
    ]
    assert "Series_index 2 of" in told(post("a", 2), post("b", 2.0))[0]


def test_names_with_one_address_are_taken_for_one_series_and_told_once_each() -> None:
    posts = post("a", series="C"), post("b", day=1, series="C++"), post("c", day=2, series="c++"), post("d", series="c")

    [problem] = told(*posts)

    assert problem.startswith(
        "b.md:3: Series: 'C++' has the address of 'C', so they are taken for one. Spell them alike,"
    )
    assert names(every(posts, slugify)[0]["b.md"].posts) == "a d b c"


def test_a_name_without_a_letter_is_no_series_and_fails_a_build() -> None:
    series, problems = every([post("a", series="?!"), post("b", series="?!"), post("c", series="…")], slugify, line)

    assert series == {}
    assert [str(problem) for problem in problems] == [
        "a.md:3: Series: '?!' gives no address. Rename it, or give it one in SLUG_REGEX_SUBSTITUTIONS.",
        "c.md:3: Series: '…' gives no address. Rename it, or give it one in SLUG_REGEX_SUBSTITUTIONS.",
    ]
    assert all(problem.structural for problem in problems)


def test_other_faults_fail_no_build() -> None:
    problems = every([post("a", 1), post("b", 1), post("c", series="On-trust")], slugify)[1]

    assert {problem.code for problem in problems} == {"series-index-twice", "series-alike"}
    assert not any(problem.structural for problem in problems)


def test_a_part_knows_where_it_stands() -> None:
    a, b, c = post("a", 10), post("b", 20), post("c", 30)
    series = found(a, b, c)["on-trust"]

    part = Part(series, b)

    assert (part.index, part.number, part.several) == (2, 3, True)
    assert (part.all, part.all_previous, part.all_next) == ((a, b, c), (a,), (c,))
    assert (part.previous, part.next) == (a, c)
    assert (str(part), part.name, part.slug) == ("On trust", "On trust", "on-trust")


def test_the_first_part_has_none_before_it_and_the_last_none_behind() -> None:
    a, b = post("a", 1), post("b", 2)
    series = found(a, b)["on-trust"]

    assert (Part(series, a).previous, Part(series, a).all_previous, Part(series, a).next) == (None, (), b)
    assert (Part(series, b).next, Part(series, b).all_next, Part(series, b).previous) == (None, (), a)


def test_a_series_of_one_is_a_series_without_other_parts() -> None:
    only = post("a", 7)
    part = Part(found(only)["on-trust"], only)

    assert (part.index, part.number, part.several, part.previous, part.next) == (1, 1, False, None, None)


def test_a_post_of_another_series_has_no_place_in_it() -> None:
    part = Part(found(post("a"))["on-trust"], post("b"))

    with pytest.raises(ValueError, match="not in tuple"):
        part.index  # noqa: B018  the property raises


@pytest.mark.parametrize("written", ["two", "2/5", "nan", ("2", "3")])
def test_a_number_that_is_none_is_told_at_its_line(written: object) -> None:
    [problem] = misread({"series": "On trust", "series_index": written}, post("a"), line)

    assert problem.code == "series-index"
    assert str(problem).startswith(f"a.md:4: Series_index: {written!r} is no number. Write one such as 2; or 2.5,")
    assert not problem.structural


@pytest.mark.parametrize(
    ("written", "name", "what"),
    [
        (("On trust", "On time"), "On trust", "a.md:3: Series: it has no single name; 'On trust' is taken."),
        ({"name": "On trust"}, "", "a.md:3: Series: it has no single name; none is taken."),
    ],
)
def test_a_series_that_is_not_one_name_is_told_at_its_line(written: object, name: str, what: str) -> None:
    [problem] = misread({"series": written}, post("a", series=name), line)

    assert (problem.code, str(problem)) == ("series-name", f"{what} Write one name.")
    assert not problem.structural


@pytest.mark.parametrize("front", [{}, {"series": "", "series_index": ""}, {"series": (), "series_index": ()}])
def test_no_series_is_no_fault(front: dict[str, object]) -> None:
    assert list(misread(front, post("a", series=""))) == []


def test_a_series_that_reads_well_is_no_fault() -> None:
    assert list(misread({"series": ("On trust",), "series_index": "2"}, post("a", 2))) == []
