"""LinkedIn: what is asked of it, and what each of its answers means for a copy."""

from __future__ import annotations

import json
import logging
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from byline.edges.http import Answer as Reply
from byline.edges.http import Client
from byline.sharing.copies import Copy, How, State
from byline.sharing.message import Message, Picture
from byline.sharing.network import Answer, Network, Outcome
from byline.sharing.networks.linkedin import VERSION, LinkedIn, author_of, commentary
from canary import all_raised
from fake_linkedin import AUTHOR, TOKEN, FakeLinkedIn, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from byline.sharing.network import Keep

    Make = Callable[..., LinkedIn]

NOW = datetime(2026, 8, 1, 12, tzinfo=UTC)
URL = "https://me.example/letting-go/"
MESSAGE = Message(URL, f"Letting go of R&D (and <forms>)\n\n#WeakTies\n{URL}", "Letting go", "How, and why.")
COPY = Copy(State.ATTEMPT, key="0" * 32, first=NOW, last=NOW)
PIXELS = b"\xff\xd8\xff\xe0 pixels"
PICTURE = Picture("d1", "image/jpeg", "Boats at “first” light", "Photo: Jane Roe", 1600, 1067)
PICTURED = replace(MESSAGE, picture=PICTURE)
POSTS, IMAGES, UPLOADS = "POST /rest/posts", "POST /rest/images", "PUT /dms-uploads"


@pytest.fixture
def server() -> Iterator[FakeLinkedIn]:
    """Give a server that works."""
    with FakeLinkedIn() as server:
        yield server


@pytest.fixture
def make(server: FakeLinkedIn) -> Iterator[Make]:
    """Give what makes the account anew, as each run does."""
    with Client(private=True, seconds=2, limit=2_000_000) as client:

        def made(**other: Any) -> LinkedIn:  # noqa: ANN401  whatever the account is made of
            told = {"server": server.url, "token": TOKEN, "account": AUTHOR, "picture": {"d1": PIXELS}.get, **other}
            return LinkedIn(client, **told, clock=lambda: NOW)

        yield made


@pytest.fixture
def linkedin(make: Make) -> LinkedIn:
    """Give the account."""
    return make()


def keep(ids: Mapping[str, str]) -> None:
    """Keep nothing: without a picture there is nothing that comes before the end."""
    raise AssertionError(ids)


def create(linkedin: LinkedIn, message: Message = MESSAGE, copy: Copy = COPY, keep: Keep = keep) -> Answer:
    """Make a copy."""
    return linkedin.create(message, copy, keep)


def article(server: FakeLinkedIn) -> dict[str, Any]:
    """Return the card of the one post that is there."""
    (post,) = server.posts.values()
    return dict(post["content"]["article"])


def there(linkedin: LinkedIn) -> Copy:
    """Make a copy, and return it as the ledger would have it."""
    answer = create(linkedin)
    assert answer.outcome is Outcome.CONFIRMED
    return replace(COPY, state=State.CONFIRMED, ids=answer.ids, url=answer.url)


def test_it_is_a_network_that_finds_nothing(linkedin: LinkedIn, server: FakeLinkedIn) -> None:
    network: Network = linkedin

    assert (network.finds, network.edits, network.withdraws) == (False, True, True)
    found = linkedin.find(MESSAGE, COPY)
    assert found
    assert found.outcome is Outcome.UNKNOWN
    assert server.requests == []


@pytest.mark.parametrize(
    ("account", "author"),
    [
        ("urn:li:person:abc", "urn:li:person:abc"),
        ("urn:li:organization:5515715", "urn:li:organization:5515715"),
        ("aB-c_9", "urn:li:person:aB-c_9"),
        ("", ""),
        ("Jane Roe", ""),
        ("urn:li:share:1", ""),
        ("https://www.linkedin.com/in/me", ""),
    ],
)
def test_the_author_is_named_by_the_account(account: str, author: str) -> None:
    assert author_of(account) == author


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Plain words: “R&D”, 50 % – done!", "Plain words: “R&D”, 50 % – done!"),
        (r"\ | { } @ [ ] ( ) < > # * _ ~", r"\\ \| \{ \} \@ \[ \] \( \) \< \> \# \* \_ \~"),
        ("#WeakTies #Work", r"{hashtag|\#|WeakTies} {hashtag|\#|Work}"),
        ("Read (#this), #that. #and_more!", r"Read \({hashtag|\#|this}\), {hashtag|\#|that}. {hashtag|\#|and\_more}!"),
        ("#Zürich #日本語 #हिन्दी", r"{hashtag|\#|Zürich} {hashtag|\#|日本語} {hashtag|\#|हिन्दी}"),
        ("We are #1, and C# is # 2", r"We are \#1, and C\# is \# 2"),
        ("https://me.example/a_b/#part", r"https://me.example/a\_b/\#part"),
        ("{hashtag|#|forged} @[Eve](urn:li:person:1)", r"\{hashtag\|\#\|forged\} \@\[Eve\]\(urn:li:person:1\)"),
    ],
)
def test_words_are_escaped_and_hashtags_stay_what_they_are(text: str, written: str) -> None:
    assert commentary(text) == written
    assert shown(written) == text


def test_a_copy_is_a_post_with_the_words_and_a_card(linkedin: LinkedIn, server: FakeLinkedIn) -> None:
    answer = create(linkedin)

    urn, post = next(iter(server.posts.items()))
    url = f"https://www.linkedin.com/feed/update/{urn}/"
    assert answer == Answer(Outcome.CONFIRMED, url=url, ids={"post": urn}, how=How.SENT)
    assert server.shown(urn) == MESSAGE.text
    assert post["content"] == {"article": {"source": URL, "title": "Letting go", "description": "How, and why."}}
    assert (post["author"], post["lifecycleState"]) == (AUTHOR, "PUBLISHED")
    headers = server.sent(POSTS)[0].headers
    assert headers["authorization"] == f"Bearer {TOKEN}"
    assert (headers["linkedin-version"], headers["x-restli-protocol-version"]) == (VERSION, "2.0.0")


@pytest.mark.parametrize(
    ("visibility", "shown_to"),
    [("", "PUBLIC"), ("public", "PUBLIC"), ("unlisted", "PUBLIC"), ("private", "CONNECTIONS")],
)
def test_who_sees_it_is_as_the_writer_set_it(
    linkedin: LinkedIn, server: FakeLinkedIn, visibility: str, shown_to: str
) -> None:
    create(linkedin, replace(MESSAGE, visibility=visibility))

    assert next(iter(server.posts.values()))["visibility"] == shown_to


def test_a_card_has_no_empty_and_no_endless_words(linkedin: LinkedIn, server: FakeLinkedIn) -> None:
    create(linkedin, replace(MESSAGE, title="word " * 100, description=""))

    article = next(iter(server.posts.values()))["content"]["article"]
    assert article.keys() == {"source", "title"}
    assert article["title"].endswith("word…")
    assert len(article["title"]) <= 400


def test_a_card_has_the_posts_picture_with_its_words_and_says_whose_it_is(
    linkedin: LinkedIn, server: FakeLinkedIn
) -> None:
    kept: dict[str, str] = {}

    answer = create(linkedin, PICTURED, keep=kept.update)

    (image,) = server.images
    assert (answer.outcome, answer.error) == (Outcome.CONFIRMED, "")
    assert kept == {"image": image, "picture": "d1"}
    assert server.images[image] == PIXELS
    assert article(server) == {
        "source": URL,
        "title": "Letting go",
        "description": "How, and why. Photo: Jane Roe",
        "thumbnail": image,
        "thumbnailAltText": PICTURE.alt,
    }
    begun, sent, _ = server.requests
    assert begun.fields == {"initializeUploadRequest": {"owner": AUTHOR}}
    assert begun.headers["linkedin-version"] == VERSION
    assert (sent.headers["content-type"], sent.headers["authorization"]) == ("image/jpeg", f"Bearer {TOKEN}")


def test_a_credit_that_stands_in_the_words_is_not_said_twice(linkedin: LinkedIn, server: FakeLinkedIn) -> None:
    create(linkedin, replace(PICTURED, text=f"Letting go\n\nPhoto: Jane Roe\n{URL}"), keep=dict[str, str]().update)

    assert article(server)["description"] == "How, and why."


@pytest.mark.parametrize(("alt", "written"), [("", None), ("word " * 1000, "word…")], ids=["none", "endless"])
def test_the_words_for_a_picture_are_not_empty_and_not_endless(
    linkedin: LinkedIn, server: FakeLinkedIn, alt: str, written: str | None
) -> None:
    create(linkedin, replace(PICTURED, picture=replace(PICTURE, alt=alt)), keep=dict[str, str]().update)

    told = article(server).get("thumbnailAltText")
    assert (told and told[-5:]) == written
    assert len(told or "") <= 4086


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (replace(PICTURE, digest="d2"), ": it is not in the store"),
        (replace(PICTURE, media_type="image/webp"), ": LinkedIn takes no image/webp"),
        (replace(PICTURE, width=8000, height=5000), ": it has 40,000,000 pixels, LinkedIn takes 36,152,319"),
    ],
    ids=["not there", "a format of its own", "too large"],
)
def test_a_picture_that_cannot_be_sent_is_left_out_and_that_is_said(
    linkedin: LinkedIn, server: FakeLinkedIn, picture: Picture, why: str
) -> None:
    answer = create(linkedin, replace(MESSAGE, picture=picture))

    assert (answer.outcome, answer.error) == (Outcome.CONFIRMED, f"sent without its picture{why}")
    assert len(server.requests) == 1


@pytest.mark.parametrize("to", [IMAGES, UPLOADS])
@pytest.mark.parametrize("status", [400, 404, 413, 422])
def test_a_picture_that_linkedin_will_not_have_is_left_out_and_that_is_said(
    linkedin: LinkedIn, server: FakeLinkedIn, to: str, status: int
) -> None:
    server.fail(to, status=status, body=b'{"message": "no such picture"}')

    answer = create(linkedin, PICTURED)

    assert answer.outcome is Outcome.CONFIRMED
    assert answer.error == f"sent without its picture: the server answers {status}, no such picture"
    assert article(server).keys() == {"source", "title", "description"}


@pytest.mark.parametrize("to", [IMAGES, UPLOADS])
@pytest.mark.parametrize(
    ("fault", "closed"),
    [
        ({"status": 500}, False),
        ({"status": 504, "after": True}, False),
        ({"status": 302, "headers": {"Location": "https://elsewhere.example/"}}, False),
        ({"lost": True}, False),
        ({"late": 2.5}, False),
        ({"status": 401}, True),
        ({"status": 403}, True),
        ({"status": 429}, True),
    ],
    ids=str,
)
def test_where_it_is_not_known_what_became_of_a_picture_nothing_is_posted_yet(
    make: Make, server: FakeLinkedIn, to: str, fault: dict[str, Any], *, closed: bool
) -> None:
    server.fail(to, **fault)

    answer = create(make(), PICTURED)

    assert (answer.outcome, answer.closed) == (Outcome.WAITING, closed)
    assert answer.error
    assert server.posts == {}
    assert create(make(), PICTURED, keep=dict[str, str]().update).outcome is Outcome.CONFIRMED
    assert len(server.posts) == 1


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"[]",
        b'{"value": {"image": "urn:li:image:1"}}',
        b'{"value": {"image": "urn:li:image:1", "uploadUrl": 7}}',
        b'{"value": {"image": "urn:li:person:1", "uploadUrl": "https://www.linkedin.com/dms-uploads/1"}}',
        b'{"value": {"image": ["urn:li:image:1"], "uploadUrl": "https://www.linkedin.com/dms-uploads/1"}}',
        b"[" * 100_000,
    ],
    ids=lambda told: told[:60].decode(),
)
def test_an_answer_that_is_none_about_a_picture_posts_nothing_yet(
    linkedin: LinkedIn, server: FakeLinkedIn, told: bytes
) -> None:
    server.fail(IMAGES, status=200, body=told)

    answer = create(linkedin, PICTURED)

    assert answer == Answer(
        Outcome.WAITING, error="the server answers with something else than what it documents", closed=False
    )
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "there",
    [
        "{elsewhere}/dms-uploads/1?ut=1",
        "{elsewhere}/www.linkedin.com/1",
        "http://www.linkedin.com/dms-uploads/1",
        "https://www.linkedin.com.elsewhere.example/1",
        "https://notlinkedin.com/1",
        "https://www.linkedin.com:8443/1",
        "https://www.linkedin.com@127.0.0.1/1",
        "https://127.0.0.1\\@www.linkedin.com/1",
        "https://127.0.0.1#.linkedin.com/1",
        "https://127.0.0.1?.linkedin.com/1",
        "https://[::1].linkedin.com/1",
        "https://www.linkedin.com\n.elsewhere.example/1",
        "https://lınkedin.com/1",
        "//www.linkedin.com/1",
        "ftp://www.linkedin.com/1",
        "/dms-uploads/1",
        "",
        " ",
    ],
)
def test_a_picture_and_the_token_go_to_linkedin_alone(make: Make, server: FakeLinkedIn, there: str) -> None:
    with FakeLinkedIn() as elsewhere:
        told = {"value": {"image": "urn:li:image:1", "uploadUrl": there.format(elsewhere=elsewhere.url)}}
        server.fail(IMAGES, status=200, body=json.dumps(told).encode())

        answer = create(make(), PICTURED)

        assert elsewhere.requests == []
    assert answer.outcome is Outcome.CONFIRMED
    assert answer.error == "sent without its picture: the server wants it at an address that is not LinkedIn's"
    assert [request.method for request in server.requests] == ["POST", "POST"]


@pytest.mark.parametrize("host", ["www.linkedin.com", "api.linkedin.com", "WWW.LinkedIn.com", "linkedin.com"])
def test_a_host_of_linkedin_gets_the_picture(server: FakeLinkedIn, host: str) -> None:
    asked: list[tuple[str, str, bytes]] = []

    class Noted(Client):
        """A client that has no way to LinkedIn, and notes what would be sent there."""

        def send(self, method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Reply:
            if url.startswith(server.url):
                return super().send(method, url, body=body, headers=headers)
            asked.append((method, url, body))
            return Reply(201, url, {}, b"")

    there = f"https://{host}/dms-uploads/sp/D56/uploaded-image/0?ca=vector_feedshare&ut=2JX"
    server.wanted_at = there
    server.fail(POSTS, status=201, headers={"x-restli-id": "urn:li:share:1"})
    with Noted(private=True) as client:
        linkedin = LinkedIn(client, server.url, TOKEN, AUTHOR, picture=lambda _: PIXELS, clock=lambda: NOW)
        answer = create(linkedin, PICTURED, keep=dict[str, str]().update)

    assert (answer.outcome, answer.error) == (Outcome.CONFIRMED, "")
    assert asked == [("PUT", there, PIXELS)]


def test_a_picture_that_was_sent_is_used_again_so_that_the_same_post_is_the_same_to_the_byte(
    make: Make, server: FakeLinkedIn
) -> None:
    kept: dict[str, str] = {}
    server.fail(POSTS, lost=True)
    assert create(make(), PICTURED, keep=kept.update).outcome is Outcome.UNKNOWN

    answer = create(make(), PICTURED, replace(COPY, ids=kept))

    assert (answer.outcome, answer.how, answer.error) == (Outcome.CONFIRMED, How.DUPLICATE, "")
    assert len(server.sent(UPLOADS)) == 1
    first, second = server.sent(POSTS)
    assert first.body == second.body


@pytest.mark.parametrize(
    "kept",
    [{"image": "urn:li:image:1", "picture": "d0"}, {"image": "../1", "picture": "d1"}, {"picture": "d1"}],
    ids=str,
)
def test_a_picture_that_is_another_one_is_sent_anew(
    linkedin: LinkedIn, server: FakeLinkedIn, kept: dict[str, str]
) -> None:
    assert create(linkedin, PICTURED, replace(COPY, ids=kept), dict(kept).update).outcome is Outcome.CONFIRMED

    assert list(server.images) == [article(server)["thumbnail"]]


def test_a_picture_that_may_be_why_a_post_was_refused_is_sent_anew(make: Make, server: FakeLinkedIn) -> None:
    kept: dict[str, str] = {}
    server.fail(POSTS, status=400)
    assert create(make(), PICTURED, keep=kept.update).outcome is Outcome.REJECTED

    answer = create(make(), PICTURED, replace(COPY, ids=kept), kept.update)

    assert answer.outcome is Outcome.CONFIRMED
    assert len(server.sent(UPLOADS)) == 2


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"status": 500}, Outcome.UNKNOWN),
        ({"status": 504, "after": True}, Outcome.UNKNOWN),
        ({"status": 302, "headers": {"Location": "https://elsewhere.example/"}}, Outcome.UNKNOWN),
        ({"status": 408}, Outcome.UNKNOWN),
        ({"status": 201}, Outcome.UNKNOWN),
        ({"status": 201, "headers": {"x-restli-id": "../1"}}, Outcome.UNKNOWN),
        ({"status": 201, "headers": {"x-restli-id": "urn:li:person:abc"}}, Outcome.UNKNOWN),
        ({"lost": True}, Outcome.UNKNOWN),
        ({"late": 2.5}, Outcome.UNKNOWN),
        ({"status": 400}, Outcome.REJECTED),
        ({"status": 404}, Outcome.REJECTED),
        ({"status": 422, "body": b'{"message": "no"}'}, Outcome.REJECTED),
        ({"status": 422, "body": b"[" * 100_000}, Outcome.REJECTED),
        ({"status": 401}, Outcome.WAITING),
        ({"status": 403}, Outcome.WAITING),
        ({"status": 426}, Outcome.WAITING),
        ({"status": 429}, Outcome.WAITING),
    ],
    ids=str,
)
def test_an_answer_means_that_it_is_there_or_is_not_or_that_nobody_knows(
    linkedin: LinkedIn, server: FakeLinkedIn, fault: dict[str, Any], outcome: Outcome
) -> None:
    server.fail(POSTS, **fault)

    answer = create(linkedin)

    assert answer.outcome is outcome
    assert answer.error
    assert answer.closed is (outcome is Outcome.WAITING)
    assert len(server.requests) == 1


def test_a_server_that_is_not_there_got_nothing(make: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    answer = create(make(server=f"http://127.0.0.1:{port}"))

    assert answer == Answer(Outcome.WAITING, error="the server cannot be reached: nothing listens there")


def test_a_server_that_was_asked_too_much_says_when_to_come_again(linkedin: LinkedIn, server: FakeLinkedIn) -> None:
    server.fail(POSTS, status=429, headers={"Retry-After": "90"})

    assert create(linkedin).at == NOW + timedelta(seconds=90)


def test_a_token_that_ended_closes_the_account_and_says_so(linkedin: LinkedIn, server: FakeLinkedIn) -> None:
    server.token = "another"  # noqa: S105  of the fake

    error = "the token is not valid: the server answers 401, Invalid access token"
    assert create(linkedin) == Answer(Outcome.WAITING, error=error, closed=True)


def test_a_version_that_has_ended_waits_for_a_newer_byline(linkedin: LinkedIn, server: FakeLinkedIn) -> None:
    server.fail(POSTS, status=426)

    answer = create(linkedin)

    assert f"no longer takes version {VERSION}" in answer.error
    assert answer.closed


@pytest.mark.parametrize("other", [{"account": "Jane Roe"}, {"token": ""}, {"token": "two words"}], ids=str)
def test_an_account_or_a_token_that_can_be_none_sends_nothing(
    make: Make, server: FakeLinkedIn, other: dict[str, str]
) -> None:
    answer = create(make(**other))

    assert (answer.outcome, answer.closed) == (Outcome.WAITING, True)
    assert server.requests == []


def test_words_whose_answer_was_lost_are_a_duplicate_the_next_time_and_there_once(
    make: Make, server: FakeLinkedIn
) -> None:
    server.fail(POSTS, lost=True)
    assert create(make()).outcome is Outcome.UNKNOWN

    answer = create(make())

    assert (answer.outcome, answer.how) == (Outcome.CONFIRMED, How.DUPLICATE)
    assert list(server.posts) == [answer.ids["post"]]
    assert answer.url == f"https://www.linkedin.com/feed/update/{answer.ids['post']}/"


def test_a_duplicate_of_what_was_taken_back_is_not_there_and_waits(make: Make, server: FakeLinkedIn) -> None:
    copy = there(make())
    assert make().withdraw(copy).outcome is Outcome.CONFIRMED

    answer = create(make(), copy=replace(COPY, url=copy.url))

    assert (answer.outcome, answer.closed) == (Outcome.WAITING, False)
    assert answer.at == NOW + timedelta(days=1)
    assert server.posts == {}


@pytest.mark.parametrize("message", ["Duplicate post is detected", "duplicate of urn:li:person:abc", 7, None], ids=str)
def test_a_duplicate_that_names_no_post_is_not_known(linkedin: LinkedIn, server: FakeLinkedIn, message: object) -> None:
    told = {"message": message, "errorDetails": {"inputErrors": [7, {"code": "DUPLICATE_POST"}]}}
    server.fail(POSTS, status=422, body=json.dumps(told).encode())

    assert create(linkedin).outcome is Outcome.UNKNOWN


def test_an_edit_changes_the_words_and_leaves_the_card(make: Make, server: FakeLinkedIn) -> None:
    copy = there(make())

    answer = make().update(replace(MESSAGE, text=f"Better (words) {URL}", title="Other"), copy, keep)

    assert answer == Answer(Outcome.CONFIRMED, url=copy.url, ids=copy.ids)
    assert server.shown(copy.ids["post"]) == f"Better (words) {URL}"
    assert server.posts[copy.ids["post"]]["content"]["article"]["title"] == "Letting go"
    assert len(server.posts) == 1


def test_a_copy_that_its_author_took_away_is_gone(make: Make, server: FakeLinkedIn) -> None:
    copy = there(make())
    server.posts.clear()

    assert make().update(MESSAGE, copy, keep) == Answer(Outcome.GONE)


def test_taking_back_deletes_and_once_more_does_no_harm(make: Make, server: FakeLinkedIn) -> None:
    copy = there(make())

    assert make().withdraw(copy).outcome is Outcome.CONFIRMED
    assert server.posts == {}
    assert make().withdraw(copy).outcome is Outcome.CONFIRMED


@pytest.mark.parametrize("method", ["POST", "DELETE"])
@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"status": 502}, Outcome.UNKNOWN),
        ({"lost": True}, Outcome.UNKNOWN),
        ({"status": 422}, Outcome.REJECTED),
        ({"status": 426}, Outcome.WAITING),
        ({"status": 429}, Outcome.WAITING),
        ({"status": 403}, Outcome.WAITING),
    ],
    ids=str,
)
def test_changing_and_taking_back_end_as_making_does(
    make: Make, server: FakeLinkedIn, method: str, fault: dict[str, Any], outcome: Outcome
) -> None:
    copy = there(make())
    server.fail(f"{method} /rest/posts/urn%3Ali%3Ashare%3A", **fault)

    answer = make().update(MESSAGE, copy, keep) if method == "POST" else make().withdraw(copy)

    assert answer.outcome is outcome
    assert answer.error


@pytest.mark.parametrize("name", ["", "../1", "urn:li:share:1?x=1", "urn:li:person:abc"])
def test_a_copy_without_a_name_that_can_be_one_is_left_alone(
    linkedin: LinkedIn, server: FakeLinkedIn, name: str
) -> None:
    copy = replace(COPY, ids={"post": name})

    answers = [linkedin.update(MESSAGE, copy, keep), linkedin.withdraw(copy)]

    assert [answer.outcome for answer in answers] == [Outcome.REJECTED] * 2
    assert server.requests == []


def test_the_token_goes_nowhere_but_to_the_server(
    make: Make, server: FakeLinkedIn, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    answers: list[object] = []
    copy = replace(COPY, ids={"post": "urn:li:share:1"})
    with FakeLinkedIn() as elsewhere, all_raised() as raised:
        faults: list[dict[str, Any]] = [
            {"status": 302, "headers": {"Location": f"{elsewhere.url}/rest/posts"}},
            {"status": 422, "body": json.dumps({"message": f"Bearer {TOKEN}"}).encode()},
            {"status": 401, "body": json.dumps({"message": TOKEN}).encode()},
            {"status": 201, "headers": {"x-restli-id": TOKEN}, "body": TOKEN.encode()},
            {"status": 429, "body": TOKEN.encode()},
            {"lost": True},
        ]
        for fault in faults:
            server.fail("", times=3, **fault)
            linkedin = make()
            answers += [create(linkedin), linkedin.update(MESSAGE, copy, keep), linkedin.withdraw(copy)]
            server.fail(UPLOADS, **fault)
            answers += [create(linkedin, PICTURED, keep=dict[str, str]().update)]
            answers += [repr(linkedin), str(linkedin)]
        answers += [create(make(token=f"{TOKEN}\n")), create(make(server="http://127.0.0.1:1"))]
        assert elsewhere.requests == []

    assert TOKEN not in repr(answers)
    assert len(raised) > len(faults)
    assert TOKEN not in "".join(raised)
    records = [f"{record.getMessage()} {record.args} {record.exc_text}" for record in caplog.records]
    assert TOKEN not in "".join(records)
    assert TOKEN not in "".join(capfd.readouterr())
