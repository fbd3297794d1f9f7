"""What stands in the files: sound HTML, CSS and SVG, nothing for `check` to tell, no word that schema.org lacks."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from byline.checks.check import problems
from byline.values.output import Kind
from linked_data import said, things, unknown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Tool
    from quality.conftest import Measured
    from reader_sites import JudgedSite

CHECKED = {".html": "pages", ".css": "stylesheets", ".svg": "drawings"}


def test_the_nu_checker_finds_no_error_and_no_warning(
    sites: dict[str, JudgedSite], tool: Tool, node_module: Callable[[str], Path], measured: Measured
) -> None:
    java, checker = tool("java", "apt install default-jre-headless"), node_module("vnu-jar/build/dist/vnu.jar")
    files = [
        str(site.whole.folder / path)
        for site in sites.values()
        for path in site.whole.release.outputs
        if path.endswith(tuple(CHECKED))
    ]
    command = [
        str(java),
        "-jar",
        str(checker),
        "--format",
        "json",
        "--also-check-css",
        "--also-check-svg",
        "--stdout",
        *files,
    ]

    ended = subprocess.run(command, capture_output=True, check=False, timeout=120)

    told = json.loads(ended.stdout)["messages"]
    assert [f"{one['url']}:{one.get('lastLine')}: {one['message']}" for one in told] == []
    for suffix, what in CHECKED.items():
        found = sum(file.endswith(suffix) for file in files)
        assert found
        measured("nu", what, found)
    measured("nu", "errors or warnings", len(told))


def test_check_tells_nothing_but_what_the_demo_means_to_show(site: JudgedSite, measured: Measured) -> None:
    told = problems(site.whole, {})

    expected = ["content/posts/two-offers.md"] if site.name == "the demo" else []
    assert [problem.place and problem.place.path for problem in told] == expected, told
    kinds = list(site.whole.release.kinds.values())
    for row in ("microformats", "metadata", "sitemap", "links"):
        measured(row, "pages", kinds.count(Kind.PAGE))
    measured("feeds", "feeds", kinds.count(Kind.FEED))


def test_an_old_address_is_a_page_that_leads_to_the_new_one_and_is_not_indexed(
    sites: dict[str, JudgedSite], measured: Measured
) -> None:
    whole = sites["every feature"].whole
    old = [path for path, kind in whole.release.kinds.items() if kind is Kind.REDIRECT]

    assert sorted(old) == ["2009/05/every-feature.html", "old/every-feature/index.html"]
    for path in old:
        page = whole.body(path).decode()
        assert '<link rel="canonical" href="https://ada.pub/every-feature/">' in page
        assert '<meta name="robots" content="noindex">' in page
        assert f"/{path.removesuffix('index.html')}<" not in whole.body("sitemap.xml").decode()
        measured("metadata", "old addresses", 1)


def test_linked_data_has_no_type_and_no_property_that_schema_org_does_not_know(
    site: JudgedSite, measured: Measured
) -> None:
    pages = [site.whole.body(path).decode() for path, kind in site.whole.release.kinds.items() if kind is Kind.PAGE]

    assert [word for page in pages for word in unknown(page)] == []
    measured("json-ld", "things", sum(len([*things(said(page))]) for page in pages))
    measured("json-ld", "unknown properties", 0)


def test_each_post_is_a_blog_posting_with_a_picture_and_a_publisher(site: JudgedSite) -> None:
    for post in site.whole.site.listing.posts:
        page = site.whole.body(f"{post.address}index.html").decode()
        [posting] = [thing for thing in said(page) if thing.get("@type") == "BlogPosting"]
        assert posting.keys() >= {"headline", "image", "datePublished", "author", "publisher"}


@pytest.mark.parametrize("path", ["favicon.ico", "favicon.svg", "robots.txt", "sitemap.xml"])
def test_what_robots_and_browsers_ask_for_by_name_is_there(site: JudgedSite, path: str) -> None:
    assert site.answer(f"{site.address}/{path}")[0] == 200


def test_robots_are_told_of_the_sitemap(site: JudgedSite) -> None:
    assert f"Sitemap: {site.whole.release.site_url}/sitemap.xml" in site.whole.body("robots.txt").decode()


def test_what_is_not_there_is_answered_so(site: JudgedSite, measured: Measured) -> None:
    status, headers, _body = site.answer(site.page("404"))

    assert status == 404
    assert headers["Content-Type"].startswith("text/html")
    measured("sitemap", "real 404 pages", 1)
