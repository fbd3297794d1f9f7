from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from byline.site.block_markup import BlockMarkup
from markdown import Markdown, blockprocessors
from markdown.extensions import Extension, abbr, def_list, footnotes, md_in_html, tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

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
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[[type[blockprocessors.BlockProcessor], str], int]:
    """Return how often the library's own processor of a kind is asked while a text is converted."""

    def count(kind: type[blockprocessors.BlockProcessor], text: str) -> int:
        blocks: list[str] = []
        test = kind.test

        def noted(self: blockprocessors.BlockProcessor, parent: Element, block: str) -> bool:
            blocks.append(block)
            return test(self, parent, block)

        monkeypatch.setattr(kind, "test", noted)
        Markdown(extensions=[*EXTENSIONS, BlockMarkup()]).convert(text)
        return len(blocks)

    return count


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_a_block_without_its_sign_is_not_searched(
    asked: Callable[[type[blockprocessors.BlockProcessor], str], int], kind: type[blockprocessors.BlockProcessor]
) -> None:
    assert asked(kind, PLAIN) == 0


@pytest.mark.parametrize(("kind", "text"), KINDS)
def test_a_block_with_its_sign_is_searched(
    asked: Callable[[type[blockprocessors.BlockProcessor], str], int],
    kind: type[blockprocessors.BlockProcessor],
    text: str,
) -> None:
    assert asked(kind, text) >= 1


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
