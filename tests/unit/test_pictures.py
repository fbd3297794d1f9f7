"""Picture files are measured by their heads; a bad one has a Problem that says so, in bounded time, and no crash."""

from __future__ import annotations

import random
import struct
import subprocess
import threading
import tracemalloc
import warnings
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from byline.edges import pictures
from byline.values.problem import Fault, Severity
from photographs import FORMATS, chunk, encoded, frames, noisy, png, quartered
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tool

WHOLE = {name: encoded(noisy(), name) for name in FORMATS} | {
    "progressive JPEG": encoded(noisy(), "JPEG", progressive=True),
    "lossless WEBP": encoded(noisy(), "WEBP", lossless=True),
}
HUGE = 50_000
ORIENTATION = 0x0112


def stored(folder: Path, body: bytes, name: str = "picture.jpg") -> Path:
    path = folder / name
    path.write_bytes(body)
    return path


def code(path: Path) -> str:
    """Return the code of what is wrong with a picture; empty for nothing."""
    fault = pictures.measured(path).fault
    return fault.code if fault else ""


def turned(number: int) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = number
    return exif


def of_size(name: str, width: int, height: int) -> bytes:
    """Return a file whose head says it has that size, with the little in it that another one has."""
    if name == "PNG":
        head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        little = chunk(b"IDAT", zlib.compress(bytes(10**6))) + chunk(b"IEND", b"")
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + little
    if name == "GIF":
        size = struct.pack("<HH", width, height)
        return b"GIF89a" + size + b"\x80\0\0" + bytes(6) + b"\x2c" + bytes(4) + size + b"\0\x02\x02\x44\x01\0\x3b"
    whole = encoded(noisy(60, 40), name)
    if name == "JPEG":
        at = whole.index(b"\xff\xc0") + 5
        return whole[:at] + struct.pack(">HH", height, width) + whole[at + 4 :]
    if name == "WEBP":
        canvas = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        return b"RIFF" + struct.pack("<I", 4 + 18 + len(whole) - 12) + b"WEBPVP8X\x0a\0\0\0" + canvas + whole[12:]
    at = whole.index(b"ispe") + 8
    return whole[:at] + struct.pack(">II", width, height) + whole[at + 8 :]


@pytest.mark.parametrize("name", FORMATS)
def test_a_head_says_size_and_kind(tmp_path: Path, name: str) -> None:
    found = pictures.measured(stored(tmp_path, WHOLE[name]))
    assert (found.width, found.height, found.still, found.fault) == (600, 400, True, None)
    assert found.media_type == f"image/{name.lower()}"


def test_a_picture_is_what_it_is_not_what_it_is_called(tmp_path: Path) -> None:
    assert pictures.measured(stored(tmp_path, WHOLE["JPEG"], "a.png")).media_type == "image/jpeg"
    assert code(stored(tmp_path, b"<!doctype html><title>404</title><p>Not found.</p>", "b.jpg")) == "broken-picture"
    assert code(stored(tmp_path, b"404: not found", "c.jpg")) == "broken-picture"
    assert code(stored(tmp_path, b"", "d.jpg")) == "broken-picture"


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG", "AVIF"])
def test_one_that_moves_is_told_from_one_that_does_not(tmp_path: Path, name: str) -> None:
    first, *others = frames()
    moving = encoded(first, name, save_all=True, append_images=others, duration=100)
    found = pictures.measured(stored(tmp_path, moving))
    assert (found.still, found.fault) == (False, None)


def test_a_photograph_with_a_second_one_behind_it_does_not_move(tmp_path: Path) -> None:
    first, *others = frames()
    found = pictures.measured(stored(tmp_path, encoded(first, "MPO", save_all=True, append_images=others)))
    assert (found.media_type, found.still, found.fault) == ("image/jpeg", True, None)


@pytest.mark.parametrize("number", range(10))
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_measured_as_it_is_looked_at(tmp_path: Path, name: str, number: int) -> None:
    found = pictures.measured(stored(tmp_path, encoded(noisy(), name, exif=turned(number))))
    assert (found.width, found.height) == ((400, 600) if number in {5, 6, 7, 8} else (600, 400))


@pytest.mark.parametrize(
    "exif", [b"", b"Exif\0\0", b"Exif\0\0II*\0garbage", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff", b"?" * 99]
)
def test_exif_that_is_none_turns_nothing(tmp_path: Path, exif: bytes) -> None:
    found = pictures.measured(stored(tmp_path, encoded(noisy(), "JPEG", exif=exif)))
    assert (found.width, found.height, found.fault) == (600, 400, None)


def test_an_svg_is_measured_and_never_opened(tmp_path: Path) -> None:
    path = stored(tmp_path, b'<svg width="30" height="20"><script>alert(1)</script></svg>', "drawing.svg")
    found = pictures.measured(path)
    assert (found.width, found.height, found.media_type, found.fault) == (30, 20, "image/svg+xml", None)
    with pytest.raises(Fault, match="SVG"), pictures.opened(path):
        pytest.fail("it was opened")


@pytest.mark.parametrize("part", [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999])
@pytest.mark.parametrize("name", WHOLE)
def test_a_picture_that_breaks_off_has_a_problem(tmp_path: Path, name: str, part: float) -> None:
    body = WHOLE[name][: int(len(WHOLE[name]) * part)]
    assert code(stored(tmp_path, body)) == "broken-picture"


def test_a_photograph_that_breaks_off_behind_its_thumbnail_has_a_problem(tmp_path: Path) -> None:
    thumbnail = encoded(noisy(160, 120), "JPEG")
    body = encoded(noisy(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08" + bytes(6) + thumbnail)
    assert code(stored(tmp_path, body)) == ""
    assert code(stored(tmp_path, body[: len(body) // 2])) == "broken-picture"


@pytest.mark.parametrize("name", WHOLE)
def test_what_follows_a_whole_picture_does_no_harm(tmp_path: Path, name: str) -> None:
    for tail in (b"\n", bytes(5000), b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 400):
        found = pictures.measured(stored(tmp_path, WHOLE[name] + tail))
        assert (found.width, found.height, found.fault) == (600, 400, None)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("name", WHOLE)
def test_damage_anywhere_is_a_problem_or_none_and_never_a_crash(tmp_path: Path, name: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  damage, no secret
    body = bytearray(WHOLE[name])
    for _ in range(4 ** chance.randrange(5)):
        body[chance.choice([chance.randrange(len(body)), chance.randrange(300)])] = chance.randrange(256)
    path = stored(tmp_path, bytes(body))
    found = pictures.measured(path)
    assert found.fault is None or found.fault.severity is Severity.EDITORIAL
    with suppress(Fault):
        pictures.colour(path)


@pytest.mark.parametrize("name", FORMATS)
def test_a_head_that_claims_too_much_is_not_believed(tmp_path: Path, name: str) -> None:
    path = stored(tmp_path, of_size(name, HUGE, HUGE))
    tracemalloc.start()
    try:
        assert code(path) == ("broken-picture" if name == "AVIF" else "picture-too-large")
        with pytest.raises(Fault):
            pictures.colour(path)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "bomb",
    [
        chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(10**8))),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(bytes(10**8))),
        chunk(b"iCCP", b"profile\0\0" + zlib.compress(bytes(10**8))),
    ],
    ids=["text", "xmp", "profile"],
)
def test_a_chunk_that_unpacks_to_very_much_is_not_unpacked(tmp_path: Path, bomb: bytes) -> None:
    whole = WHOLE["PNG"]
    assert code(stored(tmp_path, whole[:33] + bomb + whole[33:])) == "broken-picture"


@pytest.mark.parametrize("name", ["TIFF", "BMP", "JPEG2000"])
def test_a_picture_that_not_every_browser_shows_is_told(tmp_path: Path, name: str) -> None:
    fault = pictures.measured(stored(tmp_path, encoded(noisy(), name))).fault
    assert fault
    assert fault.code == "picture-format"
    assert "Save it as JPEG or PNG." in str(fault)


@pytest.mark.parametrize("head", [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", b"8BPS\0\1"])
def test_so_is_one_that_pillow_cannot_open(tmp_path: Path, head: bytes) -> None:
    assert code(stored(tmp_path, head + bytes(200))) == "picture-format"


@pytest.mark.parametrize(
    "name", ['O\'Brien & "Söhne".jpg', "<img onerror=x>.jpg", "写真 100%.jpg", "a\u0301;b.jpg", "-r.jpg"]
)
def test_a_picture_of_any_name_is_measured(tmp_path: Path, name: str) -> None:
    assert code(stored(tmp_path, WHOLE["JPEG"], name)) == ""
    fault = pictures.measured(stored(tmp_path, b"", name)).fault
    assert fault
    assert fault.what == f"{name} is no picture of a known format."


def test_a_problem_calls_a_picture_as_it_is_asked_to(tmp_path: Path) -> None:
    for body in (b"", WHOLE["PNG"][:500], of_size("PNG", HUGE, HUGE), encoded(noisy(), "TIFF")):
        fault = pictures.measured(stored(tmp_path, body), "images/harbour.jpg").fault
        assert fault
        assert fault.what.startswith("images/harbour.jpg ")


def test_a_folder_and_a_file_that_is_not_there_are_no_pictures(tmp_path: Path) -> None:
    (tmp_path / "folder.jpg").mkdir()
    for name in ("folder.jpg", "nothing.jpg", "folder.jpg/nothing.jpg"):
        assert code(tmp_path / name) == "broken-picture"
        with pytest.raises(Fault), pictures.opened(tmp_path / name):
            pytest.fail("it was opened")


@pytest.mark.parametrize(
    ("image", "colour"),
    [
        (Image.new("RGB", (300, 200), (10, 200, 30)), (10, 200, 30)),
        (Image.new("RGBA", (300, 200), (10, 200, 30, 255)), (10, 200, 30)),
        (Image.new("RGBA", (300, 200), (10, 200, 30, 254)), None),
        (Image.new("L", (300, 200), 77), (77, 77, 77)),
        (Image.new("1", (300, 200), 1), (255, 255, 255)),
        (Image.new("I;16", (300, 200), 0x8000), (128, 128, 128)),
        (quartered(mode="P"), (128, 96, 64)),
    ],
)
def test_a_picture_has_one_mean_colour_unless_something_shines_through_it(
    tmp_path: Path, image: Image.Image, colour: tuple[int, int, int] | None
) -> None:
    assert pictures.colour(stored(tmp_path, encoded(image, "PNG"))) == colour


def test_a_photograph_has_nearly_the_colour_that_it_has_in_full(tmp_path: Path) -> None:
    found = pictures.colour(stored(tmp_path, encoded(quartered(3000, 2000), "JPEG")))
    assert found
    assert found == pytest.approx((128, 96, 64), abs=3)


def test_nobody_is_warned(tmp_path: Path) -> None:
    # 95 million pixels: Pillow warns of them, though it opens them.
    large = png(19_000, 5000, 1, 0, [bytes(2375)] * 5000)
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        assert code(stored(tmp_path, large)) == ""
    assert heard == []


def test_threads_leave_the_filters_of_warnings_as_one_would(tmp_path: Path) -> None:
    path = stored(tmp_path, WHOLE["JPEG"])
    pictures.measured(path)
    before = list(warnings.filters)
    threads = [threading.Thread(target=lambda: [pictures.measured(path) for _ in range(20)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(warnings.filters) == before


def test_the_digest_changes_with_beginning_end_and_length(tmp_path: Path) -> None:
    whole = WHOLE["JPEG"]
    bodies = (whole, whole + b"\0", b"\xff\xd8\xff\xfe\0\3x" + whole[2:], whole[:-2] + b"\0" + whole[-2:])
    digests = {pictures.measured(stored(tmp_path, body)).digest for body in bodies}
    assert len(digests) == 4
    assert all(len(digest) == 16 for digest in digests)


def test_a_place_in_a_picture_is_seen_and_gone_when_the_remedy_was_typed(tmp_path: Path, tool: Tool) -> None:
    exiftool = tool("exiftool", "apt install libimage-exiftool-perl")
    file = tmp_path / "a.jpg"
    file.write_bytes(encoded(noisy(), "JPEG"))
    assert not pictures.measured(file).located

    for words in (
        ["-GPSLatitude=59.9", "-GPSLatitudeRef=N", "-GPSLongitude=10.7", "-GPSLongitudeRef=E"],
        ["-gps:all="],
    ):
        subprocess.run([exiftool, "-q", "-overwrite_original", *words, file], check=True)
        assert pictures.measured(file).located == (words[0] != "-gps:all=")


@pytest.mark.parametrize(
    "exif",
    [
        b"",
        b"Exif\0\0",
        b"Exif\0\0II*\0\xff\xff\xff\xff",
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\xff\0\0\0",
    ],
)
def test_exif_that_is_not_right_tells_no_place(tmp_path: Path, exif: bytes) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(encoded(noisy(), "JPEG", exif=exif))

    assert not pictures.measured(file).located
    assert pictures.measured(file).fault is None
