from __future__ import annotations

import pytest
from byline.site.passes import Passes
from markdown import Markdown, preprocessors, treeprocessors
from markdown.extensions import attr_list, fenced_code, md_in_html, toc

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
