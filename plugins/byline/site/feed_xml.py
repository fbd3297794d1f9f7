"""What Atom and RSS have in common: elements that XML can hold, entries written apart, and a document of both.

Not a format: those are `atom` and `rss`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from byline.values.text import fit_for_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ATOM = "http://www.w3.org/2005/Atom"
_IN_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}
)


def add(parent: ET.Element, tag: str, text: str | None = None, /, **attributes: str) -> ET.Element:
    """Add an element; what XML cannot hold, whatever plugin or setting brought it, is left out."""
    element = ET.SubElement(parent, tag, {name: fit_for_xml(value) for name, value in attributes.items()})
    element.text = fit_for_xml(text) if text else text
    return element


def entry(element: ET.Element, level: int) -> bytes:
    """Return an entry as it stands in a document in UTF-8, so deep: it has elements in it or a text, never both.

    It is what `ET.indent` and `ET.tostring` make of it, in half the time: there are very many.
    """
    return "".join(_pieces(element, "\n" + " " * level)).encode("utf-8", "xmlcharrefreplace")


def _pieces(element: ET.Element, edge: str) -> Iterator[str]:
    """Yield an element as it is written; `edge` is what stands before one that is as deep as this."""
    yield f"<{element.tag}"
    for name, value in element.items():
        yield f' {name}="{value.translate(_IN_ATTRIBUTE)}"'
    if len(element):
        yield ">"
        for child in element:
            yield f"{edge} "
            yield from _pieces(child, f"{edge} ")
        yield f"{edge}</{element.tag}>"
    elif element.text:
        yield f">{_in_text(element.text)}</{element.tag}>"
    else:
        yield " />"


def _in_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def document(root: ET.Element, parent: ET.Element, level: int, entries: Sequence[bytes]) -> bytes:
    """Return a document in UTF-8; `parent` is the element in it that entries stand in, so deep, after all else."""
    if entries:
        parent.append(ET.Comment(""))  # no text can hold one: the signs that open it are escaped there
    ET.indent(root, " ")
    before, _here, after = ET.tostring(root, encoding="utf-8").partition(b"<!---->")
    between = b"\n" + b" " * level
    return b"".join((b'<?xml version="1.0" encoding="utf-8"?>\n', before, between.join(entries), after, b"\n"))
