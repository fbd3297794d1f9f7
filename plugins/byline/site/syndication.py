"""Which posts make a feed, and what a feed says of the site.

Not its writing: `feeds` puts a Feed into Atom, RSS and JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from byline.related.in_feed import closing
from byline.site import feeds
from byline.values.html import plain
from byline.values.person import Person

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pelican.contents import Content

    from byline.site.illustrated import Illustrated
    from byline.site.languages import Languages
    from byline.site.trace import Recorder
    from byline.values.output import Output
    from byline.values.post import Post
    from byline.values.settings import Settings

_PELICANS_LIMIT = 100
"""Pelican's default for FEED_MAX_ITEMS: who left it alone gets Byline's own limit."""


@dataclass
class Syndication:
    """Makes feeds of articles, each article's HTML made absolute once for all the feeds that hold it."""

    pelican: Mapping[str, Any]
    own: Settings
    posts: Mapping[str, Post]
    outputs: Mapping[str, Output]
    recorder: Recorder
    illustrated: Illustrated
    languages: Languages
    _html: dict[str, str] = field(default_factory=dict)

    def feed(self, articles: Sequence[Content], url: str, title: str | None) -> feeds.Feed:
        """Return a feed of the newest articles; `url` is its address below the site's root, `title` its subject."""
        site_url = self.pelican["SITEURL"]
        name = plain(self.pelican["SITENAME"])
        home = urljoin(f"{site_url}/", "")
        return feeds.Feed(
            title=f"{name} - {title}" if title else name,
            subtitle=plain(self.pelican.get("SITESUBTITLE", "")),
            home=home,
            url=urljoin(f"{self.pelican.get('FEED_DOMAIN') or site_url}/", url),
            language=self.pelican["DEFAULT_LANG"],
            author=Person(self.pelican.get("AUTHOR", name), home),
            icon=urljoin(home, "icon.png") if "icon.png" in self.outputs else "",
            hub=self.own.feeds.hub,
            entries=tuple(self._entry(article) for article in articles[: self._limit()]),
            # The feeds of a tag or category are others than the blog's, for readers who take several.
            identity=urljoin(home, url) if title else "",
        )

    def _limit(self) -> int | None:
        wanted: int | None = self.pelican["FEED_MAX_ITEMS"]
        return self.own.feeds.limit if wanted == _PELICANS_LIMIT else wanted

    def _entry(self, article: Content) -> feeds.Entry:
        post = self.posts[str(article.relative_source_path)]
        for name in (
            "name",
            "summary",
            "content",
            "published",
            "updated",
            "tags",
            "category",
            "authors",
            "url",
            "id",
            "photo",
        ):
            self.recorder.note(post.path, name, getattr(post, name))
        pictures = self.illustrated.enclosed(post)
        self.recorder.note(post.path, "pictures", pictures)
        if post.path not in self._html:
            self._html[post.path] = self.illustrated.entry(article, post.url) + self._related(article, post)
        return feeds.Entry(post, self._html[post.path], pictures)

    def _related(self, article: Content, post: Post) -> str:
        """Return the related posts that close an entry, if the writer wants it so."""
        if not self.own.related.in_feed:
            return ""
        related = [(match.post.name, match.post.url) for match in article.related_matches]
        self.recorder.note(post.path, "related", related)
        return closing(related, self.languages.words(post.language).gettext("Related posts:"))
