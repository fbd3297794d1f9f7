"""Which terms stand in how many posts, found with little memory: the terms are gone through part by part.

Not an index: what a term weighs is not known here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import chain, compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from byline.related.terms import Counts
    from byline.related.unlisted import Unlisted

_PARTS = 32
"""Terms are parted by their highest bits: only one part's stand in a dict at a time."""


def standing(
    counts: Sequence[Counts], fewest: int, most: int, unlisted: Unlisted | None = None
) -> Iterator[tuple[int, list[int], list[int]]]:
    """Yield the terms that stand in so many posts, ascending: each with its posts by number, and its level in each.

    `unlisted` is given the others.
    """
    starts = [0] * len(counts)
    for part in range(1, _PARTS + 1):
        end = part << (64 - _PARTS.bit_length() + 1)
        ends = [bisect_left(post.terms, end, start) for post, start in zip(counts, starts, strict=True)]
        slices = [slice(start, stop) for start, stop in zip(starts, ends, strict=True)]
        stretches = [post.terms[part_of] for post, part_of in zip(counts, slices, strict=True)]
        number = Counter(chain.from_iterable(stretches))
        known = sorted(term for term, times in number.items() if fewest <= times <= most)
        rows: dict[int, tuple[list[int], list[int]]] = {term: ([], []) for term in known}
        for position, (post, terms, part_of) in enumerate(zip(counts, stretches, slices, strict=True)):
            found = list(map(rows.get, terms))
            for (posts, levels), level in zip(filter(None, found), compress(post.levels[part_of], found), strict=True):
                posts.append(position)
                levels.append(level)
        if unlisted is not None:
            unlisted.take(number, stretches, most)
        yield from ((term, posts, levels) for term, (posts, levels) in rows.items())
        starts = ends
