"""The snippet for nginx, in a real nginx: headers, redirects, caches and what must stay hidden."""

from __future__ import annotations

import gzip
import http.client
import json
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import nginx
import pytest
from byline.deploy.compressed import compressed, compressible
from byline.edges.http import Client
from byline.site import redirects
from byline.site.nginx import snippet
from byline.site.site import Site
from byline.site.whole import Whole, recorded, staged
from byline.values import output
from byline.values.output import Kind, Release
from byline.values.post import Post, Status
from live_blog import LiveBlog
from web import answer, sends, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from browser import Browser
    from conftest import Tool

    Ask = Callable[..., "Answer"]
    Serve = Callable[..., Ask]

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SENT = {
    "content-security-policy",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
    "cache-control",
}
ODD = [
    "/gone by/",
    '/it\'s "old"/',
    "/{a}$b/",
    "/$host/",
    "/café/слово/",
    "/a;return 200 x;/",
    "/old.html",
    "/v1.0",
]


@dataclass(frozen=True)
class Answer:
    """What nginx answered, each header as often as it came."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def __getitem__(self, name: str) -> str:
        """Return the value of a header that came once."""
        [value] = [value for found, value in self.headers if found == name]
        return value


def built(blog: LiveBlog) -> Whole:
    """Make the live site as `publish` does."""
    site = Site(blog.root / "publishconf.py", NOW)
    home = blog.root / ".byline" / "live"
    stage, faults = staged(site, home, home / "site", lambda *_: None)
    assert faults == []
    stage.apply()
    whole = Whole(site, home / "site", recorded(site, stage, NOW), site.problems)
    site.close()
    for path in whole.release.outputs:
        if compressible(path):
            (whole.folder / f"{path}.gz").write_bytes(compressed(whole.body(path)))
    (whole.folder / ".well-known").mkdir()
    (whole.folder / ".well-known/byline.json").write_bytes(b"{}")
    (whole.folder / ".byline-coming").write_bytes(b"Half of a file.")
    return whole


@pytest.fixture
def blog(tmp_path: Path) -> LiveBlog:
    """Give a blog with old addresses and an embedded picture."""
    blog = LiveBlog(tmp_path / "blog").begin({})
    aliases = "".join(f"  - {json.dumps(alias)}\n" for alias in ODD)
    front = f"Title: Moved\nDate: 2026-04-04 10:00\nSummary: On boats.\nAliases:\n{aliases}"
    blog.write("content/posts/moved.md", f"---\n{front}---\n\n![A boat](https://photos.pub/boat.jpg)\n")
    blog.write("content/theme/root/site.webmanifest", "{}")
    return blog


@pytest.fixture
def serve(tool: Tool, tmp_path: Path) -> Iterator[Serve]:
    """Give what serves a whole site by nginx, at its root or in a folder, and returns what asks it."""
    with ExitStack() as running:

        def start(whole: Whole, folder: str = "", gone: tuple[str, ...] = ()) -> Ask:
            root = whole.folder
            if folder:
                root = tmp_path / "www"
                root.mkdir()
                (root / folder).symlink_to(whole.folder)
            made = snippet(whole.release, whole.body, gone)
            url = running.enter_context(nginx.served(tool("nginx"), tmp_path / "nginx", root, made))
            return lambda path, **headers: ask(url, path, headers)

        yield start


def ask(url: str, path: str, headers: dict[str, str]) -> Answer:
    """Ask for a path as it is written."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    found = Answer(response.status, [(name.lower(), value) for name, value in response.getheaders()], response.read())
    connection.close()
    return found


def test_every_answer_has_each_header_once(blog: LiveBlog, serve: Serve) -> None:
    whole = built(blog)
    get = serve(whole)

    for path in [*whole.release.outputs, "nothing/here", "gone%20by/", "engines", ".well-known/byline.json"]:
        names = [name for name, _ in get(f"/{quote(path, safe='/%')}").headers]
        assert {name for name in names if name in SENT} == SENT, path
        assert len(names) == len(set(names)), path


def test_pages_are_asked_for_anew_and_fingerprinted_files_are_kept(blog: LiveBlog, serve: Serve) -> None:
    whole = built(blog)
    get = serve(whole)
    [sheet] = [path for path in whole.release.outputs if path.startswith("theme/style.")]

    assert get("/engines/")["cache-control"] == "no-cache"
    assert get("/feeds/atom.xml")["cache-control"] == "no-cache"
    assert get(f"/{sheet}")["cache-control"] == "public, max-age=31536000, immutable"


def test_the_policy_names_what_the_posts_embed(blog: LiveBlog, serve: Serve) -> None:
    get = serve(built(blog))

    policy = get("/engines/")["content-security-policy"]

    assert "img-src 'self' data: https://photos.pub;" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_clean_addresses_lead_to_pages(blog: LiveBlog, serve: Serve) -> None:
    whole = built(blog)
    get = serve(whole)

    assert get("/").body == whole.body("index.html")
    assert get("/engines/").body == whole.body("engines/index.html")
    assert get("/engines/")["content-type"] == "text/html; charset=utf-8"
    assert (get("/engines").status, get("/engines")["location"]) == (301, "/engines/")


def test_what_is_not_there_is_answered_with_the_sites_own_page(blog: LiveBlog, serve: Serve) -> None:
    whole = built(blog)
    get = serve(whole)

    for path in ("/nothing/here/", "/404.html", "/images/none.jpg"):
        found = get(path)
        assert (found.status, found.body) == (404, whole.body("404.html")), path
        assert found["cache-control"] == "no-cache"


@pytest.mark.parametrize("alias", ODD)
def test_old_addresses_lead_to_the_post_however_they_are_written(blog: LiveBlog, serve: Serve, alias: str) -> None:
    get = serve(built(blog))

    for asked in {quote(alias), quote(alias.rstrip("/"))}:
        found = get(asked)
        assert (found.status, found["location"]) == (301, "/moved/")
    assert get(f"{quote(alias)}?from=a&b")["location"] == "/moved/?from=a&b"


GONE = ("https://ada.pub/over/", "https://ada.pub/café $host/", "https://ada.pub/2009/over.html")


def test_a_post_that_is_gone_is_gone_and_not_only_missing(blog: LiveBlog, serve: Serve) -> None:
    whole = built(blog)
    get = serve(whole, gone=GONE)

    for path in ("/over/", "/over", "/over/?from=a", "/caf%C3%A9%20%24host/", "/2009/over.html"):
        found = get(path)
        assert (found.status, found.body) == (410, whole.body("404.html")), path
        assert {name for name, _ in found.headers if name in SENT} == SENT
    assert get("/over/more").status == 404
    assert get("/2009/").status == 404


def test_what_is_there_again_is_shown_by_an_old_snippet_too(blog: LiveBlog, serve: Serve) -> None:
    whole = built(blog)
    for path in ("over/index.html", "2009/over.html"):
        (whole.folder / path).parent.mkdir(parents=True)
        (whole.folder / path).write_bytes(b"<p>Again.")
    get = serve(whole, gone=GONE)

    for path in ("/over/", "/over", "/2009/over.html"):
        found = get(path)
        assert (found.status, found.body, found["content-type"]) == (200, b"<p>Again.", "text/html; charset=utf-8")


def test_what_stands_elsewhere_or_leads_on_is_not_gone(blog: LiveBlog, serve: Serve) -> None:
    gone = ("https://ada.pub/", "https://ada.pub/engines/", "https://ada.pub/v1.0/", "https://other.pub/over/")
    get = serve(built(blog), gone=(*gone, "https://ada.pub/../x/", "https://ada.pubs/over/", "not an address"))

    assert [get(path).status for path in ("/", "/engines/", "/v1.0/", "/over/", "/x/")] == [200, 200, 301, 404, 404]


def test_texts_compressed_beforehand_are_sent_to_whoever_can_read_them(blog: LiveBlog, serve: Serve) -> None:
    whole = built(blog)
    get = serve(whole)

    packed = get("/engines/", Accept_Encoding="gzip")
    plain = get("/engines/")

    assert packed["content-encoding"] == "gzip"
    assert packed["content-type"] == "text/html; charset=utf-8"
    assert packed.body == (whole.folder / "engines/index.html.gz").read_bytes()
    assert gzip.decompress(packed.body) == plain.body
    assert packed["vary"] == plain["vary"] == "Accept-Encoding"


def test_hidden_files_stay_hidden_and_the_manifest_does_not(blog: LiveBlog, serve: Serve) -> None:
    get = serve(built(blog))

    assert get("/.byline-coming").status == 404
    assert get("/images/.byline-coming").status == 404
    assert (get("/.well-known/byline.json").status, get("/.well-known/byline.json").body) == (200, b"{}")


def test_feeds_and_the_manifest_of_the_site_have_their_types(blog: LiveBlog, serve: Serve) -> None:
    get = serve(built(blog))

    assert get("/feeds/feed.json")["content-type"] == "application/feed+json"
    assert get("/feeds/atom.xml")["content-type"] == "text/xml; charset=utf-8"
    assert get("/site.webmanifest")["content-type"] == "application/manifest+json"
    assert get("/.well-known/byline.json")["content-type"].startswith("application/json")


def test_a_site_below_a_path_is_served_there(blog: LiveBlog, serve: Serve) -> None:
    settings = (blog.root / "publishconf.py").read_text("utf-8")
    blog.write("publishconf.py", f'{settings}SITEURL = "https://ada.pub/blog"\n')
    whole = built(blog)
    get = serve(whole, folder="blog", gone=("https://ada.pub/blog/over/", "https://ada.pub/over/"))
    [sheet] = [path for path in whole.release.outputs if path.startswith("theme/style.")]

    assert get("/blog/engines/").body == whole.body("engines/index.html")
    assert "default-src" in get("/blog/engines/")["content-security-policy"]
    assert get(f"/blog/{sheet}")["cache-control"] == "public, max-age=31536000, immutable"
    assert get("/blog/gone%20by/")["location"] == "/blog/moved/"
    assert get("/blog/nothing").body == whole.body("404.html")
    assert (get("/blog/over/").status, get("/over/").status) == (410, 404)


def test_the_writers_own_headers_go_before_ours(blog: LiveBlog, serve: Serve) -> None:
    own = """\
# Mine.
/*
  X-Mine: a "b" \\c
  Cache-Control: no-store
/images/*
  Cache-Control: max-age=60
/engines/
  X-Mine: other
  X-More: yes
/a/*/b
  X-Mine: left out
/looms/
  X-Bad: $host
"""
    blog.write("content/theme/root/_headers", own)
    blog.write("content/images/boat.jpg", b"\xff\xd8\xff")
    get = serve(built(blog))

    assert get("/")["x-mine"] == 'a "b" \\c'
    assert get("/")["cache-control"] == "no-store"
    assert "content-security-policy" not in dict(get("/").headers)
    assert (get("/images/boat.jpg")["cache-control"], get("/images/boat.jpg")["x-mine"]) == ("max-age=60", 'a "b" \\c')
    assert (get("/engines/")["x-mine"], get("/engines/")["x-more"]) == ("other", "yes")
    assert get("/engines/")["cache-control"] == "no-store"


def test_a_client_of_ours_reads_what_nginx_serves(blog: LiveBlog, tool: Tool, tmp_path: Path) -> None:
    whole = built(blog)
    served = nginx.served(tool("nginx"), tmp_path / "nginx", whole.folder, snippet(whole.release, whole.body))
    with served as url, Client(private=True) as client:
        assert client.get(f"{url}/engines/").body == whole.body("engines/index.html")
        assert client.get(f"{url}/engines/").headers["content-encoding"] == "gzip"


ODD_LETTERS = "a {}$;\"'\\#~*^@|<>[]()%\t\né\u2028"


def test_nginx_takes_every_old_address_that_can_be_written(tool: Tool, tmp_path: Path) -> None:
    aliases = tuple(f"/{one}{other}old/" for one in ODD_LETTERS for other in ODD_LETTERS)
    post = Post("urn:a", "a", "https://a.pub/$b/", "$b/", "b.md", Status.PUBLISHED, "en", "B", "", None, None)
    rules = redirects.rules([replace(post, aliases=aliases)], "")
    release = Release("1", "https://a.pub", NOW, {redirects.PATH: "0" * 64}, {redirects.PATH: Kind.TEXT}, ())

    made = snippet(release, lambda _: rules)

    assert made.count(b"return 301") > 500
    assert nginx.refused(tool("nginx"), tmp_path / "nginx", made) == ""
    assert "duplicate" in nginx.refused(tool("nginx"), tmp_path / "nginx", made + made)


# In a browser


TEXT = """\
| Engine | Cards |
| --- | ---: |
| Difference | 0 |

```python
cards = 1[^1]
```

Words[^1] with <span style="color: green">a colour</span> and <b style="font-weight: 900">weight</b>.

<style>b { color: blue }</style>
<script>document.title = "Scripted"</script>

![A boat](OTHER/boat.svg)

<video src="OTHER/boat.webm"></video>

[^1]: A note.
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"><rect width="5" height="5"/></svg>'
NOTED = """\
window.violations = [];
document.addEventListener("securitypolicyviolation", event => violations.push(
    [event.effectiveDirective, event.blockedURI, event.sourceFile, event.sample].join(" ")));
"""


def violations(browser: Browser, url: str) -> list[str]:
    """Open a page and return what its policy kept from it, once all that it loads has come."""
    browser.call("Page.navigate", url=url)
    browser.until(f"location.href === {json.dumps(url)} && document.readyState === 'complete' && window.violations")
    return list(browser.value("violations"))


def test_no_page_breaks_the_policy_and_what_no_post_embeds_is_kept_out(
    blog: LiveBlog, browser: Browser, tool: Tool, tmp_path: Path
) -> None:
    with serving(sends(answer(SVG, Content_Type="image/svg+xml"))) as other, serving(sends(answer(SVG))) as stranger:
        blog.post("everything", TEXT.replace("OTHER", other.url), Date="2026-05-05", Summary="All there is.")
        whole = built(blog)
        made = snippet(whole.release, whole.body)
        with nginx.served(tool("nginx"), tmp_path / "nginx", whole.folder, made) as url:
            browser.call("Page.enable")
            browser.call("Page.addScriptToEvaluateOnNewDocument", source=NOTED)
            pages = [output.address(path) for path, kind in whole.release.kinds.items() if kind is Kind.PAGE]
            found = {path: violations(browser, f"{url}/{path}") for path in pages if path != "404.html"}
            found["404.html"] = violations(browser, f"{url}/nothing/here/")

            assert {path: broken for path, broken in found.items() if broken} == {}
            assert len(found) > 10
            violations(browser, f"{url}/everything/")
            assert browser.value("document.title") == "Scripted"
            assert browser.value("document.querySelector('img[alt]').naturalWidth") == 5
            assert browser.value("getComputedStyle(document.querySelector('td:last-child')).textAlign") == "right"
            assert browser.value("getComputedStyle(document.querySelector('main b')).fontWeight") == "900"
            browser.value(f"document.body.append(Object.assign(new Image(), {{ src: '{stranger.url}/a.svg' }}))")
            browser.until("violations.length")
            assert browser.value("violations[0]").startswith(f"img-src {stranger.url}/a.svg")
            browser.value("document.body.setAttribute('style', 'color: red')")
            browser.until("violations.length > 1")

    assert stranger.requests == []
