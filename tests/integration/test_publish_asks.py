"""On a terminal `publish` shows the plan and asks once; only a clear yes is one."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from live_blog import LiveBlog

if TYPE_CHECKING:
    from pathlib import Path

PUBLISH = """
import sys
from pathlib import Path
from byline.commands import publish
sys.exit(publish.run(Path().resolve(), publish.Wishes(post="cards")))
"""
DRAFT = "Title: Cards\nStatus: draft\nSummary: On cards.\n\nPunched.\n"


@pytest.fixture
def blog(tmp_path: Path) -> LiveBlog:
    """Give a blog with a draft, and a folder as its target."""
    blog = LiveBlog(tmp_path / "blog").begin({"live": {"to": str(tmp_path / "www"), "verify": False}})
    blog.write("content/posts/cards.md", DRAFT)
    return blog


def answered(blog: LiveBlog, environment: dict[str, str], answer: bytes) -> tuple[int, str]:
    """Publish on a terminal, answer the question; return the exit code and all that was on the terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", PUBLISH],
        cwd=blog.root,
        env={**environment, "CI": ""},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        close_fds=True,
    )
    os.close(theirs)
    seen, told = b"", False
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # the terminal is gone with the process
            break
        if not piece:
            break
        seen += piece
        if b"[y/N]" in seen and not told:
            told = True
            os.write(ours, answer)
    os.close(ours)
    return process.wait(10), seen.decode()


@pytest.mark.parametrize("answer", [b"\n", b"n\n", b"what\n"])
def test_anything_but_yes_leaves_all_as_it_is(
    blog: LiveBlog, environment: dict[str, str], answer: bytes, tmp_path: Path
) -> None:
    code, seen = answered(blog, environment, answer)

    assert code == 75
    assert "Nothing was published." in seen
    assert not list((tmp_path / "www").glob("*"))
    assert (blog.root / "content/posts/cards.md").read_text("utf-8") == DRAFT


def test_yes_publishes_what_was_shown(blog: LiveBlog, environment: dict[str, str], tmp_path: Path) -> None:
    code, seen = answered(blog, environment, b"y\n")

    assert code == 0, seen
    assert seen.count("[y/N]") == 1
    assert seen.index("The draft posts/cards.md ends, and is dated now.") < seen.index("added, 0 changed")
    assert seen.index("added, 0 changed") < seen.index("Publish this? [y/N]")
    assert (tmp_path / "www" / "cards" / "index.html").exists()


def test_where_nothing_is_to_do_nothing_is_asked(blog: LiveBlog, environment: dict[str, str]) -> None:
    answered(blog, environment, b"y\n")

    code, seen = answered(blog, environment, b"n\n")

    assert code == 0
    assert "[y/N]" not in seen
