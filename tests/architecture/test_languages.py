"""The theme's words: each is asked of a catalogue, and each catalogue that comes along says them all."""

from __future__ import annotations

import ast
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from byline.site.catalogue import catalogue
from jinja2 import Environment, nodes
from jinja2.ext import extract_from_ast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "theme" / "templates"
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
LOCALE = ROOT / "theme" / "locale"
LANGUAGES = sorted(path.name for path in LOCALE.iterdir())
ASKING = {"gettext", "ngettext"}
READ_ALOUD = re.compile(r'\s(?:alt|aria-label|label|placeholder|title)="([^"]*)"')
NAMES_OF_THINGS = {"Atom", "RSS", "JSON", "JSON Feed", "(Atom)", "(RSS)", "(JSON)", "(Podcast)"}
"""Called so in every language."""
SLOT = re.compile(r"%\(\w+\)s")
TAG = re.compile(r"</?\w+|href=\"[^\"]*\"")


@cache
def tree(name: str) -> nodes.Template:
    environment = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True, extensions=["jinja2.ext.i18n"])
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # the extension's
    return environment.parse((TEMPLATES / name).read_text(encoding="utf-8"), name)


def asked_by_templates() -> Iterator[str | tuple[str, str]]:
    """Yield the English words that templates ask for, those in two numbers as a pair."""
    for name in NAMES:
        for _line, function, found in extract_from_ast(tree(name)):
            words = [word for word in ([found] if isinstance(found, str) else found or ()) if word is not None]
            yield (words[0], words[1]) if function == "ngettext" else words[0]


def asked_by_modules() -> Iterator[str]:
    """Yield the English words that Python says to readers of pages and feeds."""
    for module in (ROOT / "plugins" / "byline" / "site").glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKING
            if called and isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


@cache
def read(language: str) -> Catalog:
    return read_po(BytesIO((LOCALE / language / "LC_MESSAGES/byline.po").read_bytes()), abort_invalid=True)


def messages(language: str) -> list[Message]:
    return [message for message in read(language) if message.id]


def said(words: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())


def unasked(template: nodes.Template) -> Iterator[str]:
    """Yield the texts of a template that are English whatever the language: between tags, and read aloud."""
    html = "".join(
        part.data if isinstance(part, nodes.TemplateData) else "\0"
        for output in template.find_all(nodes.Output)
        for part in output.nodes
    )
    html = re.sub(r"<script type=\"application/ld\+json\">.*?</script>", "", html, flags=re.DOTALL)
    html = re.sub(r'(lang|dir)="', "", html)  # which a macro writes into another's tag
    texts = (*re.split(r"<[^>]*>", html), *READ_ALOUD.findall(html))
    yield from (text for text in texts for text in text.replace("\0", "\n").split("\n"))


def unasked_constants(template: nodes.Template) -> Iterator[str]:
    """Yield the constants that are sentences or begin as one; those of JSON-LD, and names of classes, are none."""
    asked = {id(argument) for call in template.find_all(nodes.Call) if is_asking(call) for argument in call.args}
    linked = {id(constant) for pair in template.find_all(nodes.Pair) for constant in pair.find_all(nodes.Const)}
    for constant in template.find_all(nodes.Const):
        words = constant.value if isinstance(constant.value, str) else ""
        known = id(constant) in asked or id(constant) in linked or all("-" in word for word in words.split())
        if not known and re.search(r"^[A-Z][a-z]|[a-z] [a-z]", words):
            yield words


def is_asking(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name in ASKING


@pytest.mark.parametrize("name", NAMES)
def test_no_template_says_a_word_that_no_catalogue_is_asked_for(name: str) -> None:
    bare = {text.strip() for text in unasked(tree(name)) if re.search(r"[^\W\d_]", text)}
    constants = set(unasked_constants(tree(name)))
    assert not (bare | constants) - NAMES_OF_THINGS


def test_the_search_for_bare_words_finds_them() -> None:
    environment = Environment(autoescape=True)
    bare = environment.parse('<p title="A title">Bare {{ words }}</p>{{ "Newest posts" if first else other }}')

    found = {text.strip() for text in unasked(bare)} | set(unasked_constants(bare))

    assert {"A title", "Bare", "Newest posts"} <= found


def test_the_languages_that_come_along_are_these() -> None:
    assert LANGUAGES == ["ar", "de", "ja"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_all_that_is_asked_and_no_more(language: str) -> None:
    asked = {*asked_by_templates(), *asked_by_modules()}

    assert {message.id for message in messages(language)} == asked
    assert not read(language).obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_empty_or_in_doubt(language: str) -> None:
    for message in messages(language):
        assert all(words.strip() for words in said(message.string)), message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_slots_of_the_english(language: str) -> None:
    for message in messages(language):
        wanted = {slot for words in said(message.id) for slot in SLOT.findall(words)}
        for words in said(message.string):
            # One, two or none can be said without a figure.
            spoken = {"%(num)s"} if message.pluralizable else set()
            assert wanted - spoken <= set(SLOT.findall(words)) <= wanted, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_leads_where_the_english_does(language: str) -> None:
    for message in messages(language):
        wanted = {piece for words in said(message.id) for piece in TAG.findall(words)} - {"<em", "</em"}
        for words in said(message.string):
            found = [piece for piece in TAG.findall(words) if piece not in {"<em", "</em"}]
            assert set(found) == wanted, message.id
            assert found.count("<a") == found.count("</a"), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_plural_form_of_its_language(language: str) -> None:
    forms = get_plural(language).num_plurals
    assert read(language).num_plurals == forms
    assert read(language).plural_expr
    for message in messages(language):
        assert len(said(message.string)) == (forms if message.pluralizable else 1)


def test_arabic_says_none_one_two_few_many_and_a_hundred_each_in_its_way() -> None:
    arabic = catalogue((LOCALE / "ar/LC_MESSAGES/byline.po").read_bytes(), "ar")

    found = {
        number: arabic.ngettext("%(num)s post, the newest:", "%(num)s posts, the newest:", number)
        for number in range(104)
    }

    assert len(set(found.values())) == 5  # a hundred is said as eleven is, with the noun in another case
    assert found[3] == found[10] == found[103] != found[11] == found[99]
