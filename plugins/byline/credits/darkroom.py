"""The darkroom: pictures measured once, renditions and cards made when asked for, all kept while nothing changes.

Not a plan: which renditions and cards there are, it is told.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING, NamedTuple

from byline.credits.kept import Kept
from byline.credits.measures import Measures
from byline.edges.card_drawing import drawn
from byline.edges.encoding import Encoder
from byline.values.card import Card
from byline.values.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

    from byline.values.photo import Rendition
    from byline.values.problem import Place, Problem


class Job(NamedTuple):
    """What is to be made of the picture at a path below content/ (empty: a card without one), and where it is wanted.

    It is a rendition, with this XMP packet in it, or a social card.
    """

    picture: str
    made: Rendition | Card
    place: Place
    packet: bytes = b""


class Darkroom:
    """One for a site, for as long as it is looked at; holds at most one decoded picture, `make_all` one a thread."""

    def __init__(self, content: Path, home: Path) -> None:
        """Work on the pictures below `content`; what is kept stands in `home`, which can be thrown away."""
        self.content = content
        self.measures = Measures(content, home / "pictures.json")
        self._kept = Kept(home / "pictures")
        self._encoder = Encoder(content)

    def develop(self, job: Job) -> bytes:
        """Return what is to be made, or is kept. Raises Fault when its picture cannot be decoded."""
        return self._developed(job, self._encoder)

    def make_all(
        self, jobs: Iterable[Job], workers: int, report: Callable[[int, int], None] = lambda _done, _all: None
    ) -> tuple[Problem, ...]:
        """Make and keep what is not kept yet, `workers` pictures at a time; return what is wrong, by picture.

        Each is let go with its last rendition. `report` is told with how many pictures it is done, and of how many. An
        interruption waits for the renditions at work; what was made is kept.
        """
        waiting: dict[str, list[Job]] = {}
        for job in jobs:
            if not self.known(job.made.path):
                waiting.setdefault(job.picture or job.made.path, []).append(job)
        problems: dict[str, tuple[Problem, ...]] = {}
        stop = threading.Event()
        with ThreadPoolExecutor(workers) as pool:
            started = {pool.submit(self._make, same, stop): picture for picture, same in waiting.items()}
            try:
                for number, made in enumerate(as_completed(started), 1):
                    problems[started[made]] = made.result()
                    report(number, len(started))
            except BaseException:
                stop.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return tuple(problem for picture in waiting for problem in problems[picture])

    def known(self, path: str) -> str:
        """Return the SHA-256 (hex) of what is kept for a path below output/; empty: it must be made."""
        return self._kept.known(path)

    def prune(self, wanted: Collection[str]) -> None:
        """Let go of what is not wanted any more, by path."""
        self._kept.prune(wanted)

    def save(self) -> None:
        """Write down what was measured, for the next time; what was made is kept as it is made."""
        self.measures.save()

    def _make(self, same: list[Job], stop: threading.Event) -> tuple[Problem, ...]:
        """Make what is to be made of one picture; return what is wrong with it."""
        encoder = Encoder(self.content)
        for job in same:
            if stop.is_set():
                break
            try:
                self._developed(job, encoder)
            except Fault as fault:
                return fault.problems
        return ()

    def _developed(self, job: Job, encoder: Encoder) -> bytes:
        try:
            return self._made(job, encoder)
        except Fault as fault:
            # A picture whose head and end are whole may be broken inside: from now on it is shown as it is.
            if job.picture and not fault.problems[0].structural:
                self.measures.spoil(job.picture, fault.problems[0])
            raise

    def _made(self, job: Job, encoder: Encoder) -> bytes:
        source = self.content / job.picture
        if isinstance(job.made, Card):
            card = job.made
            return self._kept.body(card.path, lambda: drawn(card, source if job.picture else None))
        rendition = job.made
        return self._kept.body(rendition.path, lambda: encoder.encoded(source, rendition, job.packet))
