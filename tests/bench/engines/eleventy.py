"""Eleventy, where it is installed: markdown-it and Nunjucks, which it brings.

Not with a highlighter or related posts: those are plugins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.engines.engine import SITES, STYLE, Engine, installed, yaml

if TYPE_CHECKING:
    from byline.commands.corpus import Invented

INSTALL = "npm install --global @11ty/eleventy"


def eleventy() -> Engine | None:
    """Return Eleventy, or None where it is not installed."""
    program = installed("eleventy")
    if not program:
        return None
    return Engine(
        name="Eleventy",
        site={"": SITES / "eleventy", "style.css": STYLE},
        posts="content/posts",
        source=written,
        build=(program, "--quiet"),
        made="_site",
    )


def written(post: Invented) -> str:
    """Return what stands in a post's file."""
    front = {
        "title": post.title,
        "date": post.published.isoformat(),
        "permalink": f"/{post.slug}/",
        "summary": post.summary,
        "category": post.category,
        "terms": post.tags,
    }
    text = post.linking(f"/{post.earlier}/") if post.earlier else post.text
    return yaml(front, text)
