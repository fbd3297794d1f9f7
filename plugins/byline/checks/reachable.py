"""What is not public stays so: no draft is among the outputs, nothing published leads to what is hidden or not due.

Not the feeds' entries: `feeds` looks at those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.checks.facts import decoded
from byline.checks.finding import Finding
from byline.checks.page import page
from byline.checks.sources import STATES
from byline.values.output import Kind
from byline.values.post import Status
from byline.values.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.checks.built import Built
    from byline.values.post import Post


def findings(built: Built) -> Iterator[tuple[str, Finding]]:
    """Yield the drafts that are written, and what leads to something that is not public, by the output's path."""
    for path, post in built.posts.items():
        if not post.status.public:
            what = f"{post.path} is {STATES[post.status]}, and stands in the site."
            remedy = "See which template or plugin writes it."
            yield path, Finding(Problem("draft-in-output", what, remedy), key="status")
    private = built.secret
    if not private:
        return
    names = frozenset(private)
    for path, one in built.facts.items():
        owner = built.posts.get(path)
        kind = built.release.kinds[path]
        if kind in {Kind.FEED, Kind.REDIRECT} or (owner and owner.status is not Status.PUBLISHED):
            continue
        if names.isdisjoint(link.partition("#")[0] for link in one.links):
            continue
        if kind is not Kind.PAGE and not path.endswith((".html", ".htm")):
            met = {link for link in one.links if link in private}
            yield from ((path, _finding(private[link], "", link)) for link in sorted(met))
            continue
        for url, address, _loaded, tag in built.parser.references(
            path, page(decoded(built.body(path))[0], built.parser.tags)
        ):
            if (link := address.partition("#")[0]) in private:
                yield path, _finding(private[link], tag.raw, url)


def _finding(post: Post, raw: str, url: str) -> Finding:
    what = f"It leads to {post.path}, which is {STATES[post.status]}."
    remedy = "Take the link out, or publish that post."
    return Finding(Problem("unpublished-address", what, remedy), raw, url)
