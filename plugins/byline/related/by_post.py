"""What each post has of the terms that have rows: where these are, and its levels there.

Not the rows: which posts have a term, `rows` says.
"""

from __future__ import annotations

from array import array
from operator import mul
from typing import TYPE_CHECKING

from byline.related.stretches import Stretches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from byline.related.standing import Share


class ByPost:
    """The places and levels of posts, by number, taken in a share of the terms after the other."""

    def __init__(self, posts: int) -> None:
        """Begin with none, for so many posts."""
        self._held = [(array("I"), bytearray()) for _post in range(posts)]

    def take(self, share: Share, base: int) -> None:
        """Take in a share, whose first row is at this place."""
        start = 0
        for (places, levels), found in zip(self._held, share.held.by_post(base), strict=True):
            places.extend(found)
            levels.extend(share.held_levels[start : start + len(found)])
            start += len(found)

    def stretches(self) -> tuple[Stretches, Stretches]:
        """Return the places, ascending, and the levels of each post."""
        return Stretches((places for places, _levels in self._held), "I"), Stretches(one for _places, one in self._held)

    def squares(self, weights: Sequence[int], firm: Sequence[int], old: int) -> list[int]:
        """Return the square of the length of each post's vector: of old ones by the terms alone that are firm."""
        lasting = array("Q", map(mul, weights, firm))
        return [
            sum(map(mul, map(mul, levels, levels), map((lasting if post < old else weights).__getitem__, places)))
            for post, (places, levels) in enumerate(self._held)
        ]
