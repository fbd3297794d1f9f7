"""Front matter written where the source is no Markdown: reST fields, the `<meta>` of an HTML document.

Not the check that it reads as meant: that is `front_writing`.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from byline.values.html import Token, attributes, escape, tokens
from byline.values.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIELD = re.compile(r":(?P<key>[^:\s][^:\r\n]*):(?P<space>[ \t]*)(?=\S|\s*$)")
_ADORNED = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*")
"""A line that marks a title in reST."""
_LINE_BEFORE = re.compile(r"(?:\r\n|\r|\n)[ \t]*\Z")
_INDENT = re.compile(r"(?:^|[\r\n])([ \t]*)[^\r\n]*\Z")


def in_fields(lines: list[str], wanted: Mapping[str, str | None]) -> str:
    """Return a reST source with fields set or removed; its lines come with their ends."""
    new_line = next((line[len(line.rstrip("\r\n")) :] for line in lines), "") or "\n"
    first = next((number for number, line in enumerate(lines) if _FIELD.match(line)), len(lines))
    block = list(takewhile(lambda line: line.strip() and (_FIELD.match(line) or line[0] in " \t"), lines[first:]))
    written = [*lines, ""]
    places: list[int] = []
    left = dict(wanted)
    key = ""
    for number, line in enumerate(block, first):
        head = _FIELD.match(line)
        key = fold(head["key"]) if head else key
        if key not in wanted:
            continue
        written[number] = ""
        value = left.pop(key, None) if head else None
        if head and value is not None:
            written[number] = f"{head[0]}{'' if head['space'] else ' '}{value}{new_line}"
        else:
            places.append(number)
    new = [f":{name}: {value}{new_line}" for name, value in left.items() if value is not None]
    if not new:
        return "".join(written)
    at = places[0] if places else first + len(block)
    if not block:
        at = _after_title(lines)
        new = [new_line, *new] if at else [*new, new_line]
    if at and written[at - 1] and not written[at - 1].endswith(("\r", "\n")):
        written[at - 1] += new_line
    written[at] = "".join(new) + written[at]
    return "".join(written)


def _after_title(lines: list[str]) -> int:
    """Return the index of the line after the title; 0 where there is none."""
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    over = start < len(lines) and bool(_ADORNED.fullmatch(lines[start]))
    under = start + 1 + over
    return under + 1 if under < len(lines) and _ADORNED.fullmatch(lines[under]) else 0


def in_head(text: str, wanted: Mapping[str, str | None]) -> str:
    """Return an HTML source with its `<meta>` set or removed; a new one follows the last one, or the title."""
    new_line = next(iter(re.findall(r"\r\n|\r|\n", text)), "\n")
    pieces: list[str] = []
    left = dict(wanted)
    anchor, start, ended = 0, 0, False
    for token in tokens(text):
        name = _named(token)
        ended = ended or (token.kind, token.name) == ("open", "body")
        piece = token.raw
        if name in wanted and not ended:
            value = left.pop(name, None)
            if value is None:
                pieces[-1:] = [_LINE_BEFORE.sub("", before) for before in pieces[-1:]]
                continue
            piece = _meta(attributes(token.attributes)["name"], value, token.raw)
        pieces.append(piece)
        if not ended and ((token.kind, token.name) == ("close", "title") or name):
            anchor = len(pieces)
        elif not ended and (token.kind, token.name) == ("open", "head"):
            start = len(pieces)
    new = [_meta(name, value, "") for name, value in left.items() if value is not None]
    if new:
        at = anchor or start
        indent = _INDENT.search("".join(pieces[:at])) if anchor else None
        before = f"{new_line}{indent[1] if indent else ''}"
        pieces.insert(at, "".join(f"{before}{tag}" if at else f"{tag}{new_line}" for tag in new))
    return "".join(pieces)


def _named(token: Token) -> str:
    """Return the key that a `<meta>` is, folded; empty for any other token."""
    if token.kind != "open" or token.name != "meta":
        return ""
    key = fold(attributes(token.attributes).get("name", ""))
    return "tags" if key == "keywords" else key


def _meta(name: str, value: str, like: str) -> str:
    return f'<meta name="{escape(name)}" content="{escape(value)}"{" /" if like.endswith("/>") else ""}>'
