"""Markdown's inline patterns with the same output, without the searches that find nothing.

Not a Markdown of our own: each pattern is the library's or an extension's, and the library applies it. One that cannot
match, as the text lacks a sign that its expression wants, is passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown import inlinepatterns, treeprocessors
from markdown.extensions import Extension
from markdown.util import AtomicString

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

    from markdown import Markdown
    from markdown.inlinepatterns import Pattern

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
_PRIORITY = 20
"""That of the library's own."""


class InlineMarkup(Extension):
    """Markdown with `InlineProcessor` in the library's place: to be named before all other extensions.

    Where one of those puts its own there, that one stays.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
        """Take the library's place."""
        md.treeprocessors.register(InlineProcessor(md), "inline", _PRIORITY)


class InlineProcessor(treeprocessors.InlineProcessor):
    """The library's, which applies only what can match. It has the library's name, by which Python hides a method."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns to a tree; return the tree."""
        patterns: Iterable[Pattern] = self.inlinePatterns  # type: ignore[assignment]  # its stub names another class
        self._sought = [(pattern, *_sought(pattern)) for pattern in patterns]
        return super().run(tree, ancestors)

    def __handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803  Markdown's names
        """Return a text with placeholders for what the patterns, from one of them on, make of it."""
        if isinstance(data, AtomicString):
            return data
        for number, (pattern, sign, instead) in enumerate(self._sought[patternIndex:], patternIndex):
            start = 0
            matched = True
            while matched and (found := data.find(sign, start)) >= 0:
                if not instead or instead not in data:
                    start = found
                data, matched, start = self.__applyPattern(pattern, data, number, start)  # type: ignore[attr-defined]  # hidden
        return data


def _sought(pattern: Pattern) -> tuple[str, str]:
    """Return the signs of a pattern; one of the older kind would not see what stands before the place it starts at."""
    return _SIGNS.get(pattern.pattern, _ANY) if isinstance(pattern, inlinepatterns.InlineProcessor) else _ANY
