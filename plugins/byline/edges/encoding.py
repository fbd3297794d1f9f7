"""Renditions: a picture decoded once, then cut, resized and encoded as often as is asked.

Not a plan of which renditions there are: that is `credits/renditions`.
"""

from __future__ import annotations

import threading
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from byline.edges import colours, files, pictures
from byline.values.picture_format import AVIF, JPEG, LONGEST_PACKET, PNG, WEBP

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

    from byline.values.photo import Rendition

ENCODING = 1
"""Raised by hand whenever what stands here makes other bytes of the same picture: the names of renditions tell it."""
CREDITED = 320
"""From this width on, in pixels, a rendition carries its XMP packet."""
_WORKING = 1600
"""A JPEG is decoded at a half, a quarter or an eighth of its size while as many pixels are left of what is shown.

One size for all narrower renditions: one decoding serves them, and none depends on which was made before.
"""
_AVIF_THREADS = 4
"""A fixed number: one thread gives other bytes than several, however many those are and whatever runs them."""
_PALETTE = 256

_Box = tuple[int, int, int, int]


class _Source(NamedTuple):
    """A decoded picture, upright, in 8 bits a sample of grey or RGB with or without alpha.

    `size` is what it has in full; `profile` its ICC profile, empty for sRGB; `palette` whether it came with one.
    """

    image: Image
    size: tuple[int, int]
    profile: bytes
    palette: bool


class Encoder:
    """Makes renditions; holds the picture it decoded last, so ask for those of one picture after each other.

    Threads may share it: they decode one at a time.
    """

    def __init__(self, content: Path | None = None) -> None:
        """Hold nothing yet; a fault calls a picture by its path below `content`, without it by the file's name."""
        self._content = content
        self._lock = threading.Lock()
        self._key: tuple[object, ...] = ()
        self._source: _Source | None = None
        self._resized: dict[tuple[int, int, _Box | None], Image] = {}

    def encoded(self, path: Path, rendition: Rendition, xmp: bytes) -> bytes:
        """Return a rendition of the picture at a path: the same bytes each time, whatever was made before.

        It is upright; transparency, the colour profile and, from CREDITED on, the packet stay, all else is gone.
        Raises Fault when the picture cannot be decoded, or when Pillow was built without the format.
        """
        pictures.require_codec(rendition.media_type)
        with self._lock:
            image, source = self._at_size(path, rendition)
        packet = xmp if rendition.width >= CREDITED and len(xmp) <= LONGEST_PACKET else b""
        return _written(image, rendition.media_type, source, packet)

    def _at_size(self, path: Path, rendition: Rendition) -> tuple[Image, _Source]:
        """Return the picture cut and resized, and what it is made from; both are held until another one is asked."""
        from PIL.Image import Resampling

        crop = rendition.crop
        wanted = max(_WORKING, rendition.width)
        across = crop[2] - crop[0] if crop else 0
        key = (path, files.stamp(path), wanted, across)
        if key != self._key or self._source is None:
            # First let go of the last one, so that never two are held.
            self._key, self._source, self._resized = key, None, {}
            name = path.relative_to(self._content).as_posix() if self._content else path.name
            self._source = _decoded(path, name, wanted, across)
        size = (rendition.width, rendition.height)
        if (*size, crop) not in self._resized:
            box = _scaled(crop, self._source)
            self._resized[*size, crop] = self._source.image.resize(size, Resampling.LANCZOS, box, reducing_gap=2.0)
        return self._resized[*size, crop], self._source


def _decoded(path: Path, name: str, wanted: int, across: int) -> _Source:
    """Return a picture of which, after a crop `across` pixels wide (0: none), at least `wanted` remain if it has them.

    Raises Fault.
    """
    with pictures.opened(path, name) as image:
        size, turned = pictures.upright_size(image), pictures.orientation(image)
        scale = min(1.0, wanted / (across or size[0]))
        image.draft(None, (round(image.width * scale), round(image.height * scale)))
        palette = image.mode in {"P", "PA"}
        image.load()
        straight, profile = _straight(image)
        shown = pictures.upright(straight, turned)
        shown.info = {}
        return _Source(shown, size, profile, palette)


def _straight(image: Image) -> tuple[Image, bytes]:
    """Return a picture as grey or RGB with or without alpha, and its colour profile if it is one of RGB.

    Other profiles, of print or of grey, become sRGB: not every format could carry them.
    """
    profile = image.info.get("icc_profile") or b""
    kept = profile if colours.space(profile) == b"RGB " else b""
    image = pictures.in_eight_bits(image)
    if image.has_transparency_data:
        return image.convert("RGBA"), kept
    if image.mode in {"1", "L", "CMYK"}:
        made = colours.in_srgb(image, profile)
        return made or image.convert("RGB" if image.mode == "CMYK" else "L"), b""
    return image.convert("RGB"), kept


def _scaled(crop: _Box | None, source: _Source) -> tuple[float, float, float, float] | None:
    """Return a crop in the pixels of what was decoded, which may be fewer than the picture has."""
    if crop is None:
        return None
    across, down = source.image.width / source.size[0], source.image.height / source.size[1]
    return (crop[0] * across, crop[1] * down, crop[2] * across, crop[3] * down)


def _written(image: Image, media_type: str, source: _Source, packet: bytes) -> bytes:
    """Return a picture encoded as this media type, with a colour profile and an XMP packet if they are not empty."""
    body = BytesIO()
    profile = source.profile or None
    if media_type == JPEG.media_type:
        image.save(body, "JPEG", quality=80, progressive=True, optimize=True, icc_profile=profile, xmp=packet)
    elif media_type == WEBP.media_type:
        image.save(body, "WEBP", quality=80, method=2, icc_profile=profile, xmp=packet)
    elif media_type == AVIF.media_type:
        image.save(
            body,
            "AVIF",
            quality=60,
            speed=8,
            max_threads=_AVIF_THREADS,
            autotiling=False,
            icc_profile=profile,
            xmp=packet,
        )
    elif media_type == PNG.media_type:
        _write_png(image, body, source, packet)
    else:
        raise ValueError(media_type)
    return body.getvalue()


def _write_png(image: Image, body: BytesIO, source: _Source, packet: bytes) -> None:
    from PIL.Image import Dither
    from PIL.PngImagePlugin import PngInfo

    chunks = PngInfo()
    if packet:
        chunks.add_itxt("XML:com.adobe.xmp", packet.decode())
    if source.palette:
        # A drawing of few colours is smaller so than in full colour.
        image = image.quantize(_PALETTE, dither=Dither.NONE)
    image.save(body, "PNG", optimize=True, icc_profile=source.profile or None, pnginfo=chunks)
