"""A theme of others (Reflex, a fork of Flex) with Byline's plugins, in a stock Pelican site and in a Byline site.

Not our theme: that theirs needs no change for it is what is tested.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from photographs import picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blog import Blog

ROOT = Path(__file__).parents[2]
SETTINGS = """\
from pelican.themes import reflex
THEME = reflex.path()
JINJA_ENVIRONMENT = {"extensions": ["jinja2.ext.i18n"]}
JINJA_GLOBALS = {"gettext": lambda words, **values: words % values}
CC_LICENSE = None  # the theme needs one said
BYLINE_PHOTOS = {"widths": [480, 960]}
"""
STOCK = """\
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["byline.credits.plugin", "byline.related.plugin"]
"""
RECORD = """\
["images/boats.jpg"]
alt = "Boats"
title = "Boats"
creator = "Ana Ruiz"
source = "https://photos.example/1"
license = "CC-BY-4.0"
"""
TALK = "The switchboard connected forty lines, and the operator knew who was asking."


def furnish(blog: Blog, more: str) -> None:
    """Write three posts about one subject, two of them a series, with a picture of somebody else's."""
    blog.settings(SETTINGS + more)
    blog.write("content/photos.toml", RECORD)
    blog.write("content/images/boats.jpg", picture())
    for number, series in enumerate(("Series: Calls\n", "Series: Calls\n", "")):
        front = f"Title: Post {number}\nDate: 2020-01-0{number + 1}\nTags: switchboard\n{series}"
        blog.write(f"content/posts/post-{number}.md", f"{front}\n{TALK}\n\n![Boats](../images/boats.jpg)\n")


def by_pelican(blog: Blog, environment: Mapping[str, str]) -> None:
    """Build with stock Pelican, and two lines in the settings."""
    furnish(blog, STOCK)
    (blog.root / "plugins").symlink_to(ROOT / "plugins")
    alone = {name: value for name, value in environment.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-o", "output", "--fatal", "errors", "content"]
    made = subprocess.run(command, cwd=blog.root, env=alone, check=False, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr


def by_byline(blog: Blog, _environment: Mapping[str, str]) -> None:
    """Build with Byline, which needs no plugin named."""
    furnish(blog, "")
    assert blog.build() == 0, blog.told


@pytest.mark.parametrize("build", [by_pelican, by_byline])
def test_a_theme_of_others_shows_credits_related_posts_and_series(
    blog: Blog, environment: dict[str, str], build: object
) -> None:
    build(blog, environment)  # type: ignore[operator]  # one of the two above

    page = blog.page("post-1.html")
    figure = re.search(r"<figure>.*?</figure>", page, re.DOTALL)
    assert figure
    assert '<cite><a href="https://photos.example/1">Boats</a></cite> by Ana Ruiz' in figure[0]
    assert re.findall(r"renditions/boats\.\w+-480w\.(\w+) 480w", figure[0]) == ["avif", "webp", "jpg"]
    related, series = page.split("You might enjoy")[1].split("Part 2 of the Calls series")
    assert set(re.findall(r"post-\d\.html", related)) == {"post-2.html"}
    assert re.findall(r"post-\d\.html", series.split("Previous articles")[1]) == ["post-0.html"]
