"""Shortcuts: pure functions and classes of Pelican's, taken while a site is listed, with the same answers sooner.

Not a change of what Pelican does: where they do not lead to the same answer, its own function is asked.
"""

from __future__ import annotations

import locale
import os
import re
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache, partial
from itertools import groupby
from operator import attrgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pelican import cache, contents, generators, readers, urlwrappers, utils

from byline.site import adopted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from types import ModuleType

    from pelican.contents import Content
    from pelican.urlwrappers import URLWrapper

    Slugify = Callable[..., str]
    _Day = tuple[int, str, str]

_DIRECTIVES = re.compile(r"(?:[^%]|%[aAbBcdfGHIjmMpSUuVwWxXyYzZ])*", re.DOTALL)
"""A format in which C and Pelican mean the same, and no zeros are stripped."""
_OF_DAYS = re.compile(r"(?:[^%]|%[aAbBdGjmuUVwWyY])*", re.DOTALL)
"""One of them that says nothing of hours and time zones."""


@contextmanager
def taken(*, ours: bool) -> Iterator[None]:
    """Take the shortcuts while the block runs; `ours`: no other plugin is there, whom other classes might surprise."""
    slugify, kept = remembering(utils.slugify), cache.FileStampDataCacher
    author = shared(urlwrappers.Author)
    classes = (
        (generators, "Article", adopted.Article),
        (generators, "Page", adopted.Page),
        (readers, "Author", author),
        (contents, "Author", author),  # whose posts those are that name nobody
        *((readers, kind.__name__, shared(kind)) for kind in (urlwrappers.Category, urlwrappers.Tag)),
    )
    places = (
        *(classes if ours else ()),
        (generators, "process_translations", process_translations),
        (contents, "slugify", slugify),
        (urlwrappers, "slugify", slugify),
        (utils, "strftime", partial(strftime, utils.strftime, {})),
        (readers, "os", _with(os, path=_with(os.path, relpath=relpath))),
        (kept, "cache_data", _keeping(kept.cache_data)),
        (kept, "get_cached_data", _answering(kept.get_cached_data)),
    )
    before = [(module, name, getattr(module, name)) for module, name, _sooner in places]
    for module, name, sooner in places:
        setattr(module, name, sooner)
    try:
        yield
    finally:
        for module, name, stock in before:
            setattr(module, name, stock)


def process_translations(
    content_list: list[Content], translation_id: str | Collection[str] | None = None
) -> tuple[list[Content], list[Content]]:
    """Return which contents are originals and which translations, as Pelican does, which is asked group by group.

    Pelican searches the list of all originals for each content.
    """
    if not translation_id:
        return content_list, []
    names = {translation_id} if isinstance(translation_id, str) else translation_id
    try:
        same = attrgetter(*names)
        content_list.sort(key=same)
    except (TypeError, AttributeError):
        return utils.process_translations(content_list, translation_id)  # type: ignore[no-any-return]  # it raises
    originals: list[Content] = []
    translations: list[Content] = []
    for _same, found in groupby(content_list, same):
        group = list(found)
        if len(group) == 1 and "translation" not in group[0].metadata:
            group[0].translations = []
            originals += group
        else:
            first, other = utils.process_translations(group, names)
            originals += first
            translations += other
    return originals, translations


def remembering(slugify: Slugify) -> Slugify:
    """Return Pelican's `slugify` with a memory: it is asked for the same tag of every post."""
    known: dict[tuple[Any, ...], str] = {}
    rules: dict[int, object] = {}

    def sooner(
        value: str,
        regex_subs: Iterable[tuple[str, str]] = (),
        preserve_case: bool = False,  # noqa: FBT001, FBT002  Pelican's signature
        use_unicode: bool = False,  # noqa: FBT001, FBT002
    ) -> str:
        key = (value, id(rules.setdefault(id(regex_subs), regex_subs)), preserve_case, use_unicode)
        if key not in known:
            known[key] = slugify(value, regex_subs, preserve_case, use_unicode)
        return known[key]

    return sooner


def shared(kind: type[URLWrapper]) -> Callable[[str, dict[str, Any]], URLWrapper]:
    """Return what makes a tag, category or author once for all posts that have it: its slug is found once, too."""
    known: dict[tuple[str, int], URLWrapper] = {}

    def one(name: str, settings: dict[str, Any]) -> URLWrapper:
        key = name, id(settings)
        if key not in known:
            known[key] = kind(name, settings)
        return known[key]

    return one


def strftime(stock: Callable[..., str], known: dict[_Day, str], date: datetime, date_format: str) -> str:
    """Return a date as Pelican formats it, which does so piece by piece, for the sake of what C cannot do.

    Of a format of days alone it is `known` what it made of one, in the locale that the process has.
    """
    if not _is_plain(date_format):
        return stock(date, date_format)
    if not _is_of_days(date_format):
        return datetime.strftime(date, date_format)
    key = (date.toordinal(), date_format, locale.setlocale(locale.LC_TIME))
    if key not in known:
        known[key] = datetime.strftime(date, date_format)
    return known[key]


@lru_cache
def _is_plain(date_format: str) -> bool:
    return date_format.isascii() and bool(_DIRECTIVES.fullmatch(date_format))


@lru_cache
def _is_of_days(date_format: str) -> bool:
    return bool(_OF_DAYS.fullmatch(date_format))


def relpath(path: str, start: str) -> str:
    """Return the path from a folder to a file, which is mostly plain to see; Pelican's readers ask that of each."""
    return adopted.relative_path(path, start) or os.path.relpath(path, start)


def _with(module: ModuleType, **others: object) -> SimpleNamespace:
    """Return all that is in a module, with these in place of its own."""
    return SimpleNamespace(**{**vars(module), **others})


def _keeping(stock: Callable[..., None]) -> Callable[..., None]:
    """Return what keeps nothing where nothing is kept: Pelican looks at the file first."""

    def cache_data(self: Any, name: str, content: object) -> None:  # noqa: ANN401  a cache
        if self._cache_data_policy:
            stock(self, name, content)

    return cache_data


def _answering(stock: Callable[..., object]) -> Callable[..., object]:
    """Return what answers what is kept: Pelican looks at the file also where there is nothing."""

    def get_cached_data(self: Any, name: str, default: object = None) -> object:  # noqa: ANN401  a cache
        return stock(self, name, default) if self._cache else default

    return get_cached_data
