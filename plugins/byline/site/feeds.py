"""Feeds: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, full text, every address absolute.

Not a choice of posts: a Feed comes with its entries, newest first, and is only written down here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

from byline.credits import media_rss
from byline.values.addresses import uri
from byline.values.dates import with_offset
from byline.values.html import escape
from byline.values.media_types import media_type
from byline.values.output import Kind
from byline.values.text import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from byline.values.person import Person
    from byline.values.photo import Photo
    from byline.values.post import Post

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


@dataclass(frozen=True, slots=True)
class Entry:
    """A post, its content as HTML with absolute addresses, and the pictures it shows with their credits in words."""

    post: Post
    html: str
    photos: tuple[tuple[Photo, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: `home` is the page it belongs to, `url` its own address; both absolute. `icon` and `hub` may be empty.

    `identity` is its id (RFC 4287, 4.2.6); empty: its home, as Pelican's feeds have it.
    """

    title: str
    subtitle: str
    home: str
    url: str
    language: str
    author: Person
    icon: str
    hub: str
    entries: tuple[Entry, ...]
    identity: str = ""

    @property
    def updated(self) -> datetime | None:
        """When its newest change was; None for a feed without posts."""
        return max((entry.post.updated for entry in self.entries if entry.post.updated), default=None)


def atom(feed: Feed) -> bytes:
    """Return the feed as Atom (RFC 4287)."""
    root = ET.Element("feed", {"xmlns": _ATOM, "xmlns:media": media_rss.NAMESPACE, "xml:lang": feed.language})
    _add(root, "title", feed.title)
    if feed.subtitle:
        _add(root, "subtitle", feed.subtitle)
    _add(root, "link", rel="alternate", type="text/html", href=uri(feed.home))
    _add(root, "link", rel="self", type="application/atom+xml", href=uri(feed.url))
    if feed.hub:
        _add(root, "link", rel="hub", href=uri(feed.hub))
    _add(root, "id", feed.identity or feed.home)
    _add(root, "updated", _rfc3339(feed.updated) if feed.updated else "1970-01-01T00:00:00+00:00")
    if feed.icon:
        _add(root, "icon", uri(feed.icon))
    _add_atom_person(root, feed.author)
    for entry in feed.entries:
        _add_atom_entry(root, entry, feed)
    return _document(root)


def _add_atom_entry(root: ET.Element, entry: Entry, feed: Feed) -> None:
    post = entry.post
    element = _add(root, "entry")
    if post.language != feed.language:
        element.set("xml:lang", post.language)
    _add(element, "title", post.name)
    _add(element, "link", rel="alternate", type="text/html", href=uri(post.url))
    _add(element, "id", post.id)
    if post.published:
        _add(element, "published", _rfc3339(post.published))
    if post.updated:
        _add(element, "updated", _rfc3339(post.updated))
    for author in post.authors or (feed.author,):
        _add_atom_person(element, author)
    for category in categories(post):
        _add(element, "category", term=category)
    if post.summary:
        _add(element, "summary", post.summary, type="text")
    _add(element, "content", entry.html, type="html")
    element.extend(media_rss.content(photo, feed.home) for photo, _words in entry.photos)


def _add_atom_person(parent: ET.Element, person: Person) -> None:
    author = _add(parent, "author")
    _add(author, "name", person.name)
    if person.url:
        _add(author, "uri", uri(person.url))


def rss(feed: Feed) -> bytes:
    """Return the feed as RSS 2.0 (RSS Advisory Board), with `content:encoded`, `dc:creator` and `atom:link`."""
    root = ET.Element(
        "rss",
        {
            "version": "2.0",
            "xmlns:atom": _ATOM,
            "xmlns:content": _CONTENT,
            "xmlns:dc": _DUBLIN_CORE,
            "xmlns:media": media_rss.NAMESPACE,
        },
    )
    channel = _add(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", uri(feed.home))
    _add(channel, "description", feed.subtitle or feed.title)
    _add(channel, "language", feed.language)
    _add(channel, "atom:link", rel="self", type="application/rss+xml", href=uri(feed.url))
    if feed.hub:
        _add(channel, "atom:link", rel="hub", href=uri(feed.hub))
    if feed.updated:
        _add(channel, "lastBuildDate", format_datetime(with_offset(feed.updated)))
    if feed.icon:
        image = _add(channel, "image")
        _add(image, "url", uri(feed.icon))
        _add(image, "title", feed.title)
        _add(image, "link", uri(feed.home))
    for entry in feed.entries:
        _add_rss_entry(channel, entry, feed)
    return _document(root)


def _add_rss_entry(channel: ET.Element, entry: Entry, feed: Feed) -> None:
    post = entry.post
    element = _add(channel, "item")
    _add(element, "title", post.name)
    _add(element, "link", uri(post.url))
    _add(element, "guid", post.id, isPermaLink="false")
    if post.published:
        _add(element, "pubDate", format_datetime(with_offset(post.published)))
    if post.updated and post.updated != post.published:
        _add(element, "atom:updated", _rfc3339(post.updated))
    for author in post.authors or (feed.author,):
        _add(element, "dc:creator", author.name)
    if post.language != feed.language:
        _add(element, "dc:language", post.language)
    for category in categories(post):
        _add(element, "category", category)
    _add(element, "description", escape(post.summary or post.name))  # read as HTML, as the content beside it
    _add(element, "content:encoded", entry.html)
    element.extend(media_rss.content(photo, feed.home) for photo, _words in entry.photos)


def json_feed(feed: Feed) -> bytes:
    """Return the feed as JSON Feed 1.1."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": uri(feed.home),
        "feed_url": uri(feed.url),
        "icon": uri(feed.icon),
        "authors": [_json_person(feed.author)],
        "language": feed.language,
        "hubs": [{"type": "WebSub", "url": uri(feed.hub)}] if feed.hub else None,
        "items": [_json_entry(entry, feed) for entry in feed.entries],
    }
    kept = {key: value for key, value in document.items() if value or key == "items"}
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode()


def _json_entry(entry: Entry, feed: Feed) -> dict[str, object]:
    post = entry.post
    fields: dict[str, object] = {
        "id": post.id,
        "url": uri(post.url),
        "title": post.name,
        "summary": post.summary,
        "content_html": entry.html,
        "date_published": _rfc3339(post.published) if post.published else "",
        "date_modified": _rfc3339(post.updated) if post.updated else "",
        "authors": [_json_person(author) for author in post.authors],
        "tags": categories(post),
        "language": post.language if post.language != feed.language else "",
        "image": uri(urljoin(feed.home, post.photo.address)) if post.photo else "",
        "attachments": [_json_attachment(photo, words, feed.home) for photo, words in entry.photos],
    }
    return {key: value for key, value in fields.items() if value or key == "content_html"}


def _json_attachment(photo: Photo, words: str, home: str) -> dict[str, str]:
    """Return a picture as an attachment; its title is its credit, as the format has no field for that."""
    kind = media_type(photo.address, Kind.ASSET, b"").partition(";")[0]
    title = {"title": words} if words else {}
    return {"url": uri(urljoin(home, photo.address)), "mime_type": kind, **title}


def _json_person(person: Person) -> dict[str, str]:
    return {"name": person.name, "url": uri(person.url)} if person.url else {"name": person.name}


def categories(post: Post) -> list[str]:
    """Return the post's category and tags, each once."""
    return list(dict.fromkeys(filter(None, (post.category, *post.tags))))


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    """Add an element; what XML cannot hold, whatever plugin or setting brought it, is left out."""
    element = ET.SubElement(parent, tag, {name: FORBIDDEN.sub("", value) for name, value in attributes.items()})
    element.text = FORBIDDEN.sub("", text) if text else text
    return element


def _rfc3339(date: datetime) -> str:
    return with_offset(date).isoformat()


def _document(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written + b"\n"


WRITTEN: Mapping[str, Callable[[Feed], bytes]] = {"atom": atom, "rss": rss, "json": json_feed}
"""The writer of each kind of feed."""


def kind_of(path: str) -> str:
    """Return the kind of feed that an address promises by its name: json, rss, else atom."""
    name = urlsplit(path).path.rpartition("/")[2].lower()
    return "json" if name.endswith(".json") else "rss" if "rss" in name else "atom"
