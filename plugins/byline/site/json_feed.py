"""A feed as JSON Feed 1.1, with the sound and the pictures of each item as attachments.

Not a choice of what stands in it: that is the Feed's.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from byline.site.feeds import categories
from byline.values.addresses import uri
from byline.values.dates import rfc3339
from byline.values.media_types import media_type
from byline.values.output import Kind

if TYPE_CHECKING:
    from byline.site.feeds import Entry, Feed
    from byline.values.audio import Audio
    from byline.values.person import Person
    from byline.values.photo import Photo


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
        "content_html": entry.html(),
        "date_published": rfc3339(post.published) if post.published else "",
        "date_modified": rfc3339(post.updated) if post.updated else "",
        "authors": [_json_person(author) for author in post.authors],
        "tags": categories(post),
        "language": post.language if post.language != feed.language else "",
        "image": uri(urljoin(feed.home, post.photo.address)) if post.photo else "",
        "attachments": [
            *([_json_sound(post.audio)] if post.audio else ()),
            *(_json_attachment(photo, words, feed.home) for photo, words in entry.photos),
        ],
    }
    return {key: value for key, value in fields.items() if value or key == "content_html"}


def _json_attachment(photo: Photo, words: str, home: str) -> dict[str, str]:
    """Return a picture as an attachment; its title is its credit, as the format has no field for that."""
    kind = media_type(photo.address, Kind.ASSET, b"").partition(";")[0]
    title = {"title": words} if words else {}
    return {"url": uri(urljoin(home, photo.address)), "mime_type": kind, **title}


def _json_sound(audio: Audio) -> dict[str, object]:
    fields = {
        "url": audio.url,
        "mime_type": audio.media_type,
        "size_in_bytes": audio.size,
        "duration_in_seconds": audio.seconds,
    }
    return {key: value for key, value in fields.items() if value}


def _json_person(person: Person) -> dict[str, str]:
    return {"name": person.name, "url": uri(person.url)} if person.url else {"name": person.name}
