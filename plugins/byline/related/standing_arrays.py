"""Which terms stand in which posts, as `standing` finds it, with NumPy: the same share in a fraction of the time.

Not the shares themselves, nor who makes them on which core: `standing` has that.
"""

from __future__ import annotations

from array import array
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from byline.related.by_post import ByPost
from byline.related.standing import FEWEST, Holders, Share, within_range
from byline.related.stretches import Stretches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from byline.related.terms import Counts


def share(counts: Sequence[Counts], old: int, most: int, within: range) -> Share:
    """Return what posts have of the terms in a range of numbers."""
    met = within_range(counts, within)
    terms, levels = np.frombuffer(met.terms, np.uint64), np.frombuffer(met.levels, np.uint8)
    posts = np.repeat(np.arange(len(counts), dtype=np.uint32), met.lengths)
    order = np.argsort(terms, kind="stable")
    ordered, of_post = terms[order], posts[order]
    every, starts, times = np.unique(ordered, return_index=True, return_counts=True)
    before = np.concatenate(([0], np.cumsum(of_post < old)))
    among_old = before[starts + times] - before[starts]
    several = times >= FEWEST
    common = several & (among_old > most)
    known = several & ~common
    listed, rows = _places(known, times, order), np.repeat(known, times)
    shared = _places(common, times, order)
    return Share(
        array("Q", every[known].tobytes()),
        _numbers(among_old[known]),
        _numbers(times[known]),
        _numbers(of_post[rows]),
        levels[order][rows].tobytes(),
        _held(len(counts), posts, listed),
        levels[listed > 0].tobytes(),
        array("Q", every[~several].tobytes()),
        _numbers(of_post[starts[~several]]),
        array("Q", every[common].tobytes()),
        _numbers(among_old[common]),
        _held(len(counts), posts, shared),
    )


class ByPostSummed(ByPost):
    """The places and levels of posts, with NumPy."""

    def __init__(self, posts: int) -> None:
        """Begin with none, for so many posts."""
        self._number = posts
        self._taken: list[tuple[Any, Any, Any]] = []

    def take(self, share: Share, base: int) -> None:
        """Take in a share, whose first row is at this place."""
        posts = np.repeat(np.arange(self._number, dtype=np.uint32), share.held.numbers)
        places = np.frombuffer(share.held.places, np.uint32) - np.uint32(1) + np.uint32(base)
        self._taken.append((posts, places, np.frombuffer(share.held_levels, np.uint8)))

    def stretches(self) -> tuple[Stretches, Stretches]:
        """Return the places, ascending, and the levels of each post."""
        posts, places, levels = self._all
        order = np.argsort(posts, kind="stable")
        lengths = np.bincount(posts, minlength=self._number)
        starts = array("Q", np.concatenate(([0], np.cumsum(lengths))).astype(np.uint64).tobytes())
        return Stretches.of(places[order].data, starts, "I"), Stretches.of(levels[order].data, starts)

    def squares(self, weights: Sequence[int], firm: Sequence[int], old: int) -> list[int]:
        """Return the square of the length of each post's vector: sums of whole numbers below 2^53, and so exact."""
        posts, places, levels = self._all
        lasting = (posts >= old) | (np.array(firm, bool)[places])
        parts = np.array(weights, np.int64)[places] * levels.astype(np.int64) ** 2 * lasting
        return list(map(int, np.bincount(posts, parts, self._number)))

    @cached_property
    def _all(self) -> tuple[Any, Any, Any]:
        posts, places, levels = map(np.concatenate, zip(*self._taken, strict=True))
        return posts, places, levels


def _places(wanted: Any, times: Any, order: Any) -> Any:  # noqa: ANN401  NumPy's arrays
    """Return for each term of each post where it stands among those wanted, from 1 on; 0 for one that does not."""
    found = np.empty(len(order), np.uint32)
    found[order] = np.repeat(np.where(wanted, np.cumsum(wanted), 0), times)
    return found


def _held(number: int, posts: Any, places: Any) -> Holders:  # noqa: ANN401  NumPy's arrays
    return Holders(_numbers(np.bincount(posts[places > 0], minlength=number)), _numbers(places[places > 0]))


def _numbers(of: Any) -> array[int]:  # noqa: ANN401  an array of NumPy's
    return array("I", of.astype(np.uint32).tobytes())
