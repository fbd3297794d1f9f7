"""Sharing on a forge, whose machine is thrown away: what is about to be sent is pushed before it is."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from fake_mastodon import TOKEN, FakeMastodon, Request
from live_blog import LiveBlog
from static_server import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

STATUS = "POST /api/v1/statuses"


class Watched(FakeMastodon):
    """A server that does something at the moment when a status comes."""

    before: Callable[[], None] = staticmethod(lambda: None)

    def answer(self, request: Request) -> tuple[int, Any]:
        """Answer as ever, after it."""
        if f"{request.method} {request.path}" == STATUS:
            self.before()
        return super().answer(request)


@pytest.fixture
def server() -> Iterator[Watched]:
    """Give a server with an account."""
    with Watched() as fake:
        yield fake


@pytest.fixture
def blog(tmp_path: Path, server: Watched, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveBlog]:
    """Give a blog that its forge publishes, checked out there, with a new post."""
    for name, value in {"CI": "true", "NO_COLOR": "1", "BYLINE_TOKEN_MASTODON": TOKEN}.items():
        monkeypatch.setenv(name, value)
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "ada@me.example")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    site = tmp_path / "www"
    site.mkdir()
    networks = {"mastodon": {"account": "@me@social.example", "server": server.url}}
    more = f'BYLINE_NETWORKS = {networks!r}\nBYLINE_PUBLISH = {{"from": "forge"}}\n'
    with serving(site) as address:
        blog = LiveBlog(tmp_path / "blog").begin({"live": {"to": str(site), "verify": address, "deadline": 5}}, more)
        blog.write(".gitignore", ".byline/\n")
        blog.post("looms", "Cards.", Date=f"{datetime.now(UTC) - timedelta(hours=1):%Y-%m-%d %H:%M}", Summary="Looms.")
        git(tmp_path, "init", "--quiet", "--bare", "origin.git")
        git(blog.root, "init", "--quiet", "--initial-branch", "main")
        git(blog.root, "add", ".")
        git(blog.root, "commit", "--quiet", "-m", "a blog")
        git(blog.root, "remote", "add", "origin", str(tmp_path / "origin.git"))
        git(blog.root, "push", "--quiet", "origin", "main")
        yield blog


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder and return what it says."""
    ended = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
    return ended.stdout.decode(errors="replace")


def told(folder: Path, branch: str = "main") -> list[str]:
    """Return the states of the copies that a branch knows."""
    names = git(folder, "ls-tree", "-r", "--name-only", branch, "content/copies/").split()
    written = [json.loads(git(folder, "show", f"{branch}:{name}")) for name in names]
    return [copy["state"] for one in written for copy in one.get("copies", {}).values()]


def test_what_is_about_to_be_sent_is_at_the_origin_before_the_network_hears_of_it(
    blog: LiveBlog, server: Watched, tmp_path: Path
) -> None:
    known: list[str] = []
    server.before = lambda: known.extend(told(tmp_path / "origin.git"))

    assert blog.publish(yes=True) == 0, blog.told

    assert known == ["attempt"]
    assert told(blog.root, "HEAD") == ["confirmed"]
    assert git(blog.root, "status", "--porcelain") == ""


def test_the_token_is_in_no_object_of_git_and_no_child_of_ours_has_it(
    blog: LiveBlog, server: Watched, tmp_path: Path
) -> None:
    hook = blog.root / ".git/hooks/pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{{ env; cat /proc/$PPID/cmdline; }} >> {tmp_path}/seen\n", "utf-8")
    hook.chmod(0o755)

    assert blog.publish(yes=True) == 0, blog.told

    seen = (tmp_path / "seen").read_text("utf-8")
    assert "GIT_CONFIG_GLOBAL" in seen
    assert "push" in seen
    objects = git(blog.root, "cat-file", "--batch-all-objects", "--batch")
    assert server.url in objects
    assert TOKEN not in seen + objects + git(blog.root, "log", "--all", "--format=%B")


def test_where_somebody_pushed_meanwhile_nobody_is_told_and_the_next_run_tells_them(
    blog: LiveBlog, server: Watched, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", "--branch", "main", "origin.git", str(other))
    git(other, "commit", "--quiet", "--allow-empty", "-m", "meanwhile")
    git(other, "push", "--quiet", "origin", "main")

    assert blog.publish(yes=True) == 75
    assert "The repository at origin has moved on" in blog.told
    assert server.sent(STATUS) == []

    # As the workflow does at its end.
    git(blog.root, "pull", "--rebase", "--autostash", "--quiet", "origin", "main")
    assert blog.publish(yes=True) == 0, blog.told
    assert len(server.sent(STATUS)) == 1
