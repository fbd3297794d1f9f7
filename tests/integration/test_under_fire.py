"""While a reader fetches every page, `publish` is killed and run again, and nobody ever misses anything."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pytest
from byline.values.output import address
from crawler import Crawler
from live_blog import LiveBlog
from s3_server import KEYS, NOTHING_ELSE, s3_server
from ssh_server import sshd
from static_server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Tool
    from s3_server import Store

PUBLISH = """
import sys
from pathlib import Path
from byline.commands import publish
sys.exit(publish.run(Path().resolve(), publish.Wishes(allow_deletes=100)))
"""
ROLLBACK = """
import sys
from pathlib import Path
from byline.commands import rollback
sys.exit(rollback.run(Path().resolve(), name="", yes=True))
"""
KILLS = 30
AGAIN = 75
HOOK = """#!/bin/sh
# Checks the branch out beside what is served, and swaps; one at a time.
exec 9>{folder}/lock && flock 9
new=$(mktemp -d {folder}/site.XXXXXX) && git archive pages | tar -x -C "$new" && chmod 755 "$new" || exit 1
ln -s "$new" {folder}/next.$$ && mv -T {folder}/next.$$ {folder}/current
"""


class Place(Protocol):
    """A target with a web server before it."""

    to: str
    address: str
    following: bool
    names_files: bool

    def settle(self) -> None:
        """Let the host do what it does by itself after a while."""

    def files(self) -> dict[str, str]:
        """Return the digests of what is served, by path."""


@dataclass
class Folder:
    """A target whose files a web server finds in a folder."""

    to: str
    address: str
    folder: Path
    following: bool = False
    names_files: bool = False
    hook: Path | None = None

    def settle(self) -> None:
        """Check out what was pushed: where a connection broke, the hook may have ended with it."""
        if self.hook:
            subprocess.run([self.hook], cwd=self.hook.parents[1], check=True)

    def files(self) -> dict[str, str]:
        """Return the digests of what is served, by path."""
        root = self.folder.resolve()
        found = (path for path in root.rglob("*") if path.is_file() and path.suffix != ".gz")
        return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


@dataclass
class Bucket:
    """A target that is a store; a new page is known to readers once something links it (decision 0007)."""

    to: str
    address: str
    store: Store
    following: bool = True
    names_files: bool = True

    def settle(self) -> None:
        """Do nothing: a store is what was put there."""

    def files(self) -> dict[str, str]:
        """Return the digests of what readers can know of, by path."""
        found = self.store.files("blog")
        return {key: hashlib.sha256(body).hexdigest() for key, body in found.items() if not key.startswith(".byline/")}


@contextmanager
def rsync(tmp_path: Path, environment: dict[str, str]) -> Iterator[Place]:
    """Give a folder on an ssh server."""
    with sshd(tmp_path / "sshd") as server:
        environment["BYLINE_SSH"] = server.ssh
        (tmp_path / "www" / "current").parent.mkdir()
        with serving(tmp_path / "www" / "current") as web:
            yield Folder(server.rsync(tmp_path / "www"), web, tmp_path / "www" / "current")


@contextmanager
def git_branch(tmp_path: Path, environment: dict[str, str]) -> Iterator[Place]:
    """Give a branch on an ssh server, which is checked out when it is pushed to."""
    remote, www = tmp_path / "remote.git", tmp_path / "www"
    www.mkdir()
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    hook = remote / "hooks" / "post-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(HOOK.format(folder=www), "utf-8")
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    with sshd(tmp_path / "sshd") as server:
        environment["GIT_SSH_COMMAND"] = server.ssh
        with serving(www / "current") as web:
            yield Folder(f"{server.git(remote)}#pages", web, www / "current", hook=hook)


@contextmanager
def s3(tmp_path: Path, environment: dict[str, str]) -> Iterator[Place]:
    """Give a bucket."""
    del tmp_path
    environment |= {**KEYS, **NOTHING_ELSE}
    with s3_server(environment) as store:
        store.client.create_bucket(Bucket="blog")
        yield Bucket(store.address("blog"), f"{store.endpoint}/blog", store)


def edited(blog: LiveBlog, number: int) -> None:
    """Write the blog's version of that number: all pages change, a post comes, one goes, the look changes."""
    for name in range(6):
        text = f"Version {number}. See [another](post-{(name + 1) % 6}.md) and [the newest](new-{number}.md).\n"
        blog.post(f"post-{name}", text * 20, Tags=f"tag-{name % 3}", Summary=f"Post {name}.")
    gone = blog.root / f"content/posts/new-{number - 2}.md"
    gone.unlink(missing_ok=True)
    before = f" After [the one before](new-{number - 1}.md)." if number else ""
    if number:
        blog.post(f"new-{number - 1}", "Not new.", Date="2026-02-02", Summary=f"New {number - 1}.")
    blog.post(f"new-{number}", f"New.{before}", Date="2026-02-02", Tags=f"new-{number}", Summary=f"New {number}.")
    blog.write("content/theme/user.css", f"p {{ margin: {number}em; }}\n")


def made(blog: LiveBlog) -> dict[str, str]:
    """Return the digests of the outputs of the live site, by path."""
    root = blog.root / ".byline/live/site"
    found = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def started(script: str, blog: LiveBlog, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a command in a session of its own, so that all that it starts can be killed with it."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", script],
        cwd=blog.root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def finished(script: str, blog: LiveBlog, environment: dict[str, str]) -> str:
    """Run a command again as long as it says so; return what it said."""
    for _ in range(10):
        process = started(script, blog, environment)
        said = process.communicate(timeout=60)[0].decode()
        if process.returncode != AGAIN:
            break
    assert process.returncode == 0, said
    return said


def deploying(blog: LiveBlog, before: bytes, process: subprocess.Popen[bytes]) -> bool:
    """Wait until a deployment begins, as the state says, or the process ends; tell which it was."""
    state = blog.root / ".byline/publish.json"
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if state.exists() and state.read_bytes() != before:
            return True
        if process.poll() is not None:
            return False
        time.sleep(0.002)
    pytest.fail("nothing happened for a minute")


def release(blog: LiveBlog) -> str:
    """Return the release that was deployed last."""
    written = json.loads((blog.root / ".byline/publish.json").read_bytes())
    return str(written["targets"]["live"]["release"])


@pytest.mark.parametrize("kind", [rsync, git_branch, s3], ids=lambda kind: kind.__name__)
def test_thirty_kills_while_a_reader_fetches_every_page(
    kind: object, tmp_path: Path, environment: dict[str, str], request: pytest.FixtureRequest, tool: Tool
) -> None:
    if not request.config.getoption("--all"):
        pytest.skip("takes two minutes: ./byline test --all runs it")
    for name in ("sshd", "rsync", "git"):
        tool(name, f"apt install {'openssh-server' if name == 'sshd' else name}")
    environment = {**environment, "HOME": str(tmp_path), "GIT_CONFIG_GLOBAL": "/dev/null", "CI": ""}
    with kind(tmp_path, environment) as place:  # type: ignore[operator]  # one of the three above
        fire(place, tmp_path, environment)


def fire(place: Place, tmp_path: Path, environment: dict[str, str]) -> None:
    """Publish version after version, each killed once and done again, under the eyes of a reader."""
    blog = LiveBlog(tmp_path / "blog").begin({"live": {"to": place.to, "verify": False}})
    edited(blog, 0)
    finished(PUBLISH, blog, environment)
    moments = random.Random(30)  # noqa: S311  moments, not secrets
    whole = 0.5
    old, killed, fetched = made(blog), 0, 0
    for number in range(1, KILLS + 1):
        edited(blog, number)
        before = (blog.root / ".byline/publish.json").read_bytes()
        # The new pages' addresses are known once the site is built; a reader has those of the version before, too.
        pages = {address(path) for path in old if path.endswith(".html")} | {f"new-{number}/", f"tag/new-{number}/"}
        exempt = {f"new-{number - 2}/", f"tag/new-{number - 2}/"}
        crawler = Crawler(place.address, "https://ada.pub", pages, exempt, place.following, place.names_files)
        with crawler:
            process = started(PUBLISH, blog, environment)
            if deploying(blog, before, process):
                begun = time.monotonic()
                try:
                    process.wait(moments.uniform(0, 1) * whole)
                    whole = max(0.1, time.monotonic() - begun)
                except subprocess.TimeoutExpired:
                    killed += 1
                os.killpg(process.pid, signal.SIGKILL) if process.poll() is None else None
            process.communicate()
            finished(PUBLISH, blog, environment)
            place.settle()
        crawler.round()
        crawler.close()
        fetched += crawler.fetched
        assert crawler.faults == [], f"in round {number}"
        new = made(blog)
        there = place.files()
        assert {path: there.get(path) for path in new} == new, f"in round {number}"
        assert not any(f"new-{number - 2}/" in path for path in there), f"in round {number}"
        previous, old = old, new
    assert killed >= KILLS // 2
    assert fetched > KILLS * len(old)

    finished(ROLLBACK, blog, environment)
    there = place.files()
    assert {path: there.get(path) for path in previous} == previous
