"""Garbage: when Python looks for objects that nothing holds but they each other, which means to look through all.

Not memory in general: what is held by nobody at all is let go at once, whatever is said here.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def unsought() -> Iterator[None]:
    """Look for none while the block runs, which makes many objects and drops few; with its end they count as old."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            # Frozen and let go again, they are among the old ones, and nobody has looked through them.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def seldom() -> None:
    """Look for some less often from now on, and nearly never through what has been there for long."""
    gc.set_threshold(20_000, 10, 1000)


def left() -> None:
    """Leave all that is there, garbage or not, to the end of the process, which then looks through none of it."""
    gc.freeze()
