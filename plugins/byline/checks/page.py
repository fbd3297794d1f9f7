"""A page as one pass over its tags finds it: what stands in it, and which tags are not closed as they should be.

Not a browser's tree: it mends nothing, and what it cannot make sense of it names and goes on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from byline.checks.elements import ENDS, OPTIONAL_END
from byline.checks.finding import Finding
from byline.values.html import pieces
from byline.values.problem import Problem, Severity

if TYPE_CHECKING:
    from byline.checks.tags import Tag, Tags

_DEEPEST = 400
"""Browsers stop nesting at 512; nobody writes a page as deep as this."""
_MOST_FINDINGS = 200
"""Of one page: from there on it is rubbish, and more words about it help nobody."""
_AROUND = 30
"""Characters of the page beside a tag that tell it from others like it."""
_SPANNED = frozenset("a button h1 h2 h3 h4 h5 h6".split())
_FOREIGN = frozenset({"svg", "math"})


class Span(NamedTuple):
    """An element with its content: where its start tag begins and ends, and where its end tag begins."""

    tag: Tag
    start: int
    inner: int
    end: int


@dataclass(slots=True)
class Thing:
    """A microformat: its types (`h-entry`), its properties, the tags of those with an address, what stands in it."""

    types: tuple[str, ...]
    properties: list[str] = field(default_factory=list)
    addressed: list[tuple[str, Tag]] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """The tags that have attributes or raw text, in order; headings, links and buttons; microformats; findings.

    On a page that is `too_deep`, what nests was not looked at to the end.
    """

    html: str
    doctype: bool = False
    too_deep: bool = False
    tags: list[Tag] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def page(html: str, tags: Tags) -> Page:
    """Return what one pass over the HTML finds."""
    reading = _Pass(html)
    reading.run(tags)
    return reading.page


class _Pass:
    """The pass: the elements that are open, innermost last, and how many there are of each name."""

    def __init__(self, html: str) -> None:
        self.page = Page(html)
        self.names: list[str] = []
        self.open: list[tuple[Tag, int, int]] = []
        self.count: defaultdict[str, int] = defaultdict(int)
        self.late: defaultdict[str, int] = defaultdict(int)
        self.things: list[tuple[int, Thing]] = []
        self.nesting = True

    def run(self, tags: Tags) -> None:  # noqa: C901, PLR0912  one loop: a call for each tag would double its time
        """Go through the page once."""
        known, learned, page = tags.known, tags.learned, self.page
        names, opened, count = self.names, self.open, self.count
        noted, findings = page.tags, page.findings
        for match in pieces(page.html):
            tag = known.get(match[0]) or learned(match)
            name = tag.name
            if tag.closes:
                if self.nesting and names and names[-1] == name:
                    self._pop(match.start())
                elif self.nesting:
                    self._close(tag, match.start())
                continue
            if tag.findings and len(findings) < _MOST_FINDINGS:
                findings.extend(tag.findings)
            if tag.noted:
                noted.append(tag)
            if not name:
                page.doctype = page.doctype or tag.raw[:9].lower() == "<!doctype"
            if not name or not self.nesting:
                continue
            if name in ENDS:
                self._end_before(name, match.start())
            if tag.marks:
                self._mark(tag)
            if tag.control and (count["a"] or count["button"]):
                self._nested(tag)
            if tag.unknown or tag.slashed:
                if not (count["svg"] or count["math"]):
                    self._odd(tag)
                elif tag.slashed:
                    continue
            if not tag.childless:
                names.append(name)
                opened.append((tag, match.start(), match.start() + len(tag.raw)))
                count[name] += 1
                if len(names) > _DEEPEST:
                    self._give_up()
        while self.nesting and names:
            self._unclosed_at_end()

    def _pop(self, end: int, *, whole: bool = True) -> tuple[Tag, int]:
        """Take the innermost element off; one that is `whole` is kept as a span where those are wanted."""
        name = self.names.pop()
        self.count[name] -= 1
        tag, start, inner = self.open.pop()
        if whole and name in _SPANNED:
            self.page.spans.append(Span(tag, start, inner, end))
        if self.things and len(self.names) < self.things[-1][0]:
            self.things.pop()
        return tag, start

    def _end_before(self, name: str, end: int) -> None:
        """Close what a start tag of this name closes by itself."""
        ended, beyond = ENDS[name]
        for other in ended:
            if self.count[other]:
                break
        else:
            return
        position = len(self.names) - 1
        lowest = None
        while position >= 0 and self.names[position] not in beyond:
            if self.names[position] in ended:
                lowest = position
            position -= 1
        while lowest is not None and len(self.names) > lowest:
            tag, start = self._pop(end, whole=False)
            if tag.name not in OPTIONAL_END:
                self._unclosed(tag, start, f"<{name}>")

    def _close(self, tag: Tag, end: int) -> None:
        """Close an element that is not the innermost, and with it those inside; or tell that it closes nothing."""
        name = tag.name
        if not self.count[name]:
            if self.late[name]:
                self.late[name] -= 1
            else:
                self._stray(name, end)
            return
        while self.names[-1] != name:
            inner, start = self._pop(end, whole=False)
            if inner.name not in OPTIONAL_END:
                self._unclosed(inner, start, f"</{name}>")
                self.late[inner.name] += 1
        self._pop(end)

    def _unclosed_at_end(self) -> None:
        tag, start = self._pop(0, whole=False)
        if tag.name not in OPTIONAL_END:
            self._unclosed(tag, start, "the end of the page")

    def _unclosed(self, tag: Tag, start: int, before: str) -> None:
        if tag.unknown:
            return
        piece = self.page.html[start : start + len(tag.piece) + _AROUND]
        what = f"{tag.shown} is not closed before {before}."
        remedy = f"Write </{tag.name}> where it ends."
        self._tell(Finding(Problem("unclosed-element", what, remedy, None, Severity.EDITORIAL), piece))

    def _stray(self, name: str, start: int) -> None:
        what = f"</{name}> closes nothing that is open."
        remedy = "Take it out; or find what ended the element before: a block (<div>, a list, a table) ends a <p>."
        piece = self.page.html[max(0, start - _AROUND) : start + len(name) + 3]
        self._tell(Finding(Problem("stray-end-tag", what, remedy, None, Severity.EDITORIAL), piece))

    def _nested(self, tag: Tag) -> None:
        outer = "link" if self.count["a"] else "button"
        what = f"{tag.shown} stands inside a {outer}, where nobody can reach it for sure."
        remedy = f"End the {outer} before it."
        self._tell(Finding(Problem("nested-control", what, remedy, None, Severity.EDITORIAL), tag.piece))

    def _odd(self, tag: Tag) -> None:
        """Tell of an element that HTML does not have, or of a slash that closes nothing in HTML."""
        if tag.unknown:
            what = f"HTML has no element <{tag.name}>, so readers do not see it."
            remedy = "If it is text, put it into a code sample, or write `&lt;`."
            self._tell(Finding(Problem("unknown-element", what, remedy, None, Severity.EDITORIAL), tag.piece))
        elif not tag.childless and tag.name not in _FOREIGN:
            what = f"{tag.shown} looks closed by its slash, and is not."
            remedy = f"Write <{tag.name}></{tag.name}>."
            self._tell(Finding(Problem("unclosed-element", what, remedy, None, Severity.EDITORIAL), tag.piece))

    def _mark(self, tag: Tag) -> None:
        """Note microformats: properties belong to the thing around, a thing of its own begins at an `h-…`."""
        types = tuple(mark for mark in tag.marks if mark.startswith("h-"))
        around = self.things[-1][1] if self.things else None
        if around:
            properties = [mark for mark in tag.marks if not mark.startswith("h-")]
            around.properties.extend(properties)
            around.addressed.extend((mark, tag) for mark in properties if mark in {"u-url", "u-uid"})
        if types:
            thing = Thing(types)
            (around.things if around else self.page.things).append(thing)
            if not tag.childless:
                self.things.append((len(self.names) + 1, thing))

    def _give_up(self) -> None:
        self.nesting = False
        self.page.too_deep = True
        what = f"Elements nest more than {_DEEPEST} deep, too deep for browsers."
        tag = self.open[-1][0]
        remedy = "Close the elements that are still open."
        self._tell(Finding(Problem("unclosed-element", what, remedy, None, Severity.EDITORIAL), tag.piece))

    def _tell(self, finding: Finding) -> None:
        if len(self.page.findings) < _MOST_FINDINGS:
            self.page.findings.append(finding)
