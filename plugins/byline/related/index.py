"""The index: for the posts of one language, which terms tell something, who has them, and how alike two posts are.

Not a list of related posts: nearness in time, tags and what a writer wants are for `rank` and `matches`.

A term tells something where it stands in two posts or more, and in at most 60 old ones. Old are the oldest, in whole
hundreds: they alone decide how rare a term is, and how long their own vectors are; so a new post leaves what is known
of them as it is. Of a text, the terms that tell most of it are looked up. Sums are of whole numbers, below 2^53 floats
too, and the same in any order.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate
from operator import itemgetter, mul
from typing import TYPE_CHECKING, NamedTuple

from byline.related.standing import standing
from byline.related.terms import ONCE, is_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from byline.related.terms import Counts

FEWEST, MOST = 2, 60
"""In how many posts a term stands that tells something: the upper bound keeps the work from growing with its square."""
STEP = 100
"""The old posts grow by so many at once."""
_TOLD, _FEW = 0.95, 50
"""The terms that add most to the square of a text's length are looked up, until this part of it is reached, and not
less than so many: the rest, of which there is much, moves a list hardly ever."""
_RARENESS = 3.2
"""The power of a term's inverse document frequency in a product of two of its weights: 1.6 in each."""
_SCALE = 4096
"""Weights are whole numbers; that of a term that nearly all posts have is still 1, as 0 is for what tells nothing."""


class Row(NamedTuple):
    """The posts that have a term, by number ascending; each one's level of it; what the term weighs, 0 for nothing.

    `firm` is one that tells something among old posts alone.
    """

    posts: Sequence[int]
    levels: bytes | bytearray
    weight: int
    firm: bool


class Held(NamedTuple):
    """What a post has of the terms that have a row: where the rows are, and its levels of them; whether it is old."""

    places: array[int]
    levels: bytearray
    old: bool

    def add(self, place: int, level: int) -> None:
        """Take one in."""
        self.places.append(place)
        self.levels.append(level)


class Index:
    """The posts of one language by number, the oldest first. A post can be replaced and keeps its number."""

    def __init__(self, counts: Sequence[Counts], most: int = MOST, step: int = STEP) -> None:
        """Index posts, given in the order of their dates; a term of more than `most` of the old ones tells nothing."""
        self._counts = list(counts)
        self._most = most
        self._base = max(len(counts) - 1, 0) // step * step or len(counts)
        # Rows are stretches of these: a million Python objects take ten times as much.
        self._terms, self._starts = array("Q"), array("Q", [0])
        self._posts, self._levels, self._weights, self._firm = array("I"), bytearray(), array("Q"), bytearray()
        self._changed: dict[int, Row] = {}
        self._added: dict[int, int] = {}
        self._held = [Held(array("I"), bytearray(), number < self._base) for number in range(len(counts))]
        self._squares = [0] * len(counts)
        # Those after the old ones are one step at most.
        for term, posts, levels in standing(counts, FEWEST, most + step):
            weight, firm = self._weight(posts), self._is_firm(posts)
            if not weight:
                continue
            for post, level in zip(posts, levels, strict=True):
                places, own, old = self._held[post]
                places.append(len(self._terms))
                own.append(level)
                if firm or not old:
                    self._squares[post] += level * level * weight
            self._terms.append(term)
            self._posts.extend(posts)
            self._levels.extend(levels)
            self._starts.append(len(self._posts))
            self._weights.append(weight)
            self._firm.append(firm)
        self._inverses = self._inverted()

    def __len__(self) -> int:
        return len(self._counts)

    def held(self, number: int) -> Held:
        """Return what an indexed post has."""
        return self._held[number]

    def held_by(self, counts: Counts) -> Held:
        """Return what any text has."""
        return self._held_by(counts, old=False)

    def likeness(self, held: Held) -> dict[int, float]:
        """Return the cosine of a text with each post that has something in common with it, by number."""
        weights = self._weights
        parts = [level * level * weights[place] for place, level in zip(held.places, held.levels, strict=True)]
        lasting = list(map(mul, parts, map(self._firm.__getitem__, held.places))) if held.old else parts
        own = sum(lasting)
        if not own:
            return {}
        least = _least(parts, lasting, own)
        starts, changed = self._starts, self._changed
        products: defaultdict[int, float] = defaultdict(float)
        for part, place, level in zip(parts, held.places, held.levels, strict=True):
            if part < least:
                continue
            if place in changed:
                posts, levels, _weight, _firm = changed[place]
            else:
                start, stop = starts[place], starts[place + 1]
                posts, levels = self._posts[start:stop], self._levels[start:stop]
            factor = float(level * weights[place])
            if levels.count(ONCE) == len(levels):  # nearly always so: pairs of words seldom come again
                product = factor * ONCE
                for post in posts:
                    products[post] += product
            else:
                for post, other in zip(posts, levels, strict=True):
                    products[post] += factor * other
        length, inverses = math.sqrt(own), self._inverses
        return {post: product * inverses[post] / length for post, product in products.items()}

    def shared(self, held: Held, others: Iterable[Held]) -> Iterator[dict[int, int]]:
        """Yield for each of these texts what it and one both speak of, by term, each with what it adds.

        That are words, not pairs, that stand in both more than once, and in at most a quarter of the posts.
        """
        least = self._rareness(self._base // 4)
        levels = {place: level for place, level in zip(held.places, held.levels, strict=True) if level > ONCE}
        for other in others:
            both = {}
            for place, level in zip(other.places, other.levels, strict=True):
                if level > ONCE and place in levels and is_word(term := self._term(place)):
                    weight = self._weights[place]
                    if weight >= least:
                        both[term] = levels[place] * level * weight
            yield both

    def renew(self, number: int, counts: Counts) -> None:
        """Put other counts in a post's place: all is as if the index had been made with them."""
        before, after = (dict(zip(*one, strict=True)) for one in (self._counts[number], counts))
        self._counts[number] = counts
        differing = {term for term in before.keys() | after.keys() if before.get(term) != after.get(term)}
        others = self._others(differing, number)
        for term, levels in others.items():
            was, now = (self._weighed(levels, number, counted.get(term)) for counted in (before, after))
            place = self._place(term)
            if place is None:
                if not now.weight:
                    continue
                place = self._added[term] = len(self._weights)
                self._weights.append(0)
                self._firm.append(0)
            self._changed[place], self._weights[place], self._firm[place] = now, now.weight, now.firm
            for post, level in levels.items():
                self._squares[post] += self._part(post, level, now) - self._part(post, level, was)
                if not was.weight and place not in self._held[post].places:
                    self._held[post].add(place, level)
        held = self._held[number] = self._held_by(counts, old=number < self._base)
        rows = map(self._row, held.places)
        parts = (self._part(number, level, row) for row, level in zip(rows, held.levels, strict=True))
        self._squares[number] = sum(parts)
        self._inverses = self._inverted()

    def _part(self, post: int, level: int, row: Row) -> int:
        """Return what a term adds to the square of a vector's length."""
        return level * level * row.weight if row.firm or post >= self._base else 0

    def _held_by(self, counts: Counts, *, old: bool) -> Held:
        """Return what a text has that is, or is not, an old post's."""
        held = Held(array("I"), bytearray(), old)
        for term, level in zip(*counts, strict=True):
            place = self._place(term)
            if place is not None:
                held.add(place, level)
        return held

    def _inverted(self) -> list[float]:
        """Return one through the length of each post's vector; 0 for one that has no term that tells something."""
        return [square and 1 / math.sqrt(square) for square in self._squares]

    def _others(self, terms: set[int], number: int) -> dict[int, dict[int, int]]:
        """Return who has these terms besides a post: by term, the level by number."""
        found: dict[int, dict[int, int]] = {term: {} for term in terms}
        unknown = set()
        for term in terms:
            place = self._place(term)
            if place is None:
                unknown.add(term)
            else:
                row = self._row(place)
                found[term].update(zip(row.posts, row.levels, strict=True))
                found[term].pop(number, None)
        # What tells nothing has no row: every post is asked for it.
        for post, counts in enumerate(self._counts if unknown else ()):
            if post != number:
                for term in unknown.intersection(counts.terms):
                    found[term][post] = counts.levels[bisect_left(counts.terms, term)]
        return found

    def _weighed(self, others: Mapping[int, int], number: int, level: int | None) -> Row:
        """Return the row of a term that these others have, and this post, if it has a level of it."""
        levels = dict(sorted((others if level is None else {**others, number: level}).items()))
        posts = list(levels)
        return Row(posts, bytes(levels.values()), self._weight(posts), self._is_firm(posts))

    def _weight(self, posts: Sequence[int]) -> int:
        """Return what a term weighs that these posts have, by number."""
        among_old = bisect_left(posts, self._base)
        return self._rareness(among_old) if len(posts) >= FEWEST and among_old <= self._most else 0

    def _is_firm(self, posts: Sequence[int]) -> bool:
        return bisect_left(posts, self._base) >= FEWEST

    def _rareness(self, among_old: int) -> int:
        """Return what a term weighs that so many old posts have."""
        return max(1, int(_SCALE * math.log((self._base + 1) / (among_old + 0.5)) ** _RARENESS))

    def _row(self, place: int) -> Row:
        if place in self._changed:
            return self._changed[place]
        row = slice(self._starts[place], self._starts[place + 1])
        return Row(self._posts[row], self._levels[row], self._weights[place], bool(self._firm[place]))

    def _place(self, term: int) -> int | None:
        """Return where a term's row is; None for one that has no row."""
        place = bisect_left(self._terms, term)
        known = place < len(self._terms) and self._terms[place] == term
        return place if known else self._added.get(term)

    def _term(self, place: int) -> int:
        return self._terms[place] if place < len(self._terms) else list(self._added)[place - len(self._terms)]


def _least(parts: Sequence[int], lasting: Sequence[int], own: int) -> int:
    """Return what a term must add to the square of a text's length to be looked up; `lasting` adds up to `own`."""
    if len(parts) <= _FEW:
        return 1
    ordered = sorted(zip(parts, lasting, strict=True), reverse=True)
    told = list(accumulate(map(itemgetter(1), ordered)))
    last = max(_FEW, bisect_left(told, _TOLD * own))
    return max(1, ordered[last][0])
