"""What a first view costs: bytes, requests, movement; and that nobody else learns of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from byline.deploy.compressed import compressed
from byline.values.output import Kind
from reader_sites import SCRIPTED

if TYPE_CHECKING:
    from browser import Browser
    from quality.conftest import Measured
    from reader_sites import JudgedSite

MOST_OF_A_POST, MOST_OF_HOME = 8_192, 10_240
"""Bytes, compressed, without pictures: of the page, its stylesheets and its icon."""
MOST_BESIDE_A_TEXT = 6_000
"""Of a post's bytes those that are not its text: the theme's part, and the same however long a post is."""
MOST_OF_STYLESHEETS = 12_288
MOST_REQUESTS = 4
ICON = re.compile(r'<link rel="icon" href="([^"]+\.svg)"')
WITHOUT_THE_TEXT = "document.querySelector('.e-content').replaceChildren(), document.documentElement.outerHTML"
SIZELESS = "[...document.images].filter(it => !it.getAttribute('width') || !it.getAttribute('height')).length"
LATE = "[...document.querySelectorAll('img[loading=lazy]')].map(it => (it.closest('picture') ?? it).outerHTML).join('')"
SEE_ALL = """\
(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
        scrollTo(0, y);
        await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
    }
    await Promise.all([...document.images].map(it => it.complete || new Promise(resolve => {
        it.onload = it.onerror = resolve;
    })));
    await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
})()
"""
TRIED = """\
(() => {
    const script = Object.assign(document.createElement("script"), {textContent: "window.ran = true"});
    document.body.append(script);
    document.body.setAttribute("style", "color: red");
    return window.ran === true;
})()
"""


def requests(browser: Browser, address: str, width: int = 1280) -> list[dict[str, Any]]:
    """Open a page with nothing in the cache; return what it asked for, as the DevTools protocol tells it."""
    browser.call("Network.clearBrowserCache")
    browser.events.clear()
    browser.look(address, width)
    sent = [event["params"] for event in browser.events if event.get("method") == "Network.requestWillBeSent"]
    return [one for one in sent if not one["request"]["url"].startswith("data:")]


def icon(site: JudgedSite, browser: Browser) -> str:
    """Return the address of the icon, which browsers ask for once a visit, and tell no page of."""
    found = ICON.search(browser.value("document.head.outerHTML"))
    assert found
    return f"{site.address}{found[1]}"


def first_view(site: JudgedSite, address: str, browser: Browser) -> int:
    """Return how many bytes travel for a page without its pictures, but with its icon."""
    asked = {one["request"]["url"] for one in requests(browser, address) if one["type"] != "Image"}
    return sum(len(site.answer(url)[2]) for url in asked | {icon(site, browser)})


def test_the_first_view_of_a_post_is_small(site: JudgedSite, browser: Browser, measured: Measured) -> None:
    posts = site.whole.site.listing.posts
    found = {post.address: first_view(site, f"{site.address}/{post.address}", browser) for post in posts}

    measured("first view", "bytes of a post", max(found.values()), most=True)
    assert {address: size for address, size in found.items() if size > MOST_OF_A_POST} == {}


def test_a_post_of_any_length_costs_little_beside_its_text(
    site: JudgedSite, browser: Browser, measured: Measured
) -> None:
    for post in site.whole.site.listing.posts:
        address = f"{site.address}/{post.address}"
        whole, page = first_view(site, address, browser), len(site.answer(address)[2])
        beside = whole - page + len(compressed(browser.value(WITHOUT_THE_TEXT).encode()))

        assert beside <= MOST_BESIDE_A_TEXT, post.address
        measured("first view", "bytes of a post beside its text", beside, most=True)


def test_the_first_view_of_the_home_page_is_small(site: JudgedSite, browser: Browser, measured: Measured) -> None:
    found = first_view(site, site.page("home"), browser)

    assert found <= MOST_OF_HOME
    measured("first view", "bytes of home", found, most=True)


def test_the_stylesheets_are_small(site: JudgedSite, measured: Measured) -> None:
    size = sum(len(site.whole.body(path)) for path in site.whole.release.outputs if path.endswith(".css"))

    assert size <= MOST_OF_STYLESHEETS
    measured("first view", "bytes of stylesheets, not compressed", size, most=True)


def test_a_post_asks_for_four_files_at_most(site: JudgedSite, browser: Browser, measured: Measured) -> None:
    for post in site.whole.site.listing.posts:
        asked = {one["request"]["url"] for one in requests(browser, f"{site.address}/{post.address}")}
        # Lazy pictures are no part of the first view: they are asked for when they come near.
        late = browser.value(LATE)
        needed = {url for url in asked if url.removeprefix(site.address) not in late} | {icon(site, browser)}
        assert len(needed) <= MOST_REQUESTS, needed
        measured("still", "requests of a post", len(needed), most=True)


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_and_every_picture_has_its_size(
    page: str, browser: Browser, width: int, measured: Measured
) -> None:
    requests(browser, page, width)
    browser.value(SEE_ALL)

    assert browser.value("window.shifts") == []
    assert browser.value(SIZELESS) == 0
    measured("still", "looks", 1)
    measured("still", "pictures", browser.value("document.images.length"))
    measured("still", "CLS", 0, most=True)


def test_no_page_asks_anybody_else_or_keeps_anything_or_needs_a_script(
    site: JudgedSite, kind: str, browser: Browser, measured: Measured
) -> None:
    asked = requests(browser, site.page(kind))
    browser.value(SEE_ALL)

    assert asked
    elsewhere = [one["request"]["url"] for one in asked if not one["request"]["url"].startswith(f"{site.address}/")]
    assert elsewhere == []
    scripts = [one["request"]["url"] for one in asked if one["type"] == "Script"]
    assert len(scripts) == (site.name in SCRIPTED.get(kind, ()))
    inline = "document.querySelectorAll('script:not([src], [type=\"application/ld+json\"])').length"
    assert browser.value(inline) == 0
    assert browser.call("Storage.getCookies")["cookies"] == []
    assert browser.value("document.cookie.length + localStorage.length + sessionStorage.length") == 0
    measured("private", "requests", len(asked))
    measured("private", "elsewhere, or cookies", 0)


def test_the_policy_is_in_force_and_no_page_breaks_it(
    site: JudgedSite, page: str, browser: Browser, measured: Measured
) -> None:
    _status, headers, _body = site.answer(page)
    assert headers["Content-Security-Policy"].startswith("default-src 'none';")
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert "'unsafe-eval'" not in headers["Content-Security-Policy"]

    browser.look(page)
    browser.value(SEE_ALL)
    assert browser.value("window.refused") == []

    assert browser.value(TRIED) is False
    browser.until("window.refused.length === 2")
    measured("policy", "pages", 1)
    measured("policy", "violations", 0)


def test_what_there_is_to_listen_to_loads_under_the_policy(sites: dict[str, JudgedSite], browser: Browser) -> None:
    browser.look(sites["every feature"].page("post without a picture"))
    assert browser.value("document.querySelector('audio').readyState") == 0, "nothing is loaded unasked"

    browser.value("document.querySelector('audio').load(); document.querySelector('audio').preload = 'auto'")

    browser.until("document.querySelector('audio').readyState >= 2")
    assert browser.value("document.querySelector('audio').duration") == 0.25


def test_texts_travel_compressed(site: JudgedSite) -> None:
    for path, made in site.whole.release.kinds.items():
        if made is Kind.FEED or path.endswith((".css", ".svg")):
            assert site.answer(f"{site.address}/{path}")[1]["Content-Encoding"] == "gzip", path
