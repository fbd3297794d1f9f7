"""Pictures on the theme's pages in a real browser: they come small, hold their place, and come from here alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from blog import Blog
from live_blog import SETTINGS
from photographs import picture
from static_server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browser import Browser

WORDS = "Words stand before it and after it, in lines that are broken more than once on every screen. " * 12
CREDITED = 'creator="Ana Ruiz" source="https://ana.example/1" license="CC-BY-4.0"'
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
TEXT = f"""\
{WORDS}

![Beside the words](../images/text.jpg "Beside the words"){{.left width=240 {CREDITED}}}

{WORDS}

![In the text](../images/text.jpg "{LONG}"){{photo-title={LONG} {CREDITED}}}

{WORDS}

![As wide as the lead](../images/text.jpg){{.wide {CREDITED}}}

A picture ![among words](../images/text.jpg){{{CREDITED}}} and a small ![one](../images/small.png){{{CREDITED}}} there.
"""
MORE = """\
DIRECT_TEMPLATES = ["index", "credits"]
BYLINE_PHOTOS = {"cards": False}
"""
WATCHED = """\
window.shifts = [];
new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(entry => entry.value)))
    .observe({type: "layout-shift", buffered: true});
"""
PLACES = "[...document.images].map(it => [it.offsetLeft, it.offsetWidth, it.offsetHeight])"
STYLED = "getComputedStyle(document.body).display === 'flex'"
OUT_OF_SHAPE = """\
[...document.images]
    .filter(it => Math.abs(it.width / it.height / it.getAttribute("width") * it.getAttribute("height") - 1) > .02)
    .map(it => it.outerHTML)
"""
NARROW, WIDE, HEIGHT = 320, 1280, 800
PIXEL = 1
"""What a height may differ by: each rendition's is a whole number of its own pixels."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a site whose posts show pictures in many ways."""
    blog = Blog(tmp_path_factory.mktemp("site"))
    blog.write("pelicanconf.py", SETTINGS + MORE)
    blog.write("content/images/lead.jpg", picture(size=(1800, 1200)))
    blog.write("content/images/tall.jpg", picture(size=(500, 1300)))
    blog.write("content/images/text.jpg", picture(size=(1700, 1100)))
    blog.write("content/images/small.png", picture("PNG", (40, 40)))
    lead = {"Photo_alt": "It leads", "Photo_own": "true"}
    blog.post("shown", TEXT, Photo="../images/lead.jpg", **lead)
    blog.post("tall", WORDS, Photo="../images/tall.jpg", **lead)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_COLOR", "1")
        assert blog.build() == 0, blog.told
    with serving(blog.output) as served:
        yield served


def screen(browser: Browser, width: int, ratio: int = 1) -> None:
    """Give the page a screen of so many CSS pixels, with so many of its own for each."""
    browser.call(
        "Emulation.setDeviceMetricsOverride", width=width, height=HEIGHT, deviceScaleFactor=ratio, mobile=False
    )


def see_all(browser: Browser) -> None:
    """Scroll by every picture until it is there."""
    browser.value("[...document.images].forEach(it => it.loading = 'eager')")
    browser.until("[...document.images].every(it => it.complete && it.naturalWidth)")


def loaded(browser: Browser, selector: str) -> str:
    """Return the width and format, as its name has them, of the file that a picture was loaded from."""
    return str(browser.value(f"document.querySelector('{selector}').currentSrc")).rpartition("-")[2]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_nothing_moves_when_the_pictures_come(address: str, browser: Browser, width: int) -> None:
    screen(browser, width)
    browser.call("Page.enable")
    browser.call("Page.addScriptToEvaluateOnNewDocument", source=WATCHED)
    browser.call("Fetch.enable", patterns=[{"urlPattern": "*/renditions/*"}])
    browser.call("Page.navigate", url=f"{address}/shown/")
    browser.until(f"document.readyState === 'interactive' && {STYLED}")
    before = browser.value(PLACES)
    assert not browser.value("[...document.images].some(it => it.naturalWidth > 100)")

    browser.call("Fetch.disable")
    see_all(browser)

    for place, old in zip(browser.value(PLACES), before, strict=True):
        assert place == pytest.approx(old, abs=PIXEL)
    assert browser.value("window.shifts") == []


def test_chromium_loads_the_avif_that_is_wide_enough(address: str, browser: Browser) -> None:
    for width, ratio, wide_enough in ((NARROW, 1, 480), (NARROW, 2, 960), (WIDE, 2, 1600)):
        screen(browser, width, ratio)
        browser.show(f"{address}/shown/", "Shown")
        see_all(browser)
        assert loaded(browser, ".lead img") == f"{wide_enough}w.avif"
        assert loaded(browser, ".prose > figure:not([class]) img") == f"{wide_enough}w.avif"


def test_no_picture_is_out_of_shape_nor_a_page_wider_than_its_screen(address: str, browser: Browser) -> None:
    for width in (NARROW, WIDE):
        screen(browser, width)
        for path, words in (("", "Newest posts"), ("shown/", "Shown"), ("credits.html", "Picture credits")):
            browser.show(f"{address}/{path}", words)
            see_all(browser)
            assert browser.value("document.images.length"), path
            assert browser.value(OUT_OF_SHAPE) == [], path
            assert browser.value("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, (
                path
            )


def test_a_tall_lead_picture_is_seen_at_once_and_whole(address: str, browser: Browser) -> None:
    screen(browser, WIDE)
    browser.show(f"{address}/tall/", "Tall")
    see_all(browser)

    assert browser.value("document.querySelector('.lead img').offsetHeight") <= HEIGHT
    assert browser.value("getComputedStyle(document.querySelector('.lead img')).objectFit") == "contain"


def test_what_is_asked_to_the_left_stands_beside_the_text_where_there_is_room(address: str, browser: Browser) -> None:
    beside = "(({top, bottom}, it) => it.top < bottom && it.bottom > top)"
    both = "...['.left', '.left + p'].map(it => document.querySelector(it).getBoundingClientRect())"
    for width, is_beside in ((NARROW, False), (WIDE, True)):
        screen(browser, width)
        browser.show(f"{address}/shown/", "Shown")
        assert browser.value(f"{beside}({both})") is is_beside


def test_pages_with_pictures_ask_no_other_host(address: str, browser: Browser) -> None:
    for path, words in (("", "Newest posts"), ("shown/", "Shown"), ("credits.html", "Picture credits")):
        browser.show(f"{address}/{path}", words)
        see_all(browser)
        asked = browser.value("performance.getEntriesByType('resource').map(it => it.name)")
        assert len(asked) > 1
        assert {name.removeprefix(address)[0] for name in asked} == {"/"}
