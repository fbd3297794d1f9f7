"""The live preview, started as a writer starts it and asked as a browser asks.

More than 250 lines, because it is HTTP, the watching of saves and the console at once: each promise has its own save.
"""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from byline.site.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from blog import Blog

SECONDS = 20.0
"""The bound of every wait here."""
COMMAND = """\
import sys
from pathlib import Path
from byline.commands.serve import run
root, port, *flags = sys.argv[1:]
sys.exit(run(Path(root), port=int(port), open_browser="--open" in flags, published="--published" in flags))
"""
SLOW = """\
from pathlib import Path
from time import sleep
from pelican import signals

def slow(generator):
    mark = Path(generator.path).parent / "listings"
    mark.write_text((mark.read_text() if mark.exists() else "") + "x")
    sleep(0.5)

def register():
    signals.article_generator_finalized.connect(slow)
"""
NAMING = """\
from pelican import signals

def name(it):
    it.settings["SITENAME"] = {!r}

def register():
    signals.initialized.connect(name, weak=False)
"""
BROKEN = '{% extends "!theme/article.html" %}{% block content %}\n{{ nothing.at.all }}{% endblock %}'


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass
class Preview:
    """A running `serve`: its process, what it said, and its answers."""

    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def said(self) -> str:
        """What is on its standard output, then its standard error."""
        return (self.folder / "said").read_text("utf-8") + (self.folder / "told").read_text("utf-8")

    @property
    def address(self) -> str:
        """Where it is, as it says."""
        return self.said.split("The preview is at ")[1].split()[0]

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection that waits for an answer no longer than the bound."""
        return http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=SECONDS)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path."""
        connection = self.connect()
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        connection.close()
        return answer

    def states(self) -> Iterator[str]:
        """Yield the site's state, now and after each refresh."""
        connection = self.connect()
        connection.request("GET", "/.byline/events")
        response = connection.getresponse()
        while line := response.readline().decode():
            if line.startswith("data: "):
                yield line.removeprefix("data: ").strip()

    def end(self) -> int:
        """Press Ctrl-C; return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(SECONDS)


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.01)


@pytest.fixture
def serve(blog: Blog, environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., Preview]]:
    """Give what starts a preview of the small blog on a free port, and end them all."""
    started: list[Preview] = []

    def start(*flags: str, port: int = 0, **variables: str) -> Preview:
        folder = tmp_path / f"preview-{len(started)}"
        folder.mkdir()
        with (folder / "said").open("wb") as said, (folder / "told").open("wb") as told:
            command = [sys.executable, "-c", COMMAND, str(blog.root), str(port), *flags]
            process = subprocess.Popen(command, env={**environment, **variables}, stdout=said, stderr=told)
        preview = Preview(process, folder)
        started.append(preview)
        until(lambda: "The preview is at " in preview.said or process.poll() is not None)
        return preview

    yield start
    for preview in started:
        preview.process.kill()
        preview.process.wait(SECONDS)


def test_a_page_is_answered_to_get_and_to_head_and_is_kept_by_nobody(serve: Callable[..., Preview]) -> None:
    preview = serve()

    got, headed = preview.get("/first.html"), preview.get("/first.html", "HEAD")

    assert got.status == headed.status == 200
    assert "See " in got.text
    assert got.headers["Content-Type"] == "text/html; charset=utf-8"
    assert got.headers["Cache-Control"] == headed.headers["Cache-Control"] == "no-store"
    assert headed.body == b""
    assert headed.headers["Content-Length"] == got.headers["Content-Length"] == str(len(got.body))


def test_every_kind_of_file_has_its_media_type(blog: Blog, serve: Callable[..., Preview]) -> None:
    blog.settings('STATIC_PATHS = ["images"]\nFEED_ALL_RSS = "feeds/rss.xml"\n')
    for name in ("a.avif", "a.webp", "a.jpg", "a.svg", "a.js", "a.css", "a.woff2", "a.unknown"):
        blog.write(f"content/images/{name}", b"bytes")
    preview = serve()
    pictures = [f"/images/{path.name}" for path in (blog.root / "content" / "images").iterdir()]
    feeds = ["/feeds/all.atom.xml", "/feeds/rss.xml", "/feeds/feed.json"]

    found = {
        path: preview.get(path).headers["Content-Type"] for path in [*pictures, *feeds, "/sitemap.xml", "/robots.txt"]
    }

    assert found == {
        "/images/a.avif": "image/avif",
        "/images/a.webp": "image/webp",
        "/images/a.jpg": "image/jpeg",
        "/images/a.svg": "image/svg+xml; charset=utf-8",
        "/images/a.js": "text/javascript; charset=utf-8",
        "/images/a.css": "text/css; charset=utf-8",
        "/images/a.woff2": "font/woff2",
        "/images/a.unknown": "application/octet-stream",
        "/feeds/all.atom.xml": "application/atom+xml; charset=utf-8",
        "/feeds/rss.xml": "application/rss+xml; charset=utf-8",
        "/feeds/feed.json": "application/feed+json",
        "/sitemap.xml": "application/xml; charset=utf-8",
        "/robots.txt": "text/plain; charset=utf-8",
    }


def test_a_folder_without_its_slash_moves_and_keeps_the_query(blog: Blog, serve: Callable[..., Preview]) -> None:
    blog.settings('ARTICLE_URL = "{slug}/"\nARTICLE_SAVE_AS = "{slug}/index.html"\n')
    preview = serve()

    moved = preview.get("/first?a=1&b=%C3%A4")

    assert (moved.status, moved.headers["Location"]) == (301, "/first/?a=1&b=%C3%A4")
    assert preview.get("/first/").status == 200
    assert preview.get("/first/index.html").status == 200


def test_a_site_in_a_folder_is_served_in_that_folder(blog: Blog, serve: Callable[..., Preview]) -> None:
    blog.settings('SITEURL = "https://me.example/my%20blog"\n')
    preview = serve()

    assert urlsplit(preview.address).path == "/my%20blog/"
    for path in ("/", "/my%20blog"):
        moved = preview.get(path)
        assert (moved.status, moved.headers["Location"]) == (301, "/my%20blog/")
    assert preview.get("/my%20blog/").status == preview.get("/my%20blog/first.html").status == 200
    assert preview.get("/first.html").status == 404


def test_what_is_not_there_is_a_404_with_the_page_of_the_site(blog: Blog, serve: Callable[..., Preview]) -> None:
    preview = serve()
    plain = preview.get("/nothing.html")
    states = preview.states()
    next(states)

    blog.write("theme/404.html", "<html><body>Lost?</body></html>")
    blog.settings('THEME_TEMPLATES_OVERRIDES = ["theme"]\nTEMPLATE_PAGES = {}\nDIRECT_TEMPLATES = ["index", "404"]\n')
    until(lambda: "Lost?" in preview.get("/nothing.html").text)

    own = preview.get("/nothing.html")
    assert plain.status == own.status == 404
    assert "There is no such page" in plain.text
    assert own.headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_part_of_a_file_can_be_asked_for(blog: Blog, serve: Callable[..., Preview]) -> None:
    blog.settings('STATIC_PATHS = ["images"]\n')
    blog.write("content/images/film.mp4", bytes(range(100)))
    preview = serve()

    def part(asked: str, method: str = "GET", **more: str) -> tuple[int, str | None, bytes]:
        answer = preview.get("/images/film.mp4", method, Range=asked, **more)
        return answer.status, answer.headers["Content-Range"], answer.body

    assert part("bytes=0-1") == (206, "bytes 0-1/100", b"\0\1")
    assert part("bytes=98-") == (206, "bytes 98-99/100", b"bc")
    assert part("bytes=-2") == (206, "bytes 98-99/100", b"bc")
    assert part("bytes=100-") == (416, "bytes */100", b"")
    assert part("bytes=0-1,5-6") == (200, None, bytes(range(100)))
    assert part("bytes=0-1", "HEAD") == (200, None, b"")
    assert part("bytes=0-1", **{"If-Range": '"old"'}) == (200, None, bytes(range(100)))
    assert preview.get("/images/film.mp4").headers["Accept-Ranges"] == "bytes"


def test_a_path_may_be_in_any_script_encoded_or_raw(blog: Blog, serve: Callable[..., Preview]) -> None:
    blog.settings('STATIC_PATHS = ["images"]\n')
    blog.write("content/images/größe 50%.txt", "Words")
    preview = serve()

    assert preview.get("/images/gr%C3%B6%C3%9Fe%2050%25.txt").text == "Words"
    raw = socket.create_connection(("127.0.0.1", urlsplit(preview.address).port or 0), timeout=SECONDS)
    raw.sendall("GET /images/größe%2050%25.txt HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    assert raw.recv(100).startswith(b"HTTP/1.1 200 ")
    raw.close()
    assert preview.get("/images/%FF.txt").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../pelicanconf.py",
        "/%2e%2e/pelicanconf.py",
        "/theme/%2e%2e/%2e%2e/pelicanconf.py",
        "/..%2fpelicanconf.py",
        "/..%5cpelicanconf.py",
        "//etc/passwd",
        "/first.html%00",
        "/posts/first.md",
    ],
)
def test_nothing_but_the_outputs_is_ever_served(path: str, serve: Callable[..., Preview]) -> None:
    assert serve().get(path).status == 404


def test_only_this_machine_is_answered(serve: Callable[..., Preview]) -> None:
    preview = serve()
    port = urlsplit(preview.address).port

    for host in ("127.0.0.1", f"localhost:{port}", f"LOCALHOST:{port}", f"[::1]:{port}"):
        assert preview.get("/", Host=host).status == 200, host
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", "localhost.", ""):
        assert preview.get("/", Host=host).status == 421, host
        assert preview.get("/.byline/events", Host=host).status == 421, host


def test_an_idle_connection_holds_up_nobody(serve: Callable[..., Preview]) -> None:
    preview = serve()
    idle = [preview.connect() for _ in range(20)]
    for connection in idle:
        connection.connect()

    assert preview.get("/").status == 200

    for connection in idle:
        connection.close()


def test_a_save_tells_open_pages_within_a_second_and_the_page_is_new(blog: Blog, serve: Callable[..., Preview]) -> None:
    preview = serve()
    states = preview.states()
    first = next(states)
    assert f'data-state="{first}"' in preview.get("/first.html").text

    saved = time.monotonic()
    blog.post("first", "Edited words.")
    second = next(states)

    assert time.monotonic() - saved < 1
    page = preview.get("/first.html").text
    assert "Edited words." in page
    assert f'data-state="{second}"' in page
    assert first != second
    until(lambda: "content/posts/first.md changed: listed in " in preview.said)


def test_settings_pictures_theme_and_plugins_are_watched_too(blog: Blog, serve: Callable[..., Preview]) -> None:
    folders = 'STATIC_PATHS = ["images"]\nTHEME_TEMPLATES_OVERRIDES = ["theme"]\n'
    plugin = 'PLUGIN_PATHS = ["plugins"]\nPLUGINS = ["mine"]\n'
    blog.write("plugins/mine.py", NAMING.format("First name"))
    blog.settings(folders + plugin)
    preview = serve()
    states = preview.states()
    next(states)
    assert "First name" in preview.get("/").text

    blog.write("plugins/mine.py", NAMING.format("Second name"))
    next(states)
    assert "Second name" in preview.get("/").text

    blog.write("content/images/new.txt", "A picture")
    next(states)
    assert preview.get("/images/new.txt").status == 200

    blog.write("theme/author.html", "<p>Another look</p>")
    until(lambda: "Another look" in preview.get("/author/ada-example.html").text)

    blog.settings(folders + 'SITENAME = "Third name"\n')
    until(lambda: "Third name" in preview.get("/").text)


def test_editors_save_in_odd_ways_and_one_save_is_one_refresh(blog: Blog, serve: Callable[..., Preview]) -> None:
    preview = serve()
    states = preview.states()
    before = int(next(states).split("-")[1])
    post = blog.root / "content" / "posts" / "first.md"

    blog.write("content/posts/.first.md.swp", "swap")
    post.rename(f"{post}~")
    shutil.copy(f"{post}~", post)
    blog.write("content/posts/first.md.tmp", post.read_text("utf-8") + "\nEdited words.\n").replace(post)
    blog.write("content/posts/4913", "").unlink()

    assert int(next(states).split("-")[1]) == before + 1
    assert "Edited words." in preview.get("/first.html").text
    new = blog.write("new-settings", (blog.root / "pelicanconf.py").read_text("utf-8") + 'SITENAME = "Renamed over"\n')
    for _ in range(2):
        shutil.copy(new, blog.root / "other")
        (blog.root / "other").replace(blog.root / "pelicanconf.py")
        assert int(next(states).split("-")[1]) > before + 1
        assert "Renamed over" in preview.get("/").text


def test_a_save_during_a_refresh_is_not_lost(blog: Blog, serve: Callable[..., Preview]) -> None:
    blog.write("plugins/slow.py", SLOW)
    blog.settings('PLUGIN_PATHS = ["plugins"]\nPLUGINS = ["slow"]\n')
    listings = blog.root / "listings"
    preview = serve()
    assert listings.read_text("utf-8") == "x"

    blog.post("first", "Saved before.")
    until(lambda: listings.read_text("utf-8") == "xx")
    blog.post("second", "Saved meanwhile.")

    until(lambda: "Saved meanwhile." in preview.get("/second.html").text)
    assert listings.read_text("utf-8") == "xxx"


def test_a_save_during_the_first_listing_is_not_lost(blog: Blog, serve: Callable[..., Preview]) -> None:
    slow = SLOW.replace(
        "sleep(0.5)",
        "Path(generator.path, 'posts', 'second.md').write_text(NEW) if len(mark.read_text()) == 1 else None",
    )
    blog.write("plugins/slow.py", slow + "\nNEW = 'Title: Second\\nDate: 2020-01-02\\n\\nSaved meanwhile.\\n'\n")
    blog.settings('PLUGIN_PATHS = ["plugins"]\nPLUGINS = ["slow"]\n')

    preview = serve()

    until(lambda: "Saved meanwhile." in preview.get("/second.html").text)


def test_a_folder_that_is_removed_and_made_again_is_watched_again(blog: Blog, serve: Callable[..., Preview]) -> None:
    blog.settings('THEME_TEMPLATES_OVERRIDES = ["theme"]\n')
    blog.write("theme/article.html", "<p>First look</p>")
    preview = serve()
    assert "First look" in preview.get("/first.html").text

    shutil.rmtree(blog.root / "theme")
    until(lambda: "First look" not in preview.get("/first.html").text)
    blog.write("theme/article.html", "<p>Second look</p>")
    until(lambda: "Second look" in preview.get("/first.html").text)
    blog.write("theme/article.html", "<p>Third look</p>")
    until(lambda: "Third look" in preview.get("/first.html").text)


def test_content_may_go_away_for_a_while(blog: Blog, serve: Callable[..., Preview]) -> None:
    preview = serve()
    assert preview.get("/first.html").status == 200

    (blog.root / "content").rename(blog.root / "away")
    until(lambda: "<byline-overlay" in preview.get("/first.html").text)
    (blog.root / "away").rename(blog.root / "content")
    until(lambda: "<byline-overlay" not in preview.get("/first.html").text)
    blog.post("first", "Edited words.")
    until(lambda: "Edited words." in preview.get("/first.html").text)


def test_a_fault_in_a_post_lies_over_its_last_good_page_until_it_is_mended(
    blog: Blog, serve: Callable[..., Preview]
) -> None:
    preview = serve()
    states = preview.states()
    next(states)
    preview.get("/first.html")

    blog.post("first", "Edited words.", Date="soon")
    next(states)
    faulty = preview.get("/first.html")

    assert "See " in faulty.text
    assert "<byline-overlay" in faulty.text
    assert "content/posts/first.md:2" in faulty.text
    assert "Date cannot be read: &#39;soon&#39; is " in faulty.text
    assert "Write it as <code>2026-03-01 09:30</code>." in faulty.text
    assert "<byline-overlay" in preview.get("/second.html").text
    until(lambda: "content/posts/first.md:2: error: Date cannot be read" in preview.said)

    blog.post("first", "Mended words.")
    next(states)
    mended = preview.get("/first.html").text
    assert "Mended words." in mended
    assert "<byline-overlay" not in mended


def test_a_page_that_cannot_be_made_is_shown_as_it_last_was(blog: Blog, serve: Callable[..., Preview]) -> None:
    blog.settings('THEME_TEMPLATES_OVERRIDES = ["theme"]\n')
    blog.write("theme/unused.html", "")
    preview = serve()
    states = preview.states()
    next(states)
    preview.get("/first.html")

    blog.write("theme/article.html", BROKEN)
    next(states)
    seen, unseen = preview.get("/first.html"), preview.get("/second.html")

    assert (seen.status, unseen.status) == (200, 500)
    assert "See " in seen.text
    assert "You see it as it last was." in seen.text
    assert "This page cannot be made yet" in unseen.text
    for page in (seen, unseen):
        assert "theme/article.html:2" in page.text
        assert "is undefined" in page.text
    assert preview.said.count("theme/article.html:2: error: first.html cannot be made") == 1
    assert "<byline-overlay" not in preview.get("/").text

    (blog.root / "theme" / "article.html").unlink()
    next(states)
    assert "<byline-overlay" not in preview.get("/first.html").text


def test_settings_that_cannot_be_run_leave_the_site_as_it_was(blog: Blog, serve: Callable[..., Preview]) -> None:
    preview = serve()
    states = preview.states()
    next(states)

    blog.settings("NOTHING = (\n")
    next(states)
    page = preview.get("/first.html").text

    assert "See " in page
    assert "You see it as it last was." in page
    assert "pelicanconf.py:9" in page
    until(lambda: "pelicanconf.py changed: the site is as it was." in preview.said)

    blog.settings("")
    next(states)
    assert "<byline-overlay" not in preview.get("/first.html").text


def test_a_warning_is_a_badge(blog: Blog, serve: Callable[..., Preview]) -> None:
    blog.post("first", "![A harbour](gone.jpg)")
    preview = serve()

    page = preview.get("/second.html").text

    assert "1 warning<" in page
    assert "<details>" in page
    assert "content/posts/first.md:4: warning: " in preview.said


def test_drafts_and_future_posts_are_shown_unless_what_is_published_was_asked_for(
    blog: Blog, serve: Callable[..., Preview]
) -> None:
    blog.post("draft", Status="draft")
    blog.post("future", Date="2999-01-01")
    everything, published = serve(), serve("--published")

    assert {everything.get(path).status for path in ("/draft.html", "/future.html")} == {200}
    assert {published.get(path).status for path in ("/draft.html", "/future.html")} == {404}


def test_the_published_preview_is_the_site_byte_for_byte(blog: Blog, serve: Callable[..., Preview]) -> None:
    site = Site(blog.root / "pelicanconf.py", datetime.now(UTC))
    preview = serve("--published")

    different = [path for path in site.outputs if preview.get(f"/{path}").body != site.make(path)]

    assert different == []
    site.close()


def test_the_preview_only_adds_to_pages_and_to_nothing_else(blog: Blog, serve: Callable[..., Preview]) -> None:
    site = Site(blog.root / "pelicanconf.py", datetime.now(UTC), unpublished=True)
    preview = serve()

    for path in site.outputs:
        body = preview.get(f"/{path}").body
        if path.endswith(".html"):
            start, end = body.index(b"<script data-state="), body.rindex(b"</script>\n") + len(b"</script>\n")
            body = body[:start] + body[end:]
        assert body == site.make(path), path
    assert not (blog.root / "output").exists()
    site.close()


def test_a_port_that_is_taken_is_left_alone(serve: Callable[..., Preview]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        preview = serve(port=port)

    assert preview.process.wait(SECONDS) == 1
    assert (
        preview.said
        == f"error: Port {port} is in use on 127.0.0.1. Name a free one, as in: serve --port 8123\n1 error.\n"
    )


def test_without_a_port_of_its_own_it_takes_the_next_free_one(serve: Callable[..., Preview]) -> None:
    first, second = serve(port=8000), serve(port=8000)

    ports = [urlsplit(preview.address).port or 0 for preview in (first, second)]

    assert ports[0] in range(8000, 8011)
    assert ports[1] in range(ports[0] + 1, 8011)


def test_ctrl_c_ends_it_at_once_and_well_with_pages_open(serve: Callable[..., Preview]) -> None:
    preview = serve()
    states = preview.states()
    next(states)

    pressed = time.monotonic()
    code = preview.end()

    assert code == 0
    assert time.monotonic() - pressed < 2
    assert preview.said.endswith("The preview has ended.\n")


def test_settings_that_cannot_be_run_at_the_start_end_it(blog: Blog, serve: Callable[..., Preview]) -> None:
    blog.settings("NOTHING = (\n")

    preview = serve()

    assert preview.process.wait(SECONDS) == 1
    assert "pelicanconf.py:9: error: " in preview.said


def test_a_change_of_the_engine_starts_it_again_at_the_same_port(blog: Blog, serve: Callable[..., Preview]) -> None:
    blog.write("plugins/byline/engine.py", "")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    preview = serve(port=port)
    boot = next(preview.states()).split("-")[0]

    blog.write("plugins/byline/engine.py", "changed = True\n")
    until(lambda: preview.said.count("The preview is at ") == 2)

    assert "plugins/byline/engine.py changed, which is Byline itself." in preview.said
    assert next(preview.states()).split("-")[0] != boot
    assert preview.end() == 0


def test_the_browser_is_opened_at_the_address_and_gets_no_token(serve: Callable[..., Preview], tmp_path: Path) -> None:
    browser, seen = tmp_path / "browser", tmp_path / "seen.json"
    note = "import json, os, sys; json.dump([sys.argv[1], *os.environ], open(sys.argv[2], 'w'))"
    browser.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{note}" "$1" {seen}.new\n', encoding="utf-8")
    browser.chmod(0o700)

    preview = serve("--open", BROWSER=f"{browser} %s", BYLINE_TOKEN_BLUESKY="secret")  # noqa: S106  no password
    until(lambda: (tmp_path / "seen.json.new").exists() and (tmp_path / "seen.json.new").read_text("utf-8") != "")

    address, *names = json.loads((tmp_path / "seen.json.new").read_text("utf-8"))
    assert address == preview.address
    assert "BYLINE_TOKEN_BLUESKY" not in names
