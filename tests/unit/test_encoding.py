"""Renditions: upright, with the colours, the transparency and the rights of the picture, and nothing else of it."""

from __future__ import annotations

import gc
import hashlib
import itertools
import os
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
from byline.edges.encoding import CREDITED, Encoder
from byline.values.photo import Rendition
from byline.values.problem import Fault
from photographs import (
    CORNERS,
    corners,
    decoded,
    encoded,
    frames,
    linear_grey_profile,
    noisy,
    png,
    press_profile,
    quartered,
)
from PIL import Image, ImageCms

PLUGINS = Path(__file__).parents[2] / "plugins"
ALL = ("image/jpeg", "image/png", "image/webp", "image/avif")
PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">By \xc3\x85sa</x:xmpmeta>'
RGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
STANDING = list(CORNERS.values())
ORIENTATION, GPS, SERIAL, MAKER = 0x0112, 0x8825, 0xA431, 0x010F
STORED = {
    1: Image.Transpose.ROTATE_180,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a picture lies in a file of this orientation, from the one that is looked at (Exif 2.32, 4.6.4)."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "picture"


def rendition(
    media_type: str, width: int = 400, height: int = 300, crop: tuple[int, int, int, int] | None = None
) -> Rendition:
    return Rendition("renditions/picture", width, height, media_type, crop)


def made(path: Path, body: bytes, one: Rendition, packet: bytes = PACKET) -> Image.Image:
    """Return the rendition of a picture, decoded."""
    path.write_bytes(body)
    image = decoded(Encoder().encoded(path, one, packet))
    assert Image.MIME[image.format or ""] == one.media_type
    assert image.size == (one.width, one.height)
    return image


@pytest.mark.parametrize("media_type", ALL)
@pytest.mark.parametrize("number", STORED)
def test_every_orientation_comes_out_upright(path: Path, number: int, media_type: str) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = number
    lying = quartered() if number == 1 else quartered().transpose(STORED[number])
    image = made(path, encoded(lying, "JPEG", quality=95, exif=exif), rendition(media_type))
    assert corners(image) == STANDING
    assert not image.getexif()


@pytest.mark.parametrize("number", [1, 6, 8])
def test_a_crop_is_counted_in_the_upright_picture(path: Path, number: int) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = number
    lying = quartered(3200, 2400)
    lying = lying if number == 1 else lying.transpose(STORED[number])
    body = encoded(lying, "JPEG", quality=95, exif=exif)
    left_half = made(path, body, rendition("image/jpeg", 320, 480, (0, 0, 1600, 2400)))
    assert corners(left_half) == ["red", "red", "blue", "blue"]


@pytest.mark.parametrize("media_type", ALL)
def test_a_crop_is_exact_to_the_pixel(path: Path, media_type: str) -> None:
    image = Image.new("RGB", (1000, 800), "black")
    image.paste("white", (123, 45, 523, 345))
    cut = made(path, encoded(image, "PNG"), rendition(media_type, 400, 300, (123, 45, 523, 345)))
    assert min(cut.convert("L").tobytes()) > 250


def test_a_crop_of_a_photograph_that_is_decoded_smaller_is_exact_too(path: Path) -> None:
    image = Image.new("RGB", (6400, 4800), "black")
    image.paste("white", (1600, 1200, 4800, 3600))
    cut = made(path, encoded(image, "JPEG", quality=95), rendition("image/png", 400, 300, (1600, 1200, 4800, 3600)))
    # A JPEG's blocks are not cut: what stands beside a crop's edge is in them a little.
    assert min(cut.convert("L").tobytes()) > 200
    assert min(cut.crop((1, 1, 399, 299)).convert("L").tobytes()) > 250


@pytest.mark.parametrize("media_type", ALL)
def test_place_camera_and_all_else_that_exif_tells_is_gone(path: Path, media_type: str) -> None:
    exif = Image.Exif()
    exif[MAKER] = "Camera of somebody"
    exif.get_ifd(0x8769)[SERIAL] = "serial 4711"
    exif.get_ifd(GPS)[1] = "N"
    path.write_bytes(encoded(noisy(), "JPEG", exif=exif, comment=b"by somebody", xmp=b"<old/>", dpi=(300, 300)))
    body = Encoder().encoded(path, rendition(media_type), PACKET)
    for word in (b"somebody", b"4711", b"Exif\0", b"<old/>", b"GPS"):
        assert word not in body
    assert not decoded(body).getexif()


@pytest.mark.parametrize("media_type", ALL)
def test_the_packet_stands_in_renditions_from_a_width_on(path: Path, media_type: str) -> None:
    body = encoded(noisy(), "JPEG")
    assert PACKET in _xmp(made(path, body, rendition(media_type, CREDITED, 200)))
    assert _xmp(made(path, body, rendition(media_type, CREDITED - 1, 200))) == b""
    assert _xmp(made(path, body, rendition(media_type), b"")) == b""


@pytest.mark.parametrize("media_type", ALL)
def test_a_packet_that_no_jpeg_could_hold_is_left_out(path: Path, media_type: str) -> None:
    assert _xmp(made(path, encoded(noisy(), "JPEG"), rendition(media_type), b"<x>" + b" " * 70_000)) == b""
    assert len(_xmp(made(path, encoded(noisy(), "JPEG"), rendition(media_type), b"<x>" + b" " * 60_000))) == 60_003


@pytest.mark.parametrize("media_type", ALL)
def test_a_profile_of_rgb_is_kept(path: Path, media_type: str) -> None:
    image = made(path, encoded(quartered(), "JPEG", icc_profile=RGB), rendition(media_type))
    assert image.info["icc_profile"] == RGB
    without = made(path, encoded(quartered(), "JPEG"), rendition(media_type))
    assert not without.info.get("icc_profile")


@pytest.mark.parametrize("media_type", ALL)
def test_colours_of_print_become_those_of_the_screen(path: Path, media_type: str) -> None:
    ink = Image.new("CMYK", (800, 600), (0, 0, 0, 200))
    plain = made(path, encoded(ink, "JPEG"), rendition(media_type))
    profiled = made(path, encoded(ink, "JPEG", icc_profile=press_profile()), rendition(media_type))
    for image in (plain, profiled):
        assert image.convert("RGB").mode == "RGB"
        assert not image.info.get("icc_profile")
    assert _middle(plain) == pytest.approx((55, 55, 55), abs=4)
    red, _green, blue = _middle(profiled)
    assert blue > red + 20


def test_white_paper_is_white(path: Path) -> None:
    paper = Image.new("CMYK", (800, 600), (0, 0, 0, 0))
    for options in ({}, {"icc_profile": press_profile()}):
        assert _middle(made(path, encoded(paper, "JPEG", **options), rendition("image/png"))) == (255, 255, 255)


@pytest.mark.parametrize("media_type", ALL)
def test_greys_of_another_scale_become_those_of_the_screen(path: Path, media_type: str) -> None:
    grey = Image.new("L", (800, 600), 128)
    profiled = made(path, encoded(grey, "JPEG", icc_profile=linear_grey_profile()), rendition(media_type))
    assert _middle(profiled) == pytest.approx((188, 188, 188), abs=2)
    assert not profiled.info.get("icc_profile")
    assert _middle(made(path, encoded(grey, "JPEG"), rendition(media_type))) == pytest.approx((128, 128, 128), abs=2)


@pytest.mark.parametrize("profile", [b"garbage" * 40, press_profile()[:200], linear_grey_profile(), b"\0"])
@pytest.mark.parametrize("mode", ["RGB", "CMYK", "L"])
def test_a_profile_that_does_not_fit_changes_nothing(path: Path, mode: str, profile: bytes) -> None:
    grey = Image.new("RGB", (800, 600), (128, 128, 128)).convert(mode)
    fits = mode == "L" and profile == linear_grey_profile()
    image = made(path, encoded(grey, "JPEG", icc_profile=profile), rendition("image/png"))
    assert _middle(image) == pytest.approx((188, 188, 188) if fits else (128, 128, 128), abs=2)


@pytest.mark.parametrize("media_type", ["image/png", "image/webp", "image/avif"])
@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_shines_through_does_so_afterwards(path: Path, mode: str, media_type: str) -> None:
    image = Image.new("RGBA", (800, 600), (200, 200, 200, 255))
    image.paste((0, 0, 0, 0), (0, 0, 400, 600))
    found = made(path, encoded(image.convert(mode), "PNG"), rendition(media_type))
    assert _alpha(found, 50, 150) == 0
    assert _alpha(found, 350, 150) == pytest.approx(255, abs=1)


@pytest.mark.parametrize("media_type", ["image/png", "image/webp", "image/avif"])
def test_one_colour_that_shines_through_does_so_afterwards(path: Path, media_type: str) -> None:
    row = b"\5\6\7" * 200 + b"\x80" * 600
    keyed = png(400, 300, 8, 2, [row] * 300, (b"tRNS", b"\0\5\0\6\0\7"))
    found = made(path, keyed, rendition(media_type, 320, 240))
    assert (_alpha(found, 40, 120), _alpha(found, 280, 120)) == (0, 255)


@pytest.mark.parametrize("media_type", ALL)
def test_sixteen_bits_become_eight(path: Path, media_type: str) -> None:
    grey = png(400, 300, 16, 0, [b"\x80\0" * 400] * 300)
    assert _middle(made(path, grey, rendition(media_type, 320, 240))) == pytest.approx((128, 128, 128), abs=2)
    colour = png(400, 300, 16, 2, [b"\xff\xff\x80\0\0\0" * 400] * 300)
    assert _middle(made(path, colour, rendition(media_type, 320, 240))) == pytest.approx((255, 128, 0), abs=4)


def test_a_drawing_of_few_colours_stays_small(path: Path) -> None:
    drawing = quartered(1600, 1200)
    path.write_bytes(encoded(drawing.convert("P"), "PNG"))
    few = Encoder().encoded(path, rendition("image/png", 480, 360), b"")
    assert decoded(few).mode == "P"
    assert corners(decoded(few)) == STANDING
    path.write_bytes(encoded(noisy(900, 675).convert("P"), "PNG"))
    noise = Encoder().encoded(path, rendition("image/png", 480, 360), b"")
    path.write_bytes(encoded(noisy(900, 675), "PNG"))
    assert len(noise) < len(Encoder().encoded(path, rendition("image/png", 480, 360), b"")) * 2 / 3


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG", "AVIF"])
def test_of_a_picture_that_moves_the_first_is_taken(path: Path, name: str) -> None:
    first, *others = frames()
    body = encoded(first, name, save_all=True, append_images=others, duration=100)
    assert _middle(made(path, body, rendition("image/png", 250, 150))) == pytest.approx((0, 200, 90), abs=4)


def wanted() -> list[Rendition]:
    """Return renditions of all kinds, crops among them."""
    left, middle = (0, 0, 900, 2400), (0, 300, 3200, 2100)
    return [
        rendition(media_type, *size)
        for media_type in ("image/webp", "image/jpeg")
        for size in ((320, 240), (1600, 1200), (300, 800, left), (900, 2400, left), (320, 180, middle), (1800, 1350))
    ]


def test_a_rendition_has_the_same_bytes_whatever_was_made_before(tmp_path: Path) -> None:
    one, other = tmp_path / "one.jpg", tmp_path / "other.jpg"
    one.write_bytes(encoded(noisy(400, 300).resize((3200, 2400)), "JPEG"))
    other.write_bytes(encoded(quartered(), "JPEG"))
    alone = [Encoder().encoded(one, each, PACKET) for each in wanted()]
    shared = Encoder()
    assert [shared.encoded(one, each, PACKET) for each in reversed(wanted())] == alone[::-1]
    for each, body in list(zip(wanted(), alone, strict=True))[::3]:
        shared.encoded(other, rendition("image/jpeg"), b"")
        assert shared.encoded(one, each, PACKET) == body


def test_another_process_makes_the_same_bytes(path: Path) -> None:
    path.write_bytes(encoded(noisy(2000, 1500), "JPEG"))
    program = """
import hashlib, pathlib, sys
from byline.edges.encoding import Encoder
from byline.values.photo import Rendition
for media_type in sys.argv[2:]:
    one = Rendition("renditions/picture", 960, 720, media_type)
    print(hashlib.sha256(Encoder().encoded(pathlib.Path(sys.argv[1]), one, b"<x/>")).hexdigest())
"""
    environment = {**os.environ, "PYTHONPATH": str(PLUGINS), "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    theirs = subprocess.run(
        [sys.executable, "-c", program, str(path), *ALL], env=environment, capture_output=True, text=True, check=True
    )
    ours = [Encoder().encoded(path, rendition(media_type, 960, 720), b"<x/>") for media_type in ALL]
    assert theirs.stdout.split() == [hashlib.sha256(body).hexdigest() for body in ours]


def test_a_picture_that_changes_is_decoded_anew(path: Path) -> None:
    encoder = Encoder()
    path.write_bytes(encoded(Image.new("RGB", (800, 600), "red"), "PNG"))
    assert _middle(decoded(encoder.encoded(path, rendition("image/png"), b""))) == (255, 0, 0)
    path.write_bytes(encoded(Image.new("RGB", (800, 600), "blue"), "PNG"))
    os.utime(path, ns=(1, 1))
    assert _middle(decoded(encoder.encoded(path, rendition("image/png"), b""))) == (0, 0, 255)


@pytest.mark.parametrize("media_type", ALL)
def test_a_picture_that_cannot_be_decoded_has_a_problem(path: Path, media_type: str) -> None:
    content = path.parent
    encoder = Encoder(content)
    for body in (encoded(noisy(), "PNG")[:2000], b"", b"<svg/>", encoded(noisy(), "TIFF"), None):
        path.unlink(missing_ok=True)
        if body is not None:
            path.write_bytes(body)
        with pytest.raises(Fault) as raised:
            encoder.encoded(path, rendition(media_type), PACKET)
        assert str(raised.value).startswith("picture ")


def test_a_problem_does_not_stand_in_the_way_of_the_next_picture(path: Path) -> None:
    encoder = Encoder()
    path.write_bytes(b"")
    with pytest.raises(Fault):
        encoder.encoded(path, rendition("image/png"), b"")
    path.write_bytes(encoded(quartered(), "PNG"))
    assert corners(decoded(encoder.encoded(path, rendition("image/png"), b""))) == STANDING


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (4000, 1), (20_000, 20)])
def test_pictures_of_odd_shapes_are_made(path: Path, size: tuple[int, int]) -> None:
    body = encoded(Image.new("RGB", size, "red"), "PNG")
    for media_type, (width, height) in itertools.product(ALL, [(1, 1), (320, 1), (1, 320)]):
        made(path, body, rendition(media_type, width, height))


def test_a_very_high_picture_is_made_in_formats_that_can_be_so_high(path: Path) -> None:
    body = encoded(Image.new("RGB", (400, 20_000), "red"), "PNG")
    for media_type in ("image/jpeg", "image/png", "image/avif"):
        made(path, body, rendition(media_type, 400, 20_000))


def test_of_the_picture_before_nothing_is_held(tmp_path: Path) -> None:
    encoder = Encoder()
    one, other = tmp_path / "one.png", tmp_path / "other.png"
    for path in (one, other):
        path.write_bytes(encoded(quartered(), "PNG"))
    encoder.encoded(one, rendition("image/jpeg"), PACKET)
    held = [
        weakref.ref(image) for image in gc.get_objects() if isinstance(image, Image.Image) and image.size == (400, 300)
    ]
    assert any(image() for image in held)
    encoder.encoded(other, rendition("image/jpeg"), PACKET)
    assert not any(image() for image in held)


def _middle(image: Image.Image) -> tuple[int, ...]:
    pixel = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    assert isinstance(pixel, tuple)
    return pixel


def _alpha(image: Image.Image, x: int, y: int) -> int:
    return image.convert("RGBA").getchannel("A").tobytes()[y * image.width + x]


def _xmp(image: Image.Image) -> bytes:
    found = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return found.encode() if isinstance(found, str) else found
