"""The live preview in a real browser: an open page follows the saves, and a fault shows and goes."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from browser import SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from blog import Blog
    from browser import Browser

COMMAND = """\
import sys
from pathlib import Path
from byline.commands.serve import run
sys.exit(run(Path(sys.argv[1]), port=int(sys.argv[2]), open_browser=False, published=False))
"""
LONG = "\n\n".join(f"## Heading {number} {{#h{number}}}\n\nWords.\n" for number in range(200))
PANEL = "document.querySelector('byline-overlay')?.shadowRoot?.querySelector('details')"


@pytest.fixture
def address(blog: Blog, environment: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """Give the address of a running preview of the small blog."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said = tmp_path / "said"
    with said.open("wb") as output:
        preview = subprocess.Popen(
            [sys.executable, "-c", COMMAND, str(blog.root), str(port)], env=environment, stdout=output, stderr=output
        )
    end = time.monotonic() + SECONDS
    while "The preview is at " not in said.read_text("utf-8"):
        assert time.monotonic() < end, said.read_text("utf-8")
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    preview.send_signal(signal.SIGINT)
    assert preview.wait(SECONDS) == 0


def test_the_open_page_shows_a_save_where_the_writer_was_reading(blog: Blog, address: str, browser: Browser) -> None:
    blog.post("first", f"First words.\n\n{LONG}")
    browser.show(f"{address}/first.html?a=1#h150", "First words.")
    browser.value("scrollTo({top: 1234, behavior: 'instant'})")
    browser.until("scrollY === 1234")

    blog.post("first", f"Other words.\n\n{LONG}")
    browser.until_shown("Other words.")

    browser.until("scrollY === 1234")
    assert browser.value("location.search + location.hash") == "?a=1#h150"


def test_a_fault_lies_over_the_page_until_it_is_closed_or_mended(blog: Blog, address: str, browser: Browser) -> None:
    browser.show(f"{address}/second.html", "Words.")
    assert browser.value(PANEL) is None

    blog.post("second", "Other words.", Date="soon")
    browser.until(f"{PANEL}?.open")

    assert browser.value(f"{PANEL}.querySelector('.place').innerText") == "content/posts/second.md:2"
    assert browser.value(f"{PANEL}.checkVisibility()") is True
    assert "Words." in browser.value("document.body.innerText")

    browser.press("Escape")
    browser.until(f"!{PANEL}.open")
    browser.value("window.old = true")
    blog.post("second", "Still other words.", Date="soon")
    browser.until("!window.old && document.readyState === 'complete'")
    assert browser.value(f"{PANEL}.open") is False

    blog.post("second", "Mended words.")
    browser.until_shown("Mended words.")
    assert browser.value(PANEL) is None


def test_the_panel_opens_and_closes_from_the_keyboard(blog: Blog, address: str, browser: Browser) -> None:
    blog.write(
        "content/posts/lonely.html", "<html><head><title>Lonely</title><meta name=date content=soon></head></html>"
    )
    browser.show(f"{address}/no-links.html", "There is no such page")
    browser.until(f"{PANEL}?.open")

    browser.press("Tab")

    focused = "document.activeElement.shadowRoot.activeElement"
    assert browser.value(f"{focused}.tagName") == "SUMMARY"
    assert browser.value(f"{focused}.innerText").split() == ["1", "error", "Close", "Esc"]


def test_the_styles_of_a_page_do_not_reach_the_panel(blog: Blog, address: str, browser: Browser) -> None:
    blog.post("second", "<style>byline-overlay, details, * { display: none !important; color: red }</style>")
    blog.post("first", "![A harbour](gone.jpg)")
    browser.call("Page.navigate", url=f"{address}/second.html")

    browser.until(f"{PANEL} && getComputedStyle({PANEL}.querySelector('.warning')).color !== 'rgb(255, 0, 0)'")


def test_a_page_follows_when_the_engine_starts_again(blog: Blog, address: str, browser: Browser) -> None:
    blog.write("plugins/byline/engine.py", "")
    browser.show(f"{address}/second.html", "Words.")
    state = "document.querySelector('script[data-state]').dataset.state.split('-')[0]"
    boot = browser.value(state)

    blog.write("plugins/byline/engine.py", "changed = True\n")

    browser.until(f"{state} !== {json.dumps(boot)}")
