"""How readers pass a post on: share links, pins at pictures, and the page that asks for a Mastodon server."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from byline.site.site import Site
from live_blog import SETTINGS, LiveBlog
from photographs import picture

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 6, 1, tzinfo=UTC)
TITLE = "“Tea & <Cake>” at 5"
CREDITED = 'creator="Ana Ruiz" license="CC-BY-4.0" source="https://ana.pub/1"'
TEXT = f"""\
Words.

![Two boats & a buoy](../images/a.jpg){{{CREDITED}}}

Words, ![a buoy](../images/a.jpg){{{CREDITED}}}, and words.
"""
EVERY = ["x", "pinterest", "mastodon", "mail", "threads"]


@pytest.fixture
def blog(tmp_path: Path) -> LiveBlog:
    """Give a blog with a post that has a title full of signs."""
    blog = LiveBlog(tmp_path / "blog").begin(str(tmp_path / "www"))
    blog.post("tea", "Words.", Title=TITLE, Slug="tea", Summary="Tea.")
    return blog


def offering(blog: LiveBlog, names: list[str], more: str = "") -> LiveBlog:
    """Build with these networks, and return the blog."""
    blog.write("pelicanconf.py", f'{SETTINGS}BYLINE_THEME = {{"share": {names!r}}}\n{more}')
    assert blog.build() == 0, blog.told
    return blog


def section(page: str) -> list[tuple[str, str, str]]:
    """Return address, accessible name and words of a page's share links."""
    found = re.search(r'<section class="share">(.*?)</section>', page, re.DOTALL)
    links = re.findall(r'<a rel="nofollow" href="([^"]*)" aria-label="([^"]*)">([^<]*)</a>', found[1] if found else "")
    return [(unescape(address), name, words) for address, name, words in links]


def pins(page: str) -> list[dict[str, list[str]]]:
    """Return what the pins at a page's pictures hand over."""
    return [parse_qs(urlsplit(unescape(url)).query) for url in re.findall(r'<a class="pin"[^>]* href="([^"]*)"', page)]


def test_without_a_setting_a_post_has_four_links(blog: LiveBlog) -> None:
    assert blog.build() == 0

    assert section(blog.page("tea/index.html")) == [
        (
            "/share/?text=%E2%80%9CTea%20%26%20%3CCake%3E%E2%80%9D%20at%205%20https%3A%2F%2Fada.pub%2Ftea%2F",
            "Share on Mastodon",
            "Mastodon",
        ),
        (
            "https://bsky.app/intent/compose?text=%E2%80%9CTea%20%26%20%3CCake%3E%E2%80%9D%20at%205%20https%3A%2F%2Fada.pub%2Ftea%2F",
            "Share on Bluesky",
            "Bluesky",
        ),
        (
            "https://www.linkedin.com/sharing/share-offsite/?url=https%3A%2F%2Fada.pub%2Ftea%2F",
            "Share on LinkedIn",
            "LinkedIn",
        ),
        (
            "mailto:?subject=%E2%80%9CTea%20%26%20%3CCake%3E%E2%80%9D%20at%205&body=https%3A%2F%2Fada.pub%2Ftea%2F",
            "Share by e-mail",
            "E-mail",
        ),
    ]


def test_the_links_come_in_the_order_of_the_settings(blog: LiveBlog) -> None:
    page = offering(blog, EVERY).page("tea/index.html")

    assert [words for _address, _name, words in section(page)] == ["X", "Mastodon", "E-mail", "Threads"]


def test_they_stand_between_the_question_and_what_is_related(blog: LiveBlog) -> None:
    blog.post("tea", "Words.", Question="With milk?", Related="engines")
    assert blog.build() == 0
    page = blog.page("tea/index.html")

    places = [page.index(f'<section class="{name}">') for name in ("question", "share", "related")]
    assert places == sorted(places)


def test_who_wants_no_links_gets_none_and_no_page(blog: LiveBlog) -> None:
    offering(blog, [])

    assert section(blog.page("tea/index.html")) == []
    assert 'class="share"' not in blog.page("tea/index.html")
    assert not (blog.output / "share").exists()


def test_a_network_that_is_none_is_told_with_those_there_are(blog: LiveBlog) -> None:
    blog.write("pelicanconf.py", f'{SETTINGS}BYLINE_THEME = {{"share": ["mastadon"]}}\n')

    assert blog.build() == 1
    assert """The setting BYLINE_THEME["share"] is ['mastadon'], and should be a list of "bluesky" or """ in blog.told


def test_only_what_is_published_is_passed_on(blog: LiveBlog) -> None:
    blog.write("content/images/a.jpg", picture())
    blog.post("draft", TEXT, Date="", Status="draft")
    blog.post("hidden", TEXT, Status="hidden")
    blog.post("later", TEXT, Date="2999-01-01")
    blog.write("content/pages/about.md", f"Title: About\n\n{TEXT}")
    offering(blog, EVERY)

    preview = Site(blog.root / "pelicanconf.py", NOW, unpublished=True)
    pages = {name: preview.make(f"{name}/index.html").decode() for name in ("draft", "hidden", "later", "about", "tea")}
    preview.close()

    assert {name for name, page in pages.items() if 'class="share"' in page} == {"tea"}
    assert {name for name, page in pages.items() if 'class="pin"' in page} == set()


def test_each_figure_is_pinned_with_its_address_its_description_and_its_credit(blog: LiveBlog) -> None:
    blog.write("content/images/a.jpg", picture())
    blog.write("content/images/lead.jpg", picture(size=(900, 600)))
    lead = {"Photo": "../images/lead.jpg", "Photo_alt": "A quay", "Photo_own": "true"}
    blog.post("boats", TEXT, Summary="Boats.", **lead)

    page = offering(blog, EVERY).page("boats/index.html")

    credit = "Photo by Ana Ruiz, CC BY 4.0"
    found = pins(page)
    assert [pin["description"][0] for pin in found] == [
        "A quay – Photo by Ada Lovelace",
        f"Two boats & a buoy – {credit}",
    ]
    assert {pin["url"][0] for pin in found} == {"https://ada.pub/boats/"}
    assert all((blog.output / pin["media"][0].removeprefix("https://ada.pub/")).is_file() for pin in found)
    assert 'aria-label="Pin it: Two boats &amp; a buoy">Pin it</a></figcaption>' in page
    [pinterest] = (address for address, _name, words in section(page) if words == "Pinterest")
    assert parse_qs(urlsplit(pinterest).query) == found[0]


def test_a_pin_says_the_credit_wherever_the_post_says_it(blog: LiveBlog) -> None:
    blog.write("content/images/a.jpg", picture())
    blog.post("boats", TEXT, Summary="Boats.")

    page = offering(blog, ["pinterest"], 'BYLINE_PHOTOS = {"credit": "end"}\n').page("boats/index.html")

    assert "<small class=" not in page
    assert pins(page)[0]["description"] == ["Two boats & a buoy – Photo by Ana Ruiz, CC BY 4.0"]


def test_feeds_lists_and_credits_have_neither_links_nor_pins(blog: LiveBlog) -> None:
    blog.write("content/images/a.jpg", picture())
    blog.post("boats", TEXT, Date="2026-05-05", Summary="Boats.")
    credits_ = SETTINGS.split("DIRECT_TEMPLATES = ")[1].splitlines()[0].replace('"authors"', '"authors", "credits"')
    without = offering(blog, [], f"DIRECT_TEMPLATES = {credits_}\n")
    feeds = [*blog.output.rglob("*.xml"), *blog.output.rglob("feed.json")]
    before = {feed: feed.read_bytes() for feed in feeds if feed.name != "sitemap.xml"}
    lists = {path: without.page(path) for path in ("index.html", "credits.html", "archives/index.html")}

    offering(blog, EVERY, f"DIRECT_TEMPLATES = {credits_}\n")

    assert len(before) > 3
    assert {feed: feed.read_bytes() for feed in before} == before
    assert {path: blog.page(path) for path in lists} == lists
    assert "figcaption" in json.loads(blog.page("feeds/feed.json"))["items"][0]["content_html"]


def test_the_page_for_mastodon_is_a_text_that_a_script_adds_to(blog: LiveBlog) -> None:
    page = offering(blog, ["mail"]).page("share/index.html")

    assert "<script" in page
    assert set(re.findall("<script[^>]*>", page)) == {'<script type="module" blocking="render" src="/theme/share.js">'}
    assert (blog.output / "theme/share.js").is_file()
    seen = re.sub(r"<form\b[^>]* hidden>.*?</form>", "", page, flags=re.DOTALL)
    assert "Paste the address" in seen
    assert not re.search("<(?:input|button|textarea)", seen)
    assert "https://ada.pub/share/" in blog.page("sitemap.xml")
    assert "https://ada.pub/share/?" not in blog.page("sitemap.xml")


def test_the_page_stands_where_the_settings_say(blog: LiveBlog) -> None:
    offering(blog, ["mastodon"], 'SHARE_SAVE_AS = "pass/on.html"\n')

    [(address, _name, _words)] = section(blog.page("tea/index.html"))
    assert address.startswith("/pass/on.html?text=")
    assert (blog.output / "pass/on.html").is_file()
    assert not (blog.output / "share").exists()


def test_without_the_page_there_is_no_link_for_mastodon(blog: LiveBlog) -> None:
    offering(blog, ["mastodon", "mail"], 'SHARE_SAVE_AS = ""\n')

    assert [words for _address, _name, words in section(blog.page("tea/index.html"))] == ["E-mail"]


def test_a_site_below_a_folder_leads_to_its_own_page(blog: LiveBlog) -> None:
    offering(blog, ["mastodon"], 'SITEURL = "https://ada.pub/blog"\n')

    [(address, _name, _words)] = section(blog.page("tea/index.html"))
    assert address.startswith("/blog/share/?text=")
    assert address.endswith("https%3A%2F%2Fada.pub%2Fblog%2Ftea%2F")


def test_a_site_that_has_no_address_yet_offers_nothing(blog: LiveBlog) -> None:
    offering(blog, EVERY, 'SITEURL = ""\n')

    assert section(blog.page("tea/index.html")) == []


def test_check_finds_nothing_wrong_with_links_pins_and_page(blog: LiveBlog) -> None:
    blog.write("content/images/a.jpg", picture())
    blog.post("boats", TEXT, Summary="Boats.")
    blog.write("pelicanconf.py", f'{SETTINGS}BYLINE_THEME = {{"share": {EVERY!r}}}\n')

    assert blog.check() == 0, blog.told
    assert "share" not in blog.told
