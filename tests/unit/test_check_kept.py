"""Facts are kept by the output's digest: what did not change is not read again, and garbage is nobody's loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from byline.checks import built, check
from byline.commands import big_site

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from byline.checks.built import Built
    from byline.values.output import Release


class Reading:
    """Reads a release's outputs, and remembers which."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read: list[str] = []

    def __call__(self, path: str) -> bytes:
        """Return an output's bytes."""
        self.read.append(path)
        return (self.folder / path).read_bytes()


def look(release: Release, reading: Reading, known: Mapping[str, bytes] | None = None) -> Built:
    """Return the site as its checks see it."""
    kept = reading.folder / ".byline.json"
    return built.of(release, reading, kept, known or {}, posts={}, articles=frozenset(), unlisted=())


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """Give what reads a folder."""
    return Reading(tmp_path)


def test_a_made_site_is_a_right_one(reading: Reading) -> None:
    site = look(big_site.make(reading.folder, 30), reading)

    assert list(check.findings(site)) == []
    assert len(site.facts["post-000001/index.html"].links) > 20


def test_the_second_time_only_what_changed_is_read(reading: Reading) -> None:
    first = look(big_site.make(reading.folder, 30), reading)
    assert len(reading.read) == len(first.facts)
    reading.read.clear()

    assert look(first.release, reading).facts == first.facts
    assert reading.read == []

    assert look(big_site.make(reading.folder, 30, changed=1), reading).facts == first.facts
    assert reading.read == ["index.html"]


def test_another_secret_makes_all_be_looked_at_again(reading: Reading) -> None:
    release = big_site.make(reading.folder, 30)
    look(release, reading)
    reading.read.clear()

    found = dict(check.findings(look(release, reading, {"WORDS": b"Page 12 "})))

    assert len(reading.read) > 30
    assert {path: finding.problem.code for path, finding in found.items()} == {
        "post-000012/index.html": "secret-in-output"
    }


def test_facts_of_what_holds_a_secret_are_not_kept(reading: Reading) -> None:
    release = big_site.make(reading.folder, 30)
    known = {"WORDS": b"Page 12 "}
    look(release, reading, known)
    reading.read.clear()

    assert look(release, reading, known).facts["post-000012/index.html"].secret
    assert reading.read == ["post-000012/index.html"]


@pytest.mark.parametrize("garbage", [b"", b"\xff\x00", b"{}\n[]", b"x" * 65 + b"\n[[],{}]"])
def test_garbage_is_begun_anew(reading: Reading, garbage: bytes) -> None:
    release = big_site.make(reading.folder, 5)
    first = look(release, reading)
    (reading.folder / ".byline.json").write_bytes(garbage)

    assert look(release, reading).facts == first.facts
