"""Markdown's blocks with the same output, without the searches that find nothing.

Not a Markdown of our own: each kind of block is the library's. A block is not searched for what it cannot hold, as it
lacks a sign that the library's expression wants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown import blockprocessors
from markdown.extensions import Extension, def_list

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown


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


def _has_line(block: str, *beginnings: str) -> bool:
    """Tell whether a line of a block begins so."""
    return block.startswith(beginnings) or ("\n" in block and any(f"\n{each}" in block for each in beginnings))


_PLACES: tuple[tuple[str, int, type[blockprocessors.BlockProcessor]], ...] = (
    ("hashheader", 70, HashHeader),
    ("setextheader", 60, SetextHeader),
    ("hr", 50, Rule),
    ("deflist", 25, DefinitionList),
    ("quote", 20, Quote),
    ("reference", 15, Reference),
)
"""What the library calls its own, how far before others it comes, and what takes its place."""


class BlockMarkup(Extension):
    """Markdown with the processors below in the place of the library's: to be named after all other extensions.

    Where one of those has put its own there, that one stays.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
        """Take the places of the library's own."""
        processors = md.parser.blockprocessors
        for name, priority, processor in _PLACES:
            if name in processors and type(processors[name]) is processor.__base__:
                processors.register(processor(md.parser), name, priority)
