from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from byline.site.inline_markup import InlineMarkup
from byline.site.passes import Passes
from markdown import Markdown, preprocessors, treeprocessors
from markdown.extensions import Extension, attr_list, fenced_code, md_in_html, toc

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PLAIN = "# Words\n\nMore *words*.\n\n- And a list"
EXTENSIONS = ["extra", "codehilite", "toc"]
PASSES = [
    (preprocessors.NormalizeWhitespace, "run", "Words\twith a tab"),
    (fenced_code.FencedBlockPreprocessor, "run", "~~~\nWords\n~~~"),
    (md_in_html.HtmlBlockPreprocessor, "run", "<p>Words</p>"),
    (attr_list.AttrListTreeprocessor, "run", "Words\n{.class}"),
    (treeprocessors.UnescapeTreeprocessor, "run", r"Words \* and [more](words\_)"),
    (toc.TocTreeprocessor, "replace_marker", "[TOC]\n\n# Words"),
]


def asked(monkeypatch: pytest.MonkeyPatch, kind: type, name: str, text: str) -> int:
    calls: list[object] = []
    method = getattr(kind, name)

    def noted(self: object, *given: object) -> object:
        calls.append(self)
        return method(self, *given)

    monkeypatch.setattr(kind, name, noted)
    assert Markdown(extensions=[*EXTENSIONS, Passes()]).convert(text) == Markdown(extensions=EXTENSIONS).convert(text)
    return len(calls) - 1


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, name, _ in PASSES])
def test_a_pass_that_finds_nothing_is_left_out(monkeypatch: pytest.MonkeyPatch, kind: type, name: str) -> None:
    assert asked(monkeypatch, kind, name, PLAIN) == 0


@pytest.mark.parametrize(("kind", "name", "text"), PASSES)
def test_a_pass_is_made_where_its_sign_is(monkeypatch: pytest.MonkeyPatch, kind: type, name: str, text: str) -> None:
    assert asked(monkeypatch, kind, name, text) == 1


def test_a_table_of_contents_stands_where_its_marker_is() -> None:
    html = Markdown(extensions=["toc", Passes()]).convert("[TOC]\n\n# Words")
    assert '<a href="#words">Words</a>' in html


@pytest.mark.parametrize("attributes", ["python", "{.python .other}", "{.python hl_lines='1'}", "{.python linenums=1}"])
def test_code_is_shown_as_it_is_by_a_formatter_of_its_own(attributes: str) -> None:
    text = f"~~~ {attributes}\na = 'b'\n~~~\n\nWords\n\n~~~ bash\nls\n~~~"
    ours, plain = Markdown(extensions=[*EXTENSIONS, Passes()]), Markdown(extensions=EXTENSIONS)
    assert ours.convert(text) == ours.reset().convert(text) == plain.convert(text)


def test_a_formatter_that_settings_name_stays() -> None:
    named = {"codehilite": {"pygments_formatter": "bbcode"}}
    text = "~~~ python\na = 1\n~~~"
    ours = Markdown(extensions=[*EXTENSIONS, Passes()], extension_configs=named)
    assert ours.convert(text) == Markdown(extensions=EXTENSIONS, extension_configs=named).convert(text)


MARKED = "Words, *more*, and [a **link**](to/it.md)."


class Looking(treeprocessors.Treeprocessor):
    """Notes which elements there are."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def run(self, root: Element) -> None:
        """Look at them."""
        self.seen = [element.tag for element in root.iter()]


def seen(text: str, *extensions: str | Extension, **settings: Any) -> list[str]:  # noqa: ANN401  as Markdown takes them
    """Return the elements of a text when the library makes HTML of its tree."""
    settings = {"extensions": [InlineMarkup(), *extensions, Passes()], "output_format": "html", **settings}
    plain = Markdown(**{**settings, "extensions": [*extensions]})
    converter = Markdown(**settings)
    converter.treeprocessors.register(looking := Looking(), "looking", -1)
    assert converter.convert(text) == plain.convert(text)
    return looking.seen


def test_no_elements_are_made_of_a_text_that_is_plain_to_see() -> None:
    assert seen(f"{MARKED}\n\n- {MARKED}", "extra", "toc") == ["div", "p", "ul", "li"]


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        (f"## {MARKED}", {}),
        (f"{MARKED} <br>", {}),
        ("Words and *more*{.class}", {}),
        (f"*[Words]: Several\n\n{MARKED}", {}),
        (MARKED, {"output_format": "xhtml"}),
        (MARKED, {"extension_configs": {"toc": {"marker": "link"}}}),
    ],
)
def test_elements_are_made_where_somebody_looks_at_them(text: str, settings: dict[str, Any]) -> None:
    assert "em" in seen(text, "extra", "toc", **settings)


def test_elements_are_made_for_an_extension_that_is_not_known() -> None:
    class Own(Extension):
        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
            md.treeprocessors.register(Looking(), "own", 1)

    assert seen(MARKED, Own()) == ["div", "p", "em", "a", "strong"]
