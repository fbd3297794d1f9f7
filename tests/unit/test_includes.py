"""Templates that are put together without copies: they mean what they mean to Jinja."""

from __future__ import annotations

import traceback
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from byline.site import includes
from jinja2 import DictLoader, Environment, TemplateNotFound, UndefinedError, pass_context
from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.runtime import Context

PARTS = {
    "part": "[{{ name }}|{{ given }}|{{ inner }}|{{ loop }}|{% set name = 'set in part' %}{{ name }}]",
    "outer": "({% set inner = 'outer' %}{% include 'part' %}{% with name = 'w' %}{% include 'part' %}{% endwith %})",
    "spoilt": "\n{{ nowhere.at_all }}",
    "macros": "{% macro plain(a, b='<b>') %}{{ a }}{{ b }}{{ given }}{{ caller() if caller }}{% endmacro %}",
    "base": "<{% set name = 'of base' %}{% include 'part' %}{% block one %}{% include 'part' %}{% endblock %}>",
    "asks": "{{ known(1) }}{{ 'given' in itself() }}{{ itself().get_all().name }}",
    "unescaped": "{% autoescape false %}{{ given }}{% include 'part' %}{% endautoescape %}{{ given }}",
}
CASES = {
    "as it stands": "{% include 'part' %}",
    "what was set": "{% set name = 'set' %}{% include 'part' %}{{ name }}{{ inner }}",
    "two deep": "{% set name = 'set' %}{% include 'outer' %}{% include 'part' %}",
    "in a loop": "{% for name in [1, 2] %}{% set inner = name %}{% include 'part' %}{% endfor %}{% include 'part' %}",
    "over what was given": "{% for given in [1] %}{% include 'outer' %}{% endfor %}{{ given }}",
    "a name that is not there": "{% if false %}{% set name = 1 %}{% endif %}{% include 'part' %}",
    "in what is set": "{% set all %}{% include 'part' %}&{{ given }}{% endset %}{{ all }}",
    "in a macro": "{% macro m(name) %}{% include 'part' %}{% endmacro %}{{ m('<of macro>') }}",
    "in a filter": "{% filter upper %}{% include 'part' %}{% endfilter %}",
    "without a context": "{% include 'part' without context %}",
    "that may be missing": "{% include 'none' ignore missing %}{% include 'part' ignore missing %}",
    "the first of several": "{% include ['none', 'part'] %}",
    "by a name": "{% set which = 'part' %}{% include which %}",
    "in a block": "{% extends 'base' %}{% block one %}{{ super() }}{% include 'part' %}{% endblock %}",
    "in a scoped block": "{% for name in [1] %}{% block one scoped %}{% include 'part' %}{% endblock %}{% endfor %}",
    "macros": "{% from 'macros' import plain %}{{ plain('<a>') }}{{ plain(1, b=given) }}",
    "macros in a loop": "{% from 'macros' import plain %}{% for one in [1] %}{{ plain('<', safe) }}{% endfor %}",
    "macros given too much": "{% macro two(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ two('<', 1, b=2) }}",
    "what is joined": "{{ 'a<' ~ given }}{{ '<' ~ safe ~ 1 }}{{ safe ~ '<' }}{{ none ~ nowhere ~ thing }}",
    "what calls": "{% from 'macros' import plain %}{% call plain(2) %}<i>{% endcall %}",
    "macros with context": "{% from 'macros' import plain with context %}{{ plain(given) }}",
    "modules with context": "{% import 'macros' as macros with context %}{{ macros.plain(1) }}",
    "whole contexts": "{% set name = 1 %}{% include 'asks' %}",
    "what asks in vain": "{{ empty() }}{% for one in [1] %}{{ empty() }}{% endfor %}{{ empty() is defined }}",
    "contexts in loops": "{% for one in [1] %}{% set inner = 2 %}{{ known(inner) }}{% endfor %}",
    "without escaping": "{% include 'unescaped' %}{{ given }}",
    "what is printed": "{{ 'a&b' }}{{ safe }}{{ none }}{{ 5 }}{{ day }}{{ thing }}{{ nowhere }}{{ ['<'] }}{{ 'a'|e }}",
    "methods": "{{ given.upper() }}{{ day.isoformat() }}{{ given.split('<', maxsplit=1) }}{{ {'a': 1}.keys()|list }}",
    "methods in a block": "{% block one %}{% set a = given.strip('<') %}{{ a.upper() }}{{ known(a) }}{% endblock %}",
}


class Thing:
    """What knows its own HTML."""

    def __html__(self) -> str:
        return "<thing>"

    def __str__(self) -> str:
        return "a <thing>"


@pass_context
def known(context: Context, value: object) -> str:
    return f"{context['given']} {context.get('name')} {context.get('inner')} {value}"


@pass_context
def itself(context: Context) -> Context:
    return context


@pass_context
def empty(_context: Context) -> object:
    return next(iter(()))


def plain(main: str, *, escaping: bool = True) -> Environment:
    environment = Environment(loader=DictLoader({**PARTS, "main": main}), autoescape=escaping)  # noqa: S701  both kinds
    environment.globals |= {"known": known, "itself": itself, "empty": empty}
    return environment


def ours(main: str, *, escaping: bool = True) -> Environment:
    environment = plain(main, escaping=escaping)
    includes.attach(environment)
    return environment


def rendered(environment: Environment, **named: object) -> str:
    given = {"given": "<given>", "safe": Markup("<b>"), "day": date(2020, 1, 2), "thing": Thing(), **named}
    return "".join(environment.get_template("main").render(given) for _time in range(2))


@pytest.mark.parametrize("escaping", [True, False])
@pytest.mark.parametrize("case", CASES)
def test_templates_mean_what_they_mean_to_jinja(case: str, *, escaping: bool) -> None:
    assert rendered(ours(CASES[case], escaping=escaping)) == rendered(plain(CASES[case], escaping=escaping))


def test_an_included_template_gets_no_copy_of_what_the_page_was_given() -> None:
    met: list[Context] = []
    made = ours("{% set name = 1 %}{% include 'two' %}")
    made.loader.mapping["two"] = "{% include 'part' %}{{ meet() }}"  # type: ignore[union-attr]
    made.globals["meet"] = pass_context(partial(met.append))

    rendered(made)

    assert [("parent" in vars(context), context["name"], context["given"]) for context in met] == 2 * [
        (False, 1, "<given>")
    ]
    assert met[0].parent["name"] == 1
    assert met[0].parent["given"] == "<given>"


def test_a_template_is_looked_for_once() -> None:
    looked: list[tuple[Any, ...]] = []
    made = plain("{% extends 'base' %}{% block one %}{% include 'outer' %}{% endblock %}")
    look = made.get_template

    def counted(*asked: Any) -> Template:  # noqa: ANN401
        looked.append(asked)
        return look(*asked)

    made.get_template = counted  # type: ignore[assignment, method-assign]
    includes.attach(made)
    rendered(made)

    asked = [("base", "main"), ("main", None), ("outer", "main"), ("part", "base"), ("part", "outer")]
    assert sorted(looked, key=str) == asked


def test_the_globals_of_one_template_are_its_own() -> None:
    made = ours("{{ mine }}{% include 'part' %}")
    made.get_template("main")

    assert made.get_template("main", globals={"mine": "<mine>"}).render().startswith("&lt;mine&gt;[")
    assert made.get_template("main").render().startswith("[")


def test_what_fails_fails_at_its_own_line() -> None:
    with pytest.raises(UndefinedError) as failed:
        rendered(ours("\n\n{% include 'spoilt' %}"))
    frames = traceback.extract_tb(failed.tb)
    assert [frame.lineno for frame in frames if frame.filename == "<template>"] == [3, 2]

    with pytest.raises(TemplateNotFound, match="none"):
        rendered(ours("{% include 'none' %}"))
