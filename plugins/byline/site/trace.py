"""What an output was made from: every value a template reads, noted at Jinja's own doors.

Not a guess from the template's text: a value counts when it was read. An output is right while the digests hold.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from typing import TYPE_CHECKING

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
    from collections.abc import Callable

    from jinja2 import Environment

    from byline.values.output import Trace

_LARGE = 16
"""Collections longer than this are digested once a listing: the same list of posts is read by every page."""
_SHORT = 24
"""Texts shorter than this are their own digest."""


class Recorder:
    """Notes reads between `start` and `stop`; one for all of a site's template environments."""

    def __init__(self) -> None:
        self._reads: dict[tuple[str, str], object] = {}
        self._digests: dict[int, tuple[object, str]] = {}
        self._on = False

    def start(self) -> None:
        """Forget the last output's reads and begin to note."""
        self._reads = {}
        self._on = True

    def stop(self) -> Callable[[], Trace]:
        """Return what was noted since `start`, as a function: only who asks for the trace pays for its digests.

        Values that cannot be digested (functions, modules) are no content, and left out.
        """
        self._on = False
        reads = self._reads

        def trace() -> Trace:
            digested = [Read(subject, name, self._digest(value)) for (subject, name), value in reads.items()]
            return tuple(
                sorted((read for read in digested if read.digest), key=lambda read: (read.subject, read.field))
            )

        return trace

    def note(self, subject: str, field: str, value: object) -> None:
        """Note that a value was read."""
        if self._on:
            self._reads.setdefault((subject, field), value)

    def attach(self, environment: Environment) -> None:
        """Note from now on what this environment's templates read."""
        recorder = self

        class Noted(Context):
            def resolve_or_missing(self, key: str) -> object:
                value = super().resolve_or_missing(key)
                recorder.note("", key, value)
                return value

        environment.context_class = Noted
        environment.getattr = self._noting(environment.getattr)  # type: ignore[method-assign]  # Jinja's door, ours to watch
        environment.getitem = self._noting(environment.getitem)  # type: ignore[method-assign]  # Jinja's other door

    def _noting(self, door: Callable[..., object]) -> Callable[..., object]:
        def noted(owner: object, name: object) -> object:
            value = door(owner, name)
            if self._on and (subject := subject_of(owner)):
                self._reads.setdefault((subject, str(name)), value)
            return value

        return noted

    def _digest(self, value: object) -> str:
        """Return the digest of a value, or an empty string for what has no content (functions, modules)."""
        if not isinstance(value, list | tuple | dict) or len(value) <= _LARGE:
            return digest(value)
        known = self._digests.get(id(value))
        if known is None or known[0] is not value:
            # The value is kept with its digest, so that its id is not given to another.
            known = self._digests[id(value)] = (value, digest(value))
        return known[1]


def subject_of(owner: object) -> str:
    """Return whose field is read: a source path, a tag's kind and slug, `page` of a list; empty for plain data."""
    if isinstance(owner, Content):
        return str(owner.relative_source_path or "")
    if isinstance(owner, Post):
        return owner.path
    if isinstance(owner, URLWrapper):
        return f"{type(owner).__name__.lower()}:{owner.slug}"
    if isinstance(owner, Paginator | Page):
        return type(owner).__name__.lower()
    # All else is plain data that was itself read somewhere, and noted there.
    return ""


def digest(value: object) -> str:  # noqa: PLR0911  one answer a kind of value
    """Return a short text that is the same for the same content, or an empty string for what has none."""
    if isinstance(value, str):
        return f"'{value}" if len(value) < _SHORT else _hashed(value)
    if value is None or value is missing or isinstance(value, Undefined):
        return "nothing"
    if isinstance(value, int | float | dt.date):
        return str(value)
    if isinstance(value, Content | Post | URLWrapper):
        return f"of {subject_of(value)}"
    if isinstance(value, list | tuple | Asked):
        return _hashed("\0".join(map(digest, value)))
    if isinstance(value, set | frozenset):
        return _hashed("\0".join(sorted(map(digest, value))))
    if isinstance(value, dict):
        return _hashed("\0".join(f"{key}\0{digest(part)}" for key, part in value.items()))
    if isinstance(value, Drawn):
        return digest(str(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return digest([getattr(value, part.name) for part in dataclasses.fields(value)])
    return ""


def _hashed(text: str) -> str:
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=12).hexdigest()
