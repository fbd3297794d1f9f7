"""Which posts make a feed and its archives, and what a feed says of the site.

Not its writing: `atom`, `rss` and `json_feed` do that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

from byline.related.in_feed import closing
from byline.site import archives, feeds
from byline.site.make import Part
from byline.site.trace import OF_POST
from byline.values import dates
from byline.values.html import plain
from byline.values.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pelican.contents import Content

    from byline.site.aside import Aside
    from byline.site.glances import Glances
    from byline.site.illustrated import Illustrated
    from byline.site.languages import Languages
    from byline.site.trace import Recorder
    from byline.values.output import Output
    from byline.values.post import Post
    from byline.values.settings import Settings

_SAID = "name summary content published updated tags category authors url id photo audio language".split()
"""What a feed says of a post: fields of it."""
_LOOKED_AT = (*(f"{OF_POST}{name}" for name in _SAID), "content")
"""The same, and its text with what is drawn and linked there."""
_PELICANS_LIMIT = 100
"""Pelican's default for FEED_MAX_ITEMS: who left it alone gets Byline's own limit."""


class Issue(NamedTuple):
    """A feed before its entries are made: what it says of itself, and its articles, the newest first."""

    head: feeds.Feed
    articles: Sequence[Content]


@dataclass
class Syndication:
    """Makes feeds of articles; what many feeds of a kind hold can be written before, once for all of them.

    `glances` knows how articles look; `written` has the entries that were.
    """

    pelican: Mapping[str, Any]
    own: Settings
    posts: Mapping[str, Post]
    outputs: Mapping[str, Output]
    recorder: Recorder
    illustrated: Illustrated
    languages: Languages
    glances: Glances
    written: Aside

    def feed(self, articles: Sequence[Content], url: str, title: str | None) -> Issue:
        """Return a feed of the newest articles; `url` is its address below the site's root, `title` its subject."""
        parts = list(self._parts(articles)) if url == self._archived_url else []
        chain = feeds.Chain(older=self._absolute(parts[-1])) if parts else feeds.Chain()
        return Issue(self._head(url, title, chain), articles[: self._limit()])

    def forget(self) -> None:
        """Let go of entries, and of how articles looked: of one that changed, and of those related to it."""
        self.written.clear()
        self.glances.forget()

    def podcast(self, articles: Sequence[Content], url: str, show: feeds.Show) -> Issue:
        """Return the feed of a podcast, whose episodes are all of these articles."""
        own = self.own.podcast
        head = self._head(url, None, feeds.Chain())
        named = replace(head, title=own.title or head.title, subtitle=own.description or head.subtitle)
        return Issue(replace(named, icon=show.image or head.icon, show=show), articles)

    def whole(self, issue: Issue) -> feeds.Feed:
        """Return a feed with its entries."""
        return replace(issue.head, entries=tuple(self._entry(article) for article in issue.articles))

    def parts(self, issue: Issue, write: Callable[[feeds.Entry, feeds.Feed], bytes]) -> Iterator[Part]:
        """Yield the entries of a feed as parts that other feeds may hold, too."""
        for article in issue.articles:
            key = feeds.entry_key(write, self._post(article).path, issue.head)
            yield Part(key, partial(self._write, write, article, issue.head), partial(self.written.put, key))

    def said(self, issue: Issue) -> list[object]:
        """Return what a feed says besides what it looks up of its articles: of itself, and their pictures' credits."""
        posts = map(self._post, issue.articles)
        return [issue.head, *((post.path, self.illustrated.enclosed(post)) for post in posts)]

    def looks(self, issue: Issue) -> list[tuple[str, tuple[str, ...]]]:
        """Return which fields a feed shows of its articles, by their source paths."""
        fields = (*_LOOKED_AT, *(("related_matches",) if self.own.related.in_feed else ()))
        return [(self._post(article).path, fields) for article in issue.articles]

    @property
    def archived(self) -> str:
        """Return the path of the feed whose older entries stay in archives: the Atom feed of all; empty for none."""
        path = self.pelican.get("FEED_ALL_ATOM") or self.pelican.get("FEED_ATOM") or ""
        return path if self.own.feeds.archive else ""

    def archives(self, articles: Sequence[Content]) -> dict[str, Callable[[], Issue]]:
        """Return what answers each archive of the archived feed's articles (RFC 5005, 4), by its path."""
        parts = self._parts(articles)
        paths = list(parts)
        return {
            path: partial(self._archive, part, path, older, newer)
            for (path, part), older, newer in zip(parts.items(), ["", *paths], [*paths[1:], ""], strict=False)
        }

    def _archive(self, articles: Sequence[Content], path: str, older: str, newer: str) -> Issue:
        chain = feeds.Chain(self._absolute(older), self._absolute(newer), self._absolute(self._archived_url))
        return Issue(replace(self._head(path, None, chain), hub=""), articles)

    def _parts(self, articles: Sequence[Content]) -> dict[str, tuple[Content, ...]]:
        """Return the articles of each archive by its path, the oldest archive and in it the newest article first."""
        zone = dates.zone(self.pelican["TIMEZONE"])
        dated = [
            (published.astimezone(zone), article)
            for article in reversed(articles)
            if (published := self._post(article).published)
        ]
        dated.sort(key=itemgetter(0))
        years = ((date.year, article) for date, article in dated)
        parts = archives.closed(years, self._limit() or 0)
        return {self.own.feeds.archive.replace("{year}", name): part[::-1] for name, part in parts.items()}

    @property
    def _archived_url(self) -> str:
        """Return where the archived feed is read, below the site's root: Pelican has a setting for that, too."""
        setting = next((name for name in ("FEED_ALL_ATOM", "FEED_ATOM") if self.pelican.get(name)), "")
        return self.pelican.get(f"{setting}_URL", self.archived) if self.archived else ""

    def _absolute(self, url: str) -> str:
        """Return the address of a feed below the site's root; empty for none."""
        return urljoin(f"{self.pelican.get('FEED_DOMAIN') or self.pelican['SITEURL']}/", url) if url else ""

    def _head(self, url: str, title: str | None, chain: feeds.Chain) -> feeds.Feed:
        site_url = self.pelican["SITEURL"]
        name = plain(self.pelican["SITENAME"])
        home = urljoin(f"{site_url}/", "")
        return feeds.Feed(
            title=f"{name} - {title}" if title else name,
            subtitle=plain(self.pelican.get("SITESUBTITLE", "")),
            home=home,
            url=self._absolute(url),
            language=self.pelican["DEFAULT_LANG"],
            author=Person(self.pelican.get("AUTHOR", name), home),
            icon=urljoin(home, "icon.png") if "icon.png" in self.outputs else "",
            hub=self.own.feeds.hub,
            entries=(),
            # The feeds of a tag or category are others than the blog's, for readers who take several.
            identity=urljoin(home, url) if title else "",
            chain=chain,
        )

    def _limit(self) -> int | None:
        wanted: int | None = self.pelican["FEED_MAX_ITEMS"]
        return self.own.feeds.limit if wanted == _PELICANS_LIMIT else wanted

    def _post(self, article: Content) -> Post:
        return self.posts[str(article.relative_source_path)]

    def _entry(self, article: Content) -> feeds.Entry:
        post = self._post(article)
        for name in _SAID:
            self.recorder.note(post.path, name, getattr(post, name))
        pictures = self.illustrated.enclosed(post)
        self.recorder.note(post.path, "pictures", pictures)
        return feeds.Entry(post, partial(self._html, article, post), pictures, self.written.get)

    def _write(self, write: Callable[[feeds.Entry, feeds.Feed], bytes], article: Content, head: feeds.Feed) -> bytes:
        return write(self._entry(article), head)

    def _html(self, article: Content, post: Post) -> str:
        return self.illustrated.entry(article, post.url) + self._related(article, post)

    def _related(self, article: Content, post: Post) -> str:
        """Return the related posts that close an entry, if the writer wants it so."""
        if not self.own.related.in_feed:
            return ""
        related = [(match.post.name, match.post.url) for match in article.related_matches]
        self.recorder.note(post.path, "related", related)
        return closing(related, self.languages.words(post.language).gettext("Related posts:"))
