"""Words cut, compared and stripped, where no golden case says it."""

from __future__ import annotations

import pytest
from byline.values.text import FORBIDDEN, forbidden, meant, one_edit_apart, shortened


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Three short words", 17, "Three short words"),
        ("Three short words", 16, "Three short…"),
        ("Well, then: more", 12, "Well, then…"),
        ("Well - more and more", 8, "Well…"),
        ("Unbelievable", 6, "Unbel…"),
        ("三つの言葉", 4, "三つの…"),
        ("", 5, ""),
    ],
)
def test_a_text_is_cut_at_a_word_without_its_punctuation(text: str, limit: int, short: str) -> None:
    assert shortened(text, limit) == short


@pytest.mark.parametrize("other", ["titl", "titles", "tible", "ttile", "itle", "atitle"])
def test_one_slip_is_one_edit(other: str) -> None:
    assert one_edit_apart("title", other)


@pytest.mark.parametrize("other", ["title", "tit", "titled2", "ltite", "elt it", ""])
def test_none_or_two_slips_are_not_one_edit(other: str) -> None:
    assert not one_edit_apart("title", other)


def test_a_near_word_is_offered_and_a_far_one_is_not() -> None:
    known = ["accent", "share", "limit"]

    assert meant("acent", known) == " Did you mean accent?"
    assert meant("colour", known) == ""


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x0c", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_forbidden(character: str) -> None:
    assert FORBIDDEN.search(f"a{character}b")
    assert (forbidden(f"a{character}b{character}") or [""])[0] == character


@pytest.mark.parametrize("character", ["\t", "\n", "\r", " ", "\x7f", "\x85", "\ud7ff", "\ue000", "\ufffd", "😀"])
def test_what_xml_can_hold_is_not(character: str) -> None:
    assert not FORBIDDEN.search(f"a{character}b")
    assert not forbidden(f"a{character}b")
