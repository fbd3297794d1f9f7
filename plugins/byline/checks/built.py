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
        """Return the output's path by each address of the site, from its root on."""
        return served(self.release.outputs)

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """Return the address of each output by itself without case and slash at its end: what a slip may have meant."""
        whole = (f"/{address(path)}" for path in self.release.outputs)
        return {one.rstrip("/").casefold(): one for one in whole}

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
