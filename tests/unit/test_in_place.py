"""Targets that change file by file, step by step: what a killed run leaves, and what is saved of the release before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from byline.deploy import change
from byline.deploy.in_place import InPlace
from byline.deploy.saved import ROOM
from byline.values.manifest import PATH, parsed
from memory_objects import Killed, Memory
from small_site import deployed, done, planned, release, site

if TYPE_CHECKING:
    from byline.deploy.plan import Plan

ONE, TWO, THREE = site("one"), site("two"), site("three")


def killed_after(changes: int, objects: Memory, files: dict[str, bytes]) -> None:
    """Begin to deploy a site and die after so many changes."""
    objects.changes, objects.life = 0, changes
    with pytest.raises(Killed):
        deployed(InPlace(objects, 5), files)
    objects.life = 1_000_000


def saved(objects: Memory) -> dict[str, bytes]:
    """Return what is saved of earlier releases, without the folders' names."""
    return {path.split("/", 2)[2]: body for path, body in objects.files.items() if path.startswith(ROOM)}


@pytest.mark.parametrize("changes", range(8))
def test_a_first_deployment_that_was_killed_leaves_no_release_and_is_gone_on_with(changes: int) -> None:
    objects = Memory()
    killed_after(changes, objects, ONE)
    assert InPlace(objects, 5).releases() == ()

    deployed(InPlace(objects, 5), TWO)

    assert objects.files.keys() - {PATH} == TWO.keys()
    assert InPlace(objects, 5).releases() == (release(TWO).id,)


@pytest.mark.parametrize("changes", range(14))
def test_what_is_saved_is_of_the_last_whole_release_whatever_was_begun_since(changes: int) -> None:
    objects = Memory()
    deployed(InPlace(objects, 5), ONE)
    killed_after(changes, objects, TWO)
    deployed(InPlace(objects, 5), THREE)

    own = {path.removeprefix("own/"): body for path, body in saved(objects).items() if path.startswith("own/")}
    assert own.keys() == {path for path in ONE if ONE[path] != THREE.get(path) and path in THREE}
    assert own.items() <= ONE.items()
    known = parsed(saved(objects)["manifest.json"])
    assert known
    assert known.release == release(ONE).id


def test_what_arrived_before_a_kill_is_not_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change, "_BATCH", 10)
    files = {f"post-{number}/index.html": b"1" for number in range(50)}
    objects = Memory()
    killed_after(40, objects, files)

    again = planned(InPlace(objects, 5), files)

    assert 10 <= len(again.arriving) <= 20
    assert again.release == release(files).id


def test_nothing_is_done_over_what_was_not_looked_at() -> None:
    objects = Memory()
    deployed(InPlace(objects, 5), ONE)
    late: Plan = planned(InPlace(objects, 5), THREE)
    deployed(InPlace(objects, 5), TWO)
    before = dict(objects.files)

    with pytest.raises(Exception, match="It was changed"):
        done(InPlace(objects, 5), late, THREE)

    assert {path: body for path, body in objects.files.items() if path in before} == before
    deployed(InPlace(objects, 5), THREE)
    folders = {path.split("/")[1] for path in objects.files if path.startswith(ROOM)}
    assert sorted(name.split("-")[0] for name in folders) == sorted([release(ONE).id, release(TWO).id])


def test_a_manifest_that_is_garbage_is_replaced_and_nothing_is_deleted() -> None:
    objects = Memory({PATH: b"<html>", "old.html": b"somebody's own"})

    deployed(InPlace(objects, 5), ONE)

    assert ONE.items() <= objects.files.items()
    assert objects.files["old.html"] == b"somebody's own"


def test_publishing_what_was_live_before_a_killed_run_ends_as_if_nothing_had_been() -> None:
    objects = Memory()
    deployed(InPlace(objects, 5), ONE)
    killed_after(10, objects, TWO)

    deployed(InPlace(objects, 5), ONE)

    assert {path: body for path, body in objects.files.items() if path != PATH} == ONE
    assert InPlace(objects, 5).releases() == (release(ONE).id,)


def test_a_rollback_to_the_live_release_undoes_a_deployment_that_was_killed() -> None:
    objects = Memory()
    deployed(InPlace(objects, 5), ONE)
    killed_after(10, objects, TWO)

    InPlace(objects, 5).rollback(release(ONE).id, lambda _done, _total, _what: None)

    assert {path: objects.files[path] for path in ONE} == ONE
    assert planned(InPlace(objects, 5), ONE).empty
    assert saved(objects) == {}


def test_with_nothing_to_keep_nothing_is_left_but_the_site() -> None:
    objects = Memory()
    for files in (ONE, TWO, THREE):
        deployed(InPlace(objects, 0), files, keep=0)

    assert objects.files.keys() == {*THREE, PATH}


def test_progress_is_told_to_the_last_step() -> None:
    objects, told = Memory(), list[tuple[int, int, str]]()
    deployed(InPlace(objects, 1), ONE)
    made = planned(InPlace(objects, 1), TWO)

    InPlace(objects, 1).deploy(made, TWO.__getitem__, lambda *step: told.append(step))

    assert [number for number, _, _ in told] == list(range(1, told[-1][1] + 1))
    assert list(dict.fromkeys(what for _, _, what in told)) == ["Saving", "Sending"]
