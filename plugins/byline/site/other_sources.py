"""Sources that are no Markdown: reStructuredText by docutils as Pelican sets it up, and HTML documents.

Not a second way to publish: both give front matter and a body, which `reader` finishes like any other.
"""

from __future__ import annotations

import re
from io import StringIO
from itertools import pairwise
from typing import TYPE_CHECKING

from docutils.core import Publisher
from docutils.io import StringInput, StringOutput
from docutils.parsers.rst import Parser
from docutils.readers.standalone import Reader
from docutils.utils import SystemMessage
from pelican.readers import RstReader

from byline.site.front_matter import FrontMatter, Written
from byline.values.html import Token, attributes, tokens
from byline.values.problem import Fault, Place, Problem
from byline.values.text import fold, line_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_OF_THE_HEAD = frozenset({"base", "head", "html", "link", "meta", "title"})


class _Restructured(RstReader):
    """Pelican's reader on a text instead of a file; metadata stay plain."""

    def process_metadata(self, _name: str, value: object) -> object:
        return value

    def publisher(self, path: str, text: str) -> Publisher:
        """Return docutils' publisher, done with the text. Raises `docutils.utils.SystemMessage` on an error in it."""
        publisher: Publisher = Publisher(
            reader=Reader(),
            parser=Parser(),
            writer=self.writer_class(),
            source_class=StringInput,
            destination_class=StringOutput,
        )
        settings = {
            "initial_header_level": "2",
            "syntax_highlight": "short",
            "input_encoding": "unicode",
            "language_code": self._language_code,
            "halt_level": 2,
            "traceback": True,
            "report_level": 5,
            "warning_stream": StringIO(),
            "embed_stylesheet": False,
            # What is made of a text hangs on nothing but the text.
            "_disable_config": True,
            "file_insertion_enabled": False,
            **self.settings["DOCUTILS_SETTINGS"],
        }
        publisher.process_programmatic_settings(None, settings, None)
        publisher.set_source(source=text, source_path=path)
        publisher.publish()
        return publisher

    def metadata(self, publisher: Publisher, path: str) -> dict[str, object]:
        """Return the document's fields and title."""
        found: dict[str, object] = self._parse_metadata(publisher.document, path)
        found.setdefault("title", publisher.writer.parts.get("title"))
        return found


def restructured_text(
    path: str, text: str, settings: Mapping[str, object], formatted: Collection[str], language: str
) -> tuple[FrontMatter, str]:
    """Return the front matter and body of a reST source. Raises Fault with the line docutils names."""
    reader = _Restructured(
        {"DOCUTILS_SETTINGS": dict(settings), "FORMATTED_FIELDS": list(formatted), "DEFAULT_LANG": language}
    )
    written = Written(path)
    try:
        publisher = reader.publisher(path, text)
        for key, value in reader.metadata(publisher, path).items():
            if value:
                written.add(key, tuple(value) if isinstance(value, list) else value, _line_of_field(text, fold(key)))
    except SystemMessage as error:
        found = re.search(r":(\d+): \([A-Z]+/\d\) (.*)", str(error), re.DOTALL)
        line, why = (int(found[1]), found[2]) if found else (1, str(error))
        raise Fault(_unreadable(path, line, " ".join(why.split()))) from error
    except Exception as error:  # a directive, ours or not, may raise anything: the post is named, the build goes on
        raise Fault(_unreadable(path, 1, f"{type(error).__name__}: {error}")) from error
    return written.finished(), publisher.writer.parts.get("body") or ""


def _unreadable(path: str, line: int, why: str) -> Problem:
    remedy = "Mend the text there."
    if re.search(r'"(?:include|raw|csv-table)" directive', why):
        remedy = "Put what it includes here, or set DOCUTILS_SETTINGS = {'file_insertion_enabled': True}."
    return Problem("unreadable-post", f"reStructuredText: {why[:200].rstrip('.')}.", remedy, Place(path, line))


def html_document(path: str, text: str) -> tuple[FrontMatter, str]:
    """Return the `<title>` and `<meta>` of an HTML source as front matter, and its body, however little frames it.

    A `<meta>` that stands twice has several values; `keywords` are tags, as Pelican reads them.
    """
    found = list(tokens(text))
    start, end = _body(found)
    values: dict[str, list[str]] = {}
    for token, following in pairwise((*found[:start], Token("text", ""))):
        if token.kind == "open" and token.name == "title":
            values.setdefault("title", []).append(following.raw.strip() if following.kind == "other" else "")
        elif token.kind == "open" and token.name == "meta":
            meta = attributes(token.attributes)
            if name := meta.get("name", ""):
                values.setdefault(name, []).append(meta.get("content") or meta.get("contents", ""))
    written = Written(path)
    for name, several in values.items():
        key = "tags" if fold(name) == "keywords" else name
        written.add(key, several[0] if len(several) == 1 else tuple(several), _line_of_field(text, fold(name)))
    return written.finished(), "".join(token.raw for token in found[start:end])


def _body(found: list[Token]) -> tuple[int, int]:
    """Return where the body begins and ends: at its tags, else after the head, else after what only a head can hold."""
    edges = [(token.kind, token.name) for token in found]
    opened = [edges.index(edge) + 1 for edge in (("open", "body"), ("close", "head")) if edge in edges]
    closed = [edges.index(edge) for edge in (("close", "body"), ("close", "html")) if edge in edges]
    unframed = (
        number
        for number, token in enumerate(found)
        if token.kind != "other" and token.name not in _OF_THE_HEAD and token.raw.strip()
    )
    return next(iter(opened), next(unframed, len(found))), next(iter(closed), len(found))


def _line_of_field(text: str, key: str) -> int:
    """Return the line that names a field, or 1."""
    pattern = re.escape(key).replace("_", "[-_ ]")
    found = re.search(rf"(?im)^[ \t]*(?::{pattern}:|<meta[^>]*name=[\"']?{pattern}|<{pattern}>)", text)
    return line_of(text, found.start()) if found else 1
