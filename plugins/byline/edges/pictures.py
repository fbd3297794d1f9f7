"""Picture files: what their head says of them, their colour, and the door through which they are opened.

Not the making of renditions: that is `edges/encoding`; not the meaning of rights in a file: `credits/embedded`.
"""

from __future__ import annotations

import hashlib
import os
import re
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from byline.values.picture_format import AVIF, JPEG, PNG, SVG, WEBP, ends_well, format_of, svg_size
from byline.values.problem import Fault, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL.Image import Exif, Image

    from byline.values.picture_format import Format

MOST_PIXELS = 100_000_000
"""A picture with more is not opened: it may be made to fill the memory."""
WITHOUT_PLACE = "exiftool -overwrite_original -gps:all="
"""What a person types before a file's name to take out of it where it was taken."""
_END = 64 * 1024
_PILLOW = r"PIL\."
_PNG_XMP = b"iTXtXML:com.adobe.xmp\0"
_ORIENTATION, _GPS, _LATITUDE = 0x0112, 0x8825, 2
_IIM = 0x0404
"""The Photoshop resource that holds IPTC's IIM (Adobe Photoshop File Formats, Image Resource IDs)."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a picture without decoding it: size upright, in pixels; both 0 where the file leaves it open.

    `digest` is 16 hex digits of the SHA-256 of its first 64 KiB, its last, and its length; `media_type` is empty when
    it is no picture; `still` is False for one that moves; `fault` says, without a place, why it cannot be shown.
    """

    digest: str
    width: int = 0
    height: int = 0
    media_type: str = ""
    still: bool = True
    fault: Problem | None = None


@dataclass(frozen=True, slots=True)
class Head(Measured):
    """A picture measured, with the rights that its file holds, as they stand there: an XMP packet, IPTC's IIM.

    `located` is whether the file tells where the picture was taken.
    """

    xmp: bytes = b""
    iim: bytes = b""
    located: bool = False


def measured(path: Path, name: str = "") -> Head:
    """Return what the head of a file says; `name` is what a fault calls it, by default the file's own name."""
    try:
        first, last, length = _ends(path)
    except OSError as error:
        return Head("", fault=_broken(name or path.name, f"cannot be read: {error.strerror}"))
    digest = hashlib.sha256(b"%b%b%d" % (first, last, length)).hexdigest()[:16]
    found = format_of(first)
    if found is SVG:
        width, height = svg_size(first)
        return Head(digest, width, height, SVG.media_type)
    try:
        with opened(path, name) as image:
            width, height = upright_size(image)
            still = found is JPEG or not getattr(image, "is_animated", False)
            xmp, iim = _rights(image, last)
            located = _is_located(image)
            if found and not ends_well(found, first, last, length):
                image.draft(None, (1, 1))
                image.load()
    except Fault as fault:
        return Head(digest, media_type=found.media_type if found else "", fault=fault.problems[0])
    return Head(digest, width, height, found.media_type if found else "", still, None, xmp, iim, located)


def colour(path: Path, name: str = "") -> tuple[int, int, int] | None:
    """Return a picture's mean colour as red, green, blue of 0 to 255; None where something shines through it.

    Raises Fault when it cannot be decoded.
    """
    from PIL.Image import Resampling

    with opened(path, name) as image:
        image.draft("RGB", (32, 32))
        if image.has_transparency_data and image.convert("RGBA").getchannel("A").getextrema() != (255, 255):
            return None
        red, green, blue = in_eight_bits(image).convert("RGB").resize((1, 1), Resampling.BOX).tobytes()
        return red, green, blue


@contextmanager
def opened(path: Path, name: str = "") -> Iterator[Image]:
    """Open a picture; what the block decodes of it stays when the file is closed.

    Raises Fault when it is no picture, none that pages show, too large, or cannot be decoded in the block.
    """
    name = name or path.name
    try:
        with path.open("rb") as file:
            found = format_of(file.read(_END))
    except OSError as error:
        raise Fault(_broken(name, f"cannot be read: {error.strerror}")) from error
    if found is None:
        raise Fault(_broken(name, "is no picture of a known format"))
    if found is SVG or not found.shown:
        raise Fault(_unshown(name, found))
    require_codec(found.media_type)
    from PIL import Image

    _silence()
    try:
        with Image.open(path, formats=[found.name]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Image.DecompressionBombError  # noqa: TRY301  as Pillow raises of twice as many
            yield image
    except (Fault, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise Fault(_too_large(name)) from error
    except Exception as error:  # a decoder raises what it likes of bytes that are not right
        raise Fault(_broken(name, "cannot be decoded, as if a part were missing")) from error


def upright_size(image: Image) -> tuple[int, int]:
    """Return width and height as the picture is looked at (Exif 2.32, 4.6.4: orientations 5 to 8 lie on their side)."""
    return (image.height, image.width) if orientation(image) in range(5, 9) else (image.width, image.height)


def orientation(image: Image) -> int:
    """Return the picture's orientation, 1 to 8, as browsers read it: from Exif, never from XMP."""
    found = _exif(image).get(_ORIENTATION)
    return found if isinstance(found, int) and found in range(1, 9) else 1


def _is_located(image: Image) -> bool:
    """Tell whether Exif holds a latitude (Exif 2.32, 4.6.6)."""
    try:
        return _LATITUDE in _exif(image).get_ifd(_GPS)
    except Exception:  # noqa: BLE001  Pillow raises what it likes of tables that are not right, and those tell no place
        return False


def _exif(image: Image) -> Exif:
    from PIL.Image import Exif

    exif = Exif()
    exif.load(image.info.get("exif") or b"")
    return exif


def upright(image: Image, turned: int) -> Image:
    """Return a picture whose orientation is `turned` as it is looked at."""
    from PIL.Image import Transpose

    turn = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(turned)
    return image if turn is None else image.transpose(turn)


def in_eight_bits(image: Image) -> Image:
    """Return a picture of 16 bits a sample, which Pillow has in grey only, with 8; others as they are."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda sample: sample * (1 / 256)).convert("L")
    return image


def require_codec(media_type: str) -> None:
    """Raise Fault when Pillow was built without what this format needs; JPEG, PNG and GIF it always has."""
    from PIL import features

    name = {WEBP.media_type: "webp", AVIF.media_type: "avif"}.get(media_type)
    if name and not features.check(name):
        what = f"The Pillow that is installed here knows no {name.upper()}."
        remedy = "Install the one from PyPI, or leave the format out of BYLINE_PHOTOS."
        raise Fault(Problem("missing-codec", what, remedy, severity=Severity.EDITORIAL))


def _silence() -> None:
    """Let Pillow warn nobody: a file has its Problem or none.

    For good, as the filters are the whole process's: a thread that put them back would put back another's.
    """
    if ("ignore", None, Warning, re.compile(_PILLOW), 0) not in warnings.filters:
        warnings.filterwarnings("ignore", module=_PILLOW)


def _ends(path: Path) -> tuple[bytes, bytes, int]:
    with path.open("rb") as file:
        first = file.read(_END)
        length = file.seek(0, os.SEEK_END)
        file.seek(max(0, length - _END))
        return first, file.read(_END), length


def _rights(image: Image, last: bytes) -> tuple[bytes, bytes]:
    """Return the XMP packet and the IIM of a file; `last` are its last bytes, where older programs put a PNG's XMP."""
    xmp = image.info.get("xmp") or b""
    at = last.rfind(_PNG_XMP) if image.format == PNG.name else -1
    if not xmp and at >= 4:  # noqa: PLR2004  the chunk's length goes before its type (PNG 3, 5.3)
        text = last[at + 4 : at + 4 + int.from_bytes(last[at - 4 : at], "big")]
        xmp = text.split(b"\0", 5)[-1]
    photoshop = image.info.get("photoshop")
    iim = photoshop.get(_IIM) if isinstance(photoshop, dict) else b""
    return bytes(xmp), iim if isinstance(iim, bytes) else b""


def _broken(name: str, why: str) -> Problem:
    remedy = "Save the picture anew, or take a whole copy of it."
    return Problem("broken-picture", f"{name} {why}.", remedy, severity=Severity.EDITORIAL)


def _unshown(name: str, found: Format) -> Problem:
    what = f"{name} is {found.name}, which not every browser shows."
    return Problem("picture-format", what, "Save it as JPEG or PNG.", severity=Severity.EDITORIAL)


def _too_large(name: str) -> Problem:
    what = f"{name} has more than {MOST_PIXELS // 1_000_000} million pixels."
    return Problem("picture-too-large", what, "Save it smaller.", severity=Severity.EDITORIAL)
