"""`build`: content becomes output/, or nothing changes and every fault is told.

Not a preview and not a publish: no server, no network.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from byline.edges import files
from byline.edges.console import DONE, FAILED, Console, answered
from byline.site import as_built, stage
from byline.site.as_built import AsBuilt
from byline.site.stage import Changes
from byline.values.output import release_id
from byline.values.problem import structural
from byline.values.text import counted

if TYPE_CHECKING:
    from pathlib import Path

    from byline.site.as_built import Origins


def run(root: Path, *, keep_going: bool, settings: str = "pelicanconf.py") -> int:
    """Build the site of a folder; with `keep_going`, write what can be written in spite of faults. Returns 0 or 1."""

    def build(console: Console) -> int:
        with files.lock(root / ".byline" / "lock"):
            if stage.recover(root / ".byline"):
                console.say("Finished an earlier build that was interrupted.")
            return _build(root / settings, console, keep_going=keep_going)

    return answered(build)


def _build(settings: Path, console: Console, *, keep_going: bool) -> int:
    start, now = time.perf_counter(), datetime.now(UTC)
    origins = as_built.origins(settings)
    standing = as_built.standing(settings.parent / ".byline", origins, now)
    if origins is None or standing is None:
        return _made(settings, origins, console, start, now, keep_going=keep_going)
    console.problems(standing.problems)
    console.say(_counted(standing.posts, origins.output, Changes(0, standing.files, 0), start))
    return DONE


def _made(  # noqa: PLR0913  what it is about, and when it is
    settings: Path, origins: Origins | None, console: Console, start: float, now: datetime, *, keep_going: bool
) -> int:
    """Make the whole site."""
    from byline.site import whole  # Pelican and all: only where there is something to do
    from byline.site.site import Site

    site = Site(settings, now)
    home = site.root / ".byline"
    try:
        staged, faults = whole.staged(site, home, site.output, console.progress, keep_going=keep_going)
        problems = [*site.problems, *faults]
        failed = bool(structural(problems))
        console.problems(problems)
        if failed and not keep_going:
            console.say(f"Nothing was written: {site.output.name}/ is as it was.")
            return FAILED
        changes = staged.apply()
        if changes.written or changes.deleted:
            site.prune()
        if not failed:
            known = origins if origins and site.is_of(origins.modules) else None
            made = release_id(staged.digests), now, site.until, len(site.posts), len(staged.digests)
            # It is not believed where the release that it names is not there.
            site.beside(partial(as_built.record, home, known, AsBuilt(*made, tuple(problems))))
            whole.recorded(site, staged, now)
        console.say(_counted(len(site.posts), site.output, changes, start))
        return FAILED if failed else DONE
    finally:
        site.close()


def _counted(posts: int, output: Path, changes: Changes, start: float) -> str:
    """Return the closing line: `start` is what the clock for durations said when the build began, in seconds."""
    there = counted(changes.written + changes.unchanged, "file")
    return (
        f"{counted(posts, 'post')}, {there} in {output.name}/: {changes.written} written, {changes.unchanged} "
        f"unchanged, {changes.deleted} deleted ({time.perf_counter() - start:.1f} s)."
    )
