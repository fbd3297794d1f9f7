"""The files of the ledger as text: what they say, and what is wrong with them.

Not the folder they are in: that is `ledger`. JSON (RFC 8259) in UTF-8, keys sorted, one a line, so that git can merge
two versions. What says nothing is left out; what this version does not know stays where it was.
Long, as whatever is written is read again here, and told by its line where it cannot be.
"""

from __future__ import annotations

import dataclasses
import json
import re
from codecs import BOM_UTF8
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from byline.sharing.copies import Act, Copies, Copy, Heard, How, Mention, State
from byline.values.text import line_of, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import StrEnum

Document = dict[str, Any]
"""A file as JSON: what is known of it and what is not."""

SCHEMA = 1
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: |$)", re.MULTILINE)
_QUOTED = 80
"""So many characters of what is written are said again."""


class BrokenError(ValueError):
    """The text says nothing that may be relied on: why, in a sentence, and in which line, from 1, where it is known."""

    def __init__(self, why: str, line: int | None = None, *, conflict: bool = False) -> None:
        super().__init__(why)
        self.line = line
        self.conflict = conflict


class _WrongError(ValueError):
    """A value is not what its key wants: where it stands, key by key; its text is a sentence."""

    def __init__(self, why: str, *keys: str) -> None:
        super().__init__(why)
        self.keys = keys


class _IllTypedError(Exception):
    """A value that a field cannot have; its text says what the field wants."""


def parsed(body: bytes) -> Document:
    """Return a file as it stands there. Raises BrokenError when it is torn, unmerged, or of another schema."""
    try:
        text = body.removeprefix(BOM_UTF8).decode()
        document = _DECODER.decode(text)
    except UnicodeDecodeError as error:
        raise BrokenError("It is no UTF-8.", body.count(b"\n", 0, error.start) + 1) from error
    except json.JSONDecodeError as error:
        if mark := _CONFLICT.search(text):
            line = line_of(text, mark.start())
            raise BrokenError("It holds two versions that git could not merge.", line, conflict=True) from error
        raise BrokenError(f"It is no JSON: {error.msg}.", error.lineno) from error
    except _WrongError as error:
        raise BrokenError(str(error)) from error
    except (ValueError, RecursionError) as error:
        raise BrokenError("It is no JSON that can be read.") from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        found = document.get("schema") if isinstance(document, dict) else None
        why = "It is none of the ledger's files." if found is None else f"Its schema {found!r} is unknown here."
        raise BrokenError(why, _line(text, ("schema",)))
    return document


def copies(key: str, body: bytes) -> Copies:
    """Return a post's copies as its file has them; `key` is the post's. Raises BrokenError."""
    document = parsed(body)
    try:
        said = {name: _text(document.get(name), name) for name in ("id", "url", "name")}
        entries = _object(document.get("copies"), "copies")
        pages = _object(document.get("mentions", {}), "mentions")
        return Copies(
            key,
            **said,
            copies={account: _copy(account, entry) for account, entry in entries.items()},
            mentions={page: _mention(page, entry) for page, entry in pages.items()},
            mentioned=_text(document.get("mentioned", ""), "mentioned"),
        )
    except _WrongError as error:
        raise BrokenError(str(error), _line(body.decode("utf-8-sig"), error.keys)) from error


def adopted(body: bytes) -> dict[str, frozenset[str]]:
    """Return the post keys by account, as their file has them. Raises BrokenError."""
    document = parsed(body)
    try:
        return {
            account: _keys(account, keys) for account, keys in _object(document.get("accounts"), "accounts").items()
        }
    except _WrongError as error:
        raise BrokenError(str(error), _line(body.decode("utf-8-sig"), error.keys)) from error


def with_copy(body: bytes | None, post: Copies, account: str, copy: Copy) -> bytes:
    """Return a post's file with this copy, all else as it was; None: there is no file yet. Raises BrokenError."""
    document = _begun(post) if body is None else parsed(body)
    unknown = {key: value for key, value in document["copies"].get(account, {}).items() if key not in _FIELDS}
    document["copies"][account] = unknown | _written(copy)
    return _dumped(document)


def with_mentions(body: bytes | None, post: Copies, mentions: Mapping[str, Mention], mentioned: str) -> bytes:
    """Return a post's file with these pages that were told of it, all else as it was. Raises BrokenError."""
    document = _begun(post) if body is None else parsed(body)
    pages = document.setdefault("mentions", {})
    for page, mention in mentions.items():
        unknown = {key: value for key, value in pages.get(page, {}).items() if key not in _MENTION}
        pages[page] = unknown | _said(mention)
    document["mentioned"] = mentioned
    return _dumped(document)


def with_adopted(body: bytes | None, account: str, keys: frozenset[str]) -> bytes:
    """Return the file of adopted posts with these of an account, too; None: there is none yet. Raises BrokenError."""
    document: Document = {"schema": SCHEMA, "accounts": {}} if body is None else parsed(body)
    document["accounts"][account] = sorted(keys.union(document["accounts"].get(account, ())))
    return _dumped(document)


def _begun(post: Copies) -> Document:
    """Return a post's file in which nothing is known yet."""
    return {"schema": SCHEMA, "id": post.id, "url": post.url, "name": post.name, "copies": {}}


def _dumped(document: Document) -> bytes:
    # Half of a pair of surrogates, which a network may answer, has no UTF-8: it stands as the escape that JSON has.
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode(errors="backslashreplace")


def _written(copy: Copy) -> dict[str, object]:
    """Return the fields of a copy that say something; a message under way as an object, so that a diff can be read."""
    fields = _said(copy)
    if copy.ids:
        fields["ids"] = dict(copy.ids)
    if copy.sending:
        fields["sending"] = _message(copy.sending)
    return fields


def _said(record: Copy | Mention) -> Document:
    """Return the fields that say something; dates in UTC."""
    fields: Document = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise ValueError(f"{field.name} has no time zone")
            value = value.astimezone(UTC).isoformat()
        if field.name == "state" or (value and value != field.default):
            fields[field.name] = value
    return fields


def _message(text: str) -> object:
    """Return a message as an object where exactly this text comes of it again; else the text."""
    try:
        message = json.loads(text)
        return message if isinstance(message, dict) and _compact(message) == text else text
    except (ValueError, RecursionError):
        return text


def _compact(message: Mapping[str, object]) -> str:
    return json.dumps(message, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _copy(account: str, entry: object) -> Copy:
    return Copy(**_read(_FIELDS, entry, "copies", account))


def _mention(page: str, entry: object) -> Mention:
    return Mention(**_read(_MENTION, entry, "mentions", page))


def _read(fields: Mapping[str, Callable[[Any], Any]], entry: object, part: str, name: str) -> Document:
    """Return the fields of an entry that are known here. Raises _WrongError."""
    found: Document = {}
    for key, value in _object(entry, part, name).items():
        if read := fields.get(key):
            try:
                found[key] = read(value)
            except _IllTypedError as error:
                said = shortened(repr(value), _QUOTED)
                raise _WrongError(f"{name}: {key} is {said}, and should be {error}.", part, name, key) from error
    if "state" not in found:
        raise _WrongError(f"{name} has no state.", part, name)
    return found


def _keys(account: str, keys: object) -> frozenset[str]:
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise _WrongError(f"{account} has no list of post keys.", "accounts", account)
    return frozenset(keys)


def _object(value: object, *keys: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _WrongError(f'"{keys[-1]}" is no object.', *keys)
    return value


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object's pairs; of two alike, as a merge leaves them, none may be taken for the right one."""
    found = dict(pairs)
    if len(found) != len(pairs):
        twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise _WrongError(f'"{twice}" stands twice.')
    return found


def _line(text: str, keys: tuple[str, ...]) -> int:
    """Return the line of a key below others; of the nearest above it where it is not there."""
    at = 0
    for key in keys:
        written = re.escape(json.dumps(key, ensure_ascii=False))
        found = re.compile(rf"{written}\s*:").search(text, at)
        at = found.start() if found else at
    return line_of(text, at)


def _text(value: object, *keys: str) -> str:
    if not isinstance(value, str):
        raise _WrongError(f'"{keys[-1]}" is no text.', *keys)
    return value


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise _IllTypedError("a text")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _IllTypedError("a whole number, not below 0")
    return value


def _date(value: object) -> datetime:
    try:
        date = datetime.fromisoformat(_words(value))
    except ValueError as error:
        raise _IllTypedError("a date of ISO 8601") from error
    if date.tzinfo is None:
        raise _IllTypedError("a date with its time zone")
    return date


def _ids(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(part, str) for part in value.values()):
        raise _IllTypedError("an object of texts")
    return value


def _sending(value: object) -> str:
    try:
        return _compact(value) if isinstance(value, dict) else _words(value)
    except (ValueError, RecursionError) as error:
        raise _IllTypedError("a message") from error


def _one_of(kind: type[StrEnum], value: object) -> StrEnum:
    try:
        return kind(value)  # type: ignore[arg-type]  # what is no text is none of them
    except ValueError as error:
        raise _IllTypedError(f"one of {', '.join(kind)}") from error


_FIELDS: Mapping[str, Callable[[Any], Any]] = {
    "state": partial(_one_of, State),
    "act": partial(_one_of, Act),
    "how": partial(_one_of, How),
    "sending": _sending,
    "ids": _ids,
    "tries": _count,
    **dict.fromkeys(("key", "payload", "made_of", "refused", "url", "error"), _words),
    **dict.fromkeys(("created", "first", "last", "not_before"), _date),
}
"""How the value of each field of a copy is read."""
_MENTION: Mapping[str, Callable[[Any], Any]] = {
    "state": partial(_one_of, Heard),
    "tries": _count,
    **dict.fromkeys(("payload", "source", "error"), _words),
    **dict.fromkeys(("last", "not_before"), _date),
}
"""How the value of each field of a mention is read."""
_DECODER = json.JSONDecoder(object_pairs_hook=_each_once)
