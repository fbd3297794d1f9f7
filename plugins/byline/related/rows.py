"""The rows: which posts of a language have a term, and at which level, for the terms that can tell something.

Not what is made of them: how alike two posts are, the index says.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate, islice, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from byline.edges import arrays
from byline.related.by_post import ByPost
from byline.related.standing import FEWEST, standing
from byline.related.stretches import Stretches
from byline.related.unlisted import Unlisted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from byline.related.packing import Part
    from byline.related.terms import Counts

_RARENESS = 3.2
"""The power of a term's inverse document frequency in a product of two of its weights: 1.6 in each."""
_SCALE = 4096
"""Weights are whole numbers; that of a term that nearly all posts have is still 1, as 0 is for what tells nothing."""


class Row(NamedTuple):
    """The posts that have a term, by number ascending; each one's level of it; what the term weighs, 0 for nothing.

    `firm` is one that tells something among old posts alone.
    """

    posts: Sequence[int]
    levels: bytes
    weight: int
    firm: bool


class Written(NamedTuple):
    """The posts of all rows and their levels, one row after the other; where each starts, its weight, if it is firm."""

    starts: array[int]
    posts: array[int]
    levels: bytes | bytearray
    weights: array[int]
    firm: bytearray


class Rows:
    """The rows by place: of every term that tells something, and of one that did."""

    def __init__(self, posts: int, old: int, most: int) -> None:
        """Have none yet, for so many posts, the first of them `old`; a term of more than `most` of these has none."""
        self._old = old
        self._most = most
        # Rows are stretches of these: a million Python objects take ten times as much.
        self._terms, self._starts = array("Q"), array("Q", [0])
        self._posts = array("I")
        self.weights, self.firm = array("Q"), bytearray()
        self._changed: dict[int, tuple[Sequence[int], bytes]] = {}
        self._added: dict[int, int] = {}
        self._added_terms = array("Q")
        self._levels: bytes | bytearray = b""
        self._unlisted = Unlisted(posts)

    @classmethod
    def made(cls, counts: Sequence[Counts], old: int, most: int, *, arrays: bool = False) -> tuple[Rows, ByPost]:
        """Return the rows of posts by number; and what each post has of them. With `arrays`, NumPy finds them."""
        self = cls(len(counts), old, most)
        held = (_with_arrays() if arrays else ByPost)(len(counts))
        written = bytearray()
        for share in standing(counts, old, most, arrays=arrays):
            held.take(share, len(self._terms))
            self._starts.extend(islice(accumulate(share.lengths, initial=len(self._posts)), 1, None))
            self._terms += share.terms
            self._posts += share.posts
            self.weights.extend(map(_rareness, repeat(old), share.among_old))
            self.firm.extend(map(FEWEST.__le__, share.among_old))
            written += share.levels
            self._unlisted.take(share)
        self._levels = written
        self._unlisted.settle()
        return self, held

    @property
    def written(self) -> Written | None:
        """Return the rows in one piece; None where one has changed since they were made."""
        if self._changed or self._added:
            return None
        return Written(self._starts, self._posts, self._levels, self.weights, self.firm)

    def parts(self) -> dict[str, Part]:
        """Return all that is known, to be kept."""
        changed = self._changed.values()
        return {
            "old": array("Q", [self._old, self._most]),
            "terms": self._terms,
            "starts": self._starts,
            "posts": self._posts,
            "levels": self._levels,
            "weights": self.weights,
            "firm": self.firm,
            "added": self._added_terms,
            "changed": array("I", self._changed),
            **Stretches((array("I", posts) for posts, _levels in changed), "I").parts("changed_posts"),
            **Stretches(levels for _posts, levels in changed).parts("changed_levels"),
            **self._unlisted.parts(),
        }

    @classmethod
    def revived(cls, parts: Mapping[str, Any]) -> Rows:
        """Return the rows that were kept."""
        self = cls(0, *parts["old"])
        self._terms, self._starts = parts["terms"], parts["starts"]
        self._posts, self._levels = parts["posts"], parts["levels"]
        self.weights, self.firm = array("Q", parts["weights"]), bytearray(parts["firm"])
        self._added_terms = array("Q", parts["added"])
        self._added = {term: place for place, term in enumerate(parts["added"], len(self._terms))}
        posts = Stretches.revived(parts, "changed_posts", "I")
        levels = map(bytes, Stretches.revived(parts, "changed_levels"))
        self._changed = dict(zip(parts["changed"], zip(posts, levels, strict=True), strict=True))
        self._unlisted = Unlisted.revived(parts)
        return self

    def __len__(self) -> int:
        return len(self.weights)

    def __getitem__(self, place: int) -> Row:
        posts, levels = self.stretch(place)
        return Row(posts, levels, self.weights[place], bool(self.firm[place]))

    def stretch(self, place: int) -> tuple[Sequence[int], bytes]:
        """Return the posts of a row, and their levels."""
        if place in self._changed:
            return self._changed[place]
        start, stop = self._starts[place], self._starts[place + 1]
        return self._posts[start:stop], bytes(self._levels[start:stop])

    def places(self, terms: Iterable[int], likely: Iterable[int] = ()) -> list[int | None]:
        """Return where the rows of terms are, None for one that has no row; many of them are at `likely` places."""
        known = {self.term(place): place for place in likely}
        return [known[term] if term in known else self._place(term) for term in terms]

    def term(self, place: int) -> int:
        """Return whose row is there."""
        return self._terms[place] if place < len(self._terms) else self._added_terms[place - len(self._terms)]

    def rareness(self, among_old: int) -> int:
        """Return what a term weighs that so many old posts have."""
        return _rareness(self._old, among_old)

    def append(self) -> None:
        """Take in one more post, which is not old and says nothing yet."""
        self._unlisted.append()

    def change(self, place: int, post: int, level: int | None) -> Row:
        """Put a post's level of a term, None for none, in place of what it was; return the row as it is now."""
        posts, levels = self.stretch(place)
        return self._put(place, {**dict(zip(posts, levels, strict=True)), post: level})

    def add(self, term: int, levels: Mapping[int, int]) -> int:
        """Add the row of a term that has none: its levels by post; return its place."""
        place = self._added[term] = len(self.weights)
        self._added_terms.append(term)
        self.weights.append(0)
        self.firm.append(0)
        self._put(place, levels)
        return place

    def unlisted(self, post: int, terms: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
        """Put a post's terms that have no row in place of those it had; yield those that may tell something now.

        With each, the other posts that may have it.
        """
        return self._unlisted.renew(post, terms, self._most, old=post < self._old)

    def _place(self, term: int) -> int | None:
        if self._unlisted.has_common(term):
            return None
        place = bisect_left(self._terms, term)
        known = place < len(self._terms) and self._terms[place] == term
        return place if known else self._added.get(term)

    def _put(self, place: int, levels: Mapping[int, int | None]) -> Row:
        known = sorted((post, level) for post, level in levels.items() if level is not None)
        posts = [post for post, _level in known]
        row = Row(posts, bytes(level for _post, level in known), self._weight(posts), self._is_firm(posts))
        self._changed[place], self.weights[place], self.firm[place] = (posts, row.levels), row.weight, row.firm
        return row

    def _weight(self, posts: Sequence[int]) -> int:
        """Return what a term weighs that these posts have, by number."""
        among_old = bisect_left(posts, self._old)
        return self.rareness(among_old) if len(posts) >= FEWEST and among_old <= self._most else 0

    def _is_firm(self, posts: Sequence[int]) -> bool:
        return bisect_left(posts, self._old) >= FEWEST


def _with_arrays() -> type[ByPost]:
    arrays.ready()
    from byline.related.standing_arrays import ByPostSummed

    return ByPostSummed


@lru_cache
def _rareness(old: int, among_old: int) -> int:
    """Return what a term weighs that so many of the old posts have."""
    return max(1, int(_SCALE * math.log((old + 1) / (among_old + 0.5)) ** _RARENESS))
