"""The search index: made of the pages that everybody may find, the same in every run, and only when they changed."""

from __future__ import annotations

import gzip
import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from byline.edges import pagefind
from byline.site import search
from byline.site.site import Site
from byline.site.stage import Stage
from byline.values.output import Kind, Output
from byline.values.problem import Place
from live_blog import LiveBlog

if TYPE_CHECKING:
    from pathlib import Path

    from blog import Blog

WANTED = 'BYLINE_THEME = {"search": True}\n'
PAGE = """
BYLINE_THEME = {{"search": {search}}}
DIRECT_TEMPLATES = [*DIRECT_TEMPLATES, "search"]
SEARCH_URL, SEARCH_SAVE_AS = "search/", "search/index.html"
"""
NOW = datetime(2026, 6, 1, tzinfo=UTC)
MAGIC = b"pagefind_dcd"
PLACE = Place("posts/a.md")


@pytest.fixture
def searched(blog: Blog) -> Blog:
    """Give a blog that wants a search."""
    blog.settings(WANTED)
    return blog


def index(blog: Blog) -> dict[str, str]:
    """Return the digests of the files of the index by path."""
    return {path: digest for path, digest in blog.made().items() if path.startswith("pagefind/")}


def found(blog: Blog) -> dict[str, str]:
    """Return the texts that can be found, by the address of their page."""
    parts = (blog.output / "pagefind/fragment").iterdir()
    texts = [json.loads(gzip.decompress(part.read_bytes()).removeprefix(MAGIC)) for part in parts]
    return {text["url"]: text["content"] for text in texts}


def instead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> None:
    """Let a script of Python's take the place of Pagefind."""
    program = tmp_path / "stand-in"
    program.write_text(f"#!{sys.executable}\n{script}", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(pagefind, "installed", lambda: pagefind.Pagefind(program, "1"))


def test_a_site_that_wants_no_search_has_none(blog: Blog) -> None:
    assert blog.build() == 0, blog.told

    assert index(blog) == {}
    assert "pagefind" not in blog.page("_headers")


def test_posts_and_pages_for_everybody_are_found_and_nothing_else(searched: Blog) -> None:
    searched.post("hidden", "A zeppelin.", Status="hidden")
    searched.post("draft", "A zeppelin.", Status="draft")
    searched.post("future", "A zeppelin.", Date="2999-01-01")
    searched.write("content/pages/about.md", "Title: About\n\nA lighthouse.\n")
    searched.post("second", '<p>Words.</p><p class="credit">Photo: Zeppelin</p>', Date="2020-01-02")

    assert searched.build() == 0, searched.told

    texts = found(searched)
    assert sorted(texts) == ["/first.html", "/pages/about.html", "/second.html"]
    assert "A lighthouse." in texts["/pages/about.html"]
    assert "zeppelin" not in "".join(texts.values()).lower()


def test_ready_made_boxes_and_their_styles_are_left_out(searched: Blog) -> None:
    assert searched.build() == 0, searched.told

    names = {path.removeprefix("pagefind/").split("_")[0] for path in index(searched)}
    assert names == {"fragment/en", "index/en", "pagefind-entry.json", "pagefind.en", "pagefind.js"} | {
        "wasm.en.pagefind",
        "wasm.unknown.pagefind",
    }


def test_the_index_is_the_same_in_every_run_and_folder(searched: Blog, tmp_path: Path) -> None:
    for number, language in enumerate(("de", "ja", "fr", "nl", "sv")):
        searched.post(f"in-{language}", f"Words, {number}.", Lang=language)
    assert searched.build() == 0, searched.told
    once = index(searched)

    for again in range(3):
        searched.output.rename(tmp_path / f"old-{again}")
        assert searched.build() == 0, searched.told
        assert index(searched) == once


def test_the_index_is_not_made_again_while_its_pages_are_the_same(
    searched: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert searched.build() == 0, searched.told
    once = searched.made()

    with monkeypatch.context() as patch:
        patch.setattr(pagefind.Pagefind, "index", lambda *_, **__: pytest.fail("it was made again"))
        searched.write("content/extra/notes.txt", "No page.")
        assert searched.build() == 0, searched.told
    assert searched.made() == once

    searched.post("second", "Words, and a lighthouse.", Date="2020-01-02", Tags="Two")
    assert searched.build() == 0, searched.told
    assert "lighthouse" in found(searched)["/second.html"]


def test_an_index_that_was_damaged_is_made_again(searched: Blog) -> None:
    assert searched.build() == 0, searched.told
    once = index(searched)
    for path in ("pagefind/pagefind.js", next(path for path in once if "/index/" in path)):
        (searched.output / path).unlink()

    assert searched.build() == 0, searched.told

    assert index(searched) == once


def test_a_search_that_is_wanted_no_more_is_gone(searched: Blog) -> None:
    assert searched.build() == 0, searched.told
    searched.settings("")

    assert searched.build() == 0, searched.told

    assert index(searched) == {}


def test_the_index_is_made_of_what_plugins_made_of_the_pages(searched: Blog) -> None:
    plugin = """\
from pathlib import Path
from pelican import signals

def end(pelican):
    page = Path(pelican.output_path) / "first.html"
    page.write_text(page.read_text().replace("</body>", "<p>A caboose.</p></body>"))

def register():
    signals.finalized.connect(end)
"""
    searched.write("plugins/caboose.py", plugin)
    searched.settings(f'{WANTED}PLUGIN_PATHS = ["plugins"]\nPLUGINS = ["caboose"]\n')

    assert searched.build() == 0, searched.told

    assert "A caboose." in found(searched)["/first.html"]


def test_an_empty_site_has_an_empty_index(searched: Blog) -> None:
    for post in searched.root.glob("content/posts/*"):
        post.unlink()

    assert searched.build() == 0, searched.told

    assert json.loads(searched.page("pagefind/pagefind-entry.json"))["languages"] == {}


def test_without_pagefind_nothing_changes_and_its_name_is_told(searched: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    searched.settings("")
    assert searched.build() == 0, searched.told
    once = searched.made()
    searched.settings(WANTED)
    monkeypatch.setitem(sys.modules, "pagefind_bin_extended", None)

    assert searched.build() == 1

    assert searched.told.startswith("error: The settings want a search, and Pagefind, which makes its index, is not ")
    assert "pip install pagefind-bin-extended" in searched.told
    assert searched.made() == once


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("", "it ended in the middle of its work."),
        ("import sys; sys.stdin.buffer.read(9); sys.exit(3)", "it ended in the middle of its work."),
        ("print('Segmentation fault,', end='', flush=True); input()", "it answers what nobody understands."),
        (
            "import base64; print(base64.b64encode(b'[]').decode(), end=',', flush=True); input()",
            "it answers what nobody understands.",
        ),
        (
            """import base64, json
answer = {"payload": {"type": "Error", "message": "No room."}}
print(base64.b64encode(json.dumps(answer).encode()).decode(), end=",", flush=True)
input()""",
            "it says: No room.",
        ),
        (
            """import base64, json
answer = {"payload": {"type": "WriteFiles"}}
print(base64.b64encode(json.dumps(answer).encode()).decode(), end=",", flush=True)
input()""",
            "it answers 'WriteFiles' where NewIndex is due.",
        ),
    ],
)
def test_a_pagefind_that_fails_leaves_the_last_good_site(
    searched: Blog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, told: str
) -> None:
    assert searched.build() == 0, searched.told
    once = searched.made()
    searched.post("third", "Words.")
    instead(monkeypatch, tmp_path, script)

    assert searched.build() == 1

    assert f"error: Pagefind cannot make the search index: {told} Run this again." in searched.told
    assert searched.made() == once
    assert searched.build(keep_going=True) == 1
    assert index(searched) == {}
    assert "third.html" in searched.made()


def test_a_pagefind_that_hangs_is_ended(searched: Blog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    instead(monkeypatch, tmp_path, "import time; time.sleep(60)")
    monkeypatch.setattr(search, "_SECONDS", 0.5)

    assert searched.build() == 1

    assert "Pagefind cannot make the search index: it ended in the middle of its work." in searched.told


def test_pagefind_never_sees_the_writers_tokens(
    searched: Blog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BYLINE_TOKEN_NETWORK", "secret")
    seen = tmp_path / "seen"
    instead(monkeypatch, tmp_path, f"import os; open({str(seen)!r}, 'w').write(' '.join(os.environ))")

    searched.build()

    assert "BYLINE_TOKEN_NETWORK" not in seen.read_text("utf-8")


def test_a_page_that_searches_is_as_right_as_the_others(tmp_path: Path) -> None:
    blog = LiveBlog(tmp_path / "blog").begin({}, PAGE.format(search=True))

    assert blog.check() == 0, blog.told

    assert (blog.root / ".byline/live/site/pagefind/pagefind.js").is_file()
    assert "/search/" in (blog.root / ".byline/live/site/sitemap.xml").read_text("utf-8")
    assert "pagefind" not in (blog.root / ".byline/live/site/sitemap.xml").read_text("utf-8")


@pytest.mark.parametrize(
    ("search", "unpublished", "shown"),
    [(True, False, ["search.js", "<form"]), (True, True, ["A preview has no search"]), (False, False, [])],
    ids=["the site", "a preview", "not wanted"],
)
def test_the_page_says_what_there_is_and_always_leads_on(
    tmp_path: Path, *, search: bool, unpublished: bool, shown: list[str]
) -> None:
    blog = LiveBlog(tmp_path / "blog").begin({}, PAGE.format(search=search))
    site = Site(blog.root / "publishconf.py", NOW, unpublished=unpublished)
    page = site.make("search/index.html").decode()
    site.close()

    assert [words for words in ("search.js", "<form", "A preview has no search") if words in page] == shown
    assert '<a href="/archives/">All posts</a>' in page
    assert '<a href="/tag/looms/">looms</a>' in page
    assert ('<a href="/search/">Search</a>' in page) is search


def test_the_addresses_in_an_index_are_those_that_hosts_serve(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "home", tmp_path / "output")
    outputs = [
        Output(path, Kind.PAGE, bytes, place, listed=True)
        for path, place in (("a b/index.html", PLACE), ("café.html", PLACE), ("index.html", None))
    ]
    for output in outputs:
        stage.put(output.path, b"<html lang='en'><body><p>Words.</p></body></html>")

    search.index(outputs, stage, lambda *_: None)
    stage.apply()

    parts = (tmp_path / "output/pagefind/fragment").iterdir()
    texts = [json.loads(gzip.decompress(part.read_bytes()).removeprefix(MAGIC)) for part in parts]
    assert sorted(text["url"] for text in texts) == ["/a%20b/", "/caf%C3%A9.html"]
