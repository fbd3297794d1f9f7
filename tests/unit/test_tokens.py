"""Tokens come from the environment, then from `.env`; nothing else knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from byline.edges import tokens

if TYPE_CHECKING:
    from pathlib import Path

ENV = """\
# what only this machine knows
BYLINE_TOKEN_MASTODON=from-the-file # mine
export PASSWORD = "a b # c d e"
QUOTED='single quoted'
SHORT=abc
EMPTY=
not a line
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a `.env`."""
    for name in ("MASTODON", "BLUE_SKY"):
        monkeypatch.delenv(f"BYLINE_TOKEN_{name}", raising=False)
    (tmp_path / ".env").write_text(ENV)
    return tmp_path


def test_the_environment_goes_before_the_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tokens.token(root, "mastodon") == "from-the-file"

    monkeypatch.setenv("BYLINE_TOKEN_MASTODON", "from-outside")
    monkeypatch.setenv("BYLINE_TOKEN_BLUE_SKY", "also-from-outside")

    assert tokens.token(root, "mastodon") == "from-outside"
    assert tokens.token(root, "blue-sky") == "also-from-outside"


def test_without_one_it_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BYLINE_TOKEN_NOBODY", raising=False)

    assert tokens.token(tmp_path, "nobody") == ""


def test_what_is_known_are_tokens_and_what_is_long_enough_to_be_one(root: Path) -> None:
    assert tokens.named(root) == {
        "BYLINE_TOKEN_MASTODON": "from-the-file",
        "PASSWORD": "a b # c d e",
        "QUOTED": "single quoted",
    }
    assert "abc" not in tokens.known(root)
    assert "from-the-file" in tokens.known(root)
