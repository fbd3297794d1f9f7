"""Pools of posts, kept from one listing of a site to the next: what did not change is not indexed and listed again.

Not a file: the bytes come from somebody who knows that they are what was written, and by this Byline.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from byline.related.packing import packed
from byline.related.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from byline.related.packing import Part
    from byline.related.terms import Counts
    from byline.values.post import Post


class KeptPools:
    """The pools of a site, by name."""

    def __init__(
        self,
        read: Callable[[], Mapping[str, Part]] = dict,
        write: Callable[[Collection[bytes | memoryview]], Mapping[str, Part]] | None = None,
    ) -> None:
        """Begin with what is read when a pool is asked for: the parts that were once `written`, or none.

        `write` keeps what is `written`, and answers its parts, at rest there.
        """
        self._read = read
        self._write = write
        self._pools: dict[str, Pool] = {}
        self._before: dict[str, dict[str, Part]] | None = None

    def turn(self) -> None:
        """Begin anew: posts may be others now."""
        self._pools, self._before = {}, None

    def pool(self, name: str, posts: Iterable[Post], counts: Callable[[Post], Counts], *, arrays: bool = False) -> Pool:
        """Return the pool of posts; `counts` answers what a post says. With `arrays`, NumPy makes its index."""
        pool = self._pools[name] = Pool(posts, counts, self._kept().pop(name, None), arrays=arrays)
        return pool

    @property
    def are_anew(self) -> bool:
        """Whether one was made anew, as nothing that was kept would do."""
        return any(pool.is_anew for pool in self._pools.values())

    def lacks(self, name: str) -> bool:
        """Tell whether a pool would have to be kept, and is not."""
        return self._write is not None and name not in self._pools and name not in self._kept()

    def rest(self) -> None:
        """Keep what was learnt, and let go of all that is kept: it is looked up there from now on."""
        written = self.written() if self._write else None
        if self._write and written is not None:
            for name, parts in _parted(self._write(written)).items():
                self._pools[name].revive(parts)

    def written(self) -> list[bytes | memoryview] | None:
        """Return the pools as bytes, one after the other; None where nothing has to be written.

        A pool that nobody asked for is let go, unless nobody asked for any.
        """
        if not any(pool.is_new for pool in self._pools.values()):
            return None
        return packed({f"{name}/{part}": of for name, pool in self._pools.items() for part, of in pool.parts().items()})

    def _kept(self) -> dict[str, dict[str, Part]]:
        """Return what was kept of the pools that nobody asked for yet."""
        if self._before is None:
            self._before = _parted(self._read())
        return self._before


def _parted(parts: Mapping[str, Part]) -> dict[str, dict[str, Part]]:
    found: dict[str, dict[str, Part]] = defaultdict(dict)
    for name, part in parts.items():
        pool, _, own = name.rpartition("/")
        found[pool][own] = part
    return found
