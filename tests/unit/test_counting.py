"""Counting: the golden cases, of which a dotted circle only carries a mark, and the limits themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from byline.sharing.counting import Counting, counting, grapheme_count, graphemes, weight
from unit.test_golden import CASE, GOLDEN

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(case["given"], case["expected"], id=case["title"])
        for case in CASE.finditer((GOLDEN / "counting.txt").read_text("utf-8").replace("\u25cc", ""))
    ],
)
def test_golden(given: str, expected: str) -> None:
    kind, _, text = given.removesuffix("\n").partition("|")

    assert f"{counting(kind).length(text)} of {counting(kind).most}\n" == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e\u0301a", 2),
        (FAMILY, 1),
        ("🇩🇪🇫🇷", 2),
        ("👩🏽", 1),
        ("1️⃣", 1),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 1),
        ("\u1112\u1161\u11ab", 1),
        ("가\u11a8", 1),
        ("น้ำ", 1),
        ("ｶﾞ", 1),
        ("\r\n", 1),
        ("क्षेत्र", 2),
    ],
)
def test_what_is_drawn_as_one_is_one_grapheme(text: str, expected: int) -> None:
    assert len(graphemes(text)) == expected
    assert "".join(graphemes(text)) == text


@pytest.mark.parametrize(
    ("text", "least"),
    [("क्ष", 2), ("ಕ್ಷ", 2), ("a\u200db", 2), ("\n\u0301", 2), ("가\u11a8", 1), ("น้ำ", 1), (FAMILY, 1)],
)
def test_graphemes_are_counted_as_the_programs_do_that_see_most(text: str, least: int) -> None:
    assert grapheme_count(text) == least
    assert grapheme_count(f"word {text} word") == least + 10


def test_a_limit_is_the_last_that_fits() -> None:
    bluesky = counting("bluesky")

    assert bluesky.fits("a" * 300)
    assert not bluesky.fits("a" * 301)
    assert bluesky.fits(FAMILY * 120)  # 25 bytes each
    assert not bluesky.fits(FAMILY * 121)


def test_the_address_without_its_scheme_is_as_long_as_it_is_where_that_is_more() -> None:
    assert weight("a.very.long.name.of.a.host.me.example") == 37


def test_an_address_in_a_word_or_behind_a_sign_of_names_is_none() -> None:
    x = counting("x")

    assert x.length("ahttps://me.example/weak-ties/") == 30
    assert x.length("@https://me.example/weak-ties/") == 30


def test_a_server_that_takes_more_says_so() -> None:
    generous = replace(counting("mastodon"), most=5000)

    assert generous.fits("a" * 5000)
    assert generous.url == 23


def test_a_network_of_ones_own_may_measure_for_itself() -> None:
    octets = Counting(10, lambda text: len(text.encode()))

    assert octets.length("é") == 2
    assert not octets.fits("é" * 6)
