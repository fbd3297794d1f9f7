"""What is mechanical, mended in content/: each post gets the `Id` under which readers know it.

Not an editor: no other byte of a source changes, and a source that cannot be changed safely is told, and left alone.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from byline.checks.remedies import written_id
from byline.checks.sources import Sources
from byline.edges import files
from byline.edges.from_pelican import feed_id
from byline.site.front_writing import front, with_front
from byline.site.reader import SOURCES
from byline.values.problem import Fault, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from byline.site.whole import Whole


@dataclass(frozen=True, slots=True)
class Mended:
    """What `--fix` did: the sources it wrote, from the project's root on, and those it could not."""

    written: tuple[str, ...]
    problems: tuple[Problem, ...]


def with_id(source: bytes, suffix: str, identity: str) -> bytes | None:
    """Return a source with this `Id`; as it is when it has one, None when it cannot be changed safely."""
    try:
        return source if front(source, suffix).values.get("id") else with_front(source, suffix, {"id": identity})
    except Fault:
        return None


def missing(whole: Whole, saving: Mapping[str, str], fresh: Callable[[], str]) -> dict[str, str]:
    """Return the `Id` that each post without one should have, by source: the feed id that readers know.

    That is the one of `saving` (see `entries.saving`), else the one it has now; what nobody has seen yet (a draft, a
    future post) gets a `fresh` one. A page is in no feed and needs none; as a draft it may yet become a post.
    """
    listing = whole.site.listing
    wanted = {post.path: saving.get(post.path) or written_id(post.id) for post in listing.posts}
    wanted |= {post.path: fresh() for post in listing.unlisted}
    return {path: identity for path, identity in wanted.items() if not listing.readings[path].front.get("id")}


def mend(whole: Whole, wanted: Mapping[str, str]) -> Mended:
    """Write an `Id` into each source that wants one, each file at one stroke."""
    written, problems, sources = [], [], Sources(whole.site)
    for path, identity in sorted(wanted.items()):
        source: Path = whole.site.content / path
        place = sources.place(path)
        before, suffix = files.read_if_there(source), path.rpartition(".")[2].lower()
        possible = before is not None and suffix in SOURCES and feed_id(identity)
        after = with_id(before, suffix, identity) if before is not None and possible else None
        if after is None:
            remedy = f"Write `Id: {identity}` by hand." if feed_id(identity) else f"Its feed id {identity} is no URI."
            problem = Problem("unwritable-front-matter", "It has no `Id`, and none can be added safely.", remedy, place)
            problems.append(dataclasses.replace(problem, severity=Severity.EDITORIAL))
        elif after != before:
            files.write(source.resolve(), after)  # behind a symbolic link, the file it leads to
            written.append(place.path)
    return Mended(tuple(written), tuple(problems))
