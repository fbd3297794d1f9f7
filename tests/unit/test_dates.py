"""Dates read without guessing, and written as feeds want them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from byline.values.dates import moment, with_offset, zone

OSLO = ZoneInfo("Europe/Oslo")


@pytest.mark.parametrize(
    "written",
    ["2026-03-01 18:30", "2026-03-01T18:30", "'2026-03-01 18:30'", '"2026-03-01_18:30"', "1 March 2026, 6:30 pm"],
)
def test_a_date_without_a_zone_has_none(written: str) -> None:
    assert moment(written, OSLO) == datetime(2026, 3, 1, 18, 30)  # noqa: DTZ001  that is the point


def test_a_day_begins_at_midnight() -> None:
    assert moment("2026-03-01", OSLO) == datetime(2026, 3, 1)  # noqa: DTZ001  that is the point


@pytest.mark.parametrize(
    "written", ["2026-03-01 18:30 +02:00", "2026-03-01T18:30:00+0200", "Sun, 01 Mar 2026 18:30 +0200"]
)
def test_an_offset_is_kept(written: str) -> None:
    assert moment(written, OSLO) == datetime(2026, 3, 1, 18, 30, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize("written", ["2026-03-01 18:30 UTC", "2026-03-01T18:30:00Z", "2026-03-01 18:30 GMT"])
def test_universal_time_has_names(written: str) -> None:
    assert moment(written, OSLO) == datetime(2026, 3, 1, 18, 30, tzinfo=UTC)


def test_the_names_that_home_goes_by_count() -> None:
    assert moment("2026-07-01 18:30 CEST", OSLO) == datetime(2026, 7, 1, 18, 30, tzinfo=OSLO)


def test_other_names_of_zones_are_refused_wherever_the_machine_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.tzname", ("EST", "EDT"))

    with pytest.raises(ValueError, match="the time zone EST means several things"):
        moment("2026-03-01 18:30 EST", OSLO)


@pytest.mark.parametrize("written", ["2026", "March 2026", "2026-03", "18:30", "Monday", "1 March"])
def test_what_would_be_filled_up_from_today_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="leaves out the year, the month or the day"):
        moment(written, OSLO)


@pytest.mark.parametrize("written", ["someday", "", "2026-13-01", "9" * 40, "2026-03-01 25:00", "今日"])
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"is no date|leaves out"):
        moment(written, OSLO)


@pytest.mark.parametrize("name", ["Mars/Phobos", "", "../etc/passwd", "/etc/passwd", None, 5, "Europe"])
def test_a_zone_that_is_not_there_is_refused(name: object) -> None:
    with pytest.raises(ValueError, match="there is no time zone"):
        zone(name)


def test_offsets_in_seconds_are_given_in_universal_time() -> None:
    before_zones = datetime(1850, 1, 1, 12, tzinfo=timezone(timedelta(minutes=17, seconds=30)))

    assert with_offset(before_zones).isoformat() == "1850-01-01T11:42:30+00:00"
    assert with_offset(datetime(2026, 3, 1, 12, 0, 0, 5, OSLO)).isoformat() == "2026-03-01T12:00:00+01:00"
