"""The web as it comes: every server here is real, and most of them mean no good."""

from __future__ import annotations

import gzip
import logging
import socket
import ssl
import subprocess
import threading
import time
import traceback
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from byline.edges import hosts
from byline.edges.http import Client, Unreachable
from byline.edges.request import asked
from web import Server, answer, keeps, leads, sends, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Tool
    from web import Behaviour

REAL_NAMES = socket.getaddrinfo


@pytest.fixture
def client() -> Iterator[Client]:
    """Give a client that may ask this machine, and has patience with a busy one."""
    with Client(private=True, seconds=10, limit=100_000) as client:
        yield client


def why(client: Client, url: str) -> str:
    """Return why an address cannot be reached."""
    with pytest.raises(Unreachable) as refusal:
        client.get(url)
    assert refusal.value.why in str(refusal.value)
    return refusal.value.why


def test_an_answer_is_its_status_headers_and_body_whatever_the_status(client: Client) -> None:
    with serving(sends(answer(b"Gone fishing.", "410 Gone", ETag='"1"'))) as server:
        found = client.get(f"{server.url}/a?b=1#c")

    assert (found.status, found.body, found.headers["etag"]) == (410, b"Gone fishing.", '"1"')
    assert found.url == f"{server.url}/a?b=1#c"
    assert server.requests[0].startswith(b"GET /a?b=1 HTTP/1.1\r\n")


def test_a_request_names_the_program_and_carries_no_credentials(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with serving(sends(answer(Set_Cookie="a=b"))) as server:
        client.get(server.url)
        client.get(server.url, headers={"Cache-Control": "no-cache"})

    sent = [line.partition(b":")[0].lower() for line in server.requests[1].splitlines()[1:-1]]
    assert sent == [b"host", b"user-agent", b"accept-encoding", b"cache-control"]
    assert b"User-Agent: Byline" in server.requests[0]


def test_head_asks_without_a_body_and_understands_a_length_that_none_follows(client: Client) -> None:
    with serving(keeps(lambda _: answer(b"1234567")[:-7])) as server:
        found = client.head(server.url)
        again = client.head(server.url)

    assert (found.status, found.body, found.headers["content-length"]) == (200, b"", "7")
    assert again.status == 200
    assert server.connections == 1
    assert server.requests[0].startswith(b"HEAD / ")


def test_a_connection_is_used_again_and_one_that_was_closed_meanwhile_is_not_missed(client: Client) -> None:
    stays_open = iter([True, True, False, True])

    def behave(stream: socket.socket, _: bytes) -> bool:
        stream.sendall(answer(b"Yes."))
        return next(stays_open)

    with serving(behave) as server:
        bodies = [client.get(server.url).body for _ in range(4)]

    assert bodies == [b"Yes."] * 4
    assert server.connections == 2


def test_a_connection_that_is_closed_when_it_is_used_again_is_opened_anew(client: Client) -> None:
    asked = iter([True, False, True])

    def behave(stream: socket.socket, _: bytes) -> bool:
        if next(asked):
            stream.sendall(answer(b"Yes."))
            return True
        return False

    with serving(behave) as server:
        assert [client.get(server.url).body for _ in range(2)] == [b"Yes.", b"Yes."]

    assert (server.connections, len(server.requests)) == (2, 3)


def test_many_ask_at_once(client: Client) -> None:
    bodies: list[bytes] = []
    with serving(keeps(lambda request: answer(request.split(b" ")[1]))) as server:

        def ask(number: int) -> None:
            bodies.extend(client.get(f"{server.url}/{number}/{again}").body for again in range(5))

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(bodies) == sorted(f"/{number}/{again}".encode() for number in range(4) for again in range(5))
    assert server.connections <= 4


# Redirects


@pytest.mark.parametrize("target", ["/there", "there", "//HOST/there", "http://HOST/there#here"])
@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary", "308 P"])
def test_redirects_are_followed(client: Client, target: str, status: str) -> None:
    with serving(leads(target, status)) as server:
        found = client.get(f"{server.url}/here")

    assert (found.status, found.body, found.url) == (200, b"There.", f"{server.url}/there")


def test_a_redirect_to_a_path_beyond_ascii_is_quoted(client: Client) -> None:
    with serving(leads("/there/på plass".encode().decode("latin-1"))) as server:
        client.get(server.url)

    assert server.requests[1].startswith(b"GET /there/p%C3%A5%20plass HTTP/1.1")


def test_a_redirect_in_a_circle_ends(client: Client) -> None:
    with serving(leads("/round")) as server:
        assert why(client, server.url) == f"it leads on more than 5 times, at last to {server.url}/round"

    assert len(server.requests) == 6


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("file:/etc/passwd", "it leads to file:"),
        ("ftp://127.0.0.1/", "it leads to ftp://127.0.0.1/, which is no address on the web"),
        ("http://me:secret@127.0.0.1/there", "it has a name or a password in it"),
        ("http://[::1/", "it leads to http://[::1/, which is no address"),
        ("http://127.0.0.1:99999/", "it is no address of a host"),
    ],
)
def test_a_redirect_leads_nowhere_but_to_the_web(client: Client, target: str, reason: str) -> None:
    with serving(leads(target)) as server:
        assert why(client, server.url).startswith(reason)

    assert len(server.requests) == 1


def test_a_redirect_to_a_host_that_is_not_public_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "public", lambda address: address == "127.0.0.1")
    with Client(private=False, seconds=1) as client, serving(leads("http://[::1]/")) as server:
        assert why(client, server.url) == "its host ::1 is at ::1, which is not public"


def test_a_redirect_without_a_target_is_an_answer(client: Client) -> None:
    with serving(sends(answer(status="302 Found"))) as server:
        assert client.get(server.url).status == 302


# Hosts


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
@pytest.mark.usefixtures("names_in_figures")
def test_a_host_that_is_not_public_is_not_asked_unless_it_may_be(host: str) -> None:
    with Client(private=False) as client, serving(sends(answer())) as server:
        assert why(client, f"http://{host}:{server.port}/").endswith("which is not public")

    assert server.connections == 0


@pytest.fixture
def names_in_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read numbers as addresses, as systems do: the guard of the tests knows this machine by its usual names only."""
    read = {"2130706433": "127.0.0.1", "0x7f.1": "127.0.0.1", "::ffff:7f00:1": "::ffff:127.0.0.1"}

    def figures(host: str, port: int, family: int = 0, type: int = 0) -> object:  # noqa: A002  named so
        if host in read:
            return [(socket.AF_INET, type, 6, "", (read[host], port))]
        return REAL_NAMES(host, port, family, type)

    monkeypatch.setattr(socket, "getaddrinfo", figures)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255",
        "::1 :: fe80::1 fc00::1 ff02::1 2001:db8::1 ::ffff:10.0.0.1 64:ff9b::10.0.0.1 2002:7f00:1::",
    ],
)
def test_which_addresses_are_not_public(address: str) -> None:
    assert [ip for ip in address.split() if hosts.public(ip)] == []


def test_which_addresses_are_public() -> None:
    known = "1.1.1.1 192.0.66.2 2606:4700:4700::1111 ::ffff:1.1.1.1 64:ff9b::1.1.1.1 2002:101:101::"
    assert [ip for ip in known.split() if not hosts.public(ip)] == []


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("straße.example", "xn--strae-oqa.example"),
        ("BLÅBÆR.example", "xn--blbr-roah.example"),
        ("例え.example", "xn--r8jz45g.example"),
        ("my_blog.example", "my_blog.example"),
        ("::1", "::1"),
        ("0:0:0:0:0:0:0:1", "::1"),
    ],
)
def test_a_name_beyond_ascii_is_asked_for_as_the_network_knows_it(name: str, known: str) -> None:
    assert hosts.in_ascii(name) == known


@pytest.mark.parametrize(
    "url",
    ["http://a b/", "http://a%00b/", "http://☃☃.☃-/", "http://[fe80::1%25lo]/", "http:///a", "file:/a", "a", ""],
)
def test_what_is_no_address_is_told(client: Client, url: str) -> None:
    assert why(client, url) in {"it is no address of a host", "it is no address on the web"}


@pytest.mark.parametrize("name", ["a..b", "a" * 64, "no-such.invalid"])
def test_a_host_that_is_not_there_is_told(client: Client, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def nobody(host: str, *_: object, **__: object) -> None:
        host.encode("idna")  # as the system does
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)

    assert why(client, f"http://{name}/") == f"there is no host {name}"


def test_a_name_server_that_says_nothing_is_waited_for_no_longer_than_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    awake = threading.Event()

    def silent(*_: object, **__: object) -> list[object]:
        awake.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", silent)

    with Client(private=True, seconds=0.4) as client:
        assert why(client, "http://blog.example/") == "it takes longer than 0.4 seconds"
    awake.set()


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def once(host: str, port: int, family: int = 0, type: int = 0) -> object:  # noqa: A002  named so
        asked.append(host)
        return REAL_NAMES("127.0.0.1", port, family, type)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    with serving(sends(answer())) as server:
        client.get(f"http://Blog.Example:{server.port}/")

    assert asked == ["blog.example", "127.0.0.1"]
    assert f"Host: blog.example:{server.port}\r\n".encode() in server.requests[0]


def test_the_next_address_of_a_host_is_tried_when_one_takes_no_connection(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def two(host: str, port: int, family: int = 0, type: int = 0) -> object:  # noqa: A002  named so
        if host == "blog.example":
            return [*REAL_NAMES("::1", port, type=type), *REAL_NAMES("127.0.0.1", port, type=type)]
        return REAL_NAMES(host, port, family, type)

    monkeypatch.setattr(socket, "getaddrinfo", two)
    with serving(sends(answer(b"Yes."))) as server:
        assert client.get(f"http://blog.example:{server.port}/").body == b"Yes."


# Servers that mean no good


def endless(stream: socket.socket, _: bytes) -> None:
    """Send a body that never ends."""
    stream.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        stream.sendall(b"x" * 65_536)


HEAD = b"HTTP/1.1 200 OK\r\n"
DRIPS = {
    "status": sends(*[b"H"] * 30, every=0.1),
    "header": sends(HEAD + b"A: ", *[b"a"] * 30, every=0.1),
    "headers": sends(HEAD, *[b"A: a\r\n"] * 30, every=0.1),
    "body": sends(HEAD + b"\r\n", *[b"a"] * 30, every=0.1),
    "body of a length": sends(HEAD + b"Content-Length: 30\r\n\r\n", *[b"a"] * 30, every=0.1),
    "chunk": sends(HEAD + b"Transfer-Encoding: chunked\r\n\r\n1e\r\n", *[b"a"] * 30, every=0.1),
    "chunk's length": sends(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[b"1"] * 30, every=0.1),
    "waiting": sends(*[b"HTTP/1.1 100 Continue\r\n\r\n"] * 30, every=0.1),
    "nothing": sends(b"", every=3),
}


@pytest.mark.parametrize("part", DRIPS)
def test_a_server_that_sends_byte_by_byte_is_left_in_time(part: str) -> None:
    start = time.monotonic()
    with Client(private=True, seconds=0.4) as client, serving(DRIPS[part]) as server:
        assert why(client, server.url) == "it takes longer than 0.4 seconds"

    assert time.monotonic() - start < 10


def test_redirects_share_the_time_of_one_answer() -> None:
    def slow(stream: socket.socket, request: bytes) -> bool:
        time.sleep(0.15)
        return bool(leads("/on")(stream, request))

    with Client(private=True, seconds=0.4) as client, serving(slow) as server:
        assert why(client, server.url) == "it takes longer than 0.4 seconds"


def test_a_body_without_end_is_left(client: Client) -> None:
    with serving(endless) as server:
        assert why(client, server.url) == "it sends more than 100,000 bytes"


def test_a_small_body_that_unpacks_to_a_large_one_is_left(client: Client) -> None:
    bomb = gzip.compress(bytes(50_000_000), 9)
    with serving(sends(answer(bomb, Content_Encoding="gzip"))) as server:
        assert why(client, server.url) == "it sends more than 100,000 bytes"


def test_a_compressed_body_is_given_as_it_was(client: Client) -> None:
    with serving(sends(answer(gzip.compress(b"Words."), Content_Encoding="gzip"))) as server:
        assert client.get(server.url).body == b"Words."


GARBAGE = {
    "no HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
    "a wrong status": b"HTTP/1.1 abc OK\r\n\r\n",
    "a status without end": b"HTTP/1.1 200 " + b"x" * 100_000,
    "too many headers": HEAD + b"".join(b"A%d: a\r\n" % number for number in range(1000)) + b"\r\n",
    "a header without end": HEAD + b"A: " + b"x" * 100_000,
    "a body cut short": HEAD + b"Content-Length: 10\r\n\r\n12345",
    "a chunk cut short": HEAD + b"Transfer-Encoding: chunked\r\n\r\n1e\r\nabc",
    "chunks that are none": HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n",
}


@pytest.mark.parametrize("sent", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_told_from_an_answer(client: Client, sent: bytes) -> None:
    with serving(sends(sent)) as server:
        assert why(client, server.url) == "what it sends is broken off, or is not HTTP"


def test_a_body_that_is_not_compressed_as_it_says_is_told(client: Client) -> None:
    with serving(sends(answer(b"Words.", Content_Encoding="gzip"))) as server:
        assert why(client, server.url) == "what it sends cannot be decompressed"


def test_a_connection_that_is_reset_is_told(client: Client) -> None:
    def reset(stream: socket.socket, _: bytes) -> None:
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    with serving(reset) as server:
        assert why(client, server.url) == "it broke the connection off"


def test_a_connection_that_is_closed_without_a_word_is_told(client: Client) -> None:
    with serving(sends()) as server:
        assert why(client, server.url) == "it broke the connection off"


def test_a_port_where_nothing_listens_is_told(client: Client) -> None:
    with serving(sends()) as server:
        server.close()
        assert why(client, server.url) == "nothing listens there"


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Tool], Path]:
    """Give what makes a key and a certificate for this machine and for blog.example, signed by itself."""
    path = tmp_path_factory.mktemp("tls") / "own.pem"

    def make(tool: Tool) -> Path:
        if not path.exists():
            names = "subjectAltName=IP:127.0.0.1,DNS:blog.example"
            key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
            written = ["-keyout", str(path), "-out", str(path.with_suffix(".crt"))]
            command = [str(tool("openssl")), "req", "-x509", *key, *written, "-subj", "/CN=test", "-addext", names]
            subprocess.run(command, check=True, capture_output=True)
            with path.open("ab") as file:
                file.write(path.with_suffix(".crt").read_bytes())
        return path

    return make


@pytest.fixture
def tls(tool: Tool, certificate: Callable[[Tool], Path]) -> ssl.SSLContext:
    """Give the server's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tool))
    return context


@pytest.fixture
def trusted(tool: Tool, certificate: Callable[[Tool], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system trust the certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(tool).with_suffix(".crt")))


def test_a_certificate_that_nobody_signed_is_told(client: Client, tls: ssl.SSLContext) -> None:
    with serving(sends(answer()), tls) as server:
        assert why(client, server.url).startswith("its certificate is not valid (self")

    assert server.requests == []


@pytest.mark.usefixtures("trusted")
def test_a_certificate_that_the_system_trusts_is_good(client: Client, tls: ssl.SSLContext) -> None:
    with serving(keeps(lambda _: answer(b"Words.")), tls) as server:
        bodies = [client.get(server.url).body for _ in range(3)]

    assert bodies == [b"Words."] * 3
    assert server.connections == 1


@pytest.mark.usefixtures("trusted")
def test_the_certificate_must_be_of_the_name_not_of_the_address(
    client: Client, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str | None] = []
    tls.sni_callback = lambda _socket, name, _context: told.append(name)
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda _, port, *rest, **named: REAL_NAMES("127.0.0.1", port, *rest, **named)
    )
    with serving(sends(answer(b"Words.")), tls) as server:
        assert client.get(f"https://blog.example:{server.port}/").body == b"Words."
        assert "certificate is not valid" in why(client, f"https://other.example:{server.port}/")

    assert told == ["blog.example", "other.example"]


@pytest.mark.usefixtures("trusted")
def test_a_redirect_out_of_tls_is_not_followed(client: Client, tls: ssl.SSLContext) -> None:
    with serving(leads("http://127.0.0.1/there"), tls) as server:
        assert why(client, server.url) == "it leads from https to http://127.0.0.1/there"


def test_a_server_that_does_not_speak_tls_is_told() -> None:
    with Client(private=True, seconds=1) as client, serving(sends(answer())) as server:
        reason = why(client, server.url.replace("http://", "https://"))

    assert reason.startswith(("it does not speak TLS as it should", "it takes longer"))


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("part", ["header", "body"])
def test_a_server_that_sends_byte_by_byte_under_tls_is_left_in_time(tls: ssl.SSLContext, part: str) -> None:
    start = time.monotonic()
    with Client(private=True, seconds=0.5) as client, serving(DRIPS[part], tls) as server:
        assert why(client, server.url) == "it takes longer than 0.5 seconds"

    assert time.monotonic() - start < 10


def test_a_handshake_that_never_ends_is_left_in_time() -> None:
    start = time.monotonic()
    silent = socket.create_server(("127.0.0.1", 0))
    with Client(private=True, seconds=0.4) as client, silent:
        reason = why(client, f"https://127.0.0.1:{silent.getsockname()[1]}/")

    assert reason == "it takes longer than 0.4 seconds"
    assert time.monotonic() - start < 10


def test_no_connection_stays_open_when_the_client_is_closed() -> None:
    closed = threading.Event()

    def behave(stream: socket.socket, _: bytes) -> None:
        stream.sendall(answer())
        if not stream.recv(1):
            closed.set()

    with serving(behave) as server, Client(private=True) as client:
        client.get(server.url)
        assert not closed.is_set()
        client.__exit__()

        assert closed.wait(1)


# What may change something


@contextmanager
def noting() -> Iterator[tuple[str, list[tuple[str, str, dict[str, str], bytes]]]]:
    """Give a server that takes what is sent, and the list of what it was sent; its path is the status it answers."""
    noted: list[tuple[str, str, dict[str, str], bytes]] = []

    class Noting(BaseHTTPRequestHandler):
        def note(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            noted.append((self.command, self.path, headers, body))
            self.send_response(int(self.path.partition("?")[0].strip("/") or 200))
            self.send_header("Location", "/there")
            self.end_headers()
            self.wfile.write(b"Noted.")

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = note  # noqa: N815  so they are called

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", noted
    finally:
        server.shutdown()
        server.server_close()


HIDDEN = "s3cret-Tok3n"
HEADERS = {"Authorization": f"Bearer {HIDDEN}"}


def unsent(client: Client, url: str) -> Unreachable:
    """Return how sending to an address fails, once it is sure that no secret is told with it."""
    body = f"{HIDDEN}\r\n\r\n".encode()  # so ends what a server of these tests reads
    with pytest.raises(Unreachable) as refusal:
        client.send("POST", f"{url}?access_token={HIDDEN}#{HIDDEN}", body=body, headers=HEADERS)
    shown = "".join(traceback.format_exception(refusal.value, chain=True))
    assert "?…" in str(refusal.value)
    assert refusal.value.why in str(refusal.value)
    assert HIDDEN not in shown + repr(refusal.value) + repr(refusal.value.problems)
    assert refusal.value.__cause__ is refusal.value.__context__ is None
    return refusal.value


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("body", [b"", b"status=Hello\r\n\r\n", bytes(1_000_000)], ids=["none", "short", "long"])
def test_what_is_sent_arrives_as_it_is(client: Client, method: str, body: bytes) -> None:
    with noting() as (url, noted):
        found = client.send(method, f"{url}/?a=1", body=body, headers={**HEADERS, "Content-Type": "text/plain"})

    [(asked, path, headers, sent)] = noted
    assert (asked, path, sent) == (method, "/?a=1", body)
    assert (headers["authorization"], headers["content-type"]) == (f"Bearer {HIDDEN}", "text/plain")
    assert headers.get("content-length", "0") == str(len(body))
    assert (found.status, found.body) == (200, b"Noted.")


def test_a_token_in_the_query_of_a_get_is_sent_and_not_told(client: Client) -> None:
    with noting() as (url, noted):
        client.send("GET", f"{url}/?token={HIDDEN}")
    with pytest.raises(Unreachable) as refusal:
        client.send("GET", f"{url}/?token={HIDDEN}")

    assert [(method, path, body) for method, path, _, body in noted] == [("GET", f"/?token={HIDDEN}", b"")]
    assert HIDDEN not in "".join(traceback.format_exception(refusal.value))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 400, 401, 422, 429, 500, 503])
def test_what_is_sent_is_led_nowhere_and_any_status_is_an_answer(client: Client, status: int) -> None:
    with noting() as (url, noted):
        found = client.send("POST", f"{url}/{status}", body=b"a=1")

    assert (found.status, found.headers["location"], found.url) == (status, "/there", f"{url}/{status}")
    assert len(noted) == 1


def test_each_is_sent_over_a_connection_of_its_own_that_is_not_kept(client: Client) -> None:
    with serving(keeps(lambda request: answer(request.split(b" ")[0]))) as server:
        bodies = [client.get(server.url).body, *(client.send("POST", server.url).body for _ in range(2))]
        bodies.append(client.get(server.url).body)

    assert bodies == [b"GET", b"POST", b"POST", b"GET"]
    assert server.connections == 3
    assert [b"Connection: close" in request for request in server.requests] == [False, True, True, False]


def resets(stream: socket.socket, _: bytes) -> None:
    """Break the connection off, with a packet that says so."""
    stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")


def echoes(before: bytes) -> Behaviour:
    """Return the behaviour that sends back what it was sent."""

    def behave(stream: socket.socket, request: bytes) -> None:
        stream.sendall(before + request)

    return behave


def but_for_get(behave: Behaviour) -> Behaviour:
    """Return the behaviour that answers GET, and keeps its connection open; the other is for what is sent."""

    def one(stream: socket.socket, request: bytes) -> bool | None:
        if request.startswith(b"GET"):
            stream.sendall(answer(b"Yes."))
            return True
        return behave(stream, request)

    return one


LOST = {
    "closed": sends(),
    "reset": resets,
    "broken off": sends(HEAD + b"Content-Length: 10\r\n\r\n12345"),
    "no HTTP": echoes(b""),
    "no status": echoes(b"HTTP/1.1 "),
    "no chunk": echoes(HEAD + b"Transfer-Encoding: chunked\r\n\r\n"),
    "not compressed": echoes(HEAD + b"Content-Encoding: gzip\r\n\r\n"),
    "too much": endless,
}


@pytest.mark.parametrize("behave", LOST.values(), ids=LOST)
def test_what_broke_after_it_was_sent_was_sent_once_and_may_have_arrived(client: Client, behave: Behaviour) -> None:
    with serving(but_for_get(behave)) as server:
        client.get(f"{server.url}/get")
        lost = unsent(client, server.url)

    assert lost.sent
    assert [request.split(b" ")[0] for request in server.requests] == [b"GET", b"POST"]


@pytest.mark.parametrize("part", ["status", "body", "nothing"])
def test_what_is_not_answered_in_time_was_sent_once_and_may_have_arrived(part: str) -> None:
    with Client(private=True, seconds=1) as client, serving(DRIPS[part]) as server:
        lost = unsent(client, server.url)

    assert (lost.why, lost.sent) == ("it takes longer than 1 seconds", True)
    assert len(server.requests) == 1


def test_what_is_sent_is_not_sent_over_a_connection_that_may_have_been_closed_meanwhile(client: Client) -> None:
    closing = iter([True, False])

    def behave(stream: socket.socket, request: bytes) -> bool:
        stream.sendall(answer(request.split(b" ")[0]))
        return next(closing)

    with serving(behave) as server:
        client.get(server.url)
        assert client.send("POST", server.url).body == b"POST"

    assert (server.connections, len(server.requests)) == (2, 2)


def test_what_nobody_reads_is_given_up_in_time_and_may_have_arrived() -> None:
    start = time.monotonic()
    deaf = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
    with Client(private=True, seconds=1) as client, deaf, pytest.raises(Unreachable) as refusal:
        client.send("POST", url, body=bytes(50_000_000))

    assert (refusal.value.why, refusal.value.sent) == ("it takes longer than 1 seconds", True)
    assert time.monotonic() - start < 20


def test_an_answer_that_comes_before_all_is_sent_is_one(client: Client) -> None:
    def full(stream: socket.socket, _: bytes) -> None:
        stream.sendall(answer(b"Too large.", "413 Content Too Large"))

    with serving(full) as server:
        found = client.send("POST", server.url, body=b"\r\n\r\n" * 5_000_000)

    assert (found.status, found.body) == (413, b"Too large.")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://no-such.invalid/", "there is no host no-such.invalid"),
        ("http://blog.example:99999/", "it is no address of a host"),
        (f"http://me:{HIDDEN}@127.0.0.1/", "it has a name or a password in it"),
        ("mailto:me@blog.example", "it is no address on the web"),
    ],
)
def test_what_has_no_host_was_not_sent(client: Client, monkeypatch: pytest.MonkeyPatch, url: str, reason: str) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    refusal = unsent(client, url)

    assert (refusal.why, refusal.sent) == (reason, False)


def test_what_nobody_takes_was_not_sent(client: Client) -> None:
    with serving(sends()) as server:
        server.close()
        refusal = unsent(client, server.url)

    assert (refusal.why, refusal.sent, refusal.private) == ("nothing listens there", False, False)


def test_what_goes_to_a_host_that_is_not_public_was_not_sent() -> None:
    with Client(private=False) as client, serving(sends(answer())) as server:
        refusal = unsent(client, server.url)

    assert refusal.why == "its host 127.0.0.1 is at 127.0.0.1, which is not public"
    assert (refusal.sent, refusal.private) == (False, True)
    assert server.connections == 0


def test_what_goes_under_a_certificate_that_nobody_signed_was_not_sent(client: Client, tls: ssl.SSLContext) -> None:
    with serving(sends(answer()), tls) as server:
        refusal = unsent(client, server.url)

    assert refusal.why.startswith("its certificate is not valid")
    assert not refusal.sent
    assert server.requests == []


def test_what_waits_for_a_handshake_was_not_sent() -> None:
    with Client(private=True, seconds=0.4) as client, socket.create_server(("127.0.0.1", 0)) as silent:
        refusal = unsent(client, f"https://127.0.0.1:{silent.getsockname()[1]}/")

    assert (refusal.why, refusal.sent) == ("it takes longer than 0.4 seconds", False)


@pytest.mark.usefixtures("trusted")
def test_what_breaks_after_the_handshake_may_have_arrived(client: Client, tls: ssl.SSLContext) -> None:
    with serving(sends(), tls) as server:
        refusal = unsent(client, server.url)

    assert refusal.sent
    assert len(server.requests) == 1


@pytest.mark.parametrize("method", ["get", "head", "send"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": f"Bearer {HIDDEN}\n"},
        {"Authorization": f"Bearer {HIDDEN}\r\nX: y"},
        {"Authorization": f"Bearer\0{HIDDEN}"},
        {"Authorization": f"Bearer “{HIDDEN}”"},
        {f"{HIDDEN}: x": "y"},
        {"": HIDDEN},
    ],
)
def test_a_header_that_cannot_be_sent_is_told_without_it(client: Client, method: str, headers: dict[str, str]) -> None:
    ask = partial(client.send, "POST") if method == "send" else getattr(client, method)
    with serving(sends(answer())) as server, pytest.raises(Unreachable) as refusal:
        ask(server.url, headers=headers)

    assert "a header that goes with it" in refusal.value.why
    assert not refusal.value.sent
    assert HIDDEN not in "".join(traceback.format_exception(refusal.value))
    assert server.connections == 0


@pytest.mark.parametrize("before", [b"", b"HTTP/1.1 ", HEAD + b"Transfer-Encoding: chunked\r\n\r\n"])
def test_a_server_that_sends_a_token_back_has_it_told_to_nobody(client: Client, before: bytes) -> None:
    with serving(echoes(before)) as server, pytest.raises(Unreachable) as refusal:
        client.get(server.url, headers=HEADERS)

    assert HIDDEN.encode() in server.requests[0]
    assert HIDDEN not in "".join(traceback.format_exception(refusal.value))


def test_nothing_of_a_request_is_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    broken = HEAD + b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\nno header\r\n"
    with serving(echoes(broken)) as server:
        unsent(client, server.url)
    with serving(echoes(HEAD + b"Content-Length: 0\r\nno header\r\n")) as server:
        assert client.send("POST", f"{server.url}/?token={HIDDEN}", headers=HEADERS).status == 200

    assert caplog.text == ""


def test_a_redirect_to_another_host_takes_no_token_along(client: Client) -> None:
    headers = {**HEADERS, "Api-Key": HIDDEN, "Accept": "application/json", "User-Agent": "Byline (tests)"}
    with serving(keeps(lambda _: answer())) as other, serving(moves(other)) as server:
        client.get(f"{server.url}/first", headers=headers)

    first, second = server.requests
    assert first.count(HIDDEN.encode()) == second.count(HIDDEN.encode()) == 2
    assert HIDDEN.encode() not in other.requests[0]
    assert b"Accept: application/json\r\n" in other.requests[0]
    assert b"User-Agent: Byline (tests)\r\n" in other.requests[0]


def moves(other: Server) -> Behaviour:
    """Return the behaviour that leads on to a page of the same host, and from there to another one."""

    def behave(stream: socket.socket, request: bytes) -> bool:
        there = "/second" if b"/first" in request else f"{other.url}/there"
        stream.sendall(answer(status="302 Found", Location=there))
        return True

    return behave


def test_a_request_shows_nothing_of_itself(client: Client) -> None:
    shown = repr(asked("POST", f"https://blog.example/?token={HIDDEN}", HEADERS, 0, HIDDEN.encode()))

    assert HIDDEN not in shown
    assert HIDDEN not in repr(client)


def test_all_links_of_the_headers_are_given_in_order_whatever_the_case_of_their_names(client: Client) -> None:
    links = '</a>; rel=me\r\nLINK: </b>, <>; rel="x"\r\nlink: </å>; rel=webmention'
    with serving(sends(answer(Link=links.encode().decode("latin-1")), answer())) as server:
        found = client.get(server.url)

    assert found.links == ("</a>; rel=me", '</b>, <>; rel="x"', "</å>; rel=webmention")
