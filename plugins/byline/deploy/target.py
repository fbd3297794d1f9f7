"""A target: what a place where the site is deployed to must be able to do, whatever kind it is.

Not a target itself: those are in `targets/`, one file each, and know nothing of each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from byline.values.problem import Fault, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from byline.deploy.plan import Plan
    from byline.values.manifest import Manifest

    Read = Callable[[str], bytes]
    """Gives the bytes of a file of the plan: an output, or one of the target's own extras."""
    Report = Callable[[int, int, str], None]
    """Is told how much is done, of how much, and what is being done."""


@dataclass(frozen=True, slots=True)
class There:
    """What stands at a target: its manifest (None: no release yet), all its files, whoever put them there.

    `version` says, in the target's own way, what was seen; a deployment refuses to go over anything else.
    """

    manifest: Manifest | None
    paths: frozenset[str]
    version: str = ""


class Target(Protocol):
    """A place where the site is deployed to. Every method may raise Fault, or Refused when trying again may help."""

    compress: bool
    """Whether a compressed copy stands beside each text, for the server to send (see `deploy/compressed`)."""

    def extras(self, site_url: str) -> Mapping[str, bytes]:
        """Return the files that this kind of host wants beside the site's own, by path."""

    def look(self) -> There:
        """Return what stands there now."""

    def deploy(self, plan: Plan, read: Read, report: Report) -> None:
        """Make the plan true. Killed anywhere and done again with a new plan, it ends the same."""

    def releases(self) -> tuple[str, ...]:
        """Return the id of the live release, then of those before it, the newest first.

        What was taken back is none of them, so going back again goes further back.
        """

    def rollback(self, release: str, report: Report) -> None:
        """Make an earlier release live, the assets of the one taken back still at hand.

        The live one itself is made whole, where a deployment over it was cut short.
        """


def moved(where: str) -> Refused:
    """Return the refusal to go over what somebody else has put there."""
    what = f"{where} was changed while this run was at work: somebody else has published there."
    return Refused(Problem("moved-target", what, "Run this again: it looks at what is there now."))


def no_release(release: str) -> Fault:
    """Return that a release cannot be gone back to."""
    what = f"The target has no release {release} to go back to."
    return Fault(Problem("no-release", what, "Go back to another, or publish what content/ says."))
