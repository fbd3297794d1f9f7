"""Webmention: where a page wants to be told of a link."""

from __future__ import annotations

import time

import pytest
from byline.sharing.webmention import endpoint
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st
from unit.test_golden import CASE, GOLDEN

PAGE = "https://them.example/posts/one"
HTML = "text/html"
TEXT = (GOLDEN / "webmention_endpoints.txt").read_text("utf-8")
MIB = 1_048_576
"""What is read of a page at most: one made to cost the square of its length would take minutes of it, or hours."""
PIECES = st.lists(
    st.sampled_from(
        """\
<~>~<a ~<link ~<base ~<template>~</template>~<!--~-->~<script>~</script>~rel=~href=~webmention~"~'~/~=~;~,~ ~\\~
~http:~//~[~]~:~@~?~#~é""".split("~")
    )
).map("".join)


@pytest.mark.parametrize(
    ("given", "expected"),
    [pytest.param(case["given"], case["expected"], id=case["title"]) for case in CASE.finditer(TEXT)],
)
def test_golden(given: str, expected: str) -> None:
    head, _, body = given.partition("\n\n")
    url, *fields = head.splitlines()
    headers = [(name.lower(), value) for name, value in (field.split(": ", 1) for field in fields)]
    links = [value for name, value in headers if name == "link"]

    found = endpoint(url, links, body.encode(), dict(headers).get("content-type", ""))

    assert f"{found or 'none'}\n" == expected


def test_nothing_in_the_golden_file_is_left_over() -> None:
    _about, *between = CASE.split(TEXT)[:: CASE.groups + 1]

    assert len(between) > 23
    assert "".join(between).strip() == ""


def test_bytes_that_are_no_text_hide_nothing() -> None:
    assert endpoint(PAGE, (), b'\xff\xfe\x00<p \xe9><a rel=webmention href="/\xe9">', HTML) == "https://them.example/�"


@settings(deadline=None, derandomize=True, database=None)
@for_any(PIECES, PIECES)
def test_what_is_found_is_on_the_web_whatever_the_page(link: str, html: str) -> None:
    for links, body in (((link,), b""), ((), html.encode())):
        found = endpoint(PAGE, links, body, HTML)

        assert found is None or (found.startswith(("http://", "https://")) and "#" not in found)


@pytest.mark.parametrize(
    "piece",
    [
        *("<", "<a", "<a ", "<a =", "<a rel", "<a rel=webmention ", '<a rel="', "<a href='", "<a></a>", "</a>"),
        *("<a rel=webmention>", "<link rel=webmention href=", "<base>", "<base href=", "<!--", "<!", "<script>"),
        *("<template>", "</template>", "<template></template>", "<title>", "&", "=", '"', "a ", "rel =  "),
    ],
)
@pytest.mark.parametrize("begun", ["", "<a "])
def test_a_hostile_page_takes_no_longer_than_others(begun: str, piece: str) -> None:
    body = (begun + piece * (MIB // (1 if piece in {"<", "<a"} else 4) // len(piece))).encode()
    begin = time.process_time()

    endpoint(PAGE, (), body, HTML)

    assert time.process_time() - begin < 30


@pytest.mark.parametrize(
    "piece",
    ["<", "<a", "<>", ">", ";", "; ", ";rel", "; rel=", '; rel="', "<>;rel=webmention ", ";;=", "\\", '\\"', ",", " "],
)
@pytest.mark.parametrize("begun", ["", '<a>; rel="'])
def test_a_hostile_header_takes_no_longer_than_others(begun: str, piece: str) -> None:
    link = begun + piece * (MIB // 4 // len(piece))
    begin = time.process_time()

    endpoint(PAGE, (link,), b"", HTML)

    assert time.process_time() - begin < 30
