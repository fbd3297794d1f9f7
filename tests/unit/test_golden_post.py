"""The golden post: every trap of typography in one old post, and the HTML that it becomes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from byline.site.reader import Options, read
from byline.site.typography import Typography

if TYPE_CHECKING:
    from byline.values.post import Reading

TESTS = Path(__file__).parents[1]
PATH = "posts/typographic-traps.md"
GOLDEN = TESTS / "golden" / "typographic-traps.html"
OPTIONS = Options(
    markdown={
        "extensions": ["markdown.extensions.extra", "markdown.extensions.codehilite", "markdown.extensions.sane_lists"],
        "extension_configs": {"markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False}},
        "output_format": "html5",
    },
    typography=Typography(on=True),
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    """Read the golden post."""
    body = (TESTS / "fixtures/site/content" / PATH).read_bytes()
    return read(PATH, body, OPTIONS, {PATH, "images/log-book.jpg"})


def test_it_becomes_the_golden_html(reading: Reading) -> None:
    """To write the golden file anew after a wanted change: delete it and run the test twice."""
    if not GOLDEN.exists():
        GOLDEN.write_text(reading.content.html + "\n", "utf-8")
        pytest.fail(f"{GOLDEN.name} was missing and is written now: look at it, then run again")
    assert reading.content.html + "\n" == GOLDEN.read_text("utf-8")
    assert reading.problems == ()


def test_its_title_is_plain_text_with_real_quotes_and_dashes(reading: Reading) -> None:
    assert reading.front["title"] == "Who’s afraid of “smart” quotes — & why?"


@pytest.mark.parametrize(
    "kept",
    [
        '$a_1 "x" -- b$',
        "$f'(x) = ...$",
        '\\text{"so"} -- \\sum_{i=1}^{n} a_i\' \\ldots',
        "<code>--no-dash</code>",
        '<code>print("it\'s -- ... &amp; &lt;b&gt;")</code>',
        'title="Hyper&quot;Text&quot; -- it\'s old..."',
        '<code>"raw" -- it\'s</code>',
        '<kbd>"</kbd>',
        '<!-- "a comment" -- it\'s hidden -->',
        'href="https://ines.example/a--b?x=1&amp;y=2"',
    ],
)
def test_code_maths_and_attributes_stay_as_written(reading: Reading, kept: str) -> None:
    assert kept in reading.content.html


@pytest.mark.parametrize(
    "words",
    [
        "“so…, move it”",
        "“Straight ones,” he said",
        "a real — spaced — dash",
        "There were two spaces after this full stop. They came",
        "A SHOUT OF CAPITALS",
        "“Emphasis” came first",
        "Photo credit: ",
    ],
)
def test_prose_reads_as_a_typesetter_would_have_it(reading: Reading, words: str) -> None:
    assert words in re.sub("\xa0", " ", reading.content.text)
