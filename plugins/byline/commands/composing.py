"""Composing: what an account is told of a post of a release, as the settings have it.

Not the words themselves: those are `sharing/words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from byline.sharing import words
from byline.sharing.counting import counting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from byline.sharing.message import Message, Picture
    from byline.sharing.plan import Account
    from byline.values.output import Release
    from byline.values.post import Post
    from byline.values.settings import Account as Setting


@dataclass(frozen=True, slots=True)
class Composing:
    """Makes the messages about the posts of a release; `networks` are the settings of the accounts by name."""

    release: Release
    networks: Mapping[str, Setting]

    def made_of(self, post: Post, account: Account) -> str:
        """Return the digest of what the writer gave for a message."""
        setting = self.networks[account.name]
        return words.made_of(post, account.name, setting.visibility, setting.warning)

    def message(self, post: Post, account: Account) -> Message:
        """Return what an account is told of a post."""
        setting = self.networks[account.name]
        return words.message(
            post,
            account.name,
            counting(setting.kind(account.name)),
            visibility=setting.visibility,
            warning=setting.warning,
            picture=self._picture(post),
        )

    def _picture(self, post: Post) -> Picture | None:
        """Return the lead picture of a post; None where there is none, or another site serves it."""
        digest = self.release.outputs.get(post.photo.output) if post.photo else None
        return words.picture(post.photo, digest) if post.photo and digest else None
