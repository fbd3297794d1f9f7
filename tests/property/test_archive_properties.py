"""How older entries are parted: none is lost, and what a reader has read once is never others."""

from __future__ import annotations

from byline.site.archives import closed
from hypothesis import given
from hypothesis import strategies as st

POSTS = st.lists(st.integers(0, 3), max_size=60).map(lambda steps: [2000 + year for year in sorted(steps)])
MOST = st.integers(1, 12)


def dated(years: list[int], count: int) -> list[tuple[int, int]]:
    """Return the first posts of a blog, each by its number, with their years."""
    return [(year, number) for number, year in enumerate(years)][:count]


@given(POSTS, MOST)
def test_every_post_stands_in_the_feed_or_in_one_archive(years: list[int], most: int) -> None:
    posts = dated(years, len(years))

    archived = [number for part in closed(posts, most).values() for number in part]

    assert len(archived) == len(set(archived))
    assert {*archived, *range(len(posts))[-most:]} == set(range(len(posts)))


@given(POSTS, MOST)
def test_an_archive_is_of_one_year_and_no_longer_than_the_feed(years: list[int], most: int) -> None:
    for name, part in closed(dated(years, len(years)), most).items():
        assert {years[number] for number in part} == {int(name.partition("-")[0])}
        assert 0 < len(part) <= most
        assert list(part) == sorted(part)


@given(POSTS, MOST, st.data())
def test_what_is_archived_stays_as_it_is_when_more_is_written(years: list[int], most: int, data: st.DataObject) -> None:
    earlier = data.draw(st.integers(0, len(years)))

    before, after = closed(dated(years, earlier), most), closed(dated(years, len(years)), most)

    assert list(after.items())[: len(before)] == list(before.items())


@given(POSTS, MOST, st.lists(st.integers(0, 60), max_size=4).map(sorted))
def test_a_reader_who_comes_now_and_then_has_everything(years: list[int], most: int, visits: list[int]) -> None:
    had: set[int] = set()
    read: set[str] = set()
    for count in [*visits, len(years)]:
        posts = dated(years, count)
        had.update(range(len(posts))[-most:])
        for name, part in reversed(closed(posts, most).items()):
            if name in read:
                break
            read.add(name)
            had.update(part)

        assert had == set(range(len(posts)))
