"""Formats are told by how a file begins, whatever it is called; an SVG's size by its first tag alone."""

from __future__ import annotations

import time

import pytest
from byline.values.picture_format import AVIF, GIF, HEIF, JPEG, PNG, SVG, WEBP, ends_well, format_of, svg_size
from photographs import FORMATS, encoded, noisy

KNOWN = {"JPEG": JPEG, "PNG": PNG, "GIF": GIF, "WEBP": WEBP, "AVIF": AVIF}
WHOLE = {name: encoded(noisy(60, 40), name) for name in FORMATS}
LONG = 65_536


def ftyp(major: bytes, *compatible: bytes) -> bytes:
    box = b"ftyp" + major + bytes(4) + b"".join(compatible)
    return (len(box) + 4).to_bytes(4, "big") + box


@pytest.mark.parametrize("name", FORMATS)
def test_pictures_that_pages_show_are_known_by_their_beginning(name: str) -> None:
    found = format_of(WHOLE[name])
    assert found is KNOWN[name]
    assert found.shown


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (ftyp(b"heic", b"mif1", b"heic"), "HEIF"),
        (ftyp(b"mif1", b"heic"), "HEIF"),
        (ftyp(b"msf1", b"hevc"), "HEIF"),
        (encoded(noisy(60, 40), "TIFF"), "TIFF"),
        (b"MM\0*" + bytes(20), "TIFF"),
        (encoded(noisy(60, 40), "BMP"), "BMP"),
        (encoded(noisy(60, 40), "JPEG2000"), "JPEG 2000"),
        (b"8BPS\0\1" + bytes(20), "PSD"),
        (b"\xff\x0a" + bytes(20), "JPEG XL"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
    ],
)
def test_pictures_that_not_every_browser_shows_are_called_by_their_name(head: bytes, name: str) -> None:
    found = format_of(head)
    assert found
    assert (found.name, found.shown) == (name, False)


def test_avif_and_heif_are_told_apart_by_all_their_brands() -> None:
    assert format_of(ftyp(b"mif1", b"miaf", b"avif")) is AVIF
    assert format_of(ftyp(b"avis", b"msf1", b"avif")) is AVIF
    assert format_of(ftyp(b"mif1", b"miaf", b"heic")) is HEIF
    assert format_of(ftyp(b"isom", b"mp42")) is None


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\xff",
        b"\xff\xd8",
        b"GIF8",
        b"RIFF",
        b"RIFF1234WAVE",
        b"hello",
        b"<",
        b"<svg",
        b"\0" * LONG,
        b"\0\0\0\x18ftyp",
    ],
)
def test_what_is_no_picture_has_no_format(head: bytes) -> None:
    assert format_of(head) is None


@pytest.mark.parametrize(
    "head",
    [
        b"<!doctype html><html><body><svg width='1' height='2'></svg></body></html>",
        b"<p>Look: <svg width='1' height='2'></svg></p>",
        b"<html xmlns='http://www.w3.org/1999/xhtml'><svg/></html>",
        b"<?xml version='1.0'?><feed><svg/></feed>",
        b"<svgfont/>",
        b"<!-- <svg width='1'> -->",
        b"Not an <svg>",
    ],
)
def test_a_page_with_an_svg_in_it_is_none(head: bytes) -> None:
    assert format_of(head) is None


@pytest.mark.parametrize(
    ("head", "size"),
    [
        (b'<svg width="100" height="50">', (100, 50)),
        (b"<svg width='100px' height='50px'>", (100, 50)),
        (b'<svg width = "1in" height="2.54cm">', (96, 96)),
        (b'<svg width="10mm" height="72pt">', (38, 96)),
        (b'<svg width="6pc" height="40q">', (96, 38)),
        (b'<svg viewBox="0 0 30 20">', (30, 20)),
        (b'<svg viewBox="0,0,30.4,19.6"/>', (30, 20)),
        (b'<svg width="60" viewBox="0 0 30 20">', (60, 40)),
        (b'<svg height="60" viewBox="0 0 30 20">', (90, 60)),
        (b'<svg width="100%" height="100%" viewBox="0 0 30 20">', (30, 20)),
        (b'<svg width="100%" height="10em">', (0, 0)),
        (b'<svg width="-5" height="." viewBox="0 0 0 0">', (0, 0)),
        (b'<svg viewBox="0 0 30">', (0, 0)),
        (b'<svg width="9999999999" height="1e3">', (0, 0)),
        (b'<svg width="7" width="9" height="7">', (7, 7)),
        (b"<svg>", (0, 0)),
        (b'\xef\xbb\xbf\n<?xml version="1.0"?>\n<!-- <svg width="1"> -->\n<svg width="8" height="9">', (8, 9)),
        (b'<!DOCTYPE svg [<!ENTITY ns "http://x.example/">]><svg xmlns="&ns;" width="8" height="9">', (8, 9)),
        (b'<svg:svg xmlns:svg="http://www.w3.org/2000/svg" width="8" height="9">', (8, 9)),
        (b'<svg data-name=">" width="8" height="9">', (8, 9)),
    ],
)
def test_the_size_of_an_svg_is_what_its_first_tag_says(head: bytes, size: tuple[int, int]) -> None:
    assert format_of(head) is SVG
    assert svg_size(head) == size


def test_no_entity_is_expanded() -> None:
    entities = b"".join(b'<!ENTITY e%d "%s">' % (at, b"&e%d;" % (at - 1) * 10) for at in range(1, 12))
    bomb = b'<!DOCTYPE svg [<!ENTITY e0 "aaaaaaaaaa">' + entities + b']><svg viewBox="0 0 30 20">&e11;</svg>'
    assert format_of(bomb) is SVG
    assert svg_size(bomb) == (30, 20)


@pytest.mark.parametrize(
    "wall",
    [
        b"<!--",
        b"<svg ",
        b"<",
        b"<svg a='",
        b"<svg a=b ",
        b"<?",
        b"<!-- -->",
        b"<a:",
        b"\0\0\0\x10ftyp",
        b"<svg viewBox='0 ",
    ],
)
@pytest.mark.parametrize("tail", [b"", b" " * LONG, b"a" * LONG, b"a " * LONG, b"a=" * LONG, b"-" * LONG])
def test_a_head_made_to_cost_time_costs_none(wall: bytes, tail: bytes) -> None:
    began = time.process_time()
    for head in ((wall * LONG)[:LONG], (wall + tail)[:LONG], b"<svg width='" + tail):
        format_of(head)
        svg_size(head)
    assert time.process_time() - began < 10


@pytest.mark.parametrize("name", FORMATS)
def test_a_whole_file_ends_well(name: str) -> None:
    whole = WHOLE[name]
    assert ends_well(KNOWN[name], whole, whole, len(whole))
    assert ends_well(KNOWN[name], whole, whole + bytes(300), len(whole) + 300)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "GIF", "AVIF"])
def test_one_that_breaks_off_does_not(name: str) -> None:
    whole = WHOLE[name]
    for length in (len(whole) - 1, len(whole) - 40, len(whole) // 2):
        assert not ends_well(KNOWN[name], whole[:length], whole[:length], length)


@pytest.mark.parametrize("size", [b"\0\0\0\0", b"\0\0\0\1", b"\0\0\0\7", b"\xff\xff\xff\xff"])
def test_boxes_of_any_size_are_walked_to_an_end(size: bytes) -> None:
    head = ftyp(b"avif") + size + b"mdat" + bytes(16)
    assert ends_well(AVIF, head, head, len(head)) == (size != b"\xff\xff\xff\xff")
