"""What this machine remembers of its targets; it may be thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from byline.deploy import state
from byline.deploy.state import Known

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_known_of_one_target_stands_beside_the_others(tmp_path: Path) -> None:
    state.save(tmp_path, "one", Known().deployed("a", "old", ("index.html",)))
    state.save(tmp_path, "other", Known().deployed("b").found_live("https://me.example"))

    assert state.load(tmp_path) == {
        "one": Known("a", "old", unseen=("index.html",)),
        "other": Known("b", seen="https://me.example", good=("b",)),
    }


def test_what_was_not_seen_live_yet_stays_to_be_looked_at() -> None:
    known = Known().deployed("a", "", ("index.html", "a/index.html")).deployed("b", "a", ("b/index.html",))

    assert known.unseen == ("a/index.html", "b/index.html", "index.html")
    assert known.found_live("https://me.example").unseen == ()


def test_good_releases_are_those_that_were_seen_live_the_newest_first() -> None:
    known = Known()
    for release in ("a", "b", "a"):
        known = known.deployed(release).found_live("https://me.example")

    assert known.deployed("c").good == ("a", "b")


@pytest.mark.parametrize("garbage", [b"", b"\xff\xfe", b"[]", b'{"schema": 1}', b'{"schema": 2, "targets": {"a": 1}}'])
def test_garbage_is_nothing_known(tmp_path: Path, garbage: bytes) -> None:
    (tmp_path / "publish.json").write_bytes(garbage)

    assert state.load(tmp_path) == {}


@pytest.mark.parametrize(
    ("known", "releases", "goal"),
    [
        (Known(), (), ""),
        (Known(), ("a",), ""),
        (Known(), ("c", "b", "a"), "b"),
        (Known("c", good=("a",)), ("c", "b", "a"), "a"),
        (Known("c", "b", good=("c", "b")), ("c", "b", "a"), "b"),
        (Known("c", "b", good=("b", "a")), ("b", "a"), "b"),  # cut short before it was live
        (Known("c", "b"), ("b",), "b"),
        (Known("b", "", good=("c", "b")), ("b", "a"), "a"),  # gone back once already
        (Known("c", "b"), ("d", "b"), "b"),  # published from elsewhere since
    ],
)
def test_the_last_good_release_is_one_before_the_live_one_and_never_one_after_it(
    known: Known, releases: tuple[str, ...], goal: str
) -> None:
    assert known.last_good(releases) == goal
