"""Whatever stands in a file that is called a font, reading it ends, and answers."""

from __future__ import annotations

from pathlib import Path

from byline.values.bidi import levels, reordered
from byline.values.clusters import cleaned, clusters
from byline.values.font import faces
from byline.values.line_breaks import Room, typeset
from hypothesis import example, given
from hypothesis import strategies as st
from small_fonts import collection, font

FONTS = [font("AB東\U0001f680"), font("AB東", wide=False), collection("A", "東")]


def told(body: bytes) -> list[bool]:
    """Return what a font of these bytes says of some characters."""
    found = faces(Path("a.ttf"), lambda at, length: body[at : at + length])
    return [char in face.characters for face in found for char in "\0A東\U0001f680\U0010ffff"]


@given(st.binary(max_size=500))
def test_garbage_is_no_font(body: bytes) -> None:
    told(body)
    told(b"\0\1\0\0\0\x08" + body)
    told(b"ttcf\0\1\0\0\xff\xff\xff\xff" + body)


@given(st.sampled_from(FONTS), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=20))
def test_a_damaged_font_is_read_to_an_end(whole: bytes, damage: list[tuple[int, int]]) -> None:
    body = bytearray(whole)
    for at, value in damage:
        body[at] = value
    table = whole.find(b"\0\0\0\x01\0\x03")  # "cmap"
    for at, value in damage[: len(damage) // 2]:
        body[table + at % 120] = value
    told(bytes(body))


@given(st.text(max_size=60))
@example("\u0301\u200d\u094d")
def test_clusters_are_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text
    assert cleaned(cleaned(text)) == cleaned(text)


@given(st.text(max_size=80), st.integers(1, 30), st.integers(1, 5))
def test_no_line_is_wider_than_its_room(text: str, width: int, most: int) -> None:
    text = cleaned(text)

    found = typeset(text, (3, 2, 1), Room(width, 100, most, 1.0), lambda part: len(clusters(part)))

    assert len(found.lines) <= most
    assert all(found.size * len(clusters(line)) <= max(width, 3) for line in found.lines)


class Letter(tuple[int, int]):
    """A place in a line, and its level."""

    __slots__ = ()

    @property
    def level(self) -> int:
        """Return how often the direction has turned."""
        return self[1]


@given(text=st.text(alphabet="abאבسش1٢ .,-+$%!\u0301", max_size=40), leftward=st.booleans())
def test_reordering_loses_nothing(text: str, *, leftward: bool) -> None:
    found = levels(text, leftward=leftward)

    assert len(found) == len(text)
    assert sorted(reordered([Letter(pair) for pair in enumerate(found)])) == list(enumerate(found))
