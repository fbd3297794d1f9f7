"""Workers: this process and copies of it, which work out a pure function of many things, on all cores.

Not a pool that is kept: copies are forked when there is much to do, and are gone with its end.
"""

from __future__ import annotations

import gc
import os
import selectors
import signal
import struct
import sys
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Self

_Thing = TypeVar("_Thing")

_FEW = 48
"""So few things are worked out sooner than workers are there."""
_HEAD = struct.Struct(">II")
"""The number of a thing, and the length of what was made of it."""
_NUMBER = struct.Struct(">I")
_OWN = 3
"""What a process opens by itself is numbered from here on."""
_PIECES = 1_000
"""In so many pieces, at most, the work is parted: all their numbers go into one pipe of 4,096 bytes at least."""
_READ = 1 << 20
_ROOM = 1 << 20
"""What a worker can make before somebody listens, in bytes: as much as Linux gives a pipe unasked for privileges."""


def spread(work: Callable[[_Thing], bytes], things: Sequence[_Thing], most: int = 0) -> Iterator[tuple[_Thing, bytes]]:
    """Yield each thing and what a pure function makes of it, in any order; by `most` processes, 0: one a core.

    Forked processes see all that this one holds, so nothing but results is passed on. Each takes the next things that
    nobody has taken; this one as well, as each copy in time has memory of its own for what it has looked at. Where that
    cannot be (no fork, or other threads are at work, whose locks a fork would copy), and where a worker ends early, it
    is done here. What `work` raises, it raises here.
    """
    count = min(most or os.cpu_count() or 1, len(things) // (_FEW // 2))
    left = dict(enumerate(things))
    if _able() and len(things) >= _FEW and count > 1:
        for number, made in _forked(work, things, count - 1):
            yield left.pop(number), made
    for thing in left.values():
        yield thing, work(thing)


def beside(work: Callable[[], None]) -> Callable[[], None]:
    """Do something in a copy of this process, which goes on meanwhile; return what waits for its end.

    Only what it leaves in files stays, and what it raises is lost. Where no copy can be made, it is done here, at once.
    """
    if not _able():
        work()
        return lambda: None
    child = _copy(partial(_letting_go, work))

    def wait() -> None:
        os.waitpid(child, 0)

    return wait


def _letting_go(work: Callable[[], None]) -> None:
    """Do something with nothing open that the first process has: where that is killed, nobody holds its lock."""
    os.closerange(_OWN, os.sysconf("SC_OPEN_MAX"))
    work()


def apart(work: Callable[[], None], meanwhile: Callable[[], None] = lambda: None) -> None:
    """Do something in a copy of this process, whose memory goes with its end: only what it leaves in files stays.

    This process does something else in the meantime. Where no copy can be made, or it ends early, or what it does
    raises something, nothing may be done.
    """
    if _able():
        child = _copy(work)
        try:
            meanwhile()
            os.waitpid(child, 0)
        except BaseException:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise


def _able() -> bool:
    """Tell whether this process can be forked."""
    return sys.platform == "linux" and threading.active_count() == 1


def _forked(work: Callable[[_Thing], bytes], things: Sequence[_Thing], count: int) -> Iterator[tuple[int, bytes]]:
    """Yield what this process and `count` others made, with the number of the thing.

    None of those things that a worker took which ended early.
    """
    size = 1 + len(things) // _PIECES
    untaken = _filled(range(0, len(things), size))
    pipes: list[int] = []
    children: list[int] = []
    try:
        for _ in range(count):
            reader, writer = _pipe()
            numbers = _taken(untaken, size, len(things))
            children.append(_copy(partial(_work, work, things, numbers, writer, (*pipes, reader))))
            os.close(writer)
            pipes.append(reader)
        with _Results(pipes) as results:
            for number in _taken(untaken, size, len(things)):
                yield number, work(things[number])
                yield from results.there()
            while results.coming:
                yield from results.there(None)
    finally:
        for pipe in (untaken, *pipes):
            os.close(pipe)
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _pipe() -> tuple[int, int]:
    """Return both ends of a pipe with much room, so that a worker needs not wait for this process to listen."""
    from fcntl import F_SETPIPE_SZ, fcntl  # Linux has it

    reader, writer = os.pipe()
    with suppress(OSError):  # who has many pipes gets no more room, and waits more often
        fcntl(writer, F_SETPIPE_SZ, _ROOM)
    return reader, writer


def _filled(starts: range) -> int:
    """Return the end to read from of a pipe that holds the numbers with which pieces of work start."""
    reader, writer = os.pipe()
    os.write(writer, b"".join(map(_NUMBER.pack, starts)))
    os.close(writer)
    return reader


def _taken(untaken: int, size: int, end: int) -> Iterator[int]:
    """Yield the numbers of one piece after the other that nobody had taken, until there is none."""
    while piece := os.read(untaken, _NUMBER.size):
        (start,) = _NUMBER.unpack(piece)
        yield from range(start, min(start + size, end))


def _copy(work: Callable[[], None]) -> int:
    """Fork a copy of this process, which does this and ends, whatever happens; return its number."""
    if child := os.fork():
        return child
    try:
        # What was there before is no garbage: looking through it for some would make a copy of all that memory.
        gc.freeze()
        # An interruption is answered by the process that started this one.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        work()
    finally:
        os._exit(0)  # nothing of the first process's is ended, flushed or told twice


def _work(
    work: Callable[[_Thing], bytes],
    things: Sequence[_Thing],
    numbers: Iterator[int],
    writer: int,
    others: Sequence[int],
) -> None:
    """Be a worker: write down what is made of these things.

    The ends of pipes that are the first process's are closed: where that one is gone, writing fails, and so ends this.
    """
    for other in others:
        os.close(other)
    with os.fdopen(writer, "wb") as pipe:
        for number in numbers:
            body = work(things[number])
            pipe.write(_HEAD.pack(number, len(body)) + body)


class _Results:
    """What comes through the pipes of workers."""

    def __init__(self, pipes: Sequence[int]) -> None:
        self._parts = {pipe: bytearray() for pipe in pipes}
        self._selector = selectors.DefaultSelector()
        for pipe in pipes:
            self._selector.register(pipe, selectors.EVENT_READ)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._selector.close()

    @property
    def coming(self) -> bool:
        """Tell whether a pipe is still open."""
        return bool(self._selector.get_map())

    def there(self, wait: float | None = 0) -> Iterator[tuple[int, bytes]]:
        """Yield the whole messages that are there; wait so many seconds for some, with None until there are."""
        for key, _events in self._selector.select(wait):
            part = self._parts[key.fd]
            if not (piece := os.read(key.fd, _READ)):
                self._selector.unregister(key.fd)
                continue
            part += piece
            while len(part) >= _HEAD.size:
                number, length = _HEAD.unpack_from(part)
                end = _HEAD.size + length
                if len(part) < end:
                    break
                yield number, bytes(part[_HEAD.size : end])
                del part[:end]
