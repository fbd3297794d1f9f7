"""Fonts: which characters a face has, how heavy it is, whether it slants, as its tables say (OpenType 1.9.1).

Not a drawing, and nothing is read but a few tables: FreeType draws. Garbage gives no faces, never an error.
"""

from __future__ import annotations

import hashlib
import sys
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Read = Callable[[int, int], bytes]
    """Returns so many bytes of a file from an offset on, or as many as there are."""

_MOST_FACES = 64
_MOST_TABLES = 256
_MOST_AXES = 64
_LONGEST_TABLE = 4 * 1024 * 1024
"""The largest `cmap` there is, of all of Chinese, has less than a tenth of it."""
_SFNT = {b"\0\1\0\0", b"OTTO", b"true"}
_OUTLINES = {b"glyf", b"CFF ", b"CFF2"}
_COLOURED = {b"CBDT", b"COLR", b"SVG ", b"sbix"}
"""Where glyphs have colours, their outlines are often empty, and pictures come in sizes of their own."""
_FOR_ALL = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platforms and encodings that are Unicode, the fullest first ("cmap", Platform IDs)."""
_SEGMENTS, _GROUPS = 4, 12


class Cut(Enum):
    """For what a text is set; the value is the weight it takes ("OS/2", usWeightClass)."""

    TITLE = 700
    TEXT = 400


class Characters:
    """The characters that have a glyph: a subtable of "cmap", format 4 or 12, searched as it stands."""

    def __init__(self, table: bytes, glyphs: int) -> None:
        """Search a subtable of a face that has so many glyphs."""
        self._table = table
        self._glyphs = glyphs
        self._wide = _number(table, 0) == _GROUPS
        if self._wide:  # groups of first character, last character, first glyph
            self._ends = _numbers("I", table[16 : 16 + 12 * _number(table, 12, 4)])[1::3]
        else:  # the last characters of all segments, then the first ones
            self._ends = _numbers("H", table[14 : 14 + _number(table, 6)])

    def __contains__(self, char: str) -> bool:
        """Tell whether a character has a glyph, one other than .notdef."""
        code = ord(char)
        at = bisect_left(self._ends, code)
        if at == len(self._ends):
            return False
        return 0 < (self._in_group(at, code) if self._wide else self._in_segment(at, code)) < self._glyphs

    def _in_group(self, at: int, code: int) -> int:
        """Return the glyph of a character, given the group that ends after it; 0 for none ("cmap", Format 12)."""
        start = _number(self._table, 16 + 12 * at, 4)
        return _number(self._table, 24 + 12 * at, 4) + code - start if start <= code else 0

    def _in_segment(self, at: int, code: int) -> int:
        """Return the glyph of a character, given the segment that ends after it; 0 for none ("cmap", Format 4)."""
        table, across = self._table, 2 * len(self._ends)
        starts = 16 + across + 2 * at
        start, delta, offset = (_number(table, starts + part * across) for part in (0, 1, 2))
        if code < start:
            return 0
        glyph = code
        if offset:
            # Counted from where the offset itself stands.
            glyph = _number(table, starts + 2 * across + offset + 2 * (code - start))
            if not glyph:
                return 0
        return (glyph + delta) & 0xFFFF


class Axis(NamedTuple):
    """What can be varied in a variable font, and how far."""

    tag: bytes
    least: float
    usual: float
    greatest: float


@dataclass(frozen=True, slots=True)
class Font:
    """A face of a font file: where it stands, what tells it from others, how it looks, what it has.

    `digest` changes with any of its tables; `plain` is upright, of normal width, with letters as wide as they are;
    `pages` are the languages it is made for, as bits ("OS/2", ulCodePageRange1); only variable fonts have `axes`.
    """

    path: Path
    face: int
    digest: str
    characters: Characters = field(repr=False, compare=False)
    weight: int = 400
    plain: bool = True
    serif: bool = False
    pages: int = 0
    axes: tuple[Axis, ...] = ()

    def has(self, cluster: str) -> bool:
        """Tell whether every character that is seen in the text has a glyph; joiners need none."""
        return all(char in self.characters for char in cluster if char not in "\u200c\u200d")

    def near(self, weight: int) -> int:
        """Return the weight nearest to this one that the face has."""
        for axis in self.axes:
            if axis.tag == b"wght":
                return round(min(max(weight, axis.least), axis.greatest))
        return self.weight


@dataclass(frozen=True, slots=True)
class Lettered:
    """A text with the fonts that have its characters, in the order in which they are asked for each."""

    text: str = ""
    fonts: tuple[Font, ...] = ()


def faces(path: Path, read: Read) -> tuple[Font, ...]:
    """Return the faces of a font file, or of a collection, that are in one colour and know Unicode; `read` reads it."""
    offsets = [0]
    if read(0, 4) == b"ttcf":
        table = read(12, 4 * min(_number(read(8, 4), 0, 4), _MOST_FACES))
        offsets = [_number(table, at, 4) for at in range(0, len(table), 4)]
    found = (_face(path, number, offset, read) for number, offset in enumerate(offsets))
    return tuple(face for face in found if face)


def _face(path: Path, number: int, offset: int, read: Read) -> Font | None:
    head = read(offset, 12)
    if head[:4] not in _SFNT:
        return None
    directory = read(offset + 12, 16 * min(_number(head, 4), _MOST_TABLES))
    tables = {
        directory[at : at + 4]: (_number(directory, at + 8, 4), _number(directory, at + 12, 4))
        for at in range(0, len(directory), 16)
    }
    if not _OUTLINES & tables.keys() or _COLOURED & tables.keys():
        return None

    def table(tag: bytes) -> bytes:
        start, length = tables.get(tag, (0, 0))
        return read(start, min(length, _LONGEST_TABLE))

    characters = _unicode(table(b"cmap"))
    if not characters:
        return None
    look, post = table(b"OS/2"), table(b"post")
    family, serif, proportion = look[32:33], look[33:34], look[35:36]
    latin = family == b"\2"  # PANOSE: Latin Text
    slanted = bool(_number(look, 62) & 0x201) or any(post[4:8])
    fixed = any(post[12:16]) or (latin and proportion == b"\x09")
    return Font(
        path,
        number,
        # The directory has a checksum of each table ("Table Directory").
        hashlib.sha256(head + directory).hexdigest()[:16],
        Characters(characters, _number(table(b"maxp"), 4)),
        _number(look, 4) or 400,
        plain=not slanted and not fixed and _number(look, 6) in {0, 5},
        serif=latin and b"\2" <= serif <= b"\x0a",
        pages=_number(look, 78, 4) if _number(look, 0) else 0,
        axes=_axes(table(b"fvar")),
    )


def _unicode(cmap: bytes) -> bytes:
    """Return the fullest subtable for Unicode of a format that is read here; empty for none."""
    found: Mapping[tuple[int, int], int] = {
        (_number(cmap, at), _number(cmap, at + 2)): _number(cmap, at + 4, 4)
        for at in range(4, min(4 + 8 * _number(cmap, 2), len(cmap)), 8)
    }
    for key in _FOR_ALL:
        table = cmap[found[key] :] if key in found else b""
        if _number(table, 0) in {_SEGMENTS, _GROUPS}:
            return table
    return b""


def _axes(fvar: bytes) -> tuple[Axis, ...]:
    """Return the axes of a variable font ("fvar", VariationAxisRecord)."""
    first, count, size = _number(fvar, 4), min(_number(fvar, 8), _MOST_AXES), _number(fvar, 10)
    records = [fvar[at : at + 16] for at in range(first, first + size * count, size or 1)]
    return tuple(Axis(axis[:4], _fixed(axis, 4), _fixed(axis, 8), _fixed(axis, 12)) for axis in records)


def _fixed(table: bytes, at: int) -> float:
    """Return a number with 16 bits of fraction ("Data types", Fixed)."""
    return int.from_bytes(table[at : at + 4], "big", signed=True) / 65536


def _numbers(kind: str, table: bytes) -> array[int]:
    """Return big-endian numbers of 16 bits (H) or 32 (I); what is left at the end is left out."""
    numbers = array(kind)
    numbers.frombytes(table[: len(table) // numbers.itemsize * numbers.itemsize])
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _number(table: bytes, at: int, size: int = 2) -> int:
    """Return a big-endian number; what lies beyond the end counts nothing."""
    return int.from_bytes(table[at : at + size], "big")
