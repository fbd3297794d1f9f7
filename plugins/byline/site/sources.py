"""Sources: the files below content/, listed once and read once; the door between Pelican's generators and `read`.

Not the reading itself, which is pure and knows no disk.
"""

from __future__ import annotations

import datetime as dt
import fnmatch
import os
import posixpath
import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pelican.readers import BaseReader

from byline.edges import files, folders, from_pelican
from byline.site.adopted import Unopened, relative_path
from byline.site.kept_readings import Source
from byline.site.reader import SOURCES, read
from byline.site.reading_rules import options_of
from byline.values.content import Content
from byline.values.post import Reading, Status
from byline.values.problem import Fault, Place, Problem, Severity
from byline.values.shelved import Shelved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, KeysView, Mapping

    from pelican.contents import Article

    from byline.site.kept_readings import KeptReadings

_AT_ONCE = 1 << 25
"""So many bytes of sources are in memory at once."""
_MANY = 500
"""More are read by a copy of this process, whose memory goes with its end."""
_LEDGER = "copies/*.json"
"""What was shared where: the writer's own business, whatever the settings say of static files."""


@dataclass(frozen=True, slots=True)
class View:
    """How content/ is looked at: at which instant (aware), with or without what is not published yet.

    `instead` are bytes to read in place of a source's own, by path below content/: the site as it would be.
    """

    now: dt.datetime
    unpublished: bool = False
    instead: Mapping[str, bytes] = field(default_factory=dict)


class Sources:
    """The files below content/, with the Reading and the Status of each that was read, by path."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        root: Path,
        view: View,
        tell: Callable[[Problem], None],
        kept: KeptReadings,
    ) -> None:
        """List the files of Pelican's PATH; `tell` gets Problems, `kept` has the Readings of what did not change."""
        self.root = root
        self.tell = tell
        self.options = options_of(settings)
        self.readings: dict[str, Reading] = {}
        self._expected: dict[str, Reading] = {}
        self.statuses: dict[str, Status] = {}
        self._content = Path(settings["PATH"])
        self._top = str(self._content)
        self._zone = ZoneInfo(settings.get("TIMEZONE", "UTC"))
        self._view = view
        # No place on earth is a day ahead.
        self._long_past = view.now.astimezone(dt.UTC).replace(tzinfo=None) - dt.timedelta(days=1)
        self._kept = kept
        there = dict(folders.standing(self._content, _is_private, self._tell_loop, view.now))
        self._stands = there
        self.found = frozenset(there).difference(fnmatch.filter(there, _LEDGER))
        self._ordered = sorted(self.found)

    def chosen(
        self, paths: Iterable[str], exclude: Iterable[str], ignored: list[str], suffixes: Iterable[str] | None
    ) -> KeysView[str]:
        """Return, in order, the files below any of `paths`, not below an excluded one, with a suffix (None: any)."""
        tops = [posixpath.normpath(path) if path else "" for path in paths]
        out = tuple(f"{posixpath.normpath(path)}/" for path in exclude if path)
        wanted = None if suffixes is None else set(suffixes)
        patterns = "|".join(fnmatch.translate(os.path.normcase(pattern)) for pattern in ignored)
        ignoring = re.compile(patterns or "(?!)").match
        chosen: dict[str, None] = {}
        for path in self._ordered:
            if wanted is not None and path.rpartition(".")[2] not in wanted:
                continue
            if not any(not top or path == top or path.startswith(f"{top}/") for top in tops) or path.startswith(out):
                continue
            if not any(map(ignoring, map(os.path.normcase, path.split("/")))):
                chosen[path] = None
        return chosen.keys()

    def readers(self) -> dict[str, Callable[[dict[str, Any]], PostReader]]:
        """Return Pelican's READERS: ours by suffix, however it is spelled (a post named POST.MD is no less a post)."""
        spelled = {form for suffix in SOURCES for form in (suffix, suffix.upper(), suffix.capitalize())}
        return {suffix: partial(PostReader, sources=self) for suffix in spelled}

    def expect(self, paths: Iterable[str], meanwhile: Callable[[], None] = lambda: None) -> None:
        """Read these sources all at once, which is sooner done than one by one; those that cannot be read wait.

        `meanwhile` is done where they are many, by this process, while copies of it read.
        """
        wanted = [path for path in paths if path.rpartition(".")[2].lower() in SOURCES and path not in self._expected]
        stand = {path: "" if path in self._view.instead else self._stands[path] for path in wanted}
        self._expected |= self._kept.unopened(stand, self.found, self._text)
        if len(left := self._left(stand)) > _MANY:
            # Few things live on among all those that reading a text needs for a moment: they would keep its memory.
            self._kept.read_apart(left, self._body, self.options, self.found, meanwhile)
            self._expected |= self._kept.unopened(left, self.found, self._text)
        self._open(self._left(stand))

    def _left(self, stand: Mapping[str, str]) -> dict[str, str]:
        """Return those of sources that have no Reading yet, with how each stands."""
        return {path: stands for path, stands in stand.items() if path not in self._expected}

    def _open(self, stand: Mapping[str, str]) -> None:
        """Read sources, given how each stands, but for those that cannot be opened."""
        part, size = [], 0
        for path, stands in stand.items():
            body = self._body(path)
            if isinstance(body, bytes):
                part.append(Source(path, body, stands))
                size += len(body)
            if size > _AT_ONCE:
                self._take_readings(part)
                part, size = [], 0
        self._take_readings(part)

    def _take_readings(self, opened: list[Source]) -> None:
        if opened:
            self._expected |= self._kept.readings(opened, self.options, self.found, self._text)

    def read(self, source: str) -> Reading:
        """Return the Reading of a file. Raises Fault with all that is structurally wrong with it."""
        path = relative_path(source, self._top) or Path(source).relative_to(self._content).as_posix()
        if path not in self._expected:
            body = self._body(path)
            if isinstance(body, Problem):
                raise Fault(body)
            self._take_readings([Source(path, body)])
        reading = self._expected[path]
        self.readings[reading.path] = reading
        for problem in reading.problems:
            if not problem.structural:
                self.tell(problem)
        if wrong := [problem for problem in reading.problems if problem.structural]:
            raise Fault(*wrong)
        return reading

    def anew(self, path: str) -> Reading | None:
        """Return what a source says now, and keep it nowhere, for it will be edited again; None: it cannot be read."""
        body = self._body(path)
        return None if isinstance(body, Problem) else read(path, body, self.options, self.found)

    def take(self, reading: Reading) -> None:
        """Let a source have said this: whoever reads it is given that."""
        self._expected[reading.path] = reading

    def _body(self, path: str) -> bytes | Problem:
        """Return the bytes of a source, or why they cannot be read."""
        try:
            return self._view.instead[path] if path in self._view.instead else files.body(f"{self._top}/{path}")
        except OSError as error:
            what = f"The file cannot be read: {error.strerror}."
            return Problem("unreadable-file", what, "Give yourself the right to read it.", Place(path))

    def _text(self, path: str) -> Content:
        """Return the text of a source that was kept and is no more. Raises Fault when it cannot be read."""
        body = self._body(path)
        if isinstance(body, Problem):
            raise Fault(body)
        return read(path, body, self.options, self.found).content

    def of(self, content: Article) -> tuple[Reading, Status]:
        """Return the Reading and Status of an article or page; one that another plugin's reader has read is parsed."""
        path = str(content.relative_source_path)
        if path not in self.readings:
            front = {key: value if isinstance(value, str) else str(value) for key, value in content.metadata.items()}
            self.readings[path] = Reading(path, front, {}, Content(str(content._content or "")))  # noqa: SLF001  Pelican's own name for what was read
        return self.readings[path], self.statuses.get(path) or Status(content.status)

    def settle_status(self, reading: Reading, metadata: dict[str, Any]) -> None:
        """Decide who may see a post, and tell Pelican: what is unpublished is a draft, or shown as if it were not."""
        written = str(metadata.get("status", "published")).lower()
        if written not in {"published", "draft", "hidden"}:
            return  # Pelican knows more states, and names those that nobody knows
        status = Status(written)
        date = metadata.get("date")
        if isinstance(date, dt.datetime) and status is not Status.DRAFT and self._is_to_come(date):
            status = Status.FUTURE
        self.statuses[reading.path] = status
        if status.public:
            return
        metadata["status"] = "published" if self._view.unpublished else "draft"
        if self._view.unpublished and date is None:
            metadata["date"] = self._view.now.astimezone(self._zone).replace(tzinfo=None)

    def _is_to_come(self, date: dt.datetime) -> bool:
        """Tell whether a date lies in the future; of most it is seen without asking what hour it was where."""
        if date.tzinfo is None and date < self._long_past:
            return False
        return (date if date.tzinfo else date.replace(tzinfo=self._zone)) > self._view.now

    def _tell_loop(self, path: str) -> None:
        what = "This link leads to a folder above itself, and is not followed."
        self.tell(Problem("link-loop", what, "Remove it.", Place(path), Severity.EDITORIAL))


class PostReader(BaseReader):
    """Pelican's reader for every source Byline reads: the front door of `read`."""

    file_extensions: list[str] = []  # noqa: RUF012  with suffixes here, Pelican would take it for a reader of its own

    def __init__(self, settings: dict[str, Any], sources: Sources) -> None:
        super().__init__(settings)
        self._sources = sources

    def read(self, source_path: str) -> tuple[str | Unopened, dict[str, Any]]:
        """Return content and metadata of a source. Raises Fault with all that is structurally wrong with it."""
        reading = self._sources.read(source_path)
        metadata = from_pelican.metadata(reading, self.settings)
        self._sources.settle_status(reading, metadata)
        if "title" in metadata and self._sources.options.typography.on:
            metadata["title"] = from_pelican.title_as_html(str(metadata["title"]))
        shelved = isinstance(reading.content, Shelved)
        return Unopened(reading.content) if shelved else reading.content.html, metadata


def _is_private(name: str) -> bool:
    """Tell whether a name below content/ is nobody's business but the writer's."""
    return name.startswith((".", "_"))
