"""What pages say of themselves in schema.org's words (JSON-LD): nothing that it does not know, all that is needed."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from byline.commands.begin import demo_files
from byline.site.site import Site
from byline.values.output import Kind
from linked_data import VOCABULARY, said, things, unknown
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blog import Blog

ROOT = Path(__file__).parents[2]
LATE = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
"""Every post of the demo is out."""
SETTINGS = f"""\
THEME = {str(ROOT / "theme")!r}
SITENAME = "A </script> & co"
STATIC_PATHS = ["images"]
ARTICLE_URL, ARTICLE_SAVE_AS = "{{slug}}/", "{{slug}}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "category/{{slug}}/", "category/{{slug}}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "author/{{slug}}/", "author/{{slug}}/index.html"
BYLINE_AUTHOR = {{"line": "I & <me>", "portrait": "images/me.png", "profiles": ["https://a.example/@ada"]}}
BYLINE_PHOTOS = {{"formats": []}}
"""


def pages(settings: Path) -> dict[str, str]:
    """Return the pages of a site by their path, made, but for their pictures."""
    site = Site(settings, LATE)
    try:
        return {path: site.make(path).decode() for path, output in site.outputs.items() if output.kind is Kind.PAGE}
    finally:
        site.close()


def of_type(page: str, kind: str) -> dict[str, Any]:
    """Return the one thing of a type that a page describes at its top."""
    (found,) = (thing for thing in said(page) if thing["@type"] == kind)
    return found


def used(made: Mapping[str, str]) -> set[str]:
    """Return the names of all properties that pages use."""
    return {name for page in made.values() for thing in things(said(page)) for name in thing if name[0] != "@"}


@pytest.fixture
def settings(blog: Blog) -> Path:
    """Give the settings of a blog whose posts have all that is described: pictures, cards, sound, two authors."""
    blog.settings(SETTINGS)
    (blog.root / "content/images").mkdir()
    for name in ("me", "boats"):
        Image.new("RGB", (640, 480)).save(blog.root / f"content/images/{name}.png")
    photo = {
        "Photo": "../images/boats.png",
        "Photo_alt": "Boats",
        "Photo_title": "Early",
        "Photo_caption": "Before anybody was up",
        "Photo_creator": "Bo",
        "Photo_source": "https://bo.example/boats/",
        "Photo_license": "ARR",
        "Photo_acquire": "https://bo.example/buy/",
        "Photo_digital_source_type": "digitalCapture",
    }
    blog.post("first", Category="Work", Modified="2020-02-01", Summary="1 < 2 & “more”", **photo)
    blog.post("second", Authors="Ada Example; Bo", Audio="https://a.example/b.mp3", Audio_length="5", Date="2020-01-02")
    blog.post("hidden", Status="hidden", Category="Secret")
    blog.write("content/photos.toml", '["images/me.png"]\nown = true\nlicense = "CC-BY-4.0"\n')
    blog.write("content/pages/about.md", "Title: About\n\n![Me](../images/me.png)\n")
    return blog.root / "pelicanconf.py"


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """Give the settings of a copy of this folder's blog, while it is the demo."""
    listed = (ROOT / "plugins/byline/commands/demo.sha256").read_text("utf-8").splitlines()
    if len(list(demo_files(ROOT))) != len(listed):
        pytest.skip("this blog has begun: its content is no longer the demo")
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return Path(shutil.copy(ROOT / "pelicanconf.py", tmp_path))


def test_the_pages_of_the_demo_say_nothing_that_schema_org_does_not_know(demo: Path) -> None:
    made = pages(demo)

    assert {path: found for path, page in made.items() if (found := [*unknown(page)])} == {}
    assert sum("BlogPosting" in page for page in made.values()) == 9


def test_nor_do_those_of_a_blog_that_has_everything_and_the_list_has_no_more(settings: Path) -> None:
    made = pages(settings)

    assert {path: found for path, page in made.items() if (found := [*unknown(page)])} == {}
    assert used(made) == set(VOCABULARY["properties"])


def test_a_post_says_what_search_engines_ask_for(settings: Path) -> None:
    first = pages(settings)["first/index.html"]

    posting, picture = of_type(first, "BlogPosting"), of_type(first, "ImageObject")

    ada = {"@type": "Person", "@id": "https://me.example/#me", "name": "Ada Example", "url": "https://me.example/"}
    assert posting == {
        "@type": "BlogPosting",
        "headline": "First",
        "description": "1 < 2 & “more”",
        "image": {"@id": picture["@id"]},
        "datePublished": "2020-01-01T09:30:00+00:00",
        "dateModified": "2020-02-01T00:00:00+00:00",
        "author": ada,
        "publisher": ada,
        "url": "https://me.example/first/",
    }
    assert "“more”" in first


def test_a_post_of_two_authors_names_both_and_one_to_listen_to_its_sound(settings: Path) -> None:
    posting = of_type(pages(settings)["second/index.html"], "BlogPosting")

    assert [author["name"] for author in posting["author"]] == ["Ada Example", "Bo"]
    assert posting["author"][1]["url"] == "https://me.example/author/bo/"
    assert posting["publisher"]["name"] == "Ada Example"
    assert "dateModified" not in posting
    assert posting["image"]["@type"] == "ImageObject"
    assert posting["audio"] == {
        "@type": "AudioObject",
        "contentUrl": "https://a.example/b.mp3",
        "encodingFormat": "audio/mpeg",
    }


def test_a_post_says_the_way_to_it_by_pages_that_are_there(settings: Path) -> None:
    made = pages(settings)

    steps = of_type(made["first/index.html"], "BreadcrumbList")["itemListElement"]

    assert [(step["position"], step["name"], step.get("item")) for step in steps] == [
        (1, "A </script> & co", "https://me.example/"),
        (2, "Work", "https://me.example/category/work/"),
        (3, "First", None),
    ]
    assert "category/work/index.html" in made


def test_a_hidden_post_gives_no_way_through_a_category_that_has_no_page(settings: Path) -> None:
    made = pages(settings)

    assert "category/secret/index.html" not in made
    assert "BreadcrumbList" not in made["hidden/index.html"]
    assert of_type(made["hidden/index.html"], "BlogPosting")


def test_the_home_page_and_the_writers_own_page_say_who_that_is(settings: Path) -> None:
    made = pages(settings)

    writer = of_type(made["index.html"], "WebSite")["author"]

    assert writer == of_type(made["author/ada-example/index.html"], "ProfilePage")["mainEntity"]
    assert (writer["@id"], writer["name"]) == ("https://me.example/#me", "Ada Example")
    assert writer["description"] == "I & <me>"
    assert writer["sameAs"] == ["https://a.example/@ada"]
    assert writer["image"].startswith("https://me.example/")
    other = of_type(made["author/bo/index.html"], "ProfilePage")["mainEntity"]
    assert other == {"@type": "Person", "name": "Bo", "url": "https://me.example/author/bo/"}
