"""A source that stands as it did when it was opened is not opened again; one that may have changed is."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from byline.edges import files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from blog import Blog

FIRST, SECOND = "posts/first.md", "posts/second.md"
NOTE = ".byline/sources.json"


@pytest.fixture
def opened(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Build the blog once, long after its last edit; give a function that builds it again and tells what it opened."""
    monkeypatch.setattr(files, "TICK", timedelta())
    blog.write("content/images/boat.txt", "a file")
    blog.settings('STATIC_PATHS = ["images"]\n')
    met: list[str] = []
    body, content = files.body, f"{blog.root}/content/"

    def noted(path: Path | str) -> bytes:
        if str(path).startswith(content) and str(path).endswith(".md"):
            met.append(str(path).removeprefix(content))
        return body(path)

    monkeypatch.setattr(files, "body", noted)
    assert blog.build() == 0
    assert sorted(met) == [FIRST, SECOND]

    def again() -> list[str]:
        met.clear()
        blog.write("content/images/boat.txt", f"a file, {os.urandom(4).hex()}")  # so that there is something to do
        assert blog.build() == 0
        return sorted(met)

    return again


def test_nothing_is_opened_twice(blog: Blog, opened: Callable[[], list[str]]) -> None:
    made = blog.page("first.html"), blog.page("feeds/all.atom.xml")

    assert opened() == []
    assert opened() == []
    assert (blog.page("first.html"), blog.page("feeds/all.atom.xml")) == made


def test_a_change_of_the_last_two_seconds_may_not_have_been_the_last(
    blog: Blog, opened: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "TICK", timedelta(seconds=2))
    blog.post("second", "Other words.", Date="2020-01-02")

    assert SECOND in opened()
    assert SECOND in opened()


def test_an_edit_is_opened_whatever_time_is_given_to_it(blog: Blog, opened: Callable[[], list[str]]) -> None:
    file = blog.root / "content" / SECOND
    before, body = file.stat(), file.read_bytes()
    file.write_bytes(body.replace(b"Words", b"Lords") if b"Words" in body else body[::-1])
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert opened() == [SECOND]


def test_so_is_another_file_in_its_place(blog: Blog, opened: Callable[[], list[str]]) -> None:
    file = blog.root / "content" / SECOND
    twin = shutil.copy2(file, blog.root / "twin.md")
    file.unlink()
    shutil.move(twin, file)

    assert opened() == [SECOND]
    assert opened() == []


def test_so_are_all_by_other_rules(blog: Blog, opened: Callable[[], list[str]]) -> None:
    blog.settings("TYPOGRIFY = True\n")
    assert opened() == [FIRST, SECOND]
    assert opened() == []

    blog.settings("TYPOGRIFY = False\n")

    assert opened() == [FIRST, SECOND], "what is kept by one rule is not what another one makes"


def test_one_whose_links_lead_elsewhere_now_is_read_again(blog: Blog, opened: Callable[[], list[str]]) -> None:
    (blog.root / "content" / SECOND).rename(blog.root / "content/posts/third.md")

    assert opened() == [FIRST, "posts/third.md"]
    assert "posts/first.md:5: warning" in blog.told


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _body: b"",
        lambda body: body[: len(body) // 2],
        lambda body: body[:-9] + bytes([body[-9] ^ 1]) + body[-8:],
        lambda _body: b"{}",
        lambda body: b"0" * 64 + body[64:],
    ],
    ids=["empty", "truncated", "a bit flipped", "another's", "another seal"],
)
def test_garbage_is_not_believed(blog: Blog, opened: Callable[[], list[str]], spoil: Callable[[bytes], bytes]) -> None:
    note = blog.root / NOTE
    note.write_bytes(spoil(note.read_bytes()))

    assert opened() == [FIRST, SECOND]
    assert opened() == []


def test_without_the_readings_the_note_is_worth_nothing(blog: Blog, opened: Callable[[], list[str]]) -> None:
    (blog.root / ".byline/readings.sqlite").unlink()

    assert opened() == [FIRST, SECOND]


def test_where_it_cannot_be_written_that_is_told(blog: Blog, opened: Callable[[], list[str]]) -> None:
    (blog.root / NOTE).unlink()
    (blog.root / NOTE).mkdir()

    with pytest.raises(AssertionError):
        opened()
    assert f"{NOTE}: " in blog.told
    assert "cannot be noted" in blog.told
