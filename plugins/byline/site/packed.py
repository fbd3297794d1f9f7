"""What is kept of a source, as bytes in three parts: what a listing needs, the text, its counts.

Not where it is kept, nor for how long.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import struct
import sys
from array import array
from dataclasses import astuple
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from byline.related.terms import Counts
from byline.values import excerpt
from byline.values.content import Content
from byline.values.post import Internal, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from byline.related.kept_counts import Key

_SEAL = 16
_FORMS = 1_000
_HEAD = struct.Struct(">II")
_DATES = {"date", "datetime", "time", "timedelta", "timezone"}
_OTHERS = {("byline.credits.shown", "Found"), ("byline.credits.shown", "Shown"), ("byline.related.further", "Further")}
_BROKEN = (pickle.UnpicklingError, AttributeError, KeyError, TypeError, ValueError, IndexError, EOFError)
"""What taking values out of any bytes may raise."""


class Packed(NamedTuple):
    """The three parts, sealed, but for the text, whose digest is a seal; `counts` are empty where none are wanted."""

    listed: bytes
    text: bytes
    counts: bytes


class Listed(NamedTuple):
    """What a listing needs of a source: its Reading; what the counts of its terms are of, where they are wanted."""

    reading: Reading
    of: Key | None = None


def packed(reading: Reading, known: Sequence[object], of: Key | None, counts: Counts | None) -> Packed:
    """Pack a Reading, what is known of its Content, and the counts of its terms with what they are of."""
    internal = tuple(map(astuple, reading.internal))
    front = (reading.path, dict(reading.front), tuple(reading.lines.items()), reading.problems, reading.asked)
    said = (excerpt.summary(reading), excerpt.question(reading))
    listed = _sealed((*front, internal, reading.hotlinks, *said, tuple(known), of))
    return Packed(listed, reading.content.html.encode(), _sealed((bytes(counts.terms), *counts[1:])) if counts else b"")


def joined(parts: Packed) -> bytes:
    """Return the parts one after the other, the lengths of the first two before them."""
    return _HEAD.pack(len(parts.listed), len(parts.text)) + b"".join(parts)


def parted(body: bytes) -> Packed:
    """Return the parts that were joined."""
    first, second = _HEAD.unpack_from(body)
    start, middle = _HEAD.size, _HEAD.size + first
    return Packed(body[start:middle], body[middle : middle + second], body[middle + second :])


def listed(body: bytes, content: Callable[[str, tuple[object, ...]], Content]) -> Listed | None:
    """Return what a listing needs, or None where the bytes are not that.

    `content` answers the Content at a path of which this is known.
    """
    try:
        path, front, lines, problems, asked, internal, hotlinks, summary, question, known, of = _opened(body)
        internals = tuple(Internal(*one) for one in internal)
        # The same few keys in every front matter are the same texts in memory.
        values = {sys.intern(key): value for key, value in front.items()}
        text = content(path, known)
        return Listed(
            Reading(path, values, _lines(lines), text, problems, asked, internals, hotlinks, summary, question), of
        )
    except _BROKEN:
        return None


def text(body: bytes, of: str) -> Content | None:
    """Return the Content whose HTML these bytes are, or None where they are not what this is the digest of."""
    return Content(body.decode()) if hashlib.sha256(body).hexdigest() == of else None


def counts(body: bytes) -> Counts | None:
    """Return the counts, or None where the bytes are not that."""
    try:
        terms, *said = _opened(body)
        return Counts(array("Q", terms), *said)
    except _BROKEN:
        return None


@lru_cache(_FORMS)
def _lines(of: tuple[tuple[str, int], ...]) -> Mapping[str, int]:
    """Return the lines of keys: most front matter has one of a few forms, and what has the same shares this."""
    return {sys.intern(key): line for key, line in of}


def _sealed(value: object) -> bytes:
    """Return a value as bytes that begin with a digest of the rest."""
    body = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return hashlib.blake2b(body, digest_size=_SEAL).digest() + body


def _opened(body: bytes) -> Any:  # noqa: ANN401  whatever it is
    """Return what was sealed. Raises one of what bytes that are not that may raise."""
    if hashlib.blake2b(body[_SEAL:], digest_size=_SEAL).digest() != body[:_SEAL]:
        message = "the seal is broken"
        raise pickle.UnpicklingError(message)
    return _Opener(io.BytesIO(body[_SEAL:])).load()


class _Opener(pickle.Unpickler):
    """Takes values of ours and dates out of a file, and nothing else: it may be there that others can write."""

    def find_class(self, module: str, name: str) -> object:
        """Return a class that may be there. Raises UnpicklingError for any other."""
        return _value(module, name)


@cache
def _value(module: str, name: str) -> object:
    """Return a class whose values may be in a file. Raises UnpicklingError for any other."""
    ours = module.startswith("byline.values.") or (module, name) in _OTHERS
    if ours or (module == "datetime" and name in _DATES):
        found: object = getattr(import_module(module), name)
        return found
    message = f"{module}.{name} is no value"
    raise pickle.UnpicklingError(message)
