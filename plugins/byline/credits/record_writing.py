"""Records written: fields of one picture set in `content/photos.toml`, every other byte kept, comments and order too.

Not the reading of records for a site: that is `credits/records`; and no file is touched, bytes become bytes.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from byline.credits.licenses import UNKNOWN, by_name
from byline.credits.records import from_toml
from byline.values.problem import Fault, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tomlkit import TOMLDocument

ORDER = (
    "alt decorative title creator creator_url credit_line source license license_url copyright year changes acquire "
    "permission seen own digital_source_type"
).split()
"""The order in which the fields of a record stand."""


_OF_A_CREATOR = ("creator", "creator_url", "credit_line", "copyright")
"""Fields that say who somebody is, and so are never of two people."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What is found beside what a record says: fields that are `new` there, and those that it has `otherwise`."""

    new: Mapping[str, object]
    otherwise: Mapping[str, object]


def merged(there: Mapping[str, object], found: Mapping[str, object]) -> Merged:
    """Return how the fields that are found fit what the record says already; it keeps what is not empty.

    What names somebody is not new to a record of the writer's own picture, or of another creator's.
    `license = "unknown"` is as good as empty, and never goes against another. `seen` is the date of the licence, so it
    is new as long as the licence is not another one.
    """
    said = {name: value for name, value in there.items() if value not in ("", [], ())}
    if _meaning("license", said.get("license", "")) == UNKNOWN.code:
        del said["license"]
    new: dict[str, object] = {}
    otherwise: dict[str, object] = {}
    for name in sorted(found.keys() - {"seen"}, key=ORDER.index):
        present = said.get(name) or (name == "license" and said.get("license_url"))
        if not present:
            new[name] = found[name]
        elif _meaning(name, present) != _meaning(name, found[name]) and found[name] != UNKNOWN.code:
            otherwise[name] = found[name]
    if said.get("own") or "creator" in otherwise:
        # What goes with another creator goes with them.
        otherwise |= {name: new.pop(name) for name in _OF_A_CREATOR if name in new}
    if "seen" in found and _meaning("seen", there.get("seen")) != found["seen"]:
        (otherwise if "license" in otherwise else new)["seen"] = found["seen"]
    return Merged({name: value for name, value in new.items() if there.get(name) != value}, otherwise)


def record(body: bytes | None, path: str, name: str) -> dict[str, object]:
    """Return what a file of records says of a picture, as it stands there; `name` is what a Fault calls the file.

    Raises Fault when it cannot be read.
    """
    document = _parsed(body, name)[0]
    key = _key(document, path)
    found = document.unwrap()[key] if key is not None else {}
    if not isinstance(found, dict):
        raise Fault(_unwritable(f"What it says of {path} is no record", name))
    return found


def with_record(body: bytes | None, path: str, fields: Mapping[str, object], name: str) -> bytes:
    """Return the bytes of a file of records with these fields of a picture set, each where it stands or at the end.

    `path` is the picture's, POSIX below content/; a new record stands last. `name` is what a Fault calls the file.
    Raises Fault when it cannot be read, or would not be read as meant.
    """
    before = record(body, path, name)
    document, mark, new_line = _parsed(body, name)
    every = document.unwrap()
    values = _in_order(fields)
    key = _key(document, path)
    if key is None:
        key = normalize("NFC", path)
        text = document.as_string()
        parting = "\n" * (2 - min(2, len(text) - len(text.rstrip("\n")))) if text else ""
        written = text + parting + shown(path, values)
    else:
        _set(document[key], values)
        written = document.as_string()
    after = mark + written.replace("\n", new_line).encode()
    if _parsed(after, name)[0].unwrap() != {**every, key: {**before, **values}}:
        raise Fault(_unwritable(f"The record of {path} would not be read as meant", name))
    return after


def shown(path: str, fields: Mapping[str, object]) -> str:
    """Return a record as it stands in the file, a line each with its end."""
    import tomlkit

    return f"[{tomlkit.string(normalize('NFC', path)).as_string()}]\n{tomlkit.dumps(_in_order(fields))}"


def _in_order(fields: Mapping[str, object]) -> dict[str, object]:
    """Return fields in their order, as TOML has them: one creator is a text, several are a list."""
    values = {name: fields[name] for name in sorted(fields, key=ORDER.index)}
    creators = values.get("creator")
    if isinstance(creators, tuple | list):
        values["creator"] = creators[0] if len(creators) == 1 else list(creators)
    return values


def _parsed(body: bytes | None, name: str) -> tuple[TOMLDocument, bytes, str]:
    """Return a file of records, its byte order mark, and the line end that all its lines have."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    body = body or b""
    mark = codecs.BOM_UTF8 if body.startswith(codecs.BOM_UTF8) else b""
    try:
        text = body.decode("utf-8-sig")
        windows = text.count("\r\n") == text.count("\n") > 0
        return tomlkit.parse(text.replace("\r\n", "\n") if windows else text), mark, "\r\n" if windows else "\n"
    except (ValueError, RecursionError, TOMLKitError) as error:
        raise Fault(*(from_toml(body, name)[1] or [_unwritable("The file is no TOML", name)])) from error


def _key(document: TOMLDocument, path: str) -> str | None:
    """Return the name under which a picture's record stands, composed or not; None when there is none."""
    return next((key for key in document if normalize("NFC", key) == normalize("NFC", path)), None)


def _set(table: Any, values: Mapping[str, object]) -> None:  # noqa: ANN401  tomlkit has two kinds of table
    """Set fields of a record; new ones go before the comments that part it from the next one."""
    pieces = table.value.body
    end = next((number for number in range(len(pieces), 0, -1) if pieces[number - 1][0] is not None), 0)
    after = pieces[end:]
    del pieces[end:]
    for name, value in values.items():
        table[name] = value
    pieces.extend(after)


def _meaning(name: str, value: object) -> object:
    """Return what tells a field's value from another: spellings of one licence, or of one address, are the same."""
    if name == "creator":
        return tuple(map(str, value)) if isinstance(value, tuple | list) else (str(value),)
    text = str(value).strip()
    if name == "license":
        known = by_name(text)
        return known.code if known else text.casefold()
    return text.rstrip("/")


def _unwritable(what: str, name: str) -> Problem:
    return Problem(
        "unwritable-record", f"{what}, and so no record can be written there.", "Mend it first.", Place(name)
    )
