"""The step of a publish that tells the network, once a release was seen live.

Not the telling: that is `telling`, or whatever a test puts in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from byline.values.output import Release
    from byline.values.problem import Problem


@dataclass(frozen=True, slots=True)
class Shared:
    """What sharing did: lines for the summary, the files it wrote below the project's root, and what went wrong."""

    lines: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Sharing(Protocol):
    """Tells the accounts of a blog."""

    def preview(self, release: Release, now: datetime) -> Sequence[str]:
        """Return what would be sent, in the very words, a line each; nothing is sent."""

    def share(self, release: Release, now: datetime) -> Shared:
        """Send what is due, and write down what came of it."""
