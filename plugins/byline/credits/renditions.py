"""Which renditions of a picture there are, and what they are called: a pure plan, the same on every machine.

Not the making: that is `edges/encoding`.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from byline.edges.encoding import ENCODING
from byline.values.photo import Rendition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from byline.edges.pictures import Measured
    from byline.values.settings import Photos

FOLDER = "renditions"
"""Where they stand, below output/."""
SMALLEST = 320
"""A picture narrower than this, in pixels, is shown as it is."""
_OWN = {
    "image/jpeg": "image/jpeg",
    "image/png": "image/png",
    "image/gif": "image/png",
    "image/webp": "image/webp",
    "image/avif": "image/avif",
}
"""The format in which a picture is shown to those who know no newer one; a GIF's is better compressed as PNG."""
_SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/avif": "avif"}
_RATIO = re.compile(r"\s*(\d{1,4}(?:\.\d{1,4})?)\s*[:/]\s*(\d{1,4}(?:\.\d{1,4})?)\s*")
_NEARLY = 0.005
"""A picture whose ratio is that near to what is asked for is left whole: cameras don't count to the pixel."""
_LONGEST_STEM = 40
_TALLEST = {"image/webp": 16_383}
"""How high a picture of a format can be, in pixels, where that is less than what is opened (RFC 9649, 2.7.1.1)."""

Box = tuple[int, int, int, int]


def planned(stem: str, measured: Measured, settings: Photos, crop: str, xmp: bytes) -> tuple[Rendition, ...]:
    """Return a picture's renditions, a format after the other, each from small to large, the file's own format last.

    `stem` is the file's name, with or without its ending; `crop` a ratio such as "16:9", or empty; `xmp` the packet
    that goes into them. None of a picture that is faulty, moves, is drawn (SVG), or is narrow.
    """
    own = _OWN.get(measured.media_type)
    if own is None or measured.fault or not measured.still:
        return ()
    box = crop_box(crop, measured.width, measured.height)
    left, top, right, bottom = box or (0, 0, measured.width, measured.height)
    widths = _widths(settings.widths, right - left)
    if right - left < SMALLEST or not widths:
        return ()
    # One for all of them: what else they are made of, their names say; and pages with fewer digests are smaller.
    name = f"{FOLDER}/{_slug(stem)}.{_digest(measured.digest, box, xmp)}"
    made = []
    heights = [max(1, round(width * (bottom - top) / (right - left))) for width in widths]
    for media_type in _formats(settings.formats, own):
        if heights[-1] > _TALLEST.get(media_type, heights[-1]):
            continue
        suffix = _SUFFIXES[media_type]
        for width, height in zip(widths, heights, strict=True):
            made.append(Rendition(f"{name}-{width}w.{suffix}", width, height, media_type, box))
    return tuple(made)


def crop_box(crop: str, width: int, height: int) -> Box | None:
    """Return the middle of a picture that has a ratio such as "16:9": left, top, right, bottom in its pixels.

    None when nothing is to be cut off: no ratio is asked for, none that can be read, or the picture has it.
    """
    ratio = ratio_of(crop)
    if ratio is None or not width or not height or abs(width / height / ratio - 1) < _NEARLY:
        return None
    if width / height > ratio:
        across = max(1, round(height * ratio))
        left = (width - across) // 2
        return (left, 0, left + across, height)
    down = max(1, round(width / ratio))
    top = (height - down) // 2
    return (0, top, width, top + down)


def ratio_of(crop: str) -> float | None:
    """Return width through height of a ratio such as "16:9"; None when it is none."""
    found = _RATIO.fullmatch(crop)
    if not found or not float(found[1]) or not float(found[2]):
        return None
    return float(found[1]) / float(found[2])


def _widths(wanted: list[int], whole: int) -> list[int]:
    """Return the widths, small to large: those asked for that are narrower than the picture, and its own."""
    asked = sorted({width for width in wanted if width > 0})
    if not asked:
        return []
    return [*(width for width in asked if width < whole), *([whole] if whole <= asked[-1] else [])]


def _formats(wanted: Sequence[str], own: str) -> list[str]:
    """Return the media types, the file's own last; one that is larger than it, as it comes after it, is left out."""
    before: list[str] = []
    for name in wanted:
        media_type = f"image/{name}"
        if media_type == own:
            break
        if media_type not in before:
            before.append(media_type)
    return [*before, own]


def _slug(stem: str) -> str:
    """Return a name for addresses in ASCII, from a file's name."""
    ascii_ = unicodedata.normalize("NFKD", PurePosixPath(stem).stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_)[:_LONGEST_STEM].strip("-") or "picture"


def _digest(*made_of: object) -> str:
    """Return 16 hex digits that change with anything a rendition is made of."""
    named = [part.hex() if isinstance(part, bytes) else part for part in (ENCODING, *made_of)]
    return hashlib.sha256(json.dumps(named).encode()).hexdigest()[:16]
