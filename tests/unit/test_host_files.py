"""What hosts are told: the policy, `_headers`, and the snippet for nginx."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime

import pytest
from byline.site import headers, nginx
from byline.site.policy import policy, searching
from byline.values.content import Content
from byline.values.output import Kind, Release

NOW = datetime(2026, 1, 1, tzinfo=UTC)
URL = "https://me.example"


def directives(*texts: str, url: str = URL) -> dict[str, str]:
    """Return the policy of a site with these texts, by directive."""
    found = policy([Content(text) for text in texts], url)
    return dict(part.split(" ", 1) for part in found.split("; "))


def digest(text: str) -> str:
    """Return the digest of a style or script as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_a_site_of_its_own_files_allows_nothing_else() -> None:
    found = directives("<p>Words, <a href='https://other.example/'>a link</a>, <img src='/a.jpg'>.</p>")

    assert found == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "connect-src": "'self'",
        "font-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "img-src": "'self' data:",
        "manifest-src": "'self'",
        "media-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
    }


@pytest.mark.parametrize(
    ("html", "directive", "sources"),
    [
        ('<img alt="a > b" src="https://a.example/x.jpg">', "img-src", "'self' data: https://a.example"),
        ("<IMG SRC=https://a.example/x.jpg>", "img-src", "'self' data: https://a.example"),
        ('<img src="/x.jpg" srcset="/x.jpg 1x, //a.example/x.jpg 2x">', "img-src", "'self' data: https://a.example"),
        (
            '<picture><source srcset="http://a.example:8080/x"></picture>',
            "img-src",
            "'self' data: http://a.example:8080",
        ),
        ('<video poster="https://a.example/x.jpg"></video>', "img-src", "'self' data: https://a.example"),
        ('<img src="https://straße.example/x">', "img-src", "'self' data: https://xn--strae-oqa.example"),
        ('<img src="https://[::1]:8080/x">', "img-src", "'self' data: https://[::1]:8080"),
        ('<img src="https://me:secret@a.example/x">', "img-src", "'self' data: https://a.example"),
        ('<iframe src="https://video.example/1?a=b"></iframe>', "frame-src", "https://video.example"),
        ('<video src="https://a.example/x"></video>', "media-src", "'self' https://a.example"),
        ('<audio><source src="https://a.example/x"></audio>', "media-src", "'self' https://a.example"),
        ('<object data="https://a.example/x.pdf"></object>', "object-src", "https://a.example"),
        ('<embed src="https://a.example/x.pdf">', "object-src", "https://a.example"),
        ('<script src="https://a.example/gist.js"></script>', "script-src", "'self' https://a.example"),
        ('<form action="https://list.example/join"></form>', "form-action", "'self' https://list.example"),
    ],
)
def test_what_a_text_embeds_of_another_host_is_allowed(html: str, directive: str, sources: str) -> None:
    found = directives(f"<p>Words.</p>{html}")

    assert found[directive] == sources
    assert {name: value for name, value in found.items() if name != directive} == {
        name: value for name, value in directives("").items() if name != directive
    }


@pytest.mark.parametrize(
    "html",
    [
        "<pre><code>&lt;img src=&quot;https://a.example/x&quot;&gt;</code></pre>",
        '<!-- <img src="https://a.example/x"> -->',
        '<a href="https://a.example/x"><img src="/a.jpg" alt="See //a.example"></a>',
        f'<img src="{URL}/x.jpg">',
        '<img src="data:image/gif;base64,//8=">',
        '<img src="https://a.example; script-src *">',
        '<img src="https://a.example:port/">',
        '<img src="https://[::1/">',
        '<iframe src="javascript://a.example/%0Aalert(1)"></iframe>',
        '<iframe src="about:blank"></iframe>',
    ],
)
def test_what_embeds_nothing_of_another_host_allows_nothing(html: str) -> None:
    assert directives(html) == directives("")


def test_hosts_stand_once_and_sorted() -> None:
    found = directives(
        '<img src="https://b.example/1"><img src="https://a.example/1">', '<img src="https://b.example/2">'
    )

    assert found["img-src"] == "'self' data: https://a.example https://b.example"


def test_many_hosts_make_a_policy_that_allows_all_with_tls() -> None:
    found = directives(*(f'<img src="https://host{number}.example/1">' for number in range(9)))

    assert found["img-src"] == "'self' data: https:"
    assert found["media-src"] == "'self'"


def test_styles_and_scripts_in_a_text_are_allowed_by_their_digest() -> None:
    found = directives(
        "<td style=\"text-align: right;\">1</td><td style='text-align: right;'>2</td>",
        "<style>b { color: red }</style><script>a < b</script><script type=module>c</script>",
        '<script type="application/ld+json">{}</script><script src="/x.js"></script><script></script>',
    )

    styles = sorted([digest("text-align: right;"), digest("b { color: red }")])
    assert found["style-src"] == f"'self' 'unsafe-hashes' {' '.join(styles)}"
    assert found["script-src"] == f"'self' {' '.join(sorted([digest('a < b'), digest('c')]))}"


def test_a_digest_is_of_the_value_that_a_browser_reads() -> None:
    found = directives('<p style="font: &quot;A&quot; &amp; b">Words</p>')

    assert digest('font: "A" & b') in found["style-src"]


def test_many_styles_make_a_policy_that_allows_all_of_them() -> None:
    found = directives(*(f'<p style="margin: {number}px">Words</p>' for number in range(9)))

    assert found["style-src"] == "'self' 'unsafe-inline'"
    assert "unsafe" not in found["script-src"]


def test_words_about_styles_are_no_style() -> None:
    assert directives("<p>Write style=red, or <code>&lt;p style=&quot;a&quot;&gt;</code>.</p>") == directives("")


# _headers


def test_headers_are_for_all_and_a_year_for_what_is_named_by_its_bytes() -> None:
    lines = headers.rules([Content("<p>Words.</p>")], URL, ["theme/style.0123456789.css"]).decode().splitlines()

    assert lines[0] == "/*"
    assert lines[1].startswith("  Content-Security-Policy: default-src 'none'; ")
    assert "  Strict-Transport-Security: max-age=31536000" in lines
    assert lines[-2:] == ["/theme/style.0123456789.css", "  Cache-Control: public, max-age=31536000, immutable"]


def test_headers_of_a_site_below_a_path_are_for_that_path() -> None:
    lines = headers.rules([], f"{URL}/blog", ["a.css"]).decode().splitlines()

    assert [line for line in lines if not line.startswith(" ")] == ["/blog/*", "/blog/a.css"]


def test_a_site_without_tls_does_not_ask_for_it() -> None:
    assert b"Strict-Transport-Security" not in headers.rules([], "http://me.example", [])


def test_the_page_that_searches_has_a_policy_of_its_own_and_the_general_one_is_taken_back() -> None:
    lines = headers.rules([], f"{URL}/blog", [], search="search/").decode().splitlines()

    general = lines[1].partition(": ")[2]
    own = general.replace("script-src 'self'", "script-src 'wasm-unsafe-eval' 'self'")
    assert lines[lines.index("/blog/search/") :] == [
        "/blog/search/",
        "  ! Content-Security-Policy",
        f"  Content-Security-Policy: {own}",
    ]
    assert "wasm" not in general
    assert own != general


def test_the_policy_of_a_worst_case_is_short_enough_for_every_host() -> None:
    embeds = ("<img src={}>", "<iframe src={}></iframe>", "<video src={}></video>", "<object data={}></object>")
    texts = [
        embed.format(f"https://{'a' * 20}{number}.example/x") for number in range(8) for embed in embeds
    ]  # fmt: skip
    assert len(searching(policy([Content(text) for text in texts], URL))) < 2_000


# nginx


def snippet(url: str = URL, **files: str) -> list[str]:
    """Return the lines of the snippet for a site with these files."""
    bodies = {name: body.encode() for name, body in files.items()}
    kinds = dict.fromkeys(bodies, Kind.TEXT)
    release = Release(
        "1", url, NOW, {name: hashlib.sha256(body).hexdigest() for name, body in bodies.items()}, kinds, ()
    )
    return nginx.snippet(release, bodies.__getitem__).decode().splitlines()


ASKED = "$is_args$args"
"""What is asked of the old address is asked of the new one."""


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        ("/old/ /new/ 301", {"/old/": f'301 "/new/{ASKED}"', "/old": f'301 "/new/{ASKED}"'}),
        ("/v1.0 /new/ 302", {"/v1.0/": f'302 "/new/{ASKED}"', "/v1.0": f'302 "/new/{ASKED}"'}),
        ("/old.html /new/", {"/old.html": f'301 "/new/{ASKED}"'}),
        ("/a%20b.html /c%20d/ 302", {"/a b.html": f'302 "/c%20d/{ASKED}"'}),
        ("/%D0%B0.html /new/", {"/а.html": f'301 "/new/{ASKED}"'}),
        ("/a.html https://b.example/?a=$b#c 308!", {"/a.html": '308 "https://b.example/?a=%24b#c"'}),
        ("/a.html /$host/ 301", {"/a.html": f'301 "/%24host/{ASKED}"'}),
        ("/$host.html /new/", {"/$host.html": f'301 "/new/{ASKED}"'}),
        ('/a.html /";}evil{ 301', {"/a.html": f'301 "/%22;%7Devil%7B{ASKED}"'}),
        ('/x";return%20200;"a.html /new/', {'/x\\";return 200;\\"a.html': f'301 "/new/{ASKED}"'}),
        ("/old/* /new/:splat 301", {}),
        ("/old/:year /new/ 301", {}),
        ("/old/ /new/ 200", {}),
        ("/old/ /new/ 301 Country=no", {}),
        ("/%0aevil/ /new/ 301", {}),
        ("/ /new/ 301", {}),
        ("https://other.example/old /new/ 301", {}),
        ("# /old/ /new/ 301", {}),
        ("/old/", {}),
        ("", {}),
    ],
)
def test_exact_redirects_are_nginxs_own(rule: str, written: dict[str, str]) -> None:
    found = [line for line in snippet(_redirects=f"{rule}\n") if line.startswith("location =")]

    assert found == [f'location = "{old}" {{ return {new}; }}' for old, new in written.items()]


def test_a_redirect_too_long_for_nginx_stays_a_page() -> None:
    assert not any("return 301" in line for line in snippet(_redirects=f"/{'é' * 2000}/ /new/ 301\n"))


def test_without_files_for_hosts_there_are_no_headers_but_the_cache() -> None:
    assert [line for line in snippet() if line.startswith("add_header")] == [
        "add_header cache-control $byline_cache always;"
    ]


def test_a_page_with_a_policy_of_its_own_has_only_that() -> None:
    own = "/*\n  X-One: 1\n  X-Two: 2\n/search/\n  ! X-Two\n  X-Two: 3\n"
    [found] = [line for line in snippet(_headers=own) if line.startswith("location = ")]

    again = 'add_header x-one "1" always; add_header x-two "3" always; add_header cache-control $byline_cache always;'
    assert found == f'location = "/search/index.html" {{ {again} }}'


def test_parts_of_the_search_index_are_kept_a_year_as_their_names_change_with_them() -> None:
    found = snippet(**{"pagefind/index/en_1f8f88c.pf_index": "1", "pagefind/pagefind.js": "2"})

    assert [line for line in found if "pagefind" in line] == [
        f'location = "/pagefind/index/en_1f8f88c.pf_index" {{ set $byline_cache "{headers.FOR_EVER}"; }}'
    ]


def test_headers_are_added_once_and_only_at_the_top_or_all_again() -> None:
    own = "/*\n  X-One: 1\n/a.css\n  Cache-Control: max-age=1\n/b/*\n  X-Two: 2\n"
    lines = snippet(_headers=own)

    assert 'add_header x-one "1" always;' in lines
    assert 'location = "/a.css" { set $byline_cache "max-age=1"; }' in lines
    again = 'add_header x-one "1" always; add_header x-two "2" always; add_header cache-control $byline_cache always;'
    assert f'location "/b/" {{ {again} }}' in lines
