"""What programs look for at the site's root: a sitemap of just the pages to list, robots.txt, an icon, a 404 page.

Not feeds, and nothing that only one host asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.checks.finding import Finding
from byline.values.output import address
from byline.values.post import Status
from byline.values.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.checks.built import Built


def findings(built: Built) -> Iterator[tuple[str, Finding]]:
    """Yield what is missing or untrue among these files, by path."""
    outputs = built.release.outputs
    if "sitemap.xml" in outputs and built.release.site_url:
        yield from _sitemap(built)
        if "robots.txt" in outputs and "/sitemap.xml" not in built.facts["robots.txt"].links:
            remedy = f"Add a line `Sitemap: {built.release.site_url}/sitemap.xml`."
            what = "robots.txt does not name the sitemap."
            yield "robots.txt", Finding(Problem("missing-site-file", what, remedy, None, Severity.EDITORIAL))
    for path, use in {
        "sitemap.xml": "search engines find pages by it",
        "robots.txt": "search engines look there for the sitemap",
        "favicon.ico": "browsers ask for it on every site",
        "404.html": "hosts show it where there is no page",
    }.items():
        if path not in outputs:
            what, remedy = f"There is no /{path}: {use}.", f"Put one into content/theme/root/, as {path}."
            yield path, Finding(Problem("missing-site-file", what, remedy, None, Severity.EDITORIAL))


def _sitemap(built: Built) -> Iterator[tuple[str, Finding]]:
    hidden = {path for path, post in built.posts.items() if post.status is not Status.PUBLISHED}
    wanted = {f"/{address(path)}" for path, one in built.pages if not one.noindex and path not in hidden} - {
        "/404.html"
    }
    listed = set(built.facts["sitemap.xml"].links)
    for pages, fault in ((wanted - listed, "leaves out"), (listed - wanted, "names, though it is none to list,")):
        if pages:
            more = f" and {len(pages) - 1} more" if len(pages) > 1 else ""
            what = f"The sitemap {fault} {min(pages)}{more}."
            remedy = "See which plugin or template makes them differ."
            yield "sitemap.xml", Finding(Problem("wrong-sitemap", what, remedy, None, Severity.EDITORIAL))
