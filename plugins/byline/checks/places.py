"""Where a finding comes from: the line of the post, of the settings or of the template that makes the page so.

Not a search before there is a fault. What a source and a template cannot explain stands at the made page.
"""

from __future__ import annotations

import dataclasses
import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from byline.checks.lines import Lines
from byline.checks.page import page
from byline.checks.sources import Sources
from byline.checks.tags import Tags
from byline.checks.templates import Templates
from byline.site.make import Copy, Page
from byline.values.problem import Place, Problem
from byline.values.text import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from byline.checks.finding import Finding
    from byline.site.whole import Whole
    from byline.values.post import Internal, Reading

_SETTINGS = ("publishconf.py", "pelicanconf.py")
_INTERNAL = re.compile(r"\{(?P<what>filename|static|attach)\}/(?P<path>[^\"'\s>#?]*)")
_ONCE = frozenset(
    "bad-json-ld double-description double-fragment double-title heading-order missing-metadata missing-microformat "
    "missing-open-graph missing-skip-link silent-element".split()
)
"""Codes of which a template has one fault, whatever words it stands around on each page."""
_UNBALANCED = frozenset({"stray-end-tag", "unclosed-element"})
_MOST_SOURCES = 500
"""Held in memory at once: a fault of one kind leads from source to source, the next kind through them again."""


class Places:
    """The sources of a built site, read when asked for."""

    def __init__(self, whole: Whole) -> None:
        """Look in this site's content, settings and templates."""
        self._whole = whole
        self._site = whole.site
        listing = whole.site.listing
        self._addresses = {post.path: post.address for post in (*listing.posts, *listing.pages)}
        self._root = re.sub(r"^[a-zA-Z]+://[^/]*", "", whole.site.url).rstrip("/")
        self._sources = Sources(whole.site)
        self._lines: dict[str, Lines] = {}
        self._templates = Templates()

    def problems(self, found: Iterable[tuple[str, Finding]]) -> Iterator[Problem]:
        """Yield a Problem for each place of each fault; one that a template makes on many pages is one, counted."""
        groups: dict[tuple[str, str], dict[str, Finding]] = {}
        for path, finding in found:
            groups.setdefault((finding.problem.code, finding.problem.what), {}).setdefault(path, finding)
        made: dict[tuple[str, str], dict[str, Finding]] = {}
        for (code, what), group in groups.items():
            sources, rest = self._parted(group)
            yield from (dataclasses.replace(finding.problem, place=place) for place, finding in sources.items())
            if rest:
                same = next(iter(rest.values())).problem.remedy if code in _ONCE else what
                made.setdefault((code, same), {}).update(rest)
        for rest in made.values():
            path, finding = next(iter(rest.items()))
            place = self._in_settings(finding) or self._in_templates(rest, finding) or self._in_output(path, finding)
            yield dataclasses.replace(_counted(finding.problem, len(rest)), place=place)

    def _parted(self, group: dict[str, Finding]) -> tuple[dict[Place, Finding], dict[str, Finding]]:
        """Return the Findings of one fault that sources explain, by place, and those that they do not, by output."""
        sources: dict[Place, Finding] = {}
        rest: dict[str, Finding] = {}
        settled = False
        for path, finding in group.items():
            unbalanced = self._unbalanced(path, finding)
            place = None if finding.problem.code in _UNBALANCED else self._in_source(path, finding)
            if unbalanced:
                sources.update(unbalanced)
            elif place is None:
                rest[path] = finding
            elif finding.free_in_text or self._was_told(path, finding) or _converted(place, finding):
                settled = True
            else:
                sources.setdefault(place, finding)
        # Lists repeat what a post has; a page with a source of its own that has it not, has it from a template.
        explained = (sources or settled) and not any(self._source(path) for path in rest)
        return sources, {} if explained else rest

    def _source(self, path: str) -> str:
        """Return the source of an output, from content/ on; empty when it has none of its own."""
        output = self._site.outputs.get(path)
        return output.place.path if output and output.place else ""

    def _was_told(self, path: str, finding: Finding) -> bool:
        """Tell whether the listing has told of this address: it means a file below content/ that is not there."""
        reading = self._site.listing.readings.get(self._source(path))
        return reading is not None and any(not internal.there for internal in self._shown_so(reading, finding))

    def _in_source(self, path: str, finding: Finding) -> Place | None:
        """Return the place in the output's own source that is at fault; None when the source is not."""
        source = self._source(path)
        reading = self._site.listing.readings.get(source)
        output = self._site.outputs.get(path)
        if reading is None:
            copied = output.make if output else None
            return self._in_file(copied.source, finding) if isinstance(copied, Copy) else None
        if finding.key:
            return self._sources.place(source, finding.key)
        if finding.html and self._says(reading, finding.html):
            known = next((internal.line for internal in self._shown_so(reading, finding) if internal.line), None)
            return self._sources.at(source, known or self._lines_of(reading).of(finding))
        if finding.words and not finding.html:
            text = self._sources.text(self._site.content / source)
            return self._sources.at(source, line_of(text, text.index(finding.words))) if finding.words in text else None
        return None

    def _in_file(self, file: Path, finding: Finding) -> Place:
        """Return the place in a file that the site takes over as it is."""
        if file.suffix.lower() not in {".css", ".htm", ".html", ".svg", ".txt"}:
            return Place(self._sources.shown(file))
        return Place(self._sources.shown(file), Lines(self._sources.text(file)).of(finding))

    def _says(self, reading: Reading, html: str) -> bool:
        """Tell whether a piece of HTML is a source's own."""
        own = (reading.content.html, *(value for value in reading.front.values() if isinstance(value, str)))
        said = any(html in said or ("}/" in said and html in self._shown_as(said)) for said in own)
        return said or ("<img" in reading.content.html and html in self._site.listing.drawn(reading.path))

    def _unbalanced(self, path: str, finding: Finding) -> dict[Place, Finding]:
        """Return what a source by itself does not close, or closes too often, if a page has such a fault, by place.

        What a text leaves open the template's end tags close, so that the page seems to have another fault elsewhere.
        """
        source = self._source(path)
        reading = self._site.listing.readings.get(source)
        if reading is None or finding.problem.code not in _UNBALANCED:
            return {}
        faults = page(reading.content.html, Tags()).findings
        own = [fault for fault in faults if fault.problem.code in _UNBALANCED]
        return {self._sources.at(source, self._lines_of(reading).of(fault)): fault for fault in own}

    def _lines_of(self, reading: Reading) -> Lines:
        if reading.path not in self._lines:
            if len(self._lines) >= _MOST_SOURCES:
                self._lines.clear()
            text = self._sources.text(self._site.content / reading.path)
            self._lines[reading.path] = Lines(text, max(reading.lines.values(), default=0))
        return self._lines[reading.path]

    def _shown_as(self, html: str) -> str:
        """Return a source's HTML as its page shows it: addresses of files are made those of outputs."""

        def address(match: re.Match[str]) -> str:
            path = unescape(match["path"])
            return f"{self._root}/{self._addresses.get(path, path)}"

        return _INTERNAL.sub(address, html)

    def _shown_so(self, reading: Reading, finding: Finding) -> Iterator[Internal]:
        """Yield the addresses of a source that its page shows as the one in the finding."""
        path, _, fragment = finding.words.partition("#")
        for internal in reading.internal:
            address = f"{self._root}/{self._addresses.get(internal.target, internal.target)}"
            if internal.url == finding.words or (address, internal.url.partition("#")[2]) == (unquote(path), fragment):
                yield internal

    def _in_settings(self, finding: Finding) -> Place | None:
        """Return the line of a setting that holds the words at fault, as an entry of the menu does."""
        words = finding.words
        wanted = dict.fromkeys((words, words.removeprefix(self._root), words.removeprefix(self._root).lstrip("/")))
        for name in _SETTINGS:
            text = self._sources.text(self._site.root / name)
            for one in wanted:
                for quote in "\"'":
                    if len(one) > 1 and (position := text.find(f"{quote}{one}{quote}")) >= 0:
                        return Place(name, line_of(text, position))
        return None

    def _in_templates(self, paths: Iterable[str], finding: Finding) -> Place | None:
        outputs = (self._site.outputs.get(path) for path in paths)
        makers = (output.make.template for output in outputs if output and isinstance(output.make, Page))
        place = self._templates.place(dict.fromkeys(makers), finding)
        return Place(self._sources.shown(Path(place.path)), place.line) if place else None

    def _in_output(self, path: str, finding: Finding) -> Place | None:
        file = self._whole.folder / path
        if not file.exists():
            return None
        text = self._sources.text(file) if finding.html else ""
        there = bool(finding.html) and finding.html in text
        return Place(self._sources.shown(file), line_of(text, text.index(finding.html)) if there else None)


def _converted(place: Place, finding: Finding) -> bool:
    """Tell whether it is not the writer's: old markup that a source does not have, docutils has made of it."""
    return finding.problem.code == "obsolete-markup" and place.line is None


def _counted(problem: Problem, pages: int) -> Problem:
    return dataclasses.replace(problem, what=f"{problem.what[:-1]} (on {pages} pages).") if pages > 1 else problem
