"""Compose links: where a writer finds a new post with the words ready, network by network."""

from __future__ import annotations

import pytest
from byline.sharing.compose_links import ComposeLink, compose_link
from byline.sharing.message import Message
from byline.values.settings import Account

URL = "https://me.example/q&a/"
MESSAGE = Message(URL, f"Q&A: 100%?\n#Tag\n{URL}", "Q&A")
TEXT = "Q%26A%3A%20100%25%3F%0A%23Tag%0Ahttps%3A%2F%2Fme.example%2Fq%26a%2F"
ENCODED = "https%3A%2F%2Fme.example%2Fq%26a%2F"


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("bluesky", f"https://bsky.app/intent/compose?text={TEXT}"),
        ("mail", f"mailto:?subject=Q%26A&body={TEXT.replace('%0A', '%0D%0A')}"),
        ("telegram", f"https://t.me/share/url?url={ENCODED}&text=Q%26A%3A%20100%25%3F%0A%23Tag"),
        ("threads", f"https://www.threads.net/intent/post?text={TEXT}"),
        ("whatsapp", f"https://wa.me/?text={TEXT}"),
        ("x", f"https://x.com/intent/tweet?text={TEXT}"),
    ],
)
def test_where_the_network_takes_them_all_the_words_go_along(kind: str, url: str) -> None:
    assert compose_link(kind, Account(), MESSAGE) == ComposeLink(url, worded=True)


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("facebook", f"https://www.facebook.com/sharer/sharer.php?u={ENCODED}"),
        ("hackernews", f"https://news.ycombinator.com/submitlink?t=Q%26A&u={ENCODED}"),
        ("linkedin", f"https://www.linkedin.com/sharing/share-offsite/?url={ENCODED}"),
        ("reddit", f"https://www.reddit.com/submit?url={ENCODED}&title=Q%26A"),
    ],
)
def test_where_it_takes_only_an_address_that_is_said(kind: str, url: str) -> None:
    assert compose_link(kind, Account(), MESSAGE) == ComposeLink(url, worded=False)


@pytest.mark.parametrize(
    ("account", "server"),
    [
        (Account("@me@social.example"), "https://social.example"),
        (Account("@me@social.example", server="https://app.example/"), "https://app.example"),
    ],
)
def test_at_mastodon_it_is_on_our_own_server(account: Account, server: str) -> None:
    assert compose_link("mastodon", account, MESSAGE) == ComposeLink(f"{server}/share?text={TEXT}", worded=True)


@pytest.mark.parametrize(
    ("kind", "account"),
    [
        ("mastodon", Account()),
        ("mastodon", Account(server="javascript:alert(1)//")),
        ("micropub", Account()),
        ("pinterest", Account()),
        ("club.board", Account("me")),
    ],
)
def test_where_no_address_is_known_there_is_none(kind: str, account: Account) -> None:
    assert compose_link(kind, account, MESSAGE) is None
