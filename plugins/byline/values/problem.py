"""What is wrong, where, and how to mend it: the one shape in which every fault reaches a person.

Not a logger and not a printer: rooms return or raise Problems, commands print them.

    Exception
    └── Fault                 something could not be done; carries its Problems (exit code 1)
        └── Refused           not now: another run holds the lock, or was interrupted (exit code 75)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


UNUSABLE = "Make room on the disk, or give yourself the right to it."
"""The remedy for a file of the project's own that the system refuses to read or write."""


class Severity(StrEnum):
    """How grave a Problem is: structural ones fail every command, editorial ones only a check or a publish."""

    STRUCTURAL = "structural"
    EDITORIAL = "editorial"


@dataclass(frozen=True, slots=True)
class Place:
    """A file, as a POSIX path from the project's root, and a line counted from 1 where one is known."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        """Return `path:line`, or the path alone."""
        return self.path if self.line is None else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: a code listed in docs/problems.md, the place, one sentence for what and one for the remedy."""

    code: str
    what: str
    remedy: str
    place: Place | None = None
    severity: Severity = Severity.STRUCTURAL

    def __str__(self) -> str:
        """Return `path:line: what is wrong. How to mend it.`."""
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.what} {self.remedy}"

    @property
    def structural(self) -> bool:
        """Whether it fails a build."""
        return self.severity is Severity.STRUCTURAL


def editorial(code: str, what: str, remedy: str, place: Place | None = None) -> Problem:
    """Return a Problem that only a check or a publish minds."""
    return Problem(code, what, remedy, place, Severity.EDITORIAL)


class Fault(Exception):  # noqa: N818  it tells of the writer's files, not of the program
    """Something could not be done; `problems` says what."""

    def __init__(self, *problems: Problem) -> None:
        """Carry at least one Problem."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Refused(Fault):
    """It cannot be done now; the same command may succeed later."""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by place, each once: the same faults give the same report."""

    def position(problem: Problem) -> tuple[str, int, str, str]:
        place = problem.place or Place("")
        return (place.path, place.line or 0, problem.code, problem.what)

    return tuple(sorted(dict.fromkeys(problems), key=position))


def structural(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return only those that fail a build, in order."""
    return in_order(problem for problem in problems if problem.structural)
