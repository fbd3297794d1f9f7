"""What a validator would say of a feed's bytes, and feeds that mean harm."""

from __future__ import annotations

import json
from typing import Any

import pytest
from byline.checks.feed_documents import document
from byline.checks.feed_flaws import examine

ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>A</title><id>https://me.example/</id><updated>2020-01-02T09:30:00Z</updated><author><name>Ada</name></author>
<link rel="self" href="https://me.example/atom.xml"/>
<entry><title>B</title><id>urn:x:1</id><updated>2020-01-02T09:30:00+01:00</updated>
<link href="https://me.example/b/"/><content type="html">&lt;a href="https://me.example/"&gt;c&lt;/a&gt;</content></entry>
</feed>
"""
RSS = """\
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>A</title><link>https://me.example/</link><description>B</description><language>en</language>
<atom:link rel="self" href="https://me.example/rss.xml"/>
<item><title>B</title><link>https://me.example/b/</link><guid isPermaLink="false">urn:x:1</guid>
<pubDate>Thu, 02 Jan 2020 09:30:00 +0100</pubDate><content:encoded>Words.</content:encoded></item>
</channel></rss>
"""
JSON: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "A",
    "home_page_url": "https://me.example/",
    "feed_url": "https://me.example/feed.json",
    "language": "en",
    "items": [
        {
            "id": "urn:x:1",
            "url": "https://me.example/b/",
            "content_html": "Words.",
            "date_published": "2020-01-02T09:30:00.5Z",
        }
    ],
}


def flaws(body: str) -> list[str]:
    """Return what is wrong; what a validator would only warn of has a question mark before it."""
    return [f"{'' if flaw.grave else '? '}{flaw.what}" for flaw in examine(body.encode()).flaws]


@pytest.mark.parametrize("feed", [ATOM, RSS, json.dumps(JSON), "\ufeff" + json.dumps(JSON)])
def test_a_sound_feed_has_no_flaw(feed: str) -> None:
    assert flaws(feed) == []
    assert [identity for identity, _size in examine(feed.encode()).entries] == ["urn:x:1"]


@pytest.mark.parametrize(
    ("old", "new", "flaw"),
    [
        ("<title>A</title>", "", "The feed has no title."),
        ("<id>https://me.example/</id>", "", "The feed has no id."),
        ("<id>https://me.example/</id>", "<id>me</id>", "Its id 'me' is no absolute URI."),
        ("<updated>2020-01-02T09:30:00Z</updated>", "", "The feed has no updated."),
        ("09:30:00Z", "09:30Z", "Its date '2020-01-02T09:30Z' is no date of a feed."),
        ("01-02T09:30:00Z", "02-30T09:30:00Z", "Its date '2020-02-30T09:30:00Z' is no date of a feed."),
        (' xml:lang="en"', "", "? It does not say its language."),
        ('<link rel="self" href="https://me.example/atom.xml"/>', "", "? It does not say its own address."),
        ("<author><name>Ada</name></author>", "", "It has an entry without an author, and none itself."),
        ("<title>B</title>", "", "The entry has no title."),
        ("<id>urn:x:1</id>", "", "The entry “B” has no id."),
        ("<id>urn:x:1</id>", "<id>/b/</id>", "The entry's id '/b/' is no absolute URI."),
        ("<updated>2020-01-02T09:30:00+01:00</updated>", "", "The entry has no date."),
        ("T09:30:00+01:00", "", "The date '2020-01-02' is no date of a feed."),
        (
            'href="https://me.example/b/"',
            'href="/b/"',
            "? The address /b/ is relative, and leads nowhere in a feed reader.",
        ),
        (
            'href="https://me.example/"&gt;',
            'href="../c/"&gt;',
            "? The address ../c/ is relative, and leads nowhere in a feed reader.",
        ),
        (
            '&lt;a href="https://me.example/"&gt;',
            '&lt;img srcset="https://me.example/a 1x, /b.png 2x"&gt;',
            "? The address /b.png is relative, and leads nowhere in a feed reader.",
        ),
    ],
)
def test_each_flaw_of_an_atom_feed_is_named(old: str, new: str, flaw: str) -> None:
    assert old in ATOM
    assert flaws(ATOM.replace(old, new, 1)) == [flaw]


@pytest.mark.parametrize(
    ("old", "new", "flaw"),
    [
        ("<title>A</title>", "", "The feed has no title."),
        ("<link>https://me.example/</link>", "", "The feed has no link."),
        ("<description>B</description>", "", "The feed has no description."),
        (' version="2.0"', "", "It is RSS without a version, not 2.0."),
        ("<language>en</language>", "", "? It does not say its language."),
        (
            "Thu, 02 Jan 2020 09:30:00 +0100",
            "2020-01-02T09:30:00Z",
            "The date '2020-01-02T09:30:00Z' is no date of a feed.",
        ),
        ("02 Jan", "32 Jan", "The date 'Thu, 32 Jan 2020 09:30:00 +0100' is no date of a feed."),
        ('<guid isPermaLink="false">urn:x:1</guid>', "", "? The entry “B” has no id."),
        ("<content:encoded>Words.</content:encoded>", "", "? The entry has no text."),
    ],
)
def test_each_flaw_of_an_rss_feed_is_named(old: str, new: str, flaw: str) -> None:
    assert old in RSS
    assert flaws(RSS.replace(old, new, 1)) == [flaw]


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        ({"title": ""}, "The feed has no title."),
        ({"version": "https://jsonfeed.org/version/1"}, "? Its version is https://jsonfeed.org/version/1, not 1.1."),
        ({"id": 7}, "The entry's id '7' is no absolute URI."),
        ({"id": None}, "The entry “https://me.example/b/” has no id."),
        ({"content_html": ""}, "The entry has no text."),
        ({"content_html": "A \b bell"}, "The entry holds the control character U+0008."),
        ({"date_published": "2020-01-02"}, "The date '2020-01-02' is no date of a feed."),
    ],
)
def test_each_flaw_of_a_json_feed_is_named(change: dict[str, Any], flaw: str) -> None:
    (item,) = JSON["items"]
    feed = {**JSON, **change} if change.keys() <= {"title", "version"} else {**JSON, "items": [{**item, **change}]}

    (found,) = flaws(json.dumps(feed))

    assert found.replace("https://jsonfeed.org/version/1.1", "1.1").removeprefix("? ") == flaw.removeprefix("? ")


def test_two_entries_with_one_id_are_named() -> None:
    entry = ATOM[ATOM.index("<entry>") : ATOM.index("</feed>")]

    assert flaws(ATOM.replace("</feed>", f"{entry}</feed>")) == ["The id urn:x:1 stands twice in the feed."]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<feed", "it is no well-formed XML"),
        (b"<feed>&#8;</feed>", "it is no well-formed XML"),
        (b"<feed>\x08</feed>", "it is no well-formed XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><feed/>', "it has a DOCTYPE, and no feed needs one"),
        (b'<!DOCTYPE a SYSTEM "/etc/passwd"><feed/>', "it has a DOCTYPE, and no feed needs one"),
        (b'<?xml version="1.0" encoding="none"?><feed/>', "its encoding cannot be read"),
        (b"<html/>", "it is no feed: its root is <html>"),
        (b"{", "it is no JSON"),
        (b'{"a": ' * 100_000, "it is no JSON"),
        (b"{\xff}", "it is no JSON"),
        (b"{}", "it is JSON, and says nothing of being a JSON Feed"),
        (b"", "it is no well-formed XML"),
    ],
)
def test_what_is_no_feed_is_refused_with_the_reason(body: bytes, why: str) -> None:
    (flaw,) = examine(body).flaws

    assert flaw.what.startswith(f"The feed cannot be read: {why}")


def test_xhtml_is_read_as_html() -> None:
    body = '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><a href="/c/">c</a></div></content>'
    feed = ATOM[: ATOM.index("<content")] + body + ATOM[ATOM.index("</entry>") :]

    assert document(feed.encode()).entries[0].html == '<div><a href="/c/">c</a></div>'
    assert flaws(feed) == ["? The address /c/ is relative, and leads nowhere in a feed reader."]


def test_rss_of_the_older_kind_is_read() -> None:
    feed = document(
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>A</title></channel>'
        b'<item rdf:about="https://me.example/1"><title>B</title><link>/b/</link><dc:date>2020-01-02</dc:date></item>'
        b"</rdf:RDF>",
        "https://me.example/",
    )

    (entry,) = feed.entries
    assert (entry.id, entry.url, entry.title, entry.published) == (
        "https://me.example/1",
        "https://me.example/b/",
        "B",
        "2020-01-02",
    )
