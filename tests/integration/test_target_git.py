"""A branch of a git repository as a target: real repositories, on disk and behind a real ssh server."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import small_site
import ssh_server
from byline.values.manifest import PATH
from byline.values.problem import Fault, Refused
from full_disk import full_disk
from small_site import deployed, done, planned, site, stylesheet
from ssh_server import breaking, free_port, key, sshd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.deploy.target import Target
    from conftest import Tool
    from ssh_server import Server

EXTRA = {PATH, ".nojekyll"}


@dataclass
class Remote:
    """A bare repository and a blog that is deployed to its branch `pages`."""

    path: Path
    blog: Path

    def git(self, *arguments: str, given: bytes = b"") -> bytes:
        """Run git in the repository."""
        return subprocess.run(
            ["git", "-C", str(self.path), *arguments], input=given, check=True, capture_output=True
        ).stdout

    def target(self, to: str = "", *, keep: int = 5, compress: bool | None = None) -> Target:
        """Return the target for an address, by default the repository's path."""
        return small_site.target(
            "git_branch", to or f"{self.path}#pages", self.blog / ".byline", keep=keep, compress=compress
        )

    def files(self, commit: str = "pages") -> dict[str, bytes]:
        """Return the files of a commit by path."""
        names = [line.split(b"\t", 1) for line in self.git("ls-tree", "-rz", commit).split(b"\0")[:-1]]
        return {name.decode(): self.git("cat-file", "blob", about.split()[2].decode()) for about, name in names}

    def commit(self, files: dict[str, bytes], *, mode: str = "100644") -> str:
        """Commit files to the branch as somebody else would; return the commit."""
        parent = self.tip()
        stream = b"commit refs/heads/pages\ncommitter Else <else@example> 1700000000 +0000\ndata 5\nOther\n"
        stream += f"from {parent}\n".encode() if parent else b""
        for path, body in files.items():
            quoted = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            stream += f'M {mode} inline "{quoted}"\ndata {len(body)}\n'.encode() + body + b"\n"
        self.git("fast-import", "--quiet", given=stream)
        return self.tip()

    def tip(self) -> str:
        """Return the commit that the branch is at, or an empty text."""
        return self.git("for-each-ref", "--format=%(objectname)", "refs/heads/pages").decode().strip()

    def log(self, form: str = "%s") -> list[str]:
        """Return a line for each commit of the branch, the newest first."""
        return self.git("log", f"--format={form}", "pages").decode().splitlines()


@pytest.fixture
def remote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: Tool) -> Remote:
    """Give an empty repository, and a machine without settings for git and ssh."""
    tool("git")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "home/gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("BYLINE_SSH", "GIT_SSH_COMMAND", "SSH_AUTH_SOCK", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "home").mkdir()
    (tmp_path / "blog").mkdir()
    remote = Remote(tmp_path / "remote.git", tmp_path / "blog")
    remote.path.mkdir()
    remote.git("init", "--quiet", "--bare")
    return remote


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Server]:
    """Give a running ssh server."""
    ssh_server.program(request)
    with sshd(tmp_path_factory.mktemp("sshd")) as running:
        yield running


def test_the_first_publish_makes_the_branch(remote: Remote) -> None:
    deployed(remote.target(), site("one"))

    files = remote.files()
    assert {path: body for path, body in files.items() if path not in EXTRA} == site("one")
    assert files[".nojekyll"] == b""
    assert len(remote.log()) == 1


def test_a_second_publish_has_nothing_to_do(remote: Remote) -> None:
    deployed(remote.target(), site("one"))

    assert deployed(remote.target(), site("one")).empty


def test_what_changed_is_changed_and_what_is_gone_is_deleted(remote: Remote) -> None:
    old = {**site("one"), "old/index.html": b"Renamed.", "draft/deep/index.html": b"Deleted."}
    new = {**site("one"), "new/index.html": b"Renamed.", "index.html": b"Changed."}
    deployed(remote.target(), old)

    plan = deployed(remote.target(), new)

    assert {arrival.path for arrival in plan.arriving} == {"new/index.html", "index.html"}
    assert {path: body for path, body in remote.files().items() if path not in EXTRA} == new


def test_files_of_others_stay_with_their_modes(remote: Remote) -> None:
    names = {"google123.html": b"proof", 'odd "name"\n\\ of ü.txt': b"odd", "tool.sh": b"#!/bin/sh"}
    remote.commit(names, mode="100755")

    deployed(remote.target(), site("one"))
    deployed(remote.target(), site("two"))

    assert names.items() <= remote.files().items()
    assert b"100755 blob" in remote.git("ls-tree", "pages", "tool.sh")


def test_names_mean_themselves_whatever_is_in_them(remote: Remote) -> None:
    odd = {'a "quoted" page.html': b"1", "back\\slash.html": b"2", "line\nfeed/ü.html": b"3", "слово/index.html": b"4"}
    deployed(remote.target(), site("one") | odd)
    deployed(remote.target(), site("one") | dict.fromkeys(odd, b"changed"))
    assert dict.fromkeys(odd, b"changed").items() <= remote.files().items()

    deployed(remote.target(), site("one"))

    assert not odd.keys() & remote.files().keys()


def test_a_file_may_become_a_folder_and_a_folder_a_file(remote: Remote) -> None:
    deployed(remote.target(), site("one") | {"a": b"file", "b/deep/index.html": b"page", "b/index.html": b"page"})

    deployed(remote.target(), site("one") | {"a/index.html": b"page", "b": b"file"})

    files = remote.files()
    assert {path: files[path] for path in files if path[0] in "ab"} == {"a/index.html": b"page", "b": b"file"}


def test_an_asset_that_open_pages_load_stays_for_as_many_releases_as_are_kept(remote: Remote) -> None:
    path, _ = stylesheet("/* 0 */")
    there = []
    for number in range(5):
        deployed(remote.target(keep=2), site(str(number)), keep=2)
        there.append(path in remote.files())

    assert there == [True, True, True, False, False]


def test_a_rollback_brings_the_files_back_and_keeps_what_open_pages_load(remote: Remote) -> None:
    ids = [deployed(remote.target(), site(words)).release for words in ("one", "two", "three")]
    remote.commit({"proof.txt": b"added by hand since"})
    assert remote.target().releases() == (ids[2], ids[1], ids[0])

    remote.target().rollback(ids[0], lambda _done, _total, _what: None)

    assert small_site.words_of(remote.files()) == "one"
    assert stylesheet("/* three */")[0] in remote.files()
    assert remote.files()["proof.txt"] == b"added by hand since"
    assert remote.target().releases() == (ids[0], ids[2], ids[1])
    assert remote.target().look().paths == remote.files().keys()
    assert len(remote.log()) == 5


def test_after_a_rollback_the_next_publish_goes_on(remote: Remote) -> None:
    first = deployed(remote.target(), site("one")).release
    deployed(remote.target(), site("two"))
    remote.target().rollback(first, lambda _done, _total, _what: None)

    deployed(remote.target(), site("two"))

    assert small_site.words_of(remote.files()) == "two"


def test_a_release_that_is_not_there_cannot_be_gone_back_to(remote: Remote) -> None:
    deployed(remote.target(), site("one"))

    with pytest.raises(Fault, match="has no release abc"):
        remote.target().rollback("abc", lambda _done, _total, _what: None)


def test_the_writers_own_repository_is_not_touched(remote: Remote) -> None:
    writers = Remote(remote.blog, remote.blog)
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


def test_a_commit_is_signed_with_the_writers_name_or_with_none(remote: Remote) -> None:
    deployed(remote.target(), site("one"))
    writers = Remote(remote.blog, remote.blog)
    writers.git("init", "--quiet")
    writers.git("config", "user.name", "Ada Example")
    writers.git("config", "user.email", "ada@me.example")

    deployed(remote.target(), site("two"))

    assert remote.log("%an <%ae> %cn") == [
        "Ada Example <ada@me.example> Ada Example",
        "Byline <byline@localhost> Byline",
    ]


def test_a_relative_path_and_the_name_of_a_remote_are_meant_from_the_blog(remote: Remote) -> None:
    deployed(remote.target("../remote.git#pages"), site("one"))
    writers = Remote(remote.blog, remote.blog)
    writers.git("init", "--quiet")
    writers.git("remote", "add", "host", str(remote.path))

    assert planned(remote.target("host#pages"), site("one")).empty


def test_compressed_copies_come_where_they_are_wanted(remote: Remote) -> None:
    deployed(remote.target(compress=True), site("one"))

    assert {"index.html.gz", "feeds/atom.xml.gz"} <= remote.files().keys()
    assert "images/boat.jpg.gz" not in remote.files()


@pytest.mark.parametrize("damage", ["objects", "HEAD", "config", "refs"])
def test_a_damaged_scratch_repository_is_made_anew(remote: Remote, damage: str) -> None:
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


def test_hooks_and_signatures_that_the_writer_uses_elsewhere_stay_out(remote: Remote, tmp_path: Path) -> None:
    hook = tmp_path / "hooks/pre-push"
    hook.parent.mkdir()
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    settings = f"[core]\n\thooksPath = {hook.parent}\n[commit]\n\tgpgSign = true\n[push]\n\tgpgSign = true\n"
    (tmp_path / "home/gitconfig").write_text(settings)

    deployed(remote.target(), site("one"))

    assert small_site.words_of(remote.files()) == "one"


def test_the_variables_of_a_hook_that_publishes_lead_nowhere(remote: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(remote.blog / "elsewhere"))

    deployed(remote.target(), site("one"))

    monkeypatch.undo()
    assert small_site.words_of(remote.files()) == "one"


def test_a_fresh_machine_fetches_the_names_of_files_and_not_their_contents(remote: Remote, tmp_path: Path) -> None:
    remote.git("config", "uploadpack.allowFilter", "true")
    big = {"images/big.jpg": random.Random(1).randbytes(3_000_000)}  # noqa: S311  bytes that do not compress
    deployed(remote.target(), site("one") | big)
    remote.blog = tmp_path / "another machine"

    deployed(remote.target(), site("two") | big)

    assert small_site.words_of(remote.files()) == "two"
    held = sum(path.stat().st_size for path in remote.blog.rglob("*") if path.is_file())
    assert held < 300_000


def test_a_rollback_on_a_fresh_machine_finds_what_it_needs(remote: Remote, tmp_path: Path) -> None:
    remote.git("config", "uploadpack.allowFilter", "true")
    ids = [deployed(remote.target(), site(words)).release for words in ("one", "two", "three")]
    remote.blog = tmp_path / "another machine"

    assert remote.target().releases() == tuple(reversed(ids))
    remote.target().rollback(ids[1], lambda _done, _total, _what: None)

    assert small_site.words_of(remote.files()) == "two"


def test_a_file_of_others_is_not_lost_to_a_folder_of_the_same_name(remote: Remote) -> None:
    remote.commit({"post-1": b"a file where a folder must be"})

    with pytest.raises(Fault, match="stands post-1, which Byline did not make"):
        deployed(remote.target(), site("one"))

    assert remote.files().keys() == {"post-1"}


def test_over_ssh_it_is_the_same(remote: Remote, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_SSH", server.ssh)
    to = f"{server.git(remote.path)}#pages"
    deployed(remote.target(to), site("one"))

    deployed(remote.target(to), site("two"))

    assert small_site.words_of(remote.files()) == "two"
    assert planned(remote.target(to), site("two")).empty


def test_a_server_that_leaves_contents_out_and_does_not_give_them_is_asked_for_all(
    remote: Remote, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
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


def test_what_the_writers_repository_knows_of_access_is_used(remote: Remote, server: Server) -> None:
    writers = Remote(remote.blog, remote.blog)
    writers.git("init", "--quiet")
    writers.git("config", "core.sshCommand", server.ssh)
    writers.git("config", f"url.ssh://{server.user}@127.0.0.1:{server.port}/.insteadOf", "forge:/")

    deployed(remote.target(f"forge:{remote.path}#pages"), site("one"))

    assert small_site.words_of(remote.files()) == "one"


def test_a_branch_that_moved_since_it_was_looked_at_is_left_alone(remote: Remote) -> None:
    deployed(remote.target(), site("one"))
    target = remote.target()
    plan = planned(target, site("two"))
    other = remote.commit({"other.txt": b"by somebody else"})

    with pytest.raises(Refused, match="has moved since it was looked at") as caught:
        done(target, plan, site("two"))

    assert caught.value.problems[0].code == "moved-target"
    assert remote.tip() == other
    deployed(remote.target(), site("two"))
    assert small_site.words_of(remote.files()) == "two"
    assert remote.files()["other.txt"] == b"by somebody else"


def test_a_branch_that_somebody_else_made_or_deleted_meanwhile_has_moved_too(remote: Remote) -> None:
    target = remote.target()
    plan = planned(target, site("one"))
    remote.commit({"other.txt": b"by somebody else"})
    with pytest.raises(Refused, match="has moved"):
        done(target, plan, site("one"))

    plan = planned(target, site("one"))
    remote.git("update-ref", "-d", "refs/heads/pages")
    with pytest.raises(Refused, match="has moved"):
        done(target, plan, site("one"))

    assert remote.tip() == ""


def test_a_hook_that_rejects_is_heard_in_one_line(remote: Remote) -> None:
    hook = remote.path / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'This branch is protected:' >&2\necho 'ask Maren.' >&2\nexit 1\n")
    hook.chmod(0o755)

    problem = refused(remote.target())

    assert "rejects the commit (pre-receive hook declined): This branch is protected: ask Maren." in problem
    assert remote.tip() == ""


@pytest.mark.parametrize("name", ["no-such-repository.git", "no/such.git"])
def test_a_repository_that_is_not_there_is_named(
    remote: Remote, server: Server, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BYLINE_SSH", server.ssh)
    for to in (f"{remote.blog}/{name}", server.git(f"{remote.blog}/{name}")):
        assert f"There is no repository at {to}" in refused(remote.target(f"{to}#pages"))


def test_a_server_that_does_not_listen_cannot_be_reached(
    remote: Remote, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BYLINE_SSH", server.ssh)

    with pytest.raises(Refused, match=r"cannot be reached: .*Connection refused"):
        deployed(remote.target(server.git(remote.path, free_port())), site("one"))


def test_a_key_that_is_not_let_in_is_told(
    remote: Remote, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = key(tmp_path / "other_key")
    monkeypatch.setenv("BYLINE_SSH", server.with_key(other))

    assert "does not let you in: " in refused(remote.target(server.git(remote.path)))


def test_a_host_key_that_is_unknown_or_changed_is_told(
    remote: Remote, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = tmp_path / "known_hosts"
    monkeypatch.setenv("BYLINE_SSH", f"ssh -o UserKnownHostsFile={known} {server.ssh.removeprefix('ssh ')}")
    assert "is not known to this machine" in refused(remote.target(server.git(remote.path)))

    other = key(tmp_path / "other_host_key").with_suffix(".pub").read_text()
    known.write_text(f"[127.0.0.1]:{server.port} {other}")

    assert "is not the one that this machine knows" in refused(remote.target(server.git(remote.path)))


def test_a_connection_that_breaks_is_told_and_the_next_publish_goes_on(
    remote: Remote, server: Server, monkeypatch: pytest.MonkeyPatch
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


def test_a_full_disk_there_is_told_and_nothing_is_lost(remote: Remote, tmp_path: Path) -> None:
    big = site("two") | {"big.jpg": random.Random(3).randbytes(3_000_000)}  # noqa: S311  bytes that do not compress
    with full_disk(tmp_path / "small", "2m") as folder:
        small = Remote(folder / "remote.git", remote.blog)
        small.path.mkdir()
        small.git("init", "--quiet", "--bare", "--template=")
        deployed(small.target(), site("one"))

        with pytest.raises(Fault, match="The disk is full") as caught:
            deployed(small.target(), big)

        assert caught.value.problems[0].code == "full-target"
        assert small_site.words_of(small.files()) == "one"


def test_a_full_disk_here_is_told(remote: Remote, tmp_path: Path) -> None:
    big = site("two") | {"big.jpg": random.Random(3).randbytes(3_000_000)}  # noqa: S311  bytes that do not compress
    with full_disk(tmp_path / "small", "2m") as folder:
        remote.blog = folder / "blog"
        remote.blog.mkdir()

        assert "The disk is full" in refused(remote.target(), big)


def test_without_git_its_lack_is_told(remote: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(remote.blog))

    assert "The program git is not installed" in refused(remote.target())


def test_killed_at_thirty_moments_a_reader_of_the_branch_sees_the_old_site_or_the_new(
    remote: Remote, tmp_path: Path, environment: dict[str, str]
) -> None:
    environment = {
        **environment,
        **os.environ,
        "PYTHONPATH": f"{environment['PYTHONPATH']}:{Path(__file__).parents[1]}",
    }
    to, home = f"{remote.path}#pages", remote.blog / ".byline"
    command = [sys.executable, small_site.__file__, "git_branch", to, str(home)]

    def started(words: str) -> subprocess.Popen[bytes]:
        folder = small_site.written(tmp_path / words, site(words, 20))
        return subprocess.Popen([*command, str(folder)], env=environment, stderr=subprocess.DEVNULL)

    begun = time.perf_counter()
    assert started("0").wait() == 0
    whole = time.perf_counter() - begun
    moments = random.Random(20)  # noqa: S311  moments, not secrets
    unchanged = 0
    with watched(remote) as met:
        for number in range(1, 31):
            killed = started(str(number))
            with contextlib.suppress(subprocess.TimeoutExpired):
                killed.wait(moments.triangular(0.2, 1.05, 0.8) * whole)
            killed.kill()
            killed.wait()
            left = small_site.words_of(remote.files())
            assert left in {str(number - 1), str(number)}
            unchanged += left == str(number - 1)
            finished(remote, str(number))
            assert small_site.words_of(remote.files()) == str(number)
    assert unchanged > 0
    assert met <= {str(number) for number in range(31)}
    assert remote.log("%s").count("Other") == 0
    assert len(remote.log()) == 31
    remote.git("fsck", "--strict")


@contextlib.contextmanager
def watched(remote: Remote) -> Iterator[set[str]]:
    """Read the branch's tip over and over, as a forge's checkout would; give the words that were met."""
    met: set[str] = set()
    failures: list[BaseException] = []
    over = threading.Event()

    def watch() -> None:
        try:
            while not over.wait(0.05):
                met.add(small_site.words_of(remote.files(remote.tip())))
        except BaseException as error:  # noqa: BLE001  raised again in the test
            failures.append(error)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield met
    finally:
        over.set()
        thread.join()
    if failures:
        raise failures[0]


def finished(remote: Remote, words: str) -> None:
    """Publish; what the killed run's programs still do may make it wait for another try."""
    for _ in range(3):
        with contextlib.suppress(Refused):
            deployed(remote.target(), site(words, 20))
            return
    pytest.fail("refused three times")


def refused(target: Target, files: dict[str, bytes] | None = None) -> str:
    """Return the one problem, in one line, with which a publish fails."""
    with pytest.raises(Fault) as caught:
        deployed(target, files or site("one"))
    (problem,) = caught.value.problems
    assert "\n" not in str(problem)
    assert problem.remedy
    return str(problem)
