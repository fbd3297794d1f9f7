"""Deploying to an S3 store: a real server, with other people's objects in it, killed in the middle, on a bad day."""

from __future__ import annotations

import gzip
import os
import re
import signal
import socket
import struct
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import TYPE_CHECKING, cast
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from byline.deploy.saved import ROOM
from byline.deploy.targets import s3
from byline.values.manifest import PATH
from byline.values.problem import Fault, Refused
from killing import kill_at, moments, started, whole_or_old
from s3_server import KEYS, NOTHING_ELSE, Store, s3_server
from small_site import deployed, done, planned, release, site, stylesheet, target, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from urllib.response import addinfourl

    from byline.deploy.target import Target

SENT = ("http.client.send",)
"""Each part of a request."""
_BUCKETS = count()


@pytest.fixture(scope="module")
def server() -> Iterator[Store]:
    with s3_server({**os.environ, **KEYS, **NOTHING_ELSE}) as store:
        yield store


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let boto3 find the test's keys and nothing of this machine's."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in {**KEYS, **NOTHING_ELSE}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def bucket(server: Store) -> str:
    """Make an empty bucket."""
    name = f"bucket-{next(_BUCKETS)}"
    server.client.create_bucket(Bucket=name)
    return name


@pytest.fixture
def place(server: Store, bucket: str, tmp_path: Path) -> Target:
    return target("s3", server.address(bucket), tmp_path)


def public(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return what the store could give to readers who guess no names."""
    return {path: body for path, body in files.items() if not path.startswith(ROOM) and path != PATH}


def back(place: Target, release: str) -> None:
    place.rollback(release, lambda _done, _total, _what: None)


def test_a_first_publish_fills_an_empty_bucket_and_a_second_does_nothing(
    place: Target, server: Store, bucket: str
) -> None:
    deployed(place, site("one"))

    assert public(server.files(bucket)) == site("one")
    assert planned(place, site("one")).empty


def test_a_plan_writes_nowhere(place: Target, server: Store, bucket: str) -> None:
    planned(place, site("one"))

    assert server.files(bucket) == {}


def test_below_a_prefix_nothing_else_is_seen_or_touched(server: Store, bucket: str, tmp_path: Path) -> None:
    server.client.put_object(Bucket=bucket, Key="blogger/index.html", Body=b"somebody's own")
    place = target("s3", server.address(bucket, "blog"), tmp_path)

    deployed(place, site("one"))

    assert planned(place, site("one")).foreign == 0
    found = server.files(bucket)
    assert found.pop("blogger/index.html") == b"somebody's own"
    assert {key for key in found if not key.startswith("blog/")} == set()
    assert found["blog/index.html"] == site("one")["index.html"]


def test_only_what_changed_is_sent_and_what_left_is_gone_but_for_its_stylesheet(
    place: Target, server: Store, bucket: str
) -> None:
    deployed(place, site("one", 3))
    boat = server.head(bucket, "images/boat.jpg")["LastModified"]

    made = deployed(place, site("two", 2))

    style, body = stylesheet("/* one */")
    assert public(server.files(bucket)) == {**site("two", 2), style: body}
    assert "images/boat.jpg" not in {arrival.path for arrival in made.arriving}
    assert server.head(bucket, "images/boat.jpg")["LastModified"] == boat


def test_objects_of_others_stay_and_come_back_where_one_had_to_make_room(
    place: Target, server: Store, bucket: str
) -> None:
    deployed(place, site("one", 2))
    server.client.put_object(Bucket=bucket, Key="CNAME", Body=b"me.example\n")
    server.client.put_object(Bucket=bucket, Key="post-2/index.html", Body=b"somebody's own", ContentType="text/plain")

    deployed(place, site("two", 3))
    back(place, release(site("one", 2)).id)

    found = public(server.files(bucket))
    assert found["CNAME"] == b"me.example\n"
    assert found["post-2/index.html"] == b"somebody's own"
    assert server.head(bucket, "post-2/index.html")["ContentType"] == "text/plain"


def test_more_objects_than_one_page_of_a_listing_are_all_seen(place: Target) -> None:
    files = {f"post-{number}/index.html": b"1" for number in range(1100)}

    deployed(place, files)

    assert planned(place, files).empty


HEADERS = {
    "index.html": ("text/html; charset=utf-8", "public, max-age=0, must-revalidate"),
    "feeds/atom.xml": ("application/atom+xml; charset=utf-8", "public, max-age=0, must-revalidate"),
    "images/boat.jpg": ("image/jpeg", "public, max-age=3600"),
    stylesheet("/* one */")[0]: ("text/css; charset=utf-8", "public, max-age=31536000, immutable"),
    PATH: ("application/json", "public, max-age=0, must-revalidate"),
}


@pytest.mark.parametrize("path", HEADERS)
def test_each_object_says_what_it_is_and_how_long_it_may_be_kept(
    place: Target, server: Store, bucket: str, path: str
) -> None:
    deployed(place, site("one"))
    deployed(place, site("two"))
    back(place, release(site("one")).id)

    head = server.head(bucket, path)

    assert (head["ContentType"], head["CacheControl"]) == HEADERS[path]
    assert "ContentEncoding" not in head


def test_compressed_beforehand_texts_say_so_and_nothing_else_is(server: Store, bucket: str, tmp_path: Path) -> None:
    place = target("s3", server.address(bucket), tmp_path, compress=True)
    deployed(place, site("one"))
    deployed(place, site("two"))
    back(place, release(site("one")).id)

    found = server.files(bucket)

    assert gzip.decompress(found["index.html"]) == site("one")["index.html"]
    assert server.head(bucket, "index.html")["ContentEncoding"] == "gzip"
    assert found["images/boat.jpg"] == site("one")["images/boat.jpg"]
    assert "ContentEncoding" not in server.head(bucket, PATH)
    assert planned(place, site("one")).empty


def test_going_back_one_release_and_two(place: Target, server: Store, bucket: str) -> None:
    one, two, three = (release(site(words)).id for words in ("one", "two", "three"))
    for words in ("one", "two", "three"):
        deployed(place, site(words))
    assert place.releases() == (three, two, one)

    back(place, two)
    assert place.releases() == (two, one)
    assert site("two").items() <= public(server.files(bucket)).items()
    deployed(place, site("three"))

    back(place, one)
    assert place.releases() == (one,)
    styles = dict(stylesheet(f"/* {words} */") for words in ("two", "three"))
    assert public(server.files(bucket)) == {**site("one"), **styles}
    assert planned(place, site("one")).empty


def test_what_is_kept_of_earlier_releases_lies_where_nobody_finds_it(place: Target, server: Store, bucket: str) -> None:
    deployed(place, site("one", 3))
    deployed(place, site("one", 2))

    (kept,) = [key for key in server.files(bucket) if key.endswith("/own/post-2/index.html")]

    name = kept.split("/")[1]
    assert re.fullmatch(rf"{release(site('one', 3)).id}-[0-9a-f]{{32}}", name)
    assert name.encode() not in server.files(bucket)[PATH]


def test_of_two_machines_the_later_one_is_refused_and_changes_nothing(
    place: Target, server: Store, bucket: str, tmp_path: Path
) -> None:
    deployed(place, site("one"))
    late = planned(place, site("late"))
    deployed(target("s3", server.address(bucket), tmp_path), site("two"))
    before = server.files(bucket)

    with pytest.raises(Refused, match="was changed while this run was at work") as told:
        done(place, late, site("late"))

    assert [problem.code for problem in told.value.problems] == ["moved-target"]
    assert public(server.files(bucket)) == public(before)
    assert server.files(bucket)[PATH] == before[PATH]


def test_of_two_first_publishes_one_is_refused(place: Target, server: Store, bucket: str, tmp_path: Path) -> None:
    late = planned(place, site("late"))
    deployed(target("s3", server.address(bucket), tmp_path), site("two"))

    with pytest.raises(Refused):
        done(place, late, site("late"))

    assert public(server.files(bucket)) == site("two")


def test_killed_at_thirty_moments_and_run_again(server: Store, tmp_path: Path) -> None:
    old, new, other = site("one", 4), site("two", 3), site("three", 5)
    built = written(tmp_path / "new", new)
    counted = began(server, tmp_path, "counted", old)
    number_of_moments = moments(SENT, "s3", server.address(counted), tmp_path, built)
    mixed = 0

    for number in range(30):
        bucket, last = began(server, tmp_path, f"killed-{number}", old), other if number % 3 == 0 else new
        place = target("s3", server.address(bucket), tmp_path)
        kill_at(1 + number * number_of_moments // 30, SENT, "s3", server.address(bucket), tmp_path, built)
        found = public(server.files(bucket))
        whole_or_old(found, old, new)
        mixed += not old.items() <= found.items() and not new.items() <= found.items()

        deployed(place, last)

        found = public(server.files(bucket))
        assert found.items() >= {**last, "CNAME": b"me.example\n"}.items()
        assert planned(place, last).empty
        assert place.releases() == (release(last).id, release(old).id)
        back(place, release(old).id)
        found = server.files(bucket)
        assert found.items() >= {**old, "CNAME": b"me.example\n"}.items()
        assert not [path for path in found if path.startswith(ROOM)]
    assert mixed > 3


def began(server: Store, tmp_path: Path, bucket: str, files: dict[str, bytes]) -> str:
    """Return a new bucket that holds a site, and something of somebody else's."""
    server.client.create_bucket(Bucket=bucket)
    server.client.put_object(Bucket=bucket, Key="CNAME", Body=b"me.example\n")
    deployed(target("s3", server.address(bucket), tmp_path), files)
    return bucket


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal to send to one process")
def test_ctrl_c_ends_at_once_and_begins_nothing_more(server: Store, bucket: str, tmp_path: Path) -> None:
    files = {f"post-{number}/index.html": b"1" for number in range(200)}
    built = written(tmp_path / "site", files)
    with started(SENT, "s3", server.address(bucket), tmp_path, built) as process:
        assert process.stdout
        process.stdout.read(60)
        process.send_signal(signal.SIGINT)
        begun = time.monotonic()
        process.communicate(timeout=30)

    assert process.returncode != 0
    assert time.monotonic() - begun < 10
    assert 0 < len(public(server.files(bucket))) < 100
    place = target("s3", server.address(bucket), tmp_path)
    deployed(place, files)
    assert public(server.files(bucket)) == files


@contextmanager
def answering(code: str, status: int) -> Iterator[str]:
    """Serve a store that answers every request with one error; its message holds what must not be told."""

    class Answer(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            said = f"{KEYS['AWS_SECRET_ACCESS_KEY']} {self.headers.get('Authorization')}"
            body = f"<Error><Code>{code}</Code><Message>{said}</Message></Error>".encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_HEAD(self) -> None:
            self.send_response(200)  # boto3 asks so where a bucket is that has moved
            self.end_headers()

        do_GET = do_PUT = do_DELETE = _answer  # noqa: N815  http.server's names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with serving(Answer) as address:
        yield address


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{http.server_address[1]}"
        http.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("answer", "status", "code", "sentence"),
    [
        ("AccessDenied", 403, "refused-by-target", "The store does not let these keys do that with the bucket blog."),
        ("InvalidAccessKeyId", 403, "refused-by-target", "The store does not know the access key"),
        ("SignatureDoesNotMatch", 403, "refused-by-target", "The secret key does not belong to the access key"),
        ("ExpiredToken", 400, "refused-by-target", "The session token has expired"),
        ("RequestTimeTooSkewed", 403, "refused-by-target", "The clock of this machine differs too much"),
        ("NoSuchBucket", 404, "wrong-target", "There is no bucket blog at the store."),
        ("PermanentRedirect", 301, "wrong-target", "The bucket blog is in another region."),
        ("QuotaExceeded", 403, "full-target", "There is no room left in the bucket blog."),
        ("XMinioStorageFull", 507, "full-target", "There is no room left in the bucket blog."),
        ("SlowDown", 503, "unreachable-target", "The store of the bucket blog is too busy or not well (SlowDown)."),
        ("Strange&lt;b&gt;", 400, "refused-by-target", "The store refuses a request for the bucket blog (Strangeb)."),
    ],
)
def test_what_a_store_answers_becomes_one_sentence_without_a_secret(  # noqa: PLR0913, PLR0917  a row of a table
    answer: str, status: int, code: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "_TRIES", 1)
    with answering(answer, status) as address, pytest.raises(Fault) as told:
        target("s3", f"s3://blog?endpoint={address}", tmp_path).look()

    (problem,) = told.value.problems
    assert problem.code == code
    assert problem.what.startswith(sentence)
    assert problem.remedy.endswith(".")
    assert isinstance(told.value, Refused) == (code == "unreachable-target")
    for secret in KEYS.values():
        assert secret not in str(problem)


def test_a_bucket_that_is_not_there_is_named(server: Store, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="There is no bucket missing at the store"):
        planned(target("s3", server.address("missing"), tmp_path), site("one"))


def test_a_store_that_nobody_answers_for_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "_TRIES", 1)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    with pytest.raises(Refused, match="cannot be reached") as told:
        target("s3", f"s3://blog?endpoint=http://127.0.0.1:{port}", tmp_path).look()

    assert [problem.code for problem in told.value.problems] == ["unreachable-target"]


def test_a_connection_that_is_reset_half_way_is_told_and_the_next_run_goes_on(
    server: Store, bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "_TRIES", 1)
    deployed(target("s3", server.address(bucket), tmp_path), site("one", 6))

    with forwarding(server.endpoint, lambda number: "reset" if number > 14 else "") as address:
        place = target("s3", f"s3://{bucket}?endpoint={address}", tmp_path)
        with pytest.raises(Refused, match="cannot be reached"):
            deployed(place, site("two", 5))

    assert PATH in server.files(bucket)
    place = target("s3", server.address(bucket), tmp_path)
    deployed(place, site("two", 5))
    assert site("two", 5).items() <= public(server.files(bucket)).items()
    back(place, release(site("one", 6)).id)
    assert site("one", 6).items() <= public(server.files(bucket)).items()


def _opened(request: Request) -> addinfourl:
    """Return an answer, also one that says no."""
    try:
        return cast("addinfourl", urlopen(request))  # noqa: S310  ours
    except HTTPError as error:
        return error


@contextmanager
def forwarding(endpoint: str, fault: Callable[[int], str]) -> Iterator[str]:
    """Stand before the server; `fault` says for the number of a request whether it is `reset`, or `unconditional`."""
    numbers = count(1)

    class Forward(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # else boto3 waits in vain for the word to go on with a body

        def _forward(self) -> None:
            what = fault(next(numbers))
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            conditional = any(self.headers.get(name) for name in ("If-Match", "If-None-Match"))
            if what == "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
                self.connection.close()
                return
            if what == "unconditional" and conditional:
                answer = b"<Error><Code>NotImplemented</Code></Error>"
                self.send_response(501)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
                return
            request = Request(endpoint + self.path, body or None, dict(self.headers), method=self.command)  # noqa: S310  ours
            with _opened(request) as got:
                answer = got.read()
                self.send_response(got.status or 0)
                for name, value in got.headers.items():
                    if name.lower() not in {"connection", "transfer-encoding"}:
                        self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer)

        do_GET = do_PUT = do_HEAD = do_DELETE = _forward  # noqa: N815  http.server's names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with serving(Forward) as address:
        yield address


def test_a_store_that_knows_no_conditions_is_deployed_to_all_the_same(
    server: Store, bucket: str, tmp_path: Path
) -> None:
    with forwarding(server.endpoint, lambda _: "unconditional") as address:
        place = target("s3", f"s3://{bucket}?endpoint={address}", tmp_path)
        deployed(place, site("one"))
        late = planned(place, site("late"))
        deployed(place, site("two"))

        with pytest.raises(Refused, match="was changed while this run was at work"):
            done(place, late, site("late"))

    assert site("two").items() <= public(server.files(bucket)).items()


@pytest.mark.parametrize(
    "to",
    [
        "s3://",
        "s3:///prefix",
        "s3://key:secret@bucket",
        "s3://bucket?endpoints=https://x.example",
        "s3://bucket?endpoint=x.example",
        "s3://bucket?secret=hunter2",
    ],
)
def test_an_address_that_means_no_store_is_refused_with_the_way_to_write_it(to: str, tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"Write it as s3://bucket/prefix\?endpoint=") as told:
        target("s3", to, tmp_path)

    assert [problem.code for problem in told.value.problems] == ["wrong-target"]
    assert "secret" not in str(told.value)
    assert "hunter2" not in str(told.value)


def test_without_keys_the_writer_is_told_where_to_put_them(
    server: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in KEYS:
        monkeypatch.delenv(name)

    with pytest.raises(Fault, match="Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"):
        target("s3", server.address("blog"), tmp_path).look()


def test_without_boto3_the_writer_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)

    with pytest.raises(Fault, match="pip install boto3"):
        target("s3", "s3://blog", tmp_path)
