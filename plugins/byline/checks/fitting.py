"""Which post something is now that readers know: by its source, its slug, its title, its date.

Not a guess where two fit equally: then none does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from byline.values.post import Post

_ALIKE = 0.85
"""From this share of equal letters on, two titles or slugs of one date are one post's."""
_DAY = timedelta(days=1)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Known:
    """What readers know: an address below the site's root and, of a post, its feed id; by their hashes.

    The rest is what else is known of it, to name it and to find the post that it is now; all of it may be empty.
    """

    address_hash: str
    id_hash: str = ""
    address: str | None = None
    id: str = ""
    title: str = ""
    date: date | None = None
    source: str = ""


class Candidates:
    """Posts, each of which may be what readers know under another name."""

    def __init__(self, posts: Iterable[Post]) -> None:
        """Index the posts by what they may be told by."""
        self._free = {post.path: post for post in posts}
        self._slugs: dict[str, list[Post]] = defaultdict(list)
        self._titles: dict[str, list[Post]] = defaultdict(list)
        self._days: dict[date, list[Post]] = defaultdict(list)
        for post in self._free.values():
            self._slugs[slug(post.address)].append(post)
            self._titles[_words(post.name)].append(post)
            if post.published:
                self._days[post.published.date()].append(post)

    def take(self, post: Post) -> None:
        """Let a post stand for one thing only."""
        self._free.pop(post.path, None)

    def fitting(self, one: Known) -> Post | None:
        """Return the post that something known is now, None when none fits, or several do equally.

        The surest sign counts first: its source; its slug, with its date; its title, with its date; either of them
        nearly, on its date.
        """
        end, title = slug(one.address or ""), _words(one.title)
        same_slug = self._slugs.get(end, []) if end else []
        same_title = self._titles.get(title, []) if title else []
        dated = [post for day in _around(one.date) for post in self._days.get(day, ())]
        near = [post for post in dated if _alike(end, slug(post.address)) or _alike(title, _words(post.name))]
        source = [self._free[one.source]] if one.source in self._free else []
        for posts in (
            source,
            [post for post in same_slug if post in dated],
            same_slug,
            [post for post in same_title if post in dated],
            same_title,
            near,
        ):
            free = [post for post in posts if post.path in self._free]
            if len(free) == 1:
                return free[0]
        return None


def slug(written: str) -> str:
    """Return the last part of an address that tells one post from another: no `index.html`, no ending."""
    parts = [part for part in written.casefold().split("/") if part and part.partition(".")[0] != "index"]
    return parts[-1].partition(".")[0] if parts else ""


def _around(day: date | None) -> tuple[date, ...]:
    """Return a day and its neighbours: dates told in two time zones are at most one apart."""
    return (day, day - _DAY, day + _DAY) if day else ()


def _words(title: str) -> str:
    """Return a title as it is compared: its words, whatever quotes and dashes are between them."""
    return " ".join(_WORD.findall(title.casefold()))


def _alike(one: str, other: str) -> bool:
    return bool(one and other) and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
