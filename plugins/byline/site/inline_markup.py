"""Markdown's inline patterns with the same output, without the searches that find nothing.

Not a Markdown of our own: each pattern is the library's or an extension's, and the library applies it. One that cannot
match, as the text lacks a sign that its expression wants, is passed over; and what is plain to see of a link or of
emphasis is not looked at sign by sign.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown import inlinepatterns, treeprocessors
from markdown.extensions import Extension
from markdown.serializers import to_html_string
from markdown.util import AtomicString

from byline.site import plain_markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown import Markdown
    from markdown.inlinepatterns import Pattern

    from byline.site.plain_markup import Plain, Written

    Met = tuple[Element | str | None, int | None, int | None]
    """What a pattern makes of its match, where that begins, and where it ends."""

_SIGNS = {
    inlinepatterns.AUTOLINK_RE: ("://", "<"),
    inlinepatterns.AUTOMAIL_RE: ("@", "<"),
    inlinepatterns.BACKTICK_RE: ("`", "\\"),
    inlinepatterns.ENTITY_RE: ("&", ""),
    inlinepatterns.ESCAPE_RE: ("\\", ""),
    inlinepatterns.HTML_RE: ("<", ""),
    inlinepatterns.IMAGE_LINK_RE: ("![", ""),
    inlinepatterns.LINE_BREAK_RE: ("  \n", ""),
    inlinepatterns.LINK_RE: ("[", ""),
    r"\[\^([^\]]*)\]": ("[^", ""),  # the mark of a footnote
}
"""Expressions, what any text holds that one matches in, and what a match may begin with instead."""
_ANY = ("", "")
_REFERENCES = (
    inlinepatterns.ReferenceInlineProcessor,
    inlinepatterns.ShortReferenceInlineProcessor,
    inlinepatterns.ImageReferenceInlineProcessor,
    inlinepatterns.ShortImageReferenceInlineProcessor,
)
"""What finds a link or a picture that is named by a word: nothing, where no word names any."""

_PLAIN_LINK = re.compile(r"\[([^\[\]]*+)\]\(([^\s()<>'\"\x02]*+)\)")
"""A link without brackets in its words, whose address is no more than that, and holds no placeholder."""
_PLAIN_EMPHASIS = re.compile(r"(?<!\*)(\*\*?)(?![\s*])([^*_]*[^*_\s])\1(?!\*)")
"""Words between one or two asterisks on each side, and no such sign in them."""


class InlineMarkup(Extension):
    """Markdown with what is below in the library's places: to be named before all other extensions.

    Where one of those puts its own there, that one stays.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
        """Take the library's places, with its priorities."""
        md.treeprocessors.register(InlineProcessor(md), "inline", 20)
        md.inlinePatterns.register(Link(inlinepatterns.LINK_RE, md), "link", 160)
        emphasis = Emphasis("*", "strong,em", md)
        emphasis.add("_", "strong,em", smart=True)
        md.inlinePatterns.register(emphasis, "em_strong", 60)


class _SetAside(str):
    """Stands for a text while the library sees to others, as elements are numbered through all texts."""

    __slots__ = ("stashed",)
    stashed: int


class InlineProcessor(treeprocessors.InlineProcessor):
    """The library's, which applies only what can match. It has the library's name, by which Python hides a method."""

    written: Written | None = None
    """What keeps the HTML of texts; None where somebody looks at elements after this."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns to a tree; return the tree. Texts that are plain to see are set aside meanwhile."""
        patterns: Iterable[Pattern] = self.inlinePatterns  # type: ignore[assignment]  # its stub names another class
        named = self.md.references
        self._sought = [
            (pattern, *_sought(pattern)) for pattern in patterns if named or type(pattern) not in _REFERENCES
        ]
        escaped = frozenset(self.md.ESCAPED_CHARS)
        if not (_are_usual(self._sought) and escaped >= plain_markup.ALWAYS_ESCAPED):
            return super().run(tree, ancestors)
        aside: list[tuple[Element, Plain]] = []
        left = False
        written = self.written if self.md.serializer is to_html_string else None
        for element in islice(tree.iter(), 1, None):
            made = None
            if type(element.text) is str:
                made = written.kept(element.text) if written and element.tag not in _HEADINGS else None
                made = made or plain_markup.plain(element.text, escaped)
            if made:
                element.text = None
                aside.append((element, made))
            left = left or bool(element.text or element.tail)
        if left:
            for element, made in aside:
                if stashed := made.stashed():
                    element.text = instead = _SetAside(" ")
                    instead.stashed = stashed
            super().run(tree, ancestors)
        for element, made in aside:
            element.text = made.words or None
            element[:0] = made.elements
        return tree

    def __handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803  Markdown's names
        """Return a text with placeholders for what the patterns, from one of them on, make of it."""
        if isinstance(data, AtomicString):
            return data
        if isinstance(data, _SetAside):
            for _ in range(data.stashed):
                self.stashed_nodes[f"{len(self.stashed_nodes):04d}"] = ""
            return ""
        for number, (pattern, sign, instead) in enumerate(self._sought[patternIndex:], patternIndex):
            start = 0
            matched = True
            while matched and (found := data.find(sign, start)) >= 0:
                if not instead or instead not in data:
                    start = found
                data, matched, start = self.__applyPattern(pattern, data, number, start)  # type: ignore[attr-defined]  # hidden
        return data


class Link(inlinepatterns.LinkInlineProcessor):
    """A link with its address in parentheses."""

    def handleMatch(self, m: re.Match[str], data: str) -> Met:  # type: ignore[override]  # noqa: N802  as in Markdown
        """Return the element."""
        plain = _PLAIN_LINK.match(data, m.start())
        if not plain:
            return super().handleMatch(m, data)
        element = Element("a", href=plain[2])
        element.text = plain[1]
        return element, *plain.span()


class Emphasis(inlinepatterns.DelimiterProcessor):
    """Words between asterisks or low lines."""

    @property
    def usual(self) -> bool:
        """Whether asterisks mean what they do, and there is no other such sign but low lines."""
        stars = self.delimiters.get("*")
        known = stars and stars.tags == ("strong", "em") and not stars.smart
        return bool(known) and {*self.tokens} <= {"*", "_"}

    def handleMatch(self, m: re.Match[str], data: str) -> Met:  # type: ignore[override]  # noqa: N802  as in Markdown
        """Return the element."""
        plain = _PLAIN_EMPHASIS.match(data, m.start()) if self.usual and not self.regions else None
        if not plain:
            return super().handleMatch(m, data)
        element = Element("em" if len(plain[1]) == 1 else "strong")
        element.text = plain[2]
        return element, *plain.span()


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements whose text is read to make a table of contents."""
_PLAIN_SIGNS = frozenset({"`", "\\", "[", "![", ""})
_PLAIN_KINDS = [
    inlinepatterns.BacktickInlineProcessor,
    inlinepatterns.EscapeInlineProcessor,
    Link,
    inlinepatterns.ImageInlineProcessor,
    Emphasis,
]
"""What `plain_markup` knows, and what of it each is looked for by: the last by no sign that others may not have."""


def _are_usual(sought: list[tuple[Pattern, str, str]]) -> bool:
    """Tell whether what `plain_markup` knows is there, in its order, and any other pattern wants a sign of its own."""
    known = [pattern for pattern, sign, _instead in sought if sign in _PLAIN_SIGNS]
    if [type(pattern) for pattern in known] != _PLAIN_KINDS or any(pattern.ANCESTOR_EXCLUDES for pattern in known):
        return False
    code, *_others, emphasis = known
    as_code = isinstance(code, inlinepatterns.BacktickInlineProcessor) and code.tag == "code"
    return as_code and isinstance(emphasis, Emphasis) and emphasis.usual


def _sought(pattern: Pattern) -> tuple[str, str]:
    """Return the signs of a pattern; one of the older kind would not see what stands before the place it starts at."""
    return _SIGNS.get(pattern.pattern, _ANY) if isinstance(pattern, inlinepatterns.InlineProcessor) else _ANY
