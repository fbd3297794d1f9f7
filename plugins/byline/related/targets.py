"""Which post an address in a text means, whether it names the source, or the page below the site's root.

Not a check of links: an address that means no post may be right all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from byline.values.addresses import spellings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from byline.values.post import Post

_SOURCE = re.compile(r"[{|]filename[|}](?P<path>[^?#]*)")
_PLAIN = re.compile(r"/*((?:[\w-]+/)*[\w-]+)/*")
"""An address that nothing has to be taken from but its edges."""
_SCHEME = re.compile(r"^https?:", re.IGNORECASE)
_INDEX = re.compile(r"(?:^|(?<=/))index\.html$")


class Targets:
    """The posts of a site by what addresses may call them: source, address, old addresses."""

    def __init__(self, posts: Iterable[Post], site_url: str) -> None:
        """Take in posts; `site_url` is the site's address, without a slash at the end."""
        self._sources: set[str] = set()
        self._pages: dict[str, str] = {}
        self._site = without_scheme(site_url)
        self._root = urlsplit(site_url).path
        for post in posts:
            self._sources.add(post.path)
            self._pages[_page(post.address)] = post.path
            for alias in post.aliases:
                self._pages.setdefault(_page(alias), post.path)

    def __call__(self, url: str, path: str) -> str:
        """Return the source path of the post that an address means in the text of a source; empty for none."""
        if source := _SOURCE.match(url):
            return next((found for found in spellings(source["path"], path) if found in self._sources), "")
        site, whole = self._root, url
        if not url.startswith("/") or url.startswith("//"):
            site, whole = self._site, without_scheme(url)
            if not site:
                return ""
        return self._pages.get(_page(whole.removeprefix(site)), "") if whole.startswith(f"{site}/") else ""


def without_scheme(url: str) -> str:
    """Return an address as the web has it, whether it is read over TLS or not."""
    return _SCHEME.sub("", url, count=1)


def _page(address: str) -> str:
    """Return an address below the site's root as it is looked up: decoded, without fragment and edges."""
    if plain := _PLAIN.fullmatch(address):
        return plain[1].casefold()
    path = unquote(re.split(r"[?#]", address, maxsplit=1)[0]).strip("/")
    return _INDEX.sub("", path).rstrip("/").casefold()
