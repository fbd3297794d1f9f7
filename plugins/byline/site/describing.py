"""Describing: what Byline knows of one article or page, given to the object that Pelican made for it.

Not the lists that it stands in, and not what is wrong with it: a listing and a swap both describe in this way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pelican.contents import Article

from byline.edges import from_pelican
from byline.related import further

if TYPE_CHECKING:
    from pelican.contents import Content

    from byline.site.also_on import AlsoOn
    from byline.site.illustrated import Illustrated
    from byline.site.languages import Languages
    from byline.site.passing_on import PassingOn
    from byline.site.sounds import Sounds
    from byline.site.sources import Sources
    from byline.values.post import Post


@dataclass(frozen=True)
class Describing:
    """Describes contents; `posts` gets the Post of each by source path, `root` goes before addresses in pages."""

    sources: Sources
    posts: dict[str, Post]
    root: str
    illustrated: Illustrated
    passing_on: PassingOn
    sounds: Sounds
    also_on: AlsoOn
    languages: Languages

    def describe(self, content: Content) -> None:
        """Make the Post of a content, and give it to templates as `article.post`, with all that they know it by."""
        reading, status = self.sources.of(content)
        pin = self.passing_on.pin(content, status)
        lead = self.illustrated.illustrate(content, reading, self.root, pin)
        others = further.from_front(reading.front.get("further_reading"), reading.path, None)[0]
        credited = (*self.illustrated.credited(reading.path), *(one.url for one in others))
        post = from_pelican.post(content, reading, status, lead, credited)
        if isinstance(content, Article) and (audio := self.sounds.of(reading)):
            post = replace(post, audio=audio)
        content.post = self.posts[reading.path] = post
        # For templates: to ask for it they would read all metadata, and hang on every key of it.
        content.summarized = bool(content.metadata.get("summary"))
        self.languages.date(content)
        content.card = self.illustrated.card(post, reading) if isinstance(content, Article) else None
        self.passing_on.offer(content)
        content.also_on = self.also_on.of(post) if isinstance(content, Article) else ()
