"""A listing: what a site is found to be, before any of it is made.

Not how it is found: that is Pelican's, in `host`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from byline.credits.darkroom import Job
    from byline.site.glances import Glances
    from byline.values.output import Output
    from byline.values.post import Post, Reading
    from byline.values.problem import Problem


@dataclass(frozen=True)
class Listing:
    """One listing of the site: outputs by path, posts and pages that are listed, Readings by source, what is wrong.

    `unlisted` are drafts and future ones, where not listed; `jobs` the darkroom's; `drawn` answers a source's HTML.
    `ground` is what every page rests on, None where nobody can tell; `glances` tells what a page saw, and how it looks.
    `foresee` works out on all cores what posts are related, if a template shows that.
    """

    outputs: dict[str, Output]
    posts: tuple[Post, ...]
    pages: tuple[Post, ...]
    unlisted: tuple[Post, ...]
    readings: Mapping[str, Reading]
    problems: list[Problem]
    jobs: Mapping[str, Job]
    drawn: Callable[[str], str]
    ground: str | None
    glances: Glances
    foresee: Callable[[], None]
