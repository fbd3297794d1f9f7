"""Which addresses are those of posts that are gone: what is written down of them, and nothing else, says it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from byline.sharing import copies_file
from byline.sharing.copies import Copies, Copy, Heard, Mention, State
from byline.site.gone import addresses
from byline.values.post import Status
from invented_posts import english

if TYPE_CHECKING:
    from pathlib import Path

POST = replace(english("ties", "Ties", "2026-05-01T11:00Z"), url="https://me.example/ties/")
HEAD = Copies("ties", POST.id, POST.url, POST.name)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Give content/ with a post that was shared, one that was mentioned under two addresses, and older ones."""
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "ties.json").write_bytes(copies_file.with_copy(None, HEAD, "mastodon", Copy(State.CONFIRMED)))
    moved = Copies("moved", "urn:moved", "https://me.example/one/", "Moved")
    told = {
        "https://a.pub/": Mention(Heard.GONE, source="https://me.example/two/"),
        "https://b.pub/": Mention(Heard.NONE),
    }
    (folder / "moved.json").write_bytes(copies_file.with_mentions(None, moved, told, ""))
    (folder / "adopted.json").write_bytes(copies_file.with_adopted(None, "mastodon", frozenset({"old"})))
    return tmp_path


def test_posts_that_others_were_told_of_and_that_are_no_more_are_gone(content: Path) -> None:
    assert addresses(content, [POST]) == ("https://me.example/one/", "https://me.example/two/")
    assert addresses(content, []) == ("https://me.example/one/", "https://me.example/ties/", "https://me.example/two/")


@pytest.mark.parametrize(
    ("status", "gone"), [(Status.HIDDEN, False), (Status.PUBLISHED, False), (Status.DRAFT, True), (Status.FUTURE, True)]
)
def test_who_has_the_address_still_finds_a_hidden_post_and_no_draft(
    content: Path, status: Status, *, gone: bool
) -> None:
    assert (POST.url in addresses(content, [replace(POST, status=status)])) is gone


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"<<<<<<< ours\n", b'{"schema": 1}'])
def test_a_file_that_cannot_be_read_names_none(content: Path, body: bytes) -> None:
    (content / "copies/moved.json").write_bytes(body)
    (content / "copies/notes.txt").write_bytes(b"Mine.")

    assert addresses(content, [POST]) == ()


def test_where_nothing_was_shared_nothing_is_gone(tmp_path: Path) -> None:
    assert addresses(tmp_path, [POST]) == ()
