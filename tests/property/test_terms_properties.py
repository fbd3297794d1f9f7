"""The words of any text are those that one expression finds in all of it, whatever is passed over on the way."""

from __future__ import annotations

import unicodedata
from itertools import chain

from byline.related import terms
from byline.related.terms import counted, spellings, words
from hypothesis import example, given
from hypothesis import strategies as st

SIGNS = "’ ‘ “ ” – — … \xa0 \xad \u0301 \u0338 \u0345 \u200d \u2009 . ' - = < 1".split(" ")
WRITTEN = st.sampled_from([*SIGNS, " ", *"a B word Word don’t é É ﬁ № ß Слово ひと 漢字 กข".split(" ")])
TEXTS = st.text() | st.lists(WRITTEN, max_size=30).map("".join)


def whole(text: str) -> list[str]:
    """Return the words as the expression finds them in the whole text, in NFKC."""
    normal = unicodedata.normalize("NFKC", text.replace("\xad", ""))
    return list(chain.from_iterable(map(terms._parts, terms._WORD.findall(normal))))  # noqa: SLF001  what is tested


@given(TEXTS)
@example("“it’s” a…b–c—d\xa0e")
@example("a’\u0301b")
def test_no_word_is_lost_or_found_in_a_shorter_way(text: str) -> None:
    assert words(text) == whole(text)


@given(TEXTS)
def test_each_word_that_is_counted_is_spelled(text: str) -> None:
    assert set(spellings(text)) == {term for term in counted("", text).terms if terms.is_word(term)}


@given(TEXTS)
def test_the_quotes_of_typography_count_as_those_of_a_keyboard(text: str) -> None:
    typed = text.replace("’", "'").replace("“", '"').replace("”", '"').replace("—", "--")

    assert counted("", typed) == counted("", text)
