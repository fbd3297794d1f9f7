"""Who reads with a keyboard, a screen reader, large letters, a small or a dark screen reads all of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from browser import Browser
    from quality.conftest import Measured
    from reader_sites import JudgedSite

NARROW, WIDE = 320, 1280
SCHEMES = ("light", "dark")
JUDGED = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": JUDGED, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
AXE = f"""\
axe.run(document, {json.dumps(OPTIONS)}).then(found => found.violations.flatMap(
    rule => rule.nodes.map(node => `${{rule.id}}: ${{node.html.slice(0, 200)}}`)
))
"""
CONTROLS = """\
const tabbed = it => (it.tabIndex >= 0 || it.matches("audio")) && !it.disabled;
window.controls = [...document.querySelectorAll("a[href], audio, button, input, select, textarea, summary, [tabindex]")]
    .filter(it => tabbed(it) && it.checkVisibility({visibilityProperty: true}));
controls.length
"""
IN_A_PLAYER = "document.activeElement.matches('audio')"
"""Which has controls of its own, that have no element here."""
FOCUSED = """\
(() => {
    const it = document.activeElement, look = getComputedStyle(it), box = it.getClientRects()[0];
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const outlined = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 1;
    const seen = top !== null && (it.contains(top) || top.contains(it));
    return [controls.indexOf(it), outlined ? "outlined" : "not outlined", seen ? "seen" : "not seen"];
})()
"""
AFTER_THE_MASTHEAD = """\
controls.find(it => document.querySelector("main").compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING)
"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
COLOURS = """\
["backgroundColor", "color"].map(of => getComputedStyle(document.body)[of].match(/[\\d.]+/g).slice(0, 3).map(Number))
"""


@pytest.fixture(scope="session")
def axe(node_module: Callable[[str], Path]) -> str:
    """Give axe-core's script."""
    return node_module("axe-core/axe.min.js").read_text("utf-8")


def test_axe_finds_nothing_light_or_dark_narrow_or_wide(
    page: str, browser: Browser, axe: str, measured: Measured
) -> None:
    browser.look(page)
    browser.value(f"{axe}; 0")
    for width in (NARROW, WIDE):
        for scheme in SCHEMES:
            browser.screen(width, scheme)
            found = browser.value(AXE)
            assert found == [], f"{width} px, {scheme}: {found}"
            measured("axe", "looks", 1)
            measured("axe", "violations", len(found))


@pytest.mark.parametrize(("width", "ratio"), [(NARROW, 1), (WIDE // 2, 2)], ids=["320 px", "200 %"])
def test_no_page_scrolls_sideways(page: str, browser: Browser, width: int, ratio: int, measured: Measured) -> None:
    browser.look(page, width, ratio=ratio)

    assert browser.value(SIDEWAYS) == 0
    measured("narrow", "looks", 1)


def test_letters_of_twice_the_size_need_no_scrolling_sideways(page: str, browser: Browser, measured: Measured) -> None:
    browser.look(page)
    browser.value("document.documentElement.style.fontSize = '200%'")

    assert browser.value(SIDEWAYS) == 0
    measured("narrow", "looks", 1)


def test_tab_reaches_every_control_in_reading_order_and_shows_where_it_is(
    page: str, browser: Browser, measured: Measured
) -> None:
    browser.look(page)
    controls = browser.value(CONTROLS)
    assert browser.value("controls[0].className") == "skip"

    for number in range(controls):
        browser.press("Tab")
        while number and browser.value(f"{IN_A_PLAYER} && controls[{number - 1}] === document.activeElement"):
            browser.press("Tab")
        assert browser.value(FOCUSED) == [number, "outlined", "seen"], browser.value(f"controls[{number}].outerHTML")

    measured("keyboard", "controls", controls)


def test_the_skip_link_leads_past_the_masthead(page: str, browser: Browser) -> None:
    browser.look(page)
    browser.value(CONTROLS)

    browser.press("Tab")
    browser.press("Enter")
    browser.until("location.hash === '#content'")
    browser.press("Tab")

    after = (
        "controls.find(it => it.compareDocumentPosition(document.querySelector('main')) & (8 | 2) && it.tabIndex >= 0)"
    )
    assert browser.value(f"document.activeElement === ({after})") is True


def test_dark_and_light_are_the_readers_choice_without_a_script(
    site: JudgedSite, browser: Browser, measured: Measured
) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        lightness: dict[str, Any] = {}
        for scheme in SCHEMES:
            browser.look(site.page("post"), scheme=scheme)
            lightness[scheme] = [sum(colour) / 3 for colour in browser.value(COLOURS)]
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)

    (light_paper, dark_ink), (dark_paper, light_ink) = lightness.values()
    assert min(light_paper, light_ink) > 200
    assert max(dark_paper, dark_ink) < 50
    measured("dark", "sites", 1)
