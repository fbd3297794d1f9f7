"""The archives of a feed (RFC 5005, 4), as a reader follows them who wants every post there ever was."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from blog import Blog
from byline.checks.against import Against, read
from byline.edges.http import Client
from static_server import serving
from wholes import told, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTINGS = """\
SITESUBTITLE = "Notes"
STATIC_PATHS = ["images"]
ARTICLE_URL = "{slug}/"
ARTICLE_SAVE_AS = "{slug}/index.html"
FEED_ALL_ATOM = "feeds/atom.xml"
FEED_ALL_RSS = "feeds/rss.xml"
TAG_FEED_ATOM = "feeds/tag/{slug}.atom.xml"
BYLINE_FEEDS = {"limit": 3, "hub": "https://hub.example/"}
"""
YEARS = {2020: 7, 2021: 1, 2023: 4, 2024: 1}
HISTORY = "http://purl.org/syndication/history/1.0"
ARCHIVES = [f"feeds/archive/{name}.atom.xml" for name in ("2020", "2020-2", "2020-3", "2021", "2023", "2023-2")]


def built(folder: Path) -> Blog:
    """Return a built blog of thirteen posts in four years, whose feed shows three."""
    blog = Blog(folder)
    blog.settings(SETTINGS)
    for year, count in YEARS.items():
        for number in range(count):
            name = f"{'abcdefg'[number]}-of-{year}"
            blog.post(name, f"Words of [{name}]({name}.md).", Date=f"{year}-0{number + 1}-02", Tags="Words")
    blog.post("hidden", Status="hidden", Date="2020-01-01")
    blog.post("draft", Status="draft", Date="2020-01-01")
    assert blog.build() == 0, blog.told
    return blog


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Blog:
    """Give such a blog, which no test changes."""
    return built(tmp_path_factory.mktemp("archives"))


def parsed(site: Blog, path: str) -> Any:  # noqa: ANN401  feedparser has no types
    """Return a feed as feedparser reads it."""
    feed = feedparser.parse(site.page(path).encode(), sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo
    return feed


def link(feed: Any, relation: str) -> str:  # noqa: ANN401  feedparser has no types
    """Return where a feed's link of this relation leads, below the site's root; empty for none."""
    return next((one.href.removeprefix("https://me.example/") for one in feed.feed.links if one.rel == relation), "")


def chain(site: Blog) -> Iterator[tuple[str, Any]]:
    """Yield the feed and its archives, the newest first, as the feed leads on (RFC 5005, 4.2)."""
    path = "feeds/atom.xml"
    while path:
        feed = parsed(site, path)
        yield path, feed
        path = link(feed, "prev-archive")


def test_a_reader_who_follows_the_chain_has_every_post_in_full(site: Blog) -> None:
    entries = {entry.id: entry for _path, feed in chain(site) for entry in feed.entries}

    assert [path for path, _feed in chain(site)] == ["feeds/atom.xml", *reversed(ARCHIVES)]
    assert sorted(entry.title for entry in entries.values()) == sorted(
        f"{'abcdefg'[number].upper()}-of-{year}" for year, count in YEARS.items() for number in range(count)
    )
    for entry in entries.values():
        assert entry.content[0].value == f'<p>Words of <a href="{entry.link}">{entry.title.lower()}</a>.</p>'


def test_an_entry_is_the_same_wherever_it_stands(site: Blog) -> None:
    seen: dict[str, object] = {}
    for _path, feed in chain(site):
        for entry in feed.entries:
            assert seen.setdefault(entry.id, entry) == entry
    shown = parsed(site, "feeds/tag/words.atom.xml").entries
    assert [seen[entry.id] for entry in shown] == shown


def test_an_archive_says_that_it_is_one_and_leads_to_its_neighbours(site: Blog) -> None:
    feeds = dict(chain(site))

    for path, newer in zip(ARCHIVES, [*ARCHIVES[1:], ""], strict=True):
        feed = feeds[path]
        assert link(feed, "next-archive") == newer
        assert link(feed, "current") == "feeds/atom.xml"
        assert link(feed, "self") == path
        assert link(feed, "hub") == ""
        assert f'xmlns:fh="{HISTORY}"' in site.page(path)
        assert "<fh:archive />" in site.page(path)
        assert (feed.feed.id, feed.feed.title) == ("https://me.example/", "Small site")


def test_the_feed_itself_is_no_archive_and_other_feeds_have_none(site: Blog) -> None:
    assert "fh:archive" not in site.page("feeds/atom.xml")
    assert link(parsed(site, "feeds/atom.xml"), "current") == ""
    for path in ("feeds/tag/words.atom.xml", "feeds/rss.xml"):
        assert "archive" not in site.page(path)


def test_no_list_names_the_archives_and_the_checks_read_them(site: Blog) -> None:
    assert "archive/2020" not in site.page("sitemap.xml")
    assert "archive/2020" not in site.page("index.html")
    release = whole(site)

    assert {path for path in release.release.outputs if "archive/" in path} == set(ARCHIVES)
    assert [line for line in told(release.problems) if "feed" in line] == []


def test_more_posts_change_no_archive_but_for_the_link_to_the_next(tmp_path: Path) -> None:
    site = built(tmp_path)
    before = {path: [entry.id for entry in parsed(site, path).entries] for path in ARCHIVES}
    for number in range(3):
        site.post(f"late-{number}", Date=f"2024-06-0{number + 1}")

    assert site.build() == 0, site.told

    assert {path: [entry.id for entry in parsed(site, path).entries] for path in ARCHIVES} == before
    assert link(parsed(site, "feeds/atom.xml"), "prev-archive") == "feeds/archive/2024.atom.xml"
    assert link(parsed(site, ARCHIVES[-1]), "next-archive") == "feeds/archive/2024.atom.xml"


def test_who_compares_with_a_live_site_reads_its_archives_too(site: Blog, blog: Blog, tmp_path: Path) -> None:
    live = tmp_path / "live"
    shutil.copytree(site.output, live)
    (live / "index.html").write_text('<link rel="alternate" type="application/atom+xml" href="/feeds/atom.xml">')
    blog.settings(SETTINGS)

    with serving(live) as address, Client(private=True, seconds=2) as client:
        there = read(client, address, "https://me.example", lambda _done, _of, _what: None)
        lost = told(Against(whole(blog), there).problems())

    assert len(there.entries) == sum(YEARS.values())
    assert any("/a-of-2020/" in line for line in lost)


@pytest.mark.parametrize("setting", ['"limit": 3, "archive": ""', '"limit": 50'])
def test_there_are_none_where_the_feed_shows_all_or_none_are_wanted(blog: Blog, setting: str) -> None:
    blog.settings(SETTINGS.replace('"limit": 3', setting))

    assert blog.build() == 0, blog.told

    assert not (blog.output / "feeds" / "archive").exists()
    assert "prev-archive" not in blog.page("feeds/atom.xml")


def test_years_are_those_of_the_blogs_own_clock(blog: Blog) -> None:
    blog.settings(
        SETTINGS.replace('"limit": 3', '"limit": 1, "archive": "old/{year}.xml"') + 'TIMEZONE = "Asia/Tokyo"\n'
    )
    blog.post("eve", Date="2019-12-31 20:00 +00:00")
    blog.post("late", Date="2021-01-01 02:00")

    assert blog.build() == 0, blog.told

    assert sorted(file.name for file in (blog.output / "old").iterdir()) == [
        "2020-2.xml",
        "2020-3.xml",
        "2020.xml",
        "2021.xml",
    ]
    assert [entry.title for entry in parsed(blog, "old/2020.xml").entries] == ["Eve"]


def test_an_address_without_a_place_for_the_year_is_a_problem(blog: Blog) -> None:
    blog.settings('BYLINE_FEEDS = {"archive": "feeds/old.xml"}\n')

    assert blog.build() == 1
    assert (
        "The setting BYLINE_FEEDS[\"archive\"] is 'feeds/old.xml', and should be text with {year} in it." in blog.told
    )
