"""How the older entries of a feed are parted into documents that stay as they are (RFC 5005, 4), by year.

Not their writing, and not a choice by the clock: the same posts are parted the same on any day.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")


def closed(dated: Iterable[tuple[int, T]], most: int) -> dict[str, tuple[T, ...]]:
    """Return the parts that stay, by name, the oldest first; `dated` are posts with their years, the oldest first.

    A year's posts go by as many as a feed shows at `most` into `2025`, `2025-2`, `2025-3`. A part is closed once it is
    full, or a later year has begun: nothing is ever added to it, unless a post is dated back. What stands in no closed
    part is less than `most` posts, and the newest: the feed itself shows them. A feed that shows all has no parts.
    """
    years: defaultdict[int, list[T]] = defaultdict(list)
    for year, post in dated:
        years[year].append(post)
    if most < 1 or sum(map(len, years.values())) <= most:
        return {}
    return {
        f"{year:04}-{start // most + 1}" if start else f"{year:04}": tuple(posts[start : start + most])
        for year, posts in sorted(years.items())
        for start in range(0, len(posts), most)
        if start + most <= len(posts) or year != max(years)
    }
