"""Media types: by the name, and for feeds by what is in them."""

from __future__ import annotations

import pytest
from byline.values.media_types import is_html, media_type
from byline.values.output import Kind


@pytest.mark.parametrize(
    ("path", "kind", "expected"),
    [
        ("index.html", Kind.PAGE, "text/html; charset=utf-8"),
        ("A.HTML", Kind.PAGE, "text/html; charset=utf-8"),
        ("style.css", Kind.ASSET, "text/css; charset=utf-8"),
        ("drawing.svg", Kind.ASSET, "image/svg+xml; charset=utf-8"),
        ("boat.jpg", Kind.ASSET, "image/jpeg"),
        ("site.webmanifest", Kind.ASSET, "application/manifest+json"),
        ("sitemap.xml", Kind.TEXT, "application/xml; charset=utf-8"),
        ("_headers", Kind.TEXT, "text/plain; charset=utf-8"),
        ("unknown.bin", Kind.ASSET, "application/octet-stream"),
    ],
)
def test_a_file_is_told_by_its_name(path: str, kind: Kind, expected: str) -> None:
    assert media_type(path, kind, b"bytes") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">', "application/atom+xml; charset=utf-8"),
        (b'<?xml version="1.0"?><rss version="2.0">', "application/rss+xml; charset=utf-8"),
        (b'\n{"version": "https://jsonfeed.org/version/1.1"}', "application/feed+json"),
    ],
)
def test_a_feed_is_told_by_its_first_element(body: bytes, expected: str) -> None:
    assert media_type("feeds/any.xml", Kind.FEED, body) == expected


def test_a_page_is_told_by_its_name() -> None:
    assert is_html("about/index.html")
    assert is_html("old.HTM")
    assert not is_html("html/photo.jpg")
