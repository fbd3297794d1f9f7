"""What a person says of a copy becomes the copy that is written down."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from byline.commands.by_hand import done, resolved
from byline.sharing.copies import Act, Copy, How, State
from byline.sharing.message import Message, dumped
from byline.values.problem import Fault

NOW = datetime(2026, 5, 1, tzinfo=UTC)
NEW = Message("https://me.example/a/", "New words", "A", made_of="new")
OLD = Message("https://me.example/a/", "Old words", "A", made_of="old")
ADDRESS = "https://social.example/1"


def test_a_copy_made_by_hand_is_made_of_the_words_of_now() -> None:
    copy = done(Copy(State.MANUAL), ADDRESS, NEW, NOW)

    assert copy == Copy(State.CONFIRMED, payload=NEW.digest, made_of="new", url=ADDRESS, how=How.MANUAL, created=NOW)


def test_of_an_open_try_it_is_made_of_what_was_sent() -> None:
    copy = done(Copy(State.UNKNOWN, act=Act.UPDATE, sending=dumped(OLD), key="k", error="lost"), ADDRESS, NEW, NOW)

    assert (copy.payload, copy.made_of) == (OLD.digest, "old")
    assert (copy.sending, copy.key, copy.error, copy.act) == ("", "", "", Act.CREATE)


def test_where_the_post_is_gone_its_words_are_those_of_before() -> None:
    copy = done(Copy(State.CONFIRMED, payload="p", made_of="m"), "none", None, NOW)

    assert (copy.payload, copy.made_of, copy.url) == ("p", "m", "")


@pytest.mark.parametrize(
    "wrong",
    ["social", "social.example/1", "ftp://social.example/1", "https://", "https:///1", "https://[/1", "javascript:1",
     "https://social.example/a b", "https://social.example/\n1", "https://social.example/\u202e1", "NONE"],
)  # fmt: skip
def test_what_is_no_address_is_a_fault(wrong: str) -> None:
    with pytest.raises(Fault, match="is no address") as told:
        done(Copy(State.MANUAL), wrong, NEW, NOW)

    assert told.value.problems[0].code == "wrong-address"


@pytest.mark.parametrize(("wish", "state"), [("again", State.PLANNED), ("never", State.SKIPPED)])
def test_what_is_resolved_has_nothing_under_way(wish: str, state: State) -> None:
    assert resolved(Copy(State.UNKNOWN, sending=dumped(OLD), key="k"), wish) == Copy(state)
