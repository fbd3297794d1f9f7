"""Check: all that is wrong with a whole site, from all families of rules, each at its source.

Not a judgement: how grave a Problem is, for a post of that date, is `strictness`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.checks import feeds, links, reachable, secrets, site_files, uniqueness
from byline.checks.built import built
from byline.checks.places import Places
from byline.checks.sources import Sources
from byline.checks.strictness import Standard
from byline.values.problem import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from byline.checks.built import Built
    from byline.checks.finding import Finding
    from byline.site.whole import Whole
    from byline.values.problem import Problem


def problems(whole: Whole, known: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Return what is wrong with a built site, in order; `known` are its secrets by name. Only facts are written."""
    site = built(whole, known, whole.site.root / ".byline" / "live" / "facts.json")
    found = Places(whole).problems(findings(site))
    return in_order([*whole.problems, *found, *feeds.problems(whole, site.facts)])


def findings(site: Built) -> Iterator[tuple[str, Finding]]:
    """Yield what all rules for pages find, by the output's path."""
    shown = {site.served.get(address) for _path, one in site.documents for address in one.loads}
    for path, one in site.facts.items():
        # The file that a picture's renditions are made of is no burden to readers, who never load it.
        yield from (
            (path, finding) for finding in one.findings if path in shown or finding.problem.code != "heavy-picture"
        )
        if one.secret:
            yield from ((path, finding) for finding in secrets.findings(site.body(path), site.parser.known))
    yield from links.findings(site)
    yield from reachable.findings(site)
    yield from uniqueness.findings(site)
    yield from site_files.findings(site)


def standard(whole: Whole) -> Standard:
    """Return what a site is held to."""
    site = whole.site
    listing, sources = site.listing, Sources(site)
    posts = {sources.at(post.path, None).path: post for post in (*listing.unlisted, *listing.pages, *listing.posts)}
    own = (
        "pelicanconf.py",
        "publishconf.py",
        sources.at("photos.toml", None).path,
        sources.at("theme", None).path + "/",
    )
    return Standard(posts, own, site.own.checks.strict_since, site.zone)
