"""Completing: the outputs of a site that no template makes: stylesheets, redirects, headers, sitemap and the like.

Not their bytes, which are made by the modules they are named after.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from byline.credits import card, renditions
from byline.site import assets, headers, redirects, robots, search, sitemap
from byline.site.make import Given
from byline.values.output import Kind, Output, address, fingerprinted
from byline.values.post import Status
from byline.values.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from byline.site.host import Host
    from byline.site.listing import Listing
    from byline.values.post import Post


def completed(host: Host, *, unpublished: bool) -> Listing:
    """Return a host's listing with those outputs; with `unpublished`, it is one of a preview with drafts."""
    theme, own = Path(host.theme), Path(host.path) / "theme"
    sheets = assets.stylesheets(theme, own, host.own.theme.accent)
    # A preview with drafts has no index: it would be another after each save.
    searching = host.own.theme.search and not unpublished
    paths = {name: sheet.path for name, sheet in sheets.items()}
    listing = host.listing({**paths, "SEARCH": search.MODULE if searching else ""})
    outputs = listing.outputs
    for output in (*sheets.values(), *assets.root_files(theme, own)):
        outputs.setdefault(output.path, output)
    public = [post for post in (*listing.posts, *listing.pages) if post.status.public]
    _redirect(listing, public, host.context["ROOT"])
    url: str = host.settings["SITEURL"]
    shown = [post.path for post in public]
    lasting = [*(sheet.path for sheet in sheets.values()), *_folders_that_last(listing)]
    lasting += search.LASTING if host.own.theme.search else ()
    sounds = [post.audio.url for post in public if post.audio]
    page: str = host.settings.get("SEARCH_SAVE_AS", "search.html")
    searched = address(page) if host.own.theme.search and page in outputs else None

    def sent() -> bytes:
        contents = [listing.readings[path].content for path in shown]
        return headers.rules(contents, url, lasting, sounds, searched)

    outputs.setdefault(headers.PATH, Output(headers.PATH, Kind.TEXT, sent))
    outputs.setdefault(robots.PATH, Output(robots.PATH, Kind.TEXT, Given(robots.robots(url, host.own.robots))))
    listed = [output for output in outputs.values() if output.listed]
    outputs.setdefault("sitemap.xml", Output("sitemap.xml", Kind.TEXT, partial(sitemap.sitemap, listed, url)))
    return replace(listing, outputs=dict(sorted(outputs.items())))


def _redirect(listing: Listing, public: list[Post], root: str) -> None:
    """List the pages at old addresses, and the rules for servers that know redirects."""
    outputs = listing.outputs
    lines = {path: reading.lines.get("aliases", 1) for path, reading in listing.readings.items()}
    for redirect in redirects.pages(public, root, lines):
        if isinstance(redirect, Problem):
            listing.problems.append(redirect)
        elif redirect.path in outputs:
            there = outputs[redirect.path].place
            other = there.path if there else "another output"
            what = f"The alias {redirect.path} is the address of {other}."
            listing.problems.append(Problem("double-address", what, "Take the alias out.", redirect.place))
        else:
            outputs[redirect.path] = redirect
    # A hidden post's old address leads to it, and is named in no list.
    named = [post for post in public if post.status is Status.PUBLISHED]
    if rules := redirects.rules(named, root):
        outputs.setdefault(redirects.PATH, Output(redirects.PATH, Kind.TEXT, Given(rules)))


def _folders_that_last(listing: Listing) -> Iterable[str]:
    """Yield the folders of pictures in which every name changes with the bytes."""
    for folder in (renditions.FOLDER, card.FOLDER):
        pictures = [path for path in listing.outputs if path.startswith(f"{folder}/")]
        if pictures and all(path in listing.jobs or fingerprinted(path, "") for path in pictures):
            yield f"{folder}/*"
