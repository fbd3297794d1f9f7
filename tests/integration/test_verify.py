"""Seeing it live: a release counts as live when the public address shows it, whatever stands in between."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from byline.deploy.verify import Seen, Watch, looks, returned, sampled, verify
from byline.edges.http import Client
from byline.values import manifest
from byline.values.output import Kind, Release, release_id
from byline.values.problem import Fault, Problem
from byline.values.seal import EMPTY, sealed
from web import answer, keeps, serving

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

NOW = datetime(2026, 1, 1, tzinfo=UTC)
URL = "https://me.example/blog"
PAGE = (
    f'<!DOCTYPE html>\n<html>\n<head>\n<link rel="canonical" href="{URL}/%s">\n{EMPTY.decode()}\n</head>\n%s\n</html>\n'
)
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>a</id><entry><id>%s</id><title type="text">Words</title></entry></feed>
"""
LAST = ".well-known/byline.json"


def page(path: str, words: str = "Words.") -> bytes:
    """Return a page as the theme makes it."""
    return sealed((PAGE % (path, words)).encode())


FILES = {
    "index.html": (Kind.PAGE, page("")),
    "first/index.html": (Kind.PAGE, page("first/")),
    "på plass.html": (Kind.PAGE, page("p%C3%A5%20plass.html")),
    "old/index.html": (Kind.REDIRECT, f'<link rel="canonical" href="{URL}/first/">'.encode()),
    "404.html": (Kind.PAGE, page("404.html")),
    "feeds/atom.xml": (Kind.FEED, (ATOM % "one").encode()),
    "feeds/feed.json": (Kind.FEED, b'{"version": "1.1", "items": [{"id": "one"}]}\n'),
    "style.css": (Kind.ASSET, b"body {}"),
    "sitemap.xml": (Kind.TEXT, b"<urlset/>"),
}


@dataclass
class World:
    """A release, what a host answers by path below the root, and a clock that only waiting moves."""

    files: dict[str, tuple[Kind, bytes]] = field(default_factory=lambda: dict(FILES))
    served: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    told: list[tuple[int, int, str]] = field(default_factory=list)
    after: dict[int, Callable[[], None]] = field(default_factory=dict)
    """What happens during a pause, by its number from 1 on."""

    def __post_init__(self) -> None:
        """Let the host serve what was put there."""
        outputs = {path: hashlib.sha256(body).hexdigest() for path, (_, body) in self.files.items()}
        kinds = {path: kind for path, (kind, _) in self.files.items()}
        self.release = Release(release_id(outputs), URL, NOW, outputs, kinds, ())
        self.put()

    def put(self) -> None:
        """Let the host serve the release."""
        for path, (_, body) in self.files.items():
            self.served[path.removesuffix("index.html")] = answer(body)
        self.show(self.release.id)

    def show(self, release: str) -> None:
        """Let the host show a release by its id."""
        self.served[LAST] = answer(manifest.dumped(manifest.Manifest(release, NOW, {})))

    def reply(self, request: bytes) -> bytes:
        """Answer as the host does."""
        assert b"Cache-Control: no-cache\r\n" in request
        path = unquote(request.split(b" ")[1].decode()).removeprefix("/blog/")
        self.asked.append(path)
        return self.served.get(path) or answer(b"Not here.", "404 Not Found")

    def clock(self) -> float:
        """Return the seconds that were waited."""
        return sum(self.waited)

    def pause(self, seconds: float) -> None:
        """Wait."""
        self.waited.append(seconds)
        if happens := self.after.get(len(self.waited)):
            happens()

    def verify(self, *, deadline: float = 60, changed: list[str] | None = None) -> Seen:
        """Look at the host until it shows the release."""
        with serving(keeps(self.reply)) as server, Client(private=True, seconds=2) as client:
            return verify(
                client,
                f"{server.url}/blog",
                self.release,
                list(self.files) if changed is None else changed,
                lambda path: self.files[path][1],
                watch=Watch(deadline, lambda *done: self.told.append(done), self.clock, self.pause),
            )

    def problem(self, *, deadline: float = 60) -> Problem:
        """Return why the release is not live."""
        with pytest.raises(Fault) as fault:
            self.verify(deadline=deadline)
        [problem] = fault.value.problems
        assert problem.code == "not-live"
        return problem


@pytest.fixture
def world() -> World:
    """Give a release that is live."""
    return World()


def test_a_release_is_live_when_its_manifest_and_all_that_changed_are_there(world: World) -> None:
    seen = world.verify()

    assert (seen.looked, seen.changed, world.waited) == (6, 6, [])
    assert world.asked[0] == LAST
    assert set(world.asked[1:]) == {"", "first/", "på plass.html", "old/", "feeds/atom.xml", "feeds/feed.json"}
    assert world.told[-1] == (7, 7, "Looking")


def test_what_did_not_change_is_not_looked_at(world: World) -> None:
    assert world.verify(changed=["first/index.html", "gone/index.html"]).looked == 1

    assert world.asked == [LAST, "first/"]


def test_a_release_that_changed_nothing_is_known_by_its_manifest(world: World) -> None:
    assert world.verify(changed=[]).looked == 0

    assert world.asked == [LAST]


def test_pauses_grow_while_the_host_takes_its_time(world: World) -> None:
    world.show("0" * 32)
    world.after[12] = world.put

    world.verify(deadline=600)

    assert world.waited[:4] == [0.5, 0.75, 1.125, 1.6875]
    assert world.waited[-3:] == [15.0, 15.0, 15.0]
    assert len(world.waited) == 12
    assert world.asked.count(LAST) == 13


def test_the_last_look_is_at_the_deadline_itself(world: World) -> None:
    world.show("0" * 32)

    problem = world.problem(deadline=10)

    assert world.clock() == pytest.approx(10)
    assert f"/blog/.well-known/byline.json shows the release {'0' * 32}, not {world.release.id}." in problem.what
    assert problem.what.startswith("Not live after 10 seconds: http://127.0.0.1:")
    assert "CDN" in problem.remedy
    assert "deadline" in problem.remedy


def test_with_no_time_at_all_there_is_one_look(world: World) -> None:
    assert world.verify(deadline=0).looked == 6
    world.show("0" * 32)
    assert world.problem(deadline=0)
    assert world.waited == []


def test_a_release_that_comes_while_it_is_waited_for_is_seen(world: World) -> None:
    world.served.clear()
    world.after[3] = world.put

    assert world.verify().looked == 6


@pytest.mark.parametrize(
    ("served", "seen"),
    [
        (answer(b"", "404 Not Found"), "answers 404"),
        (answer(b"", "403 Forbidden"), "answers 403"),
        (answer(b"<!DOCTYPE html>"), "answers something else than a release"),
        (answer(b"[]"), "answers something else than a release"),
        (answer(b'{"schema": 99}'), "answers something else than a release"),
    ],
)
def test_a_manifest_that_is_not_there_asks_for_the_folder(world: World, served: bytes, seen: str) -> None:
    world.served[LAST] = served

    problem = world.problem()

    assert problem.what.endswith(f"byline.json {seen}.")
    assert "this is the address of what BYLINE_DEPLOY writes to" in problem.remedy
    assert "begin with a dot" in problem.remedy


def test_a_host_that_cannot_be_reached_asks_for_its_name(world: World) -> None:
    world.served[LAST] = b"SSH-2.0-OpenSSH\r\n"

    problem = world.problem()

    assert problem.what.endswith("byline.json cannot be reached: what it sends is broken off, or is not HTTP.")
    assert "DNS" in problem.remedy


def test_the_first_page_that_is_not_as_it_should_be_is_named(world: World) -> None:
    world.served["first/"] = answer(page("first/", "Old words."))
    world.served["feeds/atom.xml"] = answer(b"", "500 Oops")

    problem = world.problem()

    assert problem.what.endswith("/blog/first/ answers other bytes than were put there.")
    assert "empty it at the CDN" in problem.remedy


def test_a_page_that_is_missing_is_told_with_its_status(world: World) -> None:
    del world.served["first/"]

    assert world.problem().what.endswith("/blog/first/ answers 404.")


def test_a_page_without_its_release_is_not_asked_for(world: World) -> None:
    world.show("0" * 32)

    world.problem()

    assert set(world.asked) == {LAST}


def test_what_was_right_once_is_not_asked_for_again_and_what_is_wrong_keeps_the_rest_waiting(world: World) -> None:
    changed = ["index.html", "first/index.html", "old/index.html", "feeds/atom.xml", "feeds/feed.json"]
    world.served["first/"] = answer(b"Old.")
    world.after[2] = world.put

    world.verify(changed=changed)

    counts = {path: world.asked.count(path) for path in world.asked}
    assert counts == {LAST: 1, "": 1, "first/": 3, "old/": 1, "feeds/atom.xml": 1, "feeds/feed.json": 1}


# What stands in between


def rewritten(body: bytes) -> bytes:
    """Return a page as a server writes it that takes out line breaks and quotes, and adds a script of its own."""
    squeezed = (
        body.replace(b"\n", b"").replace(b'name="byline"', b"name=byline").replace(b'rel="canonical"', b"rel=canonical")
    )
    return squeezed.replace(b"</html>", b"<script src=/cdn/beacon.js></script></html>")


def test_a_page_that_a_server_rewrites_is_known_by_its_canonical_link_and_its_seal(world: World) -> None:
    for path in ("", "first/"):
        world.served[path] = answer(rewritten(world.files[f"{path}index.html"][1]))

    assert world.verify(deadline=0).looked == 6


@pytest.mark.parametrize(
    "other",
    [
        rewritten(page("first/", "Old words.")),
        rewritten(page("elsewhere/")),
        rewritten(page("first/")).replace(b"name=byline", b"name=other"),
    ],
    ids=["another seal", "another address", "no seal"],
)
def test_a_page_that_is_not_ours_is_no_rewritten_one(world: World, other: bytes) -> None:
    world.served["first/"] = answer(other)

    assert world.problem().what.endswith("/blog/first/ answers other bytes than were put there.")


def test_a_page_of_a_theme_without_a_seal_must_be_the_same_bytes() -> None:
    plain = page("first/").replace(b"byline", b"other")
    world = World({"first/index.html": (Kind.PAGE, plain)})
    assert world.verify().looked == 1

    world.served["first/"] = answer(rewritten(plain))

    assert world.problem()


def test_a_feed_may_be_written_otherwise_and_must_say_the_same(world: World) -> None:
    feed = (ATOM % "one").replace('<?xml version="1.0" encoding="utf-8"?>\n', "").replace("><", ">\n  <")
    world.served["feeds/atom.xml"] = answer(feed.replace('"', "'").encode())
    world.served["feeds/feed.json"] = answer(b'{"items":[{"id":"one"}],"version":"1.1"}')

    assert world.verify(deadline=0).looked == 6


@pytest.mark.parametrize("feed", [(ATOM % "two").encode(), b"<feed", b"", b"{", b"<html></html>", b"\xff\xfe"])
@pytest.mark.parametrize("path", ["feeds/atom.xml", "feeds/feed.json"])
def test_a_feed_that_says_something_else_is_not_live(world: World, path: str, feed: bytes) -> None:
    world.served[path] = answer(feed)

    assert world.problem().what.endswith(f"/blog/{path} answers other bytes than were put there.")


def test_a_host_may_lead_from_an_old_address_itself(world: World) -> None:
    world.served["old/"] = answer(status="301 Moved Permanently", Location="/blog/first/")

    assert world.verify(deadline=0).looked == 6


def test_an_old_address_that_leads_elsewhere_is_not_live(world: World) -> None:
    world.served["old/"] = answer(status="301 Moved Permanently", Location="/blog/")

    assert world.problem().what.endswith("/blog/old/ answers other bytes than were put there.")


def test_a_host_may_have_cleaner_addresses_than_ours(world: World) -> None:
    world.served["på plass"] = world.served["på plass.html"]
    world.served["på plass.html"] = answer(status="308 Permanent Redirect", Location="/blog/p%C3%A5%20plass")

    assert world.verify(deadline=0).looked == 6


def test_what_a_host_compresses_is_the_same(world: World) -> None:
    world.served[""] = answer(gzip.compress(world.files["index.html"][1]), Content_Encoding="gzip")

    assert world.verify(deadline=0).looked == 6


def test_what_time_it_is_at_the_host_does_not_matter(world: World) -> None:
    world.served[LAST] = world.served[LAST].replace(b"\r\n\r\n", b"\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n\r\n", 1)
    shown = json.loads(world.served[LAST].partition(b"\r\n\r\n")[2])

    assert world.verify(deadline=0).looked == 6
    assert shown["made"] == NOW.isoformat()


# Many pages


def many(number: int) -> dict[str, tuple[Kind, bytes]]:
    """Return so many pages."""
    return {f"{one:04}/index.html": (Kind.PAGE, page(f"{one:04}/")) for one in range(number)}


def test_of_more_than_200_changed_pages_200_are_looked_at_and_that_is_told() -> None:
    world = World(many(1000))

    seen = world.verify()

    assert (seen.looked, seen.changed) == (200, 1000)
    assert sorted(set(world.asked) - {LAST}) == [f"{number:04}/" for number in range(0, 1000, 5)]
    assert world.told[-1] == (201, 201, "Looking at 200 of 1000 changed pages")


def test_200_changed_pages_are_all_looked_at() -> None:
    world = World(many(200))
    wanted = looks(world.release, world.files)

    assert sampled(wanted) == wanted
    assert len({look.path for look in sampled([*wanted, wanted[0]])}) == 200


def test_at_most_four_are_asked_for_at_once() -> None:
    world = World(many(40))
    turn, most, gate = threading.Lock(), [0, 0], threading.Event()

    def behave(stream: socket.socket, request: bytes) -> bool:
        with turn:
            most[0] += 1
            most[1] = max(most)
        gate.wait(0.02)
        with turn:
            most[0] -= 1
        stream.sendall(world.reply(request))
        return True

    with serving(behave) as server, Client(private=True) as client:
        verify(
            client,
            f"{server.url}/blog/",
            world.release,
            world.files,
            lambda path: world.files[path][1],
            watch=Watch(0, lambda *_: None, world.clock, world.pause),
        )
        assert server.connections <= 4

    assert most[1] == 4


# Going back


def test_a_release_that_is_taken_back_is_seen_by_its_manifest(world: World) -> None:
    told: list[tuple[int, int, str]] = []
    world.show("a" * 32)
    world.after[2] = lambda: world.show("b" * 32)
    with serving(keeps(world.reply)) as server, Client(private=True) as client:

        def look(release: str) -> None:
            watch = Watch(5, lambda *done: told.append(done), world.clock, world.pause)
            returned(client, f"{server.url}/blog", release, watch)

        look("b" * 32)
        assert world.waited == [0.5, 0.75]
        assert told == [(0, 1, "Looking"), (1, 1, "Looking")]
        with pytest.raises(Fault, match=f"shows the release {'b' * 32}, not {'c' * 32}"):
            look("c" * 32)
