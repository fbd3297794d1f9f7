"""The theme's laws: templates decide nothing, escape what they print, load nothing from afar; none is left over."""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path

import pytest
from byline.values.css import squeezed
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "theme" / "templates"
STYLE = ROOT / "theme" / "style"
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
PARTS = [name for name in NAMES if "/" in name]
HOOKS = {"after_content", "after_post", "before_content", "footer", "head"}
PAGE_TYPES = {
    *("archives", "article", "author", "authors", "categories", "category", "index", "page", "period_archives"),
    *("credits", "search", "series", "share", "subscribe", "tag", "tags", "404"),
}

ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Slice)
DECIDING_FILTERS = {"batch", "dictsort", "groupby", "max", "min", "random", "round", "slice", "sort", "sum", "unique"}
SCRIPT = '<script type="module" blocking="render" src="{{{{ ROOT }}}}/{{{{ THEME_STATIC_DIR }}}}/{}.js">'
SCRIPTS = {f"{name}.html": SCRIPT.format(name) for name in ("search", "share")}
"""Of the pages that may have one (docs/search.md, docs/sharing.md)."""
OWN_HTML = {"article.html": "article.content", "page.html": "page.content"}

MOST_BYTES = 2_920
"""Of the stylesheet that a post is read with, compressed as it travels."""
READABLE = 4.5
"""The contrast of text with what is behind it (WCAG 2.2, 1.4.3)."""
TONE = re.compile(r"\.tone-\w+\{color:#(\w+);background:#(\w+)\}")
MICROFORMAT = re.compile(r"\.(?:h|p|u|dt|e)-[a-z]")


def source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def tree(name: str) -> nodes.Template:
    environment = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True, extensions=["jinja2.ext.i18n"])
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # the extension's
    return environment.parse(source(name), name)


@cache
def named_by(name: str) -> frozenset[str]:
    whole = tree(name)
    named: list[nodes.Expr] = []
    named += (node.template for node in whole.find_all(nodes.Include))
    named += (node.template for node in whole.find_all(nodes.Extends))
    named += (node.template for node in whole.find_all(nodes.Import))
    named += (node.template for node in whole.find_all(nodes.FromImport))
    return frozenset(str(template.value) if isinstance(template, nodes.Const) else "?" for template in named)


@cache
def stylesheet(pattern: str = "**/*.css") -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(STYLE.glob(pattern)))


def luminance(colour: str) -> float:
    """Return how light a colour in CSS's short notation is (WCAG 2.2, relative luminance)."""
    samples = [int(digit * 2, 16) / 255 for digit in colour]
    red, green, blue = (it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in samples)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_page_type_has_its_template() -> None:
    assert {f"{name}.html" for name in PAGE_TYPES} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_no_template_calculates(name: str) -> None:
    found = [f"line {node.lineno}: {type(node).__name__}" for node in tree(name).find_all(ARITHMETIC)]
    assert not found


@pytest.mark.parametrize("name", NAMES)
def test_no_template_sorts_or_groups(name: str) -> None:
    used = {node.name for node in tree(name).find_all(nodes.Filter)}
    assert not used & DECIDING_FILTERS


@pytest.mark.parametrize("name", NAMES)
def test_only_what_the_writer_wrote_is_printed_as_html_and_a_comment_says_so(name: str) -> None:
    assert not list(tree(name).find_all((nodes.MarkSafe, nodes.ScopedEvalContextModifier)))
    printed = [node for node in tree(name).find_all(nodes.Filter) if node.name == "safe"]
    lines = source(name).splitlines()
    for node in printed:
        assert lines[node.lineno - 1].strip() == f"{{{{ {OWN_HTML.get(name)}|safe }}}}"
        assert lines[node.lineno - 2].startswith("{#")
    assert len(printed) == (name in OWN_HTML)


@pytest.mark.parametrize("name", NAMES)
def test_every_template_that_is_named_is_there(name: str) -> None:
    assert named_by(name) <= set(NAMES)


@pytest.mark.parametrize("name", PARTS)
def test_every_part_is_used(name: str) -> None:
    assert any(name in named_by(other) for other in NAMES)


def test_every_macro_is_called() -> None:
    macros = {macro.name for name in NAMES for macro in tree(name).find_all(nodes.Macro)}
    called = {
        call.node.name
        for name in NAMES
        for call in tree(name).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
    }
    assert macros <= called


def test_the_hooks_are_these_and_hold_nothing_but_a_comment() -> None:
    hooks = {Path(name).stem: tree(name) for name in NAMES if name.startswith("hooks/")}
    assert set(hooks) == HOOKS
    for hook in hooks.values():
        assert not list(hook.find_all((nodes.Name, nodes.Const)))
        assert not "".join(part.data for part in hook.find_all(nodes.TemplateData)).strip()


@pytest.mark.parametrize("name", NAMES)
def test_every_template_says_first_what_it_is_for_or_extends_one_that_does(name: str) -> None:
    assert source(name).startswith(("{#- ", "{% extends "))


@pytest.mark.parametrize("name", NAMES)
def test_no_template_needs_a_script_or_a_style_of_its_own(name: str) -> None:
    text = source(name)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text)
    assert set(re.findall(r"<script[^>]*>", text)) <= {'<script type="application/ld+json">', SCRIPTS.get(name, "")}


@pytest.mark.parametrize("name", NAMES)
def test_no_template_names_another_host(name: str) -> None:
    assert set(re.findall(r"https?://[\w.-]+", source(name))) <= {"https://schema.org"}


def test_the_stylesheet_is_small() -> None:
    assert len(gzip.compress(squeezed(stylesheet("*.css")).encode())) <= MOST_BYTES


def test_words_in_the_place_of_a_picture_can_be_read_on_its_tone() -> None:
    tones = TONE.findall(stylesheet())
    assert len(tones) == stylesheet().count(".tone-")
    for colour, behind in tones:
        darker, lighter = sorted((luminance(colour), luminance(behind)))
        assert (lighter + 0.05) / (darker + 0.05) >= READABLE, behind


def test_the_stylesheet_loads_nothing_and_shouts_nothing_down() -> None:
    assert not re.search(r"url\(|@import|!important", stylesheet())


def test_every_rule_stands_in_a_layer_and_the_writer_has_the_last() -> None:
    first, *rules = [line for line in stylesheet().splitlines() if line and not line.startswith((" ", "/*", "}"))]
    layers = first.removeprefix("@layer ").removesuffix(";").split(", ")
    assert layers[-1] == "user"
    assert {rule.removesuffix(" {").removeprefix("@layer ") for rule in rules} == set(layers[:-1])


def test_the_look_does_not_hang_on_microformats() -> None:
    assert not MICROFORMAT.search(stylesheet())
