"""`build`: content becomes output/, or nothing changes and every fault is told.

Not a preview and not a publish: no server, no network.
"""

from __future__ import annotations

import gc
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from byline.edges import files
from byline.edges.console import DONE, FAILED, Console, answered
from byline.site import stage, whole
from byline.site.site import Site
from byline.values.problem import structural
from byline.values.text import counted

if TYPE_CHECKING:
    from pathlib import Path


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
    # A build makes many objects and drops few: looking for rings of them less often saves a twentieth of its time.
    gc.set_threshold(100_000, 50, 1000)
    site = Site(settings, now)
    try:
        staged, faults = whole.staged(site, site.root / ".byline", site.output, console.progress, keep_going=keep_going)
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
            whole.recorded(site, staged, now)
        took = time.perf_counter() - start
        console.say(
            f"{counted(len(site.posts), 'post')}, {counted(len(staged.digests), 'file')} in {site.output.name}/: "
            f"{changes.written} written, {changes.unchanged} unchanged, {changes.deleted} deleted ({took:.1f} s)."
        )
        return FAILED if failed else DONE
    finally:
        site.close()
