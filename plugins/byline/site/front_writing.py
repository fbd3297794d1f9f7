"""Front matter written: keys set or removed in a source's bytes, every other byte kept.

Not a formatter: what cannot be written so that it reads as meant, and all else as before, is refused.
"""

from __future__ import annotations

import codecs
import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from byline.site import fenced
from byline.site.front_matter import FrontMatter, split
from byline.site.reader import MARKDOWN
from byline.values.problem import Fault, Place, Problem
from byline.values.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FENCE_END = {"-": re.compile(r"(?:-{3}|\.{3})\s*"), "+": re.compile(r"\+{3}\s*")}
_KEY_LINE = re.compile(r" {0,3}(?P<key>[\w-]+):")
_HEAD = re.compile(r"\s*(?P<quote>[\"']?)(?P<key>[\w -]+?)(?P=quote)[ \t]*[:=](?P<space>[ \t]*)")
"""A line's key with what parts it from its value."""


def with_front(source: bytes, suffix: str, values: Mapping[str, str | None], path: str = "") -> bytes:
    """Return a source with front-matter keys set to texts of one line, or removed where the value is None.

    `suffix` says how to read it (`md`, `rst`, `html` …, in lower case, no dot); `path` names it in a Fault. A new key
    takes the place of the first one removed, else stands last. Line ends, byte order mark, comments, order stay.
    Raises Fault when the source cannot be read, or would read otherwise than meant.
    """
    text, before, body = _understood(source, suffix, path)
    wanted = {fold(key): value for key, value in values.items()}
    if all(before.values.get(key) == value for key, value in wanted.items()):
        return source
    written = _written(text, suffix, before, wanted)
    try:
        after, same_body = _read(written, suffix)
    except Fault as error:
        raise _refusal(path, "it would not be read as meant") from error
    unmoved = {key: value for key, value in before.values.items() if key not in wanted}
    meant = unmoved | {key: value for key, value in wanted.items() if value is not None}
    if after.values != meant or same_body != body or _codes(after) - _codes(before):
        raise _refusal(path, "it would not be read as meant")
    return (codecs.BOM_UTF8 if source.startswith(codecs.BOM_UTF8) else b"") + written.encode()


def front(source: bytes, suffix: str, path: str = "") -> FrontMatter:
    """Return the front matter of a source as the reader has it. Raises Fault when it cannot be read."""
    return _understood(source, suffix, path)[1]


def _understood(source: bytes, suffix: str, path: str) -> tuple[str, FrontMatter, str]:
    """Return a source's text, front matter and body. Raises Fault when they cannot be told."""
    try:
        text = source.decode("utf-8-sig")
        found, body = _read(text, suffix)
    except (UnicodeDecodeError, Fault) as error:
        raise _refusal(path, "it cannot be read") from error
    if any(problem.code == "bad-front-matter" for problem in found.problems):
        raise _refusal(path, "it cannot be read")
    return text, found, body


def _read(text: str, suffix: str) -> tuple[FrontMatter, str]:
    """Return the front matter of a source's text and its body, as the reader has them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if suffix in MARKDOWN:
        found = split(text, "")
        return found, found.body
    from byline.site import other_sources  # docutils is imported only where a source needs it

    if suffix == "rst":
        return other_sources.restructured_text("", text, {}, (), "en")
    return other_sources.html_document("", text)


def _written(text: str, suffix: str, before: FrontMatter, wanted: Mapping[str, str | None]) -> str:
    """Return the text with its keys set; whether it now reads as meant is not looked at."""
    if suffix in MARKDOWN:
        return _in_lines(_LINE.findall(text), before, wanted)
    from byline.site import other_front_writing

    if suffix == "rst":
        return other_front_writing.in_fields(_LINE.findall(text), wanted)
    return other_front_writing.in_head(text, wanted)


def _in_lines(lines: list[str], before: FrontMatter, wanted: Mapping[str, str | None]) -> str:
    """Write into `Key: value` lines, or between fences; the lines come with their ends."""
    count = min(before.body_line - 1, len(lines))
    sign = lines[0][0] if count > 1 and lines[0][:3] in {"---", "+++"} else ""
    fence = sign if sign and _FENCE_END[sign].fullmatch(lines[count - 1].rstrip("\r\n")) else ""
    if fence:
        starts = {line - 1: key for key, line in before.lines.items()}
    else:
        matches = ((number, _KEY_LINE.match(line)) for number, line in enumerate(lines[:count]))
        starts = {number: fold(match["key"]) for number, match in matches if match}
    end = count - 1 if fence else count
    tables = [number for number in starts if fence == "+" and lines[number].lstrip().startswith("[")]
    spans = list(_spans(starts, lines, end))
    before_tables = min(tables, default=end)
    first = before_tables if fence else 0
    last = max((stop for _key, start, stop in spans if start < before_tables), default=first)
    capital = any(lines[start].lstrip(" \"'")[:1].isupper() for _key, start, _stop in spans) or not (fence or spans)
    indent = re.match(r" *", lines[spans[0][1]])[0] if spans and fence else ""  # type: ignore[index]  # always matches
    new_line = next((line[len(line.rstrip("\r\n")) :] for line in lines), "") or "\n"

    written = [*lines, ""]
    places: list[int] = []
    left = dict(wanted)
    for key, start, stop in spans:
        if key in wanted:
            value = left.pop(key, None)
            line = lines[start].rstrip("\r\n")
            written[start:stop] = [""] * (stop - start)
            if value is None:
                places.append(start)
            else:
                written[start] = f"{_replaced(line, value, fence)}{new_line}"
    new = [
        f"{indent}{key.capitalize() if capital else key}{_assigned(value, fence)}{new_line}"
        for key, value in left.items()
        if value is not None
    ]
    if new and not spans and not fence and "".join(lines[:1]).strip():
        new.append(new_line)
    at = places[0] if places else last
    if new and at and written[at - 1] and not written[at - 1].endswith(("\r", "\n")):
        written[at - 1] += new_line
    written[at] = "".join(new) + written[at]
    return "".join(written)


def _spans(starts: Mapping[int, str], lines: list[str], end: int) -> Iterator[tuple[str, int, int]]:
    """Yield each key with the first and the end of its lines: up to the next key, without blank lines and comments."""
    for (start, key), (following, _) in pairwise([*sorted(starts.items()), (end, "")]):
        stop = following
        while stop > start + 1 and (not lines[stop - 1].strip() or lines[stop - 1].startswith("#")):
            stop -= 1
        yield key, start, stop


def _replaced(line: str, value: str, fence: str) -> str:
    """Return a key's line with another value; its key stays as it is spelled, a comment after it as well."""
    head = _HEAD.match(line)
    if not head:
        return line
    assigned = _assigned(value, fence).lstrip(" :=")
    return f"{head[0]}{'' if head['space'] else ' '}{assigned}{_comment(line, fence)}"


def _comment(line: str, fence: str) -> str:
    """Return the comment that ends the line of a value between fences, with the space before it."""
    for match in re.finditer(r"\s*#", line) if fence else ():
        if _pairs(line[: match.start()], fence) == _pairs(line, fence) != []:
            return line[match.start() :]
    return ""


def _pairs(text: str, fence: str) -> list[fenced.Pair]:
    try:
        return list((fenced.yaml_pairs if fence == "-" else fenced.toml_pairs)(text))
    except fenced.UnreadableError:
        return []


def _assigned(value: str, fence: str) -> str:
    """Return what follows a key: the sign that parts it from its value, and the value, in quotes where it needs."""
    quoted = json.dumps(value, ensure_ascii=False)
    if fence == "+":
        return f" = {quoted}"
    if fence == "-" and _pairs(f"key: {value}\n", fence) != [("key", value, 1)]:
        return f": {quoted}"
    return f": {value}"


def _codes(found: FrontMatter) -> frozenset[tuple[str, str]]:
    return frozenset((problem.code, problem.what) for problem in found.problems)


def _refusal(path: str, why: str) -> Fault:
    remedy = "Write it by hand."
    what = f"The front matter cannot be changed safely: {why}."
    return Fault(Problem("unwritable-front-matter", what, remedy, Place(path) if path else None))
