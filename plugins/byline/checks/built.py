"""A built site as its checks see it: the facts of every output, and which posts they belong to.

Not the making of it: that is `site/whole`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from byline.checks.addresses import Addresses, served
from byline.checks.facts import Parser
from byline.checks.kept import facts
from byline.values.output import Kind, address
from byline.values.post import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from byline.checks.facts import Facts
    from byline.site.whole import Whole
    from byline.values.output import Release
    from byline.values.post import Post


@dataclass(frozen=True)
class Built:
    """A release with its Facts by path; `posts` are posts and pages by output, `unlisted` those that stay home."""

    release: Release
    facts: Mapping[str, Facts]
    parser: Parser
    body: Callable[[str], bytes]
    posts: Mapping[str, Post]
    articles: frozenset[str]
    unlisted: tuple[Post, ...]

    @cached_property
    def served(self) -> Mapping[str, str]:
        """Return the output's path by each address of the site, from its root on.

        Where posts have addresses without the `.html` that their files have, the host is one that adds it, to all.
        """
        outputs = self.release.outputs
        bare = any(path == f"{post.address}.html" for path, post in self.posts.items())
        return served(outputs) | ({f"/{path[:-5]}": path for path in outputs if path.endswith(".html")} if bare else {})

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """Return the address of each output by itself without case and slash at its end: what a slip may have meant."""
        whole = (f"/{address(path)}" for path in self.release.outputs)
        return {one.rstrip("/").casefold(): one for one in whole}

    @cached_property
    def secret(self) -> Mapping[str, Post]:
        """Return the posts that are not public by each of their addresses, unless something public stands there."""
        hidden = [post for post in self.posts.values() if post.status is Status.HIDDEN]
        found: dict[str, Post] = {}
        for post in (*self.unlisted, *hidden):
            if not post.address:
                continue
            address = self.parser.addresses.on("index.html", post.url).partition("#")[0]
            output = self.served.get(address)
            owner = self.posts.get(output) if output else None
            if output is None or (owner is not None and owner.path == post.path):
                clean = address.removesuffix("index.html")
                found |= dict.fromkeys({address, clean, clean.rstrip("/") or "/"}, post)
        return found

    @property
    def pages(self) -> Iterator[tuple[str, Facts]]:
        """Yield the pages with their Facts, in order."""
        return ((path, one) for path, one in self.facts.items() if self.release.kinds[path] is Kind.PAGE)

    @property
    def documents(self) -> Iterator[tuple[str, Facts]]:
        """Yield the pages, and the redirects and other HTML and style sheets that refer to files."""
        refer = (Kind.PAGE, Kind.REDIRECT, Kind.ASSET)
        return ((path, one) for path, one in self.facts.items() if self.release.kinds[path] in refer)


def built(whole: Whole, known: Mapping[str, bytes], file: Path) -> Built:
    """Return what the checks of a site see; Facts are kept in `file`. `known` are secrets by name."""
    listing = whole.site.listing
    by_source = {post.path: post for post in (*listing.unlisted, *listing.pages, *listing.posts)}
    placed = {path: output.place.path for path, output in whole.site.outputs.items() if output.place}
    posts = {
        path: by_source[source]
        for path, source in placed.items()
        if source in by_source and whole.site.outputs[path].kind is Kind.PAGE
    }
    articles = frozenset(post.path for post in listing.posts)
    return of(whole.release, whole.body, file, known, posts=posts, articles=articles, unlisted=listing.unlisted)


def of(  # noqa: PLR0913  what a site without a listing has too, and what only a listing knows
    release: Release,
    body: Callable[[str], bytes],
    file: Path,
    known: Mapping[str, bytes],
    *,
    posts: Mapping[str, Post],
    articles: frozenset[str],
    unlisted: tuple[Post, ...],
) -> Built:
    """Return what the checks of a release see: `articles` are the sources among `posts` that are dated posts."""
    parser = Parser(Addresses(release.site_url), known)
    return Built(release, facts(release, body, file, parser), parser, body, posts, articles, unlisted)
