"""Why posts are related, kept with their lists for as long as it stays so.

Not how it is found: `reasons` has that.
"""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Any

from byline.related.reasons import Reasons
from byline.related.stretches import Stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from byline.related.packing import Part


class KeptReasons:
    """The reasons of posts, by number: as bytes, which are read when they are asked for."""

    def __init__(self, number: int) -> None:
        """Keep none yet, of so many posts."""
        self._known = Stretches(b"" for _post in range(number))
        # How often posts were renewed, and at which time each one was: reasons that are older are none.
        self._clock, self._renewed = 0, array("I", bytes(number * array("I").itemsize))

    def of(self, number: int) -> dict[int, Reasons]:
        """Return why a post is related to others, as far as that is known, by their numbers."""
        clock, told = json.loads(bytes(self._known[number]) or b"[0, []]")
        return {
            other: Reasons(tuple(words), tuple(tags), days)
            for other, words, tags, days in told
            if self._renewed[other] <= clock
        }

    def keep(self, number: int, known: Mapping[int, Reasons]) -> None:
        """Keep why a post is related to others."""
        self._known[number] = json.dumps([self._clock, [(other, *why) for other, why in known.items()]]).encode()

    def renew(self, number: int, touched: Iterable[int]) -> None:
        """Take note that a post was renewed, and that terms of those `touched` weigh otherwise now."""
        self._clock += 1
        self._renewed[number] = self._clock
        for post in touched:
            self._known[post] = b""

    def append(self) -> None:
        """Take in one more post."""
        self._known.append(b"")
        self._renewed.append(0)

    def some(self, numbers: Iterable[int]) -> dict[int, bytes]:
        """Return what is kept of these posts."""
        return {number: bytes(self._known[number]) for number in numbers}

    def learn(self, known: Mapping[int, bytes]) -> None:
        """Keep what a copy of this process has found."""
        for number, one in known.items():
            self._known[number] = one

    def parts(self) -> dict[str, Part]:
        """Return all that is known, to be kept."""
        return {"why_clocks": array("I", [self._clock, *self._renewed]), **self._known.parts("why")}

    @classmethod
    def revived(cls, parts: Mapping[str, Any]) -> KeptReasons:
        """Return what was kept."""
        self = cls(0)
        self._clock, *renewed = parts["why_clocks"]
        self._renewed = array("I", renewed)
        self._known = Stretches.revived(parts, "why")
        return self
