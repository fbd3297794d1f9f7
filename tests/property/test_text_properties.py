"""What holds for any words: near misses, cut summaries, titles."""

from __future__ import annotations

from byline.values.text import (
    FORBIDDEN,
    fit_for_xml,
    forbidden,
    line_of,
    one_edit_apart,
    shortened,
    without_markup,
)
from hypothesis import given
from hypothesis import strategies as st

SHORT = st.text("abc", max_size=5)
SPACED = st.text().map(lambda text: " ".join(text.split()))


def edits(word: str) -> set[str]:
    """Return all words one edit away, the slow way."""
    near = {word[:at] + word[at + 1 :] for at in range(len(word))}
    near |= {word[:at] + letter + word[at:] for at in range(len(word) + 1) for letter in "abc"}
    near |= {word[:at] + letter + word[at + 1 :] for at in range(len(word)) for letter in "abc"}
    near |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return near - {word}


@given(st.text(st.characters() | st.sampled_from("\x00\x0b\x1f\t\n\r\ud800\udfff\ufffd\ufffe\uffff")))
def test_what_xml_cannot_hold_is_what_a_search_for_it_finds(text: str) -> None:
    found, searched = forbidden(text), FORBIDDEN.search(text)

    assert (found and found.span()) == (searched and searched.span())
    assert fit_for_xml(text) == FORBIDDEN.sub("", text)


@given(SHORT, SHORT)
def test_one_edit_apart_agrees_with_trying_every_edit(one: str, other: str) -> None:
    assert one_edit_apart(one, other) == (other in edits(one))


@given(SHORT, SHORT)
def test_one_edit_apart_works_both_ways(one: str, other: str) -> None:
    assert one_edit_apart(one, other) == one_edit_apart(other, one)


@given(SPACED, st.integers(min_value=1, max_value=80))
def test_a_shortened_text_fits_and_begins_as_the_whole(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert len(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@given(st.text().filter(lambda text: not FORBIDDEN.search(text)))
def test_a_title_has_single_spaces_and_no_control_characters(title: str) -> None:
    text = without_markup(title)
    assert text == " ".join(text.split())
    assert not FORBIDDEN.search(text)


@given(st.text("ab\n"), st.data())
def test_the_line_of_an_offset_counts_the_ends_before_it(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(min_value=0, max_value=len(text)))
    assert line_of(text, offset) == len(text[:offset].split("\n"))
