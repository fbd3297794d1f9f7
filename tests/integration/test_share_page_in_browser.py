"""The share page in a real browser: what it makes of a reader's server, what it offers, what it is without script."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from live_blog import LiveBlog
from static_server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browser import Browser

WORDS = "“Q&A” + <b>more</b>? שלום https://ada.pub/engines/?a=1&b=2"
WATCHED = """\
window.asked = [];
navigation.addEventListener("navigate", event => { asked.push(event.destination.url); event.preventDefault(); });
"""
"""No test leaves this machine: where the page would go is noted, and it does not go there."""
NO_WAYS = """\
Object.defineProperty(Navigator.prototype, "clipboard", {value: undefined});
Object.defineProperty(Navigator.prototype, "share", {value: undefined, configurable: true});
"""
APP = """\
Object.defineProperty(Navigator.prototype, "share", {value: async given => { window.passed = given.text; }});
"""
READY = "document.forms[0].checkVisibility()"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a site with the page."""
    folder = tmp_path_factory.mktemp("site")
    blog = LiveBlog(folder / "blog").begin(str(folder / "www"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_COLOR", "1")
        assert blog.build() == 0, blog.told
    with serving(blog.output) as served:
        yield served


def opened(browser: Browser, address: str, *scripts: str, words: str = WORDS) -> Browser:
    """Open the page with words to pass on, after scripts that run before its own."""
    browser.call("Page.enable")
    for script in scripts:
        browser.call("Page.addScriptToEvaluateOnNewDocument", source=script)
    browser.call("Page.navigate", url=f"{address}/share/?text={quote(words, safe='')}")
    browser.until(f"document.readyState === 'complete' && {READY}")
    return browser


def click(browser: Browser, button: str) -> None:
    """Click as a reader does, which is what lets a page copy."""
    browser.call("Runtime.evaluate", expression=f"document.forms[0].{button}.click()", userGesture=True)


def send(browser: Browser, server: str) -> list[str]:
    """Give a server's name and press the first button; return where the page would go."""
    typed = f"server.value = {json.dumps(server)}; server.dispatchEvent(new Event('input')); asked.length = 0"
    browser.value(f"{typed}; document.querySelector('form button').click()")
    return list(browser.value("asked"))


@pytest.mark.parametrize(
    "written",
    [
        "social.example",
        " Social.Example ",
        "https://social.example/",
        "http://social.example/@me",
        "@me@social.example",
        "https://you@social.example/home?a=1#b",
    ],
)
def test_it_leads_to_the_readers_own_server_with_the_words(address: str, browser: Browser, written: str) -> None:
    opened(browser, address, WATCHED)

    assert send(browser, written) == [f"https://social.example/share?text={quote(WORDS, safe='')}"]


def test_a_name_in_any_script_is_a_server(address: str, browser: Browser) -> None:
    opened(browser, address, WATCHED, words="Words")

    assert send(browser, "münchen.social") == ["https://xn--mnchen-3ya.social/share?text=Words"]


def test_what_is_no_name_of_a_server_leads_nowhere_and_says_so(address: str, browser: Browser) -> None:
    opened(browser, address, WATCHED)

    for written in ("", " ", "me", "localhost", "127.0.0.1", "[::1]", "social.example:8443", "javascript:alert(1)"):
        assert send(browser, written) == [], written
        assert browser.value("server.validationMessage"), written
    assert "alone" in browser.value("server.validationMessage")
    assert send(browser, "social.example")


def test_the_words_are_text_whatever_the_address_holds(address: str, browser: Browser) -> None:
    hostile = "</textarea><img src=x onerror=\"document.title = 'no'\">"
    opened(browser, address, words=hostile)

    assert browser.value("words.value") == hostile
    assert browser.value("document.images.length") == 0


def test_without_words_it_passes_on_the_site(address: str, browser: Browser) -> None:
    opened(browser, address, words="")

    assert browser.value("words.value") == "Notes on engines https://ada.pub/"


def test_it_copies_the_words_as_they_stand_there(address: str, browser: Browser) -> None:
    opened(browser, address)
    permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"]
    browser.call("Browser.grantPermissions", permissions=permissions)
    browser.call("Page.bringToFront")
    browser.value("words.value += ' and mine'")

    click(browser, "copy")

    browser.until("document.querySelector('output').innerText === 'Copied.'")
    browser.value("navigator.clipboard.readText().then(text => { window.copied = text; })")
    browser.until("window.copied")
    assert browser.value("copied") == f"{WORDS} and mine"


def test_it_hands_the_words_to_an_app_where_the_device_can(address: str, browser: Browser) -> None:
    opened(browser, address, APP)
    assert browser.value("pass.checkVisibility()") is True

    click(browser, "pass")

    browser.until("window.passed")
    assert browser.value("passed") == WORDS


def test_what_a_browser_cannot_do_is_not_offered(address: str, browser: Browser) -> None:
    opened(browser, address, NO_WAYS)

    assert browser.value("[copy, pass].map(button => button.checkVisibility())") == [False, False]


def test_without_script_it_is_a_text(address: str, browser: Browser) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.show(f"{address}/share/?text=Words", "Paste the address")

    assert browser.value(READY) is False
    assert browser.value("document.querySelectorAll('main :is(input, button)').length") == 4


def test_it_keeps_nothing(address: str, browser: Browser) -> None:
    opened(browser, address, WATCHED)
    send(browser, "social.example")

    assert browser.value("localStorage.length + sessionStorage.length + document.cookie.length") == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_stands_out_of_the_page(address: str, browser: Browser, width: int) -> None:
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
    opened(browser, address, APP)

    assert browser.value("document.documentElement.scrollWidth") <= width
    heights = "[...document.querySelectorAll('form :is(button, input)')].map(it => it.offsetHeight)"
    assert min(browser.value(heights)) >= 24  # WCAG 2.2, 2.5.8
