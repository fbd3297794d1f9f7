"""A hub is told of the feeds that changed, each once, and only when readers would be given the new ones.

The hub is our reading of the Recommendation: it takes a form, and answers 202.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest
from byline.commands import share
from byline.commands.announcing import Announcing
from byline.commands.sharing_step import Shared, Together
from byline.site.configuration import load
from fake_network import FakeNetwork, Headers
from live_blog import LiveBlog
from static_server import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from byline.values.output import Release
    from fake_network import Request

FEEDS = {f"https://ada.pub/feeds/{name}" for name in ("atom.xml", "rss.xml", "feed.json")}
OLD = b"<feed>as it was</feed>"


class Hub(FakeNetwork):
    """A hub that takes whatever it is told."""

    def __init__(self) -> None:
        """Listen; there is no token."""
        super().__init__("")

    def answer(self, request: Request) -> tuple[int, Headers]:
        """Accept."""
        assert request.headers["content-type"] == "application/x-www-form-urlencoded"
        return 202, Headers()

    @property
    def told(self) -> list[str]:
        """Return the topics that were announced, in order."""
        forms = [dict(parse_qsl(request.body.decode(), strict_parsing=True)) for request in self.sent("POST /hub")]
        assert all(form["hub.mode"] == "publish" and form["hub.url"] == form["hub.topic"] for form in forms)
        return [form["hub.topic"] for form in forms]


@dataclass
class Cache:
    """What stands before the site and shows a feed as it was: a sharing step that comes before the announcing."""

    file: Path
    fresh: list[bytes] = field(default_factory=list)

    def preview(self, release: Release, now: datetime) -> Sequence[str]:
        """Return nothing: a cache sends nothing."""
        assert now.tzinfo
        assert release.outputs
        return ()

    def share(self, release: Release, now: datetime) -> Shared:
        """Show the feed as it was from now on."""
        assert now.tzinfo
        assert release.outputs
        self.fresh.append(self.file.read_bytes())
        self.file.write_bytes(OLD)
        return Shared()

    def empty(self) -> None:
        """Show the feed as it is."""
        self.file.write_bytes(self.fresh[-1])


@pytest.fixture(autouse=True)
def a_writers_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what a forge's machine has."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture
def hub() -> Iterator[Hub]:
    """Give a hub."""
    with Hub() as fake:
        yield fake


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give the folder that is the target."""
    folder = tmp_path / "www"
    folder.mkdir()
    return folder


@pytest.fixture
def blog(tmp_path: Path, site: Path, hub: Hub) -> Iterator[LiveBlog]:
    """Give a blog whose feeds name that hub; one of them has an old address, too."""
    more = f"BYLINE_FEEDS = {{'hub': {hub.url!r} + '/hub', 'aliases': {{'old.xml': 'feeds/atom.xml'}}}}\n"
    with serving(site) as address:
        yield LiveBlog(tmp_path / "blog").begin({"live": {"to": str(site), "verify": address, "deadline": 5}}, more)


def announcing(blog: LiveBlog, wait: Callable[[float], None] = lambda _seconds: None) -> Announcing:
    """Return the step, which waits as it is told."""
    return Announcing(blog.root, load(blog.root / "publishconf.py").own, wait)


def test_the_hub_is_told_of_each_feed_once(blog: LiveBlog, hub: Hub, site: Path) -> None:
    assert blog.publish(announcing(blog), yes=True) == 0, blog.told
    tags = {f"https://ada.pub/feeds/tag/{name}.atom.xml" for name in ("engines", "notes", "looms")}
    assert (site / "old.xml").is_file()
    assert sorted(hub.told) == sorted(FEEDS | tags | {"https://ada.pub/feeds/category/notes.atom.xml"})
    assert "websub: 127.0.0.1 is told of feeds/atom.xml, feeds/feed.json, feeds/rss.xml and 4 more." in blog.said

    assert blog.publish(announcing(blog), yes=True) == 0
    assert len(hub.told) == len(set(hub.told))
    assert blog.said.splitlines()[-1].startswith("Nothing to do: ")


def test_an_archive_is_not_announced_as_nobody_subscribes_to_it(tmp_path: Path, site: Path, hub: Hub) -> None:
    more = f"BYLINE_FEEDS = {{'hub': {hub.url!r} + '/hub', 'limit': 1}}\n"
    with serving(site) as address:
        blog = LiveBlog(tmp_path / "blog").begin({"live": {"to": str(site), "verify": address, "deadline": 5}}, more)
        assert blog.publish(announcing(blog), yes=True) == 0, blog.told

    assert list((site / "feeds/archive").iterdir())
    assert set(hub.told) > FEEDS
    assert not any("archive" in topic for topic in hub.told)
    assert "archive" not in (blog.root / ".byline/announced.json").read_text("utf-8")


def test_an_edit_announces_the_feeds_that_have_the_post_and_no_other(blog: LiveBlog, hub: Hub) -> None:
    blog.publish(announcing(blog), yes=True)
    before = len(hub.told)
    blog.post("looms", "Other cards.", Date="2026-03-03", Tags="looms", Summary="On looms.")

    assert blog.publish(announcing(blog), yes=True) == 0, blog.told

    new = set(hub.told[before:])
    assert new >= {*FEEDS, "https://ada.pub/feeds/tag/looms.atom.xml"}
    assert "https://ada.pub/feeds/tag/notes.atom.xml" not in new
    assert "websub: 127.0.0.1 is told of " in blog.said


def test_a_feed_that_a_cache_shows_as_it_was_is_left_to_the_next_run(blog: LiveBlog, hub: Hub, site: Path) -> None:
    cache, waits = Cache(site / "feeds/atom.xml"), list[float]()
    step = announcing(blog, waits.append)

    assert blog.publish(Together((cache, step)), yes=True) == 0
    assert hub.told == []  # what a cache shows late it shows late of all, and it is asked for no more than one
    assert "127.0.0.1 was not told of 7 feeds: feeds/atom.xml is not seen yet as it was published." in blog.told
    assert 2 <= len(waits) <= 5
    assert sum(waits) < 30

    cache.empty()
    assert blog.publish(step, yes=True) == 0
    assert len(hub.told) == len(set(hub.told)) == 7
    assert blog.told == ""


def test_a_cache_that_lags_a_little_is_waited_for(blog: LiveBlog, hub: Hub, site: Path) -> None:
    cache = Cache(site / "feeds/atom.xml")

    def wait(seconds: float) -> None:
        if seconds:
            cache.empty()

    assert blog.publish(Together((cache, announcing(blog, wait))), yes=True) == 0
    assert set(hub.told) > FEEDS
    assert len(hub.told) == len(set(hub.told))
    assert blog.told == ""


@pytest.mark.parametrize(
    ("fault", "told"), [({"status": 500}, "it answers 500"), ({"status": 404}, "it answers 404"), ({"lost": True}, "")]
)
def test_a_hub_that_does_not_take_it_is_told_of_the_rest_later(
    blog: LiveBlog, hub: Hub, fault: dict[str, int], told: str
) -> None:
    blog.publish(announcing(blog))
    hub.fail("POST /hub", times=1, **fault)

    assert blog.publish(announcing(blog), yes=True) == 0
    assert len(hub.told) == 1  # the rest is not asked for after that
    assert f"127.0.0.1 was not told of 7 feeds: {told}" in blog.told

    assert blog.publish(announcing(blog), yes=True) == 0
    assert len(set(hub.told)) == len(hub.told) - 1 == 7
    assert blog.told == ""


def test_a_dry_run_says_what_would_be_announced_and_asks_nobody(blog: LiveBlog, hub: Hub) -> None:
    assert blog.publish(announcing(blog), dry_run=True) == 0
    assert "websub: 127.0.0.1 of feeds/atom.xml, feeds/feed.json, feeds/rss.xml and 4 more" in blog.said
    assert hub.requests == []
    assert not (blog.root / ".byline/announced.json").exists()


@pytest.mark.parametrize("kept", [None, b"", b"[]", b'{"hub": "x"}', b'{"hub": "http://127.0.0.1/", "feeds": {}}'])
def test_what_was_announced_can_be_lost_and_is_announced_once_more(
    blog: LiveBlog, hub: Hub, kept: bytes | None
) -> None:
    blog.publish(announcing(blog), yes=True)
    file = blog.root / ".byline/announced.json"
    file.unlink() if kept is None else file.write_bytes(kept)

    assert blog.publish(announcing(blog), yes=True) == 0
    assert blog.publish(announcing(blog), yes=True) == 0

    assert len(hub.told) == 2 * len(set(hub.told)) == 14


def test_without_a_hub_nobody_is_told(tmp_path: Path, site: Path) -> None:
    with serving(site) as address:
        blog = LiveBlog(tmp_path / "blog").begin({"live": {"to": str(site), "verify": address, "deadline": 5}})
        assert blog.publish(announcing(blog), yes=True) == 0

    assert "websub" not in blog.said
    assert not (blog.root / ".byline/announced.json").exists()


def test_publish_and_share_announce_by_themselves(blog: LiveBlog, hub: Hub) -> None:
    assert blog.publish() == 0
    assert blog.heard(lambda: share.run(blog.root, share.Wishes(dry_run=True))) == 0
    assert "websub: 127.0.0.1 of feeds/atom.xml" in blog.said
    assert hub.requests == []

    assert blog.heard(lambda: share.run(blog.root, share.Wishes(yes=True))) == 0, blog.told
    assert set(hub.told) > FEEDS
    before = len(hub.told)
    blog.post("looms", "Other cards.", Date="2026-03-03", Tags="looms", Summary="On looms.")
    assert blog.publish(yes=True) == 0, blog.told
    assert set(hub.told[before:]) > FEEDS
