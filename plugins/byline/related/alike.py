"""The most alike: whom a list is chosen from, by what all have in common with its post.

Not how alike posts are: the index says it.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

TOLD, FEW = 0.95, 50
"""The terms that add most to the square of a text's length are looked up, until this part of it is reached, and not
less than so many: the rest, of which there is much, moves a list hardly ever."""


class MostAlike(NamedTuple):
    """The most alike, and some more: by number their cosines with a text, and their products with it.

    `length` is that of the text. Nobody else is more alike than `beyond`; less than 0: nobody else has anything in
    common with it.
    """

    likeness: dict[int, float]
    products: dict[int, float]
    length: float
    beyond: float


def most_alike(
    products: Mapping[int, float], likeness: Mapping[int, float], length: float, most: int, beside: Collection[int]
) -> MostAlike:
    """Return the `most` most alike, all that are as alike as the last of them, and those `beside` them."""
    ordered = sorted(likeness.values())
    least = min(ordered[-most:], default=0.0)
    less = bisect_left(ordered, least)
    chosen = {post: alike for post, alike in likeness.items() if alike >= least or post in beside}
    beyond = ordered[less - 1] if less else -1.0
    return MostAlike(chosen, {post: products[post] for post in chosen}, length, beyond)


def least_told(parts: Sequence[int], lasting: Sequence[int], own: int) -> int:
    """Return what a term must add to the square of a text's length to be looked up; `lasting` adds up to `own`."""
    if len(parts) <= FEW:
        return 1
    ordered = sorted(zip(parts, lasting, strict=True), reverse=True)
    told = list(accumulate(map(itemgetter(1), ordered)))
    last = max(FEW, bisect_left(told, TOLD * own))
    return max(1, ordered[last][0])
