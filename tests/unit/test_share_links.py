"""Share links: which there are, in which order, how they are called. What they hold is in golden/share_links.txt."""

from __future__ import annotations

import pytest
from byline.sharing.share_links import Shared, share_links

SHARED = Shared("Two boats", "https://me.example/boats/")


def test_links_come_in_the_order_of_the_settings() -> None:
    links = share_links(["x", "mail", "bluesky"], SHARED, "share/")

    assert [(link.name, link.label) for link in links] == [("x", "X"), ("mail", "E-mail"), ("bluesky", "Bluesky")]


def test_no_networks_are_no_links() -> None:
    assert list(share_links([], SHARED, "share/")) == []


def test_mastodon_needs_the_page_that_asks_for_a_server() -> None:
    assert list(share_links(["mastodon"], SHARED, "")) == []
    [link] = share_links(["mastodon"], SHARED, "teilen/")
    assert link.url == "teilen/?text=Two%20boats%20https%3A%2F%2Fme.example%2Fboats%2F"


def test_pinterest_needs_a_picture() -> None:
    assert list(share_links(["pinterest"], SHARED, "share/")) == []
    [link] = share_links(["pinterest"], SHARED._replace(picture="https://me.example/a.jpg"), "share/")
    assert "&media=https%3A%2F%2Fme.example%2Fa.jpg&" in link.url


@pytest.mark.parametrize("phrase", ["Share on X", "Share by e-mail"])
def test_a_link_says_what_it_does_without_the_words_around_it(phrase: str) -> None:
    assert phrase in [link.phrase for link in share_links(["x", "mail"], SHARED, "share/")]
