"""The sitemap: what search engines may list.

Not a list of all outputs: hidden posts, redirects and the page for what is not there are left out.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING
from urllib.parse import quote

from byline.values.addresses import below
from byline.values.dates import with_offset
from byline.values.output import address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from byline.values.output import Output

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = 2


def sitemap(outputs: Iterable[Output], site_url: str) -> bytes:
    """Return the sitemap (sitemaps.org protocol 0.9) of the outputs that are listed, by address."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<urlset xmlns="{_NAMESPACE}">']
    for output in sorted((output for output in outputs if output.listed), key=attrgetter("path")):
        lines += ["<url>", f"<loc>{_escaped(below(site_url, quote(address(output.path))))}</loc>"]
        if output.updated:
            lines.append(f"<lastmod>{with_offset(output.updated).isoformat()}</lastmod>")
        lines.append("</url>")
    # An element without any is closed where it opens.
    lines = [*lines, "</urlset>"] if len(lines) > _HEAD else [lines[0], lines[1].replace(">", " />")]
    return "".join(f"{line}\n" for line in lines).encode()


def _escaped(url: str) -> str:
    return url.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
