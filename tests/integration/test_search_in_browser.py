"""The search page in a real browser, served by a real nginx with the site's own policy in force."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import nginx
import pytest
from browser import Browser
from live_blog import LiveBlog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Tool

WANTED = """
BYLINE_THEME = {"search": True}
DIRECT_TEMPLATES = [*DIRECT_TEMPLATES, "search"]
SEARCH_URL, SEARCH_SAVE_AS = "search/", "search/index.html"
ARTICLE_LANG_URL, ARTICLE_LANG_SAVE_AS = "{lang}/{slug}/", "{lang}/{slug}/index.html"
"""
WATCHED = """\
window.refused = [];
addEventListener("securitypolicyviolation", event => refused.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
READY = "document.querySelector('#search')?.checkVisibility()"
SAID = "document.querySelector('#search output').value"
FOUND = "[...document.querySelectorAll('#found a')].map(link => [link.innerText, new URL(link.href).pathname])"


@pytest.fixture(scope="module", params=["", "/blog"], ids=["at the root", "below a path"])
def address(request: pytest.FixtureRequest, tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a site with a search."""
    folder = tmp_path_factory.mktemp("site")
    blog = LiveBlog(folder / "blog").begin({}, f"SITEURL = 'https://ada.pub{request.param}'{WANTED}")
    blog.post("pictures", "Words with `<img src=x onerror=alert(1)>` & C++ in them.", Summary="On pictures.")
    blog.post("hafen", "Die Boote kehrten am Morgen zurück.", Lang="de", Summary="Vom Hafen.", Slug="hafen")
    blog.post("minato", "東京の港で朝の漁船を見た。", Lang="ja", Title="冬の灯台", Summary="港の朝。", Slug="minato")
    blog.post("secret", "A hidden zeppelin.", Status="hidden", Summary="Hidden.")
    blog.post("draft", "A drafted zeppelin.", Status="draft", Summary="Not yet.")
    blog.write("content/pages/about.md", "Title: About me\n\nI keep a lighthouse.\n")
    for number in range(25):
        blog.post(f"many-{number}", f"The quokka, number {number}.", Summary=f"Number {number}.")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_COLOR", "1")
        blog.check()
    live = blog.root / ".byline" / "live"
    assert (live / "site/pagefind/pagefind.js").is_file(), blog.told
    root = live / "site"
    if request.param:
        root = folder / "www"
        root.mkdir()
        (root / "blog").symlink_to(live / "site")
    with nginx.served(tool("nginx"), folder / "nginx", root, (live / "nginx.conf").read_bytes()) as served:
        yield f"{served}{request.param}"


@pytest.fixture(scope="module")
def shared_browser(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Give one Chromium for all of these tests, with what is refused noted in every page."""
    browser = Browser(tool("chromium"), tmp_path_factory.mktemp("profile"))
    browser.call("Page.enable")
    browser.call("Page.addScriptToEvaluateOnNewDocument", source=WATCHED)
    yield browser
    browser.end()


@pytest.fixture
def opened(shared_browser: Browser, address: str) -> Browser:
    """Open the page."""
    shared_browser.call("Page.navigate", url="about:blank")
    shared_browser.call("Page.navigate", url=f"{address}/search/")
    shared_browser.until(f"document.readyState === 'complete' && {READY}")
    return shared_browser


def typed(browser: Browser, query: str) -> list[list[str]]:
    """Type words as a reader does; return the titles and addresses that are found."""
    browser.value("words.focus(); words.select()")
    browser.call("Input.insertText", text=query)
    asked = f"new URLSearchParams(location.search).get('q') === {json.dumps(query)}"
    browser.until(f"{asked} && {SAID} && {SAID} !== search.dataset.looking")
    return list(browser.value(FOUND))


def base(address: str) -> str:
    return "/blog" if address.endswith("/blog") else ""


def test_a_word_finds_the_post_that_has_it(opened: Browser, address: str) -> None:
    assert typed(opened, "cards") == [["Looms", f"{base(address)}/looms/"]]
    assert opened.value(SAID) == "Found: 1"
    assert opened.value("document.querySelector('#found mark').innerText").startswith("Cards")


def test_nothing_is_refused_by_the_policy_and_nobody_else_is_asked(opened: Browser, address: str) -> None:
    typed(opened, "cards")

    assert opened.value("refused") == []
    asked = opened.value("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert any("/pagefind/" in one for one in asked)
    assert all(one.startswith(address) for one in asked)


def test_only_the_page_that_searches_may_use_web_assembly(opened: Browser, address: str) -> None:
    empty = "WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))"
    tried = f"{empty}.then(() => {{ window.tried = 'done' }}, () => {{ window.tried = 'refused' }})"
    opened.value(tried)
    opened.until("window.tried")
    assert opened.value("tried") == "done"

    opened.show(f"{address}/looms/", "Cards.")
    opened.value(tried)
    opened.until("window.tried")
    assert opened.value("tried") == "refused"


def test_other_forms_of_a_word_and_its_beginning_are_found(opened: Browser) -> None:
    assert ["Engines"] in [found[:1] for found in typed(opened, "engine")]
    assert [found[0] for found in typed(opened, "lightho")] == ["About me"]


def test_a_title_is_found(opened: Browser) -> None:
    assert typed(opened, "looms")[0][0] == "Looms"


def test_posts_in_every_language_are_found(opened: Browser, address: str) -> None:
    root = base(address)
    assert typed(opened, "Boot") == [["Hafen", f"{root}/de/hafen/"]]
    assert opened.value("document.querySelector('#found article').lang") == "de"
    assert typed(opened, "漁船") == [["冬の灯台", f"{root}/ja/minato/"]]
    assert typed(opened, "東京の漁船") == [["冬の灯台", f"{root}/ja/minato/"]]
    assert opened.value("document.documentElement.lang") == "en-gb"


def test_what_is_hidden_or_a_draft_is_not_found(opened: Browser) -> None:
    assert typed(opened, "zeppelin") == []
    assert opened.value(SAID).startswith("Nothing was found.")


def test_what_a_page_says_around_its_text_is_not_found(opened: Browser) -> None:
    assert typed(opened, "subscribe") == []


def test_code_in_a_text_is_text_in_a_result(opened: Browser) -> None:
    assert [found[0] for found in typed(opened, "onerror")] == ["Pictures"]

    assert "<img src=x onerror=alert(1)> & C++" in opened.value("document.querySelector('#found p').innerText")
    assert opened.value("document.querySelectorAll('#found img').length") == 0


def test_ten_are_shown_and_more_when_asked_for(opened: Browser) -> None:
    assert len(typed(opened, "quokka")) == 10
    assert opened.value(SAID) == "Found: 25"
    for number in (20, 25):
        opened.value("more.click()")
        opened.until(f"{FOUND}.length === {number}")
    assert opened.value("more.hidden") is True
    assert len({address for _title, address in opened.value(FOUND)}) == 25


def test_a_search_has_an_address(opened: Browser, address: str) -> None:
    typed(opened, "Die Boote?")
    assert opened.value("location.search") == "?q=Die%20Boote%3F"

    opened.call("Page.navigate", url="about:blank")
    opened.call("Page.navigate", url=f"{address}/search/?q={quote('漁船')}")
    opened.until(f"{SAID} === 'Found: 1'")
    assert opened.value("words.value") == "漁船"
    assert opened.value(FOUND)[0][0] == "冬の灯台"


def test_the_address_is_text_whatever_it_holds(opened: Browser, address: str) -> None:
    hostile = '"><img src=x onerror="document.title = \'no\'">'
    opened.call("Page.navigate", url=f"{address}/search/?q={quote(hostile, safe='')}")
    opened.until(f"document.readyState === 'complete' && {READY}")

    assert opened.value("words.value") == hostile
    assert opened.value("document.images.length") == 0


def test_the_last_question_is_answered_however_fast_it_is_typed(opened: Browser) -> None:
    opened.value("words.value = 'quokka'; search.requestSubmit(); words.value = 'cards'; search.requestSubmit()")
    opened.until(f"{SAID} === 'Found: 1'")
    assert [found[0] for found in opened.value(FOUND)] == ["Looms"]

    opened.value("words.value = ''; words.dispatchEvent(new Event('input'))")
    opened.until(f"{FOUND}.length === 0 && !{SAID} && !location.search")


def test_what_is_found_is_told_to_those_who_hear_the_page(opened: Browser) -> None:
    typed(opened, "cards")
    tree = opened.call("Accessibility.getFullAXTree")["nodes"]
    roles = {node.get("role", {}).get("value"): node.get("name", {}).get("value") for node in tree}

    assert roles["searchbox"] == "What are you looking for?"
    assert "status" in roles
    assert "search" in roles


def test_the_keyboard_is_enough(opened: Browser) -> None:
    opened.value("words.focus()")
    opened.call("Input.insertText", text="cards")
    opened.call(
        "Input.dispatchKeyEvent", type="keyDown", key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r"
    )
    opened.until(f"{SAID} === 'Found: 1'")
    for _ in range(2):
        opened.press("Tab")
    assert opened.value("document.activeElement.innerText") == "Looms"


def test_an_index_that_does_not_come_is_told_and_asked_again(opened: Browser) -> None:
    opened.value("window.real = fetch; window.fetch = () => Promise.reject(new TypeError('offline'))")
    opened.value("words.value = 'cards'; search.requestSubmit()")
    opened.until(f"{SAID} === search.dataset.failed")

    opened.value("window.fetch = real; search.requestSubmit()")
    opened.until(f"{SAID} === 'Found: 1'")


def test_without_script_it_leads_to_the_archive(shared_browser: Browser, address: str) -> None:
    shared_browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        shared_browser.show(f"{address}/search/", "Look around")
        assert shared_browser.value(READY) is False
        links = shared_browser.value("[...document.querySelectorAll('main a')].map(link => link.pathname)")
        assert f"{base(address)}/archives/" in links
        assert f"{base(address)}/tag/looms/" in links
    finally:
        shared_browser.call("Emulation.setScriptExecutionDisabled", value=False)


def test_other_pages_have_no_script_and_lead_to_it(shared_browser: Browser, address: str) -> None:
    for path in ("", "looms/", "archives/", "about/"):
        shared_browser.show(f"{address}/{path}", "Search")
        scripts = "[...document.scripts].filter(script => script.type !== 'application/ld+json').length"
        assert shared_browser.value(scripts) == 0
        links = "[...document.querySelectorAll('footer a')].map(link => link.pathname)"
        assert f"{base(address)}/search/" in shared_browser.value(links)


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_stands_out_of_the_page(opened: Browser, width: int) -> None:
    opened.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
    typed(opened, "quokka")

    assert opened.value("document.documentElement.scrollWidth") <= width
    heights = "[...document.querySelectorAll('main :is(button, input)')].map(it => it.offsetHeight)"
    assert min(opened.value(heights)) >= 24  # WCAG 2.2, 2.5.8
    opened.call("Emulation.clearDeviceMetricsOverride")
