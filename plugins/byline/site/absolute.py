"""Addresses made absolute: what a page says below its own address, said for readers elsewhere.

Not the choice of an address: that is Pelican's and the writer's.
"""

from __future__ import annotations

from urllib.parse import urljoin

from byline.values.addresses import uri
from byline.values.html import candidates, rewrite_addresses


def absolute(html: str, base: str) -> str:
    """Return the HTML with every address absolute against the page's URL, fragments and `srcset` too (RFC 3986, 5)."""

    def joined(url: str) -> str:
        try:
            return uri(urljoin(base, url.strip()))
        except ValueError:
            return url

    def rewrite(tag: str, attribute: str, url: str) -> str | None:
        if attribute in {"srcset", "imagesrcset"}:
            return ", ".join(f"{joined(candidate)} {size}".strip() for candidate, size in candidates(url))
        if tag == "use" and url.startswith("#"):
            return None  # a drawing's own part: from another document it would not be drawn
        address = joined(url)
        return address if address != url else None

    return rewrite_addresses(html, rewrite, relative=True)
