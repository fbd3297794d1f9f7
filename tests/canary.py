"""What is raised while a test runs, caught or not: where a token must never stand.

Not a look at what is logged or printed: pytest's own fixtures give that.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


@contextmanager
def all_raised() -> Iterator[list[str]]:
    """Give what is written of every exception that is raised until the end of the block."""
    raised: list[str] = []

    def trace(frame: FrameType, event: str, told: Any) -> Any:  # noqa: ANN401  as sys.settrace has it
        frame.f_trace_lines = False
        if event == "exception":
            raised.append(f"{told[1]!r} {told[1]}")
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield raised
    finally:
        sys.settrace(before)
