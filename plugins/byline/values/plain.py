"""Plain data as a text: the same for the same data, in any process.

Not a format to be read again: it is made to be compared, or digested.
"""

from __future__ import annotations

from datetime import date
from pathlib import PurePath


def as_text(value: object) -> str | None:
    """Return plain data as a text that is another for other data; None where any of it is no plain data.

    Plain are None, numbers, texts, bytes, dates and paths, and dicts, lists, tuples and sets of them.
    """
    if value is None or isinstance(value, str | int | float | bytes | date | PurePath):
        return f"{type(value).__name__}:{value!r}"
    if isinstance(value, dict):
        parts = [as_text(part) for pair in value.items() for part in pair]
    elif isinstance(value, list | tuple):
        parts = [as_text(part) for part in value]
    elif isinstance(value, set | frozenset):
        parts = sorted(map(as_text, value), key=str)
    else:
        return None
    return None if None in parts else f"{type(value).__name__}:{len(parts)}({' '.join(map(str, parts))})"
