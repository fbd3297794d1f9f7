"""Workers: copies of this process that work out a pure function of many things, on all cores.

Not a pool that is kept: workers are forked when there is much to do, and are gone with its end.
"""

from __future__ import annotations

import gc
import os
import selectors
import signal
import struct
import sys
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_Thing = TypeVar("_Thing")

_FEW = 48
"""So few things are worked out sooner than workers are there."""
_HEAD = struct.Struct(">II")
"""The number of a thing, and the length of what was made of it."""
_PIECE = 1 << 20


def spread(work: Callable[[_Thing], bytes], things: Sequence[_Thing], most: int = 0) -> Iterator[tuple[_Thing, bytes]]:
    """Yield each thing and what a pure function makes of it, in any order; `most` workers, 0: one a core.

    Forked processes see all that this one holds, so nothing but results is passed on. Where that cannot be (no fork,
    or other threads are at work, whose locks a fork would copy), and where a worker ends early, it is done here. What
    `work` raises, it raises here.
    """
    count = min(most or os.cpu_count() or 1, len(things) // (_FEW // 2))
    able = sys.platform == "linux" and threading.active_count() == 1
    left = dict(enumerate(things))
    if able and len(things) >= _FEW and count > 1:
        for number, made in _forked(work, things, count):
            yield left.pop(number), made
    for thing in left.values():
        yield thing, work(thing)


def _forked(work: Callable[[_Thing], bytes], things: Sequence[_Thing], count: int) -> Iterator[tuple[int, bytes]]:
    """Yield what the workers made, with the number of the thing; none that is left with a worker that failed."""
    readers: list[int] = []
    children: list[int] = []
    try:
        for first in range(count):
            reader, writer = os.pipe()
            child = os.fork()
            if child == 0:
                _work(work, things, range(first, len(things), count), writer, (*readers, reader))
            os.close(writer)
            readers.append(reader)
            children.append(child)
        yield from _heard(readers)
    finally:
        for reader in readers:
            os.close(reader)
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _work(
    work: Callable[[_Thing], bytes], things: Sequence[_Thing], numbers: range, writer: int, others: Sequence[int]
) -> None:
    """Be a worker: write down what is made of these things, and end this process, whatever happens.

    The ends of pipes that are the first process's are closed: where that one is gone, writing fails, and so ends this.
    """
    try:
        # What was there before is no garbage: looking through it for some would make a copy of all that memory.
        gc.freeze()
        # An interruption is answered by the process that started this one.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for other in others:
            os.close(other)
        with os.fdopen(writer, "wb") as pipe:
            for number in numbers:
                body = work(things[number])
                pipe.write(_HEAD.pack(number, len(body)) + body)
    finally:
        os._exit(0)  # nothing of the first process's is ended, flushed or told twice


def _heard(readers: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """Yield the whole messages that come through these pipes, until all are closed."""
    parts = {reader: bytearray() for reader in readers}
    with selectors.DefaultSelector() as selector:
        for reader in readers:
            selector.register(reader, selectors.EVENT_READ)
        while selector.get_map():
            for key, _events in selector.select():
                part = parts[key.fd]
                if not (piece := os.read(key.fd, _PIECE)):
                    selector.unregister(key.fd)
                    continue
                part += piece
                while len(part) >= _HEAD.size:
                    number, length = _HEAD.unpack_from(part)
                    end = _HEAD.size + length
                    if len(part) < end:
                        break
                    yield number, bytes(part[_HEAD.size : end])
                    del part[:end]
