"""The sitemap: the bytes that an XML library would write."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote, urljoin
from xml.etree import ElementTree as ET

from byline.site.sitemap import sitemap
from byline.values.output import Kind, Output, address
from hypothesis import given
from hypothesis import strategies as st

PATHS = st.sampled_from(["index.html", "a/index.html", "ü & b/index.html", "c<d>.html", "e'f.html", "404.html"])
OUTPUTS = st.lists(
    st.builds(
        Output,
        PATHS,
        st.just(Kind.PAGE),
        st.just(bytes),
        listed=st.booleans(),
        updated=st.none() | st.just(datetime(2026, 3, 1, 9, 30, 1, 5, tzinfo=UTC)),
    ),
    max_size=4,
)


def by_library(outputs: list[Output], site_url: str) -> bytes:
    root = ET.Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    for output in sorted((output for output in outputs if output.listed), key=lambda output: output.path):
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = urljoin(f"{site_url}/", quote(address(output.path)))
        if output.updated:
            ET.SubElement(url, "lastmod").text = output.updated.replace(microsecond=0).isoformat()
    ET.indent(root, "")
    written: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written + b"\n"


@given(OUTPUTS, st.sampled_from(["https://me.example", "https://me.example/a&b", "http://bücher.example", ""]))
def test_it_is_what_a_library_writes(outputs: list[Output], site_url: str) -> None:
    assert sitemap(outputs, site_url) == by_library(outputs, site_url)
