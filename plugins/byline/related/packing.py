"""Arrays in a stretch of bytes, and out of it again: what is kept of an index from one run to the next.

Not a seal: whether the bytes are those that were written, and of this Byline, is for who keeps them.
"""

from __future__ import annotations

import json
import sys
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Part = bytes | bytearray | array[int] | array[float] | memoryview[int] | memoryview[float]

_LENGTH = 8


def packed(parts: Mapping[str, Part]) -> list[bytes | memoryview]:
    """Return parts as bytes, to be written one after the other."""
    views = {name: memoryview(part) for name, part in parts.items()}
    told = [(name, view.format, view.itemsize, view.nbytes) for name, view in views.items()]
    head = json.dumps([sys.byteorder, told]).encode()
    # Without any number there is nothing to cast.
    written = (view.cast("B") for view in views.values() if view.nbytes)
    return [len(head).to_bytes(_LENGTH, "big"), head, *written]


def unpacked(body: bytes | memoryview) -> dict[str, memoryview[int]]:
    """Return the parts again, as views of these bytes: nothing of them is read before it is looked at.

    Raises ValueError where another machine's numbers look otherwise.
    """
    view = memoryview(body)
    start = _LENGTH + int.from_bytes(view[:_LENGTH], "big")
    order, told = json.loads(bytes(view[_LENGTH:start]))
    if order != sys.byteorder:
        message = "another machine's numbers"
        raise ValueError(message)
    parts: dict[str, memoryview[int]] = {}
    for name, code, size, length in told:
        part = numbers(view[start : start + length], code)
        if part.itemsize != size:
            message = f"numbers of {size} bytes"
            raise ValueError(message)
        parts[name] = part
        start += length
    return parts


def numbers(body: bytes | bytearray | memoryview, code: str) -> memoryview[int]:
    """Return bytes as numbers of a kind, as arrays name it."""
    if not len(body):
        return memoryview(array(code))  # what is empty cannot be cast
    return memoryview(body).cast(code)  # type: ignore[no-any-return, call-overload]  # one of the kinds that arrays have
