from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

import pytest
from byline.site.block_markup import BlockMarkup
from byline.site.passes import Passes
from markdown import Markdown, blockprocessors
from markdown.extensions import Extension, abbr, def_list, footnotes, md_in_html, tables

if TYPE_CHECKING:
    from collections.abc import Callable

EXTENSIONS = ["markdown.extensions.extra"]
PLAIN = "Words - and: (some) more_words.\n\nAnother* paragraph\nof two lines."
KINDS = [
    (blockprocessors.HashHeaderProcessor, "Words #1, and"),
    (blockprocessors.SetextHeaderProcessor, "Words\n-and more"),
    (blockprocessors.HRProcessor, "Words\n *and more"),
    (def_list.DefListProcessor, "Words\n : more"),
    (blockprocessors.BlockQuoteProcessor, "2 > 1"),
    (blockprocessors.ReferenceProcessor, "[Words]: more words"),
    (footnotes.FootnoteBlockProcessor, "[^word]: more words"),
    (abbr.AbbrBlockprocessor, "*[HTML]: more words"),
    (tables.TableProcessor, "words | more\n--|--"),
    (md_in_html.MarkdownInHtmlProcessor, "<p markdown='1'>words</p>"),
]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Return how often the library's own processor of a kind is asked while a text is converted."""

    def count(kind: type[blockprocessors.BlockProcessor], text: str, *more: Extension) -> int:
        blocks: list[str] = []
        test = kind.test

        def noted(self: blockprocessors.BlockProcessor, parent: Element, block: str) -> bool:
            blocks.append(block)
            return test(self, parent, block)

        monkeypatch.setattr(kind, "test", noted)
        Markdown(extensions=[*EXTENSIONS, BlockMarkup(), *more]).convert(text)
        return len(blocks)

    return count


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_a_block_without_its_sign_is_not_searched(
    asked: Callable[..., int], kind: type[blockprocessors.BlockProcessor]
) -> None:
    assert asked(kind, PLAIN) == 0


@pytest.mark.parametrize(("kind", "text"), KINDS)
def test_a_block_with_its_sign_is_searched(
    asked: Callable[..., int],
    kind: type[blockprocessors.BlockProcessor],
    text: str,
) -> None:
    assert asked(kind, text) >= 1


def test_where_each_line_begins_with_a_letter_no_sign_is_looked_for(asked: Callable[..., int]) -> None:
    kind = blockprocessors.EmptyBlockProcessor
    last = 1  # what follows the last paragraph is an empty block
    assert asked(kind, PLAIN) == 2 + last
    assert asked(kind, PLAIN, Passes()) == last
    assert asked(kind, 'Words.\n1. More\n\n- A list\n\n"Words"', Passes()) == 3 + last


def test_a_kind_of_block_that_is_not_known_is_always_looked_for() -> None:
    converter = Markdown(extensions=[BlockMarkup(), Capitals(), Passes()])
    assert converter.convert("WORDS\n\nwords") == "<h1>WORDS</h1>\n<p>words</p>"


class Capitals(Extension):
    """Has headings in capitals."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
        """Say so."""

        class Heading(blockprocessors.BlockProcessor):
            """One of its own."""

            def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
                return block.isupper()

            def run(self, parent: Element, blocks: list[str]) -> None:
                SubElement(parent, "h1").text = blocks.pop(0)

        md.parser.blockprocessors.register(Heading(md.parser), "capitals", 12)


class Own(Extension):
    """Has its own heading, and does without rules."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
        """Say so."""

        class Heading(blockprocessors.HashHeaderProcessor):
            """One of its own."""

        md.parser.blockprocessors.register(Heading(md.parser), "hashheader", 70)
        md.parser.blockprocessors.deregister("hr")


def test_an_extension_that_brings_or_drops_a_kind_of_block_is_not_hindered() -> None:
    processors = Markdown(extensions=[Own(), BlockMarkup()]).parser.blockprocessors
    assert type(processors["hashheader"]).__name__ == "Heading"
    assert "hr" not in processors


def test_what_no_extension_brings_is_not_there() -> None:
    assert "deflist" not in Markdown(extensions=[BlockMarkup()]).parser.blockprocessors


def test_each_stays_in_its_order() -> None:
    own, ours = Markdown(extensions=EXTENSIONS), Markdown(extensions=[*EXTENSIONS, BlockMarkup()])

    def names(converter: Markdown) -> list[str]:
        return [
            (kind.__base__ or kind).__name__ if kind.__module__.startswith("byline") else kind.__name__
            for kind in map(type, converter.parser.blockprocessors)
        ]

    assert names(ours) == names(own)
