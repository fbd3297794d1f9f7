"""The theme as docs/theme.md has it: its hooks, blocks and classes; and that it stands with nothing to show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from live_blog import SETTINGS, LiveBlog

if TYPE_CHECKING:
    from blog import Blog

ROOT = Path(__file__).parents[2]
PAPER = (ROOT / "docs" / "theme.md").read_text("utf-8")
TEMPLATES = ROOT / "theme" / "templates"
PLACES = {
    "head.html": r"yours\s*</head>",
    "before_content.html": r"</header>\s*yours\s*<main",
    "after_post.html": r"</section>\s*yours\s*<section class=\"author",
    "after_content.html": r"</main>\s*yours\s*<footer",
    "footer.html": r"yours\s*</footer>",
}
BARE = """\
AUTHOR = "Ada Lovelace"
SITENAME = "Notes"
SITEURL = "https://ada.pub"
PATH = "content"
TIMEZONE = "UTC"
ARTICLE_EXCLUDES = ["pages", "images", "theme"]
IGNORE_FILES = [".*", "_*"]
DIRECT_TEMPLATES = ["index"]
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = None
BYLINE_FEEDS = {"json": ""}
BYLINE_RELATED = {"count": 0}
PLUGINS = []
"""


def listed(heading: str) -> list[str]:
    """Return the first cells of a table of the paper, by the heading above it."""
    section = PAPER.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)


@pytest.fixture
def themed(blog: Blog) -> LiveBlog:
    """Give a blog with our theme, whose writer's templates go before it."""
    site = LiveBlog(blog.root).begin("https://ada.pub")
    site.write("pelicanconf.py", f'{SETTINGS}THEME_TEMPLATES_OVERRIDES = ["content/theme/templates"]\n')
    return site


def test_the_paper_lists_every_hook() -> None:
    hooks = {path.name for path in (TEMPLATES / "hooks").iterdir()}

    assert {name.strip("`") for name in listed("Hooks")} == hooks == set(PLACES)


@pytest.mark.parametrize("hook", PLACES)
def test_a_hook_stands_where_the_paper_says(themed: LiveBlog, hook: str) -> None:
    themed.write(f"content/theme/templates/hooks/{hook}", "yours\n")

    assert themed.build() == 0, themed.told

    assert len(re.findall(PLACES[hook], themed.page("engines/index.html"))) == 1
    assert ("yours" in themed.page("index.html")) == (hook != "after_post.html")


def test_the_paper_lists_every_block_and_each_can_be_filled(themed: LiveBlog) -> None:
    blocks = re.findall(r"\{% block (\w+) %\}", (TEMPLATES / "base.html").read_text("utf-8"))
    assert [name.strip("`") for name in listed("Templates")] == blocks
    example = re.search(r"```jinja\n(.*?)```", PAPER, re.DOTALL)
    assert example
    themed.write("content/theme/templates/article.html", example[1])
    themed.write(
        "content/theme/templates/now.html",
        '{% extends "base.html" %}{% set title = "Now" %}{% set description = "What I do now" %}'
        "{% block content %}<h1>{{ page.title }}</h1>{% endblock %}",
    )
    themed.write("content/pages/now.md", "Title: Now\nTemplate: now\n\nWords.\n")

    assert themed.build() == 0, themed.told

    post = themed.page("engines/index.html")
    assert post.index('"BlogPosting"') < post.index('<link rel="license"') < post.index("</head>")
    assert "<h1>Now</h1>" in themed.page("now/index.html")


def test_a_part_can_be_replaced_alone(themed: LiveBlog) -> None:
    themed.write("content/theme/templates/partials/author.html", "<p>Me.</p>\n")

    assert themed.build() == 0, themed.told

    assert re.search(r"<p>Me\.</p>\s*</article>", themed.page("engines/index.html"))


def test_the_classes_of_the_paper_are_those_of_the_theme() -> None:
    named = set(re.findall(r"`\.([\w-]+)`", " ".join(listed("What a post is made of"))))
    parts = [TEMPLATES / "article.html", *(TEMPLATES / "partials").iterdir()]
    html = "".join(part.read_text("utf-8") for part in parts)
    used = {name for names in re.findall(r'class="([\w -]+)', html) for name in names.split()}
    drawn = {"caption", "credit"}

    assert named - drawn <= used
    sections = set(re.findall(r'<(?:section|nav) class="([\w-]+)', html))
    assert sections - {"feed", "introduction", "pagination", "start"} <= named


def test_the_properties_of_the_paper_are_those_of_the_stylesheet() -> None:
    tokens = (ROOT / "theme" / "style" / "20-tokens.css").read_text("utf-8")
    named = set(re.findall(r"`(--[\w-]+)`", PAPER))

    assert set(re.findall(r"(--[\w-]+):", tokens)) - {"--wide", "--aside"} == named


def test_the_writers_rules_and_accent_are_in_the_stylesheet(themed: LiveBlog) -> None:
    themed.write("pelicanconf.py", f'{SETTINGS}BYLINE_THEME = {{"accent": "violet"}}\n')
    themed.write("content/theme/user.css", ":root { --measure: 60ch }\n")

    assert themed.build() == 0, themed.told

    [sheet] = (themed.output / "theme").glob("style.*.css")
    css = sheet.read_text("utf-8")
    assert css.endswith("@layer user{:root{--measure:60ch}}")
    assert "#6a459c" in css
    assert "#2b6742" not in css


def test_with_nothing_to_show_nothing_empty_is_shown(blog: Blog) -> None:
    blog.write("pelicanconf.py", f'{BARE}THEME = {str(ROOT / "theme")!r}\nBYLINE_THEME = {{"share": []}}\n')

    assert blog.build() == 0, blog.told

    assert re.findall(r'<(?:section|nav) class="([\w-]+)', blog.page("first.html")) == ["author"]
    for path in ("first.html", "second.html", "index.html"):
        assert not re.search(r"<(ul|ol|dl|p|section|nav)[^>]*>\s*</\1>", blog.page(path))
        assert 'href=""' not in blog.page(path)
