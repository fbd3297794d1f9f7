"""On the way to replace a live site: what its readers know, each feed id and address, and the line that saves it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from byline.checks.against import Against, read
from byline.edges.http import Client, Unreachable
from byline.values.problem import Fault
from web import answer, keeps, serving
from wholes import told, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blog import Blog
    from web import Server

FEEDS = 'FEED_ALL_ATOM = "feeds/atom.xml"\nFEED_ALL_RSS = "feeds/rss.xml"\n'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Old</title>{}</feed>'
ENTRY = '<entry><title>{title}</title><id>{id}</id><link href="{url}"/><published>{date}T09:30:00Z</published></entry>'
LINKS = '<!doctype html><title>Old</title><link rel="alternate" type="application/atom+xml" href="{}">'
MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'


@contextmanager
def old_site(pages: Mapping[str, str]) -> Iterator[Server]:
    """Serve pages by their address; HOST in them is the server itself. Anything else is not found."""

    def reply(request: bytes) -> bytes:
        host = next(line for line in request.split(b"\r\n") if line.lower().startswith(b"host:")).split()[1]
        page = pages.get(request.split(b" ")[1].decode())
        if page is None:
            return answer(b"Nothing here.", "404 Not Found")
        return answer(page.encode().replace(b"HOST", b"http://" + host))

    with serving(keeps(reply)) as server:
        yield server


def against(blog: Blog, url: str) -> Against:
    """Hold the blog against a live site."""
    site = whole(blog)
    with Client(private=True, seconds=2, limit=100_000) as client:
        return Against(site, read(client, url, site.release.site_url, lambda _done, _of, _what: None))


def lost(blog: Blog, pages: Mapping[str, str]) -> list[str]:
    """Return what is told of a blog against these pages."""
    with old_site(pages) as server:
        return [line.replace(server.url, "HOST") for line in told(against(blog, server.url).problems())]


def entry(title: str, identity: str, url: str, date: str) -> str:
    """Return an entry of an Atom feed."""
    return ENTRY.format(title=title, id=identity, url=url, date=date)


def test_a_site_that_says_the_same_loses_nothing(blog: Blog) -> None:
    blog.settings(FEEDS)
    site = whole(blog)
    pages = {f"/{path}": site.body(path).decode(errors="replace") for path in site.release.outputs}
    pages["/"] = LINKS.format("https://me.example/feeds/atom.xml")

    assert lost(blog, pages) == []


def test_wordpress_is_read_to_its_oldest_post_and_each_line_is_told(blog: Blog) -> None:
    blog.settings(FEEDS)
    page = "<rss><channel><title>Old</title><generator>https://wordpress.org/?v=6</generator>{}</channel></rss>"
    item = (
        "<item><title>{}</title><link>HOST/{}/{}/</link><guid isPermaLink='false'>HOST/?p={}</guid>"
        "<pubDate>{} 09:30:00 +0000</pubDate></item>"
    )
    pages = {
        "/": '<link rel="alternate" type="application/rss+xml" href="HOST/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="HOST/comments/feed/">',
        "/feed/": page.format(item.format("Second", "2020/01", "second", 2, "Thu, 02 Jan 2020")),
        "/feed/?paged=2": page.format(item.format("First!", "2020/01", "first-one", 1, "Wed, 01 Jan 2020")),
        "/feed/?paged=3": page.format(item.format("Lost &amp; gone", "2014/01", "lost", 0, "Wed, 01 Jan 2014")),
    }

    assert lost(blog, pages) == [
        (
            "lost-feed: pelicanconf.py: Readers take the feed /feed/, where nothing would be any more. "
            'Add `"feed/index.html": "feeds/rss.xml"` to `aliases` in `BYLINE_FEEDS`.'
        ),
        (
            "lost-id: content/posts/second.md:1: Readers know it by the feed id HOST/?p=2 at /2020/01/second/; "
            "with tag:me.example,2020-01-02:/second.html they would see it once more, as new. "
            "Give it the lines `Id: HOST/?p=2` and `Aliases: /2020/01/second/`."
        ),
        (
            "lost-id: content/posts/first.md:1: Readers know it by the feed id HOST/?p=1 at /2020/01/first-one/; "
            "with tag:me.example,2020-01-01:/first.html they would see it once more, as new. "
            "Give it the lines `Id: HOST/?p=1` and `Aliases: /2020/01/first-one/`."
        ),
        (
            "lost-post: Readers know “Lost & gone” at /2014/01/lost/, and it is gone: no post of yours fits. "
            "Bring it back, or move `Id: HOST/?p=0` and `Aliases: /2014/01/lost/` to the post that replaces it."
        ),
    ]


def test_with_the_lines_written_nothing_is_lost(blog: Blog) -> None:
    blog.settings(FEEDS + 'BYLINE_FEEDS = {"aliases": {"feed.xml": "feeds/atom.xml"}}\n')
    pages = {
        "/": "No link to a feed.",
        "/feed.xml": ATOM.format(entry("Second", "https://old.example/?p=2", "HOST/2020/second.html", "2020-01-02")),
    }
    assert len(lost(blog, pages)) == 1

    blog.post("second", Date="2020-01-02", Id="https://old.example/?p=2", Aliases="/2020/second.html")

    assert lost(blog, pages) == []


def test_the_ids_that_save_are_given_by_source(blog: Blog) -> None:
    with old_site(
        {"/": LINKS.format("/a"), "/a": ATOM.format(entry("Second", "urn:x:2", "HOST/b", "2020-01-02"))}
    ) as old:
        assert against(blog, old.url).saving() == {"posts/second.md": "urn:x:2"}


def test_an_id_that_is_no_uri_cannot_be_kept(blog: Blog) -> None:
    pages = {"/": LINKS.format("/a"), "/a": ATOM.format(entry("Second", "2 at old", "HOST/second.html", "2020-01-02"))}

    line = lost(blog, pages)[1]

    assert line.endswith("That id is no URI, so it cannot be kept: readers will see the post twice.")


def test_each_address_of_the_sitemap_is_told(blog: Blog) -> None:
    blog.write("content/pages/about.md", "Title: About me\nSlug: about\n\nWords.\n")
    addresses = ["first.html", "second", "old/about/", "tag/second/", "gone%20away/", "?p=3", "second/"]
    pages = {
        "/": "Home.",
        "/robots.txt": "User-agent: *\nSitemap: HOST/maps.xml\nSitemap: HOST/packed.xml.gz",
        "/maps.xml": "<sitemapindex><sitemap><loc>HOST/one.xml</loc></sitemap>"
        "<sitemap><loc>https://else.example/two.xml</loc></sitemap></sitemapindex>",
        "/one.xml": MAP.format("".join(f"<url><loc>HOST/{address}</loc></url>" for address in addresses)),
        "/packed.xml.gz": "\x1f\x8b",
    }

    assert lost(blog, pages) == [
        "live-site: No feed was found at HOST/. What readers know of it is not compared: see for yourself.",
        (
            "live-site: The sitemap HOST/packed.xml.gz cannot be read: it is no well-formed XML (not well-formed "
            "(invalid token): line 1, column 0). What readers know of it is not compared: see for yourself."
        ),
        (
            "live-site: https://else.example/two.xml was left out: it is on another host, which is not asked. "
            "What readers know of it is not compared: see for yourself."
        ),
        (
            "lost-address: content/posts/second.md:1: Readers know it at /second and /second/, where nothing would be "
            "any more; now it is at /second.html. Give it the line `Aliases: /second`."
        ),
        (
            "lost-address: content/pages/about.md:1: Readers know it at /old/about/, where nothing would be any more; "
            "now it is at /pages/about.html. Give it the line `Aliases: /old/about/`."
        ),
        (
            "lost-page: Readers know /tag/second/, where nothing would be any more, and no post of yours fits. "
            "Add it to the `Aliases` of the post or page that takes its place."
        ),
        (
            "lost-page: Readers know /gone away/, where nothing would be any more, and no post of yours fits. "
            "Add it to the `Aliases` of the post or page that takes its place."
        ),
        (
            "lost-page: Readers know /?p=3, where nothing would be any more, and no post of yours fits. "
            "Add it to the `Aliases` of the post or page that takes its place."
        ),
    ]


def test_a_site_below_a_path_is_compared_below_that_path(blog: Blog) -> None:
    blog.settings('SITEURL = "https://me.example/blog"\n')
    pages = {
        "/blog/": LINKS.format("https://me.example/blog/feed.xml"),
        "/blog/feed.xml": ATOM.format(entry("Second", "urn:x:2", "https://www.me.example/blog/two/", "2020-01-02")),
        "/robots.txt": "Sitemap: https://me.example/blog/map.xml",
        "/blog/map.xml": MAP.format(
            "<url><loc>https://me.example/shop/</loc></url><url><loc>HOST/blog/first.html</loc></url>"
        ),
    }
    with old_site(pages) as server:
        lines = told(against(blog, f"{server.url}/blog").problems())

    assert [line.partition(";")[0] for line in lines[1:]] == [
        "lost-id: content/posts/second.md:1: Readers know it by the feed id urn:x:2 at /two/"
    ]


@pytest.mark.parametrize(
    "feed",
    [
        '<!DOCTYPE a [<!ENTITY b "cccc"><!ENTITY d "&b;&b;">]><feed xmlns="http://www.w3.org/2005/Atom"><id>&d;</id></feed>',
        '<!DOCTYPE a SYSTEM "/etc/passwd"><feed/>',
        "<feed",
        "{" * 100_000,
        '{"version": 1}',
        "[]",
        "",
        "<html></html>",
        '<?xml version="1.0" encoding="nonsense"?><feed/>',
    ],
)
def test_a_feed_that_means_harm_or_nothing_is_told_and_left(blog: Blog, feed: str) -> None:
    lines = lost(blog, {"/": LINKS.format("/a.xml"), "/a.xml": feed})

    assert lines[0].startswith("live-site: The feed HOST/a.xml cannot be read: ")
    assert lines[1:] == [
        "live-site: No feed was found at HOST/. What readers know of it is not compared: see for yourself."
    ]


def test_a_feed_that_goes_on_for_ever_ends(blog: Blog) -> None:
    calls = 0

    def reply(request: bytes) -> bytes:
        nonlocal calls
        calls += 1
        path = request.split(b" ")[1].decode()
        if path == "/":
            return answer(LINKS.format("/a").encode())
        following = f'<link rel="next" href="/a{calls}"/>'
        return answer(ATOM.format(following + entry("A", f"urn:x:{calls}", f"/{calls}", "2020-01-01")).encode())

    with serving(keeps(reply)) as server:
        lines = told(against(blog, server.url).problems())

    assert calls <= 401
    assert any("the site has too many" in line for line in lines)


def test_what_another_host_says_is_not_asked_for(blog: Blog) -> None:
    with old_site({"/": "never asked"}) as other:
        lines = lost(blog, {"/": LINKS.format(f"{other.url}/feed.xml") + LINKS.format("http://[")})

        assert other.requests == []
    assert f"{other.url}/feed.xml was left out: it is on another host, which is not asked." in lines[0]


def test_a_site_that_is_not_there_is_a_fault(blog: Blog) -> None:
    with serving(keeps(lambda _: answer(status="503 Busy"))) as server, pytest.raises(Fault, match="status 503"):
        against(blog, server.url)
    with pytest.raises(Unreachable):
        against(blog, server.url)
