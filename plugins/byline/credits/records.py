"""Records read: from content/photos.toml, a post's front matter, attributes at a picture, and a picture's own file.

Not their meaning: which of them counts, and what a licence is, `credits/resolve` knows.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING
from unicodedata import normalize

from byline.credits.record import FIELDS, SWITCHES, Origin, Record
from byline.credits.renditions import ratio_of
from byline.values.addresses import on_the_web
from byline.values.problem import Place, Problem, editorial
from byline.values.text import FORBIDDEN, meant, one_edit_apart, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ELSEWHERE = {"image_author": "creator", "image_caption": "caption", "image_license": "license"}
"""Keys of front matter that other themes and plugins read, and what they mean here."""
_OF_THE_POST = frozenset(f"photo_{field}" for field in FIELDS)
_OF_A_PICTURE = _OF_THE_POST | _ELSEWHERE.keys()
_TRUE, _FALSE = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})
_NAME = r"""(?:"(?P<basic>(?:[^"\\]|\\.)*+)"|'(?P<literal>[^']*+)'|(?P<bare>[\w-]++))"""
_TABLE = re.compile(rf"^\s*\[+\s*{_NAME}\s*[\].]")
_KEY = re.compile(rf"^\s*{_NAME}\s*[=.]")
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")
_TERM = re.compile(r"[A-Za-z]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_YEAR = re.compile(r"\s*\d{1,4}\s*")
QUOTED = 80
"""So many characters of what is written are said again in a Problem."""


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
    except (ValueError, RecursionError) as error:
        return {}, (_no_toml(error, len(body.splitlines()), path),)
    places = _lines(text)
    records: dict[str, Record] = {}
    problems = []
    for written, fields in tables.items():
        line, lines = places.get(written, (1, {}))
        name, place = normalize("NFC", written), Place(path, line)
        if wrong := _no_record(name, fields, known=name in records):
            problems.append(Problem("broken-record", *wrong, place))
            continue
        records[name], slips = _record(Origin.RECORDS, place, fields, lines)
        problems.extend(slips)
    return records, tuple(problems)


def from_front(front: Mapping[str, object], lines: Mapping[str, int], path: str) -> tuple[Record, tuple[Problem, ...]]:
    """Return what a post's front matter says of its lead picture, by folded key, and Problems; `path` is the post's."""
    if _OF_A_PICTURE.isdisjoint(front):
        return Record(Origin.POST, Place(path)), ()
    written = {_ELSEWHERE[key]: key for key in _ELSEWHERE if key in front}
    written |= {key.removeprefix("photo_"): key for key in front if key in _OF_THE_POST}
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
    record, problems = _record(Origin.PICTURE, place, fields, {})
    return record, (*problems, *_slips(folded.keys() - FIELDS, place))


def _slips(names: Iterable[str], place: Place) -> Iterator[Problem]:
    """Yield a Problem for each attribute that is one edit away from a field; no attribute of HTML's own is."""
    for name in sorted(name for name in names if len(name) > len("own")):
        near = next((field for field in sorted(FIELDS) if one_edit_apart(name, field)), "")
        if near:
            what = f"The attribute {name} says nothing of a picture."
            yield editorial("unknown-key", what, f"Did you mean {near}?", place)


def from_file(rights: Mapping[str, object], path: str) -> Record:
    """Return what a picture's file says of itself; `path` is the picture's below content/."""
    return Record(Origin.FILE, Place(path), rights)


def _no_toml(error: Exception, lines: int, path: str) -> Problem:
    """Return what is wrong with a file of so many lines that `tomllib` does not read."""
    if not isinstance(error, tomllib.TOMLDecodeError):
        # Python ends its patience with brackets in each other, and with numbers of thousands of digits.
        what = "The file is no TOML that can be read: it nests too deeply, or a number in it is too long."
        return Problem("broken-record", what, "Remove that; no field of a record wants it.", Place(path, 1))
    found = _AT_LINE.search(str(error))
    what = f"The file is no TOML: {_AT_LINE.sub('', str(error))}."
    remedy = 'Write a table for each picture, ["images/name.jpg"], and below it lines like creator = "Name".'
    if "twice" in what or "overwrite" in what:
        remedy = "Keep one of the two."
    return Problem("broken-record", what, remedy, Place(path, int(found[1]) if found and found[1] else max(1, lines)))


def _no_record(name: str, fields: object, *, known: bool) -> tuple[str, str] | None:
    """Return why a value at the top of the file is no picture's record, and the remedy; None when it is one.

    `known`: there is a record of that name, when accents are composed.
    """
    if isinstance(fields, list) and isinstance(next(iter(fields), None), dict):
        return f"[[{name}]] stands in two pairs of brackets.", f'Write one: ["{name}"].'
    if not isinstance(fields, dict):
        remedy = 'Write above it which picture it is about: ["images/name.jpg"].'
        return f"{name} stands in no picture's table.", remedy
    if table := next((key for key, value in fields.items() if isinstance(value, dict) and key not in FIELDS), ""):
        return f"[{name}.{table}] names no picture.", f'Put the path into quotes: ["{name}.{table}"].'
    if known:
        return f"{name} has a second record, whose name only composes its accents otherwise.", "Keep one of the two."
    return None


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
            said = shortened(repr(value) if isinstance(value, str) else str(value), QUOTED)
            what = f"The {name.replace('_', ' ')} {said} should be {wanted}."
            problems.append(Problem("broken-record", what, "Mend it, or remove the line.", where))
    return Record(origin, place, typed, lines), tuple(problems)


def _typed(name: str, value: object, *, strict: bool) -> object:
    """Return a field's value with its type; `strict`: as TOML types it, else texts are read. Raises _IllTypedError."""
    if name in SWITCHES:
        return _switch(value, strict=strict)
    if name == "year":
        if _YEAR.fullmatch(str(value)) and (isinstance(value, int) or not strict):
            return int(str(value))
        wanted = "a year in digits"
        raise _IllTypedError(wanted)
    if name == "creator":
        names = tuple(_text(part, strict=strict) for part in (value if isinstance(value, list | tuple) else [value]))
        return tuple(filter(None, names))
    if isinstance(value, tuple) and not strict:
        value = ", ".join(map(str, value))
    # A date is no text in TOML, and `seen` is one.
    text = _text(str(value) if name == "seen" and isinstance(value, date) else value, strict=strict)
    if name == "seen" and text and not _DAY.match(text):
        wanted = "a date such as 2026-03-01"
        raise _IllTypedError(wanted)
    if name == "crop" and text and ratio_of(text) is None:
        wanted = 'a ratio such as "16:9"'
        raise _IllTypedError(wanted)
    if name == "digital_source_type" and text and not (_TERM.fullmatch(text) or on_the_web(text)):
        wanted = 'a term of IPTC such as "digitalCapture"'
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
    text = str(value)
    # What can be printed needs no search.
    if not text.isprintable() and FORBIDDEN.search(text):
        wanted = "a text without control characters"
        raise _IllTypedError(wanted)
    return " ".join(text.split())


def _lines(text: str) -> dict[str, tuple[int, dict[str, int]]]:
    """Return where tables and keys stand, by name: a table's line, and the lines of its keys.

    Read for places only: what looks like a line of its own inside a text of several lines is a place nobody asks for.
    """
    found: dict[str, tuple[int, dict[str, int]]] = {}
    top: dict[str, tuple[int, dict[str, int]]] = {}
    keys: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if match := _TABLE.match(line):
            keys = found.setdefault(_named(match), (number, {}))[1]
        elif match := _KEY.match(line):
            keys.setdefault(_named(match), number)
            if not found:
                top[_named(match)] = (number, {})
    return top | found


def _named(match: re.Match[str]) -> str:
    """Return a key as it is meant (TOML 1.0, Keys)."""
    basic = match["basic"] or ""
    if "\\" not in basic:
        return str(basic or match["literal"] or match["bare"] or "")
    try:
        return next(iter(tomllib.loads(f'"{basic}" = 0')))
    except tomllib.TOMLDecodeError:
        return ""  # it stands inside a text of several lines, and is no key
