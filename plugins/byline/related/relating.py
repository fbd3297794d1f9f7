"""Relations on the articles that templates meet, under the names that Pelican's themes know where they know any.

Not Pelican's: of an article no more is known than that it takes attributes.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from byline.related.asked import Asked
from byline.related.series import Part, Series

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from byline.related.relations import Relations
    from byline.values.post import Post


class Relating:
    """Gives articles what hangs on other posts, made when a template asks; `series` are the series, of articles.

    `related_posts` are articles, `related_matches` the Matches with their reasons, both at most `count` and the pins;
    `mentions` and `further_reading` as they are called; `series` of an article is a Part of articles, or None.
    """

    def __init__(
        self, articles: Mapping[str, Any], posts: Mapping[str, Post], relations: Relations, count: int
    ) -> None:
        """Give all these articles theirs; articles and posts are given by source path."""
        self.relations = relations
        self.series: list[Any] = [_of_articles(series, articles) for series in relations.series]
        self._articles = articles
        asked = partial(Asked, edition=lambda: relations.edition)
        self._asked: dict[str, Callable[[Any], Asked[Any]]] = {
            "related_matches": partial(asked, partial(relations.matches, count=count)),
            "mentions": partial(asked, relations.mentions, follows_from=relations.mentions_origin),
            "further_reading": partial(asked, relations.further),
            "related_posts": partial(asked, self._of_matches),
        }
        self._series_of = {id(article): series for series in self.series for article in series.posts}
        for path in articles:
            self._give(posts[path])

    def renew(self, post: Post) -> None:
        """Take a post as it is now (see Relations), and give its article what is its own; one unknown has nothing."""
        if post.path in self._articles:
            self.relations.renew(post)
            self._give(post)

    def _give(self, post: Post) -> None:
        article = self._articles[post.path]
        for name, asked in self._asked.items():
            setattr(article, name, asked(post))
        series = self._series_of.get(id(article))
        article.series = Part(series, article) if series else None

    def _of_matches(self, post: Post) -> list[Any]:
        return [self._articles[match.post.path] for match in self._articles[post.path].related_matches]


def _of_articles(series: Series, articles: Mapping[str, Any]) -> Any:  # noqa: ANN401  a Series of what Pelican has
    """Return a series of articles instead of posts."""
    return Series(series.name, series.slug, tuple(articles[post.path] for post in series.posts))
