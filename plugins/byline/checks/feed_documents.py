"""Feeds read as documents, ours and other people's: Atom (RFC 4287), RSS 2.0 and 1.0, JSON Feed 1.1.

Not a judgement: what a feed leaves out is empty here, and whether it may is asked in `feeds`.
Long, as three formats are read here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Never
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

_ATOM = "{http://www.w3.org/2005/Atom}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_MOST_ENTRIES = 20_000


class NoDocumentError(ValueError):
    """The bytes are no document that is read here; the text is the second half of a sentence."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as written: its dates as texts, its content as HTML; `authors` counts them."""

    id: str
    url: str = ""
    title: str = ""
    published: str = ""
    updated: str = ""
    html: str = ""
    summary: str = ""
    authors: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A feed as written: `kind` is atom, rss or json; `own` its address by its own words.

    `following` is the address of its older entries (RFC 5005, 3 and 4), `archive` whether it is itself one of the
    documents that hold them, `generator` the program that made it.
    """

    kind: str
    version: str
    id: str
    title: str
    home: str
    own: str
    language: str
    updated: str
    description: str
    authors: int
    entries: tuple[Entry, ...]
    following: str = ""
    archive: bool = False
    generator: str = ""


class _NoDoctype(ET.TreeBuilder):
    """Builds a tree of a document that declares nothing: with a document type come entities, and bombs of them."""

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> Never:
        """Refuse it before anything in it is read."""
        raise NoDocumentError("it has a DOCTYPE, and no feed needs one")


def tree(body: bytes) -> ET.Element:
    """Return the root of an XML document without a document type. Raises NoDocumentError."""
    try:
        return ET.fromstring(body, ET.XMLParser(target=_NoDoctype()))  # noqa: S314  without a DOCTYPE nothing expands
    except ET.ParseError as error:
        raise NoDocumentError(f"it is no well-formed XML ({error})") from error
    except (LookupError, ValueError) as error:
        if isinstance(error, NoDocumentError):
            raise
        raise NoDocumentError(f"its encoding cannot be read ({error})") from error


def local(element: ET.Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2].lower()


def document(body: bytes, url: str = "") -> Document:
    """Return a feed as a document; addresses of entries are made absolute against `url`. Raises NoDocumentError."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json(body, url)
    root = tree(body)
    if root.tag == f"{_ATOM}feed":
        return _atom(root, url)
    if local(root) in {"rss", "rdf"}:
        return _rss(root, url)
    raise NoDocumentError(f"it is no feed: its root is <{local(root)}>")


def _atom(root: ET.Element, url: str) -> Document:
    base = _joined(url, root.get(_BASE, "")) or url
    links = _links(root)
    return Document(
        kind="atom",
        version="1.0",
        id=_text(root, "id"),
        title=_text(root, "title"),
        home=links.get("alternate", ""),
        own=links.get("self", ""),
        language=root.get(_LANGUAGE, ""),
        updated=_text(root, "updated"),
        description=_text(root, "subtitle"),
        authors=len(root.findall(f"{_ATOM}author")),
        entries=tuple(_atom_entry(element, base) for element in root.findall(f"{_ATOM}entry")[:_MOST_ENTRIES]),
        following=_joined(base, links.get("next") or links.get("prev-archive", "")),
        archive=root.find(_ARCHIVE) is not None,
        generator=_text(root, "generator"),
    )


def _atom_entry(element: ET.Element, base: str) -> Entry:
    content = element.find(f"{_ATOM}content")
    return Entry(
        id=_text(element, "id"),
        url=_joined(base, _links(element).get("alternate", "")),
        title=_text(element, "title"),
        published=_text(element, "published"),
        updated=_text(element, "updated"),
        html="" if content is None else _html(content),
        summary=_text(element, "summary"),
        authors=len(element.findall(f"{_ATOM}author")),
    )


def _html(content: ET.Element) -> str:
    """Return the HTML in an Atom text construct (RFC 4287, 3.1); XHTML without its namespace."""
    if content.get("type") != "xhtml":
        return "".join(content.itertext())
    for element in content.iter():
        element.tag = local(element)
    return "".join(ET.tostring(child, encoding="unicode", method="html") for child in content)


def _links(element: ET.Element) -> dict[str, str]:
    """Return the first address of each relation (RFC 4287, 4.2.7)."""
    found: dict[str, str] = {}
    for link in element.findall(f"{_ATOM}link"):
        found.setdefault(link.get("rel", "alternate"), link.get("href", "").strip())
    return found


def _rss(root: ET.Element, url: str) -> Document:
    channel = next((child for child in root if local(child) == "channel"), root)
    links = _links(channel)
    within = (channel, root) if local(root) == "rdf" else (channel,)
    elements = [child for parent in within for child in parent if local(child) == "item"]
    return Document(
        kind="rss",
        version=root.get("version", "1.0" if local(root) == "rdf" else ""),
        id="",
        title=_text(channel, "title"),
        home=_text(channel, "link"),
        own=links.get("self", ""),
        language=_text(channel, "language"),
        updated=_text(channel, "lastbuilddate"),
        description=_text(channel, "description"),
        authors=0,
        entries=tuple(_rss_entry(element, url) for element in elements[:_MOST_ENTRIES]),
        following=_joined(url, links.get("next") or links.get("prev-archive", "")),
        archive=channel.find(_ARCHIVE) is not None,
        generator=_text(channel, "generator"),
    )


def _rss_entry(element: ET.Element, base: str) -> Entry:
    identity = _text(element, "guid") or element.get(_ABOUT, "")
    link = _text(element, "link")
    is_link = any(local(child) == "guid" and child.get("isPermaLink") != "false" for child in element)
    return Entry(
        id=identity,
        url=_joined(base, link or (identity if is_link else "")),
        title=_text(element, "title"),
        published=_text(element, "pubdate") or _text(element, "date"),
        updated=_text(element, "updated"),
        html=_text(element, "encoded"),
        summary=_text(element, "description"),
        authors=sum(local(child) in {"author", "creator"} for child in element),
    )


def _text(element: ET.Element, name: str) -> str:
    """Return the text of the first child with this local name that has one: RSS mixes namespaces at will."""
    return next((text for child in element if local(child) == name and (text := "".join(child.itertext()).strip())), "")


def _json(body: bytes, url: str) -> Document:
    try:
        written = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NoDocumentError(f"it is no JSON ({error})") from error
    if "jsonfeed.org" not in _string(written, "version"):
        raise NoDocumentError("it is JSON, and says nothing of being a JSON Feed")
    items = written.get("items")
    return Document(
        kind="json",
        version=_string(written, "version"),
        id="",
        title=_string(written, "title"),
        home=_string(written, "home_page_url"),
        own=_string(written, "feed_url"),
        language=_string(written, "language"),
        updated="",
        description=_string(written, "description"),
        authors=len(_list(written, "authors")),
        entries=tuple(_json_entries(items, url)) if isinstance(items, list) else (),
        following=_joined(url, _string(written, "next_url")),
    )


def _json_entries(items: list[object], base: str) -> Iterator[Entry]:
    for item in items[:_MOST_ENTRIES]:
        if isinstance(item, dict):
            yield Entry(
                id=str(item.get("id") or ""),
                url=_joined(base, _string(item, "url")),
                title=_string(item, "title"),
                published=_string(item, "date_published"),
                updated=_string(item, "date_modified"),
                html=_string(item, "content_html") or _string(item, "content_text"),
                summary=_string(item, "summary"),
                authors=len(_list(item, "authors")),
            )


def _string(written: dict[str, object], key: str) -> str:
    value = written.get(key)
    return value if isinstance(value, str) else ""


def _list(written: dict[str, object], key: str) -> list[object]:
    value = written.get(key)
    return value if isinstance(value, list) else []


def _joined(base: str, url: str) -> str:
    """Return an address made absolute; as it is where it is none."""
    try:
        return urljoin(base, url) if url else ""
    except ValueError:
        return url
