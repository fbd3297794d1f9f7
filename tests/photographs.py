"""Pictures for tests, made on the spot: photographs of a kind, files byte by byte, colour profiles.

Not a place for files: what a camera or a program really wrote stands in fixtures/.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
CORNERS = {"top left": "red", "top right": "green", "bottom left": "blue", "bottom right": "yellow"}
"""The quarters of a quartered picture."""


def encoded(image: Image.Image, name: str, **options: Any) -> bytes:  # noqa: ANN401  Pillow's options
    """Return a picture as a file of the format that Pillow calls `name`."""
    body = BytesIO()
    image.save(body, name, **options)
    return body.getvalue()


def decoded(body: bytes) -> Image.Image:
    """Return the picture that a file holds, decoded."""
    image = Image.open(BytesIO(body))
    image.load()
    return image


def picture(name: str = "JPEG", size: tuple[int, int] = (1200, 800), **options: Any) -> bytes:  # noqa: ANN401  Pillow's
    """Return a picture of a size in pixels, of which nothing is to be known, as a file."""
    return encoded(Image.linear_gradient("L").resize(size).convert("RGB"), name, **options)


def noisy(width: int = 600, height: int = 400) -> Image.Image:
    """Return a picture of which each part is different, so that its file is long."""
    return Image.effect_noise((width, height), 80).convert("RGB")


def quartered(width: int = 800, height: int = 600, mode: str = "RGB") -> Image.Image:
    """Return a picture whose quarters have the colours of CORNERS."""
    image = Image.new("RGB", (width, height))
    for number, colour in enumerate(CORNERS.values()):
        left, top = number % 2 * width // 2, number // 2 * height // 2
        image.paste(colour, (left, top, left + width // 2, top + height // 2))
    return image.convert(mode)


def corners(image: Image.Image) -> list[str]:
    """Return the names of the colours in the middle of a picture's quarters, row by row."""
    rgb = image.convert("RGB")
    across, down = rgb.width // 4, rgb.height // 4
    spots = [(x, y) for y in (down, 3 * down) for x in (across, 3 * across)]
    return [_named(rgb.getpixel(spot)) for spot in spots]


def frames(count: int = 3, width: int = 500, height: int = 300) -> list[Image.Image]:
    """Return pictures of an animation."""
    return [Image.new("RGB", (width, height), (60 * number, 200, 90)) for number in range(count)]


def png(
    width: int, height: int, depth: int, colours: int, rows: Iterable[bytes], *before: tuple[bytes, bytes]
) -> bytes:
    """Return a PNG file of these rows of samples; `before` are chunks (type, content) that go before them."""
    head = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0)
    chunks = [(b"IHDR", head), *before, (b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in chunks)


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a PNG chunk (PNG 3, 5.3)."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def profile(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    """Return an ICC profile of an output device with this colour space and these tags (ICC.1:2001-04)."""
    at = 128 + 4 + 12 * len(tags)
    table, contents = struct.pack(">I", len(tags)), b""
    for name, content in tags.items():
        table += name + struct.pack(">II", at + len(contents), len(content))
        contents += content + bytes(-len(content) % 4)
    kind, connection = (b"prtr", b"Lab ") if space == b"CMYK" else (b"mntr", b"XYZ ")
    head = struct.pack(">4xI", 0x02400000) + kind + space + connection + bytes(12) + b"acsp" + bytes(28)
    head += struct.pack(">III", 0x0000F6D6, 0x00010000, 0x0000D32D)
    body = head.ljust(124, b"\0") + table + contents
    return struct.pack(">I", len(body) + 4) + body


def press_profile() -> bytes:
    """Return a profile of a printing press whose black ink is a light blue: nothing looks so without it."""
    inks = b"".join(
        bytes((150, 128, 100) if black else (255, 128, 128)) for _colours in range(8) for black in (False, True)
    )
    identity = bytes(range(256))
    matrix = struct.pack(">9i", *(0x10000 if number % 4 == 0 else 0 for number in range(9)))
    table = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + matrix + identity * 4 + inks + identity * 3
    return profile(b"CMYK", {b"A2B0": table, b"wtpt": _xyz()})


def linear_grey_profile() -> bytes:
    """Return a profile of grey whose samples are light itself: half of it is lighter than sRGB's half."""
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, 0x0100)
    return profile(b"GRAY", {b"kTRC": curve, b"wtpt": _xyz()})


def _xyz() -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">III", 0x0000F6D6, 0x00010000, 0x0000D32D)


def _named(pixel: object) -> str:
    assert isinstance(pixel, tuple)
    full = tuple(sample > 100 for sample in pixel)
    return {
        (True, False, False): "red",
        (False, True, False): "green",
        (False, False, True): "blue",
        (True, True, False): "yellow",
    }.get(full, str(pixel))
