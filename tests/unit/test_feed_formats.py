"""Feeds as RFC 4287, RSS 2.0 and JSON Feed 1.1 want them, without a site around them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from byline.credits.licenses import CC0
from byline.site import atom, rss
from byline.site.aside import Aside
from byline.site.feeds import Entry, Feed, entry_key, kind_of
from byline.site.json_feed import json_feed
from byline.values.addresses import uri
from byline.values.credit import Credit
from byline.values.person import Person
from byline.values.photo import Photo
from byline.values.post import Post, Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ATOM = {"a": "http://www.w3.org/2005/Atom"}
RSS = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
NOON = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=1)))
POST = Post(
    id="urn:uuid:71895222-e59a-41fe-8e15-7bba0da682e4",
    key="71895222-e59a-41fe-8e15-7bba0da682e4",
    url="https://me.example/blog/one/",
    address="one/",
    path="posts/one.md",
    status=Status.PUBLISHED,
    language="en",
    name="One & <two>",
    summary="A <b> & more",
    published=NOON,
    updated=NOON + timedelta(days=1),
    category="Work",
    tags=("a", "Work", "C++"),
    authors=(Person("Ada", "https://me.example/blog/author/ada/"), Person("Bo")),
    photo=Photo("images/a b.jpg", "images/a b.jpg"),
)
FEED = Feed(
    title="Ada & co",
    subtitle="Notes",
    home="https://me.example/blog/",
    url="https://me.example/blog/feeds/feed",
    language="en",
    author=Person("Ada", "https://me.example/blog/"),
    icon="https://me.example/blog/icon.png",
    hub="https://hub.example/",
    entries=(Entry(POST, partial(str, "<p>Words &amp; more ]]></p>")),),
)
EMPTY = replace(FEED, entries=(), subtitle="", icon="", hub="")


def parsed(xml: bytes) -> ET.Element:
    """Return the root of a document."""
    return ET.fromstring(xml)


def text(root: ET.Element, path: str, namespaces: dict[str, str]) -> str | None:
    """Return the text of the one element at a path."""
    (found,) = root.findall(path, namespaces)
    return found.text


def test_atom_has_what_rfc_4287_requires() -> None:
    feed = parsed(atom.atom(FEED))

    assert text(feed, "a:id", ATOM) == "https://me.example/blog/"
    assert text(feed, "a:title", ATOM) == "Ada & co"
    assert text(feed, "a:updated", ATOM) == "2026-03-02T12:00:00+01:00"
    assert text(feed, "a:author/a:name", ATOM) == "Ada"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert {(link.get("rel"), link.get("href")) for link in feed.findall("a:link", ATOM)} == {
        ("alternate", "https://me.example/blog/"),
        ("self", "https://me.example/blog/feeds/feed"),
        ("hub", "https://hub.example/"),
    }
    assert text(feed, "a:icon", ATOM) == "https://me.example/blog/icon.png"


def test_an_atom_entry_has_the_whole_post() -> None:
    (entry,) = parsed(atom.atom(FEED)).findall("a:entry", ATOM)

    assert text(entry, "a:id", ATOM) == POST.id
    assert text(entry, "a:title", ATOM) == "One & <two>"
    assert text(entry, "a:published", ATOM) == "2026-03-01T12:00:00+01:00"
    assert text(entry, "a:updated", ATOM) == "2026-03-02T12:00:00+01:00"
    assert text(entry, "a:summary[@type='text']", ATOM) == "A <b> & more"
    assert text(entry, "a:content[@type='html']", ATOM) == "<p>Words &amp; more ]]></p>"
    assert [name.text for name in entry.findall("a:author/a:name", ATOM)] == ["Ada", "Bo"]
    assert [category.get("term") for category in entry.findall("a:category", ATOM)] == ["Work", "a", "C++"]


def test_rss_has_a_summary_as_html_beside_the_whole_text() -> None:
    root = parsed(rss.rss(FEED))
    (item,) = root.findall("channel/item")

    assert text(item, "description", RSS) == "A &lt;b&gt; &amp; more"
    assert text(item, "content:encoded", RSS) == "<p>Words &amp; more ]]></p>"
    assert text(item, "guid[@isPermaLink='false']", RSS) == POST.id
    assert text(item, "link", RSS) == POST.url
    assert text(item, "pubDate", RSS) == "Sun, 01 Mar 2026 12:00:00 +0100"
    assert text(item, "a:updated", RSS) == "2026-03-02T12:00:00+01:00"
    assert [creator.text for creator in item.findall("dc:creator", RSS)] == ["Ada", "Bo"]
    assert [category.text for category in item.findall("category", RSS)] == ["Work", "a", "C++"]


def test_an_rss_channel_names_itself_its_hub_and_its_icon() -> None:
    root = parsed(rss.rss(FEED))

    assert text(root, "channel/title", RSS) == "Ada & co"
    assert text(root, "channel/link", RSS) == "https://me.example/blog/"
    assert text(root, "channel/description", RSS) == "Notes"
    assert text(root, "channel/language", RSS) == "en"
    assert text(root, "channel/lastBuildDate", RSS) == "Mon, 02 Mar 2026 12:00:00 +0100"
    assert text(root, "channel/image/url", RSS) == "https://me.example/blog/icon.png"
    assert [(link.get("rel"), link.get("type")) for link in root.findall("channel/a:link", RSS)] == [
        ("self", "application/rss+xml"),
        ("hub", None),
    ]


def test_a_json_feed_has_the_whole_post() -> None:
    assert json.loads(json_feed(FEED)) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Ada & co",
        "description": "Notes",
        "home_page_url": "https://me.example/blog/",
        "feed_url": "https://me.example/blog/feeds/feed",
        "icon": "https://me.example/blog/icon.png",
        "authors": [{"name": "Ada", "url": "https://me.example/blog/"}],
        "language": "en",
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "items": [
            {
                "id": POST.id,
                "url": POST.url,
                "title": "One & <two>",
                "summary": "A <b> & more",
                "content_html": "<p>Words &amp; more ]]></p>",
                "date_published": "2026-03-01T12:00:00+01:00",
                "date_modified": "2026-03-02T12:00:00+01:00",
                "authors": [{"name": "Ada", "url": "https://me.example/blog/author/ada/"}, {"name": "Bo"}],
                "tags": ["Work", "a", "C++"],
                "image": "https://me.example/blog/images/a%20b.jpg",
            }
        ],
    }


def test_a_feed_without_posts_is_whole_and_the_same_at_any_time() -> None:
    feed = parsed(atom.atom(EMPTY))

    assert text(feed, "a:updated", ATOM) == "1970-01-01T00:00:00+00:00"
    assert text(feed, "a:author/a:name", ATOM) == "Ada"
    assert text(parsed(rss.rss(EMPTY)), "channel/description", RSS) == "Ada & co"
    assert json.loads(json_feed(EMPTY))["items"] == []


def test_a_bare_post_has_a_description_an_author_and_an_update() -> None:
    bare = replace(POST, summary="", authors=(), category="", tags=(), photo=None, updated=NOON)
    feed = replace(FEED, entries=(Entry(bare, str),))
    (entry,) = parsed(atom.atom(feed)).findall("a:entry", ATOM)
    (item,) = parsed(rss.rss(feed)).findall("channel/item")

    assert text(entry, "a:author/a:name", ATOM) == "Ada"
    assert text(entry, "a:updated", ATOM) == "2026-03-01T12:00:00+01:00"
    assert entry.find("a:summary", ATOM) is None
    assert text(item, "description", RSS) == "One &amp; &lt;two&gt;"
    assert item.find("a:updated", RSS) is None
    assert json.loads(json_feed(feed))["items"][0]["content_html"] == ""


def test_a_post_in_another_language_says_so() -> None:
    feed = replace(FEED, entries=(Entry(replace(POST, language="nb"), str),))

    (entry,) = parsed(atom.atom(feed)).findall("a:entry", ATOM)
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "nb"
    assert text(parsed(rss.rss(feed)), "channel/item/dc:language", RSS) == "nb"
    assert json.loads(json_feed(feed))["items"][0]["language"] == "nb"


@pytest.mark.parametrize("write", [atom.atom, rss.rss])
def test_what_xml_cannot_hold_is_left_out_whoever_brought_it(write: object) -> None:
    spoiled = replace(POST, name="A\x08\ufffe", tags=("\x0b", "\ud800b"))
    credit = Credit(CC0, (Person("A\x08da"),), title="\x1bBoats ]]>", copyright="© Ada\uffff")
    photo = Photo("a.jpg", "a.jpg", "Two\x0bboats", credit=credit)
    entry = Entry(spoiled, partial(str, "\x0c<p>"), ((photo, "Boats"),))
    feed = replace(FEED, title="Ada\x00", url="https://me.example/\x1b", entries=(entry,))

    root = parsed(write(feed))  # type: ignore[operator]  # one of the two writers

    texts = {element.text for element in root.iter()}
    assert {"<p>", "Ada", "Boats ]]>", "© Ada", "Twoboats"} <= texts


def test_dates_before_the_time_zones_are_dates_in_feeds() -> None:
    old = replace(POST, published=datetime(1850, 1, 1, 12, tzinfo=timezone(timedelta(seconds=1050))), updated=None)
    feed = replace(FEED, entries=(Entry(old, str),))

    assert b"<published>1850-01-01T11:42:30+00:00</published>" in atom.atom(feed)
    assert b"<pubDate>Tue, 01 Jan 1850 11:42:30 +0000</pubDate>" in rss.rss(feed)


def test_the_newest_change_is_the_feeds() -> None:
    later = replace(POST, updated=datetime(2026, 5, 1, tzinfo=UTC))

    assert replace(FEED, entries=(Entry(POST, str), Entry(later, str), Entry(POST, str))).updated == later.updated


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("https://me.example/я и/?a=б#в", "https://me.example/%D1%8F%20%D0%B8/?a=%D0%B1#%D0%B2"),
        ("https://me.example/a%20b/(c)/~d?e=f&g", "https://me.example/a%20b/(c)/~d?e=f&g"),
        ("https://блог.example/", "https://блог.example/"),
        ("mailto:me@me.example", "mailto:me@me.example"),
        ("", ""),
    ],
)
def test_an_address_in_a_feed_is_a_uri(iri: str, expected: str) -> None:
    assert uri(iri) == expected


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("feeds/atom.xml", "atom"),
        ("feeds/all.rss.xml", "rss"),
        ("feed.rss", "rss"),
        ("rss/all.atom.xml", "atom"),
        ("feeds/feed.json", "json"),
        ("index.xml", "atom"),
    ],
)
def test_the_name_of_a_feed_says_its_kind(path: str, kind: str) -> None:
    assert kind_of(path) == kind


@pytest.mark.parametrize(("write", "write_entry"), [(atom.atom, atom.written), (rss.rss, rss.written)])
def test_an_entry_is_written_once_for_the_feeds_of_a_site(
    tmp_path: Path, write: Callable[[Feed], bytes], write_entry: Callable[[Entry, Feed], bytes]
) -> None:
    made = []

    def html() -> str:
        made.append("html")
        return "<p>Words</p>"

    aside = Aside(tmp_path)
    entry = Entry(POST, html, written=aside.get)
    first, second = (replace(FEED, title=title, entries=(entry,)) for title in ("all", "a tag"))
    aside.put(entry_key(write_entry, POST.path, first), write_entry(entry, first))

    assert write(second) == write(first).replace(b"<title>all</title>", b"<title>a tag</title>")
    assert len(made) == 1
    assert write(replace(first, language="nb")) != write(first)
    assert len(made) == 2
    aside.clear()
    write(first)
    assert len(made) == 3
