"""The console: what commands say to a person, coloured on a terminal, plain in a pipe.

Not used by services: they return values and report progress to a callable.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from typing import TYPE_CHECKING, TextIO

from byline.values.problem import UNUSABLE, Fault, Problem, Refused, in_order
from byline.values.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

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
        found = ((errors, "error"), (len(ordered) - errors, "warning"))
        counts = [counted(number, name) for number, name in found if number]
        print(", ".join(counts) + ".", file=self._errors, flush=True)

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
        return code_of([fault])
    except KeyboardInterrupt:
        line = "\n" if console.interactive else ""  # the terminal has shown ^C
        console.say(f"{line}Interrupted. Run the same command again to go on.")
        return AGAIN
    except BrokenPipeError:
        # Whoever read what was said has heard enough (`| head`); nobody is left to be told of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        # Of other machines every room tells in its own words: what comes here is a file of the project's own.
        _trace_if_asked()
        what = f"{error.filename2 or error.filename or 'A file'} cannot be used: {error.strerror or error}."
        console.problems([Problem("unusable-file", what, UNUSABLE)])
        return FAILED


def code_of(faults: Collection[Fault]) -> int:
    """Return the exit code when these went wrong: to run the command again is enough where each was only refused."""
    if all(isinstance(fault, Refused) for fault in faults):
        return AGAIN if faults else DONE
    return FAILED


def _trace_if_asked() -> None:
    if os.environ.get("BYLINE_TRACEBACK") == "1":
        traceback.print_exc()
