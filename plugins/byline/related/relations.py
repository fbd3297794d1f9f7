"""What hangs on other posts: related ones, those that mention a post, its series, and what else its writer recommends.

Not their look, and not Pelican's: a page asks, by the Post it shows.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from byline.related import further, pins, series
from byline.related.kept_counts import KeptCounts
from byline.related.linking import Linking
from byline.related.matches import Choice, Matches
from byline.related.mentions import Mentions
from byline.related.targets import Targets
from byline.values.post import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from byline.related.further import Further
    from byline.related.matches import Match
    from byline.related.mentions import Mention
    from byline.related.pins import Pins
    from byline.related.series import Series
    from byline.values.content import Content
    from byline.values.post import Post, Reading
    from byline.values.problem import Problem


class Relations:
    """The relations of a site's posts; nothing is read of their texts before somebody asks.

    A post can be replaced, and nothing that is known of others is learnt again; `edition` counts how often that was.
    """

    def __init__(  # noqa: PLR0913, PLR0917  all that posts are related by
        self,
        posts: Mapping[str, Post],
        readings: Mapping[str, Reading],
        site_url: str,
        slugify: Callable[[str], str],
        copies: Collection[str] = (),
        kept: KeptCounts | None = None,
    ) -> None:
        """Relate posts, given with their Readings by source path; `copies` are the paths of translated copies.

        `slugify` makes the address part of a name; `kept` are counts of texts that may be known already.
        """
        self._kept = kept or KeptCounts()
        self.edition = 0
        self._posts = dict(posts)
        self._readings = readings
        self._site_url = site_url
        self._copies = copies
        self._series, self.wrong_series = series.every(posts.values(), slugify, self._line)

    @property
    def series(self) -> tuple[Series, ...]:
        """Return the series that have several posts, by name."""
        every = {one.slug: one for one in self._series.values() if one.several}
        return tuple(sorted(every.values(), key=lambda one: (one.name.casefold(), one.slug)))

    def matches(self, post: Post, count: int) -> tuple[Match, ...]:
        """Return the related posts: the pins of the writer, and after them the nearest, up to `count` in all."""
        return self._matches.of(post, count) if count else ()

    def foresee(self, count: int, *, numpy: bool = False) -> None:
        """Make what `matches` will be asked for by pages, on all cores: they may be made by copies of this process.

        With `numpy`, that does what is much; raises Fault where it is not installed.
        """
        if count:
            public = (post for post in self._posts.values() if post.status.public)
            self._matches.foresee(public, count, numpy=numpy)

    def mentions(self, post: Post) -> tuple[Mention, ...]:
        """Return the published posts that link this one, the newest first, each with the sentence around its link."""
        return self._mentions.of(post)

    def mentions_origin(self, post: Post) -> tuple[tuple[str, ...], ...]:
        """Return what the mentions of a post follow from; that is known sooner than they are."""
        return self._mentions.origin(post)

    def further(self, post: Post) -> tuple[Further, ...]:
        """Return the posts of other people that the writer recommends, in front matter or in the text."""
        reading = self._readings[post.path]
        named, _problems = further.from_front(reading.front.get("further_reading"), post.path, None)
        return further.together(named, reading.content.known(further.from_text))

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with pins, series and further reading."""
        yield from self.wrong_series
        for path in self._posts:
            yield from self.wrong(path)

    def wrong(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong in the front matter of one post; nothing for a path that is not one of these."""
        if path not in self._posts:
            return
        post, front = self._posts[path], self._readings[path].front
        yield from series.misread(front, post, self._line)
        yield from self._pins(post)[1]
        line = self._line(path, "further_reading")
        yield from further.from_front(front.get("further_reading"), path, line)[1]

    def renew(self, post: Post) -> None:
        """Take a post, and its Reading, as they are now.

        Its addresses, date, tags, language, series, pins and status are what they were.
        """
        self.edition += 1
        self._posts[post.path] = post
        for known in ("_matches", "_mentions"):
            # What nobody has asked for yet is learnt of the posts as they are then.
            if known in vars(self):
                getattr(self, known).renew(post)

    @cached_property
    def _matches(self) -> Matches:
        parts = {path: tuple(post.path for post in one.posts) for path, one in self._series.items()}
        return Matches(
            Choice(
                tuple(self._posts.values()),
                lambda post: self._content(post.path).text,
                lambda post: self._pins(post)[0],
                parts,
                self._copies,
                lambda post: self._kept.of(post, lambda one: self._content(one.path).text),
            ),
            self._kept.pools,
        )

    @cached_property
    def _mentions(self) -> Mentions:
        public = [post for post in self._posts.values() if post.status is Status.PUBLISHED]
        return Mentions(public, self._content, Targets(self._posts.values(), self._site_url), Linking(self._site_url))

    @cached_property
    def _names(self) -> pins.Names:
        return pins.Names(self._posts.values())

    def _pins(self, post: Post) -> tuple[Pins, tuple[Problem, ...]]:
        front = self._readings[post.path].front
        if not (front.get("related") or front.get("related_posts")):
            return pins.Pins(), ()
        return pins.read(front, post, self._names, self._line)

    def _content(self, path: str) -> Content:
        return self._readings[path].content

    def _line(self, path: str, key: str) -> int | None:
        return self._readings[path].lines.get(key)
