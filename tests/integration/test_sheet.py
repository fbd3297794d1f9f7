"""`share --sheet` as a writer knows it: started, opened by its address, told what was done, ended."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest
from byline.commands import share
from fake_mastodon import TOKEN, FakeMastodon
from live_blog import LiveBlog
from static_server import serving
from visitor import SECONDS, Visitor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from browser import Browser

COMMAND = """\
import sys
from pathlib import Path
from byline.commands.share import Wishes, run
sys.exit(run(Path(sys.argv[1]), Wishes(sheet=True, network=sys.argv[2])))
"""
WATCHED = """\
window.violations = [];
document.addEventListener("securitypolicyviolation", event => { violations.push(event.violatedDirective); });
"""
NAME = 'Looms & <script>"looms"</script>'


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveBlog]:
    """Give a blog that is live, with a post of an hour ago, and two accounts without tokens."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    site = tmp_path / "www"
    site.mkdir()
    with serving(site) as address:
        target = {"live": {"to": str(site), "verify": address, "deadline": 5}}
        networks = {"linkedin": "", "x": "@me"}
        blog = LiveBlog(tmp_path / "blog").begin(target, f"BYLINE_NETWORKS = {networks!r}\n")
        blog.write(".gitignore", ".byline/\n")
        an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
        blog.post(
            "looms", "Cards.", Title=NAME, Slug="looms", Date=f"{an_hour_ago:%Y-%m-%d %H:%M}", Summary="On looms."
        )
        assert blog.publish(share=False) == 0, blog.told
        yield blog


@dataclass
class Sheet:
    """A running `share --sheet`: its process, what it said, and the browser that opened it."""

    process: subprocess.Popen[bytes]
    output: Path

    @property
    def said(self) -> str:
        """What is on its console."""
        return self.output.read_text("utf-8")

    @property
    def visitor(self) -> Visitor:
        """Whoever follows the address that it says."""
        found = re.search(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{43}", self.said)
        assert found, self.said
        return Visitor(found[0])

    def opened(self) -> Visitor:
        """Return who has opened it."""
        visitor = self.visitor
        assert visitor.open()[0] == 303
        return visitor

    def interrupt(self) -> int:
        """Press Ctrl-C; return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(SECONDS)


@pytest.fixture
def start(blog: LiveBlog, environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., Sheet]]:
    """Give what starts the command, and end all that were started."""
    started: list[Sheet] = []

    def run(network: str = "") -> Sheet:
        output = tmp_path / f"said-{len(started)}"
        with output.open("wb") as said:
            command = [sys.executable, "-c", COMMAND, str(blog.root), network]
            process = subprocess.Popen(command, env={**environment, "CI": ""}, stdout=said, stderr=said)
        sheet = Sheet(process, output)
        started.append(sheet)
        end = time.monotonic() + SECONDS
        while "Ctrl-C ends it" not in sheet.said and process.poll() is None:
            assert time.monotonic() < end, sheet.said
            time.sleep(0.01)
        return sheet

    yield run
    for sheet in started:
        sheet.process.kill()
        sheet.process.wait(SECONDS)


def copies(blog: LiveBlog) -> dict[str, dict[str, str]]:
    """Return the copies of that post as they are written down, by account."""
    for file in (blog.root / "content/copies").glob("*.json"):
        written = json.loads(file.read_bytes())
        if written.get("url") == "https://ada.pub/looms/":
            found: dict[str, dict[str, str]] = written["copies"]
            return found
    return {}


def form(page: str, network: str, said: str, address: str = "") -> dict[str, str]:
    """Return the fields of the form at a network, as a browser sends them when this button is pressed."""
    (found,) = (each for each in re.findall("<form.*?</form>", page, re.DOTALL) if f'value="{network}"' in each)
    assert f'name="said" value="{said}"' in found
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', found)
    return {name: unescape(value) for name, value in hidden} | {"address": address, "said": said}


def everything(blog: LiveBlog) -> bytes:
    """Return all that is written below the blog's root."""
    return b"".join(file.read_bytes() for file in blog.root.rglob("*") if file.is_file())


def test_what_is_done_is_written_down_and_the_next_publish_says_so(
    blog: LiveBlog, start: Callable[..., Sheet], tmp_path: Path
) -> None:
    sheet = start()
    visitor = sheet.opened()
    page = visitor.ask("GET", "/")[1]
    assert "<h1>2 things left for your hand</h1>" in page
    assert "Looms &amp; &lt;script&gt;&#34;looms&#34;&lt;/script&gt;" in page
    assert NAME not in page
    assert "https://ada.pub/looms/</textarea>" in page

    assert visitor.send(form(page, "x", "done", " https://social.example/1 "))[0] == 303
    copy = copies(blog)["x:@me"]
    assert (copy["state"], copy["how"], copy["url"]) == ("confirmed", "manual", "https://social.example/1")
    page = visitor.ask("GET", "/")[1]
    assert "<h1>1 thing left for your hand</h1>" in page
    assert "is there at https://social.example/1 (x).</p>" in page

    status, last = visitor.send(form(page, "linkedin", "done"))
    assert (status, "<h1>Nothing is left for your hand</h1>" in last) == (200, True)
    assert sheet.process.wait(SECONDS) == 0
    assert ("url" in copies(blog)["linkedin:linkedin"], copies(blog)["linkedin:linkedin"]["state"]) == (
        False,
        "confirmed",
    )

    assert blog.publish(yes=True) == 0, blog.told
    live = (tmp_path / "www/looms/index.html").read_text("utf-8")
    assert '<a class="u-syndication" rel="syndication" href="https://social.example/1">X</a>' in live
    assert live.count("u-syndication") == 1
    assert "By hand" not in blog.said


def test_where_nothing_is_left_it_says_so_and_ends(blog: LiveBlog, start: Callable[..., Sheet]) -> None:
    visitor = start("x").opened()
    visitor.send(form(visitor.ask("GET", "/")[1], "x", "never"))

    again = start("x")

    assert again.process.wait(SECONDS) == 0
    assert again.said == "Nothing is left for your hand.\n"
    assert copies(blog)["x:@me"]["state"] == "skipped"
    assert "linkedin:linkedin" not in copies(blog)


def test_what_is_no_address_is_said_at_its_row_and_nothing_is_written(
    blog: LiveBlog, start: Callable[..., Sheet]
) -> None:
    visitor = start().opened()
    before = copies(blog)

    status, page = visitor.send(form(visitor.ask("GET", "/")[1], "x", "done", "social.example/1"))

    assert status == 422
    assert "&#39;social.example/1&#39; is no address." in page
    assert 'name="address" value="social.example/1"' in page
    assert copies(blog) == before == {"linkedin:linkedin": {"state": "manual"}, "x:@me": {"state": "manual"}}
    assert visitor.send(form(page, "x", "done", "https://social.example/1"))[0] == 303


def test_old_posts_count_as_told_as_in_any_run(blog: LiveBlog, start: Callable[..., Sheet]) -> None:
    sheet = start("x")

    assert "x:@me is told of new posts from now on; 2 older posts count as told.\n" in sheet.said
    adopted = json.loads((blog.root / "content/copies/adopted.json").read_bytes())
    assert list(adopted["accounts"]) == ["x:@me"]


def test_what_is_no_row_or_no_answer_to_it_is_refused(blog: LiveBlog, start: Callable[..., Sheet]) -> None:
    visitor = start().opened()
    before = everything(blog)
    right = form(visitor.ask("GET", "/")[1], "x", "done", "https://social.example/1")

    for wrong in ({"post": "other"}, {"network": "mastodon"}, {"said": "again"}, {"said": "maybe"}, {"more": "1"}):
        assert visitor.send({**right, **wrong})[0] == 400, wrong
    assert visitor.send({key: value for key, value in right.items() if key != "said"})[0] == 400
    assert everything(blog) == before


def test_a_button_pressed_twice_says_a_thing_once(blog: LiveBlog, start: Callable[..., Sheet]) -> None:
    visitor = start().opened()
    fields = form(visitor.ask("GET", "/")[1], "x", "done", "https://social.example/1")

    assert [visitor.send(fields)[0], visitor.send({**fields, "address": "https://social.example/2"})[0]] == [303, 303]
    assert copies(blog)["x:@me"]["url"] == "https://social.example/1"


def test_who_was_not_let_in_changes_nothing_and_neither_does_looking(
    blog: LiveBlog, start: Callable[..., Sheet]
) -> None:
    visitor = start().opened()
    before = everything(blog)
    fields = form(visitor.ask("GET", "/")[1], "x", "done", "https://social.example/1")
    query = "&".join(f"{name}={value}" for name, value in fields.items())

    assert Visitor(visitor.address).send(fields)[0] == 403
    assert Visitor(visitor.address).open()[0] == 403
    assert visitor.send(fields, Origin="https://evil.example")[0] == 403
    assert visitor.send(fields, Origin="")[0] == 403
    assert visitor.send(fields, Host="evil.example")[0] == 421
    assert visitor.ask("GET", f"/?{query}")[0] == 404
    assert visitor.ask("GET", "/")[0] == 200
    assert everything(blog) == before


def test_ctrl_c_ends_it_with_what_was_said_written_down(blog: LiveBlog, start: Callable[..., Sheet]) -> None:
    sheet = start()
    visitor = sheet.opened()
    visitor.send(form(visitor.ask("GET", "/")[1], "x", "done", "https://social.example/1"))

    assert sheet.interrupt() == 0
    assert copies(blog)["x:@me"]["url"] == "https://social.example/1"
    assert sheet.said.splitlines()[-3:] == [
        f"Written down: {NAME} is there at https://social.example/1 (x).",
        "The sheet has ended with 1 thing left: ./byline share --sheet goes on.",
        "The next ./byline publish says on your pages where the copies are.",
    ]
    assert "Traceback" not in sheet.said


def test_nobody_else_shares_while_it_is_open(blog: LiveBlog, start: Callable[..., Sheet]) -> None:
    sheet = start()

    assert blog.heard(lambda: share.run(blog.root, share.Wishes(yes=True))) == 75
    assert "Another run of Byline is at work" in blog.told
    sheet.interrupt()
    assert blog.heard(lambda: share.run(blog.root, share.Wishes(yes=True))) == 0


def test_the_tokens_of_the_page_are_kept_nowhere(blog: LiveBlog, start: Callable[..., Sheet]) -> None:
    sheet = start("x")
    visitor = sheet.opened()
    visitor.send(form(visitor.ask("GET", "/")[1], "x", "done"))
    sheet.process.wait(SECONDS)

    token, session = visitor.address.partition("token=")[2], visitor.cookie.partition("=")[2]
    assert sheet.said.count(token) == 1
    assert session not in sheet.said
    assert token.encode() not in everything(blog)
    assert session.encode() not in everything(blog)


def test_what_was_said_is_committed_where_the_settings_say_so(blog: LiveBlog, start: Callable[..., Sheet]) -> None:
    def git(*arguments: str) -> str:
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@me.example", *arguments]
        return subprocess.run(command, cwd=blog.root, check=True, capture_output=True, text=True).stdout

    settings = (blog.root / "publishconf.py").read_text("utf-8")
    blog.write("publishconf.py", f'{settings}BYLINE_PUBLISH = {{"commit": True}}\n')
    git("init", "--quiet")
    git("config", "user.name", "A")
    git("config", "user.email", "a@me.example")
    git("add", ".")
    git("commit", "--quiet", "-m", "all")

    sheet = start("x")
    visitor = sheet.opened()
    visitor.send(form(visitor.ask("GET", "/")[1], "x", "done"))

    assert sheet.process.wait(SECONDS) == 0, sheet.said
    assert git("status", "--porcelain") == ""
    assert len(git("show", "--name-only", "--format=", "HEAD").split()) == 2


def test_a_try_of_which_nobody_knows_is_asked_about_and_sent_again(
    blog: LiveBlog, start: Callable[..., Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BYLINE_TOKEN_MASTODON", TOKEN)
    with FakeMastodon() as server:
        settings = (blog.root / "publishconf.py").read_text("utf-8")
        networks = {"mastodon": {"account": "@me@social.example", "server": server.url}}
        blog.write("publishconf.py", f"{settings}BYLINE_NETWORKS = {networks!r}\n")
        server.fail("POST /api/v1/statuses", lost=True)
        assert blog.heard(lambda: share.run(blog.root, share.Wishes(yes=True))) == 0
        (file,) = (file for file in (blog.root / "content/copies").iterdir() if b"ada.pub/looms/" in file.read_bytes())
        long_ago = f'"last": "{datetime.now(UTC) - timedelta(hours=1):%Y-%m-%dT%H:%M:%S+00:00}"'
        file.write_text(re.sub(r'"last": "[^"]*"', long_ago, file.read_text("utf-8")), "utf-8")
    monkeypatch.delenv("BYLINE_TOKEN_MASTODON")

    sheet = start()
    visitor = sheet.opened()
    page = visitor.ask("GET", "/")[1]
    assert "It may be there, and there is no token to look it up with." in page

    assert visitor.send(form(page, "mastodon", "again"))[0] == 303
    page = visitor.ask("GET", "/")[1]
    assert f'href="{server.url}/share?text=Looms%20' in page  # without a token it is the person's to send
    assert visitor.send(form(page, "mastodon", "done", "https://social.example/@me/1"))[0] == 200
    assert sheet.process.wait(SECONDS) == 0
    copy = copies(blog)["mastodon:@me@social.example"]
    assert (copy["state"], copy["url"]) == ("confirmed", "https://social.example/@me/1")


def test_on_a_terminal_the_browser_is_opened_at_the_address(
    blog: LiveBlog, environment: dict[str, str], tmp_path: Path
) -> None:
    program, seen = tmp_path / "browser", tmp_path / "seen"
    program.write_text(f'#!/bin/sh\necho "$1" > {seen}.new && mv {seen}.new {seen}\n', "utf-8")
    program.chmod(0o700)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(blog.root), ""],
        env={**environment, "CI": "", "BROWSER": f"{program} %s"},
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    end = time.monotonic() + SECONDS
    while not seen.exists():
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.01)

    assert Visitor(seen.read_text("utf-8").strip()).open()[0] == 303
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=SECONDS)
    assert seen.read_bytes().strip() in said
    assert process.returncode == 0
    os.close(theirs)
    os.close(ours)


def test_in_a_browser_the_words_are_copied_and_the_buttons_do_what_they_say(
    blog: LiveBlog, start: Callable[..., Sheet], browser: Browser
) -> None:
    sheet = start()
    browser.call("Page.enable")
    browser.call("Page.addScriptToEvaluateOnNewDocument", source=WATCHED)
    browser.show(sheet.visitor.address, "2 things left")
    assert browser.value("location.pathname + location.search") == "/"
    assert browser.value("document.cookie") == ""
    permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"]
    browser.call("Browser.grantPermissions", permissions=permissions)
    browser.call("Page.bringToFront")
    words = browser.value("document.querySelector('textarea').value")
    assert words.startswith(NAME)

    click(browser, "button[data-words]")
    assert browser.value("document.querySelector('button[data-words]').innerText") == "Copied"
    browser.value("navigator.clipboard.readText().then(text => { window.copied = text; })")
    browser.until("window.copied")
    assert browser.value("copied") == words

    browser.value("document.querySelector('[name=address]').value = 'social'")
    click(browser, "button[value=done]")
    browser.until_shown("'social' is no address.")
    browser.until("document.activeElement.value === 'social'")

    browser.value("document.activeElement.value = 'https://social.example/1'")
    click(browser, "button[value=done]")
    browser.until_shown("1 thing left")
    assert copies(blog)["linkedin:linkedin"]["url"] == "https://social.example/1"

    click(browser, "button[value=never]")
    browser.until_shown("Nothing is left")
    assert browser.value("violations") == []
    assert sheet.process.wait(SECONDS) == 0
    assert copies(blog)["x:@me"]["state"] == "skipped"


def test_in_a_browser_it_is_whole_without_script_and_as_narrow_as_a_phone(
    start: Callable[..., Sheet], browser: Browser
) -> None:
    sheet = start()
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.call("Emulation.setDeviceMetricsOverride", width=320, height=800, deviceScaleFactor=1, mobile=False)
    browser.show(sheet.visitor.address, "2 things left")

    assert browser.value("document.documentElement.scrollWidth") <= 320
    shown = (
        "[...document.querySelectorAll('button, .open, input:not([type=hidden])')].filter(it => it.checkVisibility())"
    )
    assert browser.value(f"{shown}.length") == 8
    assert browser.value(f"Math.min(...{shown}.map(it => it.offsetHeight))") >= 24  # WCAG 2.2, 2.5.8
    assert browser.value(
        "[...document.querySelectorAll('textarea, input[name=address]')].every(it => it.labels.length)"
    )

    click(browser, "button[value=never]")
    browser.until_shown("1 thing left")
    assert "is let be" in browser.value("document.querySelector('[role=status]').innerText")


def click(browser: Browser, element: str) -> None:
    """Click on the first element that a selector finds, as a person does, which is what lets a page copy."""
    browser.call("Runtime.evaluate", expression=f'document.querySelector("{element}").click()', userGesture=True)
