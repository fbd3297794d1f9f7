"""Records written: comments, order and all other bytes stay; what the writer wrote is kept."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING

import pytest
from byline.credits.record_writing import merged, record, shown, with_record
from byline.values.problem import Fault
from unit.test_golden import CASE, GOLDEN

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "content/photos.toml"


def drawn(given: str) -> Iterator[str]:
    asked, _, source = given.partition("\n")
    path, *parts = asked.split(" | ")
    fields: dict[str, object] = {name: value.strip() for name, _, value in (part.partition(":") for part in parts)}
    if "creator" in fields:
        fields["creator"] = tuple(str(fields["creator"]).split("; "))
    try:
        written = with_record(source.encode(), path, fields, NAME)
    except Fault as fault:
        yield from map(str, fault.problems)
        return
    assert with_record(written, path, fields, NAME) == written
    yield from written.decode().removesuffix("\n").split("\n")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(case["given"], case["expected"], id=case["title"])
        for case in CASE.finditer((GOLDEN / "records_written.txt").read_text("utf-8"))
    ],
)
def test_golden(given: str, expected: str) -> None:
    assert "".join(f"{line}\n" for line in drawn(given)) == expected


def test_a_file_that_is_not_there_is_made() -> None:
    assert with_record(None, "images/a.jpg", {"own": True}, NAME) == b'["images/a.jpg"]\nown = true\n'


def test_what_windows_wrote_stays_so() -> None:
    body = b'\xef\xbb\xbf["images/a.jpg"]\r\nown = true\r\n'

    written = with_record(with_record(body, "images/a.jpg", {"title": "A"}, NAME), "images/b.jpg", {"own": True}, NAME)

    assert written == body + b'title = "A"\r\n\r\n["images/b.jpg"]\r\nown = true\r\n'


def test_lines_of_both_kinds_stay_as_they_are() -> None:
    body = b'# a\r\n["images/a.jpg"]\nown = true\r\n'

    assert with_record(body, "images/a.jpg", {"title": "A"}, NAME).startswith(body)


def test_a_record_in_one_line_is_understood() -> None:
    written = with_record(b'"images/a.jpg" = {own = true} # me\n', "images/a.jpg", {"title": "A"}, NAME)

    assert record(written, "images/a.jpg", NAME) == {"own": True, "title": "A"}
    assert written.endswith(b"# me\n")


@pytest.mark.parametrize("value", ["\"'\\", "a\x07\u2028b", "# no comment", "= [x]", "'''", '"""', "é\U0001f40b"])
def test_any_text_reads_back(value: str) -> None:
    written = with_record(b"# top\n", "images/a.jpg", {"title": value, "creator": (value, "B")}, NAME)

    assert tomllib.loads(written.decode()) == {"images/a.jpg": {"title": value, "creator": [value, "B"]}}


def test_what_is_no_utf8_is_refused_with_its_line() -> None:
    with pytest.raises(Fault, match=r"^content/photos.toml:2: The file is no UTF-8"):
        with_record(b"# a\n# \xff", "images/a.jpg", {"own": True}, NAME)


def test_a_broken_record_of_another_picture_is_no_hindrance() -> None:
    body = b'["images/b.jpg"]\nyear = "soon"\n'

    assert with_record(body, "images/a.jpg", {"own": True}, NAME).startswith(body)


def test_fields_stand_in_the_order_of_the_reference() -> None:
    fields = {
        "seen": "2026-11-28",
        "license": "CC0-1.0",
        "creator": ("A",),
        "title": "T",
        "source": "https://a.example/",
    }

    lines = shown("images/a.jpg", fields).splitlines()

    assert [line.split(" ")[0] for line in lines[1:]] == ["title", "creator", "source", "license", "seen"]


def test_what_is_empty_is_filled_and_what_is_there_is_kept() -> None:
    there = {"title": "", "creator": "Ana Ruiz", "source": "https://a.example/1/", "seen": "2020-01-01"}
    found = {"title": "T", "creator": ("Ana R.",), "source": "https://a.example/1", "license": "CC0-1.0"}

    fit = merged(there, {**found, "seen": "2026-11-28"})

    assert fit.new == {"title": "T", "license": "CC0-1.0", "seen": "2026-11-28"}
    assert fit.otherwise == {"creator": ("Ana R.",)}


@pytest.mark.parametrize(
    "said",
    [
        {"license": "cc by-sa 2.0"},
        {"license": "https://creativecommons.org/licenses/by-sa/2.0/deed.de"},
        {"license_url": "http://creativecommons.org/licenses/by-sa/2.0"},
    ],
)
def test_a_licence_in_another_spelling_is_the_same(said: dict[str, object]) -> None:
    fit = merged({**said, "seen": date(2026, 11, 28)}, {"license": "CC-BY-SA-2.0", "seen": "2026-11-28"})

    assert not fit.new
    assert not fit.otherwise


def test_another_licence_takes_its_date_along() -> None:
    fit = merged({"license": "CC-BY-4.0", "seen": "2020-01-01"}, {"license": "CC0-1.0", "seen": "2026-11-28"})

    assert not fit.new
    assert fit.otherwise == {"license": "CC0-1.0", "seen": "2026-11-28"}


def test_unknown_terms_are_as_good_as_none() -> None:
    assert merged({"license": "unknown"}, {"license": "CC0-1.0"}).new == {"license": "CC0-1.0"}
    assert merged({"license": "CC0-1.0"}, {"license": "unknown"}) == merged({}, {})
    assert merged({"license": "unknown"}, {"license": "unknown"}) == merged({}, {})


def test_several_creators_are_the_same_as_a_list() -> None:
    assert merged({"creator": ["A", "B"]}, {"creator": ("A", "B")}) == merged({}, {})
    assert merged({"creator": "A"}, {"creator": ("A",)}) == merged({}, {})


def test_what_names_somebody_is_not_new_to_another_creators_record_nor_to_ones_own_picture() -> None:
    found = {
        "creator": ("Jane Roe",),
        "credit_line": "Jane Roe / Agency",
        "copyright": "© Jane Roe",
        "source": "https://a.example/",
    }

    own, other = merged({"own": True}, found), merged({"creator": "Ana Ruiz"}, found)

    assert own.new == other.new == {"source": "https://a.example/"}
    assert own.otherwise.keys() == other.otherwise.keys() == {"creator", "credit_line", "copyright"}
