"""Mastodon's API as others read it: what Byline asks is understood, and what is lost on the way is there once."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from byline.edges.http import Client
from byline.sharing.copies import Copy, How, State
from byline.sharing.message import Message, Picture
from byline.sharing.network import Answer, Outcome
from byline.sharing.networks.mastodon import Mastodon
from handing_on import HandingOn
from mastodon_server import NAME, TOKEN, Server, mastodon_server
from photographs import picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Make = Callable[..., Mastodon]

NOW = datetime.now(UTC)
URL = "https://me.example/letting-go/"
PICTURE = Picture("d1", "image/jpeg", "Boats, “at first light”")
MESSAGE = Message(
    URL,
    f"Letting go of R&D #WeakTies\n\n{URL}",
    "Letting go",
    language="de-CH",
    published=NOW.isoformat(),
    visibility="unlisted",
    warning="Work",
    picture=PICTURE,
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server for all of these tests: each has a post of its own."""
    with mastodon_server(tmp_path_factory.mktemp("mastodon-mock")) as server:
        yield server


@pytest.fixture
def make(server: Server) -> Iterator[Make]:
    """Give what makes the account anew, as each run does."""
    content = picture(size=(600, 400))
    with Client(private=True, seconds=2) as client:

        def made(url: str = server.url) -> Mastodon:
            account = f"@{NAME}@social.example"
            return Mastodon(client, url, TOKEN, account, picture=lambda _: content, clock=lambda: datetime.now(UTC))

        yield made


def about(post: str) -> Message:
    """Return the message about a post."""
    return replace(MESSAGE, url=f"https://me.example/{post}/", text=f"Letting go\n\nhttps://me.example/{post}/")


def begun(message: Message) -> Copy:
    """Return a copy that is begun, with a key of its own."""
    return Copy(State.ATTEMPT, key=message.url, first=NOW, last=NOW)


def shown(server: Server, message: Message) -> list[dict[str, Any]]:
    """Return the statuses that link a post."""
    return [status for status in server.statuses() if f'href="{message.url}"' in status["content"]]


def keep(_: object) -> None:
    """Keep nothing."""


def test_a_copy_has_its_words_its_picture_and_who_sees_it(make: Make, server: Server) -> None:
    answer = make().create(MESSAGE, begun(MESSAGE), keep)

    (status,) = shown(server, MESSAGE)
    assert (answer.outcome, answer.how, answer.error) == (Outcome.CONFIRMED, How.SENT, "")
    assert (answer.ids["status"], answer.url) == (status["id"], status["url"])
    assert (status["visibility"], status["spoiler_text"], status["language"]) == ("unlisted", "Work", "de")
    assert "Letting go of R&amp;D" in status["content"]
    (media,) = status["media_attachments"]
    assert (media["id"], media["description"]) == (answer.ids["media"], PICTURE.alt)


def test_an_account_says_who_it_is_and_what_its_server_takes(make: Make) -> None:
    assert make().account().outcome is Outcome.CONFIRMED
    assert (make().limits().characters, make().limits().address) == (500, 23)


def test_an_edit_changes_it_in_its_place_and_taking_back_takes_it_away(make: Make, server: Server) -> None:
    message = about("edited")
    sent = make().create(message, begun(message), keep)
    copy = replace(begun(message), state=State.CONFIRMED, ids=sent.ids, url=sent.url)

    better = replace(message, text=f"Better\n{message.url}", warning="")
    edited = make().update(better, copy, keep)

    (status,) = shown(server, message)
    assert (edited.outcome, edited.ids) == (Outcome.CONFIRMED, copy.ids)
    assert (status["id"], status["spoiler_text"]) == (copy.ids["status"], "")
    assert "Better" in status["content"]
    assert [media["id"] for media in status["media_attachments"]] == [copy.ids["media"]]

    assert make().withdraw(copy).outcome is Outcome.CONFIRMED
    assert shown(server, message) == []
    assert make().withdraw(copy).outcome is Outcome.CONFIRMED
    assert make().update(message, copy, keep) == Answer(Outcome.GONE)


def test_a_copy_is_found_though_many_came_after_it(make: Make) -> None:
    old, never = about("old"), about("never")
    first = make().create(old, begun(old), keep)
    for number in range(45):
        message = replace(about(f"later-{number}"), picture=None)
        make().create(message, begun(message), keep)

    found = make().find(old, begun(old))

    assert found is not None
    assert (found.outcome, found.how, found.url) == (Outcome.CONFIRMED, How.FOUND, first.url)
    assert make().find(never, begun(never)) is None


@pytest.mark.parametrize("keyless", [False, True], ids=["with keys", "without keys"])
@pytest.mark.parametrize(
    "fault", [{"lost": True}, {"status": 504, "after": True}, {"status": 200, "after": True}, {"late": 2.5}], ids=str
)
def test_a_status_whose_answer_was_lost_after_it_was_made_is_found_and_there_once(
    make: Make, server: Server, fault: dict[str, Any], *, keyless: bool
) -> None:
    message = about(f"lost-{len(server.statuses())}")
    copy = begun(message)
    with HandingOn(server.url, keyless=keyless) as between:
        between.fail("POST /api/v1/statuses", **fault)
        assert make(between.url).find(message, copy) is None
        assert make(between.url).create(message, copy, keep).outcome is Outcome.UNKNOWN
        deadline = time.monotonic() + 10
        while not shown(server, message):  # what is late may come yet
            assert time.monotonic() < deadline

        found = make(between.url).find(message, copy)

    assert found is not None
    assert (found.outcome, found.how) == (Outcome.CONFIRMED, How.FOUND)
    assert [status["url"] for status in shown(server, message)] == [found.url]


def test_a_picture_whose_answer_was_lost_leaves_no_status_and_is_sent_again(make: Make, server: Server) -> None:
    message = about("pictured")
    with HandingOn(server.url) as between:
        between.fail("POST /api/v2/media", lost=True)

        first = make(between.url).create(message, begun(message), keep)
        assert (first.outcome, shown(server, message)) == (Outcome.WAITING, [])
        again = make(between.url).create(message, begun(message), keep)

    assert again.outcome is Outcome.CONFIRMED
    assert [len(status["media_attachments"]) for status in shown(server, message)] == [1]


def test_the_same_key_again_is_the_same_status_where_a_server_knows_keys(make: Make, server: Server) -> None:
    message = about("keyed")

    first, second = (make().create(message, begun(message), keep) for _ in range(2))

    assert first.ids["status"] == second.ids["status"]
    assert len(shown(server, message)) == 1
