"""How well lists of related posts find the links that were taken out of the posts: nDCG, and how the lists spread.

Not a ranking: what is listed is given. Posts are numbers, in whatever order their writer keeps them.

Gains are binary and the discount is the logarithm to base 2 of the rank plus one: Järvelin and Kekäläinen,
"Cumulated gain-based evaluation of IR techniques" (2002).
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


class Coverage(NamedTuple):
    """How lists spread over the posts: the share of posts that some list has; the share of lists that has the same."""

    listed: float
    most: float


def ndcg(listed: Sequence[int], relevant: Collection[int], depth: int = 5) -> float:
    """Return from 0 to 1 how near the first `depth` of a list are to the best list there could be.

    The best begins with min(depth, len(relevant)) relevant posts. Raises ValueError where a post is listed twice, as
    it would count twice, and where no post is relevant, as nothing can be found then.
    """
    if len(set(listed)) != len(listed):
        raise ValueError(f"A post is listed twice: {listed}. List each once.")
    if not relevant:
        raise ValueError("No post is relevant. Ask only for posts that have one.")
    found = math.fsum(_gain(rank) for rank, post in enumerate(listed[:depth]) if post in relevant)
    return found / math.fsum(map(_gain, range(min(depth, len(set(relevant))))))


def _gain(rank: int) -> float:
    """Return what a relevant post is worth at a rank, the first being 0."""
    return 1 / math.log2(rank + 2)


def questions(links: Sequence[Collection[int]], most: int = 15) -> dict[int, frozenset[int]]:
    """Return, for each post that asks, what is relevant to it: the posts it links, and those that link it.

    `links` has for each post the numbers of those it links. A post without a link in either direction asks nothing,
    nor does one that links more than `most` others: that is a round-up, about all of them and none. Such a post is
    still an answer to the posts that it links. A post's link to itself does not count.
    """
    relevant: list[set[int]] = [set() for _post in links]
    for post, linked in enumerate(links):
        for other in set(linked) - {post}:
            relevant[post].add(other)
            relevant[other].add(post)
    few = (len(set(linked) - {post}) <= most for post, linked in enumerate(links))
    return {
        post: frozenset(found) for post, (found, asks) in enumerate(zip(relevant, few, strict=True)) if found and asks
    }


def mean_ndcg(lists: Mapping[int, Sequence[int]], questions: Mapping[int, Collection[int]], depth: int = 5) -> float:
    """Return the mean nDCG over the posts that ask; one without a list found nothing, lists of others do not count.

    Raises statistics.StatisticsError, a ValueError, where no post asks.
    """
    return fmean(ndcg(lists.get(post, ()), relevant, depth) for post, relevant in questions.items())


def coverage(lists: Mapping[int, Sequence[int]]) -> Coverage:
    """Return how these lists spread, given one for every post of the blog (empty where nothing is related)."""
    counted = Counter(other for listed in lists.values() for other in set(listed))
    return Coverage(len(counted) / len(lists), max(counted.values(), default=0) / len(lists))


def without_neighbours(questions: Mapping[int, Collection[int]], order: Sequence[int]) -> dict[int, frozenset[int]]:
    """Return the questions without the post directly before and the one directly after in `order`, by date.

    What a writer links is often the post before, which nearness in time alone finds; what is left is the rest. A
    question that had no other answer is no longer asked. The lists need the same: `lists_without_neighbours`.
    """
    beside = _neighbours(order)
    left = {post: frozenset(relevant) - beside[post] for post, relevant in questions.items()}
    return {post: relevant for post, relevant in left.items() if relevant}


def lists_without_neighbours(lists: Mapping[int, Sequence[int]], order: Sequence[int]) -> dict[int, list[int]]:
    """Return the lists without the same two posts, so that those that follow move up.

    A list must be given two longer than the depth at which it is measured, or it loses places that it could fill.
    """
    beside = _neighbours(order)
    return {post: [other for other in listed if other not in beside[post]] for post, listed in lists.items()}


def _neighbours(order: Sequence[int]) -> dict[int, set[int]]:
    beside: dict[int, set[int]] = {post: set() for post in order}
    for before, after in pairwise(order):
        beside[before].add(after)
        beside[after].add(before)
    return beside
