"""A branch of a git repository as a target: real repositories, on disk and behind a real ssh server."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
import small_site
import ssh_server
from byline.values.manifest import PATH
from byline.values.problem import Fault, Refused
from full_disk import full_disk
from killing import rounds
from places import Branch, refused
from small_site import deployed, done, planned, site, stylesheet
from ssh_server import breaking, free_port, key, sshd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Tool
    from ssh_server import Server

EXTRA = {PATH, ".nojekyll"}


@pytest.fixture
def remote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: Tool) -> Branch:
    """Give an empty repository, and a machine without settings for git and ssh."""
    tool("git")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "home/gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("BYLINE_SSH", "GIT_SSH_COMMAND", "SSH_AUTH_SOCK", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "home").mkdir()
    (tmp_path / "blog").mkdir()
    return Branch(tmp_path / "remote.git", tmp_path / "blog").begin()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Server]:
    """Give a running ssh server."""
    ssh_server.program(request)
    with sshd(tmp_path_factory.mktemp("sshd")) as running:
        yield running


def test_the_first_publish_makes_the_branch(remote: Branch) -> None:
    deployed(remote.target(), site("one"))

    files = remote.files()
    assert {path: body for path, body in files.items() if path not in EXTRA} == site("one")
    assert files[".nojekyll"] == b""
    assert len(remote.log()) == 1


def test_what_changed_is_changed_and_what_is_gone_is_deleted(remote: Branch) -> None:
    old = {**site("one"), "old/index.html": b"Renamed.", "draft/deep/index.html": b"Deleted."}
    new = {**site("one"), "new/index.html": b"Renamed.", "index.html": b"Changed."}
    deployed(remote.target(), old)

    plan = deployed(remote.target(), new)

    assert {arrival.path for arrival in plan.arriving} == {"new/index.html", "index.html"}
    assert {path: body for path, body in remote.files().items() if path not in EXTRA} == new


def test_files_of_others_stay_with_their_modes(remote: Branch) -> None:
    names = {"google123.html": b"proof", 'odd "name"\n\\ of ü.txt': b"odd", "tool.sh": b"#!/bin/sh"}
    remote.commit(names, mode="100755")

    deployed(remote.target(), site("one"))
    deployed(remote.target(), site("two"))

    assert names.items() <= remote.files().items()
    assert b"100755 blob" in remote.git("ls-tree", "pages", "tool.sh")


def test_names_mean_themselves_whatever_is_in_them(remote: Branch) -> None:
    odd = {'a "quoted" page.html': b"1", "back\\slash.html": b"2", "line\nfeed/ü.html": b"3", "слово/index.html": b"4"}
    deployed(remote.target(), site("one") | odd)
    deployed(remote.target(), site("one") | dict.fromkeys(odd, b"changed"))
    assert dict.fromkeys(odd, b"changed").items() <= remote.files().items()

    deployed(remote.target(), site("one"))

    assert not odd.keys() & remote.files().keys()


def test_a_file_may_become_a_folder_and_a_folder_a_file(remote: Branch) -> None:
    deployed(remote.target(), site("one") | {"a": b"file", "b/deep/index.html": b"page", "b/index.html": b"page"})

    deployed(remote.target(), site("one") | {"a/index.html": b"page", "b": b"file"})

    files = remote.files()
    assert {path: files[path] for path in files if path[0] in "ab"} == {"a/index.html": b"page", "b": b"file"}


def test_a_rollback_brings_the_files_back_and_keeps_what_open_pages_load(remote: Branch) -> None:
    ids = [deployed(remote.target(), site(words)).release for words in ("one", "two", "three")]
    remote.commit({"proof.txt": b"added by hand since"})
    assert remote.target().releases() == (ids[2], ids[1], ids[0])

    remote.target().rollback(ids[0], lambda _done, _total, _what: None)

    assert small_site.words_of(remote.files()) == "one"
    assert stylesheet("/* three */")[0] in remote.files()
    assert remote.files()["proof.txt"] == b"added by hand since"
    assert remote.target().releases() == (ids[0],)
    assert remote.target().look().paths == remote.files().keys()
    assert len(remote.log()) == 5


def test_the_writers_own_repository_is_not_touched(remote: Branch) -> None:
    writers = Branch(remote.blog, remote.blog)
    writers.git("init", "--quiet")
    (remote.blog / ".gitignore").write_text(".byline/\n")
    (remote.blog / "staged.md").write_text("staged")
    writers.git("add", "staged.md")
    (remote.blog / "staged.md").write_text("changed since")
    before = small_site.listed(remote.blog)

    deployed(remote.target(), site("one"))
    remote.target().releases()

    after = small_site.listed(remote.blog)
    assert {path: body for path, body in after.items() if not path.startswith(".byline/")} == before


def test_a_commit_is_signed_with_the_writers_name_or_with_none(remote: Branch) -> None:
    deployed(remote.target(), site("one"))
    writers = Branch(remote.blog, remote.blog)
    writers.git("init", "--quiet")
    writers.git("config", "user.name", "Ada Example")
    writers.git("config", "user.email", "ada@me.example")

    deployed(remote.target(), site("two"))

    assert remote.log("%an <%ae> %cn") == [
        "Ada Example <ada@me.example> Ada Example",
        "Byline <byline@localhost> Byline",
    ]


def test_a_relative_path_and_the_name_of_a_remote_are_meant_from_the_blog(remote: Branch) -> None:
    deployed(remote.target("../remote.git#pages"), site("one"))
    writers = Branch(remote.blog, remote.blog)
    writers.git("init", "--quiet")
    writers.git("remote", "add", "host", str(remote.path))

    assert planned(remote.target("host#pages"), site("one")).empty


def test_compressed_copies_come_where_they_are_wanted(remote: Branch) -> None:
    deployed(remote.target(compress=True), site("one"))

    assert {"index.html.gz", "feeds/atom.xml.gz"} <= remote.files().keys()
    assert "images/boat.jpg.gz" not in remote.files()


@pytest.mark.parametrize("damage", ["objects", "HEAD", "config", "refs"])
def test_a_damaged_scratch_repository_is_made_anew(remote: Branch, damage: str) -> None:
    deployed(remote.target(), site("one"))
    (scratch,) = (remote.blog / ".byline/targets/live").glob("*.git")
    if (scratch / damage).is_dir():
        for path in list((scratch / damage).rglob("*")):
            if path.is_file():
                path.chmod(0o644)
                path.write_bytes(b"garbage")
    else:
        (scratch / damage).write_bytes(b"garbage")

    deployed(remote.target(), site("two"))

    assert small_site.words_of(remote.files()) == "two"
    assert len(remote.log()) == 2


def test_hooks_and_signatures_that_the_writer_uses_elsewhere_stay_out(remote: Branch, tmp_path: Path) -> None:
    hook = tmp_path / "hooks/pre-push"
    hook.parent.mkdir()
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    settings = f"[core]\n\thooksPath = {hook.parent}\n[commit]\n\tgpgSign = true\n[push]\n\tgpgSign = true\n"
    (tmp_path / "home/gitconfig").write_text(settings)

    deployed(remote.target(), site("one"))

    assert small_site.words_of(remote.files()) == "one"


def test_the_variables_of_a_hook_that_publishes_lead_nowhere(remote: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(remote.blog / "elsewhere"))

    deployed(remote.target(), site("one"))

    monkeypatch.undo()
    assert small_site.words_of(remote.files()) == "one"


def test_a_fresh_machine_fetches_the_names_of_files_and_not_their_contents(remote: Branch, tmp_path: Path) -> None:
    remote.git("config", "uploadpack.allowFilter", "true")
    big = {"images/big.jpg": random.Random(1).randbytes(3_000_000)}  # noqa: S311  bytes that do not compress
    deployed(remote.target(), site("one") | big)
    remote.blog = tmp_path / "another machine"

    deployed(remote.target(), site("two") | big)

    assert small_site.words_of(remote.files()) == "two"
    held = sum(path.stat().st_size for path in remote.blog.rglob("*") if path.is_file())
    assert held < 300_000


def test_a_rollback_on_a_fresh_machine_finds_what_it_needs(remote: Branch, tmp_path: Path) -> None:
    remote.git("config", "uploadpack.allowFilter", "true")
    ids = [deployed(remote.target(), site(words)).release for words in ("one", "two", "three")]
    remote.blog = tmp_path / "another machine"

    assert remote.target().releases() == tuple(reversed(ids))
    remote.target().rollback(ids[1], lambda _done, _total, _what: None)

    assert small_site.words_of(remote.files()) == "two"


def test_a_file_of_others_is_not_lost_to_a_folder_of_the_same_name(remote: Branch) -> None:
    remote.commit({"post-1": b"a file where a folder must be"})

    with pytest.raises(Fault, match="stands post-1, which Byline did not make"):
        deployed(remote.target(), site("one"))

    assert remote.files().keys() == {"post-1"}


def test_over_ssh_it_is_the_same(remote: Branch, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_SSH", server.ssh)
    to = f"{server.git(remote.path)}#pages"
    deployed(remote.target(to), site("one"))

    deployed(remote.target(to), site("two"))

    assert small_site.words_of(remote.files()) == "two"
    assert planned(remote.target(to), site("two")).empty


def test_a_server_that_leaves_contents_out_and_does_not_give_them_is_asked_for_all(
    remote: Branch, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # This ssh server does not pass on which protocol the client speaks, so git there answers in the oldest.
    monkeypatch.setenv("BYLINE_SSH", server.ssh)
    remote.git("config", "uploadpack.allowFilter", "true")
    to = f"{server.git(remote.path)}#pages"
    first = deployed(remote.target(to), site("one")).release
    deployed(remote.target(to), site("two"))
    remote.blog = tmp_path / "another machine"

    assert planned(remote.target(to), site("two")).empty
    remote.target(to).rollback(first, lambda _done, _total, _what: None)

    assert small_site.words_of(remote.files()) == "one"


def test_what_the_writers_repository_knows_of_access_is_used(remote: Branch, server: Server) -> None:
    writers = Branch(remote.blog, remote.blog)
    writers.git("init", "--quiet")
    writers.git("config", "core.sshCommand", server.ssh)
    writers.git("config", f"url.ssh://{server.user}@127.0.0.1:{server.port}/.insteadOf", "forge:/")

    deployed(remote.target(f"forge:{remote.path}#pages"), site("one"))

    assert small_site.words_of(remote.files()) == "one"


def test_a_branch_that_moved_since_it_was_looked_at_is_left_alone(remote: Branch) -> None:
    deployed(remote.target(), site("one"))
    target = remote.target()
    plan = planned(target, site("two"))
    other = remote.commit({"other.txt": b"by somebody else"})

    with pytest.raises(Refused, match="was changed while this run was at work") as caught:
        done(target, plan, site("two"))

    assert caught.value.problems[0].code == "moved-target"
    assert remote.tip() == other
    deployed(remote.target(), site("two"))
    assert small_site.words_of(remote.files()) == "two"
    assert remote.files()["other.txt"] == b"by somebody else"


def test_a_branch_that_somebody_else_made_or_deleted_meanwhile_has_moved_too(remote: Branch) -> None:
    target = remote.target()
    plan = planned(target, site("one"))
    remote.commit({"other.txt": b"by somebody else"})
    with pytest.raises(Refused, match="was changed"):
        done(target, plan, site("one"))

    plan = planned(target, site("one"))
    remote.git("update-ref", "-d", "refs/heads/pages")
    with pytest.raises(Refused, match="was changed"):
        done(target, plan, site("one"))

    assert remote.tip() == ""


def test_a_hook_that_rejects_is_heard_in_one_line(remote: Branch) -> None:
    hook = remote.path / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'This branch is protected:' >&2\necho 'ask Maren.' >&2\nexit 1\n")
    hook.chmod(0o755)

    problem = refused(remote.target(), site("one"))

    assert "rejects the commit (pre-receive hook declined): This branch is protected: ask Maren." in problem
    assert remote.tip() == ""


@pytest.mark.parametrize("name", ["no-such-repository.git", "no/such.git"])
def test_a_repository_that_is_not_there_is_named(
    remote: Branch, server: Server, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BYLINE_SSH", server.ssh)
    for to in (f"{remote.blog}/{name}", server.git(f"{remote.blog}/{name}")):
        assert f"There is no repository at {to}" in refused(remote.target(f"{to}#pages"), site("one"))


def test_a_server_that_does_not_listen_cannot_be_reached(
    remote: Branch, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BYLINE_SSH", server.ssh)

    with pytest.raises(Refused, match=r"cannot be reached: .*Connection refused"):
        deployed(remote.target(server.git(remote.path, free_port())), site("one"))


def test_a_key_that_is_not_let_in_is_told(
    remote: Branch, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = key(tmp_path / "other_key")
    monkeypatch.setenv("BYLINE_SSH", server.with_key(other))

    assert "does not let you in: " in refused(remote.target(server.git(remote.path)), site("one"))


def test_a_host_key_that_is_unknown_or_changed_is_told(
    remote: Branch, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = tmp_path / "known_hosts"
    monkeypatch.setenv("BYLINE_SSH", f"ssh -o UserKnownHostsFile={known} {server.ssh.removeprefix('ssh ')}")
    assert "is not known to this machine" in refused(remote.target(server.git(remote.path)), site("one"))

    other = key(tmp_path / "other_host_key").with_suffix(".pub").read_text()
    known.write_text(f"[127.0.0.1]:{server.port} {other}")

    assert "is not the one that this machine knows" in refused(remote.target(server.git(remote.path)), site("one"))


def test_a_connection_that_breaks_is_told_and_the_next_publish_goes_on(
    remote: Branch, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BYLINE_SSH", server.ssh)
    big = site("one") | {"big.jpg": random.Random(2).randbytes(2_000_000)}  # noqa: S311  bytes that do not compress
    plan = planned(remote.target(server.git(remote.path)), big)
    with breaking(server.port, 500_000) as port:
        server.know(port)
        to = server.git(remote.path, port)

        with pytest.raises(Refused, match="cannot be reached"):
            done(remote.target(to), plan, big)

    assert remote.tip() == ""
    deployed(remote.target(server.git(remote.path)), big)
    assert remote.files()["big.jpg"] == big["big.jpg"]


def test_a_full_disk_there_is_told_and_nothing_is_lost(remote: Branch, tmp_path: Path) -> None:
    big = site("two") | {"big.jpg": random.Random(3).randbytes(3_000_000)}  # noqa: S311  bytes that do not compress
    with full_disk(tmp_path / "small", "2m") as folder:
        small = Branch(folder / "remote.git", remote.blog).begin()
        deployed(small.target(), site("one"))

        with pytest.raises(Fault, match="The disk is full") as caught:
            deployed(small.target(), big)

        assert caught.value.problems[0].code == "full-target"
        assert small_site.words_of(small.files()) == "one"


def test_a_full_disk_here_is_told(remote: Branch, tmp_path: Path) -> None:
    big = site("two") | {"big.jpg": random.Random(3).randbytes(3_000_000)}  # noqa: S311  bytes that do not compress
    with full_disk(tmp_path / "small", "2m") as folder:
        remote.blog = folder / "blog"
        remote.blog.mkdir()

        assert "The disk is full" in refused(remote.target(), big)


def test_without_git_its_lack_is_told(remote: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(remote.blog))

    assert "The program git is not installed" in refused(remote.target(), site("one"))


def test_killed_at_thirty_moments_a_reader_of_the_branch_sees_the_old_site_or_the_new(
    remote: Branch, tmp_path: Path
) -> None:
    assert len(list(rounds(remote, "git_branch", f"{remote.path}#pages", tmp_path))) == 30

    assert remote.log("%s").count("Other") == 0
    assert len(remote.log()) == 31
    remote.git("fsck", "--strict")
