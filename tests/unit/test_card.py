"""Social cards: what is on them, what they are called, and that they are drawn as their picture's licence allows."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from byline.credits import licenses
from byline.credits.card import ACCENTS, Lead, Words, as_shown, planned
from byline.edges.card_drawing import INK, LINE, PAPER, QUIET, SHADE, drawn
from byline.edges.lettering import Lettering
from byline.values.card import HEIGHT, WIDTH, Arrangement, Card
from byline.values.credit import Credit
from byline.values.person import Person
from byline.values.photo import Photo
from byline.values.problem import Fault, Severity
from PIL import Image, ImageChops, ImageCms, features
from small_fonts import font

if TYPE_CHECKING:
    from byline.values.problem import Problem

TOKENS = Path(__file__).parents[2] / "theme" / "style" / "20-tokens.css"
NONE: tuple[Path, ...] = ()
WORDS = Words("The second silence", "Maren Holt", "Who would know", "Photo: Jane Roe, CC BY 4.0")
PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">made for this card</x:xmpmeta>'
RED, GREEN, BLUE, YELLOW = (230, 20, 20), (20, 180, 20), (20, 20, 230), (230, 220, 20)
PANEL = {
    Arrangement.BESIDE: (WIDTH - Arrangement.BESIDE.value[0], 0, WIDTH, HEIGHT),
    Arrangement.ABOVE: (0, 0, *Arrangement.ABOVE.value),
    Arrangement.ALONE: (0, 0, WIDTH, HEIGHT),
}


@pytest.fixture(scope="module")
def lettering() -> Lettering:
    return Lettering(folders=NONE)


def photo(size: tuple[int, int] = (1600, 1000), code: str = "CC-BY-4.0", *, own: bool = False, crop: str = "") -> Photo:
    terms = licenses.by_code(code)
    assert terms
    credit = Credit(terms, (Person("Jane Roe"),), own=own)
    return Photo("images/harbour.jpg", "images/harbour.jpg", width=size[0], height=size[1], crop=crop, credit=credit)


def lead(*size: int, code: str = "CC-BY-4.0") -> Lead:
    width, height = size or (1600, 1000)
    return Lead(photo((width, height), code), "0123456789abcdef", PACKET)


def card(lettering: Lettering, words: Words = WORDS, picture: Lead | None = None, accent: str = "blue") -> Card:
    found, problems = planned("the-second-silence", words, picture, accent, lettering)
    assert problems == ()
    assert found
    return found


def bordered(path: Path, size: tuple[int, int]) -> Path:
    """Write a grey picture with a border 10 pixels wide, each side of another colour."""
    width, height = size
    image = Image.new("RGB", size, (128, 128, 128))
    for colour, box in (
        (RED, (0, 0, width, 10)),
        (GREEN, (0, height - 10, width, height)),
        (BLUE, (0, 10, 10, height - 10)),
        (YELLOW, (width - 10, 10, width, height - 10)),
    ):
        image.paste(colour, box)
    image.save(path, quality=95)
    return path


def look(body: bytes) -> Image.Image:
    image = Image.open(BytesIO(body))
    image.load()
    return image


def near(image: Image.Image, colour: tuple[int, int, int]) -> int:
    """Return how many pixels have about this colour."""
    red, green, blue = (
        channel.point([255 * (abs(value - wanted) < 40) for value in range(256)])
        for channel, wanted in zip(image.split(), colour, strict=True)
    )
    return ImageChops.multiply(ImageChops.multiply(red, green), blue).histogram()[255]


def inked(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Tell whether there is anything dark in a part."""
    return any(image.crop(box).convert("L").histogram()[:200])


# What it is called


def test_a_card_is_named_by_its_post_and_by_all_it_is_made_of(lettering: Lettering, tmp_path: Path) -> None:
    first = card(lettering, picture=lead())
    (tmp_path / "own.ttf").write_bytes(font("The second silence"))
    unshaped = Lettering(folders=NONE)
    unshaped.shaping = not unshaped.shaping
    others = [
        card(lettering, replace(WORDS, title="The third silence"), lead()),
        card(lettering, replace(WORDS, author="Oskar"), lead()),
        card(lettering, replace(WORDS, site="Others know"), lead()),
        card(lettering, replace(WORDS, credit="Photo: John Roe, CC BY 4.0"), lead()),
        card(lettering, replace(WORDS, language="nb"), lead()),
        card(lettering, picture=lead(), accent="red"),
        card(lettering, picture=lead(2000, 800)),
        card(lettering, picture=lead(code="CC-BY-ND-4.0")),
        card(lettering, picture=replace(lead(), photo=photo(crop="4:3"))),
        card(lettering, picture=replace(lead(), digest="fedcba9876543210")),
        card(lettering, picture=replace(lead(), packet=b"")),
        card(lettering),
        card(Lettering(tmp_path / "own.ttf", folders=NONE), picture=lead()),
        card(unshaped, picture=lead()),
    ]

    assert re.fullmatch(r"cards/the-second-silence\.[0-9a-f]{16}-1200w\.jpg", first.path)
    assert first == card(Lettering(folders=NONE), picture=lead())
    assert len({first.path, *(other.path for other in others)}) == len(others) + 1


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Version 2.0 is out!", "version-2-0-is-out"),
        ("Ærlig talt, så Åse", "rlig-talt-sa-ase"),
        ("東京", "card"),
        ("a" * 200, "a" * 60),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_any_name_makes_a_file_name(name: str, stem: str, lettering: Lettering) -> None:
    found, _problems = planned(name, WORDS, None, "blue", lettering)

    assert found
    assert found.path.startswith(f"cards/{stem}.")


def test_an_accent_that_is_none_of_the_themes_is_blue(lettering: Lettering) -> None:
    assert card(lettering, accent="#abc").accent == ACCENTS["blue"]


def test_the_colours_are_the_themes() -> None:
    light = TOKENS.read_text("utf-8").split("@media")[0]
    named = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", light))

    assert (named["paper"], named["shade"], named["line"], named["ink"], named["quiet"]) == (
        PAPER,
        SHADE,
        LINE,
        INK,
        QUIET,
    )
    accents = {path.stem: path.read_text("utf-8").split("#")[1][:6] for path in TOKENS.parent.glob("accents/*.css")}
    assert {"blue": named["accent"], **{name: f"#{colour}" for name, colour in accents.items()}} == ACCENTS


@pytest.mark.parametrize("colour", [INK, QUIET, *ACCENTS.values()])
def test_what_is_written_stands_out(colour: str) -> None:
    def luminance(written: str) -> float:
        parts = (int(written[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    assert (luminance(PAPER) + 0.05) / (luminance(colour) + 0.05) >= 4.5


# How its picture is shown


@pytest.mark.parametrize(
    ("code", "own", "cut"),
    [
        ("CC-BY-4.0", False, True),
        ("CC-BY-NC-SA-2.0", False, True),
        ("CC0-1.0", False, True),
        ("PDM-1.0", False, True),
        ("NKCR", False, True),
        ("Unsplash", False, True),
        ("ARR", True, True),
        ("ARR", False, False),
        ("unknown", False, False),
        ("CC-BY-ND-4.0", False, False),
        ("CC-BY-NC-ND-3.0", False, False),
        ("CC-BY-ND-4.0", True, False),
    ],
)
def test_a_picture_is_cut_only_where_its_licence_says_it_may_be(
    code: str, *, own: bool, cut: bool, lettering: Lettering
) -> None:
    shown = photo(code=code, own=own, crop="4:3")

    placed = card(lettering, picture=Lead(shown, "0")).placed

    assert placed
    assert (placed.fills, placed.ratio) == (cut, 4 / 3 if cut else 0)
    assert as_shown(shown).crop == ("528:630" if cut else "")


def test_a_picture_without_a_credit_is_whole(lettering: Lettering) -> None:
    bare = replace(photo(), credit=None)

    placed = card(lettering, picture=Lead(bare, "0")).placed

    assert placed
    assert not placed.fills
    assert as_shown(bare) == bare


@pytest.mark.parametrize(
    ("size", "arrangement", "fills"),
    [
        ((1600, 1000), Arrangement.BESIDE, True),
        ((1000, 1600), Arrangement.BESIDE, True),
        ((2400, 1000), Arrangement.ABOVE, True),
        ((400, 250), Arrangement.BESIDE, False),
        ((900, 300), Arrangement.ABOVE, True),
        ((600, 200), Arrangement.ABOVE, False),
    ],
)
def test_a_wide_picture_stands_above_the_text_and_a_small_one_is_not_blown_up(
    size: tuple[int, int], arrangement: Arrangement, *, fills: bool, lettering: Lettering
) -> None:
    placed = card(lettering, picture=lead(*size)).placed

    assert placed
    assert (placed.arrangement, placed.fills) == (arrangement, fills)


def test_a_picture_that_has_the_parts_shape_is_not_called_cropped() -> None:
    assert as_shown(photo((1056, 1260))).crop == ""
    assert as_shown(photo((400, 250))).crop == ""


@pytest.mark.parametrize("size", [(600, 1000), (1600, 1000), (2000, 500), (300, 300)])
def test_a_picture_under_nd_is_whole_and_nothing_is_over_it(
    size: tuple[int, int], lettering: Lettering, tmp_path: Path
) -> None:
    file = bordered(tmp_path / "harbour.jpg", size)
    longest = "Whatever is written beside it, and however long it becomes, it never touches the picture " * 4
    nd = lead(*size, code="CC-BY-ND-4.0")
    first, second = card(lettering, picture=nd), card(lettering, replace(WORDS, title=longest, credit=longest), nd)
    assert first.placed

    one, other = (look(drawn(each, file)).crop(PANEL[first.placed.arrangement]) for each in (first, second))

    assert all(near(one, side) > 100 for side in (RED, GREEN, BLUE, YELLOW))
    assert one.tobytes() == other.tobytes()
    assert near(one.crop((0, 0, 4, 4)), (0xF4, 0xF1, 0xEA)) == 16


def test_a_picture_that_may_be_cut_fills_its_part_from_its_middle(lettering: Lettering, tmp_path: Path) -> None:
    file = bordered(tmp_path / "harbour.jpg", (1600, 1000))

    panel = look(drawn(card(lettering, picture=lead()), file)).crop(PANEL[Arrangement.BESIDE])

    assert near(panel.crop((0, 0, 528, 3)), RED) > 1000
    assert near(panel.crop((0, 627, 528, 630)), GREEN) > 1000
    assert near(panel, BLUE) == near(panel, YELLOW) == 0


def test_the_crop_of_the_post_is_kept_to(lettering: Lettering, tmp_path: Path) -> None:
    file = bordered(tmp_path / "harbour.jpg", (1600, 1000))
    cropped = replace(lead(), photo=photo((1000, 1000), crop="1:2"))

    panel = look(drawn(card(lettering, picture=cropped), file)).crop(PANEL[Arrangement.BESIDE])

    assert near(panel, RED) == near(panel, GREEN) == 0


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_kind_are_drawn(mode: str, lettering: Lettering, tmp_path: Path) -> None:
    suffix = "jpg" if mode == "CMYK" else "png"
    file = tmp_path / f"picture.{suffix}"
    Image.new(mode, (700, 800)).save(file)

    assert look(drawn(card(lettering, picture=lead(700, 800)), file)).size == (WIDTH, HEIGHT)


def test_what_shines_through_a_picture_is_the_ground(lettering: Lettering, tmp_path: Path) -> None:
    Image.new("RGBA", (700, 800), (0, 0, 0, 0)).save(tmp_path / "clear.png")

    panel = look(drawn(card(lettering, picture=lead(700, 800)), tmp_path / "clear.png")).crop(PANEL[Arrangement.BESIDE])

    assert near(panel, (0xF4, 0xF1, 0xEA)) == 528 * 630


def test_a_turned_picture_is_upright(lettering: Lettering, tmp_path: Path) -> None:
    file = bordered(tmp_path / "lying.jpg", (1000, 600))
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.open(file).save(tmp_path / "turned.jpg", exif=exif, quality=95)

    nd = lead(600, 1000, code="CC-BY-ND-4.0")
    panel = look(drawn(card(lettering, picture=nd), tmp_path / "turned.jpg")).crop(PANEL[Arrangement.BESIDE])

    assert near(panel.crop((0, 0, 528, 60)), BLUE) > 500, "the left side is on top after a quarter turn"


def test_colours_of_another_profile_are_shown_as_they_look(lettering: Lettering, tmp_path: Path) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A profile in which red and green have changed places.
    swapped = srgb.replace(b"rXYZ", b"....").replace(b"gXYZ", b"rXYZ").replace(b"....", b"gXYZ")
    Image.new("RGB", (700, 800), (255, 0, 0)).save(tmp_path / "swapped.png", icc_profile=swapped)

    image = look(drawn(card(lettering, picture=lead(700, 800)), tmp_path / "swapped.png"))

    assert near(image.crop(PANEL[Arrangement.BESIDE]), (0, 255, 0)) > 528 * 620
    assert "icc_profile" not in image.info


def test_a_broken_profile_is_passed_over(lettering: Lettering, tmp_path: Path) -> None:
    broken = b"\0" * 16 + b"RGB " + b"\0" * 200
    Image.new("RGB", (700, 800), RED).save(tmp_path / "broken.png", icc_profile=broken)

    image = look(drawn(card(lettering, picture=lead(700, 800)), tmp_path / "broken.png"))

    assert near(image, RED) > 528 * 620


def test_a_broken_picture_is_a_fault(lettering: Lettering, tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing more")

    with pytest.raises(Fault, match=re.escape("broken.jpg")):
        drawn(card(lettering, picture=lead()), tmp_path / "broken.jpg")


# What is written on it


def test_a_card_is_a_jpeg_with_its_packet_the_same_bytes_each_time(lettering: Lettering, tmp_path: Path) -> None:
    file = bordered(tmp_path / "harbour.jpg", (1600, 1000))
    plan = card(lettering, picture=lead())

    body = drawn(plan, file)

    image = look(body)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1200, 630))
    assert image.info["xmp"] == PACKET
    assert body == drawn(card(Lettering(folders=NONE), picture=lead()), file)


def test_a_packet_that_no_jpeg_can_hold_is_left_out(lettering: Lettering) -> None:
    plan = replace(card(lettering), packet=b" " * 65_001)

    assert "xmp" not in look(drawn(plan, None)).info


@pytest.mark.parametrize(
    "title",
    [
        "It was " + "a long, long story " * 16,
        "x" * 90,
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 2,
        "O",
    ],
    ids=["300 characters", "one word", "a long word", "one letter"],
)
def test_no_title_runs_out_of_its_column(title: str, lettering: Lettering, tmp_path: Path) -> None:
    file = tmp_path / "white.png"
    Image.new("RGB", (1600, 1000), "white").save(file)
    words = replace(WORDS, title=title, author="Maximiliane Friederike von Hohenlohe", credit="Who made it " * 30)

    image = look(drawn(card(lettering, words, lead()), file))

    assert inked(image, (64, 100, 616, 250)), "the title"
    assert not inked(image, (0, 0, 60, HEIGHT))
    assert not inked(image, (624, 0, 672, HEIGHT))
    assert not inked(image, (0, 580, 672, HEIGHT))


@pytest.mark.skipif(not features.check("raqm"), reason="Pillow has no Raqm here")
def test_a_title_from_right_to_left_stands_at_the_right_and_the_picture_at_the_left(tmp_path: Path) -> None:
    (tmp_path / "Hebrew.ttf").write_bytes(font("שלום"))
    file = tmp_path / "white.png"
    Image.new("RGB", (1600, 1000), "white").save(file)
    lettering = Lettering(folders=[tmp_path])

    alone = look(drawn(card(lettering, replace(WORDS, title="שלום")), None))
    beside = look(drawn(card(lettering, replace(WORDS, title="שלום"), lead()), file))

    assert inked(alone, (1000, 130, 1110, 300))
    assert not inked(alone, (0, 0, 500, 400))
    assert not inked(beside, (0, 0, 528, HEIGHT))
    assert inked(beside, (900, 100, 1140, 250))


def test_an_emoji_that_no_font_has_leaves_no_trace(lettering: Lettering) -> None:
    with_emoji = card(lettering, replace(WORDS, title="The 🚀 second silence 👩‍💻"))

    assert drawn(with_emoji, None) == drawn(card(lettering), None)


def missing(found: tuple[Card | None, tuple[Problem, ...]]) -> tuple[Card | None, Problem]:
    plan, (problem,) = found
    assert problem.code == "card-without-text"
    assert problem.severity is Severity.EDITORIAL
    return plan, problem


@pytest.mark.parametrize(
    "words", [replace(WORDS, title="東京"), replace(WORDS, credit="写真")], ids=["title", "credit"]
)
def test_a_card_whose_words_no_font_has_is_its_picture_alone(
    words: Words, lettering: Lettering, tmp_path: Path
) -> None:
    file = tmp_path / "white.png"
    Image.new("RGB", (1600, 1000), "white").save(file)

    plan, problem = missing(planned("tokyo", words, lead(), "blue", lettering))

    assert plan
    assert plan.placed
    assert plan.placed.arrangement is Arrangement.ALONE
    image = look(drawn(plan, file))
    assert not inked(image, (0, 0, WIDTH, HEIGHT))
    assert image.info["xmp"] == PACKET
    assert "CJK UNIFIED IDEOGRAPH" in problem.what


def test_without_a_picture_there_is_no_such_card(lettering: Lettering) -> None:
    plan, problem = missing(planned("tokyo", replace(WORDS, title="東京"), None, "blue", lettering))

    assert plan is None
    assert "Noto" in problem.remedy


def test_a_credit_without_its_picture_is_not_missed(lettering: Lettering) -> None:
    assert card(lettering, replace(WORDS, credit="写真")).credit.text == ""


def test_a_font_that_is_gone_when_a_card_is_drawn_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "Han.ttf"
    file.write_bytes(font("東京"))
    plan = card(Lettering(folders=[tmp_path]), replace(WORDS, title="東京"))
    file.unlink()

    with pytest.raises(Fault, match=r"Han\.ttf") as fault:
        drawn(plan, None)

    assert fault.value.problems[0].code == "bad-font"
