"""What was measured of pictures, remembered by a file's size and time of change, so that none is read twice.

Not needed by anybody: without its file, or with garbage in it, pictures are measured anew; faults always are.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from byline.credits.tones import TONES, tone
from byline.edges import files, pictures
from byline.values.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from byline.values.problem import Problem

_SCHEMA = 1
_Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a file that had this size and time of change; `colour` is None while nobody asked for it."""

    stamp: _Stamp | None
    head: pictures.Head
    colour: str | None = None


class Measures:
    """The measures of the pictures below `content`; `file` holds those of the last time."""

    def __init__(self, content: Path, file: Path) -> None:
        """Read the file."""
        self._content = content
        self._file = file
        self._known: dict[str, _Known] = dict(_read(file))
        self._changed = False

    def of(self, path: str) -> pictures.Head:
        """Return what the head of the file at a path below content/ says; a fault calls it by that path."""
        return self._of(path).head

    def colour(self, path: str) -> str:
        """Return the tone (credits/tones) that stands for a picture; empty where it is transparent or faulty."""
        known = self._of(path)
        if known.colour is None:
            known = self._note(path, replace(known, colour=self._toned(path, known.head)))
        return known.colour or ""

    def spoil(self, path: str, fault: Problem) -> None:
        """Note what turned out wrong with a picture when it was decoded; it counts until the file changes."""
        known = self._of(path)
        self._note(path, replace(known, head=replace(known.head, fault=fault)))

    def save(self) -> None:
        """Write down what was measured, if there is anything new, of files that are still as they were."""
        if not self._changed:
            return
        rows = {
            path: _row(known)
            for path, known in sorted(self._known.items())
            if not known.head.fault and known.stamp and files.stamp(self._content / path) == known.stamp
        }
        body = json.dumps({"schema": _SCHEMA, "pictures": rows}, ensure_ascii=False, indent=1) + "\n"
        files.write(self._file, body.encode())
        self._changed = False

    def _of(self, path: str) -> _Known:
        stamp = files.stamp(self._content / path)
        known = self._known.get(path)
        if known is None or stamp is None or known.stamp != stamp:
            return self._note(path, _Known(stamp, pictures.measured(self._content / path, path)))
        return known

    def _note(self, path: str, known: _Known) -> _Known:
        self._known[path] = known
        self._changed = self._changed or not known.head.fault
        return known

    def _toned(self, path: str, head: pictures.Head) -> str:
        if head.fault or not head.width:
            return ""
        try:
            found = pictures.colour(self._content / path, path)
        except Fault:
            return ""  # an SVG, or a picture whose head alone is whole: whoever makes its renditions tells it
        return tone(found) if found else ""


def _row(known: _Known) -> dict[str, object]:
    head = known.head
    return {
        "stamp": known.stamp,
        "digest": head.digest,
        "size": (head.width, head.height),
        "type": head.media_type,
        "still": head.still,
        "xmp": _packed(head.xmp),
        "iim": _packed(head.iim),
        "located": head.located,
        "colour": known.colour,
    }


def _read(file: Path) -> Mapping[str, _Known]:
    try:
        written = json.loads(files.read_if_there(file) or b"{}")
        if written["schema"] != _SCHEMA:
            return {}
        return {str(path): _known(row) for path, row in written["pictures"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error):
        return {}


def _known(row: Mapping[str, Any]) -> _Known:
    size, time = row["stamp"]
    width, height = row["size"]
    colour = row["colour"]
    if colour not in {None, "", *TONES}:
        raise ValueError(colour)
    head = pictures.Head(
        str(row["digest"]),
        int(width),
        int(height),
        str(row["type"]),
        bool(row["still"]),
        None,
        _unpacked(row["xmp"]),
        _unpacked(row["iim"]),
        bool(row["located"]),
    )
    return _Known((int(size), int(time)), head, colour)


def _packed(body: bytes) -> str:
    """Return bytes as text that is short: packets of XMP are padded with kilobytes of spaces."""
    return b64encode(zlib.compress(body)).decode() if body else ""


def _unpacked(text: str) -> bytes:
    return zlib.decompress(b64decode(text)) if text else b""
