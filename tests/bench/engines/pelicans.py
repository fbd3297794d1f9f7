"""Byline, and Pelican as it comes: the same posts, the same settings, each with its own theme.

Not two blogs: what differs is what each one is.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench.engines.engine import SITES, Engine
from byline.commands.bench import BUILD
from byline.commands.corpus import front_matter

if TYPE_CHECKING:
    from byline.commands.corpus import Invented

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = SITES / "pelican" / "pelicanconf.py"
SERVE = """\
import sys
from pathlib import Path
from byline.commands import serve
from byline.commands.exit_code import Command
from invoke import Context
run = lambda _: serve.run(Path().resolve(), port=int(sys.argv[1]), open_browser=False, published=False)
Command(run, name="serve")(Context())
"""
OURS = """\
THEME = "theme"
BYLINE_FEEDS = {{"json": "", "archive": ""}}
BYLINE_PHOTOS = {{"cards": False}}
BYLINE_THEME = {{"share": ["mastodon", "bluesky", "linkedin", "mail"]}}
BYLINE_RELATED = {{"count": {count}, "numpy": True}}
"""
COUNT = 5


def byline() -> Engine:
    """Return Byline, as its tasks start it."""
    return Engine(
        name="Byline",
        site={"theme": ROOT / "theme"},
        posts="content",
        source=written,
        settings=lambda *, related: (SETTINGS.name, settings() + OURS.format(count=COUNT if related else 0)),
        build=(sys.executable, "-c", BUILD),
        made="output",
        kept=(".byline",),
        serve=lambda port: (sys.executable, "-c", SERVE, str(port)),
        environment={"PYTHONPATH": str(ROOT / "plugins"), "PYTHONUNBUFFERED": "1"},
        rebuilds=True,
        relates=True,
        largest=sys.maxsize,
    )


def pelican() -> Engine:
    """Return stock Pelican, with Typogrify and its own theme."""
    return Engine(
        name="Pelican",
        site={},
        posts="content",
        source=written,
        settings=lambda *, related: (SETTINGS.name, settings()),  # noqa: ARG005  it has none
        build=(sys.executable, "-m", "pelican", "--quiet", "--settings", SETTINGS.name, "--output", "output"),
        made="output",
    )


def settings() -> str:
    """Return the settings of both."""
    return SETTINGS.read_text("utf-8")


def written(post: Invented) -> str:
    """Return what stands in a post's file."""
    text = post.linking(f"{{filename}}{post.earlier}.md") if post.earlier else post.text
    return f"{front_matter(post)}\n{text}\n"
