"""Links to other sites: what is gone is told where it stands, with a copy; what refuses programs is only counted."""

from __future__ import annotations

import json
import threading
import time
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from byline.checks.online import Manners, Online
from byline.edges import hosts
from byline.edges.http import Client
from web import answer, keeps, leads, sends, serving
from wholes import NOW, told, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blog import Blog
    from byline.values.problem import Problem
    from web import Server

COPY = "http://web.archive.org/web/20200101000000/http://gone.example/"
FOUND = {"archived_snapshots": {"closest": {"status": "200", "available": True, "url": COPY}}}
COPIED = "The Internet Archive has it: https://web.archive.org/web/20200101000000/http://gone.example/"
REFUSING = "404 Not Found"


class Waits:
    """Notes for how long somebody would wait, and waits not at all."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        """Wait not at all."""
        self.seconds.append(seconds)


@pytest.fixture
def archive() -> Iterator[Server]:
    """Give an archive that has everything."""
    with serving(keeps(lambda _: answer(json.dumps(FOUND).encode()))) as server:
        yield server


def look(blog: Blog, archive: str, later: timedelta = timedelta(), waits: Waits | None = None) -> list[Problem]:
    """Return what is told of the links of a blog, some time later than now."""
    with Client(private=True, seconds=2) as client:
        online = Online(
            whole(blog), client, NOW + later, manners=Manners(1.5, waits or Waits()), wayback=f"{archive}/available"
        )
        return online.problems(lambda _done, _of, _what: None)


def test_a_page_that_is_gone_is_told_at_its_line_with_a_copy_from_that_day(blog: Blog, archive: Server) -> None:
    with serving(keeps(lambda _: answer(status=REFUSING))) as gone:
        blog.post("first", f"Words.\n\nSee [it]({gone.url}/a?b=1&c=2#part) and ![]({gone.url}/a?b=1&c=2).")

        (line,) = told(look(blog, archive.url))

        why = "it answers with the status 404."
        assert line == f"dead-link: content/posts/first.md:6: {gone.url}/a?b=1&c=2 is gone: {why} {COPIED}"
        assert [request.split(b" ")[:2] for request in gone.requests] == [
            [b"HEAD", b"/a?b=1&c=2"],
            [b"GET", b"/a?b=1&c=2"],
        ]
        assert b"User-Agent: Byline" in gone.requests[0]
    port = gone.port
    (asked,) = archive.requests
    assert asked.startswith(
        f"GET /available?url=http%3A%2F%2F127.0.0.1%3A{port}%2Fa%3Fb%3D1%26c%3D2&timestamp=20200101 ".encode()
    )


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"",
        b"[]",
        b'{"archived_snapshots": {}}',
        b'{"archived_snapshots": {"closest": {"available": true, "status": "200", "url": "https://evil.example/"}}}',
        b'{"archived_snapshots": {"closest": {"available": true, "status": "404", "url": "http://web.archive.org/web/1/a"}}}',
    ],
)
def test_without_a_copy_the_remedy_is_the_writers(blog: Blog, body: bytes) -> None:
    with serving(sends(answer(status="410 Gone"))) as gone, serving(keeps(lambda _: answer(body))) as archive:
        blog.post("first", f"[it]({gone.url}/)")

        (line,) = told(look(blog, archive.url))

    assert line.endswith("it answers with the status 410. Lead elsewhere, or take the link out.")


def test_each_address_is_asked_once_and_told_wherever_it_stands(blog: Blog, archive: Server) -> None:
    with serving(keeps(lambda _: answer(status=REFUSING))) as gone:
        blog.post("first", f"[it]({gone.url}/)")
        blog.post("second", f"[it]({gone.url}/#there)")
        blog.post("draft", f"[it]({gone.url}/draft)", Status="draft")

        problems = look(blog, archive.url)

    assert [str(problem.place) for problem in problems] == ["content/posts/first.md:4", "content/posts/second.md:4"]
    assert len(gone.requests) == 2


def test_who_refuses_programs_or_fails_is_counted_in_one_line(blog: Blog, archive: Server) -> None:
    statuses = {"/a": "401 No", "/b": "403 No", "/c": "429 Busy", "/d": "999 No", "/e": "500 Oh", "/f": "200 OK"}
    with serving(keeps(lambda request: answer(status=statuses[request.split(b" ")[1].decode()]))) as shy:
        blog.post("first", " ".join(f"[it]({shy.url}{path})" for path in statuses))

        (line,) = told(look(blog, archive.url))

    assert line == (
        "links-not-seen: 5 links could not be looked at (4 refused, 1 without a good answer). "
        f"See for yourself in a browser: {shy.url}/a, {shy.url}/b, {shy.url}/c …"
    )


def test_head_that_is_refused_is_followed_by_a_get_of_one_byte(blog: Blog, archive: Server) -> None:
    def reply(request: bytes) -> bytes:
        return answer(status="405 No") if request.startswith(b"HEAD") else answer(b"a", "206 Partial Content")

    with serving(keeps(reply)) as server:
        blog.post("first", f"[it]({server.url}/)")

        assert look(blog, archive.url) == []
        assert b"Range: bytes=0-0" in server.requests[1]


def test_a_page_that_moved_for_good_gives_its_new_address(blog: Blog, archive: Server) -> None:
    with serving(leads("/there", "308 Permanent Redirect")) as moved, serving(leads("/there", "302 Found")) as away:
        blog.post("first", f"[it]({moved.url}/here) [it]({away.url}/here)")

        (line,) = told(look(blog, archive.url))

    remedy = f"Its new address is {moved.url}/there"
    assert line == f"moved-link: content/posts/first.md:4: {moved.url}/here has moved for good. {remedy}"


def test_a_failure_of_the_network_is_tried_once_more(blog: Blog, archive: Server) -> None:
    replies = iter([b"", answer(), b"", b""])
    with serving(lambda stream, _request: stream.sendall(next(replies))) as server:
        blog.post("first", f"[it]({server.url}/)")
        assert look(blog, archive.url) == []

        (problem,) = look(blog, archive.url, timedelta(days=8))

    assert problem.code == "links-not-seen"
    assert "(0 refused, 1 without a good answer)" in problem.what


def test_a_host_is_asked_slowly_and_may_say_when(blog: Blog, archive: Server) -> None:
    replies = iter(
        [answer(status="429 Busy", Retry_After="3"), answer(), answer(status="503 Busy", Retry_After="3600")]
    )
    waits = Waits()
    with serving(keeps(lambda _: next(replies))) as server:
        blog.post("first", f"[it]({server.url}/a) [it]({server.url}/b)")

        (problem,) = look(blog, archive.url, waits=waits)

    assert waits.seconds == [3, 1.5]
    assert problem.code == "links-not-seen"


def test_one_host_is_never_asked_twice_at_once_and_at_most_eight_are(blog: Blog, archive: Server) -> None:
    lock = threading.Lock()
    at_work: dict[int, int] = {}
    most = [0, 0]

    def reply(server: int, _request: bytes) -> bytes:
        with lock:
            at_work[server] = at_work.get(server, 0) + 1
            most[0] = max(most[0], at_work[server])
            most[1] = max(most[1], sum(at_work.values()))
        time.sleep(0.02)
        with lock:
            at_work[server] -= 1
        return answer()

    with ExitStack() as stack:
        opened = [stack.enter_context(serving(keeps(partial(reply, number)))) for number in range(12)]
        blog.post("first", " ".join(f"[it]({server.url}/{number})" for server in opened for number in range(3)))

        assert look(blog, archive.url) == []

    assert most[0] == 1
    assert 1 < most[1] <= 8


def test_answers_are_kept_good_ones_for_a_week_bad_ones_for_an_hour(blog: Blog, archive: Server) -> None:
    with serving(keeps(lambda request: answer(status=REFUSING if b"/bad" in request else "200 OK"))) as server:
        blog.post("first", f"[it]({server.url}/good) [it]({server.url}/bad)")

        def asked(later: timedelta) -> list[bytes]:
            server.requests.clear()
            assert len(look(blog, archive.url, later)) == 1
            return [request.split(b" ")[1] for request in server.requests]

        assert asked(timedelta()) == [b"/good", b"/bad", b"/bad"]
        assert asked(timedelta(minutes=59)) == []
        assert asked(timedelta(minutes=61)) == [b"/bad", b"/bad"]
        assert asked(timedelta(days=6, hours=23)) == [b"/bad", b"/bad"]
        assert asked(timedelta(days=7, hours=1)) == [b"/good", b"/bad", b"/bad"]
        assert asked(timedelta(days=-1)) == [b"/good", b"/bad", b"/bad"]
    assert list(json.loads((blog.root / ".byline/links.json").read_text())["links"]) == [
        f"{server.url}/bad",
        f"{server.url}/good",
    ]


@pytest.mark.parametrize(
    "garbage", [b"\xff", b"[]", b'{"schema": 1, "links": {"a": {}}}', b'{"schema": 1, "links": 1}']
)
def test_a_damaged_memory_is_none(blog: Blog, archive: Server, garbage: bytes) -> None:
    with serving(keeps(lambda _: answer())) as server:
        blog.post("first", f"[it]({server.url}/)")
        blog.write(".byline/links.json", garbage)

        assert look(blog, archive.url) == []
        assert len(server.requests) == 1


def test_a_host_that_is_no_more_is_gone_and_a_machine_without_network_says_so(
    blog: Blog, archive: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = hosts.resolved

    def resolved(host: str, port: int, seconds: float) -> list[str]:
        if host.endswith(".example"):
            message = f"there is no host {host}"
            raise OSError(message)
        return known(host, port, seconds)

    monkeypatch.setattr(hosts, "resolved", resolved)
    with serving(keeps(lambda _: answer())) as server:
        blog.post("first", f"[it](https://gone.example/) [it]({server.url}/)")
        (problem,) = look(blog, archive.url)
        assert problem.what == "https://gone.example/ is gone: there is no host gone.example."

    blog.post("first", "[it](https://gone.example/) [it](https://other.example/)")
    (problem,) = look(blog, archive.url, timedelta(days=1))
    assert problem.what == "None of 2 hosts was found: this machine seems to be offline."


def test_a_link_into_a_private_network_is_gone_for_readers(blog: Blog) -> None:
    with serving(keeps(lambda _: answer())) as server:
        blog.post("first", f"[it]({server.url}/)")
        with Client(private=False) as client:
            online = Online(whole(blog), client, NOW, manners=Manners(0, Waits()), wayback=server.url)
            (problem,) = online.problems(lambda _done, _of, _what: None)

        assert problem.what.endswith("is gone: its host 127.0.0.1 is at 127.0.0.1, which is not public.")
        assert server.requests == []
