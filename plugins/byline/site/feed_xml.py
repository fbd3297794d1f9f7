"""What Atom and RSS have in common: elements that XML can hold, entries written apart, and a document of both.

Not a format: those are `atom` and `rss`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from byline.values.text import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Sequence

ATOM = "http://www.w3.org/2005/Atom"


def add(parent: ET.Element, tag: str, text: str | None = None, /, **attributes: str) -> ET.Element:
    """Add an element; what XML cannot hold, whatever plugin or setting brought it, is left out."""
    element = ET.SubElement(parent, tag, {name: FORBIDDEN.sub("", value) for name, value in attributes.items()})
    element.text = FORBIDDEN.sub("", text) if text else text
    return element


def entry(element: ET.Element, level: int) -> bytes:
    """Return an entry as it stands in a document in UTF-8, so deep."""
    ET.indent(element, " ", level)
    written: bytes = ET.tostring(element, encoding="utf-8")
    return written


def document(root: ET.Element, parent: ET.Element, level: int, entries: Sequence[bytes]) -> bytes:
    """Return a document in UTF-8; `parent` is the element in it that entries stand in, so deep, after all else."""
    if entries:
        parent.append(ET.Comment(""))  # no text can hold one: the signs that open it are escaped there
    ET.indent(root, " ")
    before, _here, after = ET.tostring(root, encoding="utf-8").partition(b"<!---->")
    between = b"\n" + b" " * level
    return b"".join((b'<?xml version="1.0" encoding="utf-8"?>\n', before, between.join(entries), after, b"\n"))
