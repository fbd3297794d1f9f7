"""Pelican's log made Problems: it logs an ERROR and goes on, so whoever does not listen publishes a lie.

Not a log of ours: nothing is printed here.
"""

from __future__ import annotations

import logging
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pelican.log import LimitLogger

from byline.values.problem import Fault, Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SAID_ELSEWHERE = (
    "Unable to find '%s', skipping url replacement.",
    "Empty alt attribute for image %s in %s",
    'There are %s items "%s" with lang %s',
    "There are %s original",
    "Feeds generated without SITEURL",
    "{filename} used for linking to static",
    "Document title missing in file",
    "Unable to generate valid slug",
    "Cannot get modification stamp",
)
"""Warnings whose subject Byline names itself, with a line and a remedy."""


class _Listener(logging.Handler):
    """Turns records of its own thread into Problems as they are logged, while the exception they tell of is at hand."""

    def __init__(self, tell: Callable[[Problem], None]) -> None:
        super().__init__(logging.WARNING)
        self._tell = tell
        self._thread = threading.get_ident()
        self.addFilter(self.is_heard)

    def is_heard(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is for this listener: other threads list and make for themselves."""
        return record.thread == self._thread

    def is_not_heard(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is for others."""
        return not self.is_heard(record)

    def emit(self, record: logging.LogRecord) -> None:
        """Tell the Problems of one record; those of a Fault in flight are the Fault's own."""
        cause = (record.exc_info[1] if record.exc_info else None) or sys.exc_info()[1]
        if isinstance(cause, Fault):
            for problem in cause.problems:
                self._tell(problem)
        elif record.levelno >= logging.ERROR:
            self._tell(_error(record, cause))
        elif record.name.startswith("pelican") and not str(record.msg).startswith(_SAID_ELSEWHERE):
            message = " ".join(record.getMessage().split())
            self._tell(
                Problem("pelican-warning", _sentence(message), "See Pelican's documentation.", None, Severity.EDITORIAL)
            )


@contextmanager
def heard(tell: Callable[[Problem], None]) -> Iterator[None]:
    """Tell this thread's ERROR records, and Pelican's warnings, as Problems while the block runs; print none of them.

    Blocks within each other, and in several threads at once, hear each their own.
    """
    root, pelican = logging.getLogger(), logging.getLogger("pelican")
    listener = _Listener(tell)
    before = root.handlers[:], root.level, pelican.level
    # Pelican drops repeated warnings for the life of the process; above this level it does not.
    dropping = LimitLogger.limit_filter
    dropping.LOGS_DEDUP_MIN_LEVEL = logging.NOTSET
    for handler in before[0]:
        handler.addFilter(listener.is_not_heard)
    root.addHandler(listener)
    try:
        yield
    finally:
        root.removeHandler(listener)
        for handler in before[0]:
            handler.removeFilter(listener.is_not_heard)
        others = [handler for handler in root.handlers if isinstance(handler, _Listener)]
        root.handlers[:] = [*(one for one in before[0] if not isinstance(one, _Listener)), *others]
        if not others:
            for logger, level in ((root, before[1]), (pelican, before[2])):
                if logger.level != level:  # to set it makes all loggers forget what they knew of it
                    logger.setLevel(level)
            dropping.LOGS_DEDUP_MIN_LEVEL = type(dropping).LOGS_DEDUP_MIN_LEVEL


def _error(record: logging.LogRecord, cause: BaseException | None) -> Problem:
    """Return the Problem of an ERROR record: the few that Pelican words for itself, then any other."""
    message, arguments = str(record.msg), record.args if isinstance(record.args, tuple) else ()
    path = str(getattr(arguments[0], "relative_source_path", arguments[0])) if arguments else ""
    if message.startswith("Skipping %s: could not find information"):
        wanted = str(arguments[1])
        example = "Date: 2026-03-01 09:30" if wanted == "date" else f"{wanted.capitalize()}: …"
        return Problem(
            f"missing-{wanted}", f"The post has no {wanted}.", f"Add a line `{example}` at its top.", Place(path, 1)
        )
    if message.startswith("Skipping %s: file %r would be written outside"):
        what = f"Its address {arguments[1]!r} lies outside the site."
        return Problem("address-outside", what, "Take `..` out of its Slug, Url or Save_as.", Place(path, 1))
    if message.startswith("Unknown status"):
        path = str(getattr(arguments[1], "relative_source_path", arguments[1]))
        what = f"The Status {arguments[0]!r} is unknown."
        return Problem("unknown-status", what, "Write published, hidden or draft.", Place(path, 1))
    if message.startswith("Could not process"):
        why = f"{type(cause).__name__}: {cause}" if cause else "for a reason that Pelican does not tell"
        return Problem(
            "unreadable-post", f"It cannot be read: {why}.", "Mend the text, or the plugin that fails.", Place(path)
        )
    if message.startswith(("Cannot load plugin", "Cannot register plugin")):
        why = f": {type(cause).__name__}: {cause}" if cause else ""
        what = f"The plugin {arguments[0]} cannot be used{why}."
        return Problem("broken-plugin", what, "Install or mend it, or take it out of PLUGINS.", Place("pelicanconf.py"))
    return Problem("pelican-error", _sentence(record.getMessage()), "See Pelican's documentation.")


def _sentence(message: str) -> str:
    text = " ".join(message.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."
