"""Posts to listen to: in the page, in every feed, and as a podcast that directories take."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from byline.site.itunes import NAMESPACE
from PIL import Image
from wholes import told, whole

if TYPE_CHECKING:
    from blog import Blog

THEME = Path(__file__).parents[2] / "theme"
SETTINGS = """\
SITESUBTITLE = "Notes"
STATIC_PATHS = ["images"]
DEFAULT_LANG = "en"
THEME = "{theme}"
ARTICLE_URL = "{{slug}}/"
ARTICLE_SAVE_AS = "{{slug}}/index.html"
FEED_ALL_ATOM = "feeds/atom.xml"
FEED_ALL_RSS = "feeds/rss.xml"
BYLINE_FEEDS = {{"limit": 1}}
BYLINE_PODCAST = {podcast}
"""
SHOW = {
    "title": "Aloud & clear",
    "description": "A <talk> a month",
    "image": "covers/cover.png",
    "category": "Arts > Books",
    "explicit": True,
    "email": "me@me.example",
}
ITUNES = {"i": NAMESPACE}
FAR = "https://cdn.example/second.m4a"
NEAR = "https://me.example/audio/first%20talk.mp3"


@pytest.fixture
def site(blog: Blog) -> Blog:
    """Give a blog with two posts to listen to, a file of its own and one elsewhere, and one to read; not built yet."""
    settings(blog, SHOW)
    blog.write("content/audio/first talk.mp3", b"sound" * 100)
    (blog.root / "content/covers").mkdir()
    Image.new("RGB", (1400, 1400)).save(blog.root / "content/covers/cover.png")
    blog.post("first", Audio="../audio/first talk.mp3", Audio_duration="1:02:03")
    more = {"Audio_length": "4321", "Date": "2020-01-02"}
    blog.post("second", Audio=FAR, **more)
    blog.post("read", Date="2020-01-03")
    blog.post("draft", Status="draft", Audio="../audio/first talk.mp3")
    return blog


def settings(blog: Blog, podcast: dict[str, object], more: str = "") -> None:
    """Write the settings with the project's own theme."""
    blog.settings(SETTINGS.format(theme=THEME, podcast=podcast) + more)


def parsed(blog: Blog, path: str) -> Any:  # noqa: ANN401  feedparser has no types
    """Return a feed as feedparser reads it."""
    feed = feedparser.parse(blog.page(path).encode())
    assert not feed.bozo
    return feed


def channel(blog: Blog) -> ET.Element:
    """Return the podcast's channel."""
    found = ET.fromstring(blog.page("feeds/podcast.xml")).find("channel")
    assert found is not None
    return found


def test_a_podcast_has_all_posts_with_sound_and_no_other(site: Blog) -> None:
    assert site.build() == 0, site.told

    feed = parsed(site, "feeds/podcast.xml")

    assert [entry.title for entry in feed.entries] == ["Second", "First"]
    assert [dict(entry.enclosures[0]) for entry in feed.entries] == [
        {"href": FAR, "length": "4321", "type": "audio/x-m4a"},
        {"href": NEAR, "length": "500", "type": "audio/mpeg"},
    ]
    assert [entry.get("itunes_duration") for entry in feed.entries] == [None, "3723"]
    assert [entry.id for entry in feed.entries] == [
        "tag:me.example,2020-01-02:/second/",
        "tag:me.example,2020-01-01:/first/",
    ]


def test_a_podcast_says_what_apple_requires(site: Blog) -> None:
    site.build()

    show = channel(site)

    assert NAMESPACE == "http://www.itunes.com/dtds/podcast-1.0.dtd"
    for tag, text in {"title": "Aloud & clear", "description": "A <talk> a month", "language": "en"}.items():
        assert show.findtext(tag) == text
    for tag, text in {"author": "Ada Example", "explicit": "true", "owner/i:email": "me@me.example"}.items():
        assert show.findtext(f"i:{tag}", "", ITUNES) == text
    image, category = show.find("i:image", ITUNES), show.find("i:category", ITUNES)
    assert image is not None
    assert image.get("href") == "https://me.example/covers/cover.png"
    assert (site.output / "covers/cover.png").is_file()
    assert category is not None
    assert [one.get("text") for one in category.iter(f"{{{NAMESPACE}}}category")] == ["Arts", "Books"]
    assert parsed(site, "feeds/podcast.xml").feed.image.href == "https://me.example/covers/cover.png"


def test_every_feed_that_has_the_post_has_its_sound(site: Blog) -> None:
    site.write("content/posts/read.md", "Title: Read\nDate: 2019-01-01\n\nWords.\n")
    site.build()

    (atom,), (rss,) = (parsed(site, f"feeds/{name}.xml").entries for name in ("atom", "rss"))
    (item,) = json.loads(site.page("feeds/feed.json"))["items"]

    assert [(one.href, one.type, one.length) for one in atom.enclosures] == [(FAR, "audio/mp4", "4321")]
    assert [(one.href, one.type, one.length) for one in rss.enclosures] == [(FAR, "audio/mp4", "4321")]
    assert item["attachments"] == [{"url": FAR, "mime_type": "audio/mp4", "size_in_bytes": 4321}]
    assert "itunes" not in site.page("feeds/rss.xml")
    (archived,) = parsed(site, "feeds/archive/2020.atom.xml").entries
    assert [one.href for one in archived.enclosures] == [NEAR]


def test_the_page_has_a_player_that_fetches_nothing_before_it_is_asked(site: Blog) -> None:
    site.build()

    first, second = site.page("first/index.html"), site.page("second/index.html")

    assert '<audio class="u-audio" controls preload="none" src="/audio/first%20talk.mp3"></audio>' in first
    assert '<a href="/audio/first%20talk.mp3">take the file with you</a>. (1:02:03)' in first
    assert f'<audio class="u-audio" controls preload="none" src="{FAR}"></audio>' in second
    assert (site.output / "audio/first talk.mp3").is_file()
    assert "<audio" not in site.page("read/index.html")
    assert "media-src 'self' https://cdn.example;" in site.page("_headers")


def test_the_podcast_is_found_by_apps_and_people(site: Blog) -> None:
    site.build()

    link = '<link rel="alternate" type="application/rss+xml" title="Small site (Podcast)" href="/feeds/podcast.xml">'
    assert link in site.page("read/index.html")


def test_the_checks_find_nothing_wrong(site: Blog) -> None:
    codes = {line.partition(":")[0] for line in told(whole(site).problems)}

    assert codes.isdisjoint({"bad-audio", "missing-audio", "incomplete-podcast", "bad-feed", "weak-feed"})


def test_a_blog_without_sound_has_no_podcast(site: Blog) -> None:
    for name in ("first", "second"):
        site.post(name)

    site.build()

    assert not (site.output / "feeds/podcast.xml").exists()
    assert "podcast" not in site.page("read/index.html").lower()
    assert "podcast" not in site.told


def test_a_podcast_that_is_not_wanted_is_not_there(site: Blog) -> None:
    settings(site, {"feed": ""})

    site.build()

    assert not (site.output / "feeds/podcast.xml").exists()
    assert "podcast" not in site.told
    assert "<audio" in site.page("first/index.html")


def test_what_directories_would_miss_is_told(site: Blog) -> None:
    settings(site, {}, 'SITESUBTITLE = ""\n')

    assert site.build() == 0

    lines = [line for line in site.told.splitlines() if "podcast" in line]
    assert [line.partition(", and directories want one. ") for line in lines] == [
        (f"pelicanconf.py: warning: The podcast has no {lack}", ", and directories want one. ", remedy)
        for lack, remedy in (
            ("category", 'Take one of Apple\'s, such as "Arts > Books", as "category" in BYLINE_PODCAST.'),
            ("description", 'Say what it is about, as "description" in BYLINE_PODCAST.'),
            ("picture", 'Name a square JPEG or PNG, 1400 to 3000 pixels wide, as "image" in BYLINE_PODCAST.'),
        )
    ]
    assert channel(site).findtext("description") == "Small site"


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("covers/cover.png", (1399, 1399), "Directories do not take the podcast's picture covers/cover.png."),
        ("covers/cover.png", (3001, 3001), "Directories do not take the podcast's picture covers/cover.png."),
        ("covers/cover.png", (1400, 1500), "Directories do not take the podcast's picture covers/cover.png."),
        ("covers/cover.webp", (1400, 1400), "Directories do not take the podcast's picture covers/cover.webp."),
        ("covers/cover.jpg", (3000, 3000), ""),
    ],
)
def test_a_picture_that_directories_do_not_take_is_told(
    site: Blog, name: str, size: tuple[int, int], said: str
) -> None:
    settings(site, {**SHOW, "image": name})
    Image.new("RGB", size).save(site.root / "content" / name)

    site.build()

    assert said in site.told
    assert ("podcast" in site.told) is bool(said)


def test_a_picture_that_is_not_there_is_told_with_what_was_meant(site: Blog) -> None:
    settings(site, {**SHOW, "image": "covers/covers.png"})

    site.build()

    assert "The podcast's picture covers/covers.png is not there." in site.told
    assert "Did you mean covers/cover.png?" in site.told
    assert channel(site).find("i:image", ITUNES) is None


def test_an_alias_may_mean_the_podcast(site: Blog) -> None:
    settings(site, SHOW, 'BYLINE_FEEDS = {"aliases": {"old.xml": "feeds/podcast.xml"}}\n')

    assert site.build() == 0, site.told

    assert site.page("old.xml") == site.page("feeds/podcast.xml")
