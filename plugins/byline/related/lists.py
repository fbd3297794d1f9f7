"""The lists of the posts of an index, kept with what they were chosen from for as long as they are provably the same.

Not a guess: a list that may be another one is made again, of the products that are known where these are right, else
anew.

When a post X is renewed, some terms weigh otherwise: of those that X has otherwise now. Who has one of them is listed
anew. What any other post A has in common with all posts but X stays, but lengths change: that of X, and of those who
have such a term. So A's list is the same, scores and all, where no length has changed of those listed and of the few by
which likeness is measured, and nobody else has come nearer by more than the list's slack. How much nearer anybody but X
can have come through all renewals is the product of the largest changes: `reach`, to one that went back as far as any;
`rise`, where all that it was chosen from are where they were. What X has in common with A is at most what all its terms
make: one walk tells it of every A, and is put off until the list of another than X is asked for. Where more has
changed, the list is made of what is known: the products of the most alike and of some more, as long as nobody beyond
these can be among the most alike.
"""

from __future__ import annotations

import math
from array import array
from itertools import chain
from typing import TYPE_CHECKING, Any

from byline.related.kept_list import Kept, chosen_from, left_out, nearness
from byline.related.rank import ALIKE, AROUND, Among, Ranked, around, decisive, slack, weighed
from byline.related.stretches import Stretches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from byline.related.index import Index, Renewal
    from byline.related.packing import Part
    from byline.related.rank import Standing, Weighed

_MORE = 14
"""So many more than are compared are kept, as those may become most alike that were nearly so."""
_SAFE = 1 - 1e-9
"""Floats are rounded: what comes so near a bound has reached it."""
_CLOCKS = 4


class Lists:
    """The lists of the posts of an index, by number; where posts stand in time and what tags they have, is told."""

    def __init__(self, index: Index, standings: Sequence[Standing]) -> None:
        """Keep none yet."""
        self._index = index
        self._standings = standings
        self._kept = Stretches(b"" for _post in standings)
        self._bounds = array("d", [math.inf]) * len(standings)
        self._clock, self._reach, self._rise = 0, 1.0, 1.0
        self.is_new = True
        # When each post was last to be listed anew, was renewed, of another length, and met by one that was renewed.
        self._anew, self._renewed, self._moved, self._met = ([0] * len(standings) for _clock in range(_CLOCKS))
        self._unsettled: dict[int, int] = {}

    def of(self, number: int, place: int, count: int, left_out: Collection[int]) -> tuple[Ranked, ...]:
        """Return the nearest so many to a post, without those left out; `place` is where it stands among all."""
        kept = self._known(number, count, left_out)
        if kept:
            if self._is_same(kept):
                return kept.listed
            if again := self._again_listed(number, place, kept):
                return again
        return self._listed_anew(number, place, count, sorted(left_out))

    def knows(self, number: int, count: int, left_out: Collection[int]) -> bool:
        """Tell whether such a list is known to be the same."""
        kept = self._known(number, count, left_out)
        return kept is not None and self._is_same(kept)

    def some(self, numbers: Iterable[int]) -> dict[int, bytes]:
        """Return what is kept of the lists of these posts."""
        return {number: bytes(self._kept[number]) for number in numbers if len(self._kept[number])}

    def learn(self, lists: Mapping[int, bytes]) -> None:
        """Keep these lists, which a copy of this process has made."""
        for number, kept in lists.items():
            self._put(number, kept)
        self.is_new = True

    def parts(self) -> dict[str, Part]:
        """Return all that is known, to be kept."""
        self._settle()
        clocks = (self._anew, self._renewed, self._moved, self._met)
        return {
            "clock": array("Q", [self._clock]),
            "reach": array("d", [self._reach, self._rise]),
            "clocks": array("I", chain.from_iterable(clocks)),
            "bounds": self._bounds,
            **self._kept.parts("lists"),
        }

    @classmethod
    def revived(cls, parts: Mapping[str, Any], index: Index, standings: Sequence[Standing]) -> Lists:
        """Return the lists that were kept, of the posts of an index that was."""
        self = cls(index, standings)
        self.is_new = False
        (self._clock,), (self._reach, self._rise) = parts["clock"], parts["reach"]
        clocks, number = list(parts["clocks"]), len(index)
        self._anew, self._renewed, self._moved, self._met = (
            clocks[start : start + number] for start in range(0, _CLOCKS * number, number)
        )
        self._bounds = array("d", parts["bounds"])
        self._kept = Stretches.revived(parts, "lists")
        return self

    def renew(self, renewal: Renewal) -> None:
        """Take note that a post was renewed: what the index said of it."""
        self.is_new = True
        self._clock += 1
        number, inverses, met = renewal
        before, after = inverses[number]
        others = [change for post, change in inverses.items() if post != number and change[0] != change[1]]
        if (before and not after) or not all(map(all, others)):
            # A post says nothing any more, or something again: there is no measure of how much nearer that is.
            self._forget()
            return
        self._renewed[number] = self._clock
        for post in met:
            self._met[post] = self._clock
        for post, (was, now) in inverses.items():
            self._anew[post] = self._clock
            if was != now:
                self._moved[post] = self._clock
        ratios = [now / was for was, now in others]
        self._rise *= max([1.0, *ratios])
        self._reach *= max([1.0, *ratios]) / min([1.0, *ratios])
        self._unsettled[number] = self._clock

    def append(self, renewal: Renewal) -> None:
        """Take note that a post came that is newer than all."""
        for clocks in (self._anew, self._renewed, self._moved, self._met):
            clocks.append(0)
        self._kept.append(b"")
        self._bounds.append(math.inf)
        self.renew(renewal)
        for post, kept in enumerate(self._kept):
            if kept and renewal.number - post <= AROUND + left_out(kept):
                self._anew[post] = self._clock

    def move(self, number: int) -> None:
        """Take note that a post has another date, but not another place, or other tags."""
        self._clock += 1
        self._anew[number] = self._clock
        for post, kept in enumerate(self._kept):
            if kept and chosen_from(kept, number):
                self._anew[post] = self._clock

    def _settle(self) -> None:
        """Take note for whom a renewed post may have come nearer than anybody is that its list was not chosen from.

        Who was listed since then has seen it as it is.
        """
        for number, clock in self._unsettled.items():
            products, _length = self._index.products(self._index.held(number), all_terms=True)
            inverse = self._index.inverse(number)
            for post, product in products.items():
                if product * inverse >= self._bounds[post] and not chosen_from(self._kept[post], number):
                    self._anew[post] = max(self._anew[post], clock)
        self._unsettled.clear()

    def _forget(self) -> None:
        """Keep no list any more."""
        self._kept = Stretches(b"" for _post in self._anew)
        self._bounds = array("d", [math.inf]) * len(self._anew)
        self._unsettled.clear()

    def _put(self, number: int, kept: bytes) -> None:
        """Keep a list, and how near another one must come to be among those that it is chosen from."""
        self._kept[number], self._bounds[number] = kept, nearness(kept) * _SAFE

    def _known(self, number: int, count: int, left_out: Collection[int]) -> Kept | None:
        """Return what a list is to be made of; None where that is not known."""
        packed = self._kept[number]
        kept = Kept.unpacked(packed) if packed else None
        if not kept or (kept.wanted, kept.left_out) != (count, sorted(left_out)):
            return None
        if self._anew[number] <= kept.clock < self._clock:
            self._settle()
        wrong = self._met[number] > kept.clock and self._is_of_renewed(kept)
        return None if wrong or self._anew[number] > kept.clock else kept

    def _is_of_renewed(self, kept: Kept) -> bool:
        """Tell whether one that a list was chosen from was renewed since."""
        return any(self._renewed[other] > kept.clock for other in kept.others)

    def _is_same(self, kept: Kept) -> bool:
        if kept.clock == self._clock:
            return True
        if self._is_of_renewed(kept):
            return False
        moved, least = self._moved, kept.slack * _SAFE
        return (self._reach / kept.reach < least and all(moved[other] <= kept.clock for other in kept.decisive)) or (
            self._rise / kept.rise < least and all(moved[other] <= kept.clock for other in kept.others)
        )

    def _again_listed(self, number: int, place: int, kept: Kept) -> tuple[Ranked, ...]:
        """Return a list made of what is known; none where somebody else may be in it now."""
        beyond = kept.beyond * (self._rise / kept.rise / _SAFE)
        among = Among(self._standings, place)
        products = {post: product for post, product in zip(kept.others, kept.products, strict=True) if product}
        likeness = self._index.alike(products, kept.length)
        found = weighed(self._standings[number], among, likeness, kept.left_out)
        if beyond >= 0 and (len(found.best) < ALIKE or likeness[found.best[-1]] <= beyond):
            return ()
        return self._keep(number, found, likeness, kept._replace(beyond=beyond))

    def _listed_anew(self, number: int, place: int, count: int, out: list[int]) -> tuple[Ranked, ...]:
        among = Among(self._standings, place)
        beside = set(around(among, out))
        likeness, products, length, beyond = self._index.most_alike(number, ALIKE + _MORE + len(out), beside)
        found = weighed(self._standings[number], among, likeness, out)
        known = sorted(beside.union(likeness))
        shared = [products.get(post, 0.0) for post in known]
        new = Kept(count, 0, 0.0, length, beyond, 1.0, 1.0, out, (), [], known, shared)
        return self._keep(number, found, likeness, new)

    def _keep(self, number: int, found: Weighed, likeness: Mapping[int, float], kept: Kept) -> tuple[Ranked, ...]:
        """Keep a list with what decides of it; return it."""
        passed_over = {*found.best, *kept.left_out}
        next_alike = max((alike for post, alike in likeness.items() if post not in passed_over), default=0.0)
        self.is_new = True
        listed = tuple(found.nearest[: kept.wanted])
        now = kept._replace(
            listed=listed,
            decisive=decisive(found, kept.wanted),
            slack=slack(found, kept.wanted, likeness, max(next_alike, kept.beyond)),
            clock=self._clock,
            reach=self._reach,
            rise=self._rise,
        )
        self._put(number, now.packed())
        return listed
