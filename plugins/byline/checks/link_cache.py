"""What was found at external links, kept in `.byline/links.json`, so that nobody is asked the same every day.

Not a record of worth: without it, or with garbage in it, every link is looked at again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from byline.edges import files

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_SCHEMA = 1
_GOOD_FOR = timedelta(days=7)
_BAD_FOR = timedelta(hours=1)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Found:
    """What a link led to: a status (0: no answer, and `why`), a new address if it moved for good, and when it was seen.

    `copy` is the address of an archived one; empty for none, None as long as nobody asked.
    """

    status: int
    moved: str = ""
    why: str = ""
    at: datetime = _NEVER
    copy: str | None = None

    @property
    def good(self) -> bool:
        """Whether it was there."""
        return 200 <= self.status < 400  # noqa: PLR2004  RFC 9110, 15


class Links:
    """The links that were looked at lately, as they were found; `now` (aware) decides what lately is."""

    def __init__(self, file: Path, now: datetime) -> None:
        """Read the file."""
        self._file = file
        self._now = now
        self._found = {url: found for url, found in _read(file).items() if self._fresh(found)}

    def of(self, url: str) -> Found | None:
        """Return what was found at an address lately; None when it is to be looked at."""
        return self._found.get(url)

    def note(self, url: str, found: Found) -> None:
        """Remember what was found."""
        self._found[url] = found

    def note_copy(self, url: str, copy: str) -> None:
        """Remember the archived copy of an address; empty: there is none."""
        self._found[url] = replace(self._found[url], copy=copy)

    def save(self, links: Collection[str]) -> None:
        """Write down what was found of these links, in one stroke."""
        rows = {
            url: {"status": one.status, "moved": one.moved, "why": one.why, "at": one.at.isoformat(), "copy": one.copy}
            for url, one in sorted(self._found.items())
            if url in links
        }
        body = json.dumps({"schema": _SCHEMA, "links": rows}, ensure_ascii=False, indent=1) + "\n"
        files.write(self._file, body.encode())

    def _fresh(self, found: Found) -> bool:
        """Tell whether an answer still counts; one from the future does not."""
        return timedelta() <= self._now - found.at < (_GOOD_FOR if found.good else _BAD_FOR)


def _read(file: Path) -> dict[str, Found]:
    try:
        written = json.loads(files.read_if_there(file) or b"{}")
        if written.get("schema") != _SCHEMA:
            return {}
        return {str(url): _found(row) for url, row in written["links"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _found(row: dict[str, Any]) -> Found:
    at = datetime.fromisoformat(row["at"])
    if at.tzinfo is None:
        raise ValueError(row["at"])
    copy = None if row["copy"] is None else str(row["copy"])
    return Found(int(row["status"]), str(row["moved"]), str(row["why"]), at, copy)
