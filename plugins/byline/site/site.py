"""Site: the list of outputs, and any one of them made when asked for. A build and a preview are two uses of it.

Not a server and not a folder: nothing is written here but what plugins insist on. Long, as a listing and its exchange
for another are one thing.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from byline.credits.darkroom import Darkroom
from byline.edges import garbage, workers
from byline.related.kept_counts import KeptCounts
from byline.site.completing import completed
from byline.site.configuration import load
from byline.site.culprit import place_of
from byline.site.host import Host
from byline.site.kept_pools import keep, kept_pools
from byline.site.kept_readings import KeptReadings
from byline.site.log_records import heard
from byline.site.make import make
from byline.site.settings_file import own_modules
from byline.site.sources import View
from byline.site.trace import Recorder
from byline.values import dates
from byline.values.post import Status
from byline.values.problem import Fault, Place, Problem, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import datetime

    from byline.site.configuration import Configuration
    from byline.site.listing import Listing
    from byline.values.output import Made, Output
    from byline.values.post import Post


_FEW = 16
"""So many edited posts are swapped; where more changed at once, the site is listed anew sooner."""


class Site:
    """A site as a list of outputs. Raises Fault, when made or refreshed, if its settings cannot be run."""

    _listing: Listing
    _recorder: Recorder
    _now: datetime
    _due: datetime | None
    author: str
    zone: str
    url: str
    content: Path

    def __init__(
        self,
        settings: Path,
        now: datetime,
        *,
        unpublished: bool = False,
        instead: Mapping[str, bytes] | None = None,
    ) -> None:
        """List the site of a settings file at an instant (aware); with `unpublished`, drafts and future posts too.

        `instead` are bytes to read in place of a source's own, by path below content/: the site as it would be.
        """
        self.root = settings.parent
        self._settings = settings
        self._unpublished = unpublished
        self._instead = instead or {}
        self._darkroom: Darkroom | None = None
        self._kept_counts = KeptCounts(kept_pools(self.root / ".byline"))
        self._kept_readings = KeptReadings(self.root / ".byline" / "readings.sqlite")
        self._host: Host | None = None
        self._listed = False
        self._ends: list[Callable[[], None]] = []
        with garbage.unsought():
            self.refresh(now)

    def refresh(self, now: datetime, paths: Iterable[Path] = ()) -> None:
        """Take the site as it is after these files changed, and no others; without any, list it anew.

        Posts whose words were edited are swapped in place (docs/decisions/0017); for all else the site is listed anew.
        Raises Fault, the old list kept, if settings cannot be run.
        """
        if not self.swap(now, paths):
            self.anew(now)()

    def swap(self, now: datetime, paths: Iterable[Path]) -> bool:
        """Swap the posts whose sources these are in place, and tell whether that could be done.

        Not on another day than that of the listing, which is the date of drafts that have none; not after a post has
        come due; not where the clock was set back, or the last listing failed.
        """
        changed = tuple(dict.fromkeys(paths))
        if self._host is None or not self._listed or not 0 < len(changed) <= _FEW:
            return False
        day, today = (instant.astimezone(dates.zone(self.zone)).date() for instant in (self._now, now))
        due = self._due is not None and now >= self._due
        if day != today or now < self._now or due or not all(self.content in path.parents for path in changed):
            return False
        try:
            listing = self._host.swapped(self._listing, [path.relative_to(self.content).as_posix() for path in changed])
        except Exception:  # noqa: BLE001  whatever it may be: the listing that follows tells it
            listing = None
        if listing is None:
            return False
        self._recorder.forget()
        self._listing = listing
        return True

    def lists_aside(self, changed: Iterable[Path]) -> bool:
        """Tell whether outputs can be made from the old list, after these files changed, while another one is made.

        Not with other people's plugins, whose signals are the whole process's, nor after code or settings changed.
        """
        return self._live.plugins_are_ours and all(path.suffix != ".py" for path in changed)

    def anew(self, now: datetime) -> Callable[[], None]:
        """List the site anew; return what puts the new list in the place of the old one, which is kept until then.

        Raises Fault if settings cannot be run.
        """
        self._listed = False
        told: list[Problem] = []
        with heard(told.append):
            configuration = load(self._settings)
        configuration = replace(configuration, problems=(*configuration.problems, *told))
        if self._host is not None:
            self._host.close()
        host = None
        recorder = Recorder()
        try:
            darkroom = self._darkroom_of(Path(configuration.pelican["PATH"]))
            view = View(now, self._unpublished, self._instead)
            host = Host(configuration, view, recorder, darkroom, self._kept_counts, self._kept_readings)
            listing = completed(host, unpublished=self._unpublished)
            self._kept_readings.settle()
        except Exception as error:  # a plugin may raise anything, when it is imported and at any of Pelican's signals
            if host is not None:
                host.close()
            if isinstance(error, Fault):
                raise
            what = f"The site cannot be listed: {type(error).__name__}: {error}."
            place = place_of(error, self.root)
            # Without a line of the site's own, it is an installed plugin or Byline itself: no line to mend is named.
            remedy = "Mend that line" if place else "BYLINE_TRACEBACK=1 shows whose fault it is"
            raise Fault(
                Problem("failed-listing", what, f"{remedy}, or take the plugin out of PLUGINS.", place)
            ) from error
        return partial(self._take, configuration, host, listing, recorder, now)

    def _take(
        self, configuration: Configuration, host: Host, listing: Listing, recorder: Recorder, now: datetime
    ) -> None:
        """Put a new list in the place of the old one."""
        if self._darkroom is not None:
            self._darkroom.save()
        host.forget_html()  # that of the old list
        self._host, self._listing, self._recorder, self._now = host, listing, recorder, now
        coming = (post.published for post in host.posts.values() if post.status is Status.FUTURE)
        self._due = min(filter(None, coming), default=None)
        self.own = configuration.own
        self.author = configuration.pelican.get("AUTHOR", "")
        self.zone = configuration.pelican.get("TIMEZONE", "UTC")
        self.url = configuration.pelican["SITEURL"]
        self.output = Path(configuration.pelican["OUTPUT_PATH"])
        self.content = Path(host.path)
        self._listed = True

    @property
    def outputs(self) -> Mapping[str, Output]:
        """Return the outputs by path."""
        return self._listing.outputs

    @property
    def posts(self) -> tuple[Post, ...]:
        """Return the posts that are listed: public ones, and in a preview all."""
        return self._listing.posts

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what the listing found wrong, in order."""
        return in_order(self._placed(problem) for problem in self._listing.problems)

    @property
    def until(self) -> datetime | None:
        """Return when the site becomes another one by itself: when the next post dated in the future comes due."""
        times = (post.published for post in self._listing.unlisted if post.status is Status.FUTURE)
        return min(filter(None, times), default=None)

    def is_of(self, modules: Collection[Path]) -> bool:
        """Tell whether nobody's code took part but Byline's, that of its libraries, and these files of the site's."""
        return self._live.plugins_are_ours and set(own_modules(self.root).values()) <= set(modules)

    @property
    def listing(self) -> Listing:
        """Return all that the listing found, Readings too."""
        return self._listing

    def develop(self, wanted: Collection[str], report: Callable[[int, int], None]) -> bool:
        """Make what is wanted of renditions and cards and not kept yet, on all cores; `report` is told of how many.

        Return whether a picture turned out to be broken: the site is listed anew then, and shows it as it is.
        """
        if self._darkroom is None:
            return False
        jobs = (job for path, job in self._listing.jobs.items() if path in wanted)
        broken = any(not problem.structural for problem in self._darkroom.make_all(jobs, os.cpu_count() or 1, report))
        if broken:
            self.refresh(self._now)
        return broken

    def prune(self) -> None:
        """Let go of kept renditions that no page shows any more, and of Readings of what is no more; keep relations."""
        keep(self.root / ".byline", self._kept_counts.pools)
        self._kept_readings.prune()
        if self._darkroom:
            self._darkroom.prune(self.outputs)

    def keep_relations(self) -> None:
        """Keep what posts are related by, if all of it was learnt anew: that takes long, and need not be done twice."""
        if self._kept_counts.pools.are_anew:
            keep(self.root / ".byline", self._kept_counts.pools)

    def make(self, path: str) -> bytes:
        """Return the bytes of an output. Raises Fault when it cannot be made, KeyError when there is none."""
        return self.traced(path).body

    def traced(self, path: str) -> Made:
        """Return the bytes of an output with the trace of what they were made from."""
        told: list[Problem] = []
        try:
            with heard(told.append):
                made = make(self.outputs[path], self._recorder, self.root)
        except Fault as fault:
            raise Fault(*(self._placed(problem) for problem in fault.problems)) from fault
        if wrong := [problem for problem in told if problem.structural]:
            raise Fault(*(self._placed(problem) for problem in wrong))
        return made

    @property
    def has_finishers(self) -> bool:
        """Return whether a plugin works on the finished folder, so that all outputs must be at hand at once."""
        return self._live.has_finishers

    def finish(self, written: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return the outputs after plugins that work on a finished folder have had it (docs/decisions/0001)."""
        return self._live.finish(written)

    def beside(self, work: Callable[[], None]) -> None:
        """Do something that leaves a file, in a copy of this process if there can be one; `close` waits for its end.

        What works beside already ends first: two copies would have two memories of what they look at.
        """
        self.rest()
        self._ends.append(workers.beside(work))

    def close(self) -> None:
        """Let go of the plugins, whose signals are the whole process's; keep what was learned of pictures."""
        self.rest()
        if self._darkroom is not None:
            self._darkroom.save()
        if self._host is not None:
            self._host.close()
        self._kept_readings.close()

    def rest(self) -> None:
        """Wait for the end of what works beside."""
        while self._ends:
            self._ends.pop()()

    @property
    def _live(self) -> Host:
        if self._host is None:
            message = "a site that was closed makes nothing"
            raise RuntimeError(message)
        return self._host

    def _darkroom_of(self, content: Path) -> Darkroom:
        """Return the darkroom for the pictures of content/: the same one as long as content/ is the same."""
        if self._darkroom is None or self._darkroom.content != content:
            self._darkroom = Darkroom(content, self.root / ".byline")
        return self._darkroom

    def _placed(self, problem: Problem) -> Problem:
        """Return the problem with its place as seen from the project's root: sources are named from content/."""
        if problem.place is None:
            return problem
        path = problem.place.path
        if path not in self._live.sources.found and not (self.content / path).exists():
            return problem
        folder = self.content.relative_to(self.root) if self.root in self.content.parents else self.content
        return replace(problem, place=Place((folder / path).as_posix(), problem.place.line))
