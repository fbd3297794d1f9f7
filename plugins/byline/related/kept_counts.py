"""Counts of texts, kept by what they are of: a text that did not change is not counted again.

Not a file: they last as long as somebody holds them, from one listing of a site to the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.related.kept_pools import KeptPools
from byline.related.terms import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from byline.related.terms import Counts
    from byline.values.post import Post

    Key = tuple[str, str, str]


class KeptCounts:
    """The counts of a site's posts, by content, name and language."""

    def __init__(self, pools: KeptPools | None = None) -> None:
        """Begin with none; `pools` are those of the same posts."""
        self.pools = pools or KeptPools()
        self._before: dict[Key, Counts] = {}
        self._met: dict[Key, Counts] = {}
        self._learned: Mapping[Key, Counts] = {}

    def of(self, post: Post, text: Callable[[Post], str]) -> Counts:
        """Return the counts of a post; `text` is asked for its words where they are not known."""
        key = post.content, post.name, post.language
        if found := self._met.get(key) or self._before.get(key):
            self._met[key] = found
            return found
        # What was made elsewhere is there again, if it is asked for again.
        if found := self._learned.get(key):
            return found
        found = self._met[key] = counted(post.name, text(post), post.language)
        return found

    def learn(self, counts: Mapping[Key, Counts]) -> None:
        """Take counts that were made elsewhere, by content, name and language; those that were taken last are left."""
        self._learned = counts

    def turn(self) -> None:
        """Begin anew: what nobody asked for since the last time is let go, unless nobody asked for anything."""
        self.pools.turn()
        if self._met:
            self._before, self._met = self._met, {}
