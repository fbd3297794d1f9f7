"""Markdown's blocks with the same output, without the searches that find nothing.

Not a Markdown of our own: each kind of block is the library's. A block is not searched for what it cannot hold, as it
lacks a sign that the library's expression wants; and where each line begins with a letter, it is searched for nothing
that begins a line with a sign.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markdown import blockparser, blockprocessors
from markdown.extensions import Extension, abbr, admonition, def_list, footnotes, md_in_html, sane_lists, tables
from markdown.util import STX, Registry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
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
_OF_SIGNS = frozenset(
    {
        *(kind for kinds in _PLACES.values() for kind in kinds),
        admonition.AdmonitionProcessor,
        blockprocessors.CodeBlockProcessor,
        blockprocessors.EmptyBlockProcessor,
        blockprocessors.ListIndentProcessor,
        blockprocessors.OListProcessor,
        blockprocessors.UListProcessor,
        def_list.DefListIndentProcessor,
        sane_lists.SaneOListProcessor,
        sane_lists.SaneUListProcessor,
    }
)
"""Kinds of blocks in which a line begins with a sign, a digit or white space, or, in a table, holds a bar."""
_SIGNED_LINE = re.compile(r"\n(?![^\W\d_])|\|")


class Settled(Registry[Any]):
    """Processors to which nobody adds any more: each block asks them in their order, which is found once."""

    @cached_property
    def _settled(self) -> list[Any]:
        return [*super().__iter__()]

    @cached_property
    def of_letters(self) -> list[Any]:
        """Those that a block may be for where each of its lines begins with a letter."""
        return [each for each in self._settled if type(each) not in _OF_SIGNS]

    def __iter__(self) -> Iterator[Any]:
        """Return them in their order."""
        return iter(self._settled)


class Parser(blockparser.BlockParser):
    """What asks the processors."""

    blockprocessors: Settled

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802  Markdown's name
        """Add what the blocks become to an element, and take them away."""
        while blocks:
            block = blocks[0]
            lettered = block[:1].isalpha() and not ("\n" in block and _SIGNED_LINE.search(block))
            for processor in self.blockprocessors.of_letters if lettered else self.blockprocessors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break


class BlockMarkup(Extension):
    """Markdown with the processors above in the place of the library's: to be named after all other extensions.

    Where one of those has put its own there, that one stays.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
        """Take the places of the library's own."""
        take_places(md.parser.blockprocessors, _PLACES)


def settle(parser: blockparser.BlockParser) -> None:
    """Let a parser know that nobody adds processors to it any more. Other kinds of parsers stay as they are."""
    if type(parser) is blockparser.BlockParser and type(parser.blockprocessors) is Registry:
        parser.blockprocessors.__class__ = Settled
        parser.__class__ = Parser


def take_places(registry: Registry[Any], places: Mapping[str, Sequence[type]]) -> None:
    """Let processors of the library's own kinds be of these, which are derived from them; they stay where they are."""
    for name, kinds in places.items():
        for kind in kinds:
            if name in registry and type(registry[name]) is kind.__base__:
                registry[name].__class__ = kind
