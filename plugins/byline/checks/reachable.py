"""What is not public stays so: no draft is among the outputs, nothing published leads to what is hidden or not due.

Not the feeds' entries: `feeds` looks at those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.checks.facts import decoded
from byline.checks.finding import Finding
from byline.checks.page import page
from byline.values.output import Kind
from byline.values.post import Status
from byline.values.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from byline.checks.built import Built
    from byline.values.post import Post

_STATES = {Status.DRAFT: "a draft", Status.FUTURE: "not due yet", Status.HIDDEN: "hidden"}


def findings(built: Built) -> Iterator[tuple[str, Finding]]:
    """Yield the drafts that are written, and what leads to something that is not public, by the output's path."""
    for path, post in built.posts.items():
        if not post.status.public:
            what = f"{post.path} is {_STATES[post.status]}, and stands in the site."
            remedy = "See which template or plugin writes it."
            yield path, Finding(Problem("draft-in-output", what, remedy), key="status")
    private = secret(built)
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


def secret(built: Built) -> Mapping[str, Post]:
    """Return the posts that are not public by each of their addresses, unless something public stands there."""
    hidden = [post for post in built.posts.values() if post.status is Status.HIDDEN]
    found: dict[str, Post] = {}
    for post in (*built.unlisted, *hidden):
        if not post.address:
            continue
        address = built.parser.addresses.on("index.html", post.url).partition("#")[0]
        output = built.served.get(address)
        owner = built.posts.get(output) if output else None
        if output is None or (owner is not None and owner.path == post.path):
            clean = address.removesuffix("index.html")
            found |= dict.fromkeys({address, clean, clean.rstrip("/") or "/"}, post)
    return found


def _finding(post: Post, raw: str, url: str) -> Finding:
    what = f"It leads to {post.path}, which is {_STATES[post.status]}."
    remedy = "Take the link out, or publish that post."
    return Finding(Problem("unpublished-address", what, remedy), raw, url)
