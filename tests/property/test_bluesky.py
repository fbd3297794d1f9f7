"""What Bluesky wants beside the words: a key for each post, and the bytes of links and hashtags."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from byline.sharing.facets import facets
from byline.sharing.record_keys import record_key
from hypothesis import given
from hypothesis import strategies as st

TID = re.compile(r"[2-7a-j][2-7a-z]{12}")
"""As https://atproto.com/specs/tid has it."""
DATES = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  its zone is given
TEXTS = st.text(st.characters(codec="utf-8")) | st.lists(
    st.sampled_from(["#tag", "#弱い紐帯", "https://a.example/ü", " ", "\n", "🧑‍🧑‍🧒", "(", ")", ".", "#", "#1"]),
    max_size=12,
).map("".join)


@given(DATES, st.text())
def test_a_key_is_a_tid_and_the_same_each_time(published: datetime, post_id: str) -> None:
    key = record_key(published, post_id)

    assert TID.fullmatch(key)
    assert key == record_key(published, post_id)


@given(DATES, DATES, st.text(), st.text())
def test_keys_sort_as_their_dates_do(one: datetime, other: datetime, first: str, second: str) -> None:
    before, after = sorted((one, other))

    if before.replace(microsecond=0) < after.replace(microsecond=0):
        assert record_key(before, first) < record_key(after, second)


def test_posts_of_one_minute_have_keys_of_their_own() -> None:
    published = datetime(2026, 1, 1, 8, tzinfo=UTC)

    assert len({record_key(published, f"tag:me,2026:{number}") for number in range(10_000)}) == 10_000


def test_a_key_is_the_one_that_it_was() -> None:
    """Another one, and each post would be told again."""
    assert record_key(datetime(2026, 1, 1, 8, tzinfo=UTC), "tag:me.example,2026:go") == "3mbdvxg26ka6o"


def marked(text: str) -> list[str]:
    """Return the parts of a text that are marked."""
    said = text.encode()
    return [said[found["index"]["byteStart"] : found["index"]["byteEnd"]].decode() for found in facets(text)]


@given(TEXTS)
def test_facets_are_in_order_apart_and_whole_characters(text: str) -> None:
    at = 0
    for facet, part in zip(facets(text), marked(text), strict=True):
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        assert at <= start < end
        at = end
        (feature,) = facet["features"]
        assert part == (feature["uri"] if "uri" in feature else f"#{feature['tag']}")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("See https://a.example/x.", ["https://a.example/x"]),
        ("(https://a.example/w_(b))", ["https://a.example/w_(b)"]),
        ("“https://a.example/?a=1#b”, #so", ["https://a.example/?a=1#b", "#so"]),
        ("#WeakTies #Work\nhttps://a.example/", ["#WeakTies", "#Work", "https://a.example/"]),
        ("#弱い紐帯。 #été!", ["#弱い紐帯", "#été"]),
        ("number #1, c#, a#b, &#39; https://a.example/#c", ["https://a.example/#c"]),
        ("nothing https:// here #", []),
        (f"#{'a' * 65}", []),
    ],
)
def test_what_is_a_link_or_a_hashtag(text: str, parts: list[str]) -> None:
    assert marked(text) == parts
