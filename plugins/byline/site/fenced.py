"""What stands between fences, as keys with plain texts: YAML between `---`, TOML between `+++`.

Not a general reader of either: nothing in it can build an object, and nothing nests without end.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_DEEPEST = 8
"""How deep lists and tables may nest in each other."""

_TOO_DOTTED = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){32}")
"""A key of so many parts costs `tomllib` the square of their number."""

Pair = tuple[str, object, int]
"""A key as written, its value (texts, tuples and dicts of texts), the number from 1 of its line."""


class UnreadableError(ValueError):
    """The text is not of its format; `line` is counted from 1."""

    def __init__(self, why: str, line: int = 1) -> None:
        super().__init__(" ".join(why.split()).rstrip("."))
        self.line = line


def yaml_pairs(text: str) -> Iterator[Pair]:
    """Yield the pairs of a YAML mapping; scalars stay as written: `No` is a word, `1.10` a version, null is nothing.

    Read by its events, so no tag and no alias can do anything. Raises UnreadableError.
    """
    events = yaml.parse(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # the C parser where PyYAML has it
    try:
        top = next(event for event in events if isinstance(event, yaml.NodeEvent | yaml.StreamEndEvent))
        if isinstance(top, yaml.MappingStartEvent):
            yield from _pairs(events, 1)
            if any(isinstance(event, yaml.DocumentStartEvent) for event in events):
                raise UnreadableError("it holds a second document")
        elif isinstance(top, yaml.NodeEvent):
            raise _wrong(top, "it is no list of `key: value` lines")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise UnreadableError(getattr(error, "problem", None) or str(error), mark.line + 1 if mark else 1) from error


def _pairs(events: Iterator[yaml.Event], depth: int) -> Iterator[Pair]:
    """Yield the pairs up to the end of a mapping."""
    for event in iter(lambda: next(events), None):
        if isinstance(event, yaml.MappingEndEvent):
            return
        if not isinstance(event, yaml.ScalarEvent):
            raise _wrong(event, "a key is no word")
        yield event.value, _value(events, next(events), depth), _line(event)


def _value(events: Iterator[yaml.Event], event: yaml.Event, depth: int) -> object:
    """Return a scalar as text, a sequence as a tuple without its nulls, a mapping as a dict."""
    if isinstance(event, yaml.ScalarEvent):
        return "" if not event.style and event.value in _NULLS else event.value.strip()
    if isinstance(event, yaml.AliasEvent):
        raise _wrong(event, "aliases (`*name`) are not read")
    if depth > _DEEPEST:
        raise _wrong(event, "it nests too deeply")
    if isinstance(event, yaml.MappingStartEvent):
        return {key: value for key, value, _line in _pairs(events, depth + 1)}
    parts = []
    while not isinstance(part := next(events), yaml.SequenceEndEvent):
        parts.append(_value(events, part, depth + 1))
    return tuple(part for part in parts if part != "")


def _wrong(event: yaml.Event, why: str) -> UnreadableError:
    return UnreadableError(why, _line(event))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def toml_pairs(text: str) -> Iterator[Pair]:
    """Yield the pairs of a TOML document, numbers and dates as text again. Raises UnreadableError."""
    if too_dotted := _TOO_DOTTED.search(text):
        raise UnreadableError("it nests too deeply", text.count("\n", 0, too_dotted.start()) + 1)
    try:
        for key, value in tomllib.loads(text, parse_float=str).items():
            named = re.search(rf"(?m)^[ \t]*\[*[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[\]=.]", text)
            yield key, _text(value, 1), text.count("\n", 0, named.start()) + 1 if named else 1
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"at line (\d+)", str(error))
        raise UnreadableError(str(error).partition(" (at ")[0], int(where[1]) if where else 1) from error
    except RecursionError as error:
        raise UnreadableError("it nests too deeply") from error


def _text(value: object, depth: int) -> object:
    """Return a scalar as text, an array as a tuple, a table as a dict."""
    if depth > _DEEPEST:
        raise UnreadableError("it nests too deeply")
    if isinstance(value, list):
        return tuple(_text(part, depth + 1) for part in value)
    if isinstance(value, dict):
        return {key: _text(part, depth + 1) for key, part in value.items()}
    return str(value).lower() if isinstance(value, bool) else str(value)
