"""Dates as people write them, read without guessing; and as feeds want them.

Not a calendar and not a clock: nothing here knows what day it is.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from dateutil.parser import ParserError, parse  # type: ignore[import-untyped]  # it has no types

_MINUTE = timedelta(minutes=1)
_PLAIN = re.compile(r"[1-9]\d{3}-\d\d-\d\d(?: (?:[01]\d|2[0-3]):\d\d(?::\d\d)?)?", re.ASCII)
"""How dates are written mostly, which nobody could read otherwise."""


def moment(written: str, home: ZoneInfo, kind: type[datetime] = datetime) -> datetime:
    """Return a date, of this kind, as dateutil reads it; without a time zone of its own it has none.

    Raises ValueError where dateutil would guess: it fills up what is left out from today's date, and takes the name of
    a time zone for none. Names that `home` goes by count.
    """
    if _PLAIN.fullmatch(written):
        try:
            return kind.fromisoformat(written)
        except ValueError:
            pass  # there is no such day or hour: dateutil has the words for it

    def named(name: str | None, seconds: int | None) -> tzinfo | None:
        if seconds is not None:
            return timezone(timedelta(seconds=seconds))
        if name and name not in {datetime(2000, month, 1, tzinfo=home).tzname() for month in (1, 7)}:
            raise ValueError(f"the time zone {name} means several things, say `+01:00`")
        return home if name else None

    text = " ".join(written.replace("_", " ").strip("\"'").split())
    try:
        one, other = (parse(text, default=kind(*day), tzinfos=named) for day in ((2000, 1, 1), (2004, 2, 2)))
    except (ParserError, OverflowError) as error:
        raise ValueError(f"{written!r} is no date") from error
    if one != other:
        raise ValueError(f"{written!r} leaves out the year, the month or the day")
    return one  # type: ignore[no-any-return]  # dateutil has no types


def zone(name: object) -> ZoneInfo:
    """Return a time zone of the IANA database. Raises ValueError when there is none of that name."""
    try:
        return ZoneInfo(str(name))
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"there is no time zone {name!r}") from error


def with_offset(date: datetime) -> datetime:
    """Return an aware date in whole seconds and with an offset in whole minutes, as RFC 3339 and RFC 822 can say it.

    Before the time zones, clocks went by the sun: those dates are given in UTC.
    """
    offset = date.utcoffset()
    whole = date.astimezone(UTC) if offset and offset % _MINUTE else date
    return whole.replace(microsecond=0) if whole.microsecond else whole


def rfc3339(date: datetime) -> str:
    """Return an aware date as Atom and JSON Feed write it (RFC 3339)."""
    return with_offset(date).isoformat()
