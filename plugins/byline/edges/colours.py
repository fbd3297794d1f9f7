"""The colours of a picture, made those of sRGB by its own colour profile.

Not a profile's choice: whether a picture keeps its own is the caller's.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_SPACES = {"L": b"GRAY", "RGB": b"RGB ", "CMYK": b"CMYK"}


def space(profile: bytes) -> bytes:
    """Return what the colours of an ICC profile are made of, such as `RGB ` (ICC.1:2022, 7.2); empty for no profile."""
    return profile[16:20]


def in_srgb(image: Image, profile: bytes) -> Image | None:
    """Return a picture in 8 bits of grey, RGB or CMYK as it looks in sRGB.

    None where the profile is none, or one of other colours: it says nothing of these.
    """
    from PIL import ImageCms

    if space(profile) != _SPACES.get(image.mode, b"none"):
        return None
    try:
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, BytesIO(profile), srgb, outputMode="RGB")
    except ImageCms.PyCMSError:
        return None
