"""Flickr: which address to ask for a photo's page there, and what the answer says.

Not a request, and no key: a pure adapter of Flickr's oEmbed, which says the licence too
(https://www.flickr.com/services/oembed/; oEmbed 1.0, 2.3.4.1 "The photo type").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlencode

from byline.credits.sources.found import Found, found

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

NAME = "Flickr"
HOME = "https://www.flickr.com"
_HOSTS = frozenset({"flickr.com", "www.flickr.com", "m.flickr.com"})
_PAGE = re.compile(r"/photos/(?P<user>[\w@.-]+)/(?P<number>\d+)(?:/.*)?", re.ASCII)
_SHORT = re.compile(r"/p/(?P<code>[1-9A-HJ-NP-Za-km-z]+)/?")
"""A photo's number in base 58 (https://www.flickr.com/services/api/misc.urls.html), which oEmbed takes as it is."""


def question(url: SplitResult) -> str | None:
    """Return what to ask HOME for about the photo at an address; None when it is no page of a photo here."""
    page = _page(url)
    return f"/services/oembed?{urlencode({'url': page, 'format': 'json'})}" if page else None


def found_in(answer: Mapping[str, object]) -> Found | None:
    """Return what an answer says; None when it is about no photo."""
    if answer.get("type") != "photo":
        return None
    said = {
        "title": answer.get("title"),
        "creator": answer.get("author_name"),
        "creator_url": answer.get("author_url"),
        "source": answer.get("web_page"),
    }
    return found(said, answer.get("license_url"), [answer.get("license")])


def _page(url: SplitResult) -> str:
    if url.hostname == "flic.kr" and (short := _SHORT.fullmatch(url.path)):
        return f"https://flic.kr/p/{short['code']}"
    if url.hostname in _HOSTS and (match := _PAGE.fullmatch(unquote(url.path))):
        return f"https://www.flickr.com/photos/{match['user']}/{match['number']}/"
    return ""
