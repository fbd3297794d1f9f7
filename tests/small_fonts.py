"""Fonts for tests: a few glyphs of Byline's own, for whatever characters a test asks for.

Not beautiful: a Chinese character looks like an arrow, but it is none of .notdef's boxes.
"""

from __future__ import annotations

import struct
from pathlib import Path

BUNDLED = Path(__file__).parents[1] / "plugins" / "byline" / "credits" / "fonts"
SOURCE = (BUNDLED / "NotoSymbols.ttf").read_bytes()
FIRST_GLYPH = 3


def font(characters: str, *, weight: int = 400, page: int = 0, wide: bool = True, **changed: bytes) -> bytes:
    """Return a TrueType font with a glyph for each character, in a `cmap` of format 12 (wide) or 4.

    It is made for the code page with this bit; tables named in `changed` are added, replaced or, if empty, left out.
    """
    tables = _tables()
    tables["cmap"] = _groups(characters) if wide else _segments(characters)
    look = bytearray(tables["OS/2"])
    look[4:6] = struct.pack(">H", weight)
    look[78:82] = struct.pack(">I", 1 << page)
    tables["OS/2"] = bytes(look)
    return _assembled({tag: body for tag, body in (tables | changed).items() if body}, 0)


def collection(*characters: str) -> bytes:
    """Return a collection with one face for each text of characters."""
    body = b"ttcf" + struct.pack(">HHI", 1, 0, len(characters))
    at = len(body) + 4 * len(characters)
    starts, faces = [], b""
    for text in characters:
        starts.append(at + len(faces))
        faces += _assembled(_tables() | {"cmap": _groups(text)}, starts[-1])
    return body + struct.pack(f">{len(starts)}I", *starts) + faces


def _tables() -> dict[str, bytes]:
    count = int.from_bytes(SOURCE[4:6], "big")
    found = {}
    for number in range(count):
        tag, _checksum, offset, length = struct.unpack(">4sIII", SOURCE[12 + 16 * number : 28 + 16 * number])
        found[tag.decode()] = SOURCE[offset : offset + length]
    return found


def _assembled(tables: dict[str, bytes], base: int) -> bytes:
    """Return an sfnt whose offsets count from `base` bytes before it."""
    at = 12 + 16 * len(tables)
    directory, bodies = b"", b""
    for tag, body in sorted(tables.items()):
        padded = body + b"\0" * (-len(body) % 4)
        words = struct.unpack(f">{len(padded) // 4}I", padded)
        directory += struct.pack(">4sIII", tag.encode(), sum(words) & 0xFFFFFFFF, base + at + len(bodies), len(body))
        bodies += padded
    return b"\0\1\0\0" + struct.pack(">HHHH", len(tables), 0, 0, 0) + directory + bodies


def _groups(characters: str) -> bytes:
    codes = sorted(set(map(ord, characters)))
    groups = b"".join(struct.pack(">III", code, code, FIRST_GLYPH + at) for at, code in enumerate(codes))
    head = struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(codes))
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + head + groups


def _segments(characters: str) -> bytes:
    codes = [*sorted(set(map(ord, characters))), 0xFFFF]
    deltas = [(FIRST_GLYPH + at - code) & 0xFFFF for at, code in enumerate(codes[:-1])] + [1]
    lists = struct.pack(f">{len(codes)}H", *codes), struct.pack(f">{len(codes)}H", *deltas)
    body = lists[0] + b"\0\0" + lists[0] + lists[1] + b"\0\0" * len(codes)
    head = struct.pack(">HHHHHHH", 4, 14 + len(body), 0, 2 * len(codes), 0, 0, 0)
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + head + body
