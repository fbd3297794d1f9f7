"""Of several records the nearest to the text counts, and nothing that names one creator is said of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.credits.record import Origin, Record
from byline.credits.resolve import Owner, Resolved, resolve
from byline.values.person import Person
from byline.values.problem import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

OWNER = Owner(Person("Ada Lovelace", "https://me.example/"))
AGENCY = {"creator": ("Jo Agent",), "credit_line": "Jo Agent / Agency", "copyright": "© 1999 Agency"}


def resolved(**records: Mapping[str, object]) -> Resolved:
    """Resolve records by the name of their origin, each with a place of its own."""
    every = [Record(Origin[name], Place(name.lower(), 1), fields) for name, fields in records.items()]
    return resolve(every, OWNER, Place("post.md", 7))


def told(found: Resolved) -> list[str]:
    return [f"{problem.code} {problem.place}: {problem.what}" for problem in found.problems]


def test_what_goes_with_another_creator_is_not_said_of_the_nearest() -> None:
    found = resolved(RECORDS={"creator": ("Ana Ruiz",), "license": "CC-BY-4.0"}, FILE=AGENCY)

    assert found.credit
    assert (found.credit.named, found.credit.copyright) == ("Ana Ruiz", "")
    assert told(found) == ["embedded-disagrees records:1: Here the creator is Ana Ruiz, but the file says Jo Agent."]


def test_nor_is_another_creators_address() -> None:
    found = resolved(
        POST={"creator": ("Bo Li",)}, RECORDS={"creator": ("Ana Ruiz",), "creator_url": "https://ana.example/"}
    )

    assert found.credit
    assert found.credit.creators == (Person("Bo Li"),)


def test_what_a_farther_record_says_of_the_same_creator_counts() -> None:
    found = resolved(
        POST={"creator": ("Ana Ruiz",)},
        RECORDS={"creator_url": "https://ana.example/", "year": 2020},
        FILE={"creator": ("ANA RUIZ",)},
    )

    assert found.credit
    assert found.credit.creators == (Person("Ana Ruiz", "https://ana.example/"),)
    assert found.credit.copyright == "© 2020 Ana Ruiz"
    assert told(found) == []


def test_ones_own_picture_is_ones_own_whatever_its_file_says() -> None:
    found = resolved(POST={"own": True}, FILE=AGENCY)

    assert found.credit
    assert (found.credit.own, found.credit.named, found.credit.copyright) == (True, "Ada Lovelace", "© Ada Lovelace")


def test_a_nearer_creator_is_not_the_writer_because_a_farther_record_says_own() -> None:
    found = resolved(POST={"creator": ("Ana Ruiz",)}, RECORDS={"own": True})

    assert found.credit
    assert (found.credit.own, found.credit.named) == (False, "Ana Ruiz")
    assert [line.split(" ")[0] for line in told(found)] == ["records-disagree"]


def test_the_nearest_licence_counts_whole_and_the_other_is_told() -> None:
    found = resolved(
        POST={"license": "CC-BY-4.0"},
        RECORDS={"creator": ("Ana",), "license_url": "https://creativecommons.org/licenses/by-sa/2.0/"},
    )

    assert found.credit
    assert found.credit.license.code == "CC-BY-4.0"
    assert told(found) == ["records-disagree post:1: Here the licence is CC-BY-4.0, but records:1 says CC-BY-SA-2.0."]


def test_a_wrong_creator_does_not_hide_a_wrong_licence_and_a_port_is_another_licence() -> None:
    found = resolved(
        POST={"creator": ("Ana",), "license": "CC-BY-3.0"}, RECORDS={"creator": ("Bo",), "license": "CC-BY-3.0-DE"}
    )

    assert [line.split(" ")[0] for line in told(found)] == ["records-disagree"] * 2


def test_whoever_looked_is_believed() -> None:
    near = {"creator": ("Ana",), "license": "CC-BY-3.0", "seen": "2026-03-01"}

    assert told(resolved(POST=near, RECORDS={"creator": ("Bo",)}, FILE=AGENCY)) == []


def test_a_licence_that_has_one_version_needs_none() -> None:
    found = resolved(POST={"license": "CC0", "creator": ("Ana",)})

    assert found.credit
    assert found.credit.license.code == "CC0-1.0"
    assert told(found) == []


def test_words_for_one_showing_are_not_those_of_the_picture() -> None:
    found = resolved(PICTURE={"alt": "The boats again"}, RECORDS={"alt": "Two boats"})

    assert (found.alt, found.described) == ("The boats again", "Two boats")
