"""Which post an address in a text means."""

from __future__ import annotations

import pytest
from byline.related.targets import Targets
from byline.values.post import Post, Status

FROM = "posts/here.md"


def post(path: str, address: str, *aliases: str) -> Post:
    url = f"https://me.example/blog/{address}"
    return Post(path, path, url, address, path, Status.PUBLISHED, "en", path, "", None, None, aliases=aliases)


@pytest.fixture
def targets() -> Targets:
    """Give the targets of a site that stands below a path of its host."""
    posts = (
        post("posts/letting-go.md", "letting-go/", "old/letting-go.html"),
        post("posts/Größe.md", "größe/"),
        post("notes/plain.md", "2020/plain.html"),
    )
    return Targets(posts, "https://me.example/blog")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("{filename}/posts/letting-go.md", "posts/letting-go.md"),
        ("{filename}letting-go.md#end", "posts/letting-go.md"),
        ("|filename|../notes/plain.md?x=1", "notes/plain.md"),
        ("{filename}/posts/Gr%C3%B6%C3%9Fe.md", "posts/Größe.md"),
        ("https://me.example/blog/letting-go/", "posts/letting-go.md"),
        ("http://me.example/blog/letting-go", "posts/letting-go.md"),
        ("//me.example/blog/letting-go/index.html#end", "posts/letting-go.md"),
        ("/blog/letting-go/?utm=x", "posts/letting-go.md"),
        ("/blog/gr%C3%B6%C3%9Fe/", "posts/Größe.md"),
        ("/blog/2020/plain.html", "notes/plain.md"),
        ("https://me.example/blog/old/letting-go.html", "posts/letting-go.md"),
    ],
)
def test_a_post_is_meant_by_its_source_its_page_and_its_old_addresses(targets: Targets, url: str, path: str) -> None:
    assert targets(url, FROM) == path


@pytest.mark.parametrize(
    "url",
    [
        "",
        "#end",
        "mailto:me@me.example",
        "{static}/images/a.jpg",
        "{filename}gone.md",
        "/letting-go/",
        "/blogs/letting-go/",
        "//other.example/letting-go/",
        "https://me.example/blogletting-go/",
        "https://other.example/blog/letting-go/",
        "https://me.example/blog/",
        "https://[bad/",
    ],
)
def test_any_other_address_means_none(targets: Targets, url: str) -> None:
    assert targets(url, FROM) == ""


def test_a_site_without_an_address_knows_its_pages_from_the_root() -> None:
    targets = Targets([post("posts/letting-go.md", "letting-go/")], "")

    assert targets("/letting-go/", FROM) == "posts/letting-go.md"
    assert targets("https://me.example/blog/letting-go/", FROM) == ""
