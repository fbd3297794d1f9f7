"""The words of a theme as templates say them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from byline.site.languages import Languages
from byline.site.trace import Recorder
from jinja2 import Environment

if TYPE_CHECKING:
    from byline.values.problem import Problem

ROOT = Path(__file__).resolve().parents[2]


class Name:
    """What is no text, but prints as one."""

    def __str__(self) -> str:
        return "<name>"


def said(template: str, *, escaping: bool = True) -> str:
    told: list[Problem] = []
    environment = Environment(autoescape=escaping)  # noqa: S701  both kinds
    Languages(ROOT / "theme", ROOT / "none", ROOT, told.append).attach(environment, Recorder())
    return environment.from_string(template).render(DEFAULT_LANG="en", text="<text>", name=Name())


@pytest.mark.parametrize(
    ("template", "escaped", "plain"),
    [
        ("{{ gettext('<b>%(text)s</b>', text=text) }}", "<b>&lt;text&gt;</b>", "<b><text></b>"),
        ("{% trans text=text|safe %}{{ text }}!{% endtrans %}", "<text>!", "<text>!"),
        ("{% trans name=name %}by {{ name }}{% endtrans %}", "by &lt;name&gt;", "by <name>"),
        ("{{ gettext('%(number)03d of 100%%', number=7) }}", "007 of 100%", "007 of 100%"),
        ("{{ ngettext('%(num)d: %(text)s', '%(num)s: %(text)s', 2, text=text) }}", "2: &lt;text&gt;", "2: <text>"),
    ],
)
def test_slots_are_filled_and_escaped_where_all_is(template: str, escaped: str, plain: str) -> None:
    assert said(template) == escaped
    assert said(template, escaping=False) == plain
