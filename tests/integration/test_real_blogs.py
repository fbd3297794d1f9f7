"""Two real blogs, where their archives lie beside the project: no post of theirs vanishes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from byline.edges import files
from byline.site.reader import SOURCES
from byline.site.site import Site
from byline.values.output import Kind

if TYPE_CHECKING:
    from blog import Blog

ROOT = Path(__file__).parents[2]
ARCHIVES = ROOT.parent / "shared" / "data" / "sites"


@pytest.mark.parametrize("name", ["kristinita", "nodejs_blog"])
def test_every_post_is_a_page_or_a_draft_or_named_in_a_problem(
    blog: Blog, name: str, request: pytest.FixtureRequest
) -> None:
    if not request.config.getoption("--all"):
        pytest.skip("takes half a minute: ./byline test --all runs it")
    archive = ARCHIVES / f"{name}.tar.gz"
    if not archive.exists():
        pytest.skip(f"the archive {archive.name} is not beside this project")
    for post in (blog.root / "content" / "posts").iterdir():
        post.unlink()
    files.unpack(archive, blog.root)
    blog.settings(f"THEME = {str(ROOT / 'theme')!r}\nTYPOGRIFY = {name == 'kristinita'}\n")

    code = blog.build(keep_going=True)

    site = Site(blog.root / "pelicanconf.py", datetime.now(UTC))
    site.close()
    private = ("pages/", "images/")
    sources = {
        path.relative_to(blog.root / "content").as_posix()
        for path in (blog.root / "content").rglob("*")
        if path.suffix[1:].lower() in SOURCES
    }
    posts = {path for path in sources if not path.startswith(private)}
    places = (output.place for output in site.outputs.values() if output.kind is Kind.PAGE)
    pages = {place.path for place in places if place} & posts
    drafts = posts - pages - {path for path in posts if f"content/{path}:" in errors(blog.told)}
    named = {path for path in posts if f"content/{path}:" in errors(blog.told)}
    assert all("status: draft" in (blog.root / "content" / path).read_text("utf-8").lower() for path in drafts)
    assert len(pages) + len(drafts) + len(named) == len(posts)
    assert not pages & named
    assert code == (1 if named else 0)
    assert len(pages) > 150
    for output in blog.made():
        assert not output.endswith(".html") or (blog.output / output).stat().st_size > 0


def errors(told: str) -> str:
    """Return the lines of errors."""
    return "\n".join(line for line in told.splitlines() if re.search(r": error: ", line))
