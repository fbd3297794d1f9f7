"""The ledger stands in content/, and no part of it ever stands on the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from blog import Blog
from byline.sharing.copies import Copies, Copy, State
from byline.sharing.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "settings",
    [
        "",
        'STATIC_PATHS = ["images"]\nARTICLE_EXCLUDES = ["pages", "images", "theme", "copies", "replies"]\n',
        'STATIC_PATHS = [""]\n',
        'STATIC_PATHS = ["copies"]\n',
        'ARTICLE_PATHS = [""]\nPAGE_PATHS = [""]\nARTICLE_EXCLUDES = []\n',
    ],
)
def test_a_build_publishes_nothing_of_the_ledger(tmp_path: Path, settings: str) -> None:
    blog = Blog(tmp_path)
    blog.settings(settings)
    blog.post("bread")
    ledger = Ledger(tmp_path / "content/copies")
    ledger.put(Copies("ab12", "urn:a", "https://me.example/bread/", "Bread"), "x:unheard-of", Copy(State.ATTEMPT))
    ledger.adopt("x:unheard-of", ["cd34"])

    assert blog.build() == 0, blog.told

    assert "index.html" in blog.made()
    assert not [path for path in blog.made() if path.endswith(".json") and not path.startswith("feeds/")]
    assert not [path for path in blog.output.rglob("*") if path.is_file() and b"unheard-of" in path.read_bytes()]
