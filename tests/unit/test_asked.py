"""Lists that are made when somebody looks at them."""

from __future__ import annotations

from byline.related.asked import Asked
from jinja2 import Environment


def test_nothing_is_asked_before_somebody_looks_and_then_once() -> None:
    asked: list[str] = []

    def ask(about: str) -> tuple[str, ...]:
        asked.append(about)
        return ("one", "two", "three")

    entries = Asked(ask, "a post")
    assert asked == []

    assert list(entries) == ["one", "two", "three"]
    assert (len(entries), entries[0], entries[1:]) == (3, "one", ("two", "three"))
    assert asked == ["a post"]


def test_a_passing_list_is_let_go_of_when_it_was_looked_through() -> None:
    asked: list[str] = []

    def ask(about: str) -> tuple[str, ...]:
        asked.append(about)
        return ("one", "two")

    template = Environment(autoescape=True).from_string(
        "{% if many %}{% for one in many %}{{ one }}{% endfor %}{% endif %}"
    )
    many = Asked(ask, "a post", passing=True)

    assert template.render(many=many) == "onetwo"
    assert asked == ["a post"]
    assert template.render(many=many) == "onetwo"
    assert asked == ["a post", "a post"]


def test_a_template_takes_it_for_a_list() -> None:
    template = Environment(autoescape=True).from_string(
        "{% if many %}{{ many|length }}: {% for one in many %}{{ loop.index }}{{ one }}{% endfor %}{% endif %}"
        "{% if none %}never{% endif %}"
    )

    assert template.render(many=Asked(list, "ab"), none=Asked(list, "")) == "2: 1a2b"
