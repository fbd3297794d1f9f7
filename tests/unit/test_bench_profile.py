"""A profile says where the time went: by room and library, what is written in C where it was called."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest
from bench import profiling

STANDARD = sysconfig.get_path("stdlib")
READER = ("/blog/plugins/byline/site/reader.py", 10, "read")
PATTERN = ("/v/lib/python3.11/site-packages/markdown/inlinepatterns.py", 5, "handle")
SEARCH = ("~", 0, "<method 'search' of 're.Pattern' objects>")
COMPILE = ("~", 0, "<built-in method builtins.compile>")
STATS: profiling.Stats = {
    READER: (1, 1, 2.0, 10.0, {}),
    PATTERN: (900, 1000, 5.0, 8.0, {READER: (900, 1000, 5.0, 8.0)}),
    SEARCH: (30, 30, 2.5, 2.5, {READER: (10, 10, 0.5, 0.5), PATTERN: (20, 20, 2.0, 2.0)}),
    COMPILE: (1, 1, 0.48, 0.48, {SEARCH: (1, 1, 0.48, 0.48)}),
    (f"{STANDARD}/html/parser.py", 1, "feed"): (1, 1, 0.02, 0.02, {}),
}


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("/blog/plugins/byline/site/reader.py", "byline/site"),
        ("/blog/plugins/byline/deploy/targets/folder.py", "byline/deploy"),
        ("/v/lib/python3.11/site-packages/markdown/extensions/toc.py", "markdown"),
        ("/v/lib/python3.11/site-packages/smartypants.py", "smartypants"),
        ("/blog/theme/templates/partials/head.html", "templates"),
        (f"{STANDARD}/re/__init__.py", "Python/re"),
        (f"{STANDARD}/pathlib.py", "Python/pathlib"),
        ("<frozen importlib._bootstrap>", "Python"),
    ],
)
def test_a_file_belongs_to_a_room_a_library_or_python(file: str, place: str) -> None:
    assert profiling.place(file) == place


def test_what_is_written_in_c_counts_where_it_was_called() -> None:
    assert profiling.by_place(STATS) == {"markdown": 7.0, "byline/site": 2.5, "Python": 0.48, "Python/html": 0.02}


def test_places_are_told_the_heaviest_first_and_small_ones_in_one_line() -> None:
    assert profiling.places(STATS) == [
        "| where       |    s |    % |",
        "|-------------|-----:|-----:|",
        "| markdown    | 7.00 | 70.0 |",
        "| byline/site | 2.50 | 25.0 |",
        "| Python      | 0.48 |  4.8 |",
        "| all others  | 0.02 |  0.2 |",
    ]


def test_functions_are_told_with_how_often_and_for_whom_they_were_called() -> None:
    assert profiling.functions(STATS)[:4] == [
        "| function                        | calls |    s |    % | most for                        |",
        "|---------------------------------|------:|-----:|-----:|---------------------------------|",
        "| markdown/inlinepatterns: handle | 1,000 | 5.00 | 50.0 | byline/site/reader: read        |",
        "| 'search' of 're.Pattern'        |    30 | 2.50 | 25.0 | markdown/inlinepatterns: handle |",
    ]
    assert "| builtins.compile " in profiling.functions(STATS)[5]


def test_the_place_of_this_file_is_none_of_ours() -> None:
    assert profiling.place(str(Path(__file__))) == "Python"
