"""The rank: which posts stand nearest to one, by their words, their tags, and the time between them.

Not how alike words are, which the index says, and not what a writer wants: what shall not be listed is left out here.
"""

from __future__ import annotations

import math
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

_BEST = 5
"""Likeness counts in proportion to the mean of the post's own best: how alike posts can be differs between posts."""
_EVEN = 0.02
"""Added to that mean, so that next to nothing in common is not taken for much."""
_NEAR, _FADING = 0.4, 180
"""What the same day counts, and after how many days it is e times less."""
_TAGS = 0.1
"""What the same tags count."""
ALIKE, AROUND = 50, 10
"""So many by likeness, and so many before and after in time, are compared: any other cannot be among the first."""
_DIGITS = 6
_ROUNDED = 0.51e-6
"""How far a score can be from what it was before it was rounded."""


class Standing(NamedTuple):
    """What a post is to the rank besides its words: its day as a number, and its tags, folded."""

    day: int
    tags: frozenset[str] = frozenset()


class Ranked(NamedTuple):
    """A post by its number, and its score: 1 or more is as near as any other comes."""

    number: int
    score: float


class Among(NamedTuple):
    """Posts from the oldest on, and where among them a post stands or would stand, by its date."""

    others: Sequence[Standing]
    place: int


class Weighed(NamedTuple):
    """All that were compared, the nearest first; of these the most alike, the most alike first."""

    nearest: list[Ranked]
    best: list[int]


def ranked(
    post: Standing, among: Among, likeness: Mapping[int, float], count: int, left_out: Collection[int] = ()
) -> tuple[Ranked, ...]:
    """Return the nearest `count` of these others, the nearest first; where two are as near, the newer one.

    `likeness` is from 0 to 1, by number; who is not in it has nothing in common. Those `left_out` are listed for
    nothing.
    """
    return tuple(weighed(post, among, likeness, left_out).nearest[:count])


def weighed(post: Standing, among: Among, likeness: Mapping[int, float], left_out: Collection[int] = ()) -> Weighed:
    """Return what the list of a post is the beginning of.

    Of `likeness` no more is looked at than the ALIKE highest that are not left out, and that of those `around`.
    """
    best = _best(likeness, left_out)
    usual = sum(likeness[number] for number in best[:_BEST]) / _BEST + _EVEN

    def score(number: int) -> float:
        other = among.others[number]
        near = _NEAR * math.exp(-abs(post.day - other.day) / _FADING)
        return round(likeness.get(number, 0) / usual + near + _TAGS * _tags_alike(post, other), _DIGITS)

    compared = {*best, *around(among, left_out)}
    nearest = sorted(((score(number), number) for number in compared), reverse=True)
    return Weighed([Ranked(number, value) for value, number in nearest], best)


def slack(found: Weighed, count: int, likeness: Mapping[int, float], next_alike: float) -> float:
    """Return how many times as alike others may become before a list of `count` can be another one.

    Others are all but those listed and the few most alike, `decisive`, which stay what they are. `next_alike` is the
    highest likeness of one that is not among the most alike, 0 for none.
    """
    nearest, alike = found.nearest, [likeness[number] for number in found.best]
    bounds = [(alike[_BEST - 1], alike[_BEST])] if len(alike) > _BEST else []
    if len(alike) >= ALIKE:
        bounds.append((alike[-1], next_alike))
    if len(nearest) > count > 0:
        bounds.append((nearest[count - 1].score - _ROUNDED, nearest[count].score + _ROUNDED))
    return min((last / following for last, following in bounds if following > 0), default=math.inf)


def decisive(found: Weighed, count: int) -> list[int]:
    """Return the numbers of those listed, and of the few most alike, by which the likeness of all is measured."""
    return sorted({*found.best[:_BEST], *(one.number for one in found.nearest[:count])})


def _best(likeness: Mapping[int, float], left_out: Collection[int]) -> list[int]:
    """Return the numbers of those most alike, of equals the newest, as far as they have something in common."""
    # Of thousands only the values are compared, not pairs of value and number: most are out of the question.
    least = min(sorted(likeness.values())[-ALIKE - len(left_out) :], default=0)
    likely = (number for number, value in likeness.items() if value >= least and number not in left_out)
    return sorted(likely, key=lambda number: (likeness[number], number), reverse=True)[:ALIKE]


def around(among: Among, left_out: Collection[int]) -> Iterator[int]:
    """Yield the numbers of those next to the post in time."""
    for numbers in (range(among.place - 1, -1, -1), range(among.place, len(among.others))):
        yield from islice((number for number in numbers if number not in left_out), AROUND)


def _tags_alike(one: Standing, other: Standing) -> float:
    """Return the cosine of two sets of tags."""
    if one.tags.isdisjoint(other.tags):
        return 0.0
    return len(one.tags & other.tags) / math.sqrt(len(one.tags) * len(other.tags))
