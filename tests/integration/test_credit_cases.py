"""Each case of tests/fixtures/credit-cases.json as a site: its record in the post or in photos.toml, and what comes.

Not the rules themselves: those have tests of their own, which need no site.
"""

from __future__ import annotations

import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from byline.values.html import plain
from live_blog import LiveBlog
from photographs import picture

if TYPE_CHECKING:
    from conftest import Tool

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "fixtures/credit-cases.json").read_text(encoding="utf-8")
)
HERE = {"crop"}
"""What only the picture's place in a text can say."""
NO_FIELDS = {"file", "site_commercial"}
PREFIXES = {"media": "http://search.yahoo.com/mrss/"}


def written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def begun(folder: Path, case: dict[str, Any], where: str) -> LiveBlog:
    """Return a blog whose newest post shows the case's picture, its record in the post or in photos.toml."""
    blog = LiveBlog(folder / "blog").begin(str(folder / "www"))
    settings = (blog.root / "pelicanconf.py").read_text("utf-8").replace("https://ada.pub", "https://blog.example")
    commercial = case["input"].get("site_commercial", False)
    photos = f'STATIC_PATHS = ["images"]\nBYLINE_PHOTOS = {{"widths": [320, 640], "commercial": {commercial}}}\n'
    blog.write("pelicanconf.py", settings + photos)
    blog.write("content/images/a.jpg", picture())
    blog.write("content/pages/licensing.md", "Title: Licensing\nSummary: Ask me.\n\nAsk me.\n")
    fields = {name: value for name, value in case["input"].items() if name not in NO_FIELDS}
    if where == "the post":
        front = {f"Photo_{name}": written(value) for name, value in fields.items()}
        blog.post("shown", "Words.", Date="2026-05-05", Summary="Shown.", Photo="../images/a.jpg", **front)
    else:
        record = "".join(
            f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items() if name not in HERE
        )
        blog.write("content/photos.toml", f'["images/a.jpg"]\n{record}')
        here = "".join(f"{{{name}={fields[name]}}}" for name in HERE & fields.keys())
        blog.post("shown", f"Words.\n\n![](../images/a.jpg){here}\n", Date="2026-05-05", Summary="Shown.")
    return blog


def figure(page: str) -> str:
    """Return the one figure of a page."""
    (found,) = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    return str(found)


def addresses(html: str) -> set[str]:
    found: set[str] = set()

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "a":
                found.add(dict(attrs).get("href") or "")

    Links().feed(html)
    return found


def image_objects(page: str) -> list[dict[str, Any]]:
    """Return the ImageObjects of a page's JSON-LD."""
    graphs = [
        json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    ]
    return [one for graph in graphs for one in graph.get("@graph", ()) if one["@type"] == "ImageObject"]


def holds(found: object, wanted: object) -> bool:
    """Tell whether a JSON value has all that is wanted; more is no fault."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(holds(found.get(key), value) for key, value in wanted.items())
    return found == wanted


def contents(blog: LiveBlog) -> list[str]:
    """Return the HTML of the newest entry in the three feeds."""
    atom, rss = (ET.parse(blog.output / f"feeds/{name}.xml") for name in ("atom", "rss"))
    encoded = "{http://purl.org/rss/1.0/modules/content/}encoded"
    return [
        atom.findtext("{*}entry/{*}content") or "",
        rss.findtext(f"channel/item/{encoded}") or "",
        json.loads(blog.page("feeds/feed.json"))["items"][0]["content_html"],
    ]


def has_element(feed: ET.Element, fragment: str) -> bool:
    """Tell whether a feed has the element of an XML fragment: its name, its attributes and perhaps more, its text."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in PREFIXES.items())
    wanted = ET.fromstring(f"<feed {declared}>{fragment}</feed>")[0]
    return any(
        element.text == wanted.text and wanted.attrib.items() <= element.attrib.items()
        for element in feed.iter(wanted.tag)
    )


def for_site(text: str, author: str = "Ada Lovelace") -> str:
    return text.replace("<site author>", author)


def code(case: dict[str, Any]) -> str:
    """Return the code that `check` must tell; empty when nothing is wrong."""
    found = re.match(r"error ([a-z0-9-]+)", case["build"])
    return found[1] if found else ""


@pytest.fixture(params=["the post", "photos.toml"])
def where(request: pytest.FixtureRequest) -> str:
    """Return where the record stands."""
    return str(request.param)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']} {case['about']}")
def test_the_case_comes_out_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: Tool, case: dict[str, Any], where: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    blog = begun(tmp_path, case, where)

    checked = blog.check(as_json=True)
    errors = {
        (one["code"], one["path"], bool(one["line"])) for one in json.loads(blog.said) if one["severity"] == "error"
    }

    if wrong := code(case):
        assert checked == 1
        source = "content/photos.toml" if "license" in wrong or "nc-" in wrong else "content/posts/shown.md"
        assert errors == {(wrong, source if where == "photos.toml" else "content/posts/shown.md", True)}
        return
    assert (checked, errors) == (0, set())

    assert blog.build() == 0, blog.told
    page = blog.page("shown/index.html")
    drawn = figure(page)
    words = plain(drawn)
    position = 0
    for text in map(for_site, case["text"]):
        position = words.find(text, position)
        assert position >= 0, f"{text!r} in {words!r}"
    assert not [text for text in case["not"] if text in words]
    assert set(case["links"]) <= addresses(drawn)
    assert f'alt="{case["input"]["alt"]}"' in drawn

    (described,) = image_objects(page)
    wanted = json.loads(for_site(json.dumps({**case["ld"], "contentUrl": None})))
    del wanted["contentUrl"]
    assert holds(described, wanted), described
    shown = re.findall(r'<img[^>]*\ssrc="([^"]+)"', drawn)
    assert described["contentUrl"] == f"https://blog.example{shown[0]}"
    assert (blog.output / shown[0].lstrip("/")).is_file()

    for name in ("feeds/atom.xml", "feeds/rss.xml"):
        feed = ET.parse(blog.output / name).getroot()
        text = (blog.output / name).read_text("utf-8")
        for fragment in map(for_site, case["feed"]):
            assert has_element(feed, fragment) if fragment.startswith("<") else fragment in text, (
                f"{fragment} in {name}"
            )
    carried = contents(blog)
    assert [plain(figure(content)) for content in carried] == [words] * 3
    assert all(set(case["links"]) <= addresses(content) for content in carried)
    assert not [content for content in (page, *carried) if "rel=" in figure(content)], "terms of the page's own"

    renditions = sorted((blog.output / "renditions").glob("a.*"))
    assert {file.suffix for file in renditions} == {".avif", ".jpg", ".webp"}
    exiftool = tool("exiftool", "apt install libimage-exiftool-perl")
    answer = subprocess.run(
        [exiftool, "-j", "-G1", "-charset", "UTF8", "-XMP:all", *renditions], capture_output=True, check=True
    )
    for file in json.loads(answer.stdout):
        told = {name.lower(): value for name, value in file.items()}
        for name, value in case["xmp"].items():
            assert told[f"xmp-{name}".lower()] == for_site(value), file
