"""Records read: from content/photos.toml, a post's front matter, attributes at a picture, and a picture's own file.

Not their meaning: which of them counts, and what a licence is, `credits/resolve` knows.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING
from unicodedata import normalize

from byline.credits.record import FIELDS, SWITCHES, Origin, Record
from byline.credits.renditions import ratio_of
from byline.values.problem import Place, Problem
from byline.values.text import FORBIDDEN, meant

if TYPE_CHECKING:
    from collections.abc import Mapping

_ELSEWHERE = {"image_author": "creator", "image_caption": "caption", "image_license": "license"}
"""Keys of front matter that other themes and plugins read, and what they mean here."""
_TRUE, _FALSE = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})
_TABLE = re.compile(r"""^\s*\[\s*(?:"(?P<basic>(?:[^"\\]|\\.)*)"|'(?P<literal>[^']*)'|(?P<bare>[\w-]+))\s*\]""")
_KEY = re.compile(r"""^\s*["']?(?P<key>[\w-]+)["']?\s*=""")
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")


class _IllTypedError(Exception):
    """A value that a field cannot have; its text says what the field wants."""


def from_toml(body: bytes, path: str) -> tuple[dict[str, Record], tuple[Problem, ...]]:
    """Return the records of a file of records (TOML 1.0, UTF-8) by picture's path below content/ (NFC), and Problems.

    `path` names the file. A record that is broken is left out; so are all when the file is no TOML.
    """
    try:
        text = body.decode("utf-8-sig").replace("\r\n", "\n")
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        return {}, (Problem("broken-record", "The file is no UTF-8.", "Save it as UTF-8.", Place(path, line)),)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found and found[1] else max(1, len(body.splitlines()))
        what = f"The file is no TOML: {_AT_LINE.sub('', str(error))}."
        remedy = 'Write a table for each picture, ["images/name.jpg"], and below it lines like creator = "Name".'
        if "twice" in what or "overwrite" in what:
            remedy = "Keep one of the two."
        return {}, (Problem("broken-record", what, remedy, Place(path, line)),)
    places = _lines(text)
    records, problems = {}, []
    for name, fields in tables.items():
        line, lines = places.get(name, (1, {}))
        place = Place(path, line)
        if not isinstance(fields, dict):
            what = f"{name} stands in no picture's table."
            remedy = 'Write above it which picture it is about: ["images/name.jpg"].'
            problems.append(Problem("broken-record", what, remedy, place))
            continue
        record, wrong = _record(Origin.RECORDS, place, fields, lines)
        problems.extend(wrong)
        records[normalize("NFC", name)] = record
    return records, tuple(problems)


def from_front(front: Mapping[str, object], lines: Mapping[str, int], path: str) -> tuple[Record, tuple[Problem, ...]]:
    """Return what a post's front matter says of its lead picture, by folded key, and Problems; `path` is the post's."""
    written = {_ELSEWHERE[key]: key for key in _ELSEWHERE if key in front}
    written |= {field: f"photo_{field}" for field in FIELDS if f"photo_{field}" in front}
    at = {field: lines[key] for field, key in written.items() if lines.get(key)}
    place = Place(path, min(at.values(), default=None))
    fields = {field: front[key] for field, key in written.items() if front[key] not in ("", None)}
    return _record(Origin.POST, place, fields, at)


def from_attributes(said: Mapping[str, str], place: Place) -> tuple[Record, tuple[Problem, ...]]:
    """Return what attributes at a picture say of it, and Problems; attributes of HTML's own are passed over."""
    folded = {name.replace("-", "_"): value for name, value in said.items()}
    # A switch may stand as its name alone, which attribute lists spell out: decorative="decorative".
    fields = {
        name: True if name in SWITCHES and value in ("", name) else value
        for name, value in folded.items()
        if name in FIELDS
    }
    return _record(Origin.PICTURE, place, fields, {})


def from_file(rights: Mapping[str, object], path: str) -> Record:
    """Return what a picture's file says of itself; `path` is the picture's below content/."""
    return Record(Origin.FILE, Place(path), rights)


def _record(
    origin: Origin, place: Place, fields: Mapping[str, object], lines: Mapping[str, int]
) -> tuple[Record, tuple[Problem, ...]]:
    """Return a record of the fields that are right, and a Problem for each that is not."""
    typed, problems = {}, []
    strict = origin is Origin.RECORDS
    for name, value in fields.items():
        where = Place(place.path, lines.get(name) or place.line)
        if name not in FIELDS:
            remedy = f"Remove it, or rename it.{meant(name, sorted(FIELDS))}"
            problems.append(Problem("broken-record", f"A picture's record has no field {name}.", remedy, where))
            continue
        try:
            typed[name] = _typed(name, value, strict=strict)
        except _IllTypedError as wanted:
            what = f"The {name.replace('_', ' ')} {value!r} should be {wanted}."
            problems.append(Problem("broken-record", what, "Mend it, or remove the line.", where))
    return Record(origin, place, typed, lines), tuple(problems)


def _typed(name: str, value: object, *, strict: bool) -> object:
    """Return a field's value with its type; `strict`: as TOML types it, else texts are read. Raises _IllTypedError."""
    if name in SWITCHES:
        return _switch(value, strict=strict)
    if name == "year":
        if (strict and isinstance(value, int) and not isinstance(value, bool)) or (
            not strict and str(value).strip().isdecimal()
        ):
            return int(str(value))
        wanted = "a year in digits"
        raise _IllTypedError(wanted)
    if name == "creator":
        names = tuple(_text(part, strict=strict) for part in (value if isinstance(value, list | tuple) else [value]))
        return tuple(filter(None, names))
    if isinstance(value, tuple) and not strict:
        value = ", ".join(map(str, value))
    # A date is no text in TOML, and `seen` is one.
    text = _text(str(value) if name == "seen" else value, strict=strict)
    if name == "crop" and text and ratio_of(text) is None:
        wanted = 'a ratio such as "16:9"'
        raise _IllTypedError(wanted)
    return text


def _switch(value: object, *, strict: bool) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if strict or word not in _TRUE | _FALSE:
        wanted = "true or false"
        raise _IllTypedError(wanted)
    return word in _TRUE


def _text(value: object, *, strict: bool) -> str:
    # YAML makes numbers of what looks like one: a picture may be called 1984.
    if not isinstance(value, str if strict else str | int | float) or isinstance(value, bool):
        wanted = "a text"
        raise _IllTypedError(wanted)
    if FORBIDDEN.search(str(value)):
        wanted = "a text without control characters"
        raise _IllTypedError(wanted)
    return " ".join(str(value).split())


def _lines(text: str) -> dict[str, tuple[int, dict[str, int]]]:
    """Return where tables and keys stand, by name: a table's line, and the lines of its keys.

    Read for places only: what looks like a line of its own inside a text of several lines is a place nobody asks for.
    """
    found: dict[str, tuple[int, dict[str, int]]] = {}
    keys: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if match := _TABLE.match(line):
            name = match["literal"] or match["bare"] or _unescaped(match["basic"] or "")
            keys = found.setdefault(name, (number, {}))[1]
        elif match := _KEY.match(line):
            keys.setdefault(match["key"], number)
            if not found:
                found[match["key"]] = (number, {})
    return found


def _unescaped(name: str) -> str:
    """Return a quoted key without its escapes (TOML 1.0, Keys)."""
    return next(iter(tomllib.loads(f'"{name}" = 0'))) if "\\" in name else name
