"""A feed as Atom (RFC 4287), with the pictures of each entry (Media RSS) and its archives (RFC 5005).

Not a choice of what stands in it: that is the Feed's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from byline.credits import media_rss
from byline.site import feed_xml
from byline.site.feed_xml import ATOM, add, document
from byline.site.feeds import categories
from byline.values.addresses import uri
from byline.values.dates import rfc3339

if TYPE_CHECKING:
    from byline.site.feeds import Chain, Entry, Feed
    from byline.values.person import Person

_HISTORY = "http://purl.org/syndication/history/1.0"
_LEVEL = 1
"""How deep an entry stands in the document."""


def atom(feed: Feed) -> bytes:
    """Return the feed as Atom (RFC 4287)."""
    root = ET.Element("feed", {"xmlns": ATOM, "xmlns:media": media_rss.NAMESPACE, "xml:lang": feed.language})
    add(root, "title", feed.title)
    if feed.subtitle:
        add(root, "subtitle", feed.subtitle)
    add(root, "link", rel="alternate", type="text/html", href=uri(feed.home))
    add(root, "link", rel="self", type="application/atom+xml", href=uri(feed.url))
    if feed.hub:
        add(root, "link", rel="hub", href=uri(feed.hub))
    _add_chain(root, feed.chain)
    add(root, "id", feed.identity or feed.home)
    add(root, "updated", rfc3339(feed.updated) if feed.updated else "1970-01-01T00:00:00+00:00")
    if feed.icon:
        add(root, "icon", uri(feed.icon))
    _add_atom_person(root, feed.author)
    return document(root, root, _LEVEL, [entry.once(written, feed) for entry in feed.entries])


def _add_chain(root: ET.Element, chain: Chain) -> None:
    """Add the feed's place among its archives; one of them says that it is one (RFC 5005, 4)."""
    links = {"prev-archive": chain.older, "next-archive": chain.newer, "current": chain.current}
    for relation, address in links.items():
        if address:
            add(root, "link", rel=relation, type="application/atom+xml", href=uri(address))
    if chain.current:
        root.set("xmlns:fh", _HISTORY)
        add(root, "fh:archive")


def written(entry: Entry, feed: Feed) -> bytes:
    """Return an entry as it stands in such a feed."""
    post = entry.post
    element = ET.Element("entry")
    if post.language != feed.language:
        element.set("xml:lang", post.language)
    add(element, "title", post.name)
    add(element, "link", rel="alternate", type="text/html", href=uri(post.url))
    if audio := post.audio:
        length = {"length": str(audio.size)} if audio.size else {}
        add(element, "link", rel="enclosure", type=audio.media_type, href=audio.url, **length)
    add(element, "id", post.id)
    if post.published:
        add(element, "published", rfc3339(post.published))
    if post.updated:
        add(element, "updated", rfc3339(post.updated))
    for author in post.authors or (feed.author,):
        _add_atom_person(element, author)
    for category in categories(post):
        add(element, "category", term=category)
    if post.summary:
        add(element, "summary", post.summary, type="text")
    add(element, "content", entry.html(), type="html")
    element.extend(media_rss.content(photo, feed.home) for photo, _words in entry.photos)
    return feed_xml.entry(element, _LEVEL)


def _add_atom_person(parent: ET.Element, person: Person) -> None:
    author = add(parent, "author")
    add(author, "name", person.name)
    if person.url:
        add(author, "uri", uri(person.url))
