"""Mastodon: what is asked of a server, and what each of its answers means for a copy."""

from __future__ import annotations

import json
import logging
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from byline.edges.http import Client
from byline.sharing.copies import Copy, How, State
from byline.sharing.message import Message, Picture
from byline.sharing.network import Answer, Network, Outcome
from byline.sharing.networks.mastodon import Limits, Mastodon, Owner, server_of
from canary import all_raised
from fake_mastodon import TOKEN, FakeMastodon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Make = Callable[..., Mastodon]

NOW = datetime(2026, 8, 1, 12, tzinfo=UTC)
URL = "https://me.example/letting-go/"
PICTURE = Picture("d1", "image/jpeg", "Boats, “at first light”")
MESSAGE = Message(
    URL, f"Letting go of R&D <forms>\n\n{URL}", "Letting go", language="de-CH", published="2026-01-01T08:00:00Z"
)
PICTURED = replace(MESSAGE, picture=PICTURE)
COPY = Copy(State.ATTEMPT, key="0" * 32, first=NOW, last=NOW)
STATUSES = "POST /api/v1/statuses"


@pytest.fixture
def server() -> Iterator[FakeMastodon]:
    """Give a server that works."""
    with FakeMastodon() as server:
        yield server


@pytest.fixture
def make(server: FakeMastodon) -> Iterator[Make]:
    """Give what makes the account anew, as each run does."""
    with Client(private=True, seconds=2, limit=2_000_000) as client:

        def made(**other: Any) -> Mastodon:  # noqa: ANN401  whatever the account is made of
            told = {"server": server.url, "token": TOKEN, "account": "@me@example.social", **other}
            pictures = {"d1": b"\xff\xd8 a picture", "d2": b"\xff\xd8 another"}
            plain = {"picture": pictures.get, "clock": lambda: NOW, "pause": lambda _: None}
            return Mastodon(client, **{**plain, **told})

        yield made


@pytest.fixture
def mastodon(make: Make) -> Mastodon:
    """Give the account."""
    return make()


class Kept(dict[str, str]):
    """What was kept, in one."""

    def __call__(self, ids: Mapping[str, str]) -> None:
        """Keep ids."""
        self.update(ids)


def create(mastodon: Mastodon, message: Message = MESSAGE, copy: Copy = COPY) -> Answer:
    """Make a copy, and keep nothing."""
    return mastodon.create(message, copy, Kept())


def there(mastodon: Mastodon, message: Message = MESSAGE) -> Copy:
    """Make a copy, and return it as the ledger would have it."""
    answer = create(mastodon, message)
    assert answer.outcome is Outcome.CONFIRMED
    return replace(COPY, state=State.CONFIRMED, ids=answer.ids, url=answer.url)


def test_it_is_a_network(mastodon: Mastodon) -> None:
    network: Network = mastodon

    assert (network.finds, network.edits, network.withdraws) == (True, True, True)


@pytest.mark.parametrize(
    ("account", "address"),
    [
        ("@me@example.social", "https://example.social"),
        ("me@example.social:8443", "https://example.social:8443"),
        ("@me", ""),
        ("@me@evil.example/@example.social", ""),
        ("@me@you@example.social", ""),
    ],
)
def test_the_server_is_named_by_the_account(account: str, address: str) -> None:
    assert server_of(account) == address


def test_a_copy_is_a_status_with_the_words_the_language_and_the_key(mastodon: Mastodon, server: FakeMastodon) -> None:
    answer = create(mastodon)

    status = server.statuses[0]
    assert answer == Answer(Outcome.CONFIRMED, url=status["url"], ids={"status": status["id"]}, how=How.SENT)
    request = server.sent(STATUSES)[0]
    assert request.headers["idempotency-key"] == COPY.key
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.fields == {"status": MESSAGE.text, "media_ids": [], "language": "de"}


def test_visibility_and_warning_are_those_of_the_writer_where_there_are_any(
    mastodon: Mastodon, server: FakeMastodon
) -> None:
    create(mastodon, replace(MESSAGE, visibility="unlisted", warning="Work"))

    assert server.statuses[0]["visibility"] == "unlisted"
    assert (server.statuses[0]["spoiler_text"], server.statuses[0]["sensitive"]) == ("Work", True)


def test_the_picture_goes_first_with_its_words_and_its_id_is_kept_before_the_status(
    mastodon: Mastodon, server: FakeMastodon
) -> None:
    kept = Kept()
    server.fail(STATUSES, status=503)

    answer = mastodon.create(PICTURED, COPY, kept)

    assert answer.outcome is Outcome.UNKNOWN
    assert kept == {"media": next(iter(server.media)), "picture": "d1"}
    taken = server.media[kept["media"]]
    assert (taken["content"], taken["description"]) == (b"\xff\xd8 a picture", PICTURE.alt)


def test_a_picture_that_was_kept_is_not_sent_again(make: Make, server: FakeMastodon) -> None:
    kept = Kept()
    server.fail(STATUSES, status=503)
    make().create(PICTURED, COPY, kept)

    answer = make().create(PICTURED, replace(COPY, ids=dict(kept)), kept)

    assert answer.ids == {**kept, "status": server.statuses[0]["id"]}
    assert server.statuses[0]["media_attachments"][0]["id"] == kept["media"]
    assert len(server.media) == 1


def test_a_picture_that_the_server_has_thrown_away_meanwhile_is_sent_anew(
    mastodon: Mastodon, server: FakeMastodon
) -> None:
    kept = Kept()

    answer = mastodon.create(PICTURED, replace(COPY, ids={"media": "77", "picture": "d1"}), kept)

    assert answer.outcome is Outcome.CONFIRMED
    assert kept["media"] in server.media
    assert answer.ids["media"] == kept["media"]


def test_a_picture_in_work_is_waited_for(make: Make, server: FakeMastodon) -> None:
    pauses: list[float] = []
    server.in_work = 3

    answer = create(make(pause=pauses.append), PICTURED)

    assert len(server.statuses[0]["media_attachments"]) == 1
    assert answer.outcome is Outcome.CONFIRMED
    assert pauses == [0.5, 1, 2]


def test_a_picture_that_stays_in_work_waits_for_the_next_run_and_no_status_is_made(
    mastodon: Mastodon, server: FakeMastodon
) -> None:
    server.in_work = 100

    answer = create(mastodon, PICTURED)

    assert (answer.outcome, answer.error) == (Outcome.WAITING, "the server is still at work on the picture")
    assert server.statuses == []


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ({"status": 413}, "the server answers 413"),
        ({"status": 422, "body": b'{"error": "File is invalid"}'}, "the server answers 422, File is invalid"),
        ({"status": 404}, "the server answers 404"),
        (
            {"status": 500, "body": b'{"error": "Error processing thumbnail for uploaded media"}'},
            "the server answers 500, Error processing thumbnail for uploaded media",
        ),
    ],
)
def test_a_picture_that_the_server_will_not_have_is_left_out_and_that_is_said(
    mastodon: Mastodon, server: FakeMastodon, fault: dict[str, Any], why: str
) -> None:
    server.fail("POST /api/v2/media", **fault)

    answer = create(mastodon, PICTURED)

    assert answer.outcome is Outcome.CONFIRMED
    assert answer.error == f"sent without its picture: {why}"
    assert answer.ids == {"status": server.statuses[0]["id"]}
    assert server.statuses[0]["media_attachments"] == []


def test_a_picture_over_the_servers_own_limit_is_not_even_sent(mastodon: Mastodon, server: FakeMastodon) -> None:
    server.configuration["media_attachments"]["image_size_limit"] = 5

    answer = create(mastodon, PICTURED)

    assert answer.error == "sent without its picture: it has 12 bytes, the server takes 5"
    assert not server.sent("POST /api/v2/media")
    assert len(server.statuses) == 1


def test_a_picture_that_is_not_in_the_store_is_left_out(mastodon: Mastodon, server: FakeMastodon) -> None:
    answer = create(mastodon, replace(MESSAGE, picture=replace(PICTURE, digest="d9")))

    assert answer.error == "sent without its picture, which is not in the store"
    assert len(server.statuses) == 1


@pytest.mark.parametrize("fault", [{"status": 503}, {"status": 200, "body": b"<p>"}, {"lost": True}])
def test_a_picture_of_which_nothing_is_known_makes_the_status_wait(
    mastodon: Mastodon, server: FakeMastodon, fault: dict[str, Any]
) -> None:
    server.fail("POST /api/v2/media", **fault)

    assert create(mastodon, PICTURED).outcome is Outcome.WAITING
    assert server.statuses == []


def test_the_words_of_a_picture_are_no_longer_than_the_server_takes(mastodon: Mastodon, server: FakeMastodon) -> None:
    server.configuration["media_attachments"]["description_limit"] = 12

    create(mastodon, replace(MESSAGE, picture=replace(PICTURE, alt="Boats in the harbour")))

    assert server.statuses[0]["media_attachments"][0]["description"] == "Boats in…"


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"status": 500}, Outcome.UNKNOWN),
        ({"status": 500, "body": b'{"error": "Error processing it"}'}, Outcome.UNKNOWN),
        ({"status": 504, "after": True}, Outcome.UNKNOWN),
        ({"status": 302, "headers": {"Location": "https://elsewhere.example/"}}, Outcome.UNKNOWN),
        ({"status": 408}, Outcome.UNKNOWN),
        ({"status": 409}, Outcome.UNKNOWN),
        ({"status": 200, "after": True}, Outcome.UNKNOWN),
        ({"status": 200, "body": b'{"id": 7}'}, Outcome.UNKNOWN),
        ({"status": 200, "body": b'{"id": "../1"}'}, Outcome.UNKNOWN),
        ({"status": 200, "body": b"[" * 100_000}, Outcome.UNKNOWN),
        ({"lost": True}, Outcome.UNKNOWN),
        ({"late": 2.5}, Outcome.UNKNOWN),
        ({"status": 400}, Outcome.REJECTED),
        ({"status": 404}, Outcome.REJECTED),
        ({"status": 422, "body": b'{"error": "Validation failed"}'}, Outcome.REJECTED),
        ({"status": 401}, Outcome.WAITING),
        ({"status": 403}, Outcome.WAITING),
        ({"status": 429}, Outcome.WAITING),
    ],
    ids=str,
)
def test_an_answer_means_that_it_is_there_or_is_not_or_that_nobody_knows(
    mastodon: Mastodon, server: FakeMastodon, fault: dict[str, Any], outcome: Outcome
) -> None:
    server.fail(STATUSES, **fault)

    answer = create(mastodon)

    assert answer.outcome is outcome
    assert answer.error
    assert len(server.sent(STATUSES)) == 1


def test_a_server_that_is_not_there_got_nothing(make: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    answer = create(make(server=f"http://127.0.0.1:{port}"))

    assert answer == Answer(Outcome.WAITING, error="the server cannot be reached: nothing listens there")


def test_a_server_that_goes_away_before_the_status_got_nothing(mastodon: Mastodon, server: FakeMastodon) -> None:
    assert isinstance(mastodon.owner(), Owner)
    server.stop()

    assert create(mastodon) == Answer(Outcome.WAITING, error="the server cannot be reached: nothing listens there")


def test_a_token_that_ended_closes_the_account_and_says_so(mastodon: Mastodon, server: FakeMastodon) -> None:
    assert create(mastodon).outcome is Outcome.CONFIRMED
    server.token = "another"  # noqa: S105  of the fake

    answer = create(mastodon, replace(MESSAGE, url="https://me.example/other/"))

    assert answer == Answer(
        Outcome.WAITING,
        error="the token is not valid: the server answers 401, The access token is invalid",
        closed=True,
    )


def test_a_token_of_another_account_sends_nothing(make: Make, server: FakeMastodon) -> None:
    answer = create(make(account="@other@example.social"))

    assert answer == Answer(Outcome.WAITING, error="the token is that of me, not of other", closed=True)
    assert server.statuses == []


@pytest.mark.parametrize("token", ["", "two words", "ends with a line\n", "schlüssel"])
def test_a_token_that_cannot_be_one_is_not_sent(make: Make, server: FakeMastodon, token: str) -> None:
    answer = create(make(token=token))

    assert answer == Answer(Outcome.WAITING, error="there is no token, or one that cannot be", closed=True)
    assert server.requests == []


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"X-RateLimit-Reset": "2026-08-01T12:04:10.019685Z"}, 250.019685),
        ({"Retry-After": "90"}, 90),
        ({"Retry-After": "Sat, 01 Aug 2026 12:02:00 GMT"}, 120),
        ({"X-RateLimit-Reset": "9999-12-31T23:59:59-12:00"}, 86_400),
        ({"X-RateLimit-Reset": "2026-08-01T12:01:00", "Retry-After": "9"}, 60),
        ({"X-RateLimit-Reset": "2001-01-01T00:00:00Z"}, 0),
        ({"Retry-After": "9" * 400}, 86_400),
        ({"Retry-After": "soon"}, 300),
        ({}, 300),
    ],
    ids=str,
)
def test_a_server_that_was_asked_too_much_says_when_to_come_again(
    mastodon: Mastodon, server: FakeMastodon, headers: dict[str, str], seconds: float
) -> None:
    server.fail(STATUSES, status=429, headers=headers)

    answer = create(mastodon)

    assert (answer.outcome, answer.closed) == (Outcome.WAITING, True)
    assert answer.at == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("Text can't be blank", ", Text can't be blank"),
        ("two\r\nlines \x1b[31mred\u202e", ", two lines [31mred"),
        (f"no {TOKEN}, sorry", ", no …, sorry"),
        (f"no {TOKEN[:9]}\u200b{TOKEN[9:]}", ", no …"),
        ("word " * 60, ", " + "word " * 39 + "word…"),
        ("x" * 1_001, ""),
        (["a list"], ""),
        (None, ""),
    ],
    ids=["plain", "control", "token", "token in two", "long", "endless", "a list", "none"],
)
def test_what_a_server_says_is_told_in_one_short_line_without_the_token(
    make: Make, server: FakeMastodon, error: object, said: str
) -> None:
    server.fail(STATUSES, status=422, body=json.dumps({"error": error}).encode())

    assert create(make()).error == f"the server answers 422{said}"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://me:pass@example.social/1",
        "https://example.social/\u202e1",
        7,
        "https://a.b/" + "x" * 3000,
    ],
)
def test_an_address_that_may_not_be_linked_is_none(mastodon: Mastodon, server: FakeMastodon, url: object) -> None:
    server.fail(STATUSES, status=200, body=json.dumps({"id": "7", "url": url}).encode())

    assert create(mastodon) == Answer(Outcome.CONFIRMED, ids={"status": "7"})


def test_the_same_key_again_is_the_same_status(make: Make, server: FakeMastodon) -> None:
    assert create(make()).ids == create(make()).ids
    assert len(server.statuses) == 1


@pytest.mark.parametrize("behaviour", ["ignores_keys", "repeats_fail"])
@pytest.mark.parametrize(
    "fault", [{"lost": True}, {"status": 504, "after": True}, {"status": 200, "after": True}], ids=str
)
def test_a_status_whose_answer_was_lost_is_found_whatever_the_server_makes_of_keys(
    make: Make, server: FakeMastodon, behaviour: str, fault: dict[str, Any]
) -> None:
    setattr(server, behaviour, True)
    server.fail(STATUSES, **fault)
    mastodon = make()
    assert mastodon.find(MESSAGE, COPY) is None

    assert create(mastodon).outcome is Outcome.UNKNOWN

    status = server.statuses[0]
    confirmed = Answer(Outcome.CONFIRMED, url=status["url"], ids={"status": status["id"]}, how=How.FOUND)
    assert mastodon.find(MESSAGE, COPY) == confirmed
    assert make().find(MESSAGE, COPY) == confirmed
    assert len(server.statuses) == 1


def test_a_late_write_is_found_after_it_has_settled(make: Make, server: FakeMastodon) -> None:
    server.fail(STATUSES, late=0.3, lost=True)

    assert create(make()).outcome is Outcome.UNKNOWN
    found = make().find(MESSAGE, COPY)

    assert found
    assert found.outcome is Outcome.CONFIRMED


@pytest.mark.parametrize(
    "text",
    [
        f"Read {URL}",
        "Read https://me.example/letting-go",
        "Read https://ME.example/letting-go/ and https://me.example/other/",
    ],
)
def test_a_status_that_links_the_post_is_its_copy(mastodon: Mastodon, server: FakeMastodon, text: str) -> None:
    status = server.write(text)

    found = mastodon.find(MESSAGE, COPY)

    assert found
    assert (found.outcome, found.ids, found.how) == (Outcome.CONFIRMED, {"status": status["id"]}, How.FOUND)


def test_a_status_whose_card_links_the_post_is_its_copy(mastodon: Mastodon, server: FakeMastodon) -> None:
    server.write("Read https://short.example/1", card={"url": URL})

    assert mastodon.find(MESSAGE, COPY)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Read https://me.example/letting-go/2/", {}),
        ("Read https://me.example/letting-go-again/", {}),
        (f"Read {URL}?page=2", {}),
        (f"Read {URL}#comments", {}),
        ("Read http://me.example/letting-go/", {}),
        (f"A letter to @you: {URL}", {"visibility": "direct"}),
        (f"As I wrote: {URL}", {"in_reply_to_id": "5", "in_reply_to_account_id": "1"}),
        (f"Read {URL}", {"reblog": {"id": "5"}}),
        ("", {"content": f"<!-- <a href='{URL}'> -->"}),
        ("", {"content": f"<p>{URL}</p>"}),
        ("", {"content": None, "card": "none"}),
        ("Read http://[broken and https://me.example:x/letting-go/", {}),
    ],
    ids=str,
)
def test_a_status_that_links_something_else_or_is_no_copy_is_not_taken_for_one(
    mastodon: Mastodon, server: FakeMastodon, text: str, fields: dict[str, Any]
) -> None:
    server.write(text, **fields)

    assert mastodon.find(MESSAGE, COPY) is None


def test_an_address_with_other_letters_is_found_percent_encoded(mastodon: Mastodon, server: FakeMastodon) -> None:
    server.write("Read https://xn--mller-kva.example/%C3%BCber/")

    assert mastodon.find(replace(MESSAGE, url="https://müller.example/über/"), COPY)


def test_several_look_ups_share_one_listing(mastodon: Mastodon, server: FakeMastodon) -> None:
    for number in range(3):
        server.write(f"https://me.example/{number}/")

    found = [mastodon.find(replace(MESSAGE, url=f"https://me.example/{number}/"), COPY) for number in range(4)]

    assert [answer is not None for answer in found] == [True, True, True, False]
    assert len(server.sent("GET /api/v1/accounts/1/statuses")) == 2  # the page, and that there is no other
    assert len(server.sent("GET /api/v1/accounts/verify_credentials")) == 1


def test_old_pages_are_asked_for_until_the_copy_is_found(mastodon: Mastodon, server: FakeMastodon) -> None:
    server.write(f"Read {URL}")
    for number in range(90):
        server.write(f"Something else, {number}")

    assert mastodon.find(MESSAGE, COPY)
    assert len(server.sent("GET /api/v1/accounts/1/statuses")) == 3


def test_nobody_looks_for_a_copy_before_its_post_was_published(mastodon: Mastodon, server: FakeMastodon) -> None:
    server.write("Long ago", created_at="2025-01-01T00:00:00Z")
    for number in range(90):
        server.write(f"Old, {number}", created_at="2025-12-01T00:00:00Z")

    assert mastodon.find(MESSAGE, COPY) is None
    assert len(server.sent("GET /api/v1/accounts/1/statuses")) == 1


def test_of_an_account_that_writes_without_end_it_is_not_known_whether_a_copy_is_there(
    mastodon: Mastodon, server: FakeMastodon
) -> None:
    for number in range(240):
        server.write(f"Again, {number}", created_at="2026-08-01T13:00:00Z")

    answer = mastodon.find(MESSAGE, COPY)
    early = mastodon.find(MESSAGE, replace(COPY, first=NOW + timedelta(days=1)))

    assert answer
    assert answer.outcome is Outcome.UNKNOWN
    assert early is None  # the listing reaches to before the first try
    assert len(server.sent("GET /api/v1/accounts/1/statuses")) == 5


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500},
        {"status": 404},
        {"status": 429},
        {"status": 401},
        {"status": 200},
        {"status": 200, "body": b'[{"id": 1}]'},
        {"status": 200, "body": b"[1, 2]"},
        {"lost": True},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["verify_credentials", "1/statuses"])
def test_a_look_up_that_fails_never_says_that_the_copy_is_not_there(
    mastodon: Mastodon, server: FakeMastodon, path: str, fault: dict[str, Any]
) -> None:
    server.write(f"Read {URL}")
    server.fail(f"GET /api/v1/accounts/{path}", **fault)

    failed = mastodon.find(MESSAGE, COPY)
    again = mastodon.find(MESSAGE, COPY)

    assert failed
    assert (failed.outcome, failed.closed) == (Outcome.UNKNOWN, fault.get("status") in {401, 429})
    assert again
    assert again.outcome is Outcome.CONFIRMED


@pytest.mark.parametrize(
    ("status", "error"), [(422, "This post is a duplicate"), (422, "Media is already attached"), (409, "Conflict")]
)
def test_an_answer_that_means_duplicate_is_looked_up(
    mastodon: Mastodon, server: FakeMastodon, status: int, error: str
) -> None:
    mastodon.find(MESSAGE, COPY)
    server.write(MESSAGE.text)
    server.fail(STATUSES, status=status, body=json.dumps({"error": error}).encode())

    answer = create(mastodon)

    assert (answer.outcome, answer.how) == (Outcome.CONFIRMED, How.DUPLICATE)
    assert answer.ids == {"status": server.statuses[0]["id"]}


def test_an_answer_that_means_duplicate_of_nothing_is_a_refusal(mastodon: Mastodon, server: FakeMastodon) -> None:
    server.fail(STATUSES, status=422, body=b'{"error": "duplicate"}')

    assert create(mastodon).outcome is Outcome.REJECTED


def test_an_edit_changes_the_words_and_keeps_the_picture(make: Make, server: FakeMastodon) -> None:
    copy = there(make(), PICTURED)
    words = replace(PICTURED, text=f"Better words {URL}", picture=replace(PICTURE, alt="Better alt"))

    answer = make().update(words, copy, Kept())

    status = server.statuses[0]
    assert answer == Answer(Outcome.CONFIRMED, url=copy.url, ids=copy.ids)
    assert status["text"] == words.text
    assert [one["description"] for one in status["media_attachments"]] == ["Better alt"]
    assert len(server.media) == 1
    assert len(server.statuses) == 1


def test_an_edit_brings_another_picture_and_takes_a_warning_away(make: Make, server: FakeMastodon) -> None:
    copy = there(make(), replace(PICTURED, warning="Work"))
    kept = Kept()

    answer = make().update(replace(PICTURED, picture=replace(PICTURE, digest="d2")), copy, kept)

    assert kept["picture"] == "d2"
    assert answer.ids == {**copy.ids, **kept}
    assert [one["id"] for one in server.statuses[0]["media_attachments"]] == [kept["media"]]
    changed = server.sent("PUT")[0].fields
    assert (changed["spoiler_text"], changed["sensitive"]) == ("", False)


def test_an_edit_of_a_copy_without_a_picture_asks_for_none(make: Make, server: FakeMastodon) -> None:
    copy = there(make())

    assert make().update(MESSAGE, copy, Kept()).outcome is Outcome.CONFIRMED
    assert [request.method for request in server.requests] == ["GET", "POST", "GET", "PUT"]


@pytest.mark.parametrize("message", [MESSAGE, PICTURED], ids=["without", "with a picture"])
def test_a_copy_that_its_author_took_away_is_gone(make: Make, server: FakeMastodon, message: Message) -> None:
    copy = there(make(), message)
    server.statuses.clear()

    assert make().update(message, copy, Kept()).outcome is Outcome.GONE
    assert server.statuses == []


def test_taking_back_deletes_and_once_more_does_no_harm(make: Make, server: FakeMastodon) -> None:
    copy = there(make())

    assert make().withdraw(copy).outcome is Outcome.CONFIRMED
    assert server.statuses == []
    assert make().withdraw(copy).outcome is Outcome.CONFIRMED


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"status": 502}, Outcome.UNKNOWN),
        ({"status": 200}, Outcome.UNKNOWN),
        ({"lost": True}, Outcome.UNKNOWN),
        ({"status": 422}, Outcome.REJECTED),
        ({"status": 429}, Outcome.WAITING),
        ({"status": 403}, Outcome.WAITING),
    ],
    ids=str,
)
def test_changing_and_taking_back_end_as_making_does(
    make: Make, server: FakeMastodon, method: str, fault: dict[str, Any], outcome: Outcome
) -> None:
    copy = there(make())
    server.fail(f"{method} /api/v1/statuses", **fault)

    mastodon = make()
    answer = mastodon.update(MESSAGE, copy, Kept()) if method == "PUT" else mastodon.withdraw(copy)

    assert answer.outcome is outcome
    assert answer.error


@pytest.mark.parametrize("name", ["", "../accounts/1", "1?x=1"])
def test_a_copy_without_a_name_that_can_be_one_is_left_alone(
    mastodon: Mastodon, server: FakeMastodon, name: str
) -> None:
    copy = replace(COPY, ids={"status": name})

    answers = [mastodon.update(MESSAGE, copy, Kept()), mastodon.withdraw(copy)]

    assert [answer.outcome for answer in answers] == [Outcome.REJECTED] * 2
    assert server.requests == []


def test_the_limits_are_the_servers_own_where_it_says_them(make: Make, server: FakeMastodon) -> None:
    server.configuration = {
        "statuses": {"max_characters": 5000, "characters_reserved_per_url": True},
        "media_attachments": {"description_limit": -1, "image_size_limit": 8_000_000},
    }
    mastodon = make()

    assert mastodon.limits() == Limits(characters=5000, picture=8_000_000)
    assert mastodon.limits() == Limits(characters=5000, picture=8_000_000)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "fault", [{"status": 200}, {"status": 404}, {"status": 200, "body": b"[]"}, {"lost": True}], ids=str
)
def test_the_limits_are_mastodons_where_a_server_does_not_say(
    mastodon: Mastodon, server: FakeMastodon, fault: dict[str, Any]
) -> None:
    server.fail("GET /api/v2/instance", **fault)

    assert mastodon.limits() == Limits(500, 23, 1500, 16_777_216)
    assert mastodon.limits() == Limits(500, 23, 1500, 16_777_216)
    assert len(server.requests) == 1


def test_a_token_is_that_of_somebody_or_of_nobody(make: Make, server: FakeMastodon) -> None:
    assert make(account="@other@example.social").owner() == Owner("1", "me", f"{server.url}/@me")
    server.token = "another"  # noqa: S105  of the fake
    answer = make().owner()
    assert isinstance(answer, Answer)
    assert answer.closed


@pytest.fixture
def raised() -> Iterator[list[str]]:
    """Give what is written of every exception that is raised meanwhile, caught or not."""
    with all_raised() as raised:
        yield raised


def test_the_token_goes_nowhere_but_to_the_server(
    make: Make,
    server: FakeMastodon,
    raised: list[str],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    answers: list[object] = []
    with FakeMastodon() as elsewhere:
        faults: list[dict[str, Any]] = [
            {"status": 302, "headers": {"Location": f"{elsewhere.url}/api/v1/statuses"}},
            {"status": 422, "body": json.dumps({"error": f"Bearer {TOKEN}"}).encode()},
            {"status": 401, "body": json.dumps({"error": TOKEN}).encode()},
            {"status": 429, "body": TOKEN.encode()},
            {"status": 200, "body": TOKEN.encode()},
            {"lost": True},
        ]
        for fault in faults:
            for to in ("GET /api/v1/accounts", STATUSES):
                server.fail(to, **fault)
                mastodon = make()
                answers += [create(mastodon), mastodon.find(MESSAGE, COPY), repr(mastodon), str(mastodon)]
        bad = make(token=f"{TOKEN}\n")
        answers += [create(bad), bad.owner(), make(server="http://127.0.0.1:1").owner()]
        assert elsewhere.requests == []

    assert TOKEN not in repr(answers)
    assert len(raised) > len(faults)
    assert TOKEN not in "".join(raised)
    records = [f"{record.getMessage()} {record.args} {record.exc_text}" for record in caplog.records]
    assert TOKEN not in "".join(records)
    assert TOKEN not in "".join(capfd.readouterr())
