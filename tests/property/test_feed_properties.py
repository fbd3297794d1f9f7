"""Entries of feeds are written as Python's own writer of XML writes them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from byline.site import feed_xml
from hypothesis import given
from hypothesis import strategies as st

TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("&<>\"'\r\n\t ]"))
NAMES = st.sampled_from(["title", "media:content", "content", "xml:lang", "type"])
LEAVES = st.tuples(NAMES, st.dictionaries(NAMES, TEXTS), st.none() | TEXTS)
ELEMENTS = st.recursive(LEAVES, lambda inner: st.tuples(NAMES, st.dictionaries(NAMES, TEXTS), st.lists(inner)))


def made(drawn: tuple[str, dict[str, str], object]) -> ET.Element:
    """Return what was drawn as an element."""
    name, attributes, inside = drawn
    element = ET.Element(name, attributes)
    if isinstance(inside, list):
        element.extend(map(made, inside))
    else:
        element.text = inside  # type: ignore[assignment]  # a text, or none
    return element


@given(ELEMENTS, st.integers(0, 3))
def test_an_entry_is_written_as_python_writes_it(drawn: tuple[str, dict[str, str], object], level: int) -> None:
    written = made(drawn)
    ET.indent(written, " ", level)

    assert feed_xml.entry(made(drawn), level) == ET.tostring(written, encoding="utf-8")
