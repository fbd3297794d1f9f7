"""The sitemap: what search engines may list.

Not a list of all outputs: hidden posts, redirects and the page for what is not there are left out.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin
from xml.etree import ElementTree as ET

from byline.values.dates import with_offset
from byline.values.output import address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from byline.values.output import Output

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(outputs: Iterable[Output], site_url: str) -> bytes:
    """Return the sitemap (sitemaps.org protocol 0.9) of the outputs that are listed, by address."""
    root = ET.Element("urlset", xmlns=_NAMESPACE)
    for output in sorted((output for output in outputs if output.listed), key=attrgetter("path")):
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = urljoin(f"{site_url}/", quote(address(output.path)))
        if output.updated:
            ET.SubElement(url, "lastmod").text = with_offset(output.updated).isoformat()
    ET.indent(root, "")
    written: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written + b"\n"
