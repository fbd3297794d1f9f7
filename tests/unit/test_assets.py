"""The stylesheets of a theme: which files make them, in which order, and what a theme without any gets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from byline.site.assets import stylesheets

if TYPE_CHECKING:
    from byline.values.output import Output

THEME = Path(__file__).parents[2] / "theme"


def css(sheet: Output) -> str:
    """Return the text of a stylesheet."""
    return sheet.make().decode()


def test_texts_have_one_stylesheet_and_lists_a_second(tmp_path: Path) -> None:
    for name in ("20-b.css", "10-a.css", "lists/10-c.css", "accents/red.css", "accents/green.css"):
        file = tmp_path / "theme" / "style" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f".{file.stem[-1]} {{ }}\n", "utf-8")
    own = tmp_path / "own"
    own.mkdir()
    (own / "user.css").write_text("p { margin: 0 }\n", "utf-8")

    sheets = stylesheets(tmp_path / "theme", own, "red")

    assert {name: css(sheet) for name, sheet in sheets.items()} == {
        "STYLESHEET": ".a{}.b{}.d{}@layer user{p{margin:0}}",
        "STYLESHEET_OF_LISTS": ".c{}",
    }
    assert [sheet.path[:12] for sheet in sheets.values()] == ["theme/style.", "theme/lists."]


def test_a_theme_without_stylesheets_gets_none_of_ours(tmp_path: Path) -> None:
    assert stylesheets(tmp_path, tmp_path, "blue") == {}


def test_each_accent_is_a_file_that_changes_the_accent_alone(tmp_path: Path) -> None:
    blue, red = (css(stylesheets(THEME, tmp_path, accent)["STYLESHEET"]) for accent in ("blue", "red"))

    assert red.startswith(blue)
    assert re.findall(r"(--\w+):#", red.removeprefix(blue)) == ["--accent", "--accent"]
