"""Readings, kept by what they were read from: a source that did not change is not read again, by any run.

Not needed by anybody: without the file, or with garbage in it, all is read anew. A text, by its digest, and the counts
of its terms, by which posts are related, are kept apart: a listing needs neither.
"""

from __future__ import annotations

from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from byline.credits import shown
from byline.edges import arrays, from_pelican, workers
from byline.related import further
from byline.related.linking import Linking
from byline.related.terms import counted
from byline.site import packed, policy
from byline.site.adopted import resolved_tags
from byline.site.kept_aside import KeptAside
from byline.site.reader import read
from byline.site.reading_rules import hashed, rules
from byline.site.reading_store import ReadingStore
from byline.site.untouched import Untouched
from byline.values.content import Content, digest
from byline.values.shelved import Shelf, Shelved
from byline.values.text import without_markup

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from byline.related.kept_counts import Key
    from byline.related.terms import Counts
    from byline.site.packed import Listed, Packed
    from byline.site.reader import Options
    from byline.values.post import Reading

_SPARE = 2
"""How many times as many Readings are kept as there are sources: drafts come and go, an edit may be taken back."""
_FACTS = (
    digest,
    resolved_tags,
    shown.pictures,
    further.from_text,
    policy.embedded,
    policy.inline,
)
"""What every listing, or every page, asks of a text: it is kept where the text need not be opened for it."""
_KEY = 64
"""So long is a key."""
_TEXTS_AT_HAND = 32
_AT_ONCE = 1_000
"""How many are kept in one stroke: so many are in memory, whole, until they are."""


class Source(NamedTuple):
    """A source as it is: its path below content/, its bytes, and how it stood before it was opened; empty: in doubt."""

    path: str
    body: bytes
    stands: str = ""


class KeptReadings:
    """The Readings of a site's sources: one for as long as the site is looked at, and a file for the next time."""

    def __init__(self, file: Path) -> None:
        """Keep them in a file, which can be thrown away."""
        self._store = ReadingStore(file)
        self._notes = file.with_name("sources.json")
        self._last: dict[str, Listed] = {}
        self._met: dict[str, Listed] = {}
        self._rules: str | None = None
        self._untouched: Untouched | None = None
        self._counting = self._numpy = False
        self._facts: tuple[Callable[[Content], object], ...] = _FACTS
        self._opened = lru_cache(_TEXTS_AT_HAND)(self._text)

    def follow(  # noqa: PLR0913  all that reading depends on
        self, options: Options, root: Path, site_url: str, *, ours: bool, counting: bool, numpy: bool = False
    ) -> None:
        """Read by these rules from now on; `counting`: the terms of the texts will be asked for, `numpy`: of many.

        Nothing is kept of a site with other people's plugins (not `ours`): nobody knows what those depend on. `root`
        is the site's folder, `site_url` its address.
        """
        self._rules = rules(options, root, site_url, counting=counting) if ours else None
        self._untouched = Untouched(self._notes, self._rules) if self._rules else None
        self._counting, self._numpy = counting, counting and numpy
        self._facts = (*_FACTS, Linking(site_url))
        self._last, self._met = self._met or self._last, {}

    def unopened(
        self, standing: Mapping[str, str], found: Collection[str], again: Callable[[str], Content]
    ) -> dict[str, Reading]:
        """Return by path the Readings of sources that need not be opened, given how each stands (see `readings`)."""
        if self._untouched is None:
            return {}
        asked = {path: self._untouched.key(path, stands) for path, stands in standing.items()}
        paths = {key: path for path, key in asked.items() if key}
        known = self._known(paths, found, self._shelved(again))
        self._met |= known
        return {paths[key]: one.reading for key, one in known.items()}

    def readings(
        self,
        sources: Iterable[Source],
        options: Options,
        found: Collection[str],
        again: Callable[[str], Content],
    ) -> dict[str, Reading]:
        """Return the Readings of sources by path, as `read` gives them; `found` are all files below content/.

        Those that are not known are read on all cores. `again` reads a source that was kept, and is no more.
        """
        by_key = {hashed(self._rules or "", source.path, source.body): source for source in sources}
        shelved = self._shelved(again)
        known = self._known(by_key, found, shelved) if self._rules else {}
        left = [key for key in by_key if key not in known]
        for key, part in self._read(by_key, options, found, left):
            text = shelved if self._rules else partial(self._whole, part.text)
            if one := packed.listed(part.listed, text):
                known[key] = one
        self._met |= known
        if self._untouched is not None:
            for key, source in by_key.items():
                self._untouched.note(source.path, source.stands, key)
        return {source.path: known[key].reading for key, source in by_key.items()}

    def read_apart(
        self,
        standing: Mapping[str, str],
        body: Callable[[str], object],
        options: Options,
        found: Collection[str],
        meanwhile: Callable[[], None] = lambda: None,
    ) -> None:
        """Read sources on all cores, and keep what they say: for a first build, whose sources are many.

        That is done in a copy of this process, whose memory goes with its end, and nothing where nothing is kept. By
        path, `standing` tells how each source stands, `body` answers its bytes, or what is not bytes: it is left out.
        `meanwhile` is done by this process, which has nothing to do. Raises Fault where NumPy is wanted, and missing.
        """
        untouched, by = self._untouched, self._rules
        if untouched is None or by is None:
            return
        if self._numpy:
            arrays.ready()
        first = not self._store.count()

        def made(path: str) -> bytes:
            opened = body(path)
            if not isinstance(opened, bytes):
                return b""
            key = hashed(by, path, opened)
            known = None if first else packed.listed(self._store.one(key), lambda path, _known: Content(path))
            if known and _asked_alike(known.reading, found):
                return key.encode()
            return key.encode() + self._made(Source(path, opened), options, found, numpy=self._numpy)

        def read_and_note() -> None:
            read = workers.spread(made, list(standing))
            while new := dict(islice(read, _AT_ONCE)):
                keyed = {path: (body[:_KEY].decode(), body[_KEY:]) for path, body in new.items() if body}
                self._store.keep({key: packed.parted(body) for key, body in keyed.values() if body})
                for path, (key, _body) in keyed.items():
                    untouched.note(path, standing[path], key)
            untouched.save()

        workers.apart(read_and_note, meanwhile)
        self._untouched = untouched.read_again()

    def settle(self) -> None:
        """Write down which sources need not be opened again: all that are read have been asked for since `follow`."""
        if self._untouched is not None:
            self._untouched.save()
            self._untouched = None

    def _read(
        self, by_key: Mapping[str, Source], options: Options, found: Collection[str], keys: Sequence[str]
    ) -> Iterator[tuple[str, Packed]]:
        """Yield the keys of sources with what was read of them, on all cores, once it is kept."""
        made = workers.spread(lambda key: self._made(by_key[key], options, found), keys)
        while new := dict(islice(made, _AT_ONCE)):
            parts = {key: packed.parted(body) for key, body in new.items()}
            if self._rules:
                self._store.keep(parts)
            yield from parts.items()

    def counts(self) -> Mapping[Key, Counts]:
        """Return the counts of all texts that were asked for since `follow`, by what they are of: read when asked."""
        return KeptAside({one.of: key for key, one in self._met.items() if one.of}, self._store.counts)

    def prune(self) -> None:
        """Let go of what nobody has asked for since `follow`, where it has become much."""
        if self._rules and self._met and self._store.count() > _SPARE * len(self._met):
            self._store.keep_only(self._met, {one.reading.content.known(digest) for one in self._met.values()})

    def close(self) -> None:
        """Let go of the file, until a text or counts are asked for."""
        self._store.close()

    def _shelved(self, again: Callable[[str], Content]) -> Callable[[str, tuple[object, ...]], Content]:
        """Return what makes a text that is opened when asked for."""
        places = {fact: place for place, fact in enumerate(self._facts)}
        return partial(Shelved, Shelf(places, partial(self._opened, again)))

    def _known(
        self,
        keys: Collection[str],
        found: Collection[str],
        shelved: Callable[[str, tuple[object, ...]], Content],
    ) -> dict[str, Listed]:
        """Return what is known by these keys and still right."""
        known = {key: self._last[key] for key in keys if key in self._last}
        for key, body in self._store.several([key for key in keys if key not in known]).items():
            if one := packed.listed(body, shelved):
                known[key] = one
        return {key: kept for key, kept in known.items() if _asked_alike(kept.reading, found)}

    def _whole(self, body: bytes, _path: str, known: tuple[object, ...]) -> Content:
        """Return a text that was just read."""
        content = Content(body.decode())
        content.know(dict(zip(self._facts, known, strict=True)))
        return content

    def _text(self, again: Callable[[str], Content], of: str, path: str) -> Content:
        """Return the text that is kept by its digest, or what `again` reads at its path."""
        return packed.text(self._store.text(of), of) or again(path)

    def _made(self, source: Source, options: Options, found: Collection[str], *, numpy: bool = False) -> bytes:
        """Read a source; return the parts of what is to be kept, one after the other, their lengths before them."""
        reading = read(source.path, source.body, options, found)
        of, counts = None, None
        if self._counting and not reading.problems:
            # The name and the language as the Post will have them; where it has others, it is counted again.
            name = without_markup(from_pelican.title_as_html(str(reading.front.get("title", ""))))
            language = str(reading.front.get("lang", options.language))
            of = reading.content.known(digest), name, language
            counts = counted(name, reading.content.text, language, arrays=numpy)
        parts = packed.packed(reading, [fact(reading.content) for fact in self._facts], of, counts)
        return packed.joined(parts)


def _asked_alike(reading: Reading, found: Collection[str]) -> bool:
    """Tell whether the files that reading asked for are there, or are not, as they were."""
    return all((path in found) is there for path, there in reading.asked)
