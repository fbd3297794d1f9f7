"""A message: frozen, and the same as text and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from byline.sharing.message import Message, Picture, dumped, loaded

PICTURE = Picture("ab" * 32, "image/jpeg", "A boat", "Ana Ruiz", 1200, 630)
MESSAGE = Message("https://me.example/a/", "Words “and” 🌍\nhttps://me.example/a/", "Words", tags=("a", "b"))


@pytest.mark.parametrize("message", [MESSAGE, replace(MESSAGE, picture=PICTURE)])
def test_a_message_comes_back_as_it_was(message: Message) -> None:
    assert loaded(dumped(message)) == message
    assert dumped(loaded(dumped(message))) == dumped(message)


@pytest.mark.parametrize("change", [{"text": "Other"}, {"language": "de"}, {"picture": PICTURE}, {"tags": ("b", "a")}])
def test_another_message_has_another_digest(change: dict[str, object]) -> None:
    assert replace(MESSAGE, **change).digest != MESSAGE.digest  # type: ignore[arg-type]  # each is of its field's type
    assert replace(MESSAGE).digest == MESSAGE.digest


@pytest.mark.parametrize(
    ("change", "card"),
    [
        ({}, "On boats."),
        ({"picture": PICTURE}, "On boats. Ana Ruiz"),
        ({"picture": PICTURE, "description": ""}, "Ana Ruiz"),
        ({"picture": PICTURE, "text": "By Ana Ruiz"}, "On boats."),
        ({"picture": replace(PICTURE, credit="")}, "On boats."),
    ],
    ids=str,
)
def test_a_card_says_whose_its_picture_is_where_the_words_do_not(change: dict[str, object], card: str) -> None:
    assert replace(MESSAGE, **{"description": "On boats.", **change}).card == card  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"picture": 3}', '{"url": "a", "tags": [], "picture": null}']
)
def test_anything_else_is_no_message(text: str) -> None:
    with pytest.raises(ValueError, match=r"no message|Expecting value"):
        loaded(text)
