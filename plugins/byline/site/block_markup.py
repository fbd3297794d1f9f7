"""Markdown's blocks with the same output, without the searches that find nothing.

Not a Markdown of our own: each kind of block is the library's. A block is not searched for what it cannot hold, as it
lacks a sign that the library's expression wants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown import blockprocessors
from markdown.extensions import Extension, abbr, def_list, footnotes, md_in_html, tables
from markdown.util import STX

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from xml.etree.ElementTree import Element

    from markdown import Markdown
    from markdown.util import Registry


class HashHeader(blockprocessors.HashHeaderProcessor):
    """A heading after number signs."""

    def test(self, parent: Element, block: str) -> bool:
        """Return whether the block holds one."""
        return "#" in block and super().test(parent, block)


class SetextHeader(blockprocessors.SetextHeaderProcessor):
    """A heading whose next line underlines it."""

    def test(self, parent: Element, block: str) -> bool:
        """Return whether the block begins with one."""
        return "\n" in block and ("\n=" in block or "\n-" in block) and super().test(parent, block)


class Rule(blockprocessors.HRProcessor):
    """A line across the page: dashes, underscores or asterisks, after a few spaces."""

    def test(self, parent: Element, block: str) -> bool:
        """Return whether the block holds one."""
        return _has_line(block, "-", "_", "*", " ") and super().test(parent, block)


class Quote(blockprocessors.BlockQuoteProcessor):
    """A quotation."""

    def test(self, parent: Element, block: str) -> bool:
        """Return whether the block holds one."""
        return ">" in block and super().test(parent, block)


class Reference(blockprocessors.ReferenceProcessor):
    """The address that links name by a word."""

    def test(self, parent: Element, block: str) -> bool:
        """Return whether the block may hold one."""
        return "]:" in block and super().test(parent, block)


class DefinitionList(def_list.DefListProcessor):
    """Terms with what they mean after a colon."""

    def test(self, parent: Element, block: str) -> bool:
        """Return whether the block holds one."""
        return _has_line(block, ":", " ") and super().test(parent, block)


class Footnote(footnotes.FootnoteBlockProcessor):
    """What a footnote says."""

    def test(self, parent: Element, block: str) -> bool:
        """Return whether the block may hold one."""
        return "[^" in block and super().test(parent, block)


class Abbreviation(abbr.AbbrBlockprocessor):
    """What an abbreviation stands for."""

    def test(self, parent: Element, block: str) -> bool:
        """Return whether the block may hold one."""
        return "*[" in block and super().test(parent, block)


class Table(tables.TableProcessor):
    """A table."""

    def test(self, parent: Element, block: str) -> bool:
        """Return whether the block is one."""
        return "|" in block and super().test(parent, block)


class HtmlWithMarkdown(md_in_html.MarkdownInHtmlProcessor):
    """The placeholder of an element with Markdown in it."""

    def test(self, parent: Element, block: str) -> bool:
        """Return whether the block may begin with one."""
        return block.startswith(STX) and super().test(parent, block)


def _has_line(block: str, *beginnings: str) -> bool:
    """Tell whether a line of a block begins so."""
    return block.startswith(beginnings) or ("\n" in block and any(f"\n{each}" in block for each in beginnings))


_PLACES: Mapping[str, Sequence[type[blockprocessors.BlockProcessor]]] = {
    "markdown_block": (HtmlWithMarkdown,),
    "table": (Table,),
    "hashheader": (HashHeader,),
    "setextheader": (SetextHeader,),
    "hr": (Rule,),
    "deflist": (DefinitionList,),
    "quote": (Quote,),
    "footnote": (Footnote,),
    "abbr": (Abbreviation,),
    "reference": (Reference,),
}
"""What the library calls its own, and what takes its place."""


class BlockMarkup(Extension):
    """Markdown with the processors above in the place of the library's: to be named after all other extensions.

    Where one of those has put its own there, that one stays.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
        """Take the places of the library's own."""
        take_places(md.parser.blockprocessors, _PLACES)


def take_places(registry: Registry[Any], places: Mapping[str, Sequence[type]]) -> None:
    """Let processors of the library's own kinds be of these, which are derived from them; they stay where they are."""
    for name, kinds in places.items():
        for kind in kinds:
            if name in registry and type(registry[name]) is kind.__base__:
                registry[name].__class__ = kind
