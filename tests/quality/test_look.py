"""How the pages are set, as Chromium lays them out: lines, sizes, colours, room for fingers.

Not what is beautiful: that is looked at (tests/looks.py). Not what the fonts of a machine decide, but for the measure.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from looks import WIDTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browser import Browser
    from quality.conftest import Measured
    from reader_sites import JudgedSite

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "look.txt"
ACCENTS = ("blue", "green", "ochre", "red", "violet")
SCHEMES = ("light", "dark")
FEWEST, MOST = 60, 75
"""Characters of a line that is read with ease."""
STEP, STEPS = 1.2, range(-4, 5)
READABLE, EASY, SEEN = 4.5, 7, 3
"""The contrast of text, of text at length, and of a mark (WCAG 2.2, 1.4.3, 1.4.6, 1.4.11)."""
FINGER, EASILY = 24, 44
"""Pixels that a finger hits, and hits easily (WCAG 2.2, 2.5.8 and 2.5.5)."""
LINES = """\
[...document.querySelectorAll(".prose > p")].flatMap(paragraph => {
    const lines = new Map(), range = document.createRange();
    const top = paragraph.getBoundingClientRect().top, high = parseFloat(getComputedStyle(paragraph).lineHeight);
    const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        for (let at = 0; at < texts.currentNode.length; at++) {
            range.setStart(texts.currentNode, at);
            range.setEnd(texts.currentNode, at + 1);
            const box = range.getBoundingClientRect(), line = Math.floor(((box.top + box.bottom) / 2 - top) / high);
            if (box.width) lines.set(line, (lines.get(line) ?? 0) + 1);
        }
    }
    return [...lines.values()].slice(0, -1);
})
"""
SIZES = """\
(() => {
    const sizes = {}, text = parseFloat(getComputedStyle(document.body).fontSize);
    for (const it of document.querySelectorAll("body *")) {
        if ([...it.childNodes].some(node => node.nodeType === 3 && node.data.trim()) && it.checkVisibility()) {
            sizes[parseFloat(getComputedStyle(it).fontSize) / text] = it.outerHTML.slice(0, 80);
        }
    }
    return sizes;
})()
"""
STEPS_OF = """\
["body", ".prose h2", ".prose h3", "h1", "figcaption", "pre", "sup"].map(
    it => [it, parseFloat(getComputedStyle(document.querySelector(it)).fontSize).toFixed(1)]
)
"""
CAPITALS = """\
[...document.querySelectorAll(".caps")].map(
    it => parseFloat(getComputedStyle(it).fontSize) / parseFloat(getComputedStyle(it.parentElement).fontSize)
)
"""
PAINT = """\
window.paint = css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
};
window.light = colour => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).map(it => it / 255)
        .map(it => it <= .04045 ? it / 12.92 : ((it + .055) / 1.055) ** 2.4);
    return .2126 * red + .7152 * green + .0722 * blue;
};
window.contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + .05) / (dark + .05);
};
window.behind = it => {
    const colour = it ? getComputedStyle(it).backgroundColor : "rgb(255, 255, 255)";
    return it && /, 0\\)$/.test(colour) ? behind(it.parentElement) : colour;
};
window.least = selector => Math.min(...[...document.querySelectorAll(selector)]
    .filter(it => it.checkVisibility() && it.innerText.trim())
    .map(it => contrast(getComputedStyle(it).color, behind(it))));
0
"""
CONTRASTS = """\
({
    text: least(".prose p, .prose li, .prose td, .prose dd"),
    links: least(".prose p > a, .related a"),
    quiet: least(".meta, .standfirst, figcaption, .note, .colophon, small"),
    code: least("pre, pre span, code"),
    focus: Math.min(...[document.body, document.querySelector("pre")].map(
        it => contrast(getComputedStyle(document.querySelector(".prose p > a")).color, behind(it))
    )),
})
"""
SMALL = """\
[...document.querySelectorAll("a[href], button, input, summary")].filter(it => {
    const box = it.getBoundingClientRect();
    const inline = getComputedStyle(it).display === "inline" && it.closest("p, small, sup, dd, td, figcaption");
    return it.checkVisibility() && !it.matches(".skip, .lead") && !inline && Math.min(box.width, box.height) < %d;
}).map(it => it.outerHTML.slice(0, 100))
"""
MAIN = """\
[...document.querySelectorAll(".masthead a, .share a, .tags a")].map(it => it.getBoundingClientRect().height)
"""


@pytest.fixture
def _fingers(browser: Browser) -> Iterator[None]:
    """Give the browser a screen that is touched."""
    browser.call("Emulation.setTouchEmulationEnabled", enabled=True)
    yield
    browser.call("Emulation.setTouchEmulationEnabled", enabled=False)


@pytest.mark.parametrize("width", [768, 1280])
def test_a_line_of_text_has_60_to_75_characters(
    sites: dict[str, JudgedSite], browser: Browser, width: int, measured: Measured
) -> None:
    site = sites.get("the demo") or pytest.skip("this blog has begun: its content is no longer the demo")
    browser.look(site.page("post"), width)
    lines = browser.value(LINES)

    mean = sum(lines) / len(lines)
    assert FEWEST <= mean <= MOST
    measured("look", f"characters a line at {width} px", round(mean), most=True)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_size_is_a_step_of_one_scale(site: JudgedSite, kind: str, browser: Browser, width: int) -> None:
    browser.look(site.page(kind), width)

    steps = [STEP**step for step in STEPS]
    off = {
        size: it
        for size, it in browser.value(SIZES).items()
        if min(abs(float(size) / step - 1) for step in steps) > 0.005
    }
    assert off == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen(page: str, browser: Browser, width: int) -> None:
    browser.look(page, width)

    assert browser.value("document.documentElement.scrollWidth - innerWidth") <= 0


def test_words_in_capitals_are_as_large_as_their_text(sites: dict[str, JudgedSite], browser: Browser) -> None:
    browser.look(sites["every feature"].page("post"))

    assert set(browser.value(CAPITALS)) == {1}


def test_a_lead_and_a_wide_picture_go_beyond_the_text(sites: dict[str, JudgedSite], browser: Browser) -> None:
    browser.look(sites["every feature"].page("post"))
    across = browser.value("['.prose > p', '.lead', '.wide'].map(it => document.querySelector(it).clientWidth)")

    assert [width - across[0] for width in across] == [0, 352, 352]


@pytest.mark.usefixtures("_fingers")
def test_fingers_hit_all_controls_and_the_main_ones_easily(page: str, browser: Browser, measured: Measured) -> None:
    browser.look(page, 390)

    assert browser.value(SMALL % FINGER) == []
    assert min(browser.value(MAIN)) >= EASILY
    measured("look", "pages for fingers", 1)


def test_the_sizes_and_contrasts_are_as_written_down(
    sites: dict[str, JudgedSite], browser: Browser, measured: Measured
) -> None:
    address = sites["every feature"].page("post")
    found = ["The look: sizes in pixels, and the least contrast of each kind of text with what is behind it.", ""]
    for width in WIDTHS:
        browser.look(address, width)
        sizes = "  ".join(f"{name} {size}" for name, size in browser.value(STEPS_OF))
        found.append(f"{width:>4} px  {sizes}")
    found.append("")
    browser.value(PAINT)
    for scheme in SCHEMES:
        browser.screen(1280, scheme)
        for accent in ACCENTS:
            # The feature site is green: each accent goes over it, blue from the tokens themselves.
            file = "20-tokens.css" if accent == "blue" else f"accents/{accent}.css"
            browser.value(f"paint({json.dumps((ROOT / 'theme' / 'style' / file).read_text('utf-8'))})")
            contrasts = browser.value(CONTRASTS)
            assert contrasts["text"] >= EASY
            assert min(contrasts["links"], contrasts["quiet"], contrasts["code"]) >= READABLE, (scheme, accent)
            assert contrasts["focus"] >= SEEN
            listed = "  ".join(f"{name} {value:4.1f}" for name, value in contrasts.items())
            found.append(f"{scheme:5}  {accent:6}  {listed}")
            measured("look", "schemes and accents", 1)

    assert "\n".join(found) + "\n" == GOLDEN.read_text("utf-8")
