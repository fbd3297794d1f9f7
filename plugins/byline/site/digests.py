"""Digests: short texts that are the same for values of the same content, in any process.

Not a record of who read a value: that is `trace`'s.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import marshal
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined
from jinja2.utils import missing
from pelican.contents import Content
from pelican.paginator import Page, Paginator
from pelican.urlwrappers import URLWrapper

from byline.credits.pictured import Drawn
from byline.related.asked import Asked
from byline.related.matches import Match
from byline.values.post import Post

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_LARGE = 16
"""Collections longer than this are digested once a listing: the same list of posts is read by every page."""
_SHORT = 24
"""Texts shorter than this are their own digest."""
_PLAIN = frozenset({str, int, float, bool, type(None)})


class Digests:
    """Short texts that are the same for the same content; what long collections come to is worked out once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, tuple[str, ...]]] = {}
        self._ways = _Ways(self._way)

    def of(self, value: object) -> str:
        """Return the digest of a value; an empty text for what has none, or where any part of it has none."""
        try:
            (plain,) = self._plain((value,))
            return _readable(plain) or _hashed(plain)
        except ValueError:
            return ""

    def of_all(self, values: Iterable[object]) -> str:
        """Return one digest of several values; an empty text where any of them has none."""
        try:
            return _hashed(self._plain(values))
        except ValueError:
            return ""

    def _plain(self, values: Iterable[object]) -> list[Any]:
        """Return values as plain data, an object as a tuple of texts, a collection as a list; foreign ones as such."""
        ways = self._ways
        return [value if type(value) in _PLAIN else ways[type(value)](value) for value in values]

    def _way(self, kind: type) -> Callable[[Any], object]:
        """Return what answers a value of this kind as plain data: a build asks a million times."""
        called = kind.__name__.lower()
        for kinds, way in (
            (str, str.__str__),
            (int, int),
            (float, float),
            ((type(missing), Undefined), lambda _nothing: ...),
            (dt.date, lambda day: (str(day),)),
            (Content, lambda content: ("of", content.relative_source_path or "")),
            (Post, lambda post: ("of", post.path)),
            # All else of it follows from these and the settings.
            (URLWrapper, lambda named: (called, named.name, named.slug)),
            (Match, lambda match: [match.post.path, match.score, list(match.reasons), match.pinned]),
            (Asked, lambda asked: self._of_several(asked.origin())),
            ((list, tuple), self._of_several),
            (dict, self._of_pairs),
            ((set, frozenset), lambda values: sorted(map(_hashed, self._plain(values)))),
            (Drawn, str),
            (Paginator, lambda pages: self._plain((pages.name, pages.url, pages.per_page, pages.object_list))),
            (Page, lambda page: self._plain((page.number, page.paginator))),
            (dt.tzinfo, lambda zone: ("zone", str(zone))),
        ):
            if issubclass(kind, kinds):
                return way
        if dataclasses.is_dataclass(kind):
            names = [part.name for part in dataclasses.fields(kind)]
            return lambda value: self._plain([getattr(value, name) for name in names])
        return lambda foreign: foreign

    def _of_several(self, values: Sequence[object]) -> object:
        if len(values) <= _LARGE:
            return self._plain(values)
        return self._once(values, lambda: ("several", _hashed(self._plain(values))))

    def _of_pairs(self, value: dict[Any, Any]) -> list[Any]:
        if isinstance(value, defaultdict) and value.default_factory:
            # Looked at, it gets entries that say nothing.
            value = {key: part for key, part in value.items() if part != value.default_factory()}
        return self._plain(chain.from_iterable(value.items()))

    def _once(self, value: object, say: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        """Return what is said of this very object, which is worked out once."""
        known = self._known.get(id(value))
        if known is None or known[0] is not value:
            # The value is kept with what is said of it, so that its id is not given to another.
            known = self._known[id(value)] = (value, say())
        return known[1]


class _Ways(dict[type, "Callable[[Any], object]"]):
    """What answers values of each kind as plain data; `find` answers that for a kind that was not met before."""

    def __init__(self, find: Callable[[type], Callable[[Any], object]]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, kind: type) -> Callable[[Any], object]:
        way = self[kind] = self._find(kind)
        return way


def path_of(owner: Any) -> str:  # noqa: ANN401  a Content of Pelican's, or a Post
    """Return the source path of an article or page, or of its Post."""
    return owner.path if isinstance(owner, Post) else str(owner.relative_source_path or "")


def _readable(plain: object) -> str:
    """Return plain data that is short as a text of its own; empty where it is long, or a collection."""
    if plain is None or plain is ...:
        return "nothing"
    if isinstance(plain, tuple):
        return " ".join(plain)
    if isinstance(plain, int | float):
        return str(plain)
    return f"'{plain}" if isinstance(plain, str) and len(plain) < _SHORT else ""


def _hashed(plain: Any) -> str:  # noqa: ANN401  plain data, with foreign objects
    """Return a digest of plain data. Raises ValueError where there is anything else in it.

    This version of the format does not tell which parts are one object.
    """
    return hashlib.blake2b(marshal.dumps(plain, 2), digest_size=12).hexdigest()
