"""One site, two uses: what a preview makes on demand is what a build writes, and what it was made of is known."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from byline.site.kept_readings import KeptReadings
from byline.site.reader import read
from byline.site.site import Site
from byline.site.sources import Sources, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blog import Blog

GOLDEN = Path(__file__).parents[1] / "golden"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def site(blog: Blog) -> Iterator[Site]:
    """Give the small blog's site, as a preview of what is published holds it."""
    site = Site(blog.root / "pelicanconf.py", NOW)
    yield site
    site.close()


def test_every_output_made_on_demand_is_the_one_that_is_built(blog: Blog, site: Site) -> None:
    blog.build()

    backwards = {path: site.make(path) for path in reversed(list(site.outputs))}

    assert backwards.keys() == blog.made().keys()
    assert [path for path, body in backwards.items() if body != (blog.output / path).read_bytes()] == []


def test_an_edit_is_seen_after_a_refresh(blog: Blog, site: Site) -> None:
    blog.post("first", "Edited words.")
    assert b"Edited words" not in site.make("first.html")

    site.refresh(NOW, [blog.root / "content/posts/first.md"])

    assert b"Edited words" in site.make("first.html")


def test_a_preview_shows_drafts_and_future_posts_at_their_final_address(blog: Blog) -> None:
    blog.post("draft", Status="draft", Date="")
    blog.post("future", Date="2999-01-01")

    site = Site(blog.root / "pelicanconf.py", NOW, unpublished=True)

    assert b"Draft" in site.make("draft.html")
    assert b"Future" in site.make("index.html")
    assert {post.path: post.status.value for post in site.posts}["posts/future.md"] == "future"
    site.close()


def test_the_listing_is_the_same_whatever_python_hashes_to(blog: Blog, site: Site) -> None:
    again = Site(blog.root / "pelicanconf.py", NOW)

    assert list(again.outputs) == list(site.outputs)
    assert again.posts == site.posts
    again.close()


def test_a_reading_can_be_pickled_and_read_is_pure(blog: Blog) -> None:
    settings = {
        "PATH": str(blog.root / "content"),
        "MARKDOWN": {"extension_configs": {"markdown.extensions.extra": {}}, "output_format": "html5"},
        "DOCUTILS_SETTINGS": {},
        "FORMATTED_FIELDS": ["summary"],
        "TYPOGRIFY": True,
        "TYPOGRIFY_IGNORE_TAGS": [],
        "TYPOGRIFY_OMIT_FILTERS": [],
        "TYPOGRIFY_DASHES": "default",
        "DEFAULT_LANG": "en",
    }
    sources = Sources(settings, blog.root, View(NOW), print, KeptReadings(blog.root / "readings.sqlite"))
    body = (blog.root / "content/posts/first.md").read_bytes()

    reading = read("posts/first.md", body, sources.options, sources.found)

    options = pickle.loads(pickle.dumps(sources.options))  # noqa: S301  our own pickle
    assert read("posts/first.md", body, options, sources.found) == reading
    assert pickle.loads(pickle.dumps(reading)) == reading  # noqa: S301  our own pickle
    assert reading.asked == (("posts/second.md", True),)


@pytest.mark.parametrize("path", ["first.html", "tag/two.html", "index.html"])
def test_the_trace_of_a_page_names_what_it_was_made_from(site: Site, path: str) -> None:
    """To write the golden traces anew after a wanted change: delete the file and run the test twice."""
    golden = GOLDEN / f"trace-{path.replace('/', '-')}.json"
    trace = [[read.subject, read.field, read.digest] for read in site.traced(path).trace()]
    # Where the test's folder lies is no part of it.
    rows = [row for row in trace if str(site.root) not in json.dumps(row) and row[1] != "PATH"]

    if not golden.exists():
        golden.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n", "utf-8")
        pytest.fail(f"{golden.name} was missing and is written now: look at it, then run again")
    assert rows == json.loads(golden.read_text("utf-8"))
    assert ["", "SITENAME", "'Small site"] in rows


def test_an_article_depends_on_its_own_words_and_a_tag_page_on_no_others(site: Site) -> None:
    def subjects(path: str) -> set[str]:
        return {read.subject for read in site.traced(path).trace()}

    assert "posts/second.md" not in subjects("first.html")
    assert "posts/first.md" not in subjects("tag/one.html") or "posts/second.md" not in subjects("tag/one.html")
    assert {"posts/first.md", "posts/second.md"} <= subjects("index.html")
    assert {read.field for read in site.traced("feeds/all.atom.xml").trace() if read.subject == "posts/first.md"} >= {
        "content",
        "name",
    }
