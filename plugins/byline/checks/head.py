"""What browsers, search engines and networks learn of a page before they show it: that it is there, and sound.

Not whether pages differ from each other in it: that is `uniqueness`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from byline.checks.finding import Finding
from byline.values.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.checks.page import Page
    from byline.checks.tags import Tag

_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*")
_NO_SCRIPT = re.compile(r"^(?:application/(?:.+\+)?json|importmap|speculationrules)$")
_SCRIPTED = frozenset({"subscribe", "share", "search"})
_NEEDED = {
    "Article": ("headline", "datePublished", "author"),
    "BlogPosting": ("headline", "datePublished", "author"),
    "NewsArticle": ("headline", "datePublished", "author"),
    "Person": ("name",),
    "WebSite": ("name", "url"),
}
"""What schema.org's types cannot do without, by Google's rich results and by our own pages."""


@dataclass(slots=True)
class Head:
    """What stands in a page's head: Open Graph by property, links of `rel=canonical`, JSON-LD and script tags."""

    title: str | None = None
    description: str | None = None
    language: str | None = None
    charset: bool = False
    viewport: bool = False
    noindex: bool = False
    canonical: list[Tag] = field(default_factory=list)
    graph: dict[str, str] = field(default_factory=dict)
    linked_data: list[Tag] = field(default_factory=list)
    scripts: list[Tag] = field(default_factory=list)


def head(page: Page) -> Head:
    """Return what stands in the head of a page."""
    found = Head()
    for tag in page.tags:
        name = tag.name
        if name == "meta":
            _meta(tag.attributes, found)
        elif name == "link" and "canonical" in tag.attributes.get("rel", "").lower().split():
            found.canonical.append(tag)
        elif name == "title" and found.title is None:
            found.title = " ".join(tag.inside.split())
        elif name == "html":
            found.language = tag.attributes.get("lang")
        elif name == "script":
            kind = tag.attributes.get("type", "").strip().lower()
            if kind == "application/ld+json":
                found.linked_data.append(tag)
            elif not _NO_SCRIPT.match(kind):
                found.scripts.append(tag)
    return found


def _meta(given: dict[str, str], found: Head) -> None:
    name, content = given.get("name", "").lower(), given.get("content", "")
    if name == "description":
        found.description = content
    elif name == "robots":
        found.noindex = found.noindex or "noindex" in content.lower() or content.strip().lower() == "none"
    elif name == "viewport":
        found.viewport = True
    elif "charset" in given or given.get("http-equiv", "").lower() == "content-type":
        found.charset = True
    elif given.get("property", "").startswith("og:"):
        found.graph.setdefault(given["property"], content)


def findings(page: Page, found: Head, path: str) -> Iterator[Finding]:
    """Yield what is wrong with the head of the page at an output's path."""
    for lacks, remedy in _lacking(page, found):
        yield Finding(Problem("missing-metadata", f"The page has no {lacks}.", remedy, None, Severity.EDITORIAL))
    if not found.noindex:
        yield from _open_graph(found)
    for tag in found.linked_data:
        yield from _linked_data(tag)
    if path.partition("/")[0].removesuffix(".html") not in _SCRIPTED:
        for tag in found.scripts:
            name = tag.attributes.get("src") or "written into the page"
            what = f"Readers get a script ({name}), and nothing here needs one for reading."
            remedy = "Take it out of the template."
            problem = Problem("script-on-page", what, remedy, None, Severity.EDITORIAL)
            yield Finding(problem, tag.raw, tag.attributes.get("src", ""), free_in_text=True)


def _lacking(page: Page, found: Head) -> Iterator[tuple[str, str]]:
    if not page.doctype:
        yield "doctype", "Begin it with `<!DOCTYPE html>`."
    if not found.charset:
        yield "character set", 'Put `<meta charset="utf-8">` first in its head.'
    if not found.title:
        yield "title", "Write a `<title>`."
    if not found.language or not _LANGUAGE.fullmatch(found.language):
        yield "language", 'Write `<html lang="en">`, or the language it has.'
    if not found.viewport:
        yield "viewport", 'Put `<meta name="viewport" content="width=device-width, initial-scale=1">` into its head.'
    if found.noindex:
        return
    if not found.description or not found.description.strip():
        yield "description", 'Put `<meta name="description" content="…">` into its head.'
    if not found.canonical:
        yield "canonical link", 'Put `<link rel="canonical" href="…">` with its public address into its head.'
    elif len({tag.attributes.get("href") for tag in found.canonical}) > 1:
        yield "one canonical link but several", "Keep one."


def _open_graph(found: Head) -> Iterator[Finding]:
    wanted = ["og:title", "og:type", "og:url", "og:description"]
    if "og:image" in found.graph:
        wanted += ["og:image:alt", "og:image:width", "og:image:height"]
    lacks = [name for name in wanted if not found.graph.get(name)]
    if lacks:
        what = f"Networks that show the page find no {', '.join(lacks)}."
        remedy = 'Put `<meta property="…" content="…">` into its head.'
        yield Finding(Problem("missing-open-graph", what, remedy, None, Severity.EDITORIAL))


def _linked_data(tag: Tag) -> Iterator[Finding]:
    """Yield what is wrong with a JSON-LD script (schema.org)."""
    try:
        written = json.loads(tag.inside)
    except (ValueError, RecursionError) as error:
        what = f"The JSON-LD is no JSON: {error}."
        yield Finding(Problem("bad-json-ld", what, "Mend it.", None, Severity.EDITORIAL), tag.inside[:500])
        return
    things = written if isinstance(written, list) else [written]
    for thing in things:
        given = thing if isinstance(thing, dict) else {}
        kinds = given.get("@type", "@graph" if "@graph" in given else "")
        kind = kinds if isinstance(kinds, str) else next((one for one in kinds if one in _NEEDED), "")
        wanted = ("@context", *(("@type", *_NEEDED.get(kind, ())) if "@graph" not in given else ()))
        lacks = [name for name in wanted if not given.get(name)]
        if lacks:
            what = f"The JSON-LD of {kind or 'something'} lacks {', '.join(lacks)}."
            yield Finding(Problem("bad-json-ld", what, "Give it that.", None, Severity.EDITORIAL), tag.inside[:500])
