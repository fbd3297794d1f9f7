"""WebSub: a hub is told that a feed has changed, once that is what readers are given (W3C Recommendation, 4 and 6).

Not a subscriber, and not a memory of what was announced: that is the command's. The hub stands in the writer's own
settings; nothing of what it answers is kept but the status.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree import ElementTree as ET

from byline.edges.http import Unreachable
from byline.values.addresses import uri
from byline.values.clusters import cleaned
from byline.values.forms import encoded
from byline.values.text import shortened

if TYPE_CHECKING:
    from byline.edges.http import Client

_LINKS = ("{http://www.w3.org/2005/Atom}link", "channel/{http://www.w3.org/2005/Atom}link")
_OK = range(200, 300)
_FRESH = {"Cache-Control": "no-cache"}
_LONGEST = 200
"""Characters of a reason."""


def seen(client: Client, address: str, path: str, digest: str) -> bytes | None:
    """Return a feed as a site's address serves it, None unless it has exactly this SHA-256 (hex): a cache may lag."""
    with suppress(Unreachable):
        answer = client.get(f"{address.rstrip('/')}/{quote(path)}", headers=_FRESH)
        if answer.status in _OK and hashlib.sha256(answer.body).hexdigest() == digest:
            return answer.body
    return None


def topic(feed: bytes, hub: str) -> str:
    """Return the address that a feed of ours calls its own (`rel=self`); empty where it does not name this hub.

    It is Atom, RSS with Atom's links, or JSON Feed 1.1.
    """
    with suppress(ValueError, KeyError, TypeError, ET.ParseError):  # a plugin's may be of any kind
        if feed.lstrip()[:1] == b"{":
            document = json.loads(feed)
            named = [one["url"] for one in document["hubs"] if one["type"] == "WebSub"]
            return str(document["feed_url"]) if uri(hub) in named else ""
        root = ET.fromstring(feed)  # noqa: S314  it has the digest of what was built here
        links = [(link.get("rel"), link.get("href", "")) for name in _LINKS for link in root.findall(name)]
        own = (href for rel, href in links if rel == "self")
        return next(own, "") if ("hub", uri(hub)) in links else ""
    return ""


def announce(client: Client, hub: str, changed: str) -> str:
    """Tell a hub that the feed at an address has changed; return why that failed, an empty text where it did not.

    Hubs differ in which of the two fields they read (the Recommendation leaves it to them; PubSubHubbub 0.4, 7.1).
    """
    form = encoded([("hub.mode", "publish"), ("hub.url", changed), ("hub.topic", changed)])
    try:
        answer = client.send("POST", hub, body=form.body, headers={"Content-Type": form.media_type})
    except Unreachable as fault:
        return shortened(cleaned(fault.why), _LONGEST)
    return "" if answer.status in _OK else f"it answers {answer.status}"
