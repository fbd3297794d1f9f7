"""What an output was made from: every value a template reads, noted at Jinja's own doors.

Not a guess from the template's text: a value counts when it was read. An output is right while the digests hold.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from jinja2.utils import missing
from pelican.contents import Content

from byline.site.digests import Digests, path_of
from byline.site.includes import Including
from byline.values.output import Read
from byline.values.post import Post

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2 import Environment

    from byline.values.output import Trace

OF_POST = "post."
"""How the name of a Post's field begins, so that it is not taken for that of the Article with the same path."""


class Recorder:
    """Notes reads between `start` and `stop`; one for all of a site's template environments."""

    def __init__(self) -> None:
        self._reads: dict[tuple[int | str, str], tuple[object, str, object]] = {}
        self._names: set[str] = set()
        self._have_subjects: dict[type, bool] = {}
        self._given: Mapping[str, object] | None = None
        self._on = False
        self.digests = Digests()

    def start(self) -> None:
        """Forget the last output's reads and begin to note."""
        self._reads = {}
        self._names = set()
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
        found = Including.resolve_or_missing

        class Noted(Including):
            def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  Jinja's signature
                super().__init__(*arguments, **named)
                if recorder._given is None:
                    recorder._given = self.parent

            def resolve_or_missing(self, key: str) -> object:
                if key not in recorder._names:
                    recorder._note_name(key, environment.globals)
                return found(self, key)

        environment.context_class = Noted
        environment.getattr = self._noting(environment.getattr)  # type: ignore[method-assign]  # Jinja's door, ours to watch
        environment.getitem = self._noting(environment.getitem)  # type: ignore[method-assign]  # Jinja's other door

    def _note_name(self, name: str, built_in: Mapping[str, object]) -> None:
        """Note what a page was given by a name; what templates themselves call so is made of what they read."""
        if self._on:
            value = (self._given or {}).get(name, missing)
            if value is missing or value is not built_in.get(name):
                self._reads["", name] = ("", name, value)
            self._names.add(name)

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
            found.setdefault((owner if isinstance(owner, str) else path_of(owner), field), value)
        return tuple(Read(*key, self._digests.of(found[key])) for key in sorted(found))

    def fields(self) -> list[tuple[object, tuple[str, ...]]]:
        """Return whose fields were read (an Article, a Post, the name of a subject), and which, in order."""
        found: dict[int | str, tuple[object, list[str]]] = {}
        for owner, field, _value in self._reads:
            found.setdefault(owner if isinstance(owner, str) else id(owner), (owner, []))[1].append(field)
        return [(owner, tuple(sorted(fields))) for owner, fields in found.values()]
