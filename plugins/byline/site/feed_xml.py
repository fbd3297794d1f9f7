"""What Atom and RSS have in common: elements that XML can hold, and a document of them.

Not a format: those are `atom` and `rss`.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from byline.values.text import FORBIDDEN

ATOM = "http://www.w3.org/2005/Atom"


def add(parent: ET.Element, tag: str, text: str | None = None, /, **attributes: str) -> ET.Element:
    """Add an element; what XML cannot hold, whatever plugin or setting brought it, is left out."""
    element = ET.SubElement(parent, tag, {name: FORBIDDEN.sub("", value) for name, value in attributes.items()})
    element.text = FORBIDDEN.sub("", text) if text else text
    return element


def document(root: ET.Element) -> bytes:
    """Return a document in UTF-8."""
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written + b"\n"
