"""Formats of pictures, told by how a file begins and ends; and the size that an SVG says it has.

Not a decoder, and not a guess from a file's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
LONGEST_PACKET = 65_000
"""Bytes of XMP that a picture is given: a JPEG holds it in one segment of 64 KiB (XMP, part 3, 1.1.3)."""
_ATTRIBUTE = re.compile(rb"""\s+([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_ELEMENT = re.compile(rb"<((?:[A-Za-z][\w.-]*:)?[A-Za-z][\w.-]*)(?=[\s/>])")
_LENGTH = re.compile(rb"\s*(\d{0,6}(?:\.\d{1,6})?)\s*(px|in|cm|mm|q|pt|pc|)\s*", re.IGNORECASE)
_PIXELS = {
    b"": 1.0,
    b"px": 1.0,
    b"in": 96.0,
    b"cm": 96 / 2.54,
    b"mm": 96 / 25.4,
    b"q": 96 / 101.6,
    b"pt": 96 / 72,
    b"pc": 16.0,
}
"""CSS pixels in a unit (CSS Values 4, 6.2)."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the name that people and Pillow have for it, its media type, and whether pages may show it."""

    name: str
    media_type: str
    shown: bool = True


JPEG = Format("JPEG", "image/jpeg")
PNG = Format("PNG", "image/png")
GIF = Format("GIF", "image/gif")
WEBP = Format("WEBP", "image/webp")
AVIF = Format("AVIF", "image/avif")
SVG = Format("SVG", "image/svg+xml")
HEIF = Format("HEIF", "image/heif", shown=False)
_BEGINNINGS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\0", Format("TIFF", "image/tiff", shown=False)),
    (b"MM\0*", Format("TIFF", "image/tiff", shown=False)),
    (b"\xff\x0a", Format("JPEG XL", "image/jxl", shown=False)),
    (b"\0\0\0\x0cJXL \r\n\x87\n", Format("JPEG XL", "image/jxl", shown=False)),
    (b"\0\0\0\x0cjP  \r\n\x87\n", Format("JPEG 2000", "image/jp2", shown=False)),
    (b"8BPS", Format("PSD", "image/vnd.adobe.photoshop", shown=False)),
    (b"BM", Format("BMP", "image/bmp", shown=False)),
)
_ENDINGS = {JPEG: b"\xff\xd9", PNG: b"IEND\xaeB`\x82", GIF: b"\0;"}
"""How a whole file ends: JPEG's EOI (ITU T.81, B.1.1.3), the last chunk (PNG 3, 11.2.5), the trailer (GIF89a, 27)."""


def format_of(head: bytes) -> Format | None:
    """Return the format of a file that begins so (some 64 KiB suffice); None for none that is known."""
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        # ISO/IEC 14496-12, 4.3: the major brand, a version, then the brands it is compatible with.
        box = head[8 : min(int.from_bytes(head[:4], "big"), 512)]
        brands = {box[at : at + 4] for at in range(0, len(box), 4)}
        return AVIF if brands & AVIF_BRANDS else HEIF if brands & _HEIF_BRANDS else None
    return SVG if _svg_attributes(head) is not None else None


def ends_well(found: Format, first: bytes, last: bytes, length: int) -> bool:
    """Tell whether a file of `length` bytes ends as its format does, from its first and last bytes (64 KiB suffice).

    When not, it may break off; or something else follows, as behind a phone's moving pictures.
    """
    if found is AVIF:
        return _boxes_end(first) <= length
    ending = _ENDINGS.get(found)
    return ending is None or last.rstrip(b"\0").endswith(ending)


def svg_size(head: bytes) -> tuple[int, int]:
    """Return width and height in CSS pixels that an SVG's first element gives (SVG 2, 8.2); 0 for what it leaves open.

    Nothing is parsed but that tag, so no entity is expanded.
    """
    attributes = _svg_attributes(head) or {}
    width, height = (_pixels(attributes.get(name, b"")) for name in (b"width", b"height"))
    box = re.split(rb"[\s,]+", attributes.get(b"viewBox", b"").strip())
    across, down = (_pixels(part) for part in box[2:]) if len(box) == 4 else (0.0, 0.0)  # noqa: PLR2004  x y width height
    if across and down:
        if not width and not height:
            width, height = across, down
        width = width or height * across / down
        height = height or width * down / across
    return round(width), round(height)


def _svg_attributes(head: bytes) -> dict[bytes, bytes] | None:
    """Return the attributes of the `svg` element that a text begins with; None when it begins with none."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text.startswith(b"<"):
        return None
    text = _COMMENT.sub(b"", text)
    first = _ELEMENT.search(text)
    if not first or first[1].rpartition(b":")[2] != b"svg":
        return None
    attributes: dict[bytes, bytes] = {}
    at = first.end()
    while found := _ATTRIBUTE.match(text, at):
        attributes.setdefault(found[1], found[2] or found[3] or b"")
        at = found.end()
    return attributes


def _boxes_end(first: bytes) -> int:
    """Return where the last box ends that begins in the first bytes of a file (ISO/IEC 14496-12, 4.2)."""
    at = 0
    while at + 16 <= len(first):
        size = int.from_bytes(first[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(first[at + 8 : at + 16], "big")
        if size < 8:  # noqa: PLR2004  0: it goes on to the end of the file; less than its own head: garbage
            break
        at += size
    return at


def _pixels(length: bytes) -> float:
    """Return a length in CSS pixels; 0 for one that hangs on something else, such as a percentage."""
    found = _LENGTH.fullmatch(length)
    return float(found[1] or 0) * _PIXELS[found[2].lower()] if found and found[1] != b"." else 0.0
