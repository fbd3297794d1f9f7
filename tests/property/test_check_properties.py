"""Whatever stands in a page, its facts are found, and are the same after they were kept."""

from __future__ import annotations

import json
from urllib.parse import unquote

from byline.checks.addresses import Addresses
from byline.checks.facts import Parser
from byline.checks.kept import _facts, _row
from byline.values.output import Kind
from hypothesis import given
from hypothesis import strategies as st

PIECES = st.sampled_from(
    "<p> <div> </div> </p> <b> <i> </b> <a href=x> <a href='../y#z'> </a> <h1> </h1> <h3>T</h3> <li> <table> <tr> <td> "
    "<svg/> <svg> </svg> <img src=a> <img srcset='a 1x,b'> <script> </script> <!-- --> <title>T</title> <x <y/> & "
    "<meta\tname=byline\tcontent=''> <base\thref='//['> <link\trel=canonical\thref='http://['> class='h-entry\tp-name' "
    "<div\tclass='h-entry\tp-name'> <a\tid=1> <a\tid=1> words \x00 é".split()
)
SITE = Addresses("https://me.example/blog")


@given(st.lists(PIECES | st.text(max_size=5), max_size=40))
def test_any_page_has_facts_that_can_be_kept(pieces: list[str]) -> None:
    body = "".join(pieces).encode("utf-8", "surrogatepass")

    found = Parser(SITE, {}).facts("a/index.html", Kind.PAGE, body)

    numbers: dict[str, int] = {}
    row = json.loads(json.dumps(_row(found, numbers)))
    assert _facts(row, list(numbers)) == found


@given(st.binary(max_size=300), st.sampled_from(["a.html", "b.css", "feeds/a.xml", "_redirects", "c.jpg"]))
def test_any_bytes_have_facts(body: bytes, path: str) -> None:
    for kind in Kind:
        assert not Parser(SITE, {}).facts(path, kind, body).secret


@given(st.text(alphabet="ab/.#?%20:é", max_size=12), st.sampled_from(["index.html", "a/b/index.html", "a.html"]))
def test_an_address_resolves_to_one_of_the_site_or_to_one_elsewhere(url: str, path: str) -> None:
    resolved = SITE.on(path, url)

    assert resolved == "" or resolved[0] == "/" or ":" in resolved
    if resolved.startswith("/") and not resolved.startswith("//"):
        assert "/../" not in resolved.partition("#")[0] or "/../" in unquote(url)
