"""Related reading in any Pelican site: name this module in PLUGINS, and articles know what to read after them.

Not needed in a Byline site, which does all of it by itself; there this does nothing.
"""

from __future__ import annotations

import logging
import posixpath
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from byline.edges import from_pelican
from byline.related.in_feed import closing
from byline.related.relating import Relating
from byline.related.relations import Relations
from byline.values.content import Content
from byline.values.post import Reading, Status
from byline.values.problem import Place, in_order
from byline.values.settings_reading import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pelican.contents import Article

    from byline.values.problem import Problem

_GROUP = "BYLINE_RELATED"
_WRITTEN = ("articles", "translations", "hidden_articles", "hidden_translations", "drafts", "drafts_translations")
_CLOSINGS = "related_by_feed_id"
"""Where the context, which is one build's, keeps what closes the entries of its feeds."""


def relate_articles(generators: Iterable[Any]) -> None:
    """Give every article what hangs on the others, and templates the series; tell Pelican's log what is wrong."""
    writing = [generator for generator in generators if isinstance(generator, ArticlesGenerator)]
    context = writing[0].context
    written = (article for generator in writing for name in _WRITTEN for article in getattr(generator, name))
    articles = {_path(article): article for article in written}
    copies = {_path(article) for generator in writing for article in generator.translations}
    own, wrong = read_settings({_GROUP: context.get(_GROUP, {})}, lambda _name: Place("pelicanconf.py"))
    readings = {path: _reading(path, article) for path, article in articles.items()}
    posts = {
        path: from_pelican.post(article, readings[path], Status(article.status), None)
        for path, article in articles.items()
    }
    slugify = partial(from_pelican.slug, settings=context)
    relations = Relations(posts, readings, context["SITEURL"], slugify, copies)
    context["all_series"] = Relating(articles, posts, relations, own.related.count).series
    if own.related.in_feed:
        context[_CLOSINGS] = {post.id: articles[path].related_matches for path, post in posts.items()}
    _tell(wrong, "")
    _tell(relations.problems(), posixpath.relpath(context["PATH"]))


def close_entries(context: Mapping[str, Any], feed: Any) -> None:  # noqa: ANN401  Pelican has no types
    """Close the entries of a feed with related posts, if the writer wants it so; one that is a summary stays one."""
    for entry in feed.items:
        matches = context.get(_CLOSINGS, {}).get(entry["unique_id"], ())
        end = closing((match.post.name, match.post.url) for match in matches)
        if entry["content"] is not None:
            entry["content"] += end
        elif not context["RSS_FEED_SUMMARY_ONLY"]:
            entry["description"] += end


def connect(pelican: Any) -> None:  # noqa: ANN401  Pelican has no types
    """Wait for the articles and the feeds of a Pelican; not of the one that a Byline site has hosted."""
    if not hasattr(pelican, "own"):
        signals.all_generators_finalized.connect(relate_articles)
        signals.feed_generated.connect(close_entries)


def register() -> None:
    """Connect to Pelican's signals."""
    signals.initialized.connect(connect)


def _path(article: Article) -> str:
    return str(article.relative_source_path)


def _reading(path: str, article: Article) -> Reading:
    """Return an article as read; feed ids are Pelican's own here, whatever `Id` says."""
    front = {key: _plain(value) for key, value in article.metadata.items() if key != "id"}
    return Reading(path, front, {}, Content(str(article._content or "")))  # noqa: SLF001  Pelican's own name for what was read


def _plain(value: object) -> str | tuple[str, ...]:
    """Return a value of Pelican's metadata as text, a list as texts."""
    if isinstance(value, list | tuple):
        return tuple(map(str, value))
    return "" if value is None else str(value)


def _tell(problems: Iterable[Problem], folder: str) -> None:
    """Tell Pelican's log; `folder` is where the places of the problems are, from the project's on."""
    for problem in in_order(problems):
        place = problem.place and Place(posixpath.join(folder, problem.place.path), problem.place.line)
        logging.getLogger(__name__).warning("%s", replace(problem, place=place))
