"""A feed as RSS 2.0 (RSS Advisory Board), with the full text and the pictures of each item (Media RSS).

Not a choice of what stands in it: that is the Feed's.
"""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from byline.credits import media_rss
from byline.site import feed_xml, itunes
from byline.site.feed_xml import ATOM, add, document
from byline.site.feeds import categories
from byline.values.addresses import uri
from byline.values.dates import rfc3339, with_offset
from byline.values.html import escape

if TYPE_CHECKING:
    from byline.site.feeds import Entry, Feed

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_LEVEL = 2
"""How deep an item stands in the document."""


def rss(feed: Feed) -> bytes:
    """Return the feed as RSS 2.0 (RSS Advisory Board), with `content:encoded`, `dc:creator` and `atom:link`."""
    namespaces = {"xmlns:itunes": itunes.NAMESPACE} if feed.show else {}
    root = ET.Element(
        "rss",
        {
            "version": "2.0",
            "xmlns:atom": ATOM,
            "xmlns:content": _CONTENT,
            "xmlns:dc": _DUBLIN_CORE,
            "xmlns:media": media_rss.NAMESPACE,
            **namespaces,
        },
    )
    channel = add(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", uri(feed.home))
    add(channel, "description", feed.subtitle or feed.title)
    add(channel, "language", feed.language)
    add(channel, "atom:link", rel="self", type="application/rss+xml", href=uri(feed.url))
    if feed.hub:
        add(channel, "atom:link", rel="hub", href=uri(feed.hub))
    if feed.updated:
        add(channel, "lastBuildDate", format_datetime(with_offset(feed.updated)))
    if feed.icon:
        image = add(channel, "image")
        add(image, "url", uri(feed.icon))
        add(image, "title", feed.title)
        add(image, "link", uri(feed.home))
    if feed.show:
        itunes.add_show(channel, feed.show)
    return document(root, channel, _LEVEL, [entry.once(written, feed) for entry in feed.entries])


def written(entry: Entry, feed: Feed) -> bytes:
    """Return an entry as it stands in such a feed."""
    post = entry.post
    element = ET.Element("item")
    add(element, "title", post.name)
    add(element, "link", uri(post.url))
    add(element, "guid", post.id, isPermaLink="false")
    if post.published:
        add(element, "pubDate", format_datetime(with_offset(post.published)))
    if post.updated and post.updated != post.published:
        add(element, "atom:updated", rfc3339(post.updated))
    for author in post.authors or (feed.author,):
        add(element, "dc:creator", author.name)
    if post.language != feed.language:
        add(element, "dc:language", post.language)
    for category in categories(post):
        add(element, "category", category)
    add(element, "description", escape(post.summary or post.name))  # read as HTML, as the content beside it
    add(element, "content:encoded", entry.html())
    if audio := post.audio:
        kind = itunes.media_type(audio) if feed.show else audio.media_type
        add(element, "enclosure", url=audio.url, length=str(audio.size), type=kind)
        if feed.show:
            itunes.add_episode(element, audio)
    element.extend(media_rss.content(photo, feed.home) for photo, _words in entry.photos)
    return feed_xml.entry(element, _LEVEL)
