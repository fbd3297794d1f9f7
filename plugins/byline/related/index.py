"""The index: for the posts of one language, which terms tell something, who has them, and how alike two posts are.

Not a list of related posts: nearness in time, tags and what a writer wants are for `rank` and `matches`.

A term tells something where it stands in two posts or more, and in at most 60 old ones. Old are the oldest, in whole
hundreds: they alone decide how rare a term is, and how long their own vectors are; so a new post leaves what is known
of them as it is. Of a text, the terms that tell most of it are looked up. Sums are of whole numbers, below 2^53 floats
too, and the same in any order.

Long, as asking, renewing and keeping are of the same arrays.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from itertools import compress
from operator import mul
from typing import TYPE_CHECKING, Any, NamedTuple

from byline.edges import arrays
from byline.related.alike import MostAlike, least_told, most_alike
from byline.related.rows import Rows
from byline.related.standing import FEWEST
from byline.related.stretches import Stretches
from byline.related.terms import ONCE, is_word

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from byline.related.alike_arrays import Sums
    from byline.related.packing import Part
    from byline.related.rows import Row, Written
    from byline.related.terms import Counts

__all__ = ["FEWEST", "MOST", "STEP", "Held", "Index"]

MOST = 60
"""In how many old posts a term stands at most that tells something: this keeps the work from growing with its square.
"""
STEP = 100
"""The old posts grow by so many at once."""


class Held(NamedTuple):
    """What a post has of the terms that have a row: where the rows are, and its levels of them; whether it is old."""

    places: list[int]
    levels: bytearray
    old: bool

    def repeated(self) -> dict[int, int]:
        """Return the levels of the terms that stand there more than once, by place."""
        often = list(map(ONCE.__lt__, self.levels))
        return dict(zip(compress(self.places, often), compress(self.levels, often), strict=True))

    def add(self, place: int, level: int) -> None:
        """Take one in."""
        self.places.append(place)
        self.levels.append(level)


class Renewal(NamedTuple):
    """What a post that is renewed changes, by number.

    `inverses` are of those for whom a term weighs otherwise now, and of the post itself: one through the length of each
    before and after. `met` have terms in common with it that it has otherwise now.
    """

    number: int
    inverses: dict[int, tuple[float, float]]
    met: set[int]


class Index:
    """The posts of one language by number, the oldest first. A post can be replaced and keeps its number."""

    def __init__(
        self,
        counts: Sequence[Counts],
        most: int = MOST,
        step: int = STEP,
        again: Callable[[int], Counts] | None = None,
        *,
        arrays: bool = False,
    ) -> None:
        """Index posts, given in the order of their dates; a term of more than `most` of the old ones tells nothing.

        `again` answers, by number, what a post says, so that the counts need not be held. With `arrays`, NumPy finds
        who has which terms.
        """
        self._counts: Callable[[int], Counts] = again or list(counts).__getitem__
        self._renewed: dict[int, Counts] = {}
        self._step = step
        self._base = _old(len(counts), step)
        self._rows, held = Rows.made(counts, self._base, most, arrays=arrays)
        self._squares = held.squares(self._rows.weights, self._rows.firm, self._base)
        self._inverses = list(map(_inverse, self._squares))
        self._places, self._levels = held.stretches()
        self._altered: dict[int, Held] = {}
        self._summing = False
        self._sums: Sums | None = None

    def parts(self) -> dict[str, Part]:
        """Return all that is known, to be kept."""
        for number, held in self._altered.items():
            self._places[number], self._levels[number] = array("I", held.places), held.levels
        return {
            "base": array("Q", [self._base, self._step]),
            **self._places.parts("held_places"),
            **self._levels.parts("held_levels"),
            "squares": array("Q", self._squares),
            **self._rows.parts(),
        }

    @classmethod
    def revived(cls, parts: Mapping[str, Any], counts: Callable[[int], Counts]) -> Index:
        """Return the index that was kept; `counts` answers, by number, what its posts say, or said where renewed."""
        self = cls(())
        self._base, self._step = parts["base"]
        self._counts = counts
        self._rows = Rows.revived(parts)
        self._places = Stretches.revived(parts, "held_places", "I")
        self._levels = Stretches.revived(parts, "held_levels")
        self._squares = list(parts["squares"])
        self._inverses = list(map(_inverse, self._squares))
        return self

    def __len__(self) -> int:
        return len(self._squares)

    def expect_many(self) -> None:
        """Have NumPy find who is most alike: many will ask. Raises Fault where it is not installed."""
        arrays.ready()
        self._summing = True

    def held(self, number: int) -> Held:
        """Return what an indexed post has."""
        if number in self._altered:
            return self._altered[number]
        return Held(list(self._places[number]), bytearray(self._levels[number]), number < self._base)

    def inverse(self, number: int) -> float:
        """Return one through the length of an indexed post; 0 for one that says nothing that tells something."""
        return self._inverses[number]

    def held_by(self, counts: Counts) -> Held:
        """Return what any text has."""
        return _held(self._rows.places(counts.terms), counts, old=False)

    def likeness(self, held: Held) -> dict[int, float]:
        """Return the cosine of a text with each post that has something in common with it, by number."""
        return self.alike(*self.products(held))

    def alike(self, products: Mapping[int, float], length: float) -> dict[int, float]:
        """Return the cosines that a text of such a length has with posts, of its products with them, by number."""
        inverses = self._inverses
        return {post: product * inverses[post] / length for post, product in products.items()}

    def most_alike(self, number: int, most: int, beside: Collection[int]) -> MostAlike:
        """Return the `most` most alike to a post, all that are as alike as the last of them, and those `beside` it."""
        held = self.held(number)
        if self._summing and (written := self._rows.written):
            return self._summed(written).most_alike(held, most, beside)
        products, length = self.products(held)
        return most_alike(products, self.alike(products, length), length, most, beside)

    def products(self, held: Held, *, all_terms: bool = False) -> tuple[dict[int, float], float]:
        """Return what a text has in common with posts, by number, and the text's length.

        With `all_terms`, those that tell little of it are looked up too.
        """
        rows, weights = self._rows, self._rows.weights
        parts = [level * level * weights[place] for place, level in zip(held.places, held.levels, strict=True)]
        lasting = list(map(mul, parts, map(rows.firm.__getitem__, held.places))) if held.old else parts
        own = sum(lasting)
        if not own:
            return {}, 1.0
        least = 1 if all_terms else least_told(parts, lasting, own)
        products: dict[int, float] = {}
        known = products.get  # a defaultdict takes half as long again
        for part, place, level in zip(parts, held.places, held.levels, strict=True):
            if part < least:
                continue
            posts, levels = rows.stretch(place)
            factor = float(level * weights[place])
            if levels.count(ONCE) == len(levels):  # nearly always so: pairs of words seldom come again
                product = factor * ONCE
                for post in posts:
                    products[post] = known(post, 0.0) + product
            else:
                for post, other in zip(posts, levels, strict=True):
                    products[post] = known(post, 0.0) + factor * other
        return products, math.sqrt(own)

    def shared(self, held: Held, others: Iterable[Held]) -> Iterator[dict[int, int]]:
        """Yield for each of these texts what it and one both speak of, by term, each with what it adds.

        That are words, not pairs, that stand in both more than once, and in at most a quarter of the posts.
        """
        least, weights = self._rows.rareness(self._base // 4), self._rows.weights
        levels = held.repeated()
        for other in others:
            known = other.repeated()
            both = {self._rows.term(place): place for place in levels.keys() & known.keys() if weights[place] >= least}
            yield {term: levels[place] * known[place] * weights[place] for term, place in both.items() if is_word(term)}

    def append(self, counts: Counts) -> Renewal:
        """Take in a post that is newer than all. Raises ValueError where all others would weigh otherwise with it."""
        if not self.takes_more:
            message = "a full hundred"
            raise ValueError(message)
        number = len(self)
        self._places.append(array("I"))
        self._levels.append(b"")
        self._rows.append()
        self._squares.append(0)
        self._inverses.append(0)
        return self.renew(number, counts)

    @property
    def takes_more(self) -> bool:
        """Tell whether one more post leaves alone who is old."""
        return _old(len(self) + 1, self._step) == self._base

    def renew(self, number: int, counts: Counts) -> Renewal:
        """Put other counts in a post's place: all is as if the index had been made with them."""
        self._renewed[number] = counts
        self._sums = None
        known = self.held(number)
        before = dict(zip(known.places, known.levels, strict=True))
        places = self._rows.places(counts.terms, known.places)
        held = self._altered[number] = _held(places, counts, old=number < self._base)
        after = dict(zip(held.places, held.levels, strict=True))
        longer: set[int] = {number}
        met: set[int] = set()
        for place in before.keys() | after.keys():
            if before.get(place) != after.get(place):
                was = self._rows[place]
                now = self._rows.change(place, number, after.get(place))
                met.update(was.posts, now.posts)
                if was.weight != now.weight or was.firm != now.firm:
                    longer |= self._reckon(now, was)
        without = [term for term, place in zip(counts.terms, places, strict=True) if place is None]
        for term, others in self._rows.unlisted(number, without):
            levels = {post: level for post in {*others, number} if (level := self._level(post, term))}
            place = self._rows.add(term, levels)
            for post, level in levels.items():
                self._altered.setdefault(post, self.held(post)).add(place, level)
            longer |= self._reckon(self._rows[place], None)
        weights, firm, young = self._rows.weights, self._rows.firm, number >= self._base
        self._squares[number] = sum(
            level * level * weights[place]
            for place, level in zip(held.places, held.levels, strict=True)
            if young or firm[place]
        )
        inverses = {}
        for post in longer:
            inverse = _inverse(self._squares[post])
            inverses[post] = self._inverses[post], inverse
            self._inverses[post] = inverse
        return Renewal(number, inverses, met)

    def _summed(self, rows: Written) -> Sums:
        """Return who sums with arrays, as long as no row changes."""
        if not self._sums:
            from byline.related.alike_arrays import Sums

            self._sums = Sums(rows, self._inverses)
        return self._sums

    def _reckon(self, now: Row, was: Row | None) -> set[int]:
        """Add to the squares of a row's posts what it adds now, and take what it did; return the posts."""
        for post, level in zip(now.posts, now.levels, strict=True):
            self._squares[post] += self._part(post, level, now) - (self._part(post, level, was) if was else 0)
        return set(now.posts)

    def _level(self, post: int, term: int) -> int:
        """Return a post's level of a term, 0 where it has none."""
        terms, levels, _words = self._renewed.get(post) or self._counts(post)
        place = bisect_left(terms, term)
        return levels[place] if place < len(terms) and terms[place] == term else 0

    def _part(self, post: int, level: int, row: Row) -> int:
        """Return what a term adds to the square of a vector's length."""
        return level * level * row.weight if row.firm or post >= self._base else 0


def _held(places: Iterable[int | None], counts: Counts, *, old: bool) -> Held:
    """Return what a text has, given where the rows of its terms are."""
    held = Held([], bytearray(), old)
    for place, level in zip(places, counts.levels, strict=True):
        if place is not None:
            held.add(place, level)
    return held


def _old(number: int, step: int) -> int:
    """Return how many of so many posts are old."""
    return max(number - 1, 0) // step * step or number


def _inverse(square: int) -> float:
    """Return one through the length of a vector; 0 for one that has no term that tells something."""
    return square and 1 / math.sqrt(square)
