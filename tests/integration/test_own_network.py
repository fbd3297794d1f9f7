"""A network of the writer's own: the one in docs/networks/your-own.md, as it stands there, at a server on loopback."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from byline.commands import networks, share
from fake_network import FakeNetwork, Request
from live_blog import LiveBlog
from static_server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT = Path(__file__).parents[2] / "docs" / "networks" / "your-own.md"
LINES = 50


class FakeForum(FakeNetwork):
    """The forum that the document speaks of."""

    def __init__(self) -> None:
        """Begin without posts."""
        super().__init__("canary-51d24e68")
        self.posts: dict[str, dict[str, str]] = {}

    def answer(self, request: Request) -> tuple[int, Any]:
        """Do what is asked."""
        if not self.allows(request):
            return 401, {}
        parts = urlsplit(request.path)
        if parts.path == "/me":
            return 200, {"url": f"{self.url}/me"}
        name = parts.path.removeprefix("/posts").strip("/")
        if request.method == "GET":
            wanted = parse_qs(parts.query)["link"]
            found = [post for post in self.posts.values() if [post["link"]] == wanted]
            return (200, found[0]) if found else (404, {})
        if request.method == "POST":
            name = str(len(self.posts) + 1)
        elif name not in self.posts:
            return 404, {}
        if request.method == "DELETE":
            return 200, self.posts.pop(name)
        self.posts[name] = {**json.loads(request.body), "id": name, "url": f"{self.url}/posts/{name}"}
        return 201, self.posts[name]


@pytest.fixture
def forum() -> Iterator[FakeForum]:
    """Give the forum."""
    with FakeForum() as fake:
        yield fake


@pytest.fixture
def blog(tmp_path: Path, forum: FakeForum, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveBlog]:
    """Give a blog with the document's file and an account there."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("BYLINE_TOKEN_FORUM", forum.token)
    site = tmp_path / "www"
    site.mkdir()
    settings = {"forum": {"network": "forum.Forum", "account": "me", "server": forum.url}}
    with serving(site) as address:
        target = {"live": {"to": str(site), "verify": address, "deadline": 5}}
        blog = LiveBlog(tmp_path / "blog").begin(target, f"BYLINE_NETWORKS = {settings!r}\n")
        blog.write("forum.py", documented())
        an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
        blog.post("looms", "Cards.", Date=f"{an_hour_ago:%Y-%m-%d %H:%M}", Summary="On looms.")
        yield blog


def documented() -> str:
    """Return the document's code."""
    found = re.search(r"```python\n(import.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_the_documents_network_is_short() -> None:
    assert len(documented().splitlines()) <= LINES


def test_it_tells_edits_and_withdraws(blog: LiveBlog, forum: FakeForum) -> None:
    assert blog.publish(yes=True) == 0, blog.told
    assert [post["link"] for post in forum.posts.values()] == ["https://ada.pub/looms/"]
    assert f"forum: Looms is told: {forum.url}/posts/1." in blog.said

    blog.edit("looms", "On looms.", "On other looms.")
    assert blog.publish(yes=True) == 0, blog.told
    assert [post["text"].splitlines()[2] for post in forum.posts.values()] == ["On other looms."]

    (blog.root / "content/posts/looms.md").unlink()
    assert blog.publish(yes=True, allow_deletes=9) == 0, blog.told
    assert forum.posts == {}


def test_it_is_listed(blog: LiveBlog, forum: FakeForum) -> None:
    assert blog.heard(lambda: networks.run(blog.root)) == 0, blog.told
    assert blog.said == f"forum (me): told by Byline; its token is good ({forum.url}/me).\n"


def test_a_lost_answer_makes_no_second_copy(blog: LiveBlog, forum: FakeForum) -> None:
    forum.fail("POST /posts", lost=True)
    blog.publish(yes=True)
    assert "forum: Looms is unknown" in blog.said

    assert blog.heard(lambda: share.run(blog.root, share.Wishes(yes=True))) == 0
    assert "it may still be under way" in blog.said
    assert len(forum.posts) == 1


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import nothing_of_the_kind\n", "ModuleNotFoundError: No module named 'nothing_of_the_kind'."),
        ("Forum = 3\n", "it is no class."),
        (
            "class Forum:\n    finds = edits = True\n    def find(self): ...\n",
            "it has no account and no create and no ",
        ),
        ("", "AttributeError: module 'forum' has no attribute 'Forum'."),
    ],
)
def test_one_that_is_broken_is_told(blog: LiveBlog, code: str, told: str) -> None:
    blog.write("forum.py", code)

    assert blog.publish(yes=True) == 1
    assert f"error: The network forum.Forum cannot be used: {told}" in blog.told
