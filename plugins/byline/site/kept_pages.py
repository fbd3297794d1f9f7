"""The pages of the last build: what each was made from, so that one of which nothing changed is not made again.

Not their bytes: those stand where the site stands, and the stage knows whether they are still the same. The file can
be thrown away; garbage, or what was made on another ground, is not believed.
"""

from __future__ import annotations

import hashlib
import json
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from byline.edges import files
from byline.site.glances import Glance
from byline.site.make import Page, Telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
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
        self._glances: list[Glance] = []
        self._looks: list[str] = []
        self._whole_looks: dict[str, str] = {}
        self._numbers: dict[Glance, int] = {}
        # The same few lists of names, which come anew with every page that a copy of this process has made.
        self._sets: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._pages: dict[str, _Kept] = {}
        self._written = (files.read_if_there(file) or b"") if ground else b""

    @property
    def keeping(self) -> bool:
        """Tell whether anything is kept of this site."""
        return self._ground is not None

    def right(self, outputs: Mapping[str, Output], glances: Glances) -> Iterator[tuple[str, str]]:
        """Yield the paths of pages that would be made the same again, with the digest (SHA-256) of each one's bytes."""
        pages = [
            (path, kept, recipe)
            for path, kept in self._read().items()
            if path in outputs and isinstance(recipe := outputs[path].make, Page | Telling)
        ]
        wholes = dict(_wholes(self._glances))
        given = glances.foresee(list(wholes), [(page, kept.own) for _path, kept, page in pages])
        others = set(self._others(wholes, glances))
        self._numbers = {glance: number for number, glance in enumerate(self._glances) if number not in others}
        for (path, kept, _page), alone in zip(pages, given, strict=True):
            if alone == kept.given and others.isdisjoint(kept.glances):
                self._pages[path] = kept
                yield path, kept.digest

    def learn(self, path: str, digest: str, seen: Seen) -> None:
        """Keep what a page was made from, and the digest (SHA-256) of its bytes."""
        numbers = [self._number(glance, look) for glance, look in seen.glances]
        self._pages[path] = _Kept(digest, self._sets.setdefault(seen.own, seen.own), seen.given, numbers)

    def forget(self, paths: Iterable[str]) -> None:
        """Keep nothing of these: they do not stand where the site stands."""
        for path in paths:
            self._pages.pop(path, None)

    def save(self, glances: Glances) -> None:
        """Write down what is known of the pages of this build; `glances` are those of its listing."""
        if self._ground is None:
            return
        pages = sorted(self._pages.items())
        cast = sorted(set().union(*(kept.glances for _path, kept in pages)))
        renumbered = {number: new for new, number in enumerate(cast)}
        sets: dict[tuple[str, ...], int] = {}
        wholes = _wholes(self._glances[number] for number in cast)
        kept = {
            "ground": self._ground,
            # One list for each kind of value: many short lists take ten times as long to read.
            "subjects": [self._glances[number].subject for number in cast],
            "fields": [sets.setdefault(self._glances[number].fields, len(sets)) for number in cast],
            "looks": [self._looks[number] for number in cast],
            "wholes": {whole.subject: glances.of(whole) for whole, _numbers in wholes},
            "paths": [path for path, _kept in pages],
            "digests": [kept.digest for _path, kept in pages],
            "own": [sets.setdefault(kept.own, len(sets)) for _path, kept in pages],
            "given": [kept.given for _path, kept in pages],
            "many": [len(kept.glances) for _path, kept in pages],
            "glances": [renumbered[number] for _path, kept in pages for number in kept.glances],
            "sets": list(sets),
        }
        pieces = list(_in_pieces(kept))
        seal = _seal(pieces)
        if seal != self._written[:_SEAL]:
            files.write_pieces(self._file, (seal, *pieces))

    def _others(self, wholes: Mapping[Glance, list[int]], glances: Glances) -> Iterator[int]:
        """Yield the numbers of kept glances that look different now, or of which nobody can tell.

        Most subjects look as they did, and one glance at all that anybody saw of one tells so.
        """
        for whole, numbers in wholes.items():
            look = glances.of(whole)
            if not look or look != self._whole_looks.get(whole.subject):
                for number in numbers:
                    look = glances.of(self._glances[number])
                    if not look or look != self._looks[number]:
                        yield number

    def _number(self, glance: Glance, look: str) -> int:
        if glance not in self._numbers:
            glance = Glance(glance.subject, self._sets.setdefault(glance.fields, glance.fields))
            self._numbers[glance] = len(self._glances)
            self._glances.append(glance)
            self._looks.append(look)
        return self._numbers[glance]

    def _read(self) -> dict[str, _Kept]:
        """Return the pages that were written down, and know how their glances looked; none where it is not that."""
        seal, body = self._written[:_SEAL], self._written[_SEAL:]
        self._written = seal if _seal([body]) == seal else b""
        if not self._written:
            return {}
        kept: dict[str, Any] = json.loads(body.decode(errors="surrogateescape"))
        if kept.get("ground") != self._ground:
            return {}
        sets = [tuple(names) for names in kept["sets"]]
        self._glances = list(map(Glance, kept["subjects"], map(sets.__getitem__, kept["fields"])))
        self._looks, self._whole_looks = kept["looks"], kept["wholes"]
        own, glances = map(sets.__getitem__, kept["own"]), iter(kept["glances"])
        cast = [list(islice(glances, many)) for many in kept["many"]]
        return dict(zip(kept["paths"], map(_Kept, kept["digests"], own, kept["given"], cast), strict=True))


def _in_pieces(kept: dict[str, Any]) -> Iterator[bytes]:
    """Yield a JSON object as bytes, a value at a time: as one text it would take several times the room."""
    begin = "{"
    for name, value in kept.items():
        said = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        yield f"{begin}{json.dumps(name)}:{said}".encode(errors="surrogateescape")
        begin = ","
    yield b"}"


def _seal(pieces: Iterable[bytes]) -> bytes:
    """Return the digest of all that is written after it."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest().encode()


def _wholes(glances: Iterable[Glance]) -> Iterator[tuple[Glance, list[int]]]:
    """Yield for each subject a glance at all the fields that were seen of it, with the numbers of its glances."""
    of: dict[str, tuple[list[int], list[tuple[str, ...]]]] = {}
    for number, (subject, fields) in enumerate(glances):
        numbers, sets = of.setdefault(subject, ([], []))
        numbers.append(number)
        sets.append(fields)
    known: dict[tuple[tuple[str, ...], ...], tuple[str, ...]] = {}
    for subject, (numbers, sets) in of.items():
        key = tuple(sets)
        if key not in known:
            known[key] = tuple(sorted(set().union(*key)))
        yield Glance(subject, known[key]), numbers
