"""Dates as readers say them: a day, a month, a year, in the language of the page, on any machine."""

from __future__ import annotations

import time

import pytest
from byline.site.dates_in_words import in_words, locale_of

TOLD = {
    "en": ("July 4, 2026", "July 2026", "2026"),
    "en-GB": ("4 July 2026", "July 2026", "2026"),
    "de": ("4. Juli 2026", "Juli 2026", "2026"),
    "de-CH": ("4. Juli 2026", "Juli 2026", "2026"),
    "fr": ("4 juillet 2026", "juillet 2026", "2026"),
    "pt-br": ("4 de julho de 2026", "julho de 2026", "2026"),
    "ja": ("2026年7月4日", "2026年7月", "2026年"),
    "zh-Hant-TW": ("2026年7月4日", "2026年7月", "2026年"),
    "ar": ("4 يوليو 2026", "يوليو 2026", "2026"),
    "ar-MA": ("4 يوليوز 2026", "يوليوز 2026", "2026"),
}


@pytest.mark.parametrize("language", TOLD)
def test_a_date_is_said_as_the_language_says_it(language: str) -> None:
    locale = locale_of(language)
    assert (in_words((2026, 7, 4), locale), in_words((2026, 7), locale), in_words((2026,), locale)) == TOLD[language]


def test_a_country_has_its_own_names() -> None:
    assert in_words((2026, 1, 5), locale_of("de-AT")) == "5. Jänner 2026"


@pytest.mark.parametrize("language", ["tlh", "x", "", "de_", "-", "../de"])
def test_a_language_that_nobody_knows_has_english_dates_or_those_of_the_nearest(language: str) -> None:
    assert in_words((2026, 7, 4), locale_of(language)) in {"July 4, 2026", "4. Juli 2026"}


def test_ten_thousand_dates_take_a_moment() -> None:
    locale = locale_of("de")
    begun = time.perf_counter()

    for number in range(10_000):
        in_words((2000 + number % 30, 1 + number % 12, 1 + number % 28), locale)

    assert time.perf_counter() - begun < 1  # a tenth of it on a machine that does nothing else
