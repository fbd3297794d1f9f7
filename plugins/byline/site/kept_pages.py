"""The pages of the last build: what each was made from, so that one of which nothing changed is not made again.

Not their bytes: those stand where the site stands, and the stage knows whether they are still the same. The file can
be thrown away; garbage, or what was made on another ground, is not believed.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from byline.edges import files
from byline.site.glances import Glance
from byline.site.make import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from byline.site.glances import Glances, Seen
    from byline.values.output import Output

_SEAL = 64


class _Kept(NamedTuple):
    """A page: the digest of its bytes; what it alone was given, and its digest; its glances by number."""

    digest: str
    own: tuple[str, ...]
    given: str
    glances: list[int]


class KeptPages:
    """What the pages of a site were made from: those of the last build, and bit by bit those of this one."""

    def __init__(self, file: Path, ground: str | None) -> None:
        """Read what was kept on this ground; None: of such a site nothing is kept."""
        self._file = file
        self._ground = ground
        self._numbers: dict[Glance, int] = {}
        self._looks: list[str] = []
        self._pages: dict[str, _Kept] = {}
        self._written = (files.read_if_there(file) or b"") if ground else b""

    @property
    def keeping(self) -> bool:
        """Tell whether anything is kept of this site."""
        return self._ground is not None

    def right(self, outputs: Mapping[str, Output], glances: Glances) -> Iterator[tuple[str, str]]:
        """Yield the paths of pages that would be made the same again, with the digest (SHA-256) of each one's bytes."""
        before, looks, pages = self._read()
        holds = [bool(look) and glances.of(glance) == look for glance, look in zip(before, looks, strict=True)]
        for path, kept in pages.items():
            page = outputs[path].make if path in outputs else None
            if not isinstance(page, Page) or not all(map(holds.__getitem__, kept.glances)):
                continue
            if glances.given(page, kept.own) == kept.given:
                numbers = [self._number(before[number], looks[number]) for number in kept.glances]
                self._pages[path] = kept._replace(glances=numbers)
                yield path, kept.digest

    def learn(self, path: str, digest: str, seen: Seen) -> None:
        """Keep what a page was made from, and the digest (SHA-256) of its bytes."""
        numbers = [self._number(glance, look) for glance, look in seen.glances]
        self._pages[path] = _Kept(digest, seen.own, seen.given, numbers)

    def forget(self, paths: Iterable[str]) -> None:
        """Keep nothing of these: they do not stand where the site stands."""
        for path in paths:
            self._pages.pop(path, None)

    def save(self) -> None:
        """Write down what is known of the pages of this build."""
        if self._ground is None:
            return
        sets: dict[tuple[str, ...], int] = {}
        pages = {
            path: [kept.digest, sets.setdefault(kept.own, len(sets)), kept.given, kept.glances]
            for path, kept in sorted(self._pages.items())
        }
        glances = [
            [glance.subject, sets.setdefault(glance.fields, len(sets)), look]
            for glance, look in zip(self._numbers, self._looks, strict=True)
        ]
        kept = {"ground": self._ground, "fields": list(sets), "glances": glances, "pages": pages}
        body = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogateescape")
        written = hashlib.sha256(body).hexdigest().encode() + body
        if written != self._written:
            files.write(self._file, written)

    def _number(self, glance: Glance, look: str) -> int:
        number = self._numbers.setdefault(glance, len(self._looks))
        if number == len(self._looks):
            self._looks.append(look)
        return number

    def _read(self) -> tuple[Sequence[Glance], Sequence[str], Mapping[str, _Kept]]:
        """Return the glances that were written down, how each looked, and the pages; none where it is not that."""
        seal, body = self._written[:_SEAL], self._written[_SEAL:]
        if hashlib.sha256(body).hexdigest().encode() != seal:
            return [], [], {}
        kept: dict[str, Any] = json.loads(body.decode(errors="surrogateescape"))
        if kept.get("ground") != self._ground:
            return [], [], {}
        sets = [tuple(names) for names in kept["fields"]]
        glances = [Glance(subject, sets[number]) for subject, number, _look in kept["glances"]]
        pages = {
            path: _Kept(digest, sets[own], given, numbers)
            for path, (digest, own, given, numbers) in kept["pages"].items()
        }
        return glances, [look for _subject, _number, look in kept["glances"]], pages
