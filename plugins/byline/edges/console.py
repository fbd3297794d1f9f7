"""The console: what commands say to a person, coloured on a terminal, plain in a pipe.

Not used by services: they return values and report progress to a callable.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from typing import TYPE_CHECKING, TextIO

from byline.values.problem import Fault, Refused, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from byline.values.problem import Problem

DONE, FAILED, AGAIN = 0, 1, 75
"""Exit codes: done; at least one error; interrupted or refused for now (sysexits' EX_TEMPFAIL)."""

_RED, _YELLOW, _DIM = "31", "33", "2"
_BETWEEN_UPDATES = 0.1
_BAR = 24


class Console:
    """Where a command speaks: results on standard output, problems and progress on standard error."""

    def __init__(self, output: TextIO | None = None, errors: TextIO | None = None) -> None:
        """Speak on the given streams, by default the process's own."""
        self._output = output or sys.stdout
        self._errors = errors or sys.stderr
        self._shown = 0
        self._last = 0.0

    def say(self, text: str) -> None:
        """Print a line of result."""
        self._wipe()
        print(text, file=self._output, flush=True)

    def problems(self, problems: Iterable[Problem]) -> None:
        """Print all problems sorted, errors and warnings marked, and their count last."""
        ordered = in_order(problems)
        if not ordered:
            return
        self._wipe()
        for problem in ordered:
            mark = self._coloured("error", _RED) if problem.structural else self._coloured("warning", _YELLOW)
            place = f"{problem.place}: " if problem.place else ""
            print(f"{place}{mark}: {problem.what} {problem.remedy}", file=self._errors)
        errors = sum(problem.structural for problem in ordered)
        counts = [_counted(errors, "error"), _counted(len(ordered) - errors, "warning")]
        print(", ".join(filter(None, counts)) + ".", file=self._errors, flush=True)

    def progress(self, done: int, total: int, what: str) -> None:
        """Show on a terminal how far a long step is; in a pipe, say nothing."""
        now = time.monotonic()
        if not self._errors.isatty() or (done < total and now - self._last < _BETWEEN_UPDATES):
            return
        self._last = now
        filled = _BAR * done // max(total, 1)
        line = f"{what} {'━' * filled}{' ' * (_BAR - filled)} {done}/{total}"
        print(
            f"\r{self._coloured(line, _DIM)}", end=" " * max(0, self._shown - len(line)), file=self._errors, flush=True
        )
        self._shown = len(line)

    @property
    def interactive(self) -> bool:
        """Whether a person is there who can be asked."""
        return sys.stdin is not None and sys.stdin.isatty() and self._errors.isatty()

    def asked(self, question: str) -> bool:
        """Ask a person; only a clear yes is one."""
        self._wipe()
        print(f"{question} [y/N] ", end="", file=self._errors, flush=True)
        return sys.stdin.readline().strip().lower() in {"y", "yes"}

    def _wipe(self) -> None:
        if self._shown:
            print("\r" + " " * self._shown + "\r", end="", file=self._errors, flush=True)
            self._shown = 0

    def _coloured(self, text: str, colour: str) -> str:
        plain = os.environ.get("NO_COLOR") or not self._errors.isatty()
        return text if plain else f"\x1b[{colour}m{text}\x1b[0m"


def answered(command: Callable[[Console], int], console: Console | None = None) -> int:
    """Run a command and return its exit code; a Fault is told in its own words, an interruption is exit code 75.

    With BYLINE_TRACEBACK=1 the traceback is printed as well.
    """
    console = console or Console()
    try:
        return command(console)
    except Fault as fault:
        _trace_if_asked()
        console.problems(fault.problems)
        return AGAIN if isinstance(fault, Refused) else FAILED
    except KeyboardInterrupt:
        console.say("Interrupted. Run the same command again to go on.")
        return AGAIN


def _trace_if_asked() -> None:
    if os.environ.get("BYLINE_TRACEBACK") == "1":
        traceback.print_exc()


def _counted(number: int, what: str) -> str:
    return "" if not number else f"{number} {what}" if number == 1 else f"{number} {what}s"
