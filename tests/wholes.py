"""Whole sites as a check reads them: a blog's, made into `.byline/live/site/` at an instant.

Not the command, which does more: nothing is said, and a fault fails the test.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from byline.site.site import Site
from byline.site.whole import Whole, recorded, staged

if TYPE_CHECKING:
    from blog import Blog

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def whole(blog: Blog, now: datetime = NOW) -> Whole:
    """Return the site of a blog, all its outputs made."""
    site = Site(blog.root / "pelicanconf.py", now)
    try:
        home = blog.root / ".byline" / "live"
        stage, faults = staged(site, home, home / "site", lambda _done, _of, _what: None)
        assert not faults
        stage.apply()
        return Whole(site, home / "site", recorded(site, stage, now), site.problems)
    finally:
        site.close()


def told(problems: object) -> list[str]:
    """Return Problems as a writer sees them."""
    return [f"{problem.code}: {problem}" for problem in problems]  # type: ignore[attr-defined]  # any iterable of them
