"""Bluesky, on a real PDS: one record for a post, whatever is lost, and what each answer means for a copy."""

from __future__ import annotations

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from byline.edges.http import Client
from byline.sharing.copies import Copy, How, State
from byline.sharing.message import Message, Picture
from byline.sharing.network import Answer, Network, Outcome
from byline.sharing.networks.bluesky import Bluesky
from canary import all_raised
from fake_network import FakeNetwork, Request
from pds_server import POSTS, Account
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Make = Callable[..., Bluesky]

NOW = datetime(2026, 8, 1, 12, tzinfo=UTC)
URL = "https://me.example/letting-go/"
TEXT = f"Letting go 🧑‍🧑‍🧒 手放す\n\n#弱い紐帯 #Work\n{URL}"
MESSAGE = Message(
    URL, TEXT, "Letting go", "How to.", language="de-CH", published="2026-01-01T08:00:00+00:00", id="tag:me,2026:go"
)
PICTURE = Picture("d1", "image/jpeg", "Boats", "Photo: Jane Roe", 40, 30)
COPY = Copy(State.ATTEMPT, key="0" * 32, first=NOW, last=NOW)
PASSWORD = "canary-4d5e-6f70-8192"  # noqa: S105  it opens nothing but this


class Kept(dict[str, str]):
    """What was kept, in one."""

    def __call__(self, ids: Mapping[str, str]) -> None:
        """Keep ids."""
        self.update(ids)


def jpeg() -> bytes:
    """Return a small picture."""
    made = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
def make() -> Iterator[Make]:
    """Give what makes an account's network anew, as each run does."""
    pictures = {"d1": jpeg(), "big": b"\0" * 976_561}
    with Client(private=True, seconds=10, limit=2_000_000) as client:

        def made(own: Account, **other: str) -> Bluesky:
            told = {"server": own.url, "token": own.password, "account": own.handle, **other}
            return Bluesky(client, **told, picture=pictures.get, clock=lambda: NOW)

        yield made


@pytest.fixture
def bluesky(make: Make, account: Account) -> Bluesky:
    """Give a network that nothing was asked of yet."""
    return make(account)


def create(bluesky: Bluesky, message: Message = MESSAGE, copy: Copy = COPY) -> Answer:
    """Make a copy, and keep nothing."""
    return bluesky.create(message, copy, Kept())


def there(bluesky: Bluesky, message: Message = MESSAGE) -> Copy:
    """Make a copy, and return it as the ledger would have it."""
    answer = create(bluesky, message)
    assert answer.outcome is Outcome.CONFIRMED, answer
    return replace(COPY, state=State.CONFIRMED, ids=answer.ids, url=answer.url)


def test_it_is_a_network_that_finds_edits_and_withdraws(bluesky: Bluesky) -> None:
    network: Network = bluesky

    assert (network.finds, network.edits, network.withdraws) == (True, True, True)


def test_a_copy_is_a_record_at_the_posts_own_key_with_its_words_links_and_card(
    bluesky: Bluesky, account: Account
) -> None:
    kept = Kept()

    answer = bluesky.create(replace(MESSAGE, picture=PICTURE), COPY, kept)

    (record,) = account.records()
    key = record["uri"].rpartition("/")[2]
    assert answer.url == f"https://bsky.app/profile/{account.handle}/post/{key}"
    assert (answer.outcome, answer.how, answer.error) == (Outcome.CONFIRMED, How.SENT, "")
    assert (answer.ids, kept) == ({"rkey": key, "cid": record["cid"]}, {"rkey": key})
    value = record["value"]
    assert (value["text"], value["createdAt"], value["langs"]) == (TEXT, "2026-01-01T08:00:00.000Z", ["de-CH"])
    card = value["embed"]["external"]
    assert (card["uri"], card["title"], card["description"]) == (URL, "Letting go", "How to. Photo: Jane Roe")
    assert (card["thumb"]["mimeType"], card["thumb"]["size"]) == ("image/jpeg", len(jpeg()))
    said = TEXT.encode()
    marked = [
        (said[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(), facet["features"][0])
        for facet in value["facets"]
    ]
    assert [text for text, _ in marked] == ["#弱い紐帯", "#Work", URL]
    assert [feature.get("tag", feature.get("uri")) for _, feature in marked] == ["弱い紐帯", "Work", URL]


def test_the_same_again_changes_nothing(make: Make, account: Account) -> None:
    first = create(make(account))
    before = account.commit()

    again = create(make(account), copy=replace(COPY, ids={"rkey": first.ids["rkey"]}))

    assert again == first
    assert (account.commit(), len(account.records())) == (before, 1)


def test_twenty_at_once_make_one(make: Make, account: Account) -> None:
    networks = [make(account) for _ in range(4)]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda number: create(networks[number % 4]), range(20)))

    assert {answer.outcome for answer in answers} == {Outcome.CONFIRMED}
    assert len(account.records()) == 1


def test_a_record_of_ours_with_other_words_is_a_duplicate_and_stays(make: Make, account: Account) -> None:
    create(make(account))

    again = create(make(account), replace(MESSAGE, text=f"Other words\n{URL}"))

    assert (again.outcome, again.how) == (Outcome.CONFIRMED, How.DUPLICATE)
    assert [record["value"]["text"] for record in account.records()] == [TEXT]


def test_another_record_at_its_key_is_not_taken_for_it(bluesky: Bluesky, make: Make, account: Account) -> None:
    there(bluesky, replace(MESSAGE, url="https://me.example/other/", text="https://me.example/other/"))

    answer = create(make(account))

    assert answer.outcome is Outcome.REJECTED
    assert answer.error.startswith("another record stands at its key, 3")


def test_a_copy_is_found_by_its_key_and_else_by_the_address(make: Make, account: Account) -> None:
    assert make(account).find(MESSAGE, COPY) is None
    by_hand = {"$type": POSTS, "text": "Look", "createdAt": "2026-01-01T09:00:00Z"}
    card = {"$type": "app.bsky.embed.external", "external": {"uri": URL, "title": "T", "description": ""}}
    fields = {"repo": account.did, "collection": POSTS, "record": {**by_hand, "embed": card}}
    account.call("com.atproto.repo.createRecord", fields)

    found = make(account).find(MESSAGE, COPY)
    assert found is not None
    assert (found.outcome, found.how) == (Outcome.CONFIRMED, How.FOUND)
    assert found.ids["rkey"] == account.records()[0]["uri"].rpartition("/")[2]
    # Where it was sent under a key of its own, only that is looked at.
    assert make(account).find(MESSAGE, replace(COPY, ids={"rkey": "3jzfcijpj2z2a"})) is None

    sent = create(make(account))
    assert make(account).find(MESSAGE, COPY) == replace(sent, how=How.FOUND)


def test_a_letter_back_to_somebody_is_no_copy(make: Make, account: Account) -> None:
    first = there(make(account), replace(MESSAGE, url="https://me.example/a/", text="A", id="a"))
    place = {"uri": f"at://{account.did}/{POSTS}/{first.ids['rkey']}", "cid": first.ids["cid"]}
    card = {"$type": "app.bsky.embed.external", "external": {"uri": URL, "title": "T", "description": ""}}
    record = {"$type": POSTS, "text": "See", "createdAt": "2026-01-01T09:00:00Z", "embed": card}
    record["reply"] = {"root": place, "parent": place}
    fields = {"repo": account.did, "collection": POSTS, "record": record}
    account.call("com.atproto.repo.createRecord", fields)

    assert make(account).find(MESSAGE, COPY) is None


def test_an_edit_changes_the_words_and_keeps_place_and_date(make: Make, account: Account) -> None:
    copy = there(make(account))
    edited = replace(MESSAGE, text=f"Now {URL}", published="2026-02-02T08:00:00Z")

    answer = make(account).update(edited, copy, Kept())

    (record,) = account.records()
    assert (answer.outcome, answer.url) == (Outcome.CONFIRMED, copy.url)
    assert answer.ids == {"rkey": copy.ids["rkey"], "cid": record["cid"]}
    assert (record["value"]["text"], record["value"]["createdAt"]) == (f"Now {URL}", "2026-01-01T08:00:00.000Z")


def test_what_its_author_took_away_is_gone_and_can_be_taken_back_twice(make: Make, account: Account) -> None:
    copy = there(make(account))

    assert make(account).withdraw(copy) == Answer(Outcome.CONFIRMED, ids=copy.ids)
    assert account.records() == []
    assert make(account).withdraw(copy) == Answer(Outcome.CONFIRMED, ids=copy.ids)
    assert make(account).update(MESSAGE, copy, Kept()) == Answer(Outcome.GONE)


def test_a_picture_that_is_too_large_or_not_there_stays_away_and_that_is_said(make: Make, account: Account) -> None:
    big = create(make(account), replace(MESSAGE, picture=replace(PICTURE, digest="big")))
    gone = create(make(account), replace(MESSAGE, id="two", picture=replace(PICTURE, digest="none")))

    assert big.error == "sent without its picture: it has 976,561 bytes, the server takes 976,560"
    assert gone.error == "sent without its picture, which is not in the store"
    assert {answer.outcome for answer in (big, gone)} == {Outcome.CONFIRMED}
    assert ["thumb" in record["value"]["embed"]["external"] for record in account.records()] == [False, False]


@pytest.mark.parametrize(
    ("setting", "why"),
    [
        ({"visibility": "private"}, "whoever is there sees all, and the account's visibility is private"),
        ({"warning": "Food"}, "there are no content warnings in words, and the account has one"),
    ],
)
def test_what_cannot_be_kept_from_people_there_is_not_sent(
    bluesky: Bluesky, account: Account, setting: dict[str, Any], why: str
) -> None:
    assert create(bluesky, replace(MESSAGE, **setting)) == Answer(Outcome.REJECTED, error=why)
    assert account.records() == []


def test_words_that_the_server_will_not_have_are_rejected_in_its_own(bluesky: Bluesky) -> None:
    answer = create(bluesky, replace(MESSAGE, text="a" * 3001))

    assert answer.outcome is Outcome.REJECTED
    assert "the server answers 400" in answer.error
    assert "text" in answer.error


def test_a_wrong_password_closes_the_account_and_is_nowhere(
    make: Make, account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bluesky = make(account, token=PASSWORD)

    for answer in (create(bluesky), bluesky.account(), bluesky.withdraw(replace(COPY, ids={"rkey": "3jzfcijpj2z2a"}))):
        assert (answer.outcome, answer.closed) == (Outcome.WAITING, True)
        assert "the token is not valid" in answer.error
        assert PASSWORD not in answer.error
    assert PASSWORD not in caplog.text


def test_whose_the_password_is(make: Make, account: Account) -> None:
    assert make(account).account() == Answer(Outcome.CONFIRMED, f"https://bsky.app/profile/{account.handle}")
    assert make(account, account=f"@{account.handle.upper()}").account().outcome is Outcome.CONFIRMED
    assert make(account, account=account.did).account().outcome is Outcome.CONFIRMED
    # The server knows an account by the address of its mail, too; a copy's place is not that.
    mail = make(account, account=account.handle.replace(".test", "@me.example")).account()
    assert (mail.outcome, mail.closed) == (Outcome.WAITING, True)
    assert mail.error.startswith(f"the app password is that of {account.handle}, not of ada-")


def test_a_server_that_is_not_there_has_got_nothing(make: Make, account: Account) -> None:
    answer = create(make(account, server="http://127.0.0.1:9"))

    assert (answer.outcome, answer.closed) == (Outcome.WAITING, False)
    assert answer.error.startswith("the server cannot be reached: ")


class Fake(FakeNetwork):
    """A server that answers what it is told, with a session for everybody."""

    def __init__(self) -> None:
        """Answer nothing yet."""
        super().__init__(PASSWORD)
        self.answers: dict[str, tuple[int, Any]] = {}

    def answer(self, request: Request) -> tuple[int, Any]:
        """Answer as told."""
        call = request.path.partition("?")[0].rpartition(".")[2]
        session = {"did": "did:plc:abc", "handle": "me.example", "accessJwt": f"{PASSWORD}.session"}
        return self.answers.get(call, (200, session if call == "createSession" else {}))


@pytest.fixture
def fake() -> Iterator[Fake]:
    """Give a server that may answer anything."""
    with Fake() as fake:
        yield fake


@pytest.fixture
def asked(fake: Fake) -> Iterator[Bluesky]:
    """Give an account on it."""
    with Client(private=True, seconds=2, limit=100_000) as client:
        yield Bluesky(client, fake.url, PASSWORD, "me.example", picture=lambda _: None, clock=lambda: NOW)


@pytest.mark.parametrize(
    ("call", "status", "told", "outcome"),
    [
        pytest.param("putRecord", 500, {"error": "Oops"}, Outcome.UNKNOWN, id="it failed, and may have done it"),
        pytest.param("putRecord", 200, {"uri": "x"}, Outcome.UNKNOWN, id="what it says of it cannot be read"),
        pytest.param("putRecord", 200, ["x"], Outcome.UNKNOWN, id="it says no object"),
        pytest.param("putRecord", 502, "<html>", Outcome.UNKNOWN, id="a gateway"),
        pytest.param("putRecord", 400, {"error": "ExpiredToken"}, Outcome.WAITING, id="the session ended"),
        pytest.param("putRecord", 400, {"error": ["InvalidSwap"]}, Outcome.REJECTED, id="no name of an error"),
        pytest.param("createSession", 200, {"did": "me"}, Outcome.WAITING, id="a session without a name"),
        pytest.param("createSession", 200, {"did": "did:plc:abc", "accessJwt": 7}, Outcome.WAITING, id="no token"),
        pytest.param("createSession", 400, {"error": "X"}, Outcome.WAITING, id="no session"),
        pytest.param("createSession", 503, {}, Outcome.WAITING, id="no server"),
    ],
)
def test_what_an_answer_means(  # noqa: PLR0913, PLR0917  a row of a table
    asked: Bluesky, fake: Fake, call: str, status: int, told: object, outcome: Outcome
) -> None:
    fake.answers[call] = (status, told)

    assert create(asked).outcome is outcome


def test_a_server_that_was_asked_too_much_says_until_when(asked: Bluesky, fake: Fake) -> None:
    fake.fail("", status=429, headers={"ratelimit-reset": str(int(NOW.timestamp()) + 300)})

    answer = create(asked)

    assert (answer.outcome, answer.closed, answer.at) == (Outcome.WAITING, True, NOW.replace(minute=5))


@pytest.mark.parametrize("told", [{}, [], {"records": {}}, {"records": [7, {"uri": 7}, {"uri": "a/b", "cid": "c"}]}])
def test_a_list_that_cannot_be_read_is_no_proof_that_there_is_no_copy(asked: Bluesky, fake: Fake, told: object) -> None:
    fake.answers |= {"getRecord": (400, {"error": "RecordNotFound"}), "listRecords": (200, told)}

    found = asked.find(MESSAGE, COPY)

    readable = isinstance(told, dict) and isinstance(told.get("records"), list)
    assert found is None if readable else found is not None and found.outcome is Outcome.UNKNOWN


def test_the_password_goes_to_the_server_once_a_run_and_into_no_header(asked: Bluesky, fake: Fake) -> None:
    create(asked)
    asked.find(MESSAGE, COPY)

    assert [json.loads(one.body)["password"] for one in fake.sent("POST /xrpc/com.atproto.server")] == [PASSWORD]
    assert {one.headers.get("authorization", "") for one in fake.requests} == {"", f"Bearer {PASSWORD}.session"}
    assert "authorization" not in fake.requests[0].headers


def test_no_answer_makes_the_program_fail_or_tell_the_password(asked: Bluesky, fake: Fake) -> None:
    rubbish: list[object] = [
        None,
        7,
        "x",
        [],
        [[]],
        {"cid": 7, "value": []},
        {"error": {"a": 1}},
        {"message": f"it is {PASSWORD}"},
    ]
    for status in (200, 400, 500):
        for told in rubbish:
            fake.answers = dict.fromkeys(("putRecord", "getRecord", "deleteRecord", "listRecords"), (status, told))
            copy = replace(COPY, ids={"rkey": "3jzfcijpj2z2a"})
            with all_raised() as raised:
                tried = [create(asked), asked.update(MESSAGE, copy, Kept()), asked.withdraw(copy)]
                tried.append(asked.find(MESSAGE, COPY) or Answer(Outcome.CONFIRMED))
            assert all(PASSWORD not in answer.error for answer in tried)
            assert all(PASSWORD not in text for text in raised)
