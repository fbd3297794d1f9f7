"""Deploying into a folder: a real one, with other people's files in it, killed in the middle, on a bad day."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import stat
import sys
from typing import TYPE_CHECKING

import pytest
from byline.deploy.saved import ROOM
from byline.values.manifest import PATH, hashed, parsed
from byline.values.problem import Fault, Refused
from killing import kill_at, moments, whole_or_old
from small_site import deployed, done, listed, planned, release, site, stylesheet, target, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from byline.deploy.target import Target

EVENTS = ("os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir")
"""What changes a folder."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give the `.byline/` of a blog, whose neighbour the site's folder is."""
    home = tmp_path / "blog" / ".byline"
    home.mkdir(parents=True)
    return home


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the place of the site's folder, which is not there yet."""
    return tmp_path / "site"


@pytest.fixture
def place(home: Path) -> Target:
    return target("folder", "../site", home)


def public(folder: Path) -> dict[str, bytes]:
    """Return what the folder's server could give to readers who guess no names."""
    return {path: body for path, body in listed(folder).items() if not path.startswith(ROOM) and path != PATH}


def back(place: Target, release: str) -> None:
    place.rollback(release, lambda _done, _total, _what: None)


def test_a_first_publish_makes_the_folder_and_a_second_does_nothing(place: Target, folder: Path) -> None:
    made = deployed(place, site("one"))

    assert public(folder) == site("one")
    assert len(made.arriving) == len(site("one"))
    assert planned(place, site("one")).empty


def test_looking_writes_nowhere(place: Target, folder: Path) -> None:
    planned(place, site("one"))

    assert not folder.exists()


def test_only_what_changed_is_written_and_what_left_is_gone(place: Target, folder: Path) -> None:
    deployed(place, site("one"))
    boat = (folder / "images/boat.jpg").stat()

    deployed(place, site("two", 2), keep=0)

    style, body = stylesheet("/* one */")
    assert public(folder) == {**site("two", 2)}
    assert not (folder / style).exists()
    assert not (folder / "post-2").exists()
    assert (folder / "images/boat.jpg").stat().st_mtime_ns == boat.st_mtime_ns
    assert body


def test_files_of_others_stay_and_come_back_where_one_had_to_make_room(place: Target, folder: Path) -> None:
    deployed(place, site("one", 2))
    (folder / "CNAME").write_text("me.example\n")
    (folder / "post-2").mkdir()
    (folder / "post-2" / "index.html").write_text("somebody's own")

    deployed(place, site("two", 3))
    assert (folder / "CNAME").read_text() == "me.example\n"
    assert (folder / "post-2/index.html").read_bytes() == site("two")["post-2/index.html"]

    back(place, release(site("one", 2)).id)
    assert (folder / "post-2/index.html").read_text() == "somebody's own"
    assert planned(place, site("one", 2)).foreign == 2


def test_going_back_one_release_and_two(place: Target, folder: Path) -> None:
    one, two, three = (release(site(words)).id for words in ("one", "two", "three"))
    for words in ("one", "two", "three"):
        deployed(place, site(words))
    assert place.releases() == (three, two, one)

    back(place, two)
    assert place.releases() == (two, one)
    assert site("two").items() <= public(folder).items()
    deployed(place, site("three"))

    back(place, one)
    assert place.releases() == (one,)
    assert site("one").items() <= public(folder).items()
    styles = {stylesheet(f"/* {words} */")[0] for words in ("one", "two", "three")}
    assert public(folder).keys() - site("one").keys() == styles - site("one").keys()
    assert planned(place, site("one")).empty


def test_a_release_that_is_no_longer_kept_is_said_to_be_gone(home: Path) -> None:
    place = target("folder", "../site", home, keep=1)
    for words in ("one", "two", "three"):
        deployed(place, site(words), keep=1)

    assert place.releases() == (release(site("three")).id, release(site("two")).id)
    with pytest.raises(Fault, match="to go back to"):
        back(place, release(site("one")).id)


def test_a_post_that_was_withdrawn_is_kept_where_nobody_finds_it(place: Target, folder: Path) -> None:
    deployed(place, site("one", 3))
    deployed(place, site("one", 2))

    (kept,) = folder.glob(f"{ROOM}*/own/post-2/index.html")
    name = kept.relative_to(folder / ROOM).parts[0]
    assert re.fullmatch(rf"{release(site('one', 3)).id}-[0-9a-f]{{32}}", name)
    assert name.encode() not in (folder / PATH).read_bytes()
    known = parsed((folder / PATH).read_bytes())
    assert known
    assert known.saved == (hashed(name),)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_what_is_kept_of_earlier_releases_is_for_its_owner_alone(place: Target, folder: Path) -> None:
    deployed(place, site("one"))

    assert stat.S_IMODE((folder / ROOM).stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "index.html").stat().st_mode) == 0o666 & ~umask()


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_compressed_copies_follow_their_texts_forth_and_back(home: Path, folder: Path) -> None:
    place = target("folder", "../site", home, compress=True)
    deployed(place, site("one", 3))
    deployed(place, site("two", 2))
    assert gzip.decompress((folder / "index.html.gz").read_bytes()) == site("two")["index.html"]
    assert not (folder / "post-2").exists()
    assert not (folder / "images/boat.jpg.gz").exists()

    back(place, release(site("one", 3)).id)

    for path, body in public(folder).items():
        if path.endswith(".gz"):
            assert gzip.decompress(body) == (folder / path.removesuffix(".gz")).read_bytes()
    assert (folder / "post-2/index.html.gz").exists()
    assert planned(place, site("one", 3)).empty


def test_without_compressed_copies_an_old_one_never_hides_a_text_that_came_back(home: Path, folder: Path) -> None:
    deployed(target("folder", "../site", home), site("one"))
    deployed(target("folder", "../site", home, compress=True), site("two"))

    back(target("folder", "../site", home), release(site("one")).id)

    assert not (folder / "index.html.gz").exists()


def test_a_page_may_become_a_folder_and_a_folder_a_page(place: Target, folder: Path) -> None:
    deployed(place, {"a": b"page", "b/index.html": b"page"})
    deployed(place, {"a/index.html": b"page", "b": b"page"})
    assert public(folder) == {"a/index.html": b"page", "b": b"page"}

    back(place, release({"a": b"page", "b/index.html": b"page"}).id)
    assert public(folder) == {"a": b"page", "b/index.html": b"page"}


def test_somebody_s_file_where_a_folder_must_be_is_named_and_nothing_done(place: Target, folder: Path) -> None:
    folder.mkdir()
    (folder / "post-0").write_text("somebody's own")

    with pytest.raises(Fault, match="post-0") as told:
        deployed(place, site("one"))

    assert [problem.code for problem in told.value.problems] == ["in-the-way"]
    assert public(folder) == {"post-0": b"somebody's own"}


def test_a_link_out_of_the_folder_is_not_followed(place: Target, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder.mkdir()
    (folder / "images").symlink_to(tmp_path / "elsewhere")
    (folder / "index.html").symlink_to(tmp_path / "elsewhere" / "index.html")

    with pytest.raises(Fault, match="images"):
        deployed(place, site("one"))

    assert list((tmp_path / "elsewhere").iterdir()) == []
    (folder / "images").unlink()
    deployed(place, site("one"))
    assert not (folder / "index.html").is_symlink()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_two_runs_at_once_do_not_mix(place: Target, home: Path, folder: Path) -> None:
    deployed(place, site("one"))
    late = planned(place, site("late"))
    deployed(target("folder", "../site", home), site("two"))

    with pytest.raises(Refused, match="was changed while this run was at work") as told:
        done(place, late, site("late"))

    assert [problem.code for problem in told.value.problems] == ["moved-target"]
    assert site("two").items() <= public(folder).items()


@pytest.mark.parametrize("to", [".", "..", "content", "output/site", ".byline"])
def test_the_blog_s_own_folders_are_refused(home: Path, to: str) -> None:
    with pytest.raises(Fault, match="where the blog itself is kept"):
        target("folder", to, home)


def test_a_folder_in_a_folder_that_is_not_there_is_refused(home: Path) -> None:
    with pytest.raises(Fault, match="which is not there"):
        target("folder", "/mnt/not-mounted-9f3/site", home)


def test_a_path_may_begin_at_home(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    deployed(target("folder", "~/web", home), site("one"))

    assert public(tmp_path / "web") == site("one")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a folder that not even root may write to")
def test_a_folder_that_may_not_be_written_is_named(home: Path) -> None:
    with pytest.raises(Fault, match=r"^/sys/byline-site cannot be changed: ") as told:
        deployed(target("folder", "/sys/byline-site", home), site("one"))

    assert [problem.code for problem in told.value.problems] == ["refused-by-target"]


@pytest.fixture
def small_files() -> Iterator[None]:
    """Let no file grow over 100 bytes: what a full disk says, without one."""
    resource = pytest.importorskip("resource", reason="Windows has no such limits")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("small_files")
def test_a_full_disk_is_named_and_leaves_no_half_a_file(place: Target, folder: Path) -> None:
    with pytest.raises(Fault, match=f"There is no room left for {folder}") as told:
        deployed(place, {"big.jpg": b"x" * 1000})

    assert [problem.code for problem in told.value.problems] == ["full-target"]
    assert public(folder) == {}


def test_killed_at_thirty_moments_and_run_again(home: Path, tmp_path: Path) -> None:
    old, new, other = site("one", 6), site("two", 5), site("three", 7)
    built = {name: written(tmp_path / name, files) for name, files in (("new", new), ("other", other))}
    for number in range(31):
        place = target("folder", f"../site-{number}", home)
        deployed(place, old)
        (tmp_path / f"site-{number}" / "CNAME").write_text("me.example\n")
    count = moments(EVENTS, "folder", "../site-30", home, built["new"])
    at_work = 0

    for number in range(30):
        folder = tmp_path / f"site-{number}"
        place = target("folder", f"../site-{number}", home)
        last = other if number % 3 == 0 else new
        at_work += kill_at(1 + number * count // 30, EVENTS, "folder", f"../site-{number}", home, built["new"])
        whole_or_old(public(folder), old, new)

        deployed(place, last)

        assert public(folder).items() >= {**last, "CNAME": b"me.example\n"}.items()
        assert planned(place, last).empty
        assert place.releases()[-1] == release(old).id
        back(place, release(old).id)
        assert public(folder).items() >= {**old, "CNAME": b"me.example\n"}.items()
        assert planned(place, old).empty
        assert [path for path in listed(folder) if path.startswith(ROOM)] == [f"{ROOM}lock"]
        shutil.rmtree(folder)
    assert at_work > 20
