"""The seal of a page: it is of the page's own bytes, and is found in whatever a host makes of them."""

from __future__ import annotations

import hashlib

import pytest
from byline.values.seal import EMPTY, seal_of, sealed

PAGE = b"<!doctype html><head>" + EMPTY + b"<title>A</title></head><p>Words</p>"


def test_it_is_the_digest_of_the_page_with_the_seal_left_empty() -> None:
    assert seal_of(sealed(PAGE)) == hashlib.sha256(PAGE).hexdigest()[:32]
    assert sealed(PAGE).replace(seal_of(sealed(PAGE)).encode(), b"") == PAGE


def test_other_words_have_another_seal() -> None:
    assert seal_of(sealed(PAGE)) != seal_of(sealed(PAGE.replace(b"Words", b"words")))


def test_a_page_without_a_place_for_it_stays_as_it_is() -> None:
    assert sealed(b"<p>Words</p>") == b"<p>Words</p>"
    assert seal_of(b"<p>Words</p>") == ""


def test_only_the_first_place_is_filled() -> None:
    assert sealed(PAGE + EMPTY).count(EMPTY) == 1


@pytest.mark.parametrize(
    "rewritten",
    [
        "<meta name=byline content={}>",
        "<META NAME='byline' CONTENT='{}'/>",
        '<meta content="{}" name="byline">',
        '<meta data-x name="byline"\n  content="{}" />',
    ],
)
def test_it_is_found_after_a_host_rewrote_the_page(rewritten: str) -> None:
    seal = seal_of(sealed(PAGE))
    page = f"<title>A</title>{rewritten.format(seal)}<p>Words</p>".encode()

    assert seal_of(page) == seal


@pytest.mark.parametrize(
    "other",
    [
        b'<meta name="byline" content="">',
        b'<meta name="byline" content="by Ada">',
        b'<meta name="bylines" content="0123456789abcdef0123456789abcdef">',
        b'<meta name="byline"><meta name="x" content="0123456789abcdef0123456789abcdef">',
        b'<meta name="byline" content="0123456789abcdef0123456789abcdef0">',
    ],
)
def test_nothing_else_is_taken_for_one(other: bytes) -> None:
    assert seal_of(other) == ""
