"""Pages told apart: no two of one language have one title or description; posts and the home page say what they are.

Not whether a page has them at all: that is `head`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.checks.finding import Finding
from byline.values.output import address
from byline.values.problem import Problem, Severity
from byline.values.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.checks.built import Built


def findings(built: Built) -> Iterator[tuple[str, Finding]]:
    """Yield pages that are called as another, by path, and what the home page and posts lack as microformats."""
    titles: dict[tuple[str, str], list[str]] = {}
    descriptions: dict[tuple[str, str], list[str]] = {}
    for path, one in built.pages:
        if not one.noindex and path != "404.html":
            if one.title:
                titles.setdefault((one.title, one.language), []).append(path)
            if one.description:
                descriptions.setdefault((one.description, one.language), []).append(path)
    for (title, _language), paths in titles.items():
        for path in paths[1:]:
            what = f"The title “{shortened(title, 60)}” is also that of /{address(paths[0])}."
            remedy = "Give each page its own."
            problem = Problem("double-title", what, remedy, None, Severity.EDITORIAL)
            yield path, Finding(problem, key="title")
    for (description, _language), paths in descriptions.items():
        for path in paths[1:]:
            what = f"The description “{shortened(description, 60)}” is also that of /{address(paths[0])}."
            remedy = "Give the post a `Summary` of its own."
            problem = Problem("double-description", what, remedy, None, Severity.EDITORIAL)
            yield path, Finding(problem, key="summary")
    yield from _microformats(built)


def _microformats(built: Built) -> Iterator[tuple[str, Finding]]:
    for path, one in built.pages:
        post = built.posts.get(path)
        if post and post.path in built.articles and one.entry_lacks:
            what = f"As a microformat the post lacks {', '.join(one.entry_lacks)}."
            remedy = "Give the template's elements these classes (microformats.org/wiki/h-entry)."
            yield path, Finding(Problem("missing-microformat", what, remedy, None, Severity.EDITORIAL))
        if path == "index.html" and one.home_lacks and built.articles:
            what = f"As a microformat the home page lacks {', '.join(one.home_lacks)}."
            remedy = "Give the template's elements these classes (microformats.org/wiki/h-card)."
            yield path, Finding(Problem("missing-microformat", what, remedy, None, Severity.EDITORIAL))
