"""Sharing under fire: killed at any request, before or after the server has acted, again and again: one copy each."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from byline.deploy import state
from fake_mastodon import TOKEN, FakeMastodon, Request
from live_blog import LiveBlog
from static_server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

POSTS, KILLS = 60, 60
LEAST, MOST = 1, 5
"""After how many requests of a child it is killed."""
SETTLE = 0.2
CHILD = """\
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from byline.commands.telling import Telling
from byline.site import kept_releases
from byline.values.settings import Account, Settings
root, release, server, settle = Path(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4])
own = Settings(networks={"mastodon": Account("@me@social.example", server=server, most=100)})
told = Telling(root, root / "content", own, "UTC", settle=timedelta(seconds=settle))
told.share(kept_releases.load(root / ".byline", release), datetime.now(UTC))
"""


@dataclass
class Deadly:
    """When the child that is at work is killed: after so many requests, before or after the server acts."""

    left: int = 0
    after: bool = False
    child: subprocess.Popen[bytes] | None = None

    def strikes(self) -> bool:
        """Count a request, and tell whether it is the one."""
        self.left -= 1
        return self.left == 0

    def strike(self) -> None:
        """Kill the child."""
        assert self.child is not None
        self.child.send_signal(signal.SIGKILL)


class Killing(FakeMastodon):
    """A server that kills who asks it. What was asked is done all the same: what has left cannot be taken back."""

    def __init__(self, deadly: Deadly) -> None:
        """Serve, and kill when it is told to."""
        super().__init__()
        self.deadly = deadly
        self.ignores_keys = True

    def answer(self, request: Request) -> tuple[int, Any]:
        """Act, and kill before or after it."""
        hit = self.deadly.strikes()
        if hit and not self.deadly.after:
            self.deadly.strike()
        answer = super().answer(request)
        if hit and self.deadly.after:
            self.deadly.strike()
        return answer


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveBlog]:
    """Give a blog with new posts that is live."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    site = tmp_path / "www"
    site.mkdir()
    with serving(site) as address:
        blog = LiveBlog(tmp_path / "blog").begin({"live": {"to": str(site), "verify": address, "deadline": 5}})
        for number in range(POSTS):
            date = datetime.now(UTC) - timedelta(minutes=10 + number)
            blog.post(f"post-{number}", f"Words {number}.", Date=f"{date:%Y-%m-%d %H:%M}", Summary=f"Number {number}.")
        assert blog.publish(share=False) == 0, blog.told
        yield blog


def test_killed_at_any_request_each_post_is_told_once(blog: LiveBlog) -> None:
    release = state.load(blog.root / ".byline")["live"].release
    draw = random.Random(7)  # noqa: S311  moments, no secret
    deadly = Deadly()
    kills = 0
    with Killing(deadly) as server:
        for _ in range(KILLS + 1):
            last = kills == KILLS
            deadly.left, deadly.after = (0 if last else draw.randint(LEAST, MOST)), draw.random() < 1 / 2
            code = shared(blog, release, server, deadly)
            kills += code == -signal.SIGKILL
            time.sleep(SETTLE)
            if code == 0:
                break
        assert shared(blog, release, server, Deadly()) == 0
        told = Counter(status["text"].splitlines()[-1] for status in server.statuses)

    assert kills >= KILLS / 2
    assert told == {f"https://ada.pub/post-{number}/": 1 for number in range(POSTS)}
    copies = [json.loads(file.read_bytes()) for file in (blog.root / "content/copies").glob("[0-9a-f]*.json")]
    states = [copy["state"] for one in copies if "copies" in one for copy in one["copies"].values()]
    assert states == ["confirmed"] * POSTS


def shared(blog: LiveBlog, release: str, server: FakeMastodon, deadly: Deadly) -> int:
    """Share once in a child; return its exit code."""
    rooms = str(Path(__file__).parents[2] / "plugins")
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(blog.root), release, server.url, str(SETTLE)],
        env={"PYTHONPATH": rooms, "BYLINE_TOKEN_MASTODON": TOKEN},
    )
    deadly.child = child
    return child.wait(timeout=120)
