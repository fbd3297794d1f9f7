"""The lists of the posts of an index, kept with what they were chosen from for as long as they are provably the same.

Not a guess: a list that may be another one is made again, of the products that are known where these are right, else
anew.

When a post X is renewed, some terms weigh otherwise: of those that X has otherwise now. Who has one of them is listed
anew. What any other post A has in common with all posts but X stays, but lengths change: that of X, and of those who
have such a term. So A's list is the same, scores and all, where no length has changed of those listed and of the few by
which likeness is measured, and nobody else has come nearer by more than the list's slack. How much nearer anybody but X
can have come through all renewals is the product of the largest changes, `reach`. What X has in common with A is at
most what all its terms make: one walk tells it of every A. Where more has changed, the list is made of what is known:
the products of the most alike and of some more, as long as nobody beyond these can be among the most alike.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from byline.related.rank import ALIKE, AROUND, Among, Ranked, around, decisive, slack, weighed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from byline.related.index import Index, Renewal
    from byline.related.packing import Part
    from byline.related.rank import Standing, Weighed

_MORE = 14
"""So many more than are compared are kept, as those may become most alike that were nearly so."""
_SAFE = 1 - 1e-9
"""Floats are rounded: what comes so near a bound has reached it."""
_NUMBER = array("I").itemsize
_OTHER = _NUMBER + array("d").itemsize


class Kept(NamedTuple):
    """A list as it was chosen: for how many and without whom, when, and how far the reach was then.

    `others` are those it was chosen from, with the product that its post has with each. `beyond`: nobody else is more
    alike; less than 0: nobody else has anything in common.
    """

    wanted: int
    left_out: list[int]
    listed: tuple[Ranked, ...]
    decisive: list[int]
    slack: float
    length: float
    beyond: float
    clock: int
    reach: float
    others: bytes

    @property
    def products(self) -> dict[int, float]:
        """Return the products by number, of those that have something in common."""
        end = len(self.others) // _OTHER * _NUMBER
        numbers, products = array("I", self.others[:end]), array("d", self.others[end:])
        return {post: product for post, product in zip(numbers, products, strict=True) if product}


class Lists:
    """The lists of the posts of an index, by number; where posts stand in time and what tags they have, is told."""

    def __init__(self, index: Index, standings: Sequence[Standing]) -> None:
        """Keep none yet."""
        self._index = index
        self._standings = standings
        self._kept: dict[int, Kept] = {}
        self._clock, self._reach = 0, 1.0
        self.is_new = True
        # When each post was last to be listed anew, to be listed of what is known, and of another length.
        self._anew, self._again, self._moved = ([0] * len(standings) for _clock in range(3))

    def of(self, number: int, place: int, count: int, left_out: Collection[int]) -> tuple[Ranked, ...]:
        """Return the nearest so many to a post, without those left out; `place` is where it stands among all."""
        kept = self._known(number, count, left_out)
        if kept:
            if self._is_same(number, kept):
                return kept.listed
            if again := self._again_listed(number, place, kept):
                return again
        return self._listed_anew(number, place, count, sorted(left_out))

    def knows(self, number: int, count: int, left_out: Collection[int]) -> bool:
        """Tell whether such a list is known to be the same."""
        kept = self._known(number, count, left_out)
        return kept is not None and self._is_same(number, kept)

    def some(self, numbers: Iterable[int]) -> dict[int, Kept]:
        """Return what is kept of the lists of these posts."""
        return {number: self._kept[number] for number in numbers if number in self._kept}

    def learn(self, lists: Mapping[int, Kept]) -> None:
        """Keep these lists, which a copy of this process has made."""
        self._kept |= lists
        self.is_new = True

    def parts(self) -> dict[str, Part]:
        """Return all that is known, to be kept."""
        heads = [(post, *kept[:-1]) for post, kept in self._kept.items()]
        clocks = (self._anew, self._again, self._moved)
        return {
            "clock": array("Q", [self._clock]),
            "reach": array("d", [self._reach]),
            "clocks": array("I", chain.from_iterable(clocks)),
            "lists": json.dumps(heads).encode(),
            "others": b"".join(kept.others for kept in self._kept.values()),
            "others_starts": array("Q", accumulate((len(kept.others) for kept in self._kept.values()), initial=0)),
        }

    @classmethod
    def revived(cls, parts: Mapping[str, Any], index: Index, standings: Sequence[Standing]) -> Lists:
        """Return the lists that were kept, of the posts of an index that was."""
        self = cls(index, standings)
        self.is_new = False
        (self._clock,), (self._reach,) = parts["clock"], parts["reach"]
        clocks, number = list(parts["clocks"]), len(index)
        self._anew, self._again, self._moved = (
            clocks[start : start + number] for start in range(0, 3 * number, number)
        )
        others, starts = parts["others"], pairwise(parts["others_starts"])
        for (post, wanted, out, listed, *head), (start, stop) in zip(json.loads(parts["lists"]), starts, strict=True):
            ranks = tuple(Ranked(*one) for one in listed)
            self._kept[post] = Kept._make((wanted, out, ranks, *head, others[start:stop]))
        return self

    def renew(self, renewal: Renewal) -> None:
        """Take note that a post was renewed: what the index said of it."""
        self.is_new = True
        self._clock += 1
        number, inverses, _met = renewal
        before, after = inverses[number]
        others = [change for post, change in inverses.items() if post != number and change[0] != change[1]]
        if (before and not after) or not all(map(all, others)):
            # A post says nothing any more, or something again: there is no measure of how much nearer that is.
            self._kept.clear()
            return
        for post, (was, now) in inverses.items():
            self._anew[post] = self._clock
            if was != now:
                self._moved[post] = self._clock
        ratios = [now / was for was, now in others]
        self._reach *= max([1.0, *ratios]) / min([1.0, *ratios])
        if self._kept and after:
            self._near(renewal, after)

    def append(self, renewal: Renewal) -> None:
        """Take note that a post came that is newer than all."""
        for clocks in (self._anew, self._again, self._moved):
            clocks.append(0)
        self.renew(renewal)
        for post, kept in self._kept.items():
            if renewal.number - post <= AROUND + len(kept.left_out):
                self._anew[post] = self._clock

    def move(self, number: int) -> None:
        """Take note that a post has another date, but not another place, or other tags."""
        self._clock += 1
        self._anew[number] = self._clock
        sought = _as_bytes(number)
        for post, kept in self._kept.items():
            if sought in kept.others:
                self._anew[post] = self._clock

    def _near(self, renewal: Renewal, inverse: float) -> None:
        """Take note for whom a renewed post may have come nearer than anybody is that its list was not chosen from."""
        number, _inverses, met = renewal
        alike, _length = self._index.products(self._index.held(number), all_terms=True)
        sought = _as_bytes(number)
        for post in met.union(alike):
            kept = self._kept.get(post)
            if kept is None or self._anew[post] == self._clock:
                continue
            known = sought in kept.others
            if known and post not in met:
                self._again[post] = self._clock
            elif known or alike.get(post, 0.0) * inverse / kept.length >= kept.beyond:
                self._anew[post] = self._clock

    def _known(self, number: int, count: int, left_out: Collection[int]) -> Kept | None:
        kept = self._kept.get(number)
        alike = kept and (kept.wanted, kept.left_out) == (count, sorted(left_out))
        return kept if kept and alike and self._anew[number] <= kept.clock else None

    def _is_same(self, number: int, kept: Kept) -> bool:
        if kept.clock == self._clock:
            return True
        return (
            self._again[number] <= kept.clock
            and self._reach / kept.reach < kept.slack * _SAFE
            and all(self._moved[other] <= kept.clock for other in kept.decisive)
        )

    def _again_listed(self, number: int, place: int, kept: Kept) -> tuple[Ranked, ...]:
        """Return a list made of what is known; none where somebody else may be in it now."""
        beyond = kept.beyond * (self._reach / kept.reach / _SAFE)
        among = Among(self._standings, place)
        products = kept.products
        likeness = self._index.alike(products, kept.length)
        found = weighed(self._standings[number], among, likeness, kept.left_out)
        if beyond >= 0 and (len(found.best) < ALIKE or likeness[found.best[-1]] <= beyond):
            return ()
        return self._keep(number, found, likeness, kept._replace(beyond=beyond))

    def _listed_anew(self, number: int, place: int, count: int, out: list[int]) -> tuple[Ranked, ...]:
        products, length = self._index.products(self._index.held(number))
        every = self._index.alike(products, length)
        among = Among(self._standings, place)
        ordered = sorted(every.values())
        least = min(ordered[-ALIKE - _MORE - len(out) :], default=0.0)
        less = bisect_left(ordered, least)
        beside = set(around(among, out))
        likeness = {post: alike for post, alike in every.items() if alike >= least or post in beside}
        found = weighed(self._standings[number], among, likeness, out)
        known = sorted(beside.union(likeness))
        others = array("I", known).tobytes() + array("d", [products.get(post, 0.0) for post in known]).tobytes()
        beyond = ordered[less - 1] if less else -1.0
        return self._keep(number, found, likeness, Kept(count, out, (), [], 0.0, length, beyond, 0, 0.0, others))

    def _keep(self, number: int, found: Weighed, likeness: Mapping[int, float], kept: Kept) -> tuple[Ranked, ...]:
        """Keep a list with what decides of it; return it."""
        passed_over = {*found.best, *kept.left_out}
        next_alike = max((alike for post, alike in likeness.items() if post not in passed_over), default=0.0)
        self.is_new = True
        listed = tuple(found.nearest[: kept.wanted])
        self._kept[number] = kept._replace(
            listed=listed,
            decisive=decisive(found, kept.wanted),
            slack=slack(found, kept.wanted, likeness, max(next_alike, kept.beyond)),
            clock=self._clock,
            reach=self._reach,
        )
        return listed


def _as_bytes(number: int) -> bytes:
    return array("I", [number]).tobytes()
