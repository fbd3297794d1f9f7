"""`networks`: the accounts of a blog, who tells them, and whether their tokens are good.

Not a way to connect one: docs/networks/ shows that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.commands import connections
from byline.commands.live import SETTINGS
from byline.edges.console import DONE, FAILED, Console, answered
from byline.edges.http import Client
from byline.sharing.network import Outcome
from byline.site.configuration import load
from byline.values.problem import Problem, structural

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from byline.sharing.network import Network
    from byline.sharing.plan import Account
    from byline.values.settings import Account as Setting

_SECONDS = 10
"""How long a network may take to answer."""


def run(root: Path) -> int:
    """Print the accounts of a folder's blog; return the exit code: a token that is not good is an error."""

    def networks(console: Console) -> int:
        configuration = load(root / SETTINGS)
        console.problems(configuration.problems)
        settings = configuration.own.networks
        if not settings:
            console.say("There are no networks: name them in BYLINE_NETWORKS (docs/sharing.md).")
        wrong = list(structural(configuration.problems))
        with Client(private=True, seconds=_SECONDS) as client:
            reachable = connections.connected(settings, root, client, lambda _digest: None)
            for account in connections.accounts(settings, root):
                said, problem = _state(account, settings[account.name], reachable)
                console.say(f"{account.name} ({settings[account.name].account or account.name}): {said}")
                wrong.extend(problem)
        console.problems(wrong)
        return FAILED if wrong else DONE

    return answered(networks)


def _state(account: Account, setting: Setting, reachable: Mapping[str, Network]) -> tuple[str, tuple[Problem, ...]]:
    """Return what is to be said of an account, and what is wrong with its token."""
    if account.id not in reachable:
        kind = setting.kind(account.name)
        paper = "your-own" if "." in kind else kind
        how = f"; a token changes that: docs/networks/{paper}.md" if connections.able(kind) else ""
        return f"told by your hand{how}.", ()
    answer = reachable[account.id].account()
    if answer.outcome is Outcome.CONFIRMED:
        return f"told by Byline; its token is good{f' ({answer.url})' if answer.url else ''}.", ()
    if answer.outcome is Outcome.UNKNOWN:
        return f"told by Byline; {answer.error}.", ()
    variable = f"BYLINE_TOKEN_{account.name.upper()}"
    what = f"{account.name}: {answer.error}."
    return "not told now.", (Problem("wrong-token", what, f"Look at the token {variable}, or try again later."),)
