"""The terms of a text: words in any script, pairs of neighbours, and how often they come."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from byline.related.function_words import FUNCTION_WORDS, of_language
from byline.related.terms import counted, is_word, spellings, words
from unit.test_golden import CASE, GOLDEN

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = re.compile(r"(?P<language>[a-z]{2}):(?: (?P<title>.*))?\n")


def drawn(given: str) -> Iterator[str]:
    head = HEAD.match(given)
    language, title = (head["language"], head["title"] or "") if head else ("", "")
    text = given[head.end() :] if head else given
    yield " | ".join(words(text))
    spelled = {term: word.casefold() for term, word in spellings(f"{title}\n{text}").items()}
    by_level: dict[int, list[str]] = defaultdict(list)
    for term, level in zip(*counted(title, text, language)[:2], strict=True):
        first, second = term >> 32 << 32, (term & 0xFFFFFFFF) << 32
        by_level[level].append(spelled[term] if is_word(term) else f"{spelled[first]}+{spelled[second]}")
    for level, terms in sorted(by_level.items(), reverse=True):
        yield f"{level}: {' '.join(sorted(terms, key=lambda term: ('+' in term, term)))}"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(case["given"], case["expected"], id=case["title"])
        for case in CASE.finditer((GOLDEN / "terms.txt").read_text("utf-8"))
    ],
)
def test_golden(given: str, expected: str) -> None:
    assert "".join(f"{line}\n" for line in drawn(given)) == expected


def test_the_terms_are_ascending_and_each_has_one_level() -> None:
    counts = counted("Rye bread", "Bread of rye, and of spelt.", "en")

    assert list(counts.terms) == sorted(set(counts.terms))
    assert len(counts.levels) == len(counts.terms)


def test_a_title_counts_as_if_it_stood_six_times_in_the_text() -> None:
    titled, written = counted("Bread", "and rye"), counted("", "rye and bread. " * 6)
    levels = dict(zip(*titled[:2], strict=True))
    (bread,) = set(spellings("bread"))

    assert levels[bread] == dict(zip(*written[:2], strict=True))[bread] == 45


def test_a_level_grows_ever_slower_and_has_an_end() -> None:
    levels = [max(counted("", "bread " * number).levels) for number in (1, 2, 10, 100, 255, 256, 10_000)]

    assert levels == [16, 27, 53, 90, 105, 105, 105]


def test_a_word_is_spelled_small_if_it_ever_is() -> None:
    assert set(spellings("Bread BREAD bread").values()) == {"bread"}
    assert set(spellings("GitHub GITHUB").values()) == {"GitHub"}


@pytest.mark.parametrize(
    ("tag", "word"),
    [
        ("en", "would"),
        ("en-GB", "would"),
        ("EN", "would"),
        ("de", "über"),
        ("nn", "ikke"),
        ("da", "ikke"),
        ("ru", "ещё"),
    ],
)
def test_function_words_are_known_by_the_first_part_of_a_language_tag(tag: str, word: str) -> None:
    assert word in of_language(tag)
    assert not counted("", word.upper(), tag).terms


@pytest.mark.parametrize("tag", ["", "xx", "zh-Hant", "-"])
def test_a_language_that_is_not_known_has_no_function_words(tag: str) -> None:
    assert not of_language(tag)


@pytest.mark.parametrize("language", FUNCTION_WORDS)
def test_a_function_word_is_one_word_as_texts_are_parted(language: str) -> None:
    listed = FUNCTION_WORDS[language]

    assert {word for one in listed for word in words(one)} == listed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("bread and rye " * 360_000, 4, id="of a few words"),
        pytest.param("a" * 5_000_000, 1, id="of one word"),
        pytest.param("\u65e5\u672c" * 100_000, 4, id="without spaces"),
        pytest.param("'" * 5_000_000, 0, id="of apostrophes"),
        pytest.param("\N{WOMAN}\N{ZERO WIDTH JOINER}" * 700_000, 0, id="of emoji"),
    ],
)
def test_a_text_of_megabytes_is_counted_in_seconds(text: str, number: int) -> None:
    begun = time.process_time()

    assert len(counted("", text, "en").terms) == number
    assert time.process_time() - begun < 20


def test_half_a_sign_is_no_word_and_no_crash() -> None:
    assert words("bread \ud83d rye") == ["bread", "rye"]
