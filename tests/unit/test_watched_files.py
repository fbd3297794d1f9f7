from __future__ import annotations

from pathlib import Path

import pytest
from byline.preview.watch import is_source

ROOT = Path("/home/me/.sites/blog")


@pytest.mark.parametrize(
    "path",
    [
        "content/posts/a.md",
        "content/images/harbour.jpg",
        "content/posts/output/a.md",
        "content/theme/root/.well-known/security.txt",
        "theme/templates/_card.html",
        "plugins/mine.py",
        "pelicanconf.py",
    ],
)
def test_a_save_here_changes_the_site(path: str) -> None:
    assert is_source(ROOT / path, ROOT)


@pytest.mark.parametrize(
    "path",
    [
        "content/posts/.a.md.swp",
        "content/posts/.#a.md",
        "content/posts/#a.md#",
        "content/posts/a.md~",
        "content/posts/4913",
        "content/posts/a.md___jb_tmp___",
        "content/.obsidian/workspace.json",
        "content/images/harbour.jpg.part",
        "plugins/__pycache__/mine.cpython-311.pyc",
        "output/index.html",
        ".byline/stage/000/000001",
    ],
)
def test_a_save_here_changes_nothing(path: str) -> None:
    assert not is_source(ROOT / path, ROOT)


def test_a_folder_elsewhere_may_lie_below_a_hidden_one() -> None:
    assert is_source(Path("/home/me/.notes/a.md"), ROOT)
