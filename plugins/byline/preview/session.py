"""Session: the site as it is now, looked at by many connections while saves change it.

Not a server and not a watcher: it is told of changes, and answers for one path at a time.
"""

from __future__ import annotations

import gc
import secrets
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from threading import Condition, RLock
from typing import TYPE_CHECKING

from byline.values.media_types import is_html
from byline.values.output import Kind
from byline.values.problem import Fault, structural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from byline.site.site import Site
    from byline.values.problem import Problem

_UNBUILDABLE = "The site cannot be built until this is mended."
_LAST_GOOD = "This page cannot be made now. You see it as it last was."
_NOTHING = "This page cannot be made yet."
_OLD_SITE = "The site cannot be listed anew. You see it as it last was."


@dataclass(frozen=True, slots=True)
class View:
    """What there is to see at a path: its bytes (None: they cannot be made), what is wrong, and what that means."""

    kind: Kind
    body: bytes | None
    problems: tuple[Problem, ...] = ()
    notice: str = ""


class Session:
    """A site and what became of it. Hold `turn` while looking: one output is made at a time."""

    def __init__(self, site: Site, *, overlaid: bool, tell: Callable[[Iterable[Problem]], None]) -> None:
        """Begin with a listed site; `overlaid`: pages get overlay and reload script; `tell` hears of pages' faults."""
        self.site = site
        self.overlaid = overlaid
        self.turn = RLock()
        self.closed = False
        self._tell = tell
        self._boot = secrets.token_hex(4)
        self._version = 0
        self._news = Condition()
        self._fault: tuple[Problem, ...] = ()
        self._good: dict[str, bytes] = {}
        self._told: dict[str, tuple[Problem, ...]] = {}
        # Python need not go through a whole list of posts, again and again, for garbage: an edit would wait for that.
        gc.freeze()
        # What the next lists drop is let go all the same, for a preview lists many times.
        gc.set_threshold(100_000, 10, 10)

    @property
    def state(self) -> str:
        """Return what is different after every refresh, and in every process."""
        return f"{self._boot}-{self._version}"

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the site: why it could not be listed anew, else what its listing found."""
        return self._fault or self.site.problems

    @property
    def stale(self) -> bool:
        """Return whether the last refresh failed, so that the site is as it was before."""
        return bool(self._fault)

    def refresh(self, now: datetime, changed: Iterable[Path]) -> None:
        """Take the site as it is after these files changed, and wake all who wait; not by two threads at once.

        Settings that cannot be run are told.
        """
        paths = tuple(changed)
        with self.turn:
            swapped = self.site.swap(now, paths)
            if swapped:
                self._version += 1
        if not swapped:
            # What is asked for meanwhile is answered from the old list, as what it is, where that can be.
            with nullcontext() if self.site.lists_aside(paths) else self.turn:
                self._list(now)
        self._wake()

    def _list(self, now: datetime) -> None:
        fault: tuple[Problem, ...] = ()
        self.keep()
        gc.unfreeze()
        try:
            take = self.site.anew(now)
        except Fault as error:
            take, fault = (lambda: None), error.problems
        with self.turn:
            take()
            self._fault = fault
            self._version += 1
        gc.freeze()

    def wait(self, seen: str, seconds: float) -> str:
        """Return the state as soon as it is another than the one seen, at the latest after so many seconds."""
        with self._news:
            self._news.wait_for(lambda: self.closed or self.state != seen, seconds)
        return self.state

    def keep(self) -> None:
        """Keep what took long to learn for the next list, or the next preview; on a full disk nothing is kept."""
        with self.turn, suppress(OSError):
            self.site.keep_relations()

    def close(self) -> None:
        """Let all who wait go."""
        self.closed = True
        self._wake()

    def __contains__(self, path: str) -> bool:
        """Tell whether there is something to see at an output's path, be it a page that a fault has taken away."""
        return path in self.site.outputs or (path in self._good and bool(structural(self.problems)))

    def look(self, path: str) -> View:
        """Return what there is to see at a path that is in this session."""
        if path not in self.site.outputs:
            return View(Kind.PAGE, self._good[path], self.problems, _LAST_GOOD)
        kind = self.site.outputs[path].kind
        try:
            body = self.site.make(path)
        except Fault as fault:
            return self._failed(path, kind, fault)
        if self.overlaid and is_html(path):
            self._good[path] = body
        self._told.pop(path, None)
        notice = _OLD_SITE if self._fault else _UNBUILDABLE if structural(self.problems) else ""
        return View(kind, body, self.problems, notice)

    def _failed(self, path: str, kind: Kind, fault: Fault) -> View:
        if self._told.get(path) != fault.problems:
            self._told[path] = fault.problems
            self._tell(fault.problems)
        good = self._good.get(path)
        return View(
            kind, good, tuple(dict.fromkeys((*fault.problems, *self.problems))), _LAST_GOOD if good else _NOTHING
        )

    def _wake(self) -> None:
        with self._news:
            self._news.notify_all()
