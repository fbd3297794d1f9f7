"""A list as it is kept, in bytes: so ten thousand take as much memory as they are long, and one is read alone.

Not a judgement whether it is still right: the lists have it.
"""

from __future__ import annotations

import struct
import sys
from array import array
from typing import TYPE_CHECKING, NamedTuple

from byline.related.rank import Ranked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from byline.related.stretches import Stretch

_HEAD = struct.Struct("=IIddddd4I4x")
"""The numbers of a list, and how many stand in each of the sequences that follow: first whole numbers, then others."""
_NUMBER = array("I").itemsize
_LENGTH, _BEYOND = 3, 4
_OUT, _LISTED, _DECISIVE, _OTHERS = range(7, 11)


class Kept(NamedTuple):
    """A list as it was chosen: for how many and without whom, when, and how far reach and rise were then.

    `others` are those it was chosen from, ascending, `products` what its post has in common with each. `beyond`: nobody
    else is more alike; less than 0: nobody else has anything in common.
    """

    wanted: int
    clock: int
    slack: float
    length: float
    beyond: float
    reach: float
    rise: float
    left_out: list[int]
    listed: tuple[Ranked, ...]
    decisive: list[int]
    others: Sequence[int]
    products: Sequence[float]

    def packed(self) -> bytes:
        """Return the list as bytes."""
        listed = [one.number for one in self.listed]
        whole = (self.left_out, listed, self.decisive, self.others)
        head = _HEAD.pack(*self[:_OUT], *map(len, whole))
        numbers = array("I", [number for each in whole for number in each])
        return head + numbers.tobytes() + array("d", [*(one.score for one in self.listed), *self.products]).tobytes()

    @classmethod
    def unpacked(cls, body: Stretch) -> Kept:
        """Return the list again."""
        *head, out, listed, decisive, others = _HEAD.unpack_from(body)
        end = _HEAD.size + (out + listed + decisive + others) * _NUMBER
        numbers, scores = array("I", bytes(body[_HEAD.size : end])).tolist(), array("d", bytes(body[end:])).tolist()
        first, second, third = out, out + listed, out + listed + decisive
        ranks = tuple(map(Ranked, numbers[first:second], scores))
        return cls._make((*head, numbers[:first], ranks, numbers[second:third], numbers[third:], scores[listed:]))


def left_out(body: Stretch) -> int:
    """Return how many are left out of a list."""
    found: int = _HEAD.unpack_from(body)[_OUT]
    return found


def nearness(body: Stretch) -> float:
    """Return how much a list's post has in common with the nearest that is not known, through the other's length."""
    head = _HEAD.unpack_from(body)
    return float(head[_LENGTH] * head[_BEYOND])


def chosen_from(body: Stretch, number: int) -> bool:
    """Tell whether a list was chosen from this post, among others."""
    head = _HEAD.unpack_from(body)
    start = _HEAD.size + (head[_OUT] + head[_LISTED] + head[_DECISIVE]) * _NUMBER
    others = bytes(body[start : start + head[_OTHERS] * _NUMBER])
    sought = number.to_bytes(_NUMBER, sys.byteorder)
    place = others.find(sought)
    while place > 0 and place % _NUMBER:
        place = others.find(sought, place + 1)
    return place >= 0
