"""Any copy that is put into the ledger is the same when it is read again, whatever else stands there."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

from byline.sharing import copies_file
from byline.sharing.copies import Act, Copies, Copy, How, Known, State
from byline.sharing.ledger import Ledger
from byline.sharing.message import Message, Picture, dumped
from hypothesis import example, given, settings, strategies

WORDS = strategies.text(strategies.characters(exclude_categories=["Cs"]), max_size=20)
PICTURES = strategies.builds(Picture, WORDS, WORDS, WORDS, WORDS, strategies.integers(), strategies.integers())
MESSAGES = strategies.builds(
    Message,
    *[WORDS] * 6,
    tags=strategies.lists(WORDS, max_size=3).map(tuple),
    visibility=WORDS,
    warning=WORDS,
    picture=strategies.none() | PICTURES,
)
DATES = strategies.datetimes(
    datetime(1970, 1, 1),  # noqa: DTZ001  its zone is drawn
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=strategies.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours))) | strategies.just(UTC),
)
COPIES = strategies.builds(
    Copy,
    state=strategies.sampled_from(State),
    act=strategies.sampled_from(Act),
    key=WORDS,
    payload=WORDS,
    made_of=WORDS,
    refused=WORDS,
    sending=MESSAGES.map(dumped) | WORDS,
    ids=strategies.dictionaries(WORDS, WORDS, max_size=3),
    url=WORDS,
    how=strategies.none() | strategies.sampled_from(How),
    error=WORDS,
    tries=strategies.integers(0, 2**70),
    created=strategies.none() | DATES,
    first=strategies.none() | DATES,
    last=strategies.none() | DATES,
    not_before=strategies.none() | DATES,
)
FULL = Copy(
    State.UNKNOWN,
    Act.UPDATE,
    "k",
    "p",
    "m",
    "r",
    dumped(Message("u", "t", "n")),
    {"a": "b"},
    "https://a.example",
    How.FOUND,
    "lost",
    2,
    *[datetime(2026, 6, day, tzinfo=UTC) for day in range(1, 5)],
)
POSTS = strategies.builds(Copies, strategies.just("key"), WORDS, WORDS, WORDS)
ACCOUNTS = strategies.sampled_from(["mastodon:@me@a.example", "bluesky:me.example", "x:", "ünïcode:\n<<<<<<< \u2028"])
STEPS = strategies.tuples(
    strategies.sampled_from(["aa", "bb", "0-1"]), ACCOUNTS, COPIES | strategies.frozensets(WORDS, max_size=3)
)


def test_no_field_of_a_copy_is_forgotten_in_these_tests() -> None:
    empty = Copy(State.PLANNED)

    assert all(getattr(FULL, field.name) != getattr(empty, field.name) for field in dataclasses.fields(Copy))


@given(POSTS, ACCOUNTS, COPIES)
@example(Copies("key", "urn:a", "", ""), "x:", FULL)
def test_a_copy_that_was_written_is_the_same_when_it_is_read(post: Copies, account: str, copy: Copy) -> None:
    body = copies_file.with_copy(None, post, account, copy)

    assert copies_file.copies("key", body) == dataclasses.replace(post, copies={account: copy})
    assert copies_file.with_copy(body, post, account, copy) == body


@given(MESSAGES, ACCOUNTS)
def test_a_message_comes_back_byte_by_byte_and_stands_as_an_object(message: Message, account: str) -> None:
    text = dumped(message)
    body = copies_file.with_copy(None, Copies("key", "", "", ""), account, Copy(State.ATTEMPT, sending=text))

    assert copies_file.copies("key", body).copies[account].sending == text
    assert isinstance(copies_file.parsed(body)["copies"][account]["sending"], dict)


@given(strategies.binary(max_size=40) | WORDS.map(str.encode))
def test_whatever_stands_in_a_file_is_read_or_broken(body: bytes) -> None:
    for read in (lambda text: copies_file.copies("key", text), copies_file.adopted):
        try:
            read(body)
        except copies_file.BrokenError as error:
            assert str(error).endswith(".")  # noqa: PT017  it may as well be sound
            assert error.line is None or error.line > 0  # noqa: PT017


@settings(max_examples=25)
@given(strategies.lists(STEPS, max_size=8))
def test_two_ledgers_of_one_folder_that_take_turns_know_in_the_end_what_was_written_last(
    steps: list[tuple[str, str, Copy | frozenset[str]]],
) -> None:
    with TemporaryDirectory() as scratch:
        ledgers = [Ledger(Path(scratch)), Ledger(Path(scratch))]
        copies: dict[str, dict[str, Copy]] = {}
        adopted: dict[str, frozenset[str]] = {}
        for turn, (key, account, step) in enumerate(steps):
            if isinstance(step, Copy):
                ledgers[turn % 2].put(Copies(key, f"urn:{key}", "u", "n"), account, step)
                copies.setdefault(key, {})[account] = step
            else:
                ledgers[turn % 2].adopt(account, step)
                adopted[account] = adopted.get(account, frozenset()) | step

        posts = {key: Copies(key, f"urn:{key}", "u", "n", known) for key, known in copies.items()}
        assert ledgers[0].known() == ledgers[1].known() == Known(posts, adopted)
