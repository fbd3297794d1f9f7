"""Dates as readers say them in their language, by Babel (Unicode CLDR): the same on every machine.

Not the locales of the system, which are others on each; and not for programs, which read ISO 8601.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton, get_date_format, parse_pattern

from byline.values.languages import from_the_nearest_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from babel.dates import DateTimePattern

_MONTH = 2


def locale_of(language: str) -> Locale:
    """Return what Babel knows of a language (BCP 47), or of the nearest that it knows; of English for want."""
    for tag in from_the_nearest_on(language):
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")


def in_words(period: Sequence[int], locale: Locale) -> str:
    """Return a year, a month of a year or a day of it, given by its numbers, as the locale's language has it."""
    if len(period) > _MONTH:
        return _long(locale).apply(date(*period), locale)
    first = date(*(*period, 1, 1)[:3])
    return format_skeleton("yMMMM" if len(period) == _MONTH else "y", first, locale=locale)


@cache
def _long(locale: Locale) -> DateTimePattern:
    """Return how a language writes a whole date: Babel looks that up for each, in half of the time that one takes."""
    return parse_pattern(get_date_format("long", locale))
