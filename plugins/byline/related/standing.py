"""Which terms stand in which posts, found with little memory and on all cores: the terms are gone through in shares.

Not an index: what a term weighs is not known here. What is of many terms is in one piece, and no object is made of any.
"""

from __future__ import annotations

import pickle
from array import array
from bisect import bisect_left
from collections import Counter
from functools import partial
from itertools import accumulate, chain, compress, pairwise, repeat
from operator import ne
from typing import TYPE_CHECKING, NamedTuple

from byline.edges import arrays, workers
from byline.related.terms import ascending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from byline.related.terms import Counts

FEWEST = 2
"""In how many posts a term stands that can tell something."""
_SHARES = 48
"""Into so many shares terms are parted, by their highest bits: only what is of one stands in dicts at a time."""
_POSTS = 25
"""For each so many posts there is a share, at most."""
_END = 1 << 64


class Holders(NamedTuple):
    """Which of some terms each post has, one after the other: how many, their places among the terms, from 1 on."""

    numbers: array[int]
    places: array[int]

    def by_post(self, base: int) -> Iterator[array[int]]:
        """Yield the places of each post's, from `base` on."""
        places = array("I", map((base - 1).__add__, self.places))
        for start, stop in pairwise(accumulate(self.numbers, initial=0)):
            yield places[start:stop]


class Share(NamedTuple):
    """What posts have of a share of the terms.

    `terms` are those of which there are rows, ascending: how many of the `old` posts have each, and how many posts in
    all (`lengths`); the rows are `posts` and their `levels`, one after the other. `held` are the same by post, with the
    levels. Terms of a single post, `alone`, are listed with it; so are those that are too `common`, with how many old
    posts have them.
    """

    terms: array[int]
    among_old: array[int]
    lengths: array[int]
    posts: array[int]
    levels: bytes
    held: Holders
    held_levels: bytes
    alone: array[int]
    whose: array[int]
    common: array[int]
    common_among_old: array[int]
    common_held: Holders


class Met(NamedTuple):
    """The terms of posts one after the other, with their levels; how many each post has."""

    terms: array[int]
    levels: bytearray
    lengths: array[int]


def standing(counts: Sequence[Counts], old: int, most: int, *, arrays: bool = False) -> Iterator[Share]:
    """Yield the shares of the terms of posts by number, the first of them `old`, ascending.

    A term is common that more than `most` of the old ones have. With `arrays`, NumPy finds who has which.
    """
    shares = min(_SHARES, 1 + len(counts) // _POSTS)
    find = partial(_with_arrays() if arrays else share, counts, old, most)
    found = dict(workers.spread(partial(_packed, find, shares), range(shares)))
    for number in range(shares):
        yield Share(*pickle.loads(found.pop(number)))  # noqa: S301  what a copy of this process has just written


def _packed(find: Callable[[range], Share], shares: int, number: int) -> bytes:
    return pickle.dumps(find(range(number * _END // shares, (number + 1) * _END // shares)))


def _with_arrays() -> Callable[[Sequence[Counts], int, int, range], Share]:
    arrays.ready()
    from byline.related import standing_arrays

    return standing_arrays.share


def within_range(counts: Sequence[Counts], within: range) -> Met:
    """Return what posts have of the terms in a range of numbers."""
    terms, levels, lengths = array("Q"), bytearray(), array("I")
    for post in counts:
        start = bisect_left(post.terms, within.start)
        stop = bisect_left(post.terms, within.stop, start)
        terms += post.terms[start:stop]
        levels += post.levels[start:stop]
        lengths.append(stop - start)
    return Met(terms, levels, lengths)


def share(counts: Sequence[Counts], old: int, most: int, within: range) -> Share:
    """Return what posts have of the terms in a range of numbers."""
    terms, levels, lengths = within_range(counts, within)
    posts = list(chain.from_iterable(map(repeat, range(len(counts)), lengths)))
    last = dict(zip(terms, posts, strict=True))
    others = Counter(compress(terms, map(ne, map(last.__getitem__, terms), posts)))
    young = Counter(terms[sum(lengths[:old]) :])
    times = {term: number + 1 for term, number in others.items()}
    among_old = {term: number - young.get(term, 0) for term, number in times.items()}
    common = sorted(term for term, number in among_old.items() if number > most)
    known = ascending(among_old.keys() - common)
    found = _places(known, terms)
    places = [place for place in found if place]
    holders = list(compress(posts, found))
    held_levels = bytes(compress(levels, found))
    rows = sorted(range(len(places)), key=places.__getitem__)
    found = _places(common, terms) if common else []
    alone = ascending(last.keys() - times.keys())
    return Share(
        array("Q", known),
        array("I", map(among_old.__getitem__, known)),
        array("I", map(times.__getitem__, known)),
        array("I", map(holders.__getitem__, rows)),
        bytes(map(held_levels.__getitem__, rows)),
        _held(len(counts), holders, places),
        held_levels,
        array("Q", alone),
        array("I", map(last.__getitem__, alone)),
        array("Q", common),
        array("I", map(among_old.__getitem__, common)),
        _held(len(counts), compress(posts, found), (place for place in found if place)),
    )


def _places(known: Sequence[int], terms: Iterable[int]) -> list[int | None]:
    """Return where terms stand among those known, from 1 on; None for one that does not."""
    places: Mapping[int, int] = {term: place for place, term in enumerate(known, 1)}
    return list(map(places.get, terms))


def _held(number: int, holders: Iterable[int], places: Iterable[int]) -> Holders:
    times = Counter(holders)
    return Holders(array("I", map(times.get, range(number), repeat(0))), array("I", places))
