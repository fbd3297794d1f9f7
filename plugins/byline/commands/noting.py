"""Noting: what a person says of a copy, written down; and which post and which account they mean.

Not what becomes of the copy by that: `by_hand` says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from byline.commands import by_hand
from byline.sharing.copies import Copies, Copy, State
from byline.values.problem import Fault, Problem
from byline.values.text import meant

if TYPE_CHECKING:
    from datetime import datetime

    from byline.commands.telling import Telling
    from byline.sharing.plan import Account
    from byline.values.output import Release


@dataclass(frozen=True, slots=True)
class Noting:
    """Writes down what is said of the copies of a live release's posts, and of those that are gone."""

    telling: Telling
    release: Release

    def account(self, name: str) -> Account:
        """Return the account with a name in the settings. Raises Fault for another one."""
        named = {account.name: account for account in self.telling.accounts}
        if name not in named:
            what = f"There is no network {name!r} in BYLINE_NETWORKS."
            known = meant(name, named) or f" Known are: {', '.join(named) or 'none'}."
            raise Fault(Problem("unknown-account", what, f"Say it as it stands there.{known}"))
        return named[name]

    def key(self, name: str) -> str:
        """Return the key of the post with a slug, file or address. Raises Fault where there is none."""
        wanted = name.replace("\\", "/").removeprefix("./").removeprefix("content/").strip("/")
        named = {post.key: _names(post.url, post.path) for post in self.release.posts}
        # A post that is gone may have left copies behind.
        gone = {key: _names(head.url) for key, head in self.telling.ledger.known().posts.items() if key not in named}
        for key, names in {**gone, **named}.items():
            if wanted in names:
                return key
        what = f"No post that is live is called {name!r}."
        choice = meant(wanted, sorted(set().union(*named.values())))
        raise Fault(Problem("unknown-post", what, f"Say its slug, or its file.{choice}"))

    def done(self, key: str, account: Account, address: str, now: datetime) -> str:
        """Write down that a copy is there, at an address or `none`; return what to say. Raises Fault for no address."""
        post = next((post for post in self.release.posts if post.key == key), None)
        message = self.telling.message(self.release, post, account) if post else None
        return self._put(key, account, by_hand.done(self._before(key, account), address, message, now))

    def resolved(self, key: str, account: Account, wish: str) -> str:
        """Write down what is to become of a copy: `again` or `never`; return what to say. Raises Fault."""
        return self._put(key, account, by_hand.resolved(self._before(key, account), wish))

    def _put(self, key: str, account: Account, copy: Copy) -> str:
        head = self.telling.ledger.known().posts.get(key)
        if head is None:
            head = next(Copies(key, post.id, post.url, post.name) for post in self.release.posts if post.key == key)
        self.telling.ledger.put(head, account.id, copy)
        shown = f" at {copy.url}" if copy.url else ""
        said = {State.CONFIRMED: f"is there{shown}", State.PLANNED: "is sent again", State.SKIPPED: "is let be"}
        return f"Written down: {head.name} {said[copy.state]} ({account.name})."

    def _before(self, key: str, account: Account) -> Copy:
        return self.telling.ledger.known().copy(key, account.id) or Copy(State.MANUAL)


def _names(url: str, path: str = "") -> set[str]:
    """Return what a post may be called: its address or the last part of that, its file with or without its suffix."""
    file, address = PurePosixPath(path), PurePosixPath(unquote(urlsplit(url).path))
    return {path, file.name, file.stem, str(address).strip("/"), address.stem} - {""}
