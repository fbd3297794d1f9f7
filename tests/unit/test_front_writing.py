"""Front matter that is written, where no golden triple can say it: bytes, and what is refused."""

from __future__ import annotations

import pytest
from byline.checks.fix import with_id
from byline.site.front_writing import with_front
from byline.values.problem import Fault

UUID = "71895222-e59a-41fe-8e15-7bba0da682e4"


def test_a_byte_order_mark_stays() -> None:
    assert with_front(b"\xef\xbb\xbfTitle: A\n\nB", "md", {"id": UUID}) == f"\ufeffTitle: A\nId: {UUID}\n\nB".encode()


def test_an_old_mac_is_understood() -> None:
    assert with_front(b"Title: A\r\rB\rC", "md", {"id": UUID}) == f"Title: A\rId: {UUID}\r\rB\rC".encode()


def test_keys_are_folded() -> None:
    assert with_front(b"Photo-Alt: A\n\nB", "md", {"Photo alt": "C"}) == b"Photo-Alt: C\n\nB"


@pytest.mark.parametrize("suffix", ["md", "rst", "html"])
def test_what_is_no_utf8_is_refused_with_its_place(suffix: str) -> None:
    with pytest.raises(Fault) as refusal:
        with_front(b"Title: \xff\n\nB", suffix, {"id": UUID}, "content/a.md")

    assert str(refusal.value).startswith("content/a.md: The front matter cannot be changed safely: it cannot be read.")


@pytest.mark.parametrize("value", ["a\nb", " a", "a ", "a\rb"])
def test_a_value_that_would_be_read_otherwise_is_refused(value: str) -> None:
    with pytest.raises(Fault, match="would not be read as meant"):
        with_front(b"Title: A\n\nB", "md", {"slug": value})


def test_an_id_that_is_there_is_kept_whatever_it_is() -> None:
    source = b"Title: A\nId: mine\n\nB"

    assert with_id(source, "md", UUID) == source


def test_an_id_that_cannot_be_added_safely_is_not() -> None:
    assert with_id(b"---\n{title: A}\n---\n", "md", UUID) is None
    assert with_id(b"\xff", "md", UUID) is None
