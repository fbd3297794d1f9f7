"""Stretches of numbers or of bytes, by number: many in one piece of memory, or of a file, and those put since.

Not what they say: who keeps them knows.
"""

from __future__ import annotations

from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from byline.related.packing import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from byline.related.packing import Part

    Stretch = bytes | bytearray | array[int] | memoryview[int]


class Stretches:
    """Stretches by number, from 0 on. One that is looked at alone costs no more than itself."""

    def __init__(self, stretches: Iterable[Stretch] = (), code: str = "B") -> None:
        """Hold these, of numbers of one kind, as arrays name it; B: of bytes."""
        self._code = code
        self._put: dict[int, Stretch] = {}
        self._starts: array[int] | memoryview[int]
        self._all, self._starts = _joined(stretches, code)
        self._number = len(self._starts) - 1

    @classmethod
    def of(cls, together: memoryview[int], starts: array[int] | memoryview[int], code: str = "B") -> Stretches:
        """Return stretches that are in one piece, given where each of them starts, and the last one ends."""
        self = cls((), code)
        self._all, self._starts = together, starts
        self._number = len(starts) - 1
        return self

    @classmethod
    def revived(cls, parts: Mapping[str, Any], name: str, code: str = "B") -> Stretches:
        """Return what was kept under a name."""
        return cls.of(memoryview(parts[name]), parts[f"{name}_starts"], code)

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[Stretch]:
        return map(self.__getitem__, range(self._number))

    def __getitem__(self, number: int) -> Stretch:
        if number in self._put:
            return self._put[number]
        if number >= self._number:
            raise IndexError(number)
        return self._all[self._starts[number] : self._starts[number + 1]]

    def __setitem__(self, number: int, stretch: Stretch) -> None:
        self._put[number] = stretch

    def append(self, stretch: Stretch) -> None:
        """Add one."""
        self._put[self._number] = stretch
        self._number += 1

    def parts(self, name: str) -> dict[str, Part]:
        """Return all, to be kept under a name."""
        together, starts = _joined(self, self._code) if self._put else (self._all, self._starts)
        return {name: together, f"{name}_starts": starts}


def _joined(stretches: Iterable[Stretch], code: str) -> tuple[memoryview[int], array[int]]:
    """Return stretches in one piece, and where each of them starts, and the last one ends."""
    lengths: list[int] = []
    together = bytearray()
    for stretch in stretches:
        lengths.append(len(stretch))
        together += memoryview(stretch).cast("B") if lengths[-1] else b""
    return numbers(together, code), array("Q", accumulate(lengths, initial=0))
