"""Feeds as readers get them: the whole text, addresses that lead somewhere, and ids that stay."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
import reader
from blog import Blog
from byline.values.html import candidates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Tool

UUID = "71895222-e59a-41fe-8e15-7bba0da682e4"
FEEDS = (
    "feeds/atom.xml",
    "feeds/rss.xml",
    "feeds/feed.json",
    "feeds/category/work.atom.xml",
    "feeds/tag/ferries.atom.xml",
)
ATOM = "{http://www.w3.org/2005/Atom}"
SETTINGS = """\
AUTHOR = "Ada Vale"
SITENAME = "Ada & co"
SITESUBTITLE = "Notes on things"
SITEURL = "https://me.example/blog"
PATH = "content"
TIMEZONE = "Europe/Oslo"
DEFAULT_LANG = "en"
STATIC_PATHS = ["images"]
ARTICLE_PATHS = ["posts"]
ARTICLE_URL = "{slug}/"
ARTICLE_SAVE_AS = "{slug}/index.html"
FEED_ALL_ATOM = "feeds/atom.xml"
FEED_ALL_RSS = "feeds/rss.xml"
CATEGORY_FEED_ATOM = "feeds/category/{slug}.atom.xml"
TAG_FEED_ATOM = "feeds/tag/{slug}.atom.xml"
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
MARKDOWN = {"extensions": ["markdown.extensions.extra"], "output_format": "html5"}
"""
OURS = """\
TYPOGRIFY = True
BYLINE_FEEDS = {"hub": "https://hub.example/", "aliases": {"index.xml": "feeds/rss.xml"}}
"""
RICH = """\
See [plain](plain.md#part), [the top](#top) and ![a bench](<../images/a bench.png>).[^1]

<img src="../images/a%20bench.png" srcset="/blog/images/a%20bench.png 1x, https://else.example/b.png 2x" alt="">
<video src="../images/film.mp4" poster="/poster.jpg"></video> <a href=../about/>about</a>

`<a href="sample.md">` and ]]> and &#8; and &amp;lt; and "quotes" -- 字 😀

[^1]: With [a link](plain.md).
"""


class Addresses(HTMLParser):
    """Collects every address that HTML holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses of a tag."""
        for name, value in attrs:
            if name in {"href", "src", "poster", "cite", "data"}:
                self.found.append(value or "")
            elif name == "srcset":
                self.found.extend(address for address, _size in candidates(value or ""))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Blog:
    """Give a built blog of four posts: a rich one, a plain one, a hidden one, a draft."""
    blog = Blog(tmp_path_factory.mktemp("feeds"))
    blog.write("pelicanconf.py", SETTINGS + OURS)
    blog.write("content/images/a bench.png", b"\x89PNG")
    blog.write("content/images/film.mp4", b"film")
    front = {"Modified": "2020-03-05", "Category": "Work", "Tags": "Ferries, C++", "Summary": "A <b> & *more*"}
    blog.post("rich", RICH, Title='Ada\'s <rich> & "good"', Date="2020-03-01 18:30", Id=UUID, **front)
    blog.post("plain", "Words.", Title="Слово два", Date="2020-01-02", Slug="слово два", Category="Work")
    blog.post("hidden", Status="hidden", Tags="Ferries")
    blog.post("draft", Status="draft", Tags="Ferries")
    assert blog.build() == 0, blog.told
    return blog


@pytest.fixture
def served(site: Blog) -> Iterator[str]:
    """Give the address of a server on this machine that serves the site."""

    class Quiet(SimpleHTTPRequestHandler):
        """Serves files, and says nothing."""

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site.output)) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def contents(site: Blog, path: str) -> list[str]:
    """Return the HTML of a feed's entries."""
    if path.endswith(".json"):
        return [item["content_html"] for item in json.loads(site.page(path))["items"]]
    return [entry.content[0].value for entry in parsed(site, path).entries]


def parsed(site: Blog, path: str) -> Any:  # noqa: ANN401  feedparser has no types
    """Return a feed as feedparser reads it, with the HTML as it is written."""
    return feedparser.parse(site.page(path).encode(), sanitize_html=False, resolve_relative_uris=False)


def ids(site: Blog) -> dict[str, str]:
    """Return the ids of all posts in the Atom feed by title, after a build; the other formats have the same."""
    site.build()
    atom = {entry.title: entry.id for entry in parsed(site, "feeds/atom.xml").entries}
    assert {entry.title: entry.id for entry in parsed(site, "feeds/rss.xml").entries} == atom
    assert {item["title"]: item["id"] for item in json.loads(site.page("feeds/feed.json"))["items"]} == atom
    return atom


@pytest.mark.parametrize("path", ["feeds/atom.xml", "feeds/rss.xml"])
def test_feedparser_reads_every_field(site: Blog, path: str) -> None:
    found = parsed(site, path)

    assert not found.bozo
    assert (found.feed.title, found.feed.link, found.feed.language) == ("Ada & co", "https://me.example/blog/", "en")
    assert found.feed.subtitle == "Notes on things"
    assert {(link.rel, link.href) for link in found.feed.links} == {
        ("alternate", "https://me.example/blog/"),
        ("self", f"https://me.example/blog/{path}"),
        ("hub", "https://hub.example/"),
    }
    rich, plain = found.entries
    assert rich.title == "Ada’s <rich> & “good”"
    assert rich.link == "https://me.example/blog/adas-rich-good/"
    assert (rich.id, rich.get("guidislink", False)) == (f"urn:uuid:{UUID}", False)
    assert rich.published_parsed[:5] == (2020, 3, 1, 17, 30)
    assert rich.updated_parsed[:5] == (2020, 3, 4, 23, 0)
    assert rich.author == "Ada Vale"
    assert [tag.term for tag in rich.tags] == ["Work", "Ferries", "C++"]
    assert "A " in rich.summary
    assert "more" in rich.summary
    assert '<li id="fn:1">' in rich.content[0].value
    assert plain.title == "Слово два"
    assert plain.link == "https://me.example/blog/%D1%81%D0%BB%D0%BE%D0%B2%D0%BE%20%D0%B4%D0%B2%D0%B0/"


def test_reader_reads_the_json_feed(served: str) -> None:
    address = f"{served}/feeds/feed.json"
    with contextlib.closing(reader.make_reader(":memory:")) as library:
        library.add_feed(address)
        library.update_feed(address)
        feed, (rich, plain) = library.get_feed(address), list(library.get_entries(feed=address))

    assert (feed.version, feed.title, feed.link) == ("json11", "Ada & co", "https://me.example/blog/")
    assert (rich.id, rich.title) == (f"urn:uuid:{UUID}", "Ada’s <rich> & “good”")
    assert rich.published
    assert rich.published.isoformat() == "2020-03-01T17:30:00+00:00"
    assert rich.updated
    assert rich.updated.isoformat() == "2020-03-04T23:00:00+00:00"
    assert rich.authors_str == "Ada Vale"
    assert "https://me.example/blog/adas-rich-good/#fn:1" in rich.content[0].value
    assert plain.title == "Слово два"


@pytest.mark.parametrize("path", ["feeds/atom.xml", "feeds/rss.xml", "index.xml"])
def test_newsboat_reads_atom_and_rss(served: str, path: str, tool: Tool, tmp_path: Path) -> None:
    newsboat = tool("newsboat")
    urls, cache, configuration = tmp_path / "urls", tmp_path / "cache.db", tmp_path / "config"
    urls.write_text(f"{served}/{path}\n")
    configuration.touch()

    command = [str(newsboat), f"--url-file={urls}", f"--cache-file={cache}", f"--config-file={configuration}"]
    subprocess.run([*command, "-x", "reload"], check=True, env={**os.environ, "HOME": str(tmp_path)}, timeout=60)

    with contextlib.closing(sqlite3.connect(cache)) as database:
        rows = dict(database.execute("SELECT guid, title FROM rss_item").fetchall())
    assert rows == {
        f"urn:uuid:{UUID}": "Ada’s <rich> & “good”",
        "tag:me.example,2020-01-02:/blog/слово два/": "Слово два",
    }


@pytest.mark.parametrize("path", FEEDS)
def test_no_address_in_a_feed_is_relative(site: Blog, path: str) -> None:
    found = [address for html in contents(site, path) for address in Addresses(html).found]

    assert [address for address in found if not address.startswith("https://")] == []
    assert {
        "https://me.example/blog/%D1%81%D0%BB%D0%BE%D0%B2%D0%BE%20%D0%B4%D0%B2%D0%B0/#part",
        "https://me.example/blog/adas-rich-good/#top",
        "https://me.example/blog/adas-rich-good/#fn:1",
        "https://me.example/blog/adas-rich-good/#fnref:1",
        "https://me.example/blog/images/a%20bench.png",
        "https://else.example/b.png",
        "https://me.example/blog/images/film.mp4",
        "https://me.example/poster.jpg",
        "https://me.example/blog/about/",
    } <= set(found)


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_holds_the_text_as_its_page_does(site: Blog, path: str) -> None:
    rich = contents(site, path)[0]

    assert '<code>&lt;a href="sample.md"&gt;</code> and ]]&gt; and &#8; and &amp;lt; and &#8220;quotes&#8221;' in rich
    assert "字&nbsp;😀" in rich


def test_feeds_hold_what_is_public_and_listed(site: Blog) -> None:
    for path in FEEDS:
        assert "hidden" not in site.page(path).lower()
        assert "draft" not in site.page(path).lower()


def test_a_category_and_a_tag_have_feeds_of_their_own(site: Blog) -> None:
    work, ferries = (parsed(site, path) for path in FEEDS[3:])

    assert (work.feed.title, len(work.entries)) == ("Ada & co - Work", 2)
    assert (ferries.feed.title, len(ferries.entries)) == ("Ada & co - Ferries", 1)
    assert not work.bozo
    assert not ferries.bozo


def test_an_old_address_has_the_whole_feed(site: Blog) -> None:
    assert site.page("index.xml") == site.page("feeds/rss.xml")


@pytest.fixture
def small(tmp_path: Path) -> Blog:
    """Give a blog with an Id on one of its two posts."""
    blog = Blog(tmp_path)
    blog.write("pelicanconf.py", SETTINGS)
    blog.post("one", Id=UUID, Date="2020-01-01 23:30", Category="Work")
    blog.post("two", Category="Work")
    return blog


def test_feeds_and_entries_say_their_language(small: Blog) -> None:
    small.post("two", Lang="nb", Date="2019-01-01")
    small.build()

    root = ET.fromstring(small.page("feeds/atom.xml"))
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert root.get(language) == "en"
    assert [entry.get(language) for entry in root.iter(f"{ATOM}entry")] == [None, "nb"]


def test_ids_stay_over_a_rebuild_and_an_edit(small: Blog) -> None:
    before = ids(small)
    small.post("two", "Other words.", Modified="2020-02-02", Category="Play")

    assert ids(small) == before


def test_an_id_stays_when_the_address_of_the_site_and_of_the_post_change(small: Blog) -> None:
    before = ids(small)
    small.write("pelicanconf.py", SETTINGS.replace("https://me.example/blog", "https://else.example"))
    small.post("one", Id=UUID, Date="2021-05-05", Slug="elsewhere")
    small.post("two", Id=before["Two"], Slug="elsewhere-too")

    assert ids(small) == before == {"One": f"urn:uuid:{UUID}", "Two": "tag:me.example,2020-01-01:/blog/two/"}


def test_a_blog_that_moves_here_shows_its_readers_nothing_twice(tmp_path: Path) -> None:
    blog = Blog(tmp_path)
    blog.write(
        "pelicanconf.py", SETTINGS + "FEED_MAX_ITEMS = 100\nFEED_APPEND_REF = True\nRSS_FEED_SUMMARY_ONLY = False\n"
    )
    blog.post("plain", Modified="2021-01-01")
    blog.post("late", Date="2020-05-01 23:59")
    blog.post("far", Date="2020-05-01 01:00 +09:00")
    blog.post("letters", Title="Слово & <b>два</b>", Slug="слово-два")
    blog.post("shouted", Title="C++ / C#")
    blog.post("moved", Url="elsewhere/#here", Save_as="elsewhere/index.html")
    blog.write("content/posts/rest.rst", "Rest\n####\n\n:date: 2020-02-02\n\nWords.\n")
    stock = tmp_path / "stock"
    command = ["-m", "pelican", "--settings=pelicanconf.py", f"--output={stock}", "--quiet"]

    subprocess.run([sys.executable, *command], cwd=tmp_path, check=True, timeout=60)
    blog.build()

    for path in ("feeds/atom.xml", "feeds/rss.xml", "feeds/category/posts.atom.xml"):
        theirs = [entry.id for entry in feedparser.parse((stock / path).read_bytes()).entries]
        assert sorted(entry.id for entry in parsed(blog, path).entries) == sorted(theirs)
        assert len(theirs) == 7
