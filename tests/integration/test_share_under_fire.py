"""Sharing under fire: killed at any request, before or after the server has acted, again and again: one copy each."""

from __future__ import annotations

import json
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mastodon_server
import pytest
from byline.deploy import state
from fake_mastodon import TOKEN, FakeMastodon
from handing_on import HandingOn
from live_blog import LiveBlog
from pds_server import POSTS, Account, asked_of
from static_server import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fake_network import Request
    from mastodon_server import Server

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
root, release, name, account, server, settle = Path(sys.argv[1]), *sys.argv[2:]
own = Settings(networks={name: Account(account, server=server, most=1000)})
told = Telling(root, root / "content", own, "UTC", settle=timedelta(seconds=float(settle)))
told.share(kept_releases.load(root / ".byline", release), datetime.now(UTC))
"""


@dataclass
class Deadly:
    """When the child that is at work is killed: after so many requests, before or after the server acts."""

    left: int = 0
    after: bool = False
    child: subprocess.Popen[bytes] | None = None

    def around(self, act: Callable[[], tuple[int, Any]]) -> tuple[int, Any]:
        """Let the server act, and kill before or after it: what has left cannot be taken back."""
        self.left -= 1
        if self.left == 0 and not self.after:
            self.strike()
        answer = act()
        if self.left == 0 and self.after:
            self.strike()
        return answer

    def strike(self) -> None:
        """Kill the child."""
        assert self.child is not None
        self.child.send_signal(signal.SIGKILL)


class Killing(FakeMastodon):
    """A server that knows no keys against doubles and kills who asks it."""

    def __init__(self, deadly: Deadly) -> None:
        """Serve, and kill when it is told to."""
        super().__init__()
        self.deadly = deadly
        self.ignores_keys = True

    def answer(self, request: Request) -> tuple[int, Any]:
        """Act, and kill before or after it."""
        return self.deadly.around(lambda: super(Killing, self).answer(request))


class Before(HandingOn):
    """What stands before another server, hands on what it is asked, and kills who asks."""

    def __init__(self, server: str, deadly: Deadly, *, keyless: bool = False) -> None:
        """Hand on to a server."""
        super().__init__(server, keyless=keyless)
        self.deadly = deadly

    def answer(self, request: Request) -> tuple[int, Any]:
        """Hand on, and kill before or after it."""
        return self.deadly.around(lambda: super(Before, self).answer(request))


@dataclass
class Told:
    """An account that is told: its name in the settings, how it is called, where it is asked, with which token."""

    name: str
    account: str
    server: str
    token: str


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """Return how often a child is killed."""
    return int(request.config.getoption("--kills"))


@pytest.fixture
def posts(kills: int) -> int:
    """Return how many posts there are to be told of."""
    return max(60, kills * 2 // 3)


@pytest.fixture
def blog(tmp_path: Path, posts: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveBlog]:
    """Give a blog with new posts that is live."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    site = tmp_path / "www"
    site.mkdir()
    with serving(site) as address:
        blog = LiveBlog(tmp_path / "blog").begin({"live": {"to": str(site), "verify": address, "deadline": 5}})
        for number in range(posts):
            date = datetime.now(UTC) - timedelta(minutes=10 + number)
            blog.post(f"post-{number}", f"Words {number}.", Date=f"{date:%Y-%m-%d %H:%M}", Summary=f"Number {number}.")
        assert blog.publish(share=False) == 0, blog.told
        yield blog


def test_killed_at_any_request_each_post_is_told_once(blog: LiveBlog, kills: int, posts: int) -> None:
    deadly = Deadly()
    with Killing(deadly) as server:
        under_fire(blog, Told("mastodon", "@me@social.example", server.url, TOKEN), deadly, kills)
        texts = [status["text"] for status in server.statuses]

    assert Counter(text.splitlines()[-1] for text in texts) == once(posts)


def test_killed_at_any_request_each_post_is_told_once_on_a_pds(
    blog: LiveBlog, account: Account, kills: int, posts: int
) -> None:
    deadly = Deadly()
    with Before(account.url, deadly) as server:
        under_fire(blog, Told("bluesky", account.handle, server.url, account.password), deadly, kills)

    assert Counter(record["value"]["text"].splitlines()[-1] for record in records(account)) == once(posts)


def test_killed_at_any_request_each_post_is_told_once_on_a_server_that_others_wrote(
    blog: LiveBlog, mastodon_mock: Server, kills: int, posts: int
) -> None:
    deadly = Deadly()
    with Before(mastodon_mock.url, deadly, keyless=True) as server:
        account = f"@{mastodon_server.NAME}@social.example"
        under_fire(blog, Told("mastodon", account, server.url, mastodon_server.TOKEN), deadly, kills)

    found = [re.findall(r"https://ada\.pub/post-\d+/", status["content"])[-1] for status in mastodon_mock.statuses()]
    assert Counter(found) == once(posts)


def once(posts: int) -> dict[str, int]:
    """Return how often the address of each post is to be there."""
    return {f"https://ada.pub/post-{number}/": 1 for number in range(posts)}


def records(account: Account) -> Iterator[dict[str, Any]]:
    """Yield all posts in an account's repository."""
    more = ""
    while True:
        call = f"com.atproto.repo.listRecords?repo={account.did}&collection={POSTS}&limit=100{more}"
        page = asked_of(account.url, call)
        yield from page["records"]
        if "cursor" not in page:
            return
        more = f"&cursor={page['cursor']}"


def under_fire(blog: LiveBlog, told: Told, deadly: Deadly, kills: int) -> None:
    """Share again and again, killed each time; at last share to the end, and see that it is all written down."""
    release = state.load(blog.root / ".byline")["live"].release
    draw = random.Random(7)  # noqa: S311  moments, no secret
    killed = 0
    for _ in range(kills + 1):
        deadly.left, deadly.after = (0 if killed == kills else draw.randint(LEAST, MOST)), draw.random() < 1 / 2
        code = shared(blog, release, told, deadly)
        killed += code == -signal.SIGKILL
        time.sleep(SETTLE)
        if code == 0:
            break
    deadly.left = 0
    assert shared(blog, release, told, deadly) == 0

    assert killed >= kills / 2
    written = [json.loads(file.read_bytes()) for file in (blog.root / "content/copies").glob("[0-9a-f]*.json")]
    states = [copy["state"] for one in written if "copies" in one for copy in one["copies"].values()]
    assert set(states) == {"confirmed"}


def shared(blog: LiveBlog, release: str, told: Told, deadly: Deadly) -> int:
    """Share once in a child; return its exit code."""
    rooms = str(Path(__file__).parents[2] / "plugins")
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(blog.root), release, told.name, told.account, told.server, str(SETTLE)],
        env={"PYTHONPATH": rooms, f"BYLINE_TOKEN_{told.name.upper()}": told.token},
    )
    deadly.child = child
    return child.wait(timeout=300)
