"""Relations on the articles that templates meet, under the names that Pelican's themes know where they know any.

Not Pelican's: of an article no more is known than that it takes attributes.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from byline.related.asked import Asked
from byline.related.series import Part, Series

if TYPE_CHECKING:
    from collections.abc import Mapping

    from byline.related.relations import Relations
    from byline.values.post import Post


def relate(articles: Mapping[str, Any], posts: Mapping[str, Post], relations: Relations, count: int) -> list[Any]:
    """Give articles what hangs on other posts, made when a template asks; return the series, of articles.

    Articles and posts are given by source path. `related_posts` are articles, `related_matches` the Matches with their
    reasons, both at most `count` and the pins; `mentions` and `further_reading` as they are called; `series` is a Part
    of articles, or None.
    """
    listed = [_of_articles(series, articles) for series in relations.series]
    series_of = {id(article): series for series in listed for article in series.posts}
    for path, article in articles.items():
        post = posts[path]
        matches = Asked(partial(relations.matches, post, count))
        article.related_matches = matches
        article.related_posts = Asked(partial(_articles, matches, articles))
        article.mentions = Asked(partial(relations.mentions, post))
        article.further_reading = Asked(partial(relations.further, post))
        series = series_of.get(id(article))
        article.series = Part(series, article) if series else None
    return listed


def _articles(matches: Asked[Any], articles: Mapping[str, Any]) -> list[Any]:
    return [articles[match.post.path] for match in matches]


def _of_articles(series: Series, articles: Mapping[str, Any]) -> Any:  # noqa: ANN401  a Series of what Pelican has
    """Return a series of articles instead of posts."""
    return Series(series.name, series.slug, tuple(articles[post.path] for post in series.posts))
