"""How readers pass the posts of a hosted site on: links at each post, pins at its pictures, a page for Mastodon's.

Not the networks' addresses: those are the sharing room's, which knows no Byline site.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from pelican.contents import Article

from byline.credits.figure import unpinned
from byline.related.asked import Asked
from byline.sharing.share_links import Shared, address, share_links
from byline.values.output import address as served_at
from byline.values.post import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from pelican.contents import Content
    from pelican.generators import ArticlesGenerator

    from byline.sharing.share_links import ShareLink
    from byline.site.illustrated import Illustrated
    from byline.site.writer import Collector
    from byline.values.photo import Photo
    from byline.values.post import Post
    from byline.values.settings import ShareName

_TEMPLATE = "share"
_SAVE_AS = "share/index.html"


class PassingOn:
    """Gives published posts what their readers share them by. A site without an address of its own shares nothing."""

    def __init__(
        self, pelican: Mapping[str, Any], names: list[ShareName], templates: Collection[str], illustrated: Illustrated
    ) -> None:
        """Offer these networks; the page for Mastodon's is where `SHARE_SAVE_AS` says, if there is a template."""
        self._site_url: str = pelican["SITEURL"]
        self._names = names if self._site_url else []
        self._illustrated = illustrated
        wanted = self._names and f"{_TEMPLATE}.html" in templates
        self._save_as: str = pelican.get("SHARE_SAVE_AS", _SAVE_AS) if wanted else ""
        self._page: str = pelican.get("SHARE_URL", served_at(self._save_as)) if self._save_as else ""
        self._asked = partial(Asked, self._links, follows_from=self._passed_on, passing=True)

    def offer(self, content: Content) -> None:
        """Give an article its share links, made when a template asks."""
        if isinstance(content, Article):
            shown = content.post.status is Status.PUBLISHED
            content.share_links = self._asked(content.post) if shown else ()

    def pin(self, content: Content, status: Status) -> Callable[[Photo, str], str]:
        """Return what answers where a picture of this content is pinned, once `content.post` is there."""
        shown = isinstance(content, Article) and status is Status.PUBLISHED
        return partial(self._pin, content) if shown and "pinterest" in self._names else unpinned

    def collect_page(self, generator: ArticlesGenerator, writer: Collector) -> None:
        """List the page that asks a reader for their Mastodon server."""
        if self._save_as:
            writer.write_file(self._save_as, generator.get_template(_TEMPLATE), generator.context)

    def _links(self, post: Post) -> list[ShareLink]:
        return list(share_links(self._names, self._passed_on(post), self._page))

    def _passed_on(self, post: Post) -> Shared:
        """Return a post with the first of its pictures: all that its share links follow from, besides the settings."""
        pictures = self._illustrated.enclosed(post)
        return self._shared(post, *pictures[0]) if pictures else Shared(post.name, post.url)

    def _pin(self, content: Content, photo: Photo, credit: str) -> str:
        return address("pinterest", self._shared(content.post, photo, credit))

    def _shared(self, post: Post, photo: Photo, credit: str) -> Shared:
        """Return a post with one of its pictures, and the words that go with it: what it shows, whose it is."""
        words = photo.alt or photo.caption or post.name
        picture = urljoin(f"{self._site_url}/", photo.address)
        return Shared(post.name, post.url, picture, " – ".join(filter(None, (words, credit))))
