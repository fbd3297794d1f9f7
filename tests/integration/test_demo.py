"""The demo, as long as it is there: it builds, shows how a warning looks, and is what `begin` takes away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from blog import Blog
from byline.commands.begin import demo_files

ROOT = Path(__file__).parents[2]
LISTING = ROOT / "plugins/byline/commands/demo.sha256"


@pytest.fixture
def demo(tmp_path: Path) -> Blog:
    """Give a copy of this folder's blog, while it is the demo."""
    listed = LISTING.read_text("utf-8").splitlines()
    if len(list(demo_files(ROOT))) != len(listed):
        pytest.skip("this blog has begun: its content is no longer the demo")
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "pelicanconf.py", tmp_path)
    return Blog(tmp_path)


def test_the_demo_builds_with_the_one_warning_that_it_shows(demo: Blog) -> None:
    if 'SITEURL = "https://byline.example"' not in (ROOT / "pelicanconf.py").read_text("utf-8"):
        pytest.skip("the settings are no longer the demo's")

    assert demo.build() == 0
    warning, counted = demo.told.splitlines()
    assert warning.startswith("content/posts/two-offers.md:")
    assert "warning: Nothing says on what terms images/crossroads.jpg is shown." in warning
    assert counted == "1 warning."
    assert demo.said.startswith("9 posts, ")


def test_the_demo_shows_where_else_a_post_is(demo: Blog) -> None:
    demo.build()

    page = (demo.root / "output/letting-go/index.html").read_text("utf-8")
    assert 'class="u-syndication" rel="syndication" href="https://social.example/@maren/' in page
    assert ">Mastodon</a>" in page
    assert ">Bluesky</a>" in page


def test_the_listing_names_every_file_of_the_demo(demo: Blog) -> None:
    named = {line.split("  ", 1)[1] for line in LISTING.read_text("utf-8").splitlines()}
    there = {path.relative_to(demo.root).as_posix() for path in (demo.root / "content").rglob("*") if path.is_file()}

    assert there == named
