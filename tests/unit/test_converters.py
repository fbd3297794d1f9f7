from __future__ import annotations

from typing import Any

import pytest
from byline.site.converters import Converters
from byline.site.reader import Options, read
from markdown import Markdown
from markdown.extensions import Extension

EXTRA = "markdown.extensions.extra"


def again(converters: Converters) -> bool:
    """Tell whether a converter that was given back is the next that is taken."""
    converter = converters.take()
    converters.give_back(converter)
    return converters.take() is converter


def test_one_converter_does_for_many_posts() -> None:
    assert again(Converters({}))
    assert again(Converters({"extensions": [EXTRA, "markdown.extensions.toc"], "output_format": "html5"}))


def test_nobody_is_given_a_converter_that_another_has() -> None:
    converters = Converters({"extensions": [EXTRA]})
    first, second = converters.take(), converters.take()

    assert first is not second


class Remembering(Extension):
    """An extension that we do not know."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
        """Do nothing."""


@pytest.mark.parametrize("extension", [Remembering(), "extra"])
def test_beside_an_extension_that_we_do_not_know_each_post_has_its_own(extension: Extension | str) -> None:
    """A short name may be that of anybody's extension."""
    assert not again(Converters({"extensions": ["markdown.extensions.toc", extension]}))


@pytest.mark.parametrize(
    ("extension", "configuration"),
    [("markdown.extensions.footnotes", {"UNIQUE_IDS": True}), (EXTRA, {"footnotes": {"UNIQUE_IDS": True}})],
)
def test_footnotes_that_are_numbered_through_all_texts_begin_anew_in_each_post(
    extension: str, configuration: dict[str, object]
) -> None:
    settings: dict[str, Any] = {"extensions": [extension], "extension_configs": {extension: configuration}}
    options, text = Options(markdown=settings), "A[^1]\n\n[^1]: b"

    first, second = (read(path, f"Title: A\n\n{text}".encode(), options, ()).content.html for path in ("a.md", "b.md"))

    assert first == second == Markdown(**settings).convert(text)


def test_a_post_that_markdown_fails_on_leaves_nothing_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    options = Options(markdown={"extensions": [EXTRA]})
    text = b"Title: A\n\n> - a\n>\n>     b\n"
    usual = read("a.md", text, options, ())
    failing = options.converters.take()
    options.converters.give_back(failing)

    with monkeypatch.context() as broken:
        broken.setattr(failing.parser, "parseChunk", lambda *_: 1 / 0)
        assert read("b.md", text, options, ()).problems[0].code == "unreadable-post"

    assert options.converters.take() is not failing
    assert read("a.md", text, options, ()) == usual
