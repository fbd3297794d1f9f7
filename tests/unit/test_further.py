"""Further reading: other people's posts, from the front matter and from the text."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from byline.related.further import Further, from_front, from_text, together
from byline.site.front_matter import split
from byline.site.reader import Options, read
from byline.site.typography import Typography
from byline.values.addresses import on_the_web
from byline.values.content import Content
from byline.values.problem import Place, Severity
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st
from unit.test_golden import CASE, GOLDEN

if TYPE_CHECKING:
    from collections.abc import Iterator

TRUST = Further("Trust", "https://a.example/trust", "Ana Ruiz")
PIECES = st.lists(
    st.sampled_from(
        ["[", "]", "(", ")", "<", ">", '"', "'", "\\", " ", "\n", "- ", "by ", ", ", "https://a.example", "A"]
    )
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | PIECES.map("".join),
    lambda values: st.lists(values).map(tuple) | st.dictionaries(st.text(), values),
    max_leaves=5,
)


def drawn(given: str) -> Iterator[str]:
    found, problems = from_front(given, "post.md", 4)
    yield from (f"{further.name} | {further.url} | {further.person}".rstrip() for further in found)
    yield from (f"! {problem.what.removeprefix('Further_reading: ')}" for problem in problems)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(case["given"], case["expected"], id=case["title"])
        for case in CASE.finditer((GOLDEN / "further.txt").read_text("utf-8"))
    ],
)
def test_golden(given: str, expected: str) -> None:
    assert "".join(f"{line}\n" for line in drawn(given)) == expected


def test_what_is_no_link_is_told_at_its_key_with_the_form() -> None:
    found, (problem,) = from_front("Trust by Ana Ruiz", "post.md", 4)

    assert found == ()
    assert (problem.code, problem.place, problem.severity) == (
        "further-reading",
        Place("post.md", 4),
        Severity.EDITORIAL,
    )
    assert (
        str(problem) == "post.md:4: Further_reading: “Trust by Ana Ruiz” is no link. "
        "Write one post a line, as `[Title](https://…) by Name`."
    )


@pytest.mark.parametrize(
    "front",
    [
        "Further_reading: [Trust](https://a.example/trust) by Ana Ruiz\n    [Doubt](https://b.example/)\n\n",
        '---\nfurther-reading:\n  - "[Trust](https://a.example/trust) by Ana Ruiz"\n  - "[Doubt](https://b.example/)"\n---\n',
        "---\nfurther_reading: |\n  - [Trust](https://a.example/trust) by Ana Ruiz\n  - [Doubt](https://b.example/)\n---\n",
        "+++\nfurther_reading = ['[Trust](https://a.example/trust), Ana Ruiz', '[Doubt](https://b.example/)']\n+++\n",
    ],
)
def test_every_kind_of_front_matter_has_lists(front: str) -> None:
    value = split(front, "post.md").values["further_reading"]

    assert from_front(value, "post.md", 1) == ((TRUST, Further("Doubt", "https://b.example/")), ())


@pytest.mark.parametrize("value", ["", (), None, "\n \n", ("", None)])
def test_nothing_is_no_problem(value: object) -> None:
    assert from_front(value, "post.md", None) == ((), ())


@pytest.mark.parametrize("value", [{"Trust": "https://a.example/"}, ({"a": ("b",)},), 7])
def test_what_is_no_text_is_no_link(value: object) -> None:
    found, problems = from_front(value, "post.md", None)

    assert found == ()
    assert [problem.code for problem in problems] == ["further-reading"]


def test_a_link_marked_in_a_post_counts() -> None:
    source = '[On the BBC & "trust"](https://a.example/trust?a=1&b=2 "Ana Ruiz"){.further} [No](https://b.example/)'
    options = Options(markdown={"extensions": ["markdown.extensions.extra"]}, typography=Typography(on=True))

    found = from_text(read("post.md", source.encode(), options, ()).content)

    assert found == (Further("On the BBC & “trust”", "https://a.example/trust?a=1&b=2", "Ana Ruiz"),)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<a class="further" href="https://a.example/trust" title="x" author=" Ana  Ruiz ">Trust</a>', [TRUST]),
        ('<A CLASS="x further y" HREF=https://a.example/trust title="Ana Ruiz"><b>Tru</b>st</A>', [TRUST]),
        (
            '<a class="further" href="https://www.a.example/"><img src="a.jpg"></a>',
            [("a.example", "https://www.a.example/")],
        ),
        (
            '<a class="further" href="https://a.example/">A&nbsp;<span class="caps">BBC</span>',
            [("A BBC", "https://a.example/")],
        ),
        ('<a class="further" href="../other.md">Trust</a>', []),
        ('<a class="further" href="javascript:alert(1)">Trust</a>', []),
        ('<a class="further" href="https://[">Trust</a>', []),
        ('<a class="further">Trust</a>', []),
        ('<a class="furthermore" href="https://a.example/">Trust</a>', []),
        ('<a title="further" href="https://a.example/">Trust</a>', []),
        ('<p class="further">Trust</p>', []),
    ],
)
def test_marked_links_to_other_sites_count(html: str, found: list[Further | tuple[str, str]]) -> None:
    assert list(from_text(Content(html))) == [one if isinstance(one, Further) else Further(*one) for one in found]


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/trust",
        "http://a.example/trust",
        "https://www.a.example/trust",
        "https://A.Example/trust/",
        "HTTPS://a.example/trust#part",
    ],
)
def test_an_address_counts_once_however_it_is_written(url: str) -> None:
    assert together([TRUST], [Further("Other", url, "Bo Li")]) == (TRUST,)


@pytest.mark.parametrize(
    "url", ["https://a.example/Trust", "https://a.example/trust?a", "https://b.example/trust", "https://a.example/"]
)
def test_other_addresses_are_others(url: str) -> None:
    assert together([TRUST], [Further("Other", url)]) == (TRUST, Further("Other", url))


def test_a_person_known_only_from_a_later_one_is_taken_in() -> None:
    first = Further("On trust", "https://a.example/trust/")

    assert together([first], [TRUST], [Further("Third", TRUST.url, "Bo Li")]) == (
        Further("On trust", "https://a.example/trust/", "Ana Ruiz"),
    )


@settings(deadline=None, derandomize=True, database=None)
@for_any(VALUES)
def test_no_value_is_too_strange(value: object) -> None:
    found, problems = from_front(value, "post.md", 1)

    assert all(on_the_web(further.url) and further.name for further in found)
    assert all(problem.code == "further-reading" for problem in problems)


@settings(deadline=None, derandomize=True, database=None)
@for_any(st.lists(st.tuples(st.text(), st.text(), st.text()).map(lambda parts: Further(*parts))))
def test_putting_together_twice_changes_nothing(every: list[Further]) -> None:
    once = together(every)

    assert together(once, once) == once
    assert len(once) <= len(every)


@pytest.mark.parametrize(
    "begun", ["", "[a](", "[a](https://a.example ", "[a](https://a.example) by ", "https://a.example"]
)
@pytest.mark.parametrize(
    "piece", ["[", "[](", "(", "\\", '"', "*a ", "<a ", "&#", "`a", ". , by ", "[a](https://a.example"]
)
def test_a_strange_line_takes_no_longer_than_others(begun: str, piece: str) -> None:
    start = time.process_time()

    from_front(begun + piece * 10_000, "post.md", 1)

    assert time.process_time() - start < 10
