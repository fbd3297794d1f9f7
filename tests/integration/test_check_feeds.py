"""The feeds of a whole site: sound as Byline makes them, and told at the post's source where a plugin spoils one."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from byline.checks import facts, feed_flaws, feeds
from byline.checks.built import built
from byline.values.output import Kind
from wholes import told, whole

if TYPE_CHECKING:
    from blog import Blog
    from byline.site.whole import Whole

FEEDS = """\
FEED_ALL_ATOM = "feeds/atom.xml"
FEED_ALL_RSS = "feeds/rss.xml"
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""


@pytest.fixture
def site(blog: Blog) -> Whole:
    """Give a site with the usual feeds, and posts of every status."""
    blog.settings(
        FEEDS + 'BYLINE_FEEDS = {"aliases": {"index.xml": "feeds/rss.xml"}}\nTAG_FEED_ATOM = "tag/{slug}.xml"\n'
    )
    blog.post("hidden", Status="hidden")
    blog.post("draft", Status="draft")
    blog.post("future", Date="2040-01-01")
    return whole(blog)


def problems(site: Whole) -> list[str]:
    """Return what is told of a site's feeds."""
    found = built(site, {}, site.site.root / ".byline" / "live" / "facts.json")
    return told(feeds.problems(site, found.facts))


def spoilt(site: Whole, path: str, old: str, new: str) -> list[str]:
    """Return what is told once a feed's text is another."""
    file = site.folder / path
    body = file.read_text("utf-8")
    assert old in body
    file.write_text(body.replace(old, new), "utf-8")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    release = replace(site.release, outputs={**site.release.outputs, path: digest})
    return problems(replace(site, release=release))


def test_feeds_as_byline_makes_them_are_sound(site: Whole) -> None:
    made = {path for path, kind in site.release.kinds.items() if kind is Kind.FEED}

    assert {"feeds/atom.xml", "feeds/rss.xml", "feeds/feed.json", "index.xml", "tag/two.xml"} <= made
    assert problems(site) == []


def test_an_address_that_is_relative_is_told_at_its_line(site: Whole) -> None:
    (line,) = spoilt(site, "feeds/atom.xml", 'https://me.example/second.html"&gt;', 'second.md"&gt;')

    assert line == (
        "weak-feed: content/posts/first.md:5: In feeds/atom.xml: The address second.md is relative, and leads nowhere "
        "in a feed reader. Mend it in the post, or in the plugin or template that makes the feed."
    )


def test_a_fault_of_a_post_is_told_once_however_many_feeds_have_it(site: Whole) -> None:
    spoilt(site, "feeds/rss.xml", 'https://me.example/second.html"&gt;', 'second.md"&gt;')
    (line,) = spoilt(site, "feeds/atom.xml", 'https://me.example/second.html"&gt;', 'second.md"&gt;')

    assert "first.md:5: In feeds/atom.xml and 1 more: The address second.md is relative" in line


def test_what_no_post_is_to_blame_for_is_told_at_the_feed(site: Whole) -> None:
    (line,) = spoilt(site, "feeds/atom.xml", "<feed ", "<feed")

    assert line.startswith("bad-feed: feeds/atom.xml: The feed cannot be read: it is no well-formed XML (")


@pytest.mark.parametrize(
    ("name", "state"), [("hidden", "hidden"), ("draft", "a draft"), ("future", "dated in the future")]
)
def test_what_is_not_published_must_not_stand_in_a_feed(site: Whole, name: str, state: str) -> None:
    listing = site.site.listing
    identity = next(post.id for post in (*listing.posts, *listing.unlisted) if post.path == f"posts/{name}.md")

    (line,) = spoilt(site, "feeds/atom.xml", "tag:me.example,2020-01-02:/second.html", identity)

    assert line == (
        f"unpublished-in-feed: content/posts/{name}.md:1: In feeds/atom.xml: It stands there, and is {state}. "
        "Take it out there: a plugin or template put it in."
    )


def test_an_excerpt_is_not_the_text(site: Whole) -> None:
    (line,) = spoilt(site, "feeds/atom.xml", "&lt;p&gt;Words.&lt;/p&gt;", "W")

    assert line.startswith("weak-feed: content/posts/second.md:1: In feeds/atom.xml: Only a part of its text is there.")


def test_a_feed_that_calls_itself_by_another_name_is_told(site: Whole) -> None:
    (line,) = spoilt(site, "feeds/atom.xml", 'https://me.example/feeds/atom.xml"', 'https://me.example/feeds/rss.xml"')

    assert line.startswith(
        "weak-feed: feeds/atom.xml: The feed says that its own address is https://me.example/feeds/rss.xml, "
        "and it is https://me.example/feeds/atom.xml."
    )


def test_a_feed_that_lives_elsewhere_may_say_so(site: Whole) -> None:
    assert spoilt(site, "feeds/atom.xml", 'https://me.example/feeds/atom.xml"', 'https://feeds.example/me"') == []


def test_a_sound_feed_is_not_read_twice(site: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[bytes] = []
    examine = feed_flaws.examine

    def noted(body: bytes) -> feed_flaws.Examined:
        read.append(body)
        return examine(body)

    monkeypatch.setattr(facts, "examine", noted)
    problems(site)
    first = len(read)
    problems(site)

    assert len(read) == first > 0
    (site.site.root / ".byline/live/facts.json").write_bytes(b"[1]")
    assert problems(site) == []
    assert len(read) == 2 * first
