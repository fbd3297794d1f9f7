"""WebSub: which address a feed calls its own, where it names the hub."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from byline.sharing.websub import topic
from byline.site.writer import WRITTEN
from unit.test_feed_formats import EMPTY, FEED

if TYPE_CHECKING:
    from collections.abc import Callable

    from byline.site.feeds import Feed

HUB = FEED.hub


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_every_kind_of_feed_says_what_its_address_is(write: Callable[[Feed], bytes]) -> None:
    feed = replace(FEED, url="https://me.example/blog/feeds/été.xml")

    assert topic(write(feed), HUB) == "https://me.example/blog/feeds/%C3%A9t%C3%A9.xml"


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_a_feed_that_does_not_name_the_hub_has_nothing_to_announce(write: Callable[[Feed], bytes]) -> None:
    assert topic(write(EMPTY), HUB) == ""
    assert topic(write(FEED), "https://other.example/") == ""


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_a_hub_is_known_by_its_address_however_that_is_written(write: Callable[[Feed], bytes]) -> None:
    hub = "https://hub.example/mitteilen/für/alle"

    assert topic(write(replace(FEED, hub=hub)), hub) == FEED.url


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<feed",
        b"<html><link rel='self' href='https://me.example/'></html>",
        b"{",
        b'{"hubs": [{"type": "WebSub", "url": "https://hub.example/"}]}',
        b'{"hubs": 1, "feed_url": "https://me.example/"}',
        b'{"hubs": ["https://hub.example/"], "feed_url": "https://me.example/"}',
        b"\xff\xfe",
    ],
)
def test_what_a_plugin_wrote_and_is_no_feed_has_nothing_to_announce(body: bytes) -> None:
    assert topic(body, HUB) == ""
