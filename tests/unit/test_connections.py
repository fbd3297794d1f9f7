"""Which accounts of the settings are told by Byline itself, and which by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from byline.commands.connections import accounts, connected
from byline.edges.http import Client
from byline.sharing.networks.bluesky import Bluesky
from byline.sharing.networks.linkedin import LinkedIn
from byline.sharing.networks.mastodon import Mastodon
from byline.sharing.networks.micropub import Micropub
from byline.values.settings import Account

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = {
    "mastodon": Account("@me@social.example"),
    "work": Account("@work@social.example", network="mastodon"),
    "linkedin": Account("AbC"),
    "micropub": Account(),
    "bluesky": Account("me.example"),
    "nobody": Account(network="bluesky"),
    "x": Account("@me"),
}
"""Four kinds that can be told, two of them twice, once without a name; and one that cannot."""


@pytest.fixture(autouse=True)
def no_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the tokens of whoever runs the tests."""
    for name in SETTINGS:
        monkeypatch.delenv(f"BYLINE_TOKEN_{name.upper()}", raising=False)


def test_without_tokens_all_are_served_by_hand(tmp_path: Path) -> None:
    assert [account.name for account in accounts(SETTINGS, tmp_path)] == list(SETTINGS)
    assert not any(account.connected for account in accounts(SETTINGS, tmp_path))


def test_each_with_its_own_token_is_told_if_its_network_can_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("work", "linkedin", "micropub", "bluesky", "nobody", "x"):
        monkeypatch.setenv(f"BYLINE_TOKEN_{name.upper()}", "a-token")

    found = {account.id: account for account in accounts(SETTINGS, tmp_path) if account.connected}
    with Client(private=True) as client:
        networks = connected(SETTINGS, tmp_path, client, lambda _digest: None)

    assert {key: type(network) for key, network in networks.items()} == {
        "mastodon:@work@social.example": Mastodon,
        "linkedin:AbC": LinkedIn,
        "micropub:micropub": Micropub,
        "bluesky:me.example": Bluesky,
    }
    assert found.keys() == networks.keys()
    assert {key: account.finds for key, account in found.items()} == {
        "mastodon:@work@social.example": True,
        "linkedin:AbC": False,
        "micropub:micropub": True,
        "bluesky:me.example": True,
    }


@pytest.mark.parametrize("setting", [Account(), Account("me"), Account("@me")])
def test_an_account_that_names_no_server_is_served_by_hand(
    setting: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BYLINE_TOKEN_MASTODON", "a-token")

    (account,) = accounts({"mastodon": setting}, tmp_path)

    assert not account.connected


def test_linkedin_wants_to_know_whose_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_TOKEN_LINKEDIN", "a-token")

    (account,) = accounts({"linkedin": Account()}, tmp_path)

    assert not account.connected
