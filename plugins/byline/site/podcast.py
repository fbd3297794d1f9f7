"""The podcast of a blog: the feed of the posts that have `Audio`, and what directories would miss in it.

Not its writing: `rss` does that, with the tags of `itunes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from byline.site.consistency import near
from byline.site.feeds import Show
from byline.values.problem import Place, editorial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pelican.contents import Content

    from byline.edges.pictures import Head
    from byline.site.illustrated import Seen
    from byline.site.writer import Collector
    from byline.values.post import Post
    from byline.values.problem import Problem
    from byline.values.settings import Podcast

_WIDTHS = range(1400, 3001)
_FORMATS = frozenset({"image/jpeg", "image/png"})
_PICTURE = "a square JPEG or PNG, 1400 to 3000 pixels wide"


@dataclass(frozen=True)
class Podcasting:
    """Makes a podcast of posts, given by source path, by its settings and Pelican's.

    `measured` answers what the head of a picture says.
    """

    own: Podcast
    pelican: Mapping[str, Any]
    posts: Mapping[str, Post]
    seen: Seen
    measured: Callable[[str], Head]

    def address(self, articles: Iterable[Content]) -> str:
        """Return where the feed is, below the site's root; empty where none of these articles has `Audio`."""
        return self.own.feed if any(map(self._is_heard, articles)) else ""

    def collect(self, articles: Iterable[Content], writer: Collector) -> Iterator[Problem]:
        """List the feed, if there is one; yield what Apple requires of it and the settings leave out.

        That is a description, a category and a picture ("A Podcaster's Guide to RSS").
        """
        episodes = list(filter(self._is_heard, articles))
        if not episodes or not self.own.feed:
            return
        writer.write_podcast(episodes, self.own.feed, self._show())
        for what, remedy in self._lacks():
            yield editorial("incomplete-podcast", what, remedy, Place("pelicanconf.py"))

    def _is_heard(self, article: Content) -> bool:
        return self.posts[str(article.relative_source_path)].audio is not None

    def _show(self) -> Show:
        own, home = self.own, f"{self.pelican['SITEURL']}/"
        category, _, subcategory = own.category.partition(">")
        image = urljoin(home, self.seen.address(own.image)) if own.image in self.seen.found else ""
        author = str(self.pelican.get("AUTHOR", self.pelican["SITENAME"]))
        return Show(author, image, category.strip(), subcategory.strip(), own.explicit, own.email)

    def _lacks(self) -> Iterator[tuple[str, str]]:
        """Yield what is missing, and the remedy."""
        own = self.own
        if not (own.description or self.pelican.get("SITESUBTITLE")):
            remedy = 'Say what it is about, as "description" in BYLINE_PODCAST.'
            yield "The podcast has no description, and directories want one.", remedy
        if not own.category:
            remedy = 'Take one of Apple\'s, such as "Arts > Books", as "category" in BYLINE_PODCAST.'
            yield "The podcast has no category, and directories want one.", remedy
        if not own.image:
            remedy = f'Name {_PICTURE}, as "image" in BYLINE_PODCAST.'
            yield "The podcast has no picture, and directories want one.", remedy
        elif own.image not in self.seen.found:
            remedy = f'Mend "image" in BYLINE_PODCAST.{near(own.image, self.seen.found)}'
            yield f"The podcast's picture {own.image} is not there.", remedy
        elif not _is_cover(self.measured(own.image)):
            yield f"Directories do not take the podcast's picture {own.image}.", f"Make {_PICTURE}."


def _is_cover(head: Head) -> bool:
    """Tell whether a picture is one that Apple takes for a podcast."""
    return head.media_type in _FORMATS and head.width == head.height and head.width in _WIDTHS
