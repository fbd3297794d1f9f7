"""The plan of a picture's renditions: which widths, formats and crops there are, and what they are called."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from byline.credits.renditions import FOLDER, crop_box, planned, ratio_of
from byline.edges.pictures import Measured
from byline.values.output import fingerprinted
from byline.values.problem import Problem
from byline.values.settings import Photos

if TYPE_CHECKING:
    from byline.values.photo import Rendition

SETTINGS = Photos()
PHOTOGRAPH = Measured("0123456789abcdef", 4000, 3000, "image/jpeg")


def plan(
    measured: Measured = PHOTOGRAPH,
    settings: Photos = SETTINGS,
    crop: str = "",
    xmp: bytes = b"<x/>",
    stem: str = "harbour.jpg",
) -> tuple[Rendition, ...]:
    return planned(stem, measured, settings, crop, xmp)


def sizes(made: tuple[Rendition, ...]) -> list[tuple[str, int, int]]:
    return [(one.media_type.removeprefix("image/"), one.width, one.height) for one in made]


def test_each_format_has_each_width_the_files_own_format_last() -> None:
    assert sizes(plan()) == [
        (name, width, width * 3 // 4) for name in ("avif", "webp", "jpeg") for width in (480, 960, 1600)
    ]


def test_nothing_is_larger_than_the_picture() -> None:
    small = replace(PHOTOGRAPH, width=1000, height=750)
    assert [one.width for one in plan(small)] == [480, 960, 1000] * 3
    exact = replace(PHOTOGRAPH, width=960, height=720)
    assert [one.width for one in plan(exact)] == [480, 960] * 3
    assert [one.width for one in plan(replace(PHOTOGRAPH, width=400, height=300))] == [400] * 3


@pytest.mark.parametrize(
    ("media_type", "formats"),
    [
        ("image/jpeg", ["avif", "webp", "jpeg"]),
        ("image/png", ["avif", "webp", "png"]),
        ("image/gif", ["avif", "webp", "png"]),
        ("image/webp", ["avif", "webp"]),
        ("image/avif", ["avif"]),
    ],
)
def test_no_format_is_made_that_is_larger_than_the_files_own(media_type: str, formats: list[str]) -> None:
    made = plan(replace(PHOTOGRAPH, media_type=media_type))
    assert list(dict.fromkeys(name for name, _width, _height in sizes(made))) == formats


def test_widths_and_formats_are_the_settings() -> None:
    assert sizes(plan(settings=Photos(widths=[700, 350, 700], formats=["webp"]))) == [
        ("webp", 350, 262),
        ("webp", 700, 525),
        ("jpeg", 350, 262),
        ("jpeg", 700, 525),
    ]
    assert sizes(plan(settings=Photos(widths=[960], formats=[]))) == [("jpeg", 960, 720)]
    assert plan(settings=Photos(widths=[])) == ()
    assert plan(settings=Photos(widths=[0, -3])) == ()
    assert sizes(plan(settings=Photos(widths=[5000], formats=[]))) == [("jpeg", 4000, 3000)]


@pytest.mark.parametrize(
    "measured",
    [
        replace(PHOTOGRAPH, width=319, height=200),
        replace(PHOTOGRAPH, width=0, height=0),
        replace(PHOTOGRAPH, still=False),
        replace(PHOTOGRAPH, media_type="image/svg+xml"),
        replace(PHOTOGRAPH, media_type="image/tiff"),
        replace(PHOTOGRAPH, media_type=""),
        replace(PHOTOGRAPH, fault=Problem("broken-picture", "It is broken.", "Mend it.")),
    ],
)
def test_what_is_narrow_moves_is_drawn_or_faulty_is_shown_as_it_is(measured: Measured) -> None:
    assert plan(measured) == ()


def test_a_picture_too_high_for_webp_has_none() -> None:
    tall = replace(PHOTOGRAPH, width=500, height=20_000, media_type="image/png")
    assert [name for name, _width, _height in sizes(plan(tall))] == ["avif", "avif", "png", "png"]
    assert sizes(plan(tall))[-1] == ("png", 500, 20_000)


def test_a_rendition_is_named_by_its_picture_and_what_it_is_made_of() -> None:
    for one in plan():
        assert re.fullmatch(rf"{FOLDER}/harbour\.[0-9a-f]{{16}}-{one.width}w\.(avif|webp|jpg)", one.path)
        assert fingerprinted(one.path, "")


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("harbour.jpg", "harbour"),
        ("Åsa's café 2.JPG", "asa-s-cafe-2"),
        ("写真.jpg", "picture"),
        ("photo.写真.jpg", "photo"),
        ('<img src=x onerror="a()">.jpg', "img-src-x-onerror-a"),
        ("--__--.png", "picture"),
        ("a" * 300 + ".png", "a" * 40),
        (".jpg", "jpg"),
        ("", "picture"),
        ("no-suffix", "no-suffix"),
        ("a/../b.jpg", "b"),
    ],
)
def test_names_are_plain_whatever_the_file_is_called(stem: str, name: str) -> None:
    assert plan(stem=stem)[0].path.partition(".")[0] == f"{FOLDER}/{name}"


def test_another_picture_crop_or_packet_has_another_name() -> None:
    others = [
        plan(replace(PHOTOGRAPH, digest="fedcba9876543210")),
        plan(crop="16:9"),
        plan(xmp=b"<y/>"),
    ]
    names = {one.path for made in (plan(), *others) for one in made}
    assert len(names) == 9 * 4
    assert plan() == plan()


def test_all_of_a_picture_share_what_they_are_made_of_and_tell_width_and_format_apart() -> None:
    parts = [one.path.rpartition("-") for one in plan()]
    assert len({made_of for made_of, _, _ in parts}) == 1
    assert len({told_apart for _, _, told_apart in parts}) == 9


def test_a_crop_is_taken_from_the_middle_and_decides_the_widths() -> None:
    wide = plan(crop="16:9")[-1]
    assert (wide.width, wide.height, wide.crop) == (1600, 900, (0, 375, 4000, 2625))
    high = plan(crop="1:3")
    assert [(one.width, one.height) for one in high[-3:]] == [(480, 1440), (960, 2880), (1000, 3000)]
    assert high[0].crop == (1500, 0, 2500, 3000)
    assert plan(crop="1:10") == ()  # 300 pixels wide: too narrow


@pytest.mark.parametrize("crop", ["", "4:3", "4/3", "1.333:1", "3999:3000", "no", "0:1", "1:0", "16:9:4", "-1:1"])
def test_nothing_is_cut_off_where_no_ratio_is_asked_for_or_the_picture_has_it(crop: str) -> None:
    assert crop_box(crop, 4000, 3000) is None
    assert plan(crop=crop) == plan()


@pytest.mark.parametrize(
    ("written", "ratio"),
    [
        ("16:9", 16 / 9),
        (" 16 : 9 ", 16 / 9),
        ("3/2", 1.5),
        ("2.39:1", 2.39),
        ("99999:1", None),
        ("٣:٢", 1.5),
        ("a:b", None),
    ],
)
def test_a_ratio_is_two_numbers(written: str, ratio: float | None) -> None:
    assert ratio_of(written) == ratio
