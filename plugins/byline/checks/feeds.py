"""Feeds as a validator would read them: whole, with ids, dates and absolute addresses, and nothing unpublished in them.

Not the reading, which is `feed_documents`, nor what its bytes alone tell, which is `feed_flaws`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from byline.checks.sources import STATES, Sources
from byline.values.post import Status
from byline.values.problem import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from byline.checks.facts import Facts
    from byline.checks.feed_flaws import Examined, Flaw
    from byline.site.whole import Whole
    from byline.values.post import Post

_MENDED = "Mend it in the post, or in the plugin or template that makes the feed."
_ENOUGH = 0.5
"""A feed's text of less than this share of the post's is an excerpt."""


def problems(whole: Whole, facts: Mapping[str, Facts]) -> Iterator[Problem]:
    """Yield what is wrong with the feeds of a site, whose Facts are known by path; a fault of a post's is told once."""
    known = _Known(whole)
    of_posts: dict[Problem, list[str]] = {}
    for path, one in facts.items():
        if one.feed is not None:
            yield from known.of_feed(path, one.feed)
            for problem in known.of_posts(one.feed):
                of_posts.setdefault(problem, []).append(path)
    for problem, paths in of_posts.items():
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        yield replace(problem, what=f"In {paths[0]}{more}: {problem.what}")


class _Known:
    """The site that feeds belong to: which posts are whose entries, and which of them nobody may see."""

    def __init__(self, whole: Whole) -> None:
        listing = whole.site.listing
        self._whole = whole
        self._sources = Sources(whole.site)
        self._posts: dict[str, Post] = {post.id: post for post in (*listing.unlisted, *listing.pages, *listing.posts)}
        self._urls = {post.url: post for post in self._posts.values()}

    def of_feed(self, path: str, feed: Examined) -> Iterator[Problem]:
        """Yield what no post is to blame for, at the feed."""
        yield from (_flawed(flaw, Place(path)) for flaw in feed.flaws if not self._post(flaw))
        yield from self._own_address(path, feed.own)

    def of_posts(self, feed: Examined) -> Iterator[Problem]:
        """Yield what is wrong with entries, at the posts whose they are; once, however often it is in the feed."""
        found = [
            _flawed(flaw, self._sources.saying(post.path, flaw.address))
            for flaw in feed.flaws
            if (post := self._post(flaw))
        ]
        for identity, size in feed.entries:
            post = self._posts.get(identity)
            if post and post.status is not Status.PUBLISHED:
                remedy = "Take it out there: a plugin or template put it in."
                what = f"It stands there, and is {STATES[post.status]}."
                found.append(Problem("unpublished-in-feed", what, remedy, self._sources.place(post.path)))
            elif post and size < _ENOUGH * len(self._whole.site.listing.readings[post.path].content.html):
                what, remedy = (
                    "Only a part of its text is there.",
                    "Let the feed have all: readers leave before a click.",
                )
                found.append(Problem("weak-feed", what, remedy, self._sources.place(post.path), Severity.EDITORIAL))
        yield from dict.fromkeys(found)

    def _post(self, flaw: Flaw) -> Post | None:
        return self._posts.get(flaw.id) or self._urls.get(flaw.url)

    def _own_address(self, path: str, own: str) -> Iterator[Problem]:
        """Yield a Problem for a feed that calls itself by the address of another file of this site."""
        home = f"{self._whole.release.site_url}/"
        if not own or urlsplit(own).hostname != urlsplit(home).hostname:
            return
        outputs = self._whole.release.outputs
        if not own.startswith(home) or outputs.get(unquote(own.removeprefix(home))) != outputs[path]:
            what = f"The feed says that its own address is {own}, and it is {urljoin(home, path)}."
            yield Problem("weak-feed", what, _MENDED, Place(path), Severity.EDITORIAL)


def _flawed(flaw: Flaw, place: Place) -> Problem:
    if flaw.grave:
        return Problem("bad-feed", flaw.what, _MENDED, place)
    return Problem("weak-feed", flaw.what, _MENDED, place, Severity.EDITORIAL)
