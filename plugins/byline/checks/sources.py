"""The writer's sources as checks name them: where a key or some words stand, seen from the project's root.

Not a finding: what is wrong there is each check's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.edges import files
from byline.values.post import Status
from byline.values.problem import Place
from byline.values.text import line_of

if TYPE_CHECKING:
    from pathlib import Path

    from byline.site.site import Site

STATES = {Status.DRAFT: "a draft", Status.FUTURE: "dated in the future", Status.HIDDEN: "hidden"}
"""What a post is that not everybody may see, as a sentence says it."""
_MOST_TEXTS = 100
"""Files held in memory at once."""


class Sources:
    """The sources of a listed site by their paths below content/, read when asked for."""

    def __init__(self, site: Site) -> None:
        """Read nothing yet."""
        self._site = site
        self._texts: dict[Path, str] = {}

    def place(self, path: str, key: str = "") -> Place:
        """Return where a source has a key, else its title, else where it begins."""
        reading = self._site.listing.readings.get(path)
        lines = reading.lines if reading else {}
        return self.at(path, lines.get(key) or lines.get("title") or 1)

    def saying(self, path: str, *words: str) -> Place:
        """Return where a source says the first of these words that it says at all, else its title."""
        text = self.text(self._site.content / path)
        position = next((position for one in words if one and (position := text.find(one)) >= 0), None)
        return self.place(path) if position is None else self.at(path, line_of(text, position))

    def at(self, path: str, line: int | None) -> Place:
        """Return a line of a source as a Place."""
        return Place(self.shown(self._site.content / path), line)

    def shown(self, file: Path) -> str:
        """Return a file's path as a Place has it: from the project's root on, if it is there."""
        root = self._site.root
        return (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()

    def text(self, file: Path) -> str:
        """Return a file's text, its lines ended as on Unix; empty when it is not there."""
        if file not in self._texts:
            if len(self._texts) >= _MOST_TEXTS:
                self._texts.clear()
            self._texts[file] = (files.read_if_there(file) or b"").decode(errors="replace").replace("\r\n", "\n")
        return self._texts[file]
