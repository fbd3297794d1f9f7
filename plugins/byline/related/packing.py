"""Arrays in a stretch of bytes, and out of it again: what is kept of an index from one run to the next.

Not a seal: whether the bytes are those that were written, and of this Byline, is for who keeps them.
"""

from __future__ import annotations

import json
import sys
from array import array
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Part = bytes | bytearray | array[int] | array[float]

_LENGTH = 8


def packed(parts: Mapping[str, Part]) -> list[bytes | memoryview]:
    """Return parts as bytes, to be written one after the other."""
    told = [(name, _kind(part), len(part)) for name, part in parts.items()]
    head = json.dumps([sys.byteorder, told]).encode()
    return [len(head).to_bytes(_LENGTH, "big"), head, *(memoryview(part).cast("B") for part in parts.values())]


def unpacked(file: BinaryIO) -> dict[str, Part]:
    """Return the parts again, read one by one. Raises ValueError where another machine's numbers look otherwise."""
    order, told = json.loads(file.read(int.from_bytes(file.read(_LENGTH), "big")))
    if order != sys.byteorder:
        message = "another machine's numbers"
        raise ValueError(message)
    parts: dict[str, Part] = {}
    for name, kind, length in told:
        if not kind:
            parts[name] = file.read(length)
            continue
        code, size = kind
        numbers: array[int] = array(code)
        if numbers.itemsize != size:
            message = f"numbers of {size} bytes"
            raise ValueError(message)
        numbers.frombytes(file.read(length * size))
        parts[name] = numbers
    return parts


def joined(stretches: Iterable[Sequence[int]]) -> tuple[array[int], array[int]]:
    """Return numbers in one array, and where each stretch of them starts, and the last one ends."""
    numbers, starts = array("I"), array("Q", [0])
    for stretch in stretches:
        numbers.extend(stretch)
        starts.append(len(numbers))
    return numbers, starts


def parted(numbers: array[int], starts: array[int]) -> Iterator[array[int]]:
    """Yield the stretches again."""
    return (numbers[start:stop] for start, stop in pairwise(starts))


def _kind(part: Part) -> tuple[str, int] | None:
    return (part.typecode, part.itemsize) if isinstance(part, array) else None
