"""What stands in the way at a target: a file that Byline did not put there where a folder must be, or the reverse.

Not what may be written over: a file at the very place of one of ours is the plan's to change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.values.manifest import PATH
from byline.values.problem import Fault, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from byline.deploy.plan import Plan


def clear(made: Plan, where: str) -> None:
    """Raise Fault when a file of the plan cannot stand where it must without something foreign being lost."""
    coming = {PATH, *(arrival.path for arrival in made.arriving)}
    staying = made.there.paths - set(made.leaving)
    found = sorted([*(coming & folders(staying)), *(staying & folders(coming))])
    if found:
        what = f"At {where} stands {found[0]}, which Byline did not make, where a file or folder of the site must be."
        raise Fault(Problem("in-the-way", what, "Move that away there, or choose another address for the page."))


def folders(paths: Iterable[str]) -> frozenset[str]:
    """Return all folders that these paths are in."""
    return frozenset(above for path in paths for above in _above(path))


def _above(path: str) -> Iterator[str]:
    folder = path.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
