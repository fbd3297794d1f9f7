"""The picture of a social card: cut to its part of the card, or whole in it on plain ground, in sRGB.

Not a plan: whether a picture may be cut, `credits/card` says; nothing is written over it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.edges import colours, pictures

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

    from byline.values.card import Placed

_MAT = 40
"""What is left free around a picture that is shown whole, in pixels, as a frame's mat does."""

_Box = tuple[float, float, float, float]


def part(placed: Placed, path: Path, ground: str) -> Image:
    """Return a card's part for the picture, with the picture in it; `ground` is a colour as in `#f4f1ea`.

    Raises Fault when the picture cannot be decoded.
    """
    from PIL import Image

    across, down = placed.arrangement.value
    framed = Image.new("RGB", (across, down), ground)
    with pictures.opened(path) as image:
        upright = pictures.upright_size(image)
        box = _middle((0, 0, *upright), placed.ratio)
        if placed.fills:
            box = _middle(box, across / down)
            size = (across, down)
        else:
            size = _within(box, across - 2 * _MAT, down - 2 * _MAT)
        scale = size[0] / (box[2] - box[0])
        image.draft(None, (round(image.width * scale), round(image.height * scale)))
        image.load()
        turned = pictures.upright(_straight(image), pictures.orientation(image))
        profile = image.info.get("icc_profile") or b""
    shrunk = turned.width / upright[0], turned.height / upright[1]
    small = turned.resize(size, Image.Resampling.LANCZOS, _times(box, shrunk), reducing_gap=2.0)
    at = ((across - size[0]) // 2, (down - size[1]) // 2)
    framed.paste(_in_srgb(small, profile), at, small.getchannel("A") if small.mode == "RGBA" else None)
    return framed


def _middle(box: _Box, ratio: float) -> _Box:
    """Return the middle of a box that has a ratio of width to height; the box itself for 0."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    if not ratio:
        return box
    across, down = min(width, height * ratio), min(height, width / ratio)
    left, top = left + (width - across) / 2, top + (height - down) / 2
    return (left, top, left + across, top + down)


def _within(box: _Box, across: int, down: int) -> tuple[int, int]:
    """Return the size in which a box fits into a place, at most its own."""
    width, height = box[2] - box[0], box[3] - box[1]
    scale = min(1.0, across / width, down / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _times(box: _Box, shrunk: tuple[float, float]) -> _Box:
    return (box[0] * shrunk[0], box[1] * shrunk[1], box[2] * shrunk[0], box[3] * shrunk[1])


def _straight(image: Image) -> Image:
    """Return a picture in 8 bits a sample of grey, RGB, RGB with alpha, or CMYK."""
    image = pictures.in_eight_bits(image)
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in {"L", "CMYK"}:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _in_srgb(image: Image, profile: bytes) -> Image:
    """Return a picture's colours, without its alpha, as they look in sRGB."""
    plain = image.convert("RGB") if image.mode == "RGBA" else image
    return colours.in_srgb(plain, profile) or plain.convert("RGB")
