"""The accounts of a blog, and those networks that can be reached with a token.

Not a network: each is a file in `sharing/networks/`, and this is the one place that knows them all.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from byline.commands import own_network
from byline.edges import tokens
from byline.sharing.networks import bluesky, linkedin
from byline.sharing.networks.bluesky import Bluesky
from byline.sharing.networks.linkedin import LinkedIn, author_of
from byline.sharing.networks.mastodon import Mastodon, server_of
from byline.sharing.networks.micropub import ENDPOINT, Micropub
from byline.sharing.plan import Account

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from byline.edges.http import Client
    from byline.sharing.network import Network
    from byline.values.settings import Account as Setting

_ABLE: Mapping[str, type[Mastodon | Bluesky | LinkedIn | Micropub]] = {
    "mastodon": Mastodon,
    "bluesky": Bluesky,
    "linkedin": LinkedIn,
    "micropub": Micropub,
}
"""The networks that are told by Byline itself; every other one is served by hand."""


def able(kind: str) -> bool:
    """Tell whether Byline itself can tell a kind of network."""
    return kind in _ABLE or _is_own(kind)


def accounts(settings: Mapping[str, Setting], root: Path) -> tuple[Account, ...]:
    """Return the accounts of the settings as a plan sees them, in the settings' order."""
    return tuple(_account(name, setting, root) for name, setting in settings.items())


def connected(
    settings: Mapping[str, Setting], root: Path, client: Client, picture: Callable[[str], bytes | None]
) -> dict[str, Network]:
    """Return the networks of the accounts that have a token, by the account's id.

    `picture` gives the bytes of a picture by its digest.
    """
    return {
        setting.identity(name): _network(setting.kind(name), root)(
            client,
            setting.server or _server(name, setting),
            tokens.token(root, name),
            setting.account,
            picture=picture,
            clock=lambda: datetime.now(UTC),
        )
        for name, setting in settings.items()
        if _is_connected(name, setting, root)
    }


def _account(name: str, setting: Setting, root: Path) -> Account:
    bare = Account(
        setting.identity(name),
        name,
        most=setting.most,
        pace=timedelta(minutes=setting.pace),
        quiet=setting.silence,
    )
    if not _is_connected(name, setting, root):
        return bare
    network = _network(setting.kind(name), root)
    return replace(bare, connected=True, finds=network.finds, edits=network.edits, withdraws=network.withdraws)


def _is_connected(name: str, setting: Setting, root: Path) -> bool:
    """Tell whether there is a network that can be told, of an account that it can have, with a token."""
    kind = setting.kind(name)
    if not able(kind) or not (setting.server or _server(name, setting) or _is_own(kind)):
        return False
    named = {"linkedin": author_of(setting.account), "bluesky": setting.account}
    possible = bool(named.get(kind, True))
    return possible and bool(tokens.token(root, name))


def _network(kind: str, root: Path) -> type[Any]:
    """Return the class of a kind that can be told. Raises Fault where it is the writer's own, and broken."""
    return own_network.load(root, kind) if _is_own(kind) else _ABLE[kind]


def _is_own(kind: str) -> bool:
    return "." in kind


def _server(name: str, setting: Setting) -> str:
    """Return where a network is, by what the account says; empty where it does not."""
    servers = {"bluesky": bluesky.SERVER, "linkedin": linkedin.SERVER, "micropub": ENDPOINT}
    return servers.get(setting.kind(name)) or server_of(setting.account)
