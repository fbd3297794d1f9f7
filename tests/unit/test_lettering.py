"""Fonts for cards: Byline's own suffices or others are found, and what none has is told or left out, never a box."""

from __future__ import annotations

import struct
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest
from byline.edges.lettering import Lettering
from byline.edges.pen import Pen
from byline.edges.system_fonts import faces_of
from byline.values.clusters import cleaned, clusters, seen
from byline.values.font import Cut
from PIL import Image, ImageDraw, ImageFont, features
from small_fonts import BUNDLED, collection, font

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from byline.values.font import Font

NOWHERE: tuple[Path, ...] = ()
TITLES = {
    "Latin": "Æther, Łódź, Ağrı, Ștefan, “naïve” façade — ½ € № 2₂",
    "Vietnamese": "Sự im lặng thứ hai",
    "African": "Ɔdɔ ne ɛyɛ, Ŋǃxóõ ɓaawo",
    "Greek": "Η θάλασσα, ἐν ἀρχῇ ἦν ὁ λόγος",
    "Cyrillic": "Второе молчание, Ђорђе, Қазақстан, ї ґ",
    "signs": "A → B ⇒ x ≥ 5 ≠ ∞, ✓ ★ ● ■",
    "marks": "x\u0304 and Ė\u0303",
}
shaping = pytest.mark.skipif(not features.check("raqm"), reason="Pillow has no Raqm here")


class Watched(list["Path"]):
    """Folders that nobody may look at."""

    def __iter__(self) -> Iterator[Path]:
        """Fail: somebody looks."""
        pytest.fail("the machine's fonts were looked for")


def in_folder(folder: Path, **fonts: bytes) -> Lettering:
    for name, body in fonts.items():
        (folder / f"{name}.ttf").write_bytes(body)
    return Lettering(folders=[folder])


def names(fonts: tuple[Font, ...]) -> list[str]:
    return [font.path.stem for font in fonts]


def mask(found: Font, text: str) -> bytes:
    drawn = ImageFont.truetype(found.path, 40, found.face).getmask(text)
    return bytes(drawn) + repr(drawn.size).encode()


def test_the_bundled_fonts_are_small_and_carry_their_licence() -> None:
    assert sum(path.stat().st_size for path in BUNDLED.iterdir()) <= 500_000
    licence = (BUNDLED / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert all(path.name in licence for path in BUNDLED.glob("*.ttf"))
    assert "Reserved Font Name " not in licence.partition("PREAMBLE")[0]


@pytest.mark.parametrize("cut", Cut)
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_the_bundled_fonts_suffice_and_the_machine_is_not_searched(title: str, cut: Cut) -> None:
    found = Lettering(folders=Watched()).found(title, cut)

    assert found.missing == ""
    assert len(found.lettered.text) >= len(title) - 1, "nothing but what composes is gone"


@pytest.mark.parametrize("cut", Cut)
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_no_box_is_ever_drawn(title: str, cut: Cut) -> None:
    lettered = Lettering(folders=NOWHERE).found(title, cut).lettered

    for cluster in filter(seen, clusters(lettered.text)):
        chosen = next(one for one in lettered.fonts if one.has(cluster))
        for char in cluster:
            assert mask(chosen, char) != mask(chosen, "\U0010fffd"), f"{char!r} is a box"


@pytest.mark.parametrize("name", ["NotoSerif-Bold", "NotoSans-Regular", "NotoSymbols"])
def test_a_font_has_what_freetype_draws(name: str) -> None:
    found = faces_of(BUNDLED / f"{name}.ttf")[0]
    box = mask(found, "\U0010fffd")

    # What is composed of others (half of ranges such as Greek Extended) Raqm draws all the same.
    codes = (*range(0x21, 0x370), *range(0x400, 0x600), *range(0x2010, 0x2800))
    chars = [char for char in map(chr, codes) if cleaned(char) == char and not unicodedata.decomposition(char)]

    assert [char for char in chars if (char in found.characters) != (mask(found, char) != box)] == []


def test_what_is_not_seen_is_taken_out() -> None:
    lettering = Lettering(folders=Watched())

    hidden = lettering.found(" A\u00ad\ufeff\u200b\u2067\u200fb\n\tc\ufe0f\x07 ", Cut.TITLE)

    assert hidden == lettering.found("Ab c", Cut.TITLE)


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Ship it 🚀 on Friday", "Ship it on Friday"),
        ("👩‍💻👍🏽 Tools", "Tools"),
        ("Press 1️⃣, then 🇳🇴!", "Press 1, then !"),
        ("🎉", ""),
        ("Made by \ue000 hand", "Made by hand"),
        ("Newer than this Python: \U0001fae9.", "Newer than this Python: ."),
    ],
)
def test_pictographs_that_no_font_has_are_left_out(title: str, left: str) -> None:
    found = Lettering(folders=NOWHERE).found(title, Cut.TITLE)

    assert (found.lettered.text, found.missing) == (left, "")


def test_pictographs_that_a_font_has_are_drawn(tmp_path: Path) -> None:
    found = in_folder(tmp_path, Signs=font("🚀")).found("Ship it 🚀", Cut.TITLE)

    assert (found.lettered.text, found.missing) == ("Ship it 🚀", "")


def test_a_script_that_no_font_has_is_told_each_character_once() -> None:
    assert Lettering(folders=NOWHERE).found("東京と東北", Cut.TITLE).missing == "東京と北"


def test_a_font_is_found_below_the_folders(tmp_path: Path) -> None:
    (tmp_path / "deep" / "below").mkdir(parents=True)
    (tmp_path / "deep" / "below" / "Far.OTF").write_bytes(font("東京"))

    found = Lettering(folders=[tmp_path / "not there", tmp_path]).found("Tokyo 東京", Cut.TITLE)

    assert found.missing == ""
    assert names(found.lettered.fonts) == ["NotoSerif-Bold", "Far"]


def test_both_kinds_of_character_table_and_collections_are_read(tmp_path: Path) -> None:
    for name, body in {"a.ttf": font("東", wide=False), "b.ttf": font("京"), "c.ttc": collection("大", "阪")}.items():
        (tmp_path / name).write_bytes(body)

    found = Lettering(folders=[tmp_path]).found("東京大阪", Cut.TEXT)

    assert found.missing == ""
    assert sorted((one.path.name, one.face) for one in found.lettered.fonts[1:]) == [
        ("a.ttf", 0),
        ("b.ttf", 0),
        ("c.ttc", 0),
        ("c.ttc", 1),
    ]


def test_one_font_that_has_all_goes_before_several(tmp_path: Path) -> None:
    lettering = in_folder(tmp_path, A=font("東京大"), B=font("東京大阪"), C=font("阪"))

    assert names(lettering.found("東京大阪", Cut.TEXT).lettered.fonts) == ["NotoSans-Regular", "B"]


def test_a_title_takes_the_heavier_font(tmp_path: Path) -> None:
    lettering = in_folder(tmp_path, A=font("東", weight=400), B=font("東", weight=700))

    assert names(lettering.found("東", Cut.TITLE).lettered.fonts)[-1] == "B"
    assert names(lettering.found("東", Cut.TEXT).lettered.fonts)[-1] == "A"


def test_a_variable_font_is_as_heavy_as_it_can_be(tmp_path: Path) -> None:
    # One axis: weight from 100 to 600, usually 200.
    fvar = struct.pack(">HHHHHHHH4siiiHH", 1, 0, 16, 2, 1, 20, 0, 8, b"wght", *(n << 16 for n in (100, 200, 600)), 0, 0)
    (tmp_path / "Varies.ttf").write_bytes(font("東", fvar=fvar))

    (found,) = faces_of(tmp_path / "Varies.ttf")

    assert found.axes == ((b"wght", 100, 200, 600),)
    assert [found.near(cut.value) for cut in (Cut.TITLE, Cut.TEXT)] == [600, 400]


@pytest.mark.parametrize(
    ("language", "name"),
    [("ja", "Japanese"), ("zh", "Simplified"), ("zh-Hans-SG", "Simplified"), ("zh-Hant", "Traditional"), ("en", "Any")],
)
def test_a_font_made_for_the_language_goes_before_others(language: str, name: str, tmp_path: Path) -> None:
    pages = {"Any": 0, "Japanese": 17, "Simplified": 18, "Traditional": 20}
    lettering = in_folder(tmp_path, **{name: font("東", page=page) for name, page in pages.items()})

    assert names(lettering.found("東", Cut.TITLE, language).lettered.fonts)[-1] == name


def test_the_order_of_texts_changes_nothing(tmp_path: Path) -> None:
    texts = ("東", "東京", "京")
    one, other = in_folder(tmp_path, A=font("東"), B=font("東京")), Lettering(folders=[tmp_path])

    there = [one.found(text, Cut.TITLE) for text in texts]
    back = [other.found(text, Cut.TITLE) for text in reversed(texts)]

    assert there == back[::-1]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("Coloured", font("東", sbix=b"\0" * 16)),
        ("Empty", b""),
        ("Garbage", b"\0\1\0\0" + bytes(range(256)) * 40),
        ("LastResort", font("東")),
        ("NoOutlines", font("東", glyf=b"")),
        ("NoPlaces", font("東", loca=b"")),
        ("Short", font("東")[:3000]),
        ("unifont", font("東")),
    ],
)
def test_a_font_that_cannot_draw_or_only_pretends_is_passed_over(name: str, body: bytes, tmp_path: Path) -> None:
    assert in_folder(tmp_path, **{name: body}).found("東", Cut.TITLE).missing == "東"


def test_the_font_that_is_set_goes_first(tmp_path: Path) -> None:
    own = tmp_path / "own.ttf"
    own.write_bytes(font("AB東"))

    lettering = Lettering(own, folders=Watched())

    assert lettering.problems == ()
    assert names(lettering.found("AB東", Cut.TITLE).lettered.fonts) == ["own", "NotoSerif-Bold"]


@pytest.mark.parametrize(
    ("body", "what"),
    [(None, "is not there"), (b"", "is no font"), (b"<html>", "is no font"), (font("A")[:2000], "is no font")],
)
def test_a_font_that_is_set_and_cannot_be_used_is_told(body: bytes | None, what: str, tmp_path: Path) -> None:
    own = tmp_path / "own.ttf"
    if body is not None:
        own.write_bytes(body)

    lettering = Lettering(own, "fonts/own.ttf", folders=NOWHERE)

    (problem,) = lettering.problems
    assert problem.code == "bad-font"
    assert what in problem.what
    assert "fonts/own.ttf" in problem.what
    assert lettering.found("Still drawn", Cut.TITLE).missing == ""


@pytest.mark.parametrize("text", ["سلام", "שלום", "नमस्ते", "สวัสดี", "x\u0304"])
def test_without_shaping_a_script_that_needs_it_is_not_drawn(text: str, tmp_path: Path) -> None:
    lettering = in_folder(tmp_path, All=font(text))
    lettering.shaping = False

    assert lettering.found(text, Cut.TITLE).missing


def test_without_shaping_the_rest_is_drawn() -> None:
    lettering = Lettering(folders=NOWHERE)
    lettering.shaping = False
    lettered = lettering.found("Letting\u200c go, Ångström", Cut.TITLE).lettered
    canvas = ImageDraw.Draw(Image.new("L", (900, 100)))

    pen = Pen(lettered.fonts, Cut.TITLE, "en", leftward=False, shaping=False)

    assert lettered.text == "Letting go, Ångström"
    assert pen.write(canvas, (0, 60), lettered.text, 40, "white") == pytest.approx(
        pen.width(lettered.text) * 40, rel=0.02
    )


@shaping
def test_joiners_are_kept_and_drawn_as_nothing() -> None:
    lettered = Lettering(folders=NOWHERE).found("a\u200cb", Cut.TEXT).lettered
    pen = Pen(lettered.fonts, Cut.TEXT, "en", leftward=False, shaping=True)

    assert lettered.text == "a\u200cb"
    assert pen.width("a\u200cb") == pen.width("ab")


def test_the_folders_of_each_system_are_absolute(monkeypatch: pytest.MonkeyPatch) -> None:
    from byline.edges.system_fonts import font_folders

    for platform in ("linux", "darwin"):
        monkeypatch.setattr(sys, "platform", platform)
        assert font_folders()
        assert all(folder.is_absolute() for folder in font_folders())
