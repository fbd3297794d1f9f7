"""What holds for every share link: a network that takes it apart finds exactly what was put in."""

from __future__ import annotations

from typing import get_args
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from byline.sharing.share_links import Shared, address
from byline.values.settings import ShareName
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
ADDRESSES = WORDS.map(lambda words: f"https://me.example/{''.join(words.split())}")
TOGETHER = {"bluesky", "mastodon", "whatsapp"}
"""Networks that take one text, which holds title and address."""
WITHOUT_TITLE = {"facebook", "linkedin", "pinterest"}


@pytest.mark.parametrize("name", get_args(ShareName))
@given(title=WORDS, url=ADDRESSES, picture=ADDRESSES, description=WORDS)
def test_taking_a_link_apart_gives_what_was_put_in(
    name: ShareName, title: str, url: str, picture: str, description: str
) -> None:
    link = address(name, Shared(title, url, picture, description), "share/")

    parts = urlsplit(link)
    found = sorted(value for [value] in parse_qs(parts.query, strict_parsing=True).values())
    words = [f"{title} {url}"] if name in TOGETHER else [url] if name in WITHOUT_TITLE else [title, url]
    assert found == sorted([*words, picture, description] if name == "pinterest" else words)
    assert parts.fragment == ""
    assert sorted(unquote(pair.partition("=")[2]) for pair in parts.query.split("&")) == found  # a space is no plus


@pytest.mark.parametrize("name", get_args(ShareName))
@given(title=WORDS, url=ADDRESSES)
def test_a_link_has_no_character_that_would_end_it_in_html_or_mail(name: ShareName, title: str, url: str) -> None:
    link = address(name, Shared(title, url, url, title), "share/")

    assert link.isascii()
    assert link.isprintable()
    assert not set(link) & set("\"'<>\\ `{}|^")
