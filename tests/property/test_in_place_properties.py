"""Targets that change file by file: however deployments follow each other and wherever each is cut off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from byline.deploy import change
from byline.deploy.in_place import InPlace
from byline.deploy.saved import ROOM
from byline.values.manifest import PATH, hashed, parsed
from hypothesis import given, strategies
from memory_objects import Killed, Memory
from small_site import deployed, planned, release, stylesheet

if TYPE_CHECKING:
    from collections.abc import Iterator

KEEP = 3
FOREIGN = {"CNAME": b"me.example\n", "old/index.html": b"somebody's own", "images/boat.jpg": b"somebody's boat"}
ASSETS = [stylesheet(f"/* {words} */") for words in ("one", "two", "three")]


@strategies.composite
def sites(draw: strategies.DrawFn) -> dict[str, bytes]:
    """Return a site of a few pages, each with a stylesheet; some have a picture that is not fingerprinted."""
    site: dict[str, bytes] = {}
    for page in draw(strategies.sets(strategies.sampled_from(["", "a/", "b/", "c/", "old/"]), min_size=1)):
        path, style = draw(strategies.sampled_from(ASSETS))
        boat = draw(strategies.booleans())
        site[path] = style
        if boat:
            site["images/boat.jpg"] = b"our boat"
        words = draw(strategies.sampled_from(["x", "y", "z"]))
        site[f"{page}index.html"] = f"<{path}>{'<images/boat.jpg>' if boat else ''}{words}".encode()
    site["feeds/atom.xml"] = " ".join(sorted(site)).encode()
    return site


ATTEMPTS = strategies.lists(strategies.tuples(sites(), strategies.integers(0, 25)), max_size=6)
BEFORE = strategies.sets(strategies.sampled_from(sorted(FOREIGN))).map(
    lambda names: {name: FOREIGN[name] for name in names}
)


@pytest.fixture(autouse=True, scope="module")
def small_batches() -> Iterator[None]:
    """Let the manifest note what has arrived after every other file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(change, "_BATCH", 2)
        yield


def public(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: body for path, body in files.items() if not path.startswith(ROOM) and path != PATH}


def every_page_has_its_assets(files: dict[str, bytes]) -> None:
    for path, body in files.items():
        if path.endswith(".html") and not path.startswith(ROOM):
            missing = {asset.decode() for asset in re.findall(rb"<(.*?)>", body)} - files.keys()
            assert not missing, f"{path} misses {missing}"


def attempted(objects: Memory, site: dict[str, bytes], life: int) -> bool:
    """Deploy a site with so many changes to live; return whether that was enough."""
    objects.changes, objects.life = 0, life
    try:
        deployed(InPlace(objects, KEEP), site, KEEP)
    except Killed:
        return False
    return True


def holds(objects: Memory, site: dict[str, bytes], foreign: dict[str, bytes]) -> None:
    """Assert that exactly this site is there, but for others' files and stylesheets that may still be loaded."""
    found = public(objects.files)
    lasting = dict(ASSETS)
    expected = {**foreign, **site}
    others = {path for path in FOREIGN if found.get(path) == FOREIGN[path]}  # wanted by a site that never came
    assert {path: found[path] for path in found.keys() - lasting.keys() - others | expected.keys()} == expected
    assert all(found[path] == lasting[path] for path in found.keys() & lasting.keys())
    assert planned(InPlace(objects, KEEP), site, KEEP).empty


@given(BEFORE, ATTEMPTS, sites())
def test_the_end_is_the_last_site_whatever_was_cut_off_before(
    before: dict[str, bytes], attempts: list[tuple[dict[str, bytes], int]], last: dict[str, bytes]
) -> None:
    objects = Memory(dict(before), every_page_has_its_assets)
    taken: set[str] = set()

    for site, life in attempts:
        attempted(objects, site, life)
        taken |= site.keys()
        for path in before.keys() - taken:
            assert objects.files[path] == before[path]
    attempted(objects, last, 1_000_000)

    holds(objects, last, {path: before[path] for path in before.keys() - taken})
    assert len(InPlace(objects, KEEP).releases()) <= KEEP + 1


@given(BEFORE, ATTEMPTS, sites(), strategies.data())
def test_every_release_that_is_kept_comes_back_as_it_was(
    before: dict[str, bytes],
    attempts: list[tuple[dict[str, bytes], int]],
    last: dict[str, bytes],
    data: strategies.DataObject,
) -> None:
    objects = Memory(dict(before), every_page_has_its_assets)
    target = InPlace(objects, KEEP)
    was: dict[str, dict[str, bytes]] = {}
    for site, life in [*attempts, (last, 1_000_000)]:
        attempted(objects, site, life)
        known = parsed(objects.files.get(PATH, b""))
        if known and known.release == release(site).id and all(map(known.holds, site)):
            leaving = {path for path in objects.files if hashed(path) in known.passing and not known.holds(path)}
            was[known.release] = {path: body for path, body in public(objects.files).items() if path not in leaving}
    kept = target.releases()
    assert set(kept) <= was.keys()
    assert kept[0] == release(last).id
    goal = data.draw(strategies.sampled_from(kept))
    cuts = data.draw(strategies.lists(strategies.integers(0, 25), max_size=3))
    between = data.draw(strategies.none() | strategies.tuples(sites(), strategies.integers(0, 25)))

    for life in cuts:
        objects.changes, objects.life = 0, life
        try:
            target.rollback(goal, lambda *_: None)
        except Killed:
            continue
        break
    if between and target.releases()[0] != goal:
        attempted(objects, *between)
    objects.life = 1_000_000
    if goal not in target.releases():
        return
    target.rollback(goal, lambda *_: None)

    lasting = dict(ASSETS)
    found = public(objects.files)
    assert {path: body for path, body in found.items() if path in was[goal] or path not in lasting} == was[goal]
    assert target.releases()[0] == goal
    assert all(body == lasting[path] for path, body in found.items() if path in lasting)
    # And the next deployment works from there.
    attempted(objects, last, 1_000_000)
    assert set(last.items()) <= set(public(objects.files).items())
