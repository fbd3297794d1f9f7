"""XMP read: the texts of a packet by property, in whichever of RDF's forms a program wrote them (ISO 16684-1, 7).

Not a reader of XML that may be anything: document types are refused, and size, depth and number are limited. Not the
meaning of properties: that is `credits/embedded`.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat

from byline.credits.xmp import NAMESPACES, RDF, plain

_LARGEST = 1024 * 1024
_DEEPEST = 64
_MOST = 20_000
"""So many elements are read; a packet with more, as with less than all, says nothing."""
_BETWEEN = " "
"""What expat puts between a namespace and a name; it stands in neither."""
_PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()}
_LANGUAGE = f"http://www.w3.org/XML/1998/namespace{_BETWEEN}lang"
_DEFAULT_LANGUAGE = "x-default"
_VALUES = {f"{RDF}{_BETWEEN}resource", f"{RDF}{_BETWEEN}value"}
"""RDF's attributes that hold the value of the property they stand at."""


class _RefusedError(ValueError):
    """Nobody who writes XMP writes that."""


@dataclass(frozen=True, slots=True)
class _Element:
    """An open element: the path of the property it belongs to (None: not in RDF), and the language of its text."""

    path: str | None
    language: str


def properties(packet: bytes) -> dict[str, tuple[str, ...]]:
    """Return the texts of an XMP packet, in UTF-8, UTF-16 or UTF-32, by property; empty when it is broken or refused.

    A property is named by its standard's prefix, whatever the packet's is: `dc:creator`; a field of a structure by its
    path: `plus:Licensor/plus:LicensorURL`. Of texts in several languages the default one comes first.
    """
    reader = _Reader()
    try:
        reader.read(_decoded(packet))
    except (expat.ExpatError, ValueError):
        return {}
    return {path: _in_order(values) for path, values in reader.values.items()}


class _Reader:
    """Reads one packet; `values` are the texts by the path of their property, each with its language."""

    def __init__(self) -> None:
        self.values: dict[str, list[tuple[str, str]]] = {}
        self._open = [_Element(None, "")]
        self._count = 0
        self._text: list[str] = []

    def read(self, text: str) -> None:
        """Read a packet. Raises ExpatError or ValueError."""
        parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.Parse(text, True)  # noqa: FBT003  expat has no names for its arguments

    def _refuse(self, *_declared: object) -> None:
        raise _RefusedError

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MOST or len(self._open) > _DEEPEST:
            raise _RefusedError
        above = self._open[-1]
        path = _below(above.path, name)
        language = attributes.get(_LANGUAGE, above.language)
        self._open.append(_Element(path, language))
        self._text.clear()
        if path is None:
            return
        for attribute, value in attributes.items():
            if attribute in _VALUES:
                self._say(path, language, value)
            elif attribute.rpartition(_BETWEEN)[0] in _PREFIXES:
                self._say(_below(path, attribute), language, value)

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        if element.path:
            self._say(element.path, element.language, "".join(self._text))
        # What follows an element within another is white space.
        self._text.clear()

    def _say(self, path: str | None, language: str, value: str) -> None:
        if path and (text := plain(value)):
            self.values.setdefault(path, []).append((language, text))


def _below(path: str | None, name: str) -> str | None:
    """Return the path of an element or attribute: RDF's own add nothing; one of an unknown namespace has no prefix."""
    uri, _, local = name.rpartition(_BETWEEN)
    if uri == RDF:
        return "" if path is None and local == "RDF" else path
    if path is None:
        return None
    return f"{path}/{_PREFIXES.get(uri, '')}:{local}".removeprefix("/")


def _in_order(values: list[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(text for language, text in sorted(values, key=lambda value: value[0].lower() != _DEFAULT_LANGUAGE))


def _decoded(packet: bytes) -> str:
    """Return a packet as text, from its first tag to its last; the zeros around `<` tell the encoding.

    Raises ValueError (UnicodeDecodeError) when it is not text, or too large.
    """
    at = packet.find(b"<")
    if at < 0 or len(packet) > _LARGEST:
        raise _RefusedError
    before, after = packet[max(0, at - 3) : at], packet[at + 1 : at + 4]
    if not after.startswith(b"\0"):
        encoding, width = "utf-8", 1
    elif before == bytes(3):
        encoding, width = "utf-32-be", 4
    elif after == bytes(3):
        encoding, width = "utf-32-le", 4
    elif before.endswith(b"\0"):
        encoding, width = "utf-16-be", 2
    else:
        encoding, width = "utf-16-le", 2
    begin = at - (width - 1) if encoding.endswith("be") else at
    end = len(packet) - (len(packet) - begin) % width
    text = packet[begin:end].decode(encoding)
    return text[: text.rfind(">") + 1]
