"""Fixtures for tests that build a blog."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

import mastodon_server
import pds_server
import pytest
from blog import Blog
from browser import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Tool


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Blog:
    """Give a blog with two posts, not built yet."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("BYLINE_TRACEBACK", raising=False)
    blog = Blog(tmp_path / "blog")
    blog.settings("")
    blog.post("first", "See [the second](second.md).", Tags="One, Two")
    blog.post("second", "Words.", Date="2020-01-02", Tags="Two")
    return blog


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """Return the environment in which the project's modules are found by another process."""
    plugins = Path(__file__).resolve().parents[2] / "plugins"
    return {**os.environ, "PYTHONPATH": str(plugins), "NO_COLOR": "1"}


@pytest.fixture(scope="session")
def pds(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a PDS that runs as long as the tests do."""
    node = tool("node", f"apt install nodejs npm, then {pds_server.INSTALL}", ready=pds_server.installed())
    with pds_server.pds(node, tmp_path_factory.mktemp("pds")) as address:
        yield address


@pytest.fixture
def account(pds: str) -> pds_server.Account:
    """Give a new account on that server."""
    return pds_server.account(pds, f"ada-{token_hex(5)}")


@pytest.fixture
def mastodon_mock(tmp_path: Path) -> Iterator[mastodon_server.Server]:
    """Give a server of Mastodon's API that others wrote, with nothing on it yet."""
    home = tmp_path / "mastodon-mock"
    home.mkdir()
    with mastodon_server.mastodon_server(home) as server:
        yield server


@pytest.fixture
def browser(tool: Tool, tmp_path: Path) -> Iterator[Browser]:
    """Give Chromium with an empty page."""
    browser = Browser(tool("chromium"), tmp_path / "profile")
    yield browser
    browser.end()
