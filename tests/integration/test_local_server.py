"""A page for the person at this machine, asked as browsers, scripts and scanners ask."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from byline.edges import local_server
from byline.edges.admission import FORM, LARGEST_FORM
from byline.edges.local_server import LocalServer, NoFormError, Page
from visitor import SECONDS, Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass
class Notes:
    """A page that takes words until the word is `end`, and breaks where it is `break`."""

    taken: list[Mapping[str, str]] = field(default_factory=list)

    def page(self) -> Page:
        """Return the page."""
        return Page("<p>Notes</p>", "default-src 'none'")

    def received(self, fields: Mapping[str, str]) -> Page | None:
        """Take a word."""
        if fields.keys() != {"word"}:
            raise NoFormError
        if fields["word"] == "break":
            raise OSError(28, "No space left on device", "notes")
        self.taken.append(fields)
        return Page("<p>The end</p>", "default-src 'none'", last=True) if fields["word"] == "end" else None


@pytest.fixture
def notes() -> Notes:
    """Give the page."""
    return Notes()


@pytest.fixture
def server(notes: Notes) -> Iterator[LocalServer]:
    """Give its server, which does not answer yet."""
    with LocalServer(notes, "Begin again.") as server:
        yield server


@pytest.fixture
def visitor(server: LocalServer) -> Iterator[Visitor]:
    """Give who has opened it."""
    with server.answering() as address:
        visitor = Visitor(address)
        assert visitor.open()[0] == 303
        yield visitor


def test_the_page_is_seen_and_a_form_leads_back_to_it(visitor: Visitor, notes: Notes) -> None:
    assert visitor.ask("GET", "/")[:2] == (200, "<p>Notes</p>")

    status, _, headers = visitor.ask("POST", "/", b"word=%C3%A9+1", Content_Type=FORM, Origin=visitor.origin)

    assert (status, headers["Location"]) == (303, "/")
    assert notes.taken == [{"word": "é 1"}]


def test_no_answer_is_kept_framed_guessed_or_told_to_others(visitor: Visitor) -> None:
    stranger = Visitor(visitor.address)

    for headers in (visitor.ask("GET", "/")[2], visitor.ask("GET", "/none")[2], stranger.ask("GET", "/")[2]):
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Access-Control-Allow-Origin"] is None
        assert "Python" not in headers["Server"]
    assert visitor.ask("GET", "/")[2]["Content-Security-Policy"] == "default-src 'none'"


def test_it_listens_on_this_machine_only(server: LocalServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_without_the_cookie_nothing_is_seen_or_taken(visitor: Visitor, notes: Notes) -> None:
    stranger = Visitor(visitor.address)

    assert stranger.ask("GET", "/")[0] == 403
    assert stranger.send({"word": "a"})[0] == 403
    assert stranger.open() == (403, "This address has opened the page already, and does so once. Begin again.\n")
    assert notes.taken == []


@pytest.mark.parametrize("origin", ["", "null", "https://evil.example", "http://127.0.0.1:1"])
def test_a_form_from_elsewhere_is_not_taken(visitor: Visitor, notes: Notes, origin: str) -> None:
    assert visitor.send({"word": "a"}, Origin=origin) == (403, "This form was sent from another page.\n")
    assert notes.taken == []


def test_a_name_elsewhere_that_leads_here_is_refused(visitor: Visitor, notes: Notes) -> None:
    assert visitor.ask("GET", "/", Host="evil.example")[0] == 421
    assert visitor.send({"word": "a"}, Host="evil.example", Origin="http://evil.example")[0] == 421
    assert notes.taken == []


@pytest.mark.parametrize("path", ["/favicon.ico", "/?word=a", "/..%2f", "/index.html", "*"])
def test_there_is_one_page(visitor: Visitor, notes: Notes, path: str) -> None:
    assert visitor.ask("GET", path)[0] == 404
    assert visitor.ask("POST", path, b"word=a", Content_Type=FORM, Origin=visitor.origin)[0] == 404
    assert notes.taken == []


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_it_is_looked_at_and_sent_forms_and_nothing_else(visitor: Visitor, notes: Notes, method: str) -> None:
    assert visitor.ask(method, "/", Origin=visitor.origin)[0] == 501
    assert notes.taken == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"word", 400),
        (b"word=a&word=b", 400),
        (b"word=a&more=b", 400),
        (b"word=%ff", 400),
        (b"word=\xff", 400),
        (b"&".join(b"f%d=1" % number for number in range(9)), 400),
        (b"word=" + b"a" * LARGEST_FORM, 413),
        (b"word=" + b"a" * 3 * LARGEST_FORM, 413),
    ],
)
def test_what_is_no_form_of_it_is_refused(visitor: Visitor, notes: Notes, body: bytes, status: int) -> None:
    assert visitor.send(body)[0] == status
    assert notes.taken == []
    assert visitor.send({"word": "a" * (LARGEST_FORM - 5)})[0] == 303


def test_another_kind_of_body_is_refused(visitor: Visitor, notes: Notes) -> None:
    assert visitor.send(b'{"word": "a"}', Content_Type="application/json")[0] == 415
    assert notes.taken == []


def raw(visitor: Visitor, request: bytes) -> bytes:
    """Send bytes and hang up for writing; return all that comes back."""
    parts = urlsplit(visitor.address)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=SECONDS) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        with suppress(ConnectionResetError):
            while piece := connection.recv(65536):
                answer += piece
        return answer


def test_a_form_that_breaks_off_is_not_taken(visitor: Visitor, notes: Notes) -> None:
    head = (
        f"POST / HTTP/1.1\r\nHost: {urlsplit(visitor.address).netloc}\r\nOrigin: {visitor.origin}\r\n"
        f"Cookie: {visitor.cookie}\r\nContent-Type: {FORM}\r\nContent-Length: 20\r\n\r\n"
    )

    assert b" 400 " in raw(visitor, f"{head}word=a".encode()).partition(b"\r\n")[0]
    assert notes.taken == []


@pytest.mark.parametrize(
    "garbage",
    [b"\0\xff\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / \r\n\r\n", b"GET /" + b"a" * 70_000,
     b"POST / HTTP/1.1\r\nHost\r\n\r\n", b"GET <script> x y\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
     b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n"],
)  # fmt: skip
def test_garbage_is_harmless(visitor: Visitor, notes: Notes, garbage: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    answer = raw(visitor, garbage)

    assert b"Notes" not in answer
    assert b"Traceback" not in answer
    assert visitor.ask("GET", "/")[0] == 200
    assert notes.taken == []
    assert capfd.readouterr() == ("", "")


def test_who_says_nothing_keeps_nobody_waiting_and_is_hung_up_on(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_server._Connection, "timeout", 0.2)  # noqa: SLF001  the wait itself is not the promise
    parts = urlsplit(visitor.address)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=SECONDS) as silent:
        silent.sendall(b"GET / HT")
        assert visitor.ask("GET", "/")[0] == 200
        assert silent.recv(1) == b""


def test_after_the_last_page_it_ends_by_itself(visitor: Visitor, server: LocalServer) -> None:
    waiting = threading.Thread(target=server.wait, daemon=True)
    waiting.start()

    assert visitor.send({"word": "a"})[0] == 303
    assert waiting.is_alive()
    assert visitor.send({"word": "end"}) == (200, "<p>The end</p>")

    waiting.join(SECONDS)
    assert not waiting.is_alive()


def test_what_fails_ends_it_and_is_raised_here_not_told_there(visitor: Visitor, server: LocalServer) -> None:
    status, text = visitor.send({"word": "break"})

    assert status == 500
    assert "the console says what it was" in text
    assert "space" not in text
    with pytest.raises(OSError, match="No space left"):
        server.wait()


def test_a_form_that_is_being_taken_is_taken_whole_before_it_ends(notes: Notes, server: LocalServer) -> None:
    begun, goes_on = threading.Event(), threading.Event()

    class Slow(Notes):
        def received(self, fields: Mapping[str, str]) -> Page | None:
            begun.set()
            assert goes_on.wait(SECONDS)
            notes.taken.append(fields)
            return None

    server.pages = Slow()
    with server.answering() as address:
        visitor = Visitor(address)
        visitor.open()
        threading.Thread(target=visitor.send, args=[{"word": "a"}], daemon=True).start()
        assert begun.wait(SECONDS)
        threading.Timer(0.1, goes_on.set).start()
    assert notes.taken == [{"word": "a"}]
