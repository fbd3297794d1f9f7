"""What every kind of target promises (`deploy/target`), each tried at a real one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
import small_site
import ssh_server
from byline.values.manifest import PATH
from byline.values.problem import Fault, Refused
from places import Branch, Bucket, LocalFolder, ServerFolder
from s3_server import KEYS, NOTHING_ELSE, s3_server
from small_site import deployed, done, planned, site, stylesheet, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Tool
    from places import Place
    from s3_server import Store
    from ssh_server import Server

OF_THE_HOST = {PATH, ".nojekyll"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Server]:
    """Give a running ssh server."""
    ssh_server.program(request)
    with ssh_server.sshd(tmp_path_factory.mktemp("sshd")) as running:
        yield running


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Give a running S3 server."""
    with s3_server({**os.environ, **KEYS, **NOTHING_ELSE}) as running:
        yield running


@pytest.fixture(params=["folder", "git_branch", "rsync", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: Tool) -> Place:
    """Give an empty target of each kind, on a machine without settings of its own."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    for name, value in {**KEYS, **NOTHING_ELSE}.items():
        monkeypatch.setenv(name, value)
    blog = tmp_path / "blog"
    blog.mkdir()
    if request.param == "git_branch":
        tool("git")
        return Branch(tmp_path / "remote.git", blog).begin()
    if request.param == "rsync":
        tool("rsync")
        server: Server = request.getfixturevalue("server")
        monkeypatch.setenv("BYLINE_SSH", server.ssh)
        return ServerFolder(tmp_path / "www", blog, server)
    if request.param == "s3":
        return Bucket(request.getfixturevalue("store"), blog)
    return LocalFolder(tmp_path / "www", blog)


def found(place: Place) -> dict[str, bytes]:
    """Return the site's own files as readers find them."""
    return {path: body for path, body in place.files().items() if path not in OF_THE_HOST}


def published(place: Place, *words: str, keep: int = 5) -> list[str]:
    """Publish sites one after the other; return their releases."""
    return [deployed(place.target(keep=keep), site(one), keep=keep).release for one in words]


def gone_back(place: Place, release: str, keep: int = 5) -> None:
    """Go back to a release."""
    place.target(keep=keep).rollback(release, lambda _done, _total, _what: None)


def test_where_nothing_is_there_is_no_release_and_looking_makes_none(place: Place) -> None:
    there = place.target().look()

    assert (there.manifest, there.paths) == (None, frozenset())
    assert place.target().releases() == ()


def test_the_first_publish_puts_all_there(place: Place) -> None:
    published(place, "one")

    assert found(place) == site("one")


def test_the_second_publish_of_the_same_has_nothing_to_do(place: Place) -> None:
    published(place, "one")
    before = place.files()

    assert planned(place.target(), site("one")).empty
    assert place.files() == before


def test_what_changed_is_changed_and_what_is_gone_is_deleted(place: Place) -> None:
    old = {**site("one"), "old/index.html": b"Renamed.", "draft/deep/index.html": b"Deleted."}
    new = {**site("one"), "new/index.html": b"Renamed.", "index.html": b"Changed."}
    deployed(place.target(), old)

    plan = deployed(place.target(), new)

    assert [arrival.path for arrival in plan.arriving] == ["new/index.html", "index.html"]
    assert found(place) == new


def test_what_others_put_there_stays(place: Place) -> None:
    published(place, "one")
    place.by_hand("proof.txt", b"by hand")
    first, _ = published(place, "two", "three")

    assert place.files()["proof.txt"] == b"by hand"
    gone_back(place, first)
    assert place.files()["proof.txt"] == b"by hand"
    assert planned(place.target(), site("two")).foreign == 1


def test_an_asset_that_open_pages_load_stays_for_as_many_releases_as_are_kept(place: Place) -> None:
    path, _ = stylesheet("/* 0 */")
    there = []
    for number in range(4):
        published(place, str(number), keep=2)
        there.append(path in place.files())

    assert there == [True, True, True, False]


def test_releases_are_the_live_one_and_those_before_it_the_newest_first(place: Place) -> None:
    ids = published(place, "one", "two", "three", "four", keep=2)

    assert place.target(keep=2).releases() == (ids[3], ids[2], ids[1])


def test_going_back_brings_a_release_back_and_keeps_what_open_pages_load(place: Place) -> None:
    one, _, _ = published(place, "one", "two", "three")

    gone_back(place, one)

    assert words_of(place.files()) == "one"
    assert site("one").items() <= found(place).items()
    assert stylesheet("/* three */")[0] in place.files()
    assert planned(place.target(), site("one")).empty


def test_going_back_again_goes_further_back_and_never_forward(place: Place) -> None:
    one, two, three = published(place, "one", "two", "three")

    gone_back(place, two)
    assert place.target().releases() == (two, one)
    gone_back(place, one)

    assert place.target().releases() == (one,)
    assert words_of(place.files()) == "one"
    assert three not in place.target().releases()


def test_after_going_back_a_publish_goes_on_from_there(place: Place) -> None:
    one, two, _ = published(place, "one", "two", "three")
    gone_back(place, two)

    (four,) = published(place, "four")

    assert words_of(place.files()) == "four"
    assert place.target().releases() == (four, two, one)


def test_what_was_taken_back_can_be_published_again_and_taken_back_again(place: Place) -> None:
    one, two = published(place, "one", "two")
    gone_back(place, one)
    published(place, "two")

    assert place.target().releases() == (two, one)
    gone_back(place, one)

    assert words_of(place.files()) == "one"
    assert place.target().releases() == (one,)


def test_a_release_that_comes_a_second_time_is_there_once(place: Place) -> None:
    one, two, _ = published(place, "one", "two", "one")

    assert place.target().releases() == (one, two)


def test_as_many_steps_back_as_releases_are_kept(place: Place) -> None:
    words = [str(number) for number in range(5)]
    ids = published(place, *words, keep=3)

    for number in (3, 2, 1):
        gone_back(place, ids[number], keep=3)
        assert words_of(place.files()) == str(number)

    assert place.target(keep=3).releases()[0] == ids[1]
    assert not set(ids[2:]) & set(place.target(keep=3).releases())


def test_going_back_to_what_is_live_changes_nothing(place: Place) -> None:
    _, two = published(place, "one", "two")
    before = place.target().look()

    gone_back(place, two)

    assert place.target().look() == before
    assert words_of(place.files()) == "two"


def test_a_release_that_is_not_there_cannot_be_gone_back_to(place: Place) -> None:
    published(place, "one")

    with pytest.raises(Fault) as caught:
        gone_back(place, "abc")

    assert [problem.code for problem in caught.value.problems] == ["no-release"]


def test_a_page_that_somebody_removed_comes_again(place: Place) -> None:
    published(place, "one")
    without = {path: body for path, body in site("one").items() if path != "post-1/index.html"}
    deployed(place.target(), without)

    assert [arrival.path for arrival in planned(place.target(), site("one")).arriving] == ["post-1/index.html"]


def test_what_somebody_else_deployed_meanwhile_is_not_gone_over(place: Place) -> None:
    published(place, "one")
    late = planned(place.target(), site("late"))
    published(place, "two")

    with pytest.raises(Refused) as caught:
        done(place.target(), late, site("late"))

    assert [problem.code for problem in caught.value.problems] == ["moved-target"]
    assert words_of(place.files()) == "two"


def test_another_machine_knows_all_from_the_target(place: Place, tmp_path: Path) -> None:
    one, two = published(place, "one", "two")
    place.blog = tmp_path / "another"
    place.blog.mkdir()

    assert planned(place.target(), site("two")).empty
    assert place.target().releases() == (two, one)
    gone_back(place, one)

    assert words_of(place.files()) == "one"


def test_compressed_copies_that_a_host_serves_follow_their_texts(place: Place) -> None:
    target = place.target(compress=True)
    deployed(target, site("one"))
    copies = {f"{path}.gz" for path in site("one") if target.compress and not path.endswith((".jpg", ".css.gz"))}

    assert copies <= place.files().keys()
    assert small_site.planned(place.target(compress=True), site("one")).empty
