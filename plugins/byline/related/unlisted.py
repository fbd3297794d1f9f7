"""Who has the terms that have no row: those of one post alone, and those that too many old posts have to tell anything.

Not what a post says of them: at which level it has a term, its counts say.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import count
from typing import TYPE_CHECKING, Any

from byline.related.stretches import Stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from byline.related.packing import Part
    from byline.related.standing import Share


class Unlisted:
    """The terms without a row as all posts were gone through, and what was learnt since."""

    def __init__(self, posts: int) -> None:
        """Begin with none, for so many posts."""
        # The terms that a post has alone, ascending, and that post. One that it has no longer stays: who asks looks.
        self._alone, self._whose = array("Q"), array("I")
        self._met: dict[int, int] = {}
        # Common terms, and how many old posts have each; by post, ascending, at which places here its common terms are.
        self._common, self._among_old = array("Q"), array("I")
        self._held = Stretches((array("I") for _post in range(posts)), "I")
        self._taken = [array("I") for _post in range(posts)]
        self._places: dict[int, int] = {}

    def take(self, share: Share) -> None:
        """Take in what posts have of a share of the terms; the shares ascend."""
        self._alone += share.alone
        self._whose += share.whose
        base = len(self._common)
        for held, places in zip(self._taken, share.common_held.by_post(base), strict=True):
            held.extend(places)
        self._common += share.common
        self._among_old += share.common_among_old
        self._places.update(zip(share.common, count(base)))

    def parts(self) -> dict[str, Part]:
        """Return all that is known, to be kept."""
        return {
            "alone": self._alone,
            "whose": self._whose,
            "met": array("Q", self._met),
            "met_whose": array("I", self._met.values()),
            "common": self._common,
            "among_old": self._among_old,
            "common_places": array("I", self._places.values()),
            **self._held.parts("common_held"),
        }

    @classmethod
    def revived(cls, parts: Mapping[str, Any]) -> Unlisted:
        """Return what was kept."""
        self = cls(0)
        self._alone, self._whose = parts["alone"], parts["whose"]
        self._met = dict(zip(parts["met"], parts["met_whose"], strict=True))
        self._common, self._among_old = parts["common"], array("I", parts["among_old"])
        self._places = {self._common[place]: place for place in parts["common_places"]}
        self._held = Stretches.revived(parts, "common_held", "I")
        return self

    def has_common(self, term: int) -> bool:
        """Tell whether a term is one that too many old posts have."""
        return term in self._places

    def settle(self) -> None:
        """Take in no more."""
        self._held, self._taken = Stretches(self._taken, "I"), []

    def append(self) -> None:
        """Take in one more post, which is not old and says nothing yet."""
        self._held.append(array("I"))

    def renew(self, post: int, terms: Iterable[int], most: int, *, old: bool) -> Iterator[tuple[int, list[int]]]:
        """Put a post's terms that have no row in place of those it had; yield those that need one, with their posts.

        They are those that another post has alone, or had, and those that no more than `most` old ones have now. A post
        that had a term may be among its posts still.
        """
        known = self._places
        before, after = set(self._held[post]), {known[term] for term in terms if term in known}
        self._held[post] = array("I", sorted(after))
        for place in before ^ after if old else ():
            term = self._common[place]
            if known.get(term) == place:
                self._among_old[place] += 1 if place in after else -1
                if self._among_old[place] <= most:
                    del known[term]
                    yield term, [one for one, held in enumerate(self._held) if _has(held, place)]
        for term in terms:
            if term not in known:
                found = self._who(term)
                if post not in found:
                    self._met[term] = post
                if others := found - {post}:
                    yield term, sorted(others)

    def _who(self, term: int) -> set[int]:
        """Return the post that has a term alone, and one that had."""
        found = {self._met[term]} if term in self._met else set()
        place = bisect_left(self._alone, term)
        if place < len(self._alone) and self._alone[place] == term:
            found.add(self._whose[place])
        return found


def _has(numbers: Sequence[int], number: int) -> bool:
    place = bisect_left(numbers, number)
    return place < len(numbers) and numbers[place] == number
