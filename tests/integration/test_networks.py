"""`networks`: who tells each account, and whether its token is good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from byline.commands import networks
from fake_mastodon import TOKEN, FakeMastodon
from fake_micropub import FakeMicropub
from live_blog import LiveBlog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the tokens of some accounts."""
    monkeypatch.setenv("NO_COLOR", "1")
    for name in ("MASTODON", "LINKEDIN", "MICROPUB"):
        monkeypatch.setenv(f"BYLINE_TOKEN_{name}", TOKEN)


@pytest.fixture
def mastodon() -> Iterator[FakeMastodon]:
    """Give a server with an account."""
    with FakeMastodon() as fake:
        yield fake


@pytest.fixture
def blog(tmp_path: Path, mastodon: FakeMastodon) -> Iterator[LiveBlog]:
    """Give a blog with an account of each kind."""
    with FakeMicropub(token=TOKEN) as micropub:
        settings = {
            "mastodon": {"account": "@me@social.example", "server": mastodon.url},
            "micropub": {"server": f"{micropub.url}/micropub"},
            "linkedin": "AbC",
            "work": {"account": "@work@social.example", "network": "mastodon"},
            "x": "@me",
        }
        yield LiveBlog(tmp_path / "blog").begin(str(tmp_path / "www"), f"BYLINE_NETWORKS = {settings!r}\n")


def test_each_account_has_a_line(blog: LiveBlog, mastodon: FakeMastodon) -> None:
    assert blog.heard(lambda: networks.run(blog.root)) == 0, blog.told
    assert blog.said.splitlines() == [
        f"mastodon (@me@social.example): told by Byline; its token is good ({mastodon.url}/@me).",
        "micropub (micropub): told by Byline; its token is good.",
        "linkedin (AbC): told by Byline; LinkedIn does not say whose a token is; it ends after 60 days.",
        "work (@work@social.example): told by your hand; a token changes that: docs/networks/mastodon.md.",
        "x (@me): told by your hand.",
    ]


def test_a_token_that_is_not_good_is_an_error_and_is_not_said(blog: LiveBlog, mastodon: FakeMastodon) -> None:
    mastodon.token = "another"  # noqa: S105  of the fake

    assert blog.heard(lambda: networks.run(blog.root)) == 1
    assert blog.said.splitlines()[0] == "mastodon (@me@social.example): not told now."
    assert "error: mastodon: " in blog.told
    assert "Look at the token BYLINE_TOKEN_MASTODON, or try again later." in blog.told
    assert TOKEN not in blog.said + blog.told


def test_one_that_is_anothers_is_not_used(blog: LiveBlog, mastodon: FakeMastodon) -> None:
    mastodon.account = "somebody"

    assert blog.heard(lambda: networks.run(blog.root)) == 1
    assert "the token is that of somebody, not of me" in blog.told


def test_without_networks_it_says_where_they_are_named(tmp_path: Path) -> None:
    blog = LiveBlog(tmp_path / "blog").begin(str(tmp_path / "www"))

    assert blog.heard(lambda: networks.run(blog.root)) == 0
    assert blog.said == "There are no networks: name them in BYLINE_NETWORKS (docs/sharing.md).\n"
