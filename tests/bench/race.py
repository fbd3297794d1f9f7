"""The race: engines beside each other on the same posts, round by round, so that a busy minute slows them all.

Nothing is judged, and one that is missing is named and left out.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bench.engines import eleventy, hugo
from bench.engines.pelicans import ROOT, byline, pelican
from bench.figures import CHANGED, COLD, LISTED, NOTHING, RELOADED, SERVED, STARTED, Case
from bench.measuring import measured
from bench.previews import HOST, QUIET, browsing, previewing, seconds_to_reload
from bench.targets import BYLINE
from byline.commands.corpus import invented, slug
from byline.edges.programs import Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.engines.engine import Engine
    from bench.figures import Figures
    from bench.previews import Preview

TICK = 2.5
"""Seconds after which a build trusts the times of what was written before it."""
SAVES = 5
LISTINGS = 5
EDITED = 7919
"""Posts this far apart are edited, one after another."""
HOME = "Newest posts"
ONCE = 50_000


def engines() -> tuple[list[Engine], list[str]]:
    """Return who takes part, Byline first, and a line for each program that is not installed."""
    others = [hugo.hugo(), eleventy.eleventy()]
    found = {hugo.INSTALL: others[0], eleventy.INSTALL: others[1], "apt install chromium": shutil.which("chromium")}
    missing = [f"Left out, as it is not installed: {install}" for install, there in found.items() if not there]
    return [byline(), *filter(None, others), pelican()], missing


@dataclass
class Course:
    """A number of posts as the site of each engine, below `home`; what is measured there goes into `figures`."""

    home: Path
    posts: int
    engines: Sequence[Engine]
    figures: Figures
    tell: Callable[[str], None]
    edits: int = 0

    def furnish(self) -> None:
        """Write the sites."""
        for engine in self.engines:
            engine.begin(self.folder(engine))
        for post in invented(self.posts):
            for engine in self.engines:
                engine.write(self.folder(engine), post)

    def folder(self, engine: Engine) -> Path:
        """Return where an engine's site is."""
        return self.home / engine.name

    def run(self, rounds: int, *, related: bool, whole: bool = True) -> None:
        """Measure so many rounds, with related posts (those who have them) or without; cold builds, or the `whole`."""
        field = [engine for engine in self.engines if engine.relates or not related]
        for engine in field:
            engine.set_related(self.folder(engine), related=related)
        time.sleep(TICK)
        for _ in range(rounds):
            for engine in field:
                engine.clear(self.folder(engine))
                self._build(engine, COLD, related=related)
        if whole:
            self._rebuilds([engine for engine in field if engine.rebuilds], rounds, related=related)
            self._previews([engine for engine in field if engine.serve], rounds, related=related)

    def _rebuilds(self, field: Sequence[Engine], rounds: int, *, related: bool) -> None:
        for _ in range(rounds):
            for engine in field:
                self._build(engine, NOTHING, related=related)
        for _ in range(rounds):
            self.edits += 1
            for engine in field:
                self._save(engine)
                self._build(engine, CHANGED, related=related)

    def _build(self, engine: Engine, what: str, *, related: bool) -> None:
        usage = measured(engine.build, cwd=self.folder(engine), environment=engine.surroundings())
        self._note(Case(what, engine.name, self.posts, related), usage)

    def _previews(self, field: Sequence[Engine], rounds: int, *, related: bool) -> None:
        """Measure previews of what was just built: until they serve, and from saves to what is seen of them."""
        chromium = shutil.which("chromium")
        for _ in range(rounds):
            for engine in field:
                case = Case(STARTED, engine.name, self.posts, related)
                with previewing(engine, self.folder(engine), HOME) as preview:
                    self._note(case, Usage(0, preview.started, 0))
                    self._saves_served(engine, preview, replace(case, what=SERVED))
                    if chromium:
                        self._saves_shown(engine, preview, chromium, replace(case, what=RELOADED))

    def _saves_served(self, engine: Engine, preview: Preview, case: Case) -> None:
        for _ in range(SAVES):
            self.edits += 1
            preview.until(self._edited, "I wrote of this")
            time.sleep(QUIET)
            self._note(case, Usage(0, preview.seconds_to_serve(lambda: self._save(engine), self._edited), 0))

    def _saves_shown(self, engine: Engine, preview: Preview, chromium: str, case: Case) -> None:
        with browsing(chromium) as browser:
            for _ in range(SAVES):
                self.edits += 1
                browser.show(f"http://{HOST}:{preview.port}{self._edited}", "I wrote of this")
                time.sleep(QUIET)
                self._note(case, Usage(0, seconds_to_reload(browser, lambda: self._save(engine)), 0))

    def _note(self, case: Case, usage: Usage) -> None:
        self.figures.note(case, usage)
        related = "with" if case.related else "without"
        self.tell(f"{case.posts:,} posts, {related} related, {case.what}: {case.engine} {usage.wall:.3f} s")

    @property
    def _number(self) -> int:
        """Which post is edited now: never the first, which links none."""
        return 1 + self.edits * EDITED % (self.posts - 1)

    @property
    def _edited(self) -> str:
        """The path of its page."""
        return f"/{slug(self._number)}/"

    def _save(self, engine: Engine) -> str:
        """Add a sentence to its text; return the sentence."""
        words = f"This is edit {self.edits}."
        file = engine.file(self.folder(engine), slug(self._number))
        before, link, after = file.read_text("utf-8").rpartition("I wrote of this")
        file.write_text(f"{before}{words} {link}{after}", "utf-8")
        return words


def run(  # noqa: PLR0913  the sizes of a run
    figures: Figures,
    tell: Callable[[str], None],
    *,
    whole: Sequence[int],
    cold: Sequence[int],
    rounds: int,
    field: Sequence[Engine],
) -> None:
    """Race with so many posts: all that is measured, or only builds from nothing; add what was measured to the figures.

    From 50,000 posts on there is one round.
    """
    for posts in sorted({*whole, *cold}):
        able = [engine for engine in field if posts <= engine.largest]
        with tempfile.TemporaryDirectory(prefix="byline-bench-", ignore_cleanup_errors=True) as home:
            course = Course(Path(home), posts, able, figures, tell)
            course.furnish()
            for related in (False, True) if posts in whole else (False,):
                course.run(1 if posts >= ONCE else rounds, related=related, whole=posts in whole)
    for _ in range(LISTINGS):
        tasks = [sys.executable, "-m", "invoke", "--search-root", str(ROOT), "--list"]
        figures.note(Case(LISTED, BYLINE), measured(tasks, cwd=ROOT, environment=os.environ))
