from __future__ import annotations

from typing import TYPE_CHECKING

from byline.site.inline_markup import InlineMarkup
from markdown import Markdown, inlinepatterns, treeprocessors
from markdown.extensions import Extension

if TYPE_CHECKING:
    import re


class Counting(inlinepatterns.InlineProcessor):
    """Looks for an expression, matches nothing, and counts how often it was asked for."""

    asked = 0

    def getCompiledRegExp(self) -> re.Pattern[str]:  # noqa: N802  Markdown's name
        """Return it."""
        self.asked += 1
        return self.compiled_re

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[None, None, None]:  # type: ignore[override]  # noqa: ARG002, N802
        """Match nothing."""
        return None, None, None


def asked(expression: str, text: str) -> int:
    converter = Markdown(extensions=[InlineMarkup()])
    converter.inlinePatterns.register(counting := Counting(expression), "counting", 1)
    converter.convert(text)
    return counting.asked


def test_a_text_without_its_sign_is_not_searched_for_a_link() -> None:
    assert asked(inlinepatterns.LINK_RE, "Words, and then some more.\n\nAnother paragraph.") == 0


def test_a_text_with_its_sign_is_searched() -> None:
    assert asked(inlinepatterns.LINK_RE, "One [bracket, and\n\nanother paragraph.") == 1


def test_an_expression_that_is_not_known_is_always_looked_for() -> None:
    assert asked("never", "Words, and then some more.\n\nAnother paragraph.") == 2


def test_an_extension_that_brings_its_own_way_is_not_hindered() -> None:
    class Own(Extension):
        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
            md.treeprocessors.register(own, "inline", 20)

    own = treeprocessors.InlineProcessor(Markdown())
    assert Markdown(extensions=[InlineMarkup(), Own()]).treeprocessors["inline"] is own
