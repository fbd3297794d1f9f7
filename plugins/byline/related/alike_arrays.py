"""The most alike of the posts of an index, as `alike` and the index find them, with NumPy: in a fraction of the time.

Not another outcome: sums are of whole numbers, and exact in any order.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from byline.related.alike import FEW, TOLD, MostAlike

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from byline.related.index import Held
    from byline.related.rows import Written


class Sums:
    """What texts have in common with the posts of an index, as long as none of these is renewed."""

    def __init__(self, rows: Written, inverses: Sequence[float]) -> None:
        """Look at these rows where they are; `inverses` are one through the length of each post."""
        self._starts = np.frombuffer(rows.starts, np.uint64).astype(np.int64)
        self._posts, self._levels = np.frombuffer(rows.posts, np.uint32), np.frombuffer(rows.levels, np.uint8)
        self._weights = np.frombuffer(rows.weights, np.uint64).astype(np.int64)
        self._firm = np.array(rows.firm, np.uint8)  # they may grow while this is held
        self._inverses = np.array(inverses, float)

    def most_alike(self, held: Held, most: int, beside: Collection[int]) -> MostAlike:
        """Return what `most_alike` does, of one who holds this."""
        places, levels = np.array(held.places, np.int64), np.frombuffer(held.levels, np.uint8).astype(np.int64)
        weights = self._weights[places]
        parts = levels * levels * weights
        lasting = parts * self._firm[places] if held.old else parts
        own = int(lasting.sum())
        if not own:
            return MostAlike({}, {}, 1.0, -1.0)
        looked_up = parts >= _least(parts, lasting, own)
        sums = self._sums(places[looked_up], (levels * weights)[looked_up].astype(float))
        length = math.sqrt(own)
        met = np.flatnonzero(sums)
        alike = sums[met] * self._inverses[met] / length
        least = np.partition(alike, -most)[-most] if len(alike) > most else alike.min(initial=0.0)
        rest = alike[alike < least]
        near = np.zeros(len(sums), bool)
        near[list(beside)] = True
        chosen = (alike >= least) | near[met]
        posts = met[chosen].tolist()
        return MostAlike(
            dict(zip(posts, alike[chosen].tolist(), strict=True)),
            dict(zip(posts, sums[met[chosen]].tolist(), strict=True)),
            length,
            float(rest.max()) if len(rest) else -1.0,
        )

    def _sums(self, places: Any, factors: Any) -> Any:  # noqa: ANN401  NumPy's arrays
        """Return the product of each post with a text that has these rows."""
        starts = self._starts[places]
        lengths = self._starts[places + 1] - starts
        before = np.cumsum(lengths) - lengths
        where = np.arange(lengths.sum()) + np.repeat(starts - before, lengths)
        products = np.repeat(factors, lengths) * self._levels[where]
        return np.bincount(self._posts[where], products, len(self._inverses))


def _least(parts: Any, lasting: Any, own: int) -> int:  # noqa: ANN401  NumPy's arrays
    """Return what a term must add to the square of a text's length to be looked up."""
    if len(parts) <= FEW:
        return 1
    order = np.argsort(-parts, kind="stable")
    last = max(FEW, int(np.searchsorted(np.cumsum(lasting[order]), TOLD * own)))
    return max(1, int(parts[order[last]]))
