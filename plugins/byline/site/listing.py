"""A listing: what a site is found to be, before any of it is made.

Not how it is found: that is Pelican's, in `host`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from byline.credits.darkroom import Job
    from byline.site.glances import Glances
    from byline.values.output import Output
    from byline.values.post import Post, Reading
    from byline.values.problem import Problem


class Paths(NamedTuple):
    """Where the sources are of what a listing has, in its order: posts, pages, and what is not listed."""

    posts: tuple[str, ...]
    pages: tuple[str, ...]
    unlisted: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """One listing of the site: outputs by path, posts and pages that are listed, Readings by source, what is wrong.

    `described` is the Post of each post and page by source path, as it is now; by these paths `paths` has the posts,
    the pages, and drafts and future ones where not listed. `jobs` are the darkroom's; `drawn` answers a source's HTML.
    `ground` is what every page rests on, None where nobody can tell; `glances` tells what a page saw, and how it looks.
    `foresee` works out on all cores what posts are related, if a template shows that.
    """

    outputs: dict[str, Output]
    described: Mapping[str, Post]
    paths: Paths
    readings: Mapping[str, Reading]
    problems: list[Problem]
    jobs: dict[str, Job]
    drawn: Callable[[str], str]
    ground: str | None
    glances: Glances
    foresee: Callable[[], None]

    @property
    def posts(self) -> tuple[Post, ...]:
        """Return the posts that are listed."""
        return self._described(self.paths.posts)

    @property
    def pages(self) -> tuple[Post, ...]:
        """Return the pages that are listed."""
        return self._described(self.paths.pages)

    @property
    def unlisted(self) -> tuple[Post, ...]:
        """Return drafts and future posts, where they are not listed."""
        return self._described(self.paths.unlisted)

    def _described(self, paths: tuple[str, ...]) -> tuple[Post, ...]:
        return tuple(map(self.described.__getitem__, paths))
