"""Dates as readers say them in their language, by Babel (Unicode CLDR): the same on every machine.

Not the locales of the system, which are others on each; and not for programs, which read ISO 8601.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

from byline.values.languages import from_the_nearest_on

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        return format_date(date(*period), "long", locale)
    first = date(*(*period, 1, 1)[:3])
    return format_skeleton("yMMMM" if len(period) == _MONTH else "y", first, locale=locale)
