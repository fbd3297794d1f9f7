from __future__ import annotations

import pytest
from byline.preview import ranges

SIZE = 100


@pytest.mark.parametrize(
    ("header", "positions"),
    [
        ("bytes=0-0", range(1)),
        ("bytes=10-19", range(10, 20)),
        ("bytes=90-", range(90, 100)),
        ("bytes=90-500", range(90, 100)),
        ("bytes=-30", range(70, 100)),
        ("bytes=-500", range(100)),
        ("BYTES=10-19", range(10, 20)),
    ],
)
def test_a_single_range_names_the_bytes_that_are_there(header: str, positions: range) -> None:
    assert ranges.wanted(header, SIZE) == positions


@pytest.mark.parametrize(
    "header", [None, "", "lines=1-2", "bytes=", "bytes=-", "bytes=a-b", "bytes=20-10", "bytes=1-2,5-6"]
)
def test_what_is_no_single_valid_range_asks_for_the_whole(header: str | None) -> None:
    assert ranges.wanted(header, SIZE) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_with_none_of_the_bytes_cannot_be_satisfied(header: str) -> None:
    with pytest.raises(ranges.Unsatisfiable):
        ranges.wanted(header, SIZE)


def test_an_empty_body_has_no_range() -> None:
    with pytest.raises(ranges.Unsatisfiable):
        ranges.wanted("bytes=0-", 0)
