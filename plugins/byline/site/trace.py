"""What an output was made from: every value a template reads, noted at Jinja's own doors.

Not a guess from the template's text: a value counts when it was read. An output is right while the digests hold.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import sys
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined
from jinja2.runtime import Context
from jinja2.utils import missing
from pelican.contents import Content
from pelican.paginator import Page, Paginator
from pelican.urlwrappers import URLWrapper

from byline.credits.pictured import Drawn
from byline.related.asked import Asked
from byline.values.output import Read
from byline.values.post import Post

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2 import Environment

    from byline.values.output import Trace

OF_POST = "post."
"""How the name of a Post's field begins, so that it is not taken for that of the Article with the same path."""
_LARGE = 16
"""Collections longer than this are digested once a listing: the same list of posts is read by every page."""
_SHORT = 24
"""Texts shorter than this are their own digest."""


class Recorder:
    """Notes reads between `start` and `stop`; one for all of a site's template environments."""

    def __init__(self) -> None:
        self._reads: dict[tuple[int | str, str], tuple[object, str, object]] = {}
        self._have_subjects: dict[type, bool] = {}
        self._given: Mapping[str, object] | None = None
        self._on = False
        self.digests = Digests()

    def start(self) -> None:
        """Forget the last output's reads and begin to note."""
        self._reads = {}
        self._given = None
        self._on = True

    def stop(self) -> Reads:
        """Return what was noted since `start`."""
        self._on = False
        return Reads(self._reads.values(), self.digests)

    def forget(self) -> None:
        """Let go of the digests of what may have changed since."""
        self.digests = Digests()

    def note(self, subject: str, field: str, value: object) -> None:
        """Note that a value was read."""
        if self._on:
            self._reads.setdefault((subject, field), (subject, field, value))

    def attach(self, environment: Environment) -> None:
        """Note from now on what this environment's templates read."""
        recorder = self

        class Noted(Context):
            def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  Jinja's signature
                super().__init__(*arguments, **named)
                if recorder._given is None:
                    recorder._given = self.parent

            def resolve_or_missing(self, key: str) -> object:
                recorder._note_name(key, environment.globals)
                return super().resolve_or_missing(key)

        environment.context_class = Noted
        environment.getattr = self._noting(environment.getattr)  # type: ignore[method-assign]  # Jinja's door, ours to watch
        environment.getitem = self._noting(environment.getitem)  # type: ignore[method-assign]  # Jinja's other door

    def _note_name(self, name: str, built_in: Mapping[str, object]) -> None:
        """Note what a page was given by a name; what templates themselves call so is made of what they read."""
        if self._on and ("", name) not in self._reads:
            value = (self._given or {}).get(name, missing)
            if value is missing or value is not built_in.get(name):
                self._reads["", name] = ("", name, value)

    def _noting(self, door: Callable[..., object]) -> Callable[..., object]:
        known = self._have_subjects

        def noted(owner: object, name: object) -> object:
            value = door(owner, name)
            kind = type(owner)
            if kind not in known:
                # All else is plain data, which was itself read somewhere and noted there.
                known[kind] = issubclass(kind, Content | Post)
            if known[kind] and self._on and (key := (id(owner), str(name))) not in self._reads:
                prefix = OF_POST if kind is Post else ""
                # The same few names are read of every post, and kept for every page.
                self._reads[key] = (owner, sys.intern(f"{prefix}{name}"), value)
            return value

        return noted


class Reads:
    """What was read of what while an output was made. Called, it is the trace: only who asks pays for its digests."""

    def __init__(self, reads: Iterable[tuple[object, str, object]], digests: Digests) -> None:
        """Take reads: whose field (an object, or a subject's name), which, and its value."""
        self._reads = reads
        self._digests = digests

    def __call__(self) -> Trace:
        """Return the trace; a value that cannot be digested (a function, a foreign object) has an empty digest."""
        found: dict[tuple[str, str], object] = {}
        for owner, field, value in self._reads:
            found.setdefault((owner if isinstance(owner, str) else _path(owner), field), value)
        return tuple(Read(*key, self._digests.of(found[key])) for key in sorted(found))

    def fields(self) -> list[tuple[object, tuple[str, ...]]]:
        """Return whose fields were read (an Article, a Post, the name of a subject), and which, in order."""
        found: dict[int | str, tuple[object, list[str]]] = {}
        for owner, field, _value in self._reads:
            found.setdefault(owner if isinstance(owner, str) else id(owner), (owner, []))[1].append(field)
        return [(owner, tuple(sorted(fields))) for owner, fields in found.values()]


class Digests:
    """Short texts that are the same for the same content; those of long collections are worked out once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, str]] = {}
        self._ways: dict[type, Callable[[Any], str]] = {}

    def of(self, value: object) -> str:
        """Return the digest of a value; an empty text for what has none, or where any part of it has none."""
        kind = type(value)
        if kind not in self._ways:
            self._ways[kind] = self._way(kind)
        return self._ways[kind](value)

    def _way(self, kind: type) -> Callable[[Any], str]:
        """Return how values of a kind are digested: a build asks a million times."""
        for kinds, way in (
            (str, _of_text),
            ((type(None), type(missing), Undefined), lambda _nothing: "nothing"),
            ((int, float, dt.date), str),
            ((Content, Post), lambda owner: f"of {_path(owner)}"),
            # All else of it follows from these and the settings.
            (URLWrapper, lambda named: f"{kind.__name__.lower()} {self.of(named.name)} {named.slug}"),
            ((list, tuple, Asked, dict), self._of_collection),
            ((set, frozenset), lambda values: joined(sorted(map(self.of, values)))),
            (Drawn, lambda drawn: _of_text(str(drawn))),
            (Paginator, lambda pages: self.of((pages.name, pages.url, pages.per_page, pages.object_list))),
            (Page, lambda page: self.of((page.number, page.save_as, page.url, page.paginator))),
            (dt.tzinfo, lambda zone: f"zone {zone}"),
        ):
            if issubclass(kind, kinds):
                return way
        if dataclasses.is_dataclass(kind):
            return partial(self._of_fields, [part.name for part in dataclasses.fields(kind)])
        return lambda _foreign: ""

    def _of_fields(self, names: list[str], value: object) -> str:
        return joined([self.of(getattr(value, name)) for name in names])

    def _of_collection(self, value: list[Any] | tuple[Any, ...] | Asked[Any] | dict[Any, Any]) -> str:
        if len(value) <= _LARGE:
            return self._of_parts(value)
        known = self._known.get(id(value))
        if known is None or known[0] is not value:
            # The value is kept with its digest, so that its id is not given to another.
            known = self._known[id(value)] = (value, self._of_parts(value))
        return known[1]

    def _of_parts(self, value: list[Any] | tuple[Any, ...] | Asked[Any] | dict[Any, Any]) -> str:
        if isinstance(value, defaultdict) and value.default_factory:
            # Looked at, it gets entries that say nothing.
            value = {key: part for key, part in value.items() if part != value.default_factory()}
        if isinstance(value, dict):
            return joined([self.of(part) for pair in value.items() for part in pair])
        return joined(list(map(self.of, value)))


def _of_text(text: str) -> str:
    return f"'{text}" if len(text) < _SHORT else _hashed(text)


def _path(owner: Any) -> str:  # noqa: ANN401  a Content of Pelican's, or a Post
    return owner.path if isinstance(owner, Post) else str(owner.relative_source_path or "")


def joined(digests: list[str]) -> str:
    """Return one digest of several; none where one of them is none."""
    return _hashed("\0".join(digests)) if all(digests) else ""


def _hashed(text: str) -> str:
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=12).hexdigest()
