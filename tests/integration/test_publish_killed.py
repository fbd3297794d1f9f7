"""`publish`, killed at any of its steps and typed again: it goes on, and a draft ends once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import small_site
from killing import kill_at, moments
from live_blog import LiveBlog
from places import public
from static_server import serving

if TYPE_CHECKING:
    from pathlib import Path

PUBLISH = """
import sys
from pathlib import Path
from byline.commands import publish
sys.exit(publish.run(Path(sys.argv[1]), publish.Wishes(post="cards")))
"""
EVENTS = ("os.link", "os.remove", "os.rename", "socket.connect")
"""What ends a step: of the build, the draft's end, the state, the target, the look at the public address."""
KILLS = 12


@pytest.fixture(autouse=True)
def a_writers_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what a forge's machine has."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")


def test_killed_at_any_step_the_same_command_goes_on(tmp_path: Path) -> None:
    program = tmp_path / "publish.py"
    program.write_text(PUBLISH, "utf-8")
    with serving(tmp_path / "www") as address:
        target = {"live": {"to": str(tmp_path / "www"), "verify": address, "deadline": 5}}
        first = LiveBlog(tmp_path / "first").begin(target)
        assert first.publish() == 0, first.told
        first.write("content/posts/cards.md", "Title: Cards\nStatus: draft\nSummary: On cards.\n\nPunched.\n")
        (tmp_path / "www").rename(tmp_path / "before")

        def again(name: str) -> LiveBlog:
            """Put all back as it was."""
            shutil.rmtree(tmp_path / "www", ignore_errors=True)
            shutil.copytree(tmp_path / "before", tmp_path / "www")
            shutil.copytree(first.root, tmp_path / name)
            return LiveBlog(tmp_path / name)

        count = moments(EVENTS, again("counted").root, program=program)
        at_work = 0
        for number in range(KILLS):
            blog = again(f"blog-{number}")
            at_work += kill_at(1 + number * count // KILLS, EVENTS, blog.root, program=program)

            assert blog.publish(post="cards") == 0, blog.told

            written = (blog.root / "content/posts/cards.md").read_text("utf-8")
            assert (written.count("Date: "), written.count("Status: ")) == (1, 0)
            made = small_site.listed(blog.root / ".byline/live/site")
            assert "cards/index.html" in made
            assert made.items() <= public(small_site.listed(tmp_path / "www")).items()
            assert blog.publish() == 0
            assert blog.said.startswith("Nothing to do: ")
            assert blog.rollback() == 0, blog.told
            assert not (tmp_path / "www/cards/index.html").exists()
    assert at_work >= KILLS - 2
