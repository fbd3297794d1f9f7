"""A folder on a server as a target: a real ssh server, a real rsync."""

from __future__ import annotations

import os
import random
import re
import shutil
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import small_site
import ssh_server
from byline.values.manifest import PATH
from byline.values.problem import Fault, Refused
from full_disk import full_disk
from killing import rounds
from places import ServerFolder, refused
from small_site import deployed, done, planned, site, stylesheet
from ssh_server import breaking, free_port, key, sshd, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Tool
    from ssh_server import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Server]:
    """Give a running ssh server."""
    ssh_server.program(request)
    with sshd(tmp_path_factory.mktemp("sshd")) as running:
        yield running


@pytest.fixture
def place(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: Tool) -> ServerFolder:
    """Give a folder on the server that is not there yet."""
    tool("rsync")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("BYLINE_SSH", server.ssh)
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    (tmp_path / "blog").mkdir()
    return ServerFolder(tmp_path / "srv/www", tmp_path / "blog", server)


def test_the_first_publish_makes_the_folder_the_release_and_the_link(place: ServerFolder) -> None:
    plan = deployed(place.target(), site("one"))

    files = place.files()
    assert {path: body for path, body in files.items() if path != PATH} == site("one")
    assert place.live == plan.release
    assert place.names() == {plan.release}
    assert not list((place.blog / ".byline").rglob("*.html"))


def test_the_web_server_may_read_what_is_put_there(place: ServerFolder) -> None:
    before = os.umask(0o077)
    try:
        deployed(place.target(), site("one"))
    finally:
        os.umask(before)

    paths = [place.folder, *place.folder.rglob("*")]
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in paths if not path.is_symlink()}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_what_changed_is_changed_what_is_gone_is_deleted_and_the_old_release_stays(place: ServerFolder) -> None:
    old = {**site("one"), "old/index.html": b"Renamed.", "draft/deep/index.html": b"Deleted."}
    new = {**site("one"), "new/index.html": b"Renamed.", "index.html": b"Changed."}
    first = deployed(place.target(), old).release

    plan = deployed(place.target(), new)

    assert {arrival.path for arrival in plan.arriving} == {"new/index.html", "index.html"}
    assert {path: body for path, body in place.files().items() if path != PATH} == new
    assert not (place.folder / "current/draft").exists()
    kept = small_site.listed(place.folder / "releases" / first)
    assert {path: body for path, body in kept.items() if path != PATH} == old


def test_what_did_not_change_is_not_there_twice(place: ServerFolder) -> None:
    first = deployed(place.target(), site("one")).release
    deployed(place.target(), site("two"))

    old, new = (place.folder / name / "images/boat.jpg" for name in (f"releases/{first}", "current"))

    assert old.samefile(new)


def test_files_of_others_are_carried_along(place: ServerFolder) -> None:
    deployed(place.target(), site("one"))
    names = ["google123.html", 'odd "name"\n\\ of ü.txt', ".hidden/deep file", "-rf"]
    for name in names:
        (place.folder / "current" / name).parent.mkdir(exist_ok=True)
        (place.folder / "current" / name).write_bytes(b"by hand")
    (place.folder / "current" / os.fsdecode(b"not utf-8 \xff.txt")).write_bytes(b"by hand")
    (place.folder / "current/link").symlink_to("index.html")

    plan = deployed(place.target(), site("two"))

    assert plan.foreign == 6
    assert dict.fromkeys(names, b"by hand").items() <= place.files().items()
    assert (place.folder / "current" / os.fsdecode(b"not utf-8 \xff.txt")).exists()
    assert (place.folder / "current/link").readlink() == Path("index.html")


def test_a_link_to_a_folder_of_others_is_taken_over_with_what_is_in_it(place: ServerFolder, tmp_path: Path) -> None:
    by_hand = small_site.written(tmp_path / "by hand", {"proof.txt": b"proof", "index.html": b"old"})
    place.folder.mkdir(parents=True)
    (place.folder / "current").symlink_to(by_hand)

    deployed(place.target(), site("one"))

    assert place.files()["proof.txt"] == b"proof"
    assert small_site.words_of(place.files()) == "one"
    assert small_site.listed(by_hand) == {"proof.txt": b"proof", "index.html": b"old"}


def test_names_mean_themselves_whatever_is_in_them(place: ServerFolder) -> None:
    odd = {
        'a "quoted" $(page).html': b"1",
        "back\\slash.html": b"2",
        "line\nfeed/ü.html": b"3",
        "-слово/index.html": b"4",
    }
    deployed(place.target(), site("one") | odd)
    deployed(place.target(), site("one") | dict.fromkeys(odd, b"changed"))
    assert dict.fromkeys(odd, b"changed").items() <= place.files().items()

    deployed(place.target(), site("one"))

    assert not odd.keys() & place.files().keys()


@pytest.mark.parametrize("name", ["with space", "with 'quotes\"", "$(touch x);`touch y`", "line\nfeed", "-ü!\\"])
def test_the_folder_may_have_any_name(place: ServerFolder, name: str) -> None:
    from urllib.parse import quote

    place.folder = place.folder / name
    to = place.server.rsync(quote(str(place.folder)))

    deployed(place.target(to), site("one"))

    assert small_site.words_of(place.files()) == "one"
    assert planned(place.target(to), site("one")).empty


def test_texts_are_compressed_beside_themselves_unless_it_is_not_wanted(place: ServerFolder) -> None:
    deployed(place.target(compress=None), site("one"))
    assert {"index.html.gz", "feeds/atom.xml.gz"} <= place.files().keys()
    assert "images/boat.jpg.gz" not in place.files()

    changed = {path: body for path, body in site("one").items() if path != "post-1/index.html"}
    deployed(place.target(compress=None), changed)

    assert "post-1/index.html.gz" not in place.files()
    assert planned(place.target(compress=None), changed).empty


def test_a_file_may_become_a_folder_and_a_folder_a_file(place: ServerFolder) -> None:
    deployed(place.target(), site("one") | {"a": b"file", "b/deep/index.html": b"page", "b/index.html": b"page"})

    deployed(place.target(), site("one") | {"a/index.html": b"page", "b": b"file"})

    files = place.files()
    assert {path: files[path] for path in files if path[0] in "ab"} == {"a/index.html": b"page", "b": b"file"}


def test_as_many_releases_stay_as_are_kept_and_nothing_else_is_deleted(place: ServerFolder) -> None:
    (place.folder / "releases/by hand").mkdir(parents=True)
    (place.folder / "releases/deadbeef").mkdir()
    (place.folder / f"releases/{'0' * 32}.partial").mkdir()
    ids = [deployed(place.target(keep=2), site(str(number)), keep=2).release for number in range(4)]

    assert place.names() == {*ids[1:], "by hand", "deadbeef"}
    assert place.target(keep=2).releases() == tuple(reversed(ids[1:]))
    until(lambda: not list((place.folder / "releases").glob("*.gone")))


def test_a_rollback_brings_the_files_back_and_keeps_what_open_pages_load(place: ServerFolder) -> None:
    ids = [deployed(place.target(), site(words)).release for words in ("one", "two", "three")]
    (place.folder / "current/proof.txt").write_bytes(b"added by hand since")
    before = small_site.listed(place.folder / "releases" / ids[2])

    place.target().rollback(ids[0], lambda _done, _total, _what: None)

    assert small_site.words_of(place.files()) == "one"
    assert stylesheet("/* three */")[0] in place.files()
    assert place.files()["proof.txt"] == b"added by hand since"
    assert place.target().releases() == (ids[0],)
    assert small_site.listed(place.folder / "releases" / ids[2]) == before
    deployed(place.target(), site("three"))
    assert small_site.words_of(place.files()) == "three"
    assert place.target().releases() == (ids[2], ids[0])


def test_a_file_that_vanished_from_the_live_release_is_put_back(place: ServerFolder) -> None:
    deployed(place.target(), site("one"))
    (place.folder / "current/index.html").unlink()

    deployed(place.target(), site("one"))

    assert small_site.words_of(place.files()) == "one"
    assert len(place.names()) == 1


def test_what_an_interrupted_upload_brought_is_not_sent_again(place: ServerFolder) -> None:
    first, second = (random.Random(seed).randbytes(600_000) for seed in (1, 2))  # noqa: S311  they do not compress
    new = site("two") | {"images/a.jpg": first, "images/b.jpg": second}
    deployed(place.target(), site("one"))

    def arrived() -> bool:
        return any((place.folder / "releases").glob("*.partial/images/a.jpg"))

    with breaking(place.server.port, 900_000, arrived) as port:
        place.server.know(port)
        plan = planned(place.target(), new)
        with pytest.raises(Refused, match="cannot be reached"):
            done(place.target(place.server.rsync(place.folder, port)), plan, new)
    (partial,) = (place.folder / "releases").glob("*.partial")
    brought = (partial / "images/a.jpg").stat().st_ino
    assert small_site.words_of(place.files()) == "one"

    deployed(place.target(), new)

    assert (place.folder / "current/images/a.jpg").stat().st_ino == brought
    assert place.files()["images/b.jpg"] == second


def test_a_release_that_is_live_since_it_was_looked_at_is_left_alone(place: ServerFolder) -> None:
    deployed(place.target(), site("one"))
    plan = planned(place.target(), site("two"))
    other = deployed(place.target(), site("three")).release

    with pytest.raises(Refused, match="was changed while this run was at work"):
        done(place.target(), plan, site("two"))

    assert place.live == other
    assert place.target().releases()[0] == other


def test_who_is_at_work_there_is_waited_for(place: ServerFolder) -> None:
    deployed(place.target(), site("one"))
    busy = place.folder / "releases/.busy"
    busy.mkdir()
    threading.Timer(1, busy.rmdir).start()

    deployed(place.target(), site("two"))

    assert small_site.words_of(place.files()) == "two"


def test_what_a_power_cut_left_locked_is_not_locked_for_ever(place: ServerFolder) -> None:
    deployed(place.target(), site("one"))
    plan = planned(place.target(), site("two"))
    busy = place.folder / "releases/.busy"
    busy.mkdir()
    long_ago = time.time() - 3600
    os.utime(busy, (long_ago, long_ago))

    done(place.target(), plan, site("two"))

    assert small_site.words_of(place.files()) == "two"


def test_a_file_of_others_is_not_lost_to_a_folder_of_the_same_name(place: ServerFolder) -> None:
    deployed(place.target(), site("one", 1))
    (place.folder / "current/post-1").write_bytes(b"a file where a folder must be")

    with pytest.raises(Fault, match="stands post-1, which Byline did not make"):
        deployed(place.target(), site("two"))

    assert small_site.words_of(place.files()) == "one"


def test_a_folder_named_current_is_not_taken_for_a_link(place: ServerFolder) -> None:
    (place.folder / "current").mkdir(parents=True)

    assert "`current` is a folder or a file, and must be a link" in refused(place.target(), site("one"))


def test_a_file_where_a_folder_must_be_is_told(place: ServerFolder) -> None:
    place.folder.mkdir(parents=True)
    (place.folder / "releases").write_bytes(b"")
    assert "a file stands where a folder must be" in refused(place.target(), site("one"))

    shutil.rmtree(place.folder)
    place.folder.write_bytes(b"")
    assert "a file stands where a folder must be" in refused(place.target(), site("one"))


def test_a_folder_that_may_not_be_written_to_is_told(place: ServerFolder) -> None:
    # Nobody makes folders in /proc, not even root.
    problem = refused(place.target(place.server.rsync("/proc/self/www")), site("one"))

    assert re.search("may not be written to|failed: mkdir", problem), problem


@pytest.mark.parametrize(
    "to", ["rsync://127.0.0.1", "rsync://127.0.0.1/", "rsync:///srv/www", "rsync://-oProxyCommand=x/srv"]
)
def test_an_address_that_is_no_folder_on_a_server_is_told(place: ServerFolder, to: str) -> None:
    with pytest.raises(Fault, match="names no folder on a server"):
        place.target(to)


def test_a_server_that_does_not_listen_cannot_be_reached(place: ServerFolder) -> None:
    with pytest.raises(Refused, match=r"cannot be reached: .*Connection refused"):
        place.target(place.server.rsync(place.folder, free_port())).look()


def test_a_key_that_is_not_let_in_is_told(place: ServerFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_SSH", place.server.with_key(key(tmp_path / "other_key")))

    assert "does not let you in: " in refused(place.target(), site("one"))


def test_a_host_key_that_is_unknown_or_changed_is_told(
    place: ServerFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = tmp_path / "known_hosts"
    monkeypatch.setenv("BYLINE_SSH", f"ssh -o UserKnownHostsFile={known} {place.server.ssh.removeprefix('ssh ')}")
    assert "is not known to this machine" in refused(place.target(), site("one"))

    other = key(tmp_path / "other_host_key").with_suffix(".pub").read_text()
    known.write_text(f"[127.0.0.1]:{place.server.port} {other}")

    assert "is not the one that this machine knows" in refused(place.target(), site("one"))


def test_without_rsync_here_or_there_its_lack_is_told(
    place: ServerFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in "sh ssh dd find readlink cat mkdir".split():
        (programs / name).symlink_to(str(shutil.which(name)))
    with sshd(tmp_path / "poor", path=programs) as poor, monkeypatch.context() as changed:
        changed.setenv("BYLINE_SSH", poor.ssh)
        assert "rsync is not installed on the server" in refused(place.target(poor.rsync(place.folder)), site("one"))

    monkeypatch.setenv("PATH", str(programs))
    assert "The program rsync is not installed" in refused(place.target(), site("one"))


def test_a_full_disk_there_is_told_and_nothing_is_lost(place: ServerFolder, tmp_path: Path) -> None:
    big = site("two") | {"big.jpg": random.Random(3).randbytes(3_000_000)}  # noqa: S311  bytes that do not compress
    with full_disk(tmp_path / "small", "2m") as folder:
        place.folder = folder / "www"
        deployed(place.target(), site("one"))

        with pytest.raises(Fault, match="The disk is full") as caught:
            deployed(place.target(), big)

        assert caught.value.problems[0].code == "full-target"
        assert small_site.words_of(place.files()) == "one"
        assert place.names() == {place.live}
        deployed(place.target(), site("three"))
        assert small_site.words_of(place.files()) == "three"


def test_a_full_disk_here_is_told(place: ServerFolder, tmp_path: Path) -> None:
    big = site("two") | {"big.jpg": bytes(3_000_000)}
    with full_disk(tmp_path / "small", "2m") as folder:
        place.blog = folder

        with pytest.raises(Fault, match="The disk is full"):
            deployed(place.target(), big)

        assert not (folder / ".byline/targets/live/outgoing").exists()


def test_killed_at_thirty_moments_a_reader_sees_the_old_site_or_the_new(place: ServerFolder, tmp_path: Path) -> None:
    olds: dict[str, dict[str, bytes]] = {}
    for _ in rounds(place, "rsync", place.server.rsync(place.folder), tmp_path):
        olds[place.live] = small_site.listed(place.folder / "current")

    there = place.names()
    assert len(there & olds.keys()) == 5
    for name in there & olds.keys():
        assert small_site.listed(place.folder / "releases" / name) == olds[name]
    assert there - olds.keys() == {place.live}
