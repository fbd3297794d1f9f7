"""One Credit: a record is resolved once, and every drawing of it is of the same value."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from byline.credits.resolve import Owner, Resolved, resolve
from live_blog import LiveBlog
from photographs import picture
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from byline.credits.record import Record
    from byline.values.problem import Place

RECORD = """\
["images/a.jpg"]
alt = "Two boats"
title = "Boats"
creator = "Ana Ruiz"
source = "https://photos.example/1"
license = "CC-BY-4.0"
"""


@pytest.fixture
def blog(tmp_path: Path) -> LiveBlog:
    """Give a blog whose newest post has a lead picture with a record."""
    blog = LiveBlog(tmp_path / "blog").begin(str(tmp_path / "www"))
    blog.write("content/images/a.jpg", picture())
    blog.post("shown", "Words.", Date="2026-05-05", Summary="Shown.", Photo="../images/a.jpg")
    return blog


def drawn(blog: LiveBlog, record: str) -> dict[str, str]:
    """Build with a record, and return what becomes of it: the figure, JSON-LD, a feed, JSON, XMP, the card's name."""
    blog.write("content/photos.toml", record)
    assert blog.build() == 0, blog.told
    page = blog.page("shown/index.html")
    figure = re.search(r"<figcaption>.*?</figcaption>", page)
    graph = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    card = re.search(r'property="og:image" content="https://ada\.pub/(cards/[^"]+)"', page)
    assert figure
    assert graph
    assert card
    (media,) = list(ET.parse(blog.output / "feeds/atom.xml").iter("{http://search.yahoo.com/mrss/}content"))[:1]
    entry = json.loads(blog.page("feeds/feed.json"))["items"][0]
    packets = {file.suffix: packet(file) for file in (blog.output / "renditions").glob("a.*-480w.*")}
    return {
        "figure": figure[0],
        "JSON-LD": json.dumps([one for one in json.loads(graph[1])["@graph"] if one["@type"] == "ImageObject"]),
        "Media RSS": ET.tostring(media, "unicode"),
        "JSON Feed": json.dumps(entry["attachments"]),
        "card": packet(blog.output / card[1]),
        **{f"XMP {suffix}": text for suffix, text in packets.items()},
    }


def packet(file: Path) -> str:
    with Image.open(file) as image:
        return bytes(image.info["xmp"]).decode()


@pytest.mark.parametrize(
    ("before", "after", "everywhere"),
    [
        ('creator = "Ana Ruiz"', 'creator = "Bo Li"', {"Bo Li"}),
        ('title = "Boats"', 'title = "Ferries"', {"Ferries"}),
        ('"CC-BY-4.0"', '"CC-BY-SA-3.0-DE"', {"by-sa/3.0/de", "CC BY-SA 3.0 DE"}),
    ],
)
def test_a_changed_field_is_changed_in_every_drawing(
    blog: LiveBlog, before: str, after: str, everywhere: set[str]
) -> None:
    old = drawn(blog, RECORD)
    assert {"figure", "JSON-LD", "Media RSS", "JSON Feed", "card", "XMP .jpg", "XMP .webp", "XMP .avif"} == old.keys()

    new = drawn(blog, RECORD.replace(before, after))

    for name, text in new.items():
        assert any(words in text for words in everywhere), f"{name}: {text}"
        assert not any(words in old[name] for words in everywhere), name


def test_a_picture_is_resolved_once_for_all_its_drawings(blog: LiveBlog, monkeypatch: pytest.MonkeyPatch) -> None:
    places = []

    def counted(records: Iterable[Record], owner: Owner, place: Place) -> Resolved:
        places.append(str(place))
        return resolve(records, owner, place)

    monkeypatch.setattr("byline.credits.album.resolve", counted)

    drawn(blog, RECORD)

    assert places == ["posts/shown.md:4"]
