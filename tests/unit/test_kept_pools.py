"""The file of pools: used when it is exactly what was written, else as if it were not there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from byline.edges import arrays, machine
from byline.related.kept_list import Kept
from byline.related.lists import Lists
from byline.related.matches import Choice, Matches
from byline.related.packing import packed, unpacked
from byline.site.kept_pools import keep, kept_pools
from unit.test_matches import post

if TYPE_CHECKING:
    from pathlib import Path

    from byline.related.matches import Match
    from byline.values.post import Post

POSTS = [post(f"{number}", f"Bread {number % 3}", number) for number in range(12)]


def lists(home: Path, posts: list[Post] = POSTS, *, kept: bool = True) -> list[tuple[Match, ...]]:
    """Return the lists of all posts, what was learnt of them written down."""
    pools = kept_pools(home)
    matches = Matches(Choice(posts, lambda one: f"rye {one.path}"), pools if kept else None)
    found = [matches.of(one, 3) for one in posts]
    if kept:
        keep(home, pools)
    return found


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the numbers of the posts that are listed anew, as that goes on."""
    numbers: list[int] = []
    made = Lists._listed_anew  # noqa: SLF001  counted here

    def counted(self: Lists, number: int, *rest: object) -> object:
        numbers.append(number)
        return made(self, number, *rest)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(Lists, "_listed_anew", counted)
    return numbers


def test_a_second_run_lists_nothing_anew_and_writes_nothing(tmp_path: Path, anew: list[int]) -> None:
    file = tmp_path / "related"
    first = lists(tmp_path)
    state = file.stat().st_mtime_ns, file.stat().st_ino
    assert sorted(anew) == list(range(12))
    anew.clear()

    assert lists(tmp_path) == first
    assert anew == []
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == state


def test_a_file_that_is_not_what_was_written_is_not_believed(tmp_path: Path, anew: list[int]) -> None:
    file = tmp_path / "related"
    first = lists(tmp_path)
    body = file.read_bytes()
    flipped = bytearray(body)
    flipped[len(body) // 2] ^= 1
    for other in (b"", b"garbage", body[:-1], body[:40], body + b"\0", bytes(flipped), body[:32], body[32:]):
        file.write_bytes(other)
        anew.clear()

        assert lists(tmp_path) == first
        assert len(anew) == len(POSTS)
        assert file.read_bytes() == body


def test_nor_is_one_of_another_machine(tmp_path: Path, anew: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    first = lists(tmp_path)
    monkeypatch.setattr(machine, "described", lambda: "another Python")
    anew.clear()

    assert lists(tmp_path) == first
    assert len(anew) == len(POSTS)


def test_numbers_of_another_byte_order_are_refused() -> None:
    body = b"".join(packed({"a": b"1"}))
    other = body.replace(b"little", b"foreig").replace(b"big", b"gib")

    assert unpacked(body) == {"a": b"1"}
    with pytest.raises(ValueError, match="another machine"):
        unpacked(other)


@pytest.mark.parametrize(
    "change",
    [{"name": "Hens"}, {"tags": ("x",)}, {"content": "other"}, {"published": POSTS[5].published}, {"language": "de"}],
)
def test_what_changed_since_is_listed_as_it_is_now(tmp_path: Path, change: dict[str, object]) -> None:
    lists(tmp_path)
    changed = [replace(one, **change) if one.path == "7" else one for one in POSTS]  # type: ignore[arg-type]  # fields

    assert lists(tmp_path, changed) == lists(tmp_path, changed, kept=False)
    assert lists(tmp_path, POSTS[:9]) == lists(tmp_path, POSTS[:9], kept=False)


def test_one_run_more_or_less_asks_for_no_list_and_nothing_is_forgotten(tmp_path: Path, anew: list[int]) -> None:
    first = lists(tmp_path)
    keep(tmp_path, kept_pools(tmp_path))
    anew.clear()

    assert lists(tmp_path) == first
    assert anew == []


@pytest.mark.parametrize("numpy", [False, True])
def test_lists_that_are_foreseen_on_all_cores_are_the_same_and_made_once(
    tmp_path: Path, anew: list[int], *, numpy: bool
) -> None:
    posts = [post(f"{number}", f"Bread {number % 30}", number, "en" if number % 5 else "de") for number in range(1000)]
    choice = Choice(posts, lambda one: f"rye {one.path} {len(one.path)}", copies={"4", "5"})
    foreseen, asked = Matches(choice, kept_pools(tmp_path)), Matches(choice)
    foreseen.foresee(posts, 3, numpy=numpy)
    expected = [asked.of(one, 3) for one in posts]
    anew.clear()

    assert [foreseen.of(one, 3) for one in posts] == expected
    assert anew == []
    assert (tmp_path / "related").stat().st_size > 100_000


def test_numpy_is_not_even_started_where_lists_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    posts = [post(f"{number}", f"Bread {number % 30}", number) for number in range(600)]
    choice = Choice(posts, lambda one: f"rye {one.path} {len(one.path)}")
    Matches(choice, kept_pools(tmp_path)).foresee(posts, 3, numpy=True)
    started: list[bool] = []
    monkeypatch.setattr(arrays, "ready", lambda: started.append(True))

    Matches(choice, kept_pools(tmp_path)).foresee(posts, 3, numpy=True)
    assert started == []
    Matches(choice, kept_pools(tmp_path)).foresee(posts, 4, numpy=True)
    assert started == [True]


def test_what_was_foreseen_is_at_rest_in_the_file_and_not_written_again(tmp_path: Path, anew: list[int]) -> None:
    pools = kept_pools(tmp_path)
    foreseen = Matches(Choice(POSTS, lambda one: f"rye {one.path}"), pools)
    foreseen.foresee(POSTS, 3)
    state = (tmp_path / "related").stat().st_mtime_ns
    found = [foreseen.of(one, 3) for one in POSTS]

    assert pools.written() is None
    assert (tmp_path / "related").stat().st_mtime_ns == state
    assert len(anew) == len(POSTS)
    assert lists(tmp_path) == found
    assert len(anew) == len(POSTS)


def test_a_list_that_is_kept_is_read_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = lists(tmp_path)
    read = []
    made = Kept.unpacked

    def counted(body: bytes) -> Kept:
        read.append(body)
        return made(body)

    monkeypatch.setattr(Kept, "unpacked", counted)
    matches = Matches(Choice(POSTS, lambda one: f"rye {one.path}"), kept_pools(tmp_path))

    assert matches.of(POSTS[4], 3) == first[4]
    assert len(read) == 1
