"""The step of a publish that tells the network, once a release was seen live.

Not the telling: that is `telling`, or whatever a test puts in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from byline.values.problem import Fault, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from byline.values.output import Release
    from byline.values.problem import Problem


@dataclass(frozen=True, slots=True)
class Shared:
    """What sharing did: lines for the summary, the files it wrote below the project's root, and what went wrong.

    `shown` is whether pages may show something of what was written.
    """

    lines: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    shown: bool = True


class Sharing(Protocol):
    """Tells the accounts of a blog."""

    def preview(self, release: Release, now: datetime) -> Sequence[str]:
        """Return what would be sent, in the very words, a line each; nothing is sent."""

    def share(self, release: Release, now: datetime) -> Shared:
        """Send what is due, and write down what came of it."""


@dataclass(frozen=True, slots=True)
class Together:
    """Several steps as one, in their order; one that cannot be taken keeps none of the others."""

    steps: tuple[Sharing, ...]

    def preview(self, release: Release, now: datetime) -> Sequence[str]:
        """Return what each would send."""
        return [line for step in self.steps for line in step.preview(release, now)]

    def share(self, release: Release, now: datetime) -> Shared:
        """Take each; what kept one from being taken is among the problems."""
        done = [_taken(step, release, now) for step in self.steps]
        return Shared(
            tuple(line for one in done for line in one.lines),
            tuple(dict.fromkeys(file for one in done for file in one.changed)),
            tuple(problem for one in done for problem in one.problems),
            any(one.changed and one.shown for one in done),
        )


def _taken(step: Sharing, release: Release, now: datetime) -> Shared:
    try:
        return step.share(release, now)
    except Refused:
        raise
    except Fault as fault:
        return Shared(problems=fault.problems)
