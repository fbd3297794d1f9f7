"""A post's sound file as its front matter names it: `Audio`, and what the file cannot say of itself.

Not a look into the file: how long it plays is the writer's to say (`Audio_duration`), and may be left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from byline.edges import files
from byline.edges.from_pelican import sound_file
from byline.site.consistency import near
from byline.values.addresses import on_the_web, uri
from byline.values.audio import Audio
from byline.values.media_types import media_type
from byline.values.output import Kind
from byline.values.problem import Place, editorial

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from byline.values.post import Reading
    from byline.values.problem import Problem

_CLOCK = re.compile(r"(?:(?:(\d{1,2}):(?=[0-5]?\d:))?(\d{1,3}):(?=[0-5]?\d$))?(\d{1,5})", re.ASCII)
"""Hours, minutes, seconds: only the first of those that are said may be over 59."""
_NUMBER = re.compile(r"\d{1,12}", re.ASCII)
_TYPE = re.compile(r"audio/[a-z0-9.+-]{1,40}", re.ASCII)


@dataclass(frozen=True)
class Sounds:
    """The sound files of a site: `content` holds those of its own, `found` their paths below it.

    `address` answers where a file stands below the site's root, `tell` is told of what is wrong.
    """

    content: Path
    site_url: str
    found: Collection[str]
    address: Callable[[str], str]
    tell: Callable[[Problem], None]

    def of(self, reading: Reading) -> Audio | None:
        """Return the sound file of a source; None for none, or one that is not there or is none."""
        written = _text(reading, "audio")
        if not written:
            return None
        path = sound_file(reading.path, reading.front, self.found)
        kind = _text(reading, "audio_type").lower() or _named_type(path or urlsplit(written).path)
        if fault := self._fault(path, written, kind, _place(reading, "audio")):
            self.tell(fault)
            return None
        url = uri(urljoin(f"{self.site_url}/", self.address(path)) if path else written)
        address = url.removeprefix(uri(f"{self.site_url}/")) if path else ""
        return Audio(url, address, kind, self._size(reading, path), self._seconds(reading))

    def _fault(self, path: str, written: str, kind: str, place: Place) -> Problem | None:
        """Return why nothing can be listened to; None: it can."""
        if path and path not in self.found:
            remedy = f"Mend the line `Audio`.{near(path, self.found)}"
            return editorial("missing-audio", f"The sound file {path} is not there.", remedy, place)
        if not path and not on_the_web(written):
            what = f"Audio is {written!r}, which is no file below content/ and no address of the web."
            return editorial("bad-audio", what, "Name a file, or an address that begins with https://.", place)
        if not _TYPE.fullmatch(kind):
            what = f"Audio is {path or written}, which is not known to be sound."
            remedy = "Name an MP3 or M4A file, or say what it is: `Audio_type: audio/mpeg`."
            return editorial("bad-audio", what, remedy, place)
        return None

    def _size(self, reading: Reading, path: str) -> int:
        """Return the size of a file of this site, or what is said of another's."""
        if path:
            return (files.stamp(self.content / path) or (0, 0))[0]
        said = _text(reading, "audio_length")
        if _NUMBER.fullmatch(said):
            return int(said)
        what = "Audio is on another site, and how many bytes it has is not said: podcast apps ask for that."
        remedy = "Add a line `Audio_length: 12345678`."
        self.tell(editorial("bad-audio", what, remedy, _place(reading, "audio_length")))
        return 0

    def _seconds(self, reading: Reading) -> int:
        """Return how long it plays, as is said; 0 where nothing is."""
        said = _text(reading, "audio_duration")
        seconds = _played(said)
        if seconds is None:
            what = f"Audio_duration is {said!r}, which is no length of time."
            remedy = "Write it as `41:07`, `1:02:03`, or in seconds."
            self.tell(editorial("bad-audio", what, remedy, _place(reading, "audio_duration")))
        return seconds or 0


def _played(said: str) -> int | None:
    """Return a length of time in seconds; 0 for an empty text, None for what is none."""
    match = _CLOCK.fullmatch(said or "0")
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return 3600 * hours + 60 * minutes + seconds


def _place(reading: Reading, key: str) -> Place:
    return Place(reading.path, reading.lines.get(key) or reading.lines.get("audio"))


def _text(reading: Reading, key: str) -> str:
    value = reading.front.get(key)
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value or "").strip()


def _named_type(path: str) -> str:
    """Return the media type that a file's name promises; empty for a name that promises none."""
    return media_type(path, Kind.ASSET, b"") if PurePosixPath(path).suffix else ""
