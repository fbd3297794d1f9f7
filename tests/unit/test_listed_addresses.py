"""The sitemap and redirects: addresses, told to machines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from byline.site import redirects
from byline.site.make import Given
from byline.site.sitemap import sitemap
from byline.values.output import Kind, Output, address, release_id
from byline.values.person import Person
from byline.values.post import Post, Status
from byline.values.problem import Problem

SITE = "https://me.example/blog"
POST = Post(
    id="urn:uuid:71895222-e59a-41fe-8e15-7bba0da682e4",
    key="71895222-e59a-41fe-8e15-7bba0da682e4",
    url=f"{SITE}/new/",
    address="new/",
    path="posts/new.md",
    status=Status.PUBLISHED,
    language="en",
    name="New & <b>old</b>",
    summary="",
    published=None,
    updated=None,
    authors=(Person("Ada"),),
)


def output(path: str, *, listed: bool = True, updated: datetime | None = None) -> Output:
    """Return an output of that path, which makes nothing."""
    return Output(path, Kind.PAGE, Given(b""), None, listed, updated)


def locations(listing: bytes) -> dict[str | None, str | None]:
    """Return the addresses of a sitemap with their dates."""
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    urls = ET.fromstring(listing)
    return {url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod") for url in urls}


def test_a_sitemap_names_what_is_listed_with_its_last_change() -> None:
    changed = output("b/index.html", updated=datetime(2026, 3, 1, tzinfo=UTC))

    listing = sitemap([changed, output("a.html"), output("404.html", listed=False)], SITE)

    assert list(locations(listing).items()) == [(f"{SITE}/a.html", None), (f"{SITE}/b/", "2026-03-01T00:00:00+00:00")]


def test_a_sitemap_holds_addresses_as_a_browser_sends_them() -> None:
    listing = sitemap([output("слово/index.html"), output("a&b c.html"), output("a:b/index.html")], SITE)

    assert set(locations(listing)) == {
        f"{SITE}/%D1%81%D0%BB%D0%BE%D0%B2%D0%BE/",
        f"{SITE}/a%26b%20c.html",
        f"{SITE}/a%3Ab/",
    }


def test_the_home_page_is_the_root() -> None:
    assert set(locations(sitemap([output("index.html")], SITE))) == {f"{SITE}/"}


def test_a_sitemap_of_nothing_is_a_sitemap() -> None:
    assert locations(sitemap([], SITE)) == {}


def test_an_old_address_leads_to_the_post() -> None:
    (page,) = redirects.pages([replace(POST, aliases=("/old/",))], "/blog", {"posts/new.md": 3})

    assert isinstance(page, Output)
    assert (page.path, page.kind, page.listed) == ("old/index.html", Kind.REDIRECT, False)
    assert str(page.place) == "posts/new.md:3"
    html = page.make().decode()
    assert '<meta http-equiv="refresh" content="0; url=/blog/new/">' in html
    assert '<link rel="canonical" href="https://me.example/blog/new/">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert '<a href="/blog/new/">New &amp; &lt;b&gt;old&lt;/b&gt;</a>' in html


@pytest.mark.parametrize("alias", ["../outside/", "/%2e%2e/outside/", "https://me.example/old/", "/a\nb/", "/"])
def test_an_alias_that_leaves_the_site_is_a_problem_and_no_file(alias: str) -> None:
    post = replace(POST, aliases=(alias,))

    (problem,) = redirects.pages([post], "/blog", {})

    assert isinstance(problem, Problem)
    assert problem.code == "bad-alias"
    assert redirects.rules([post], "/blog") == b""


def test_rules_for_hosts_have_a_line_for_each_old_address() -> None:
    post = replace(POST, address="слово два/", aliases=("/b/", "a.html", "/c d/", "/caf%C3%A9/"))

    assert redirects.rules([post], "/blog").decode().splitlines() == [
        f"/blog/{old} /blog/%D1%81%D0%BB%D0%BE%D0%B2%D0%BE%20%D0%B4%D0%B2%D0%B0/ 301"
        for old in ("a.html", "b/", "c%20d/", "caf%C3%A9/")
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.html", ""),
        ("a/index.html", "a/"),
        ("a.html", "a.html"),
        ("a/b/c.xml", "a/b/c.xml"),
        ("my-index.html",) * 2,
    ],
)
def test_an_output_has_the_address_at_which_hosts_serve_it(path: str, expected: str) -> None:
    assert address(path) == expected


def test_a_release_of_the_same_files_has_the_same_id() -> None:
    one = release_id({"a": "1", "b": "2"})

    assert one == release_id({"b": "2", "a": "1"})
    assert one != release_id({"a": "1", "b": "3"})
    assert len(one) == 32
