from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from byline.site.inline_markup import InlineMarkup
from markdown import Markdown, inlinepatterns, treeprocessors
from markdown.extensions import Extension

if TYPE_CHECKING:
    import re
    from collections.abc import Callable


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


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts that the library's own patterns for code, links, emphasis are given while this is looked at."""
    given: list[str] = []
    for kind in (
        inlinepatterns.BacktickInlineProcessor,
        inlinepatterns.LinkInlineProcessor,
        inlinepatterns.DelimiterProcessor,
    ):

        def noted(self: object, m: re.Match[str], data: str, match: Callable[..., object] = kind.handleMatch) -> object:
            given.append(data)
            return match(self, m, data)

        monkeypatch.setattr(kind, "handleMatch", noted)
    return given


def test_plain_links_and_emphasis_are_not_looked_at_sign_by_sign(library: list[str]) -> None:
    html = Markdown(extensions=[InlineMarkup()]).convert("A [*link*](to/it.md#here), *some* **words**.")

    assert html == '<p>A <a href="to/it.md#here"><em>link</em></a>, <em>some</em> <strong>words</strong>.</p>'
    assert not library


@pytest.mark.parametrize("text", ["[a [b]](c)", "[a](<b c>)", "[a](b 'c')", "[a](b_(c))", "*a **b** c*", "***a***"])
def test_the_library_sees_to_any_other(library: list[str], text: str) -> None:
    assert Markdown(extensions=[InlineMarkup()]).convert(text) == Markdown().convert(text)
    assert library


def test_no_link_by_a_word_is_looked_for_where_no_word_has_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    evaluated = inlinepatterns.ReferenceInlineProcessor.evalId

    def noted(self: object, data: str, index: int, text: str) -> object:
        looked.append(text)
        return evaluated(self, data, index, text)  # type: ignore[arg-type]  # it is one

    monkeypatch.setattr(inlinepatterns.ReferenceInlineProcessor, "evalId", noted)
    converter = Markdown(extensions=[InlineMarkup()])
    converter.convert("One [word][a].")
    assert not looked
    assert converter.convert("One [word][a].\n\n[a]: b.md") == '<p>One <a href="b.md">word</a>.</p>'
    assert looked == ["word"]


@pytest.mark.parametrize(("other", "html"), [("~", "<p>*a* <del>b</del></p>"), ("_", "<p>*a* ~b~</p>")])
def test_an_extension_may_do_without_asterisks(other: str, html: str) -> None:
    class Without(Extension):
        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
            assert md.delimiters
            md.delimiters.remove("*")
            md.delimiters.add(other, "del")

    assert Markdown(extensions=[InlineMarkup(), Without()]).convert("*a* ~b~") == html


def test_an_extension_may_take_asterisks_away() -> None:
    converter = Markdown(extensions=[InlineMarkup()])
    assert converter.delimiters
    converter.delimiters.remove("*")
    assert converter.convert("*a* `b`") == "<p>*a* <code>b</code></p>"


def test_a_text_that_is_plain_to_see_is_searched_for_nothing(library: list[str]) -> None:
    text = r"Words\*, `code`, a [*link*](to/it.md), *some* **`more` [words](b)**."
    html = (
        '<p>Words*, <code>code</code>, a <a href="to/it.md"><em>link</em></a>, <em>some</em> '
        '<strong><code>more</code> <a href="b">words</a></strong>.</p>'
    )
    assert Markdown(extensions=[InlineMarkup()]).convert(text) == html
    assert not library
    Markdown(extensions=[InlineMarkup()]).convert(f"{text} And ``more ` code``.")
    assert library


@pytest.mark.parametrize("name", ["backtick", "escape", "link", "image_link", "em_strong"])
def test_an_extension_may_do_without_a_pattern(name: str) -> None:
    def converted(*extensions: Extension) -> str:
        converter = Markdown(extensions=[*extensions])
        converter.inlinePatterns.deregister(name)
        return converter.convert(r"`a` \* [b](c) ![d](e) *f*")

    assert converted(InlineMarkup()) == converted()


def test_an_extension_may_escape_other_signs() -> None:
    def converted(signs: str, *extensions: Extension) -> str:
        converter = Markdown(extensions=[*extensions])
        converter.ESCAPED_CHARS = [*signs]
        return converter.convert(r"\*a\* \b \[c](d) *e*")

    for signs in ("*_[]!", "*_[]!b", "*b", ""):
        assert converted(signs, InlineMarkup()) == converted(signs)


def test_an_extension_that_brings_its_own_way_is_not_hindered() -> None:
    class Own(Extension):
        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
            md.treeprocessors.register(own, "inline", 20)

    own = treeprocessors.InlineProcessor(Markdown())
    assert Markdown(extensions=[InlineMarkup(), Own()]).treeprocessors["inline"] is own
