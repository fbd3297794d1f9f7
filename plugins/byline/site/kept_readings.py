"""Readings, kept by what they were read from: a source that did not change is not read again, by any run.

Not needed by anybody: without the file, or with garbage in it, all is read anew. The counts of a text's terms, by which
posts are related, are kept with it.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from array import array
from dataclasses import astuple
from functools import cached_property, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from byline.edges import machine, workers
from byline.edges.from_pelican import title_as_html
from byline.related.terms import Counts, counted
from byline.site.reader import read
from byline.site.store import Store
from byline.values.plain import as_text
from byline.values.post import Reading
from byline.values.text import without_markup

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from byline.related.kept_counts import Key
    from byline.site.reader import Options

_PACKAGE = Path(__file__).parents[1]
_ROOMS = ("site", "values", "related")
_SPARE = 2
"""How many times as many Readings are kept as there are sources: drafts come and go, an edit may be taken back."""
_SEAL = 16
_DATES = {"date", "datetime", "time", "timedelta", "timezone"}


class Source(NamedTuple):
    """A source as it is: its path below content/, and its bytes."""

    path: str
    body: bytes


class Kept(NamedTuple):
    """What is kept of a source: its Reading; the counts of its terms, where they are wanted, and what they are of."""

    reading: Reading
    of: Key | None = None
    counts: Counts | None = None


class KeptReadings:
    """The Readings of a site's sources: one for as long as the site is looked at, and a file for the next time."""

    def __init__(self, file: Path) -> None:
        """Keep them in a file, which can be thrown away."""
        self._file = file
        self._last: dict[str, Kept] = {}
        self._met: dict[str, Kept] = {}
        self._rules: str | None = None
        self._counting = False

    def follow(self, options: Options, root: Path, *, ours: bool, counting: bool) -> None:
        """Read by these rules from now on; `counting`: the terms of the texts will be asked for.

        Nothing is kept of a site with other people's plugins (not `ours`), or with extensions of Markdown of its own:
        nobody knows what those depend on. `root` is the site's.
        """
        said = as_text((options.markdown, options.docutils, options.formatted, options.language, counting))
        self._rules = None
        if said is not None and ours and not _own_extensions(options, root):
            self._rules = _digest(self._ground, said, repr(astuple(options.typography)))
        self._counting = counting
        self._last, self._met = self._met or self._last, {}

    def readings(self, sources: Iterable[Source], options: Options, found: Collection[str]) -> dict[str, Reading]:
        """Return the Readings of sources by path, as `read` gives them; `found` are all files below content/.

        Those that are not known are read on all cores.
        """
        by_key = {_digest(self._rules or "", source.path, source.body): source for source in sources}
        store = Store(self._file) if self._rules else None
        known = self._known(by_key, store, found)
        left = [key for key in by_key if key not in known]
        new = dict(workers.spread(lambda key: self._made(by_key[key], options, found), left))
        known |= {key: _opened(body) for key, body in new.items()}
        if store is not None and new:
            store.renew({key: partial(bytes, body) for key, body in new.items()})
        self._met |= known
        return {source.path: known[key].reading for key, source in by_key.items()}

    def counts(self) -> Mapping[Key, Counts]:
        """Return the counts of all texts that were asked for since `follow`, by what they are of."""
        return {one.of: one.counts for one in self._met.values() if one.of and one.counts}

    def prune(self) -> None:
        """Let go of what nobody has asked for since `follow`, where it has become much."""
        if self._rules and self._met:
            store = Store(self._file)
            if store.count() > _SPARE * len(self._met):
                store.keep_only(self._met)

    @cached_property
    def _ground(self) -> str:
        """Return a digest of what reading and counting are done by, which stays as long as this process."""
        return _digest(_code(), machine.described())

    def _known(self, keys: Collection[str], store: Store | None, found: Collection[str]) -> dict[str, Kept]:
        """Return what is known by these keys and still right: nothing where there is no store."""
        if store is None:
            return {}
        known = {key: self._last[key] for key in keys if key in self._last}
        for key, body in store.several([key for key in keys if key not in known]).items():
            if kept := _unsealed(body):
                known[key] = kept
        return {
            key: kept
            for key, kept in known.items()
            if all((path in found) is there for path, there in kept.reading.asked)
        }

    def _made(self, source: Source, options: Options, found: Collection[str]) -> bytes:
        """Read a source; return what is to be kept, sealed: bytes that begin with a digest of the rest."""
        reading = read(source.path, source.body, options, found)
        text = reading.content.text  # and with it, for whoever asks, all the facts
        of, counts = None, None
        if self._counting and not reading.problems:
            # The name and the language as the Post will have them; where it has others, it is counted again.
            name = without_markup(title_as_html(str(reading.front.get("title", ""))))
            language = str(reading.front.get("lang", options.language))
            terms, levels = counted(name, text, language)
            of, counts = (
                (hashlib.sha256(reading.content.html.encode()).hexdigest(), name, language),
                (bytes(terms), levels),
            )
        body = pickle.dumps((reading, of, counts), pickle.HIGHEST_PROTOCOL)
        return hashlib.blake2b(body, digest_size=_SEAL).digest() + body


def _own_extensions(options: Options, root: Path) -> bool:
    """Tell whether one of Markdown's extensions is a Python file of the site's own."""
    for name in options.markdown.get("extensions", ()):
        found = find_spec(str(name).partition(":")[0].partition(".")[0])
        origin = Path(found.origin) if found and found.origin else None
        if origin and root in origin.parents and root / ".venv" not in origin.parents:
            return True
    return False


def _code() -> bytes:
    """Return a digest of what reading and counting are done by, and of what a Reading is made of."""
    digest = hashlib.sha256()
    for room in _ROOMS:
        for module in sorted((_PACKAGE / room).glob("*.py")):
            digest.update(module.read_bytes())
    return digest.digest()


def _digest(*parts: str | bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        body = part.encode() if isinstance(part, str) else part
        digest.update(len(body).to_bytes(8, "big") + body)
    return digest.hexdigest()


def _unsealed(body: bytes) -> Kept | None:
    """Return what was kept, or None where the bytes are not that."""
    if hashlib.blake2b(body[_SEAL:], digest_size=_SEAL).digest() != body[:_SEAL]:
        return None
    try:
        return _opened(body)
    except (pickle.UnpicklingError, AttributeError, TypeError, ValueError, EOFError):
        return None


def _opened(body: bytes) -> Kept:
    reading, of, counts = _Opener(io.BytesIO(body[_SEAL:])).load()
    if not isinstance(reading, Reading):
        message = "no Reading"
        raise pickle.UnpicklingError(message)
    return Kept(reading, of, Counts(array("Q", counts[0]), counts[1]) if counts else None)


class _Opener(pickle.Unpickler):
    """Takes values of ours and dates out of a file, and nothing else: it may be there that others can write."""

    def find_class(self, module: str, name: str) -> object:
        """Return a class that may be there. Raises UnpicklingError for any other."""
        if module.startswith("byline.values.") or (module == "datetime" and name in _DATES):
            return super().find_class(module, name)
        message = f"{module}.{name} is no value"
        raise pickle.UnpicklingError(message)
