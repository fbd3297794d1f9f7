"""Licences: every spelling of one is that one, no version is guessed, and what each obliges to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from byline.credits import licenses
from byline.credits.license_list import PORTS
from packaging.licenses._spdx import LICENSES

GOLDEN = Path(__file__).parents[1] / "golden" / "licences.txt"
CASE = re.compile(r"^(?P<title>.+)\n\.\n(?P<given>(?:.*\n)*?)\.\n(?P<expected>(?:.*\n)*?)\.\n", re.MULTILINE)
SPDX = sorted(license_["id"] for code, license_ in LICENSES.items() if code.startswith("cc-"))
"""The ids of SPDX's list that begin with CC-, as the library has it that pytest stands on."""


WALLS = ["by-" * 30_000, "(" * 30_000, "creative " * 10_000, "https://creativecommons.org/" * 9_999]
ADDRESSES = [
    f"https://creativecommons.org/licenses/{unit}/{version}/{port and f'{port}/'}"
    for (unit, version), ports in PORTS.items()
    for port in ports
]


def drawn(spelling: str) -> str:
    if known := licenses.by_name(spelling):
        return f"{known.code} | {known.name} | {known.url}".rstrip(" |")
    if versions := licenses.versions(spelling):
        return f"no version: {', '.join(versions)}"
    return f"unknown.{licenses.near(spelling)}"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(case["given"], case["expected"], id=case["title"])
        for case in CASE.finditer(GOLDEN.read_text("utf-8"))
    ],
)
def test_golden(given: str, expected: str) -> None:
    assert [drawn(spelling) for spelling in given.splitlines()] == expected.splitlines()


@pytest.mark.parametrize("code", SPDX)
def test_spdx_ids_are_known_and_kept(code: str) -> None:
    known = licenses.by_code(code)
    assert known
    # Byline's own code is older than SPDX's.
    assert known.code == {"CC-PDM-1.0": "PDM-1.0"}.get(code, code)


def test_there_are_as_many_as_creative_commons_lists() -> None:
    assert len(ADDRESSES) == 636
    assert all(PORTS[unit, version] == {""} for unit, version in PORTS if version == "4.0")


def test_a_published_licence_is_found_by_its_own_address_code_and_name() -> None:
    for address in ADDRESSES:
        known = licenses.by_url(address)
        assert known, address
        assert known.url == address
        assert licenses.by_code(known.code) == known
        assert licenses.by_name(known.name) == known


def test_a_licence_says_what_it_obliges_to() -> None:
    strict = licenses.by_code("CC-BY-NC-ND-3.0")
    assert strict
    assert (strict.attribute, strict.title, strict.source) == (True, True, True)
    assert (strict.non_commercial, strict.no_derivatives, strict.share_alike) == (True, True, False)
    newest = licenses.by_code("CC-BY-SA-4.0")
    assert newest
    assert (newest.attribute, newest.title, newest.share_alike, newest.free) == (True, False, True, False)
    assert licenses.CC0.free
    assert not licenses.CC0.attribute
    assert licenses.UNSPLASH.attribute


@pytest.mark.parametrize("word", WALLS)
def test_a_very_long_text_is_no_licence_and_is_known_for_none_at_once(word: str) -> None:
    assert drawn(word) == "unknown."
