"""Embedded rights: what programs write into pictures, in whichever form, and what of it is believed."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from byline.credits.embedded import fields
from byline.edges.pictures import measured
from PIL import Image
from PIL.PngImagePlugin import PngInfo

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Tool

BY = "https://creativecommons.org/licenses/by/4.0/"
AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
NAMESPACES = """
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:cc="http://creativecommons.org/ns#"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#\""""


def packet(properties: str = "", attributes: str = "") -> bytes:
    """Return an XMP packet of properties as elements, and as attributes of the description."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="It">'
        f'\n <rdf:RDF{NAMESPACES}>\n  <rdf:Description rdf:about="" {attributes}>\n{properties}\n  </rdf:Description>\n'
        f' </rdf:RDF>\n</x:xmpmeta>\n{" " * 200}\n<?xpacket end="w"?>'
    ).encode()


def one(name: str, *texts: str, kind: str = "Seq") -> str:
    """Return a property that has a list of texts."""
    return f"<{name}><rdf:{kind}>{''.join(f'<rdf:li>{text}</rdf:li>' for text in texts)}</rdf:{kind}></{name}>"


def dataset(record: int, number: int, value: bytes) -> bytes:
    """Return a dataset of IIM."""
    return bytes([0x1C, record, number]) + len(value).to_bytes(2, "big") + value


def read(properties: str = "", attributes: str = "") -> dict[str, object]:
    return fields(packet(properties, attributes), b"")


JANE = one("dc:creator", "Jane Roe")


# The forms in which programs write


def test_lightroom_writes_texts_as_attributes() -> None:
    found = read(
        f'{JANE}<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2024 Jane Roe</rdf:li></rdf:Alt></dc:rights>'
        '<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/'
        'ResourceEvent#" stEvt:parameters="converted"/></rdf:Seq></xmpMM:History>',
        f'photoshop:Credit="Jane Roe / Agency" xmpRights:Marked="True" xmpRights:WebStatement="{BY}"',
    )
    assert found == {
        "creator": ("Jane Roe",),
        "copyright": "© 2024 Jane Roe",
        "credit_line": "Jane Roe / Agency",
        "license": "CC-BY-4.0",
    }


def test_picture_generators_say_how_a_picture_came_to_be() -> None:
    attributes = f'photoshop:Credit="Made with a machine" Iptc4xmpExt:DigitalSourceType="{AI}"'
    assert read("", attributes) == {"credit_line": "Made with a machine", "digital_source_type": AI}
    resource = f'<Iptc4xmpExt:DigitalSourceType rdf:resource="{AI}"/>'
    assert read(resource) == {"digital_source_type": AI}


@pytest.mark.parametrize("kind", ["Seq", "Bag", "Alt"])
def test_creators_may_stand_in_any_list(kind: str) -> None:
    assert read(one("dc:creator", "Jane Roe", " Bo\n Li ", "Jane Roe", kind=kind)) == {"creator": ("Jane Roe", "Bo Li")}


def test_a_creator_may_stand_in_no_list() -> None:
    assert read("<dc:creator>Jane Roe</dc:creator>") == {"creator": ("Jane Roe",)}
    assert read(attributes='dc:creator="Jane Roe"') == {"creator": ("Jane Roe",)}


def test_of_several_languages_the_default_one_counts_else_the_first() -> None:
    default = '<rdf:li xml:lang="de">Boote</rdf:li><rdf:li xml:lang="x-default">Boats</rdf:li>'
    first = '<rdf:li xml:lang="de">Boote</rdf:li><rdf:li xml:lang="fr">Bateaux</rdf:li>'
    for texts, wanted in ((default, "Boats"), (first, "Boote")):
        alt = f"<Iptc4xmpCore:AltTextAccessibility><rdf:Alt>{texts}</rdf:Alt></Iptc4xmpCore:AltTextAccessibility>"
        assert read(alt) == {"alt": wanted}


@pytest.mark.parametrize(
    "licensor",
    [
        '<rdf:li rdf:parseType="Resource"><plus:LicensorURL>{}</plus:LicensorURL></rdf:li>',
        '<rdf:li><rdf:Description plus:LicensorURL="{}"/></rdf:li>',
        '<rdf:li plus:LicensorURL="{}"/>',
        '<rdf:li><rdf:Description><plus:LicensorURL rdf:resource="{}"/></rdf:Description></rdf:li>',
    ],
)
def test_a_licensor_may_be_written_in_any_form_of_a_structure(licensor: str) -> None:
    found = read(f"{JANE}<plus:Licensor><rdf:Seq>{licensor.format('https://roe.example/')}</rdf:Seq></plus:Licensor>")
    assert found == {"creator": ("Jane Roe",), "acquire": "https://roe.example/"}


def test_a_text_with_qualifiers_is_its_value() -> None:
    value = "<rdf:Description><rdf:value>© Jane</rdf:value><dc:title>no title</dc:title></rdf:Description>"
    assert read(f"<dc:rights>{value}</dc:rights>") == {"copyright": "© Jane"}


def test_a_namespace_counts_and_not_its_prefix() -> None:
    renamed = packet(JANE).replace(b"dc:", b"ns0:").replace(b"xmlns:dc=", b"xmlns:ns0=").replace(b"rdf:", b"r:")
    assert fields(renamed.replace(b"xmlns:rdf=", b"xmlns:r="), b"") == {"creator": ("Jane Roe",)}
    assert fields(packet(JANE).replace(b"http://purl.org/dc/elements/1.1/", b"http://a.example/"), b"") == {}


def test_properties_may_be_spread_over_descriptions() -> None:
    second = '</rdf:Description><rdf:Description rdf:about="" dc:source="https://photos.example/1"/><rdf:Description>'
    assert read(JANE + second) == {"creator": ("Jane Roe",), "source": "https://photos.example/1"}


def test_what_is_said_of_other_pictures_inside_is_not_said_of_this_one() -> None:
    ingredient = f'<rdf:li rdf:parseType="Resource">{JANE}<photoshop:Credit>Jane</photoshop:Credit></rdf:li>'
    assert read(f"<xmpMM:Pantry><rdf:Bag>{ingredient}</rdf:Bag></xmpMM:Pantry>") == {}
    assert read(f'<other xmlns="urn:else">{JANE}</other>') == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("around", [("", ""), ("\ufeff", ""), ("", "\n \0\0\0")], ids=["bare", "marked", "padded"])
def test_a_packet_may_have_any_of_unicodes_encodings(encoding: str, around: tuple[str, str]) -> None:
    text = packet(one("dc:creator", "Åsa 太郎")).decode().join(around)
    assert fields(text.encode(encoding), b"") == {"creator": ("Åsa 太郎",)}


# What is believed


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (f'<cc:license rdf:resource="{BY}"/>', "CC-BY-4.0"),
        ("<cc:license>http://creativecommons.org/publicdomain/zero/1.0</cc:license>", "CC0-1.0"),
        (
            "<xmpRights:WebStatement>creativecommons.org/licenses/by-sa/3.0/de/deed.en</xmpRights:WebStatement>",
            "CC-BY-SA-3.0-DE",
        ),
        (one("xmpRights:UsageTerms", "CC BY-NC 2.0", kind="Alt"), "CC-BY-NC-2.0"),
        (one("xmpRights:UsageTerms", "Creative Commons Attribution 4.0 International", kind="Alt"), "CC-BY-4.0"),
        (one("xmpRights:UsageTerms", f"This work is licensed under {BY}legalcode.", kind="Alt"), "CC-BY-4.0"),
        (one("xmpRights:UsageTerms", "Unsplash License", kind="Alt"), "Unsplash"),
        (one("xmpRights:UsageTerms", "No known copyright restrictions", kind="Alt"), "NKCR"),
        (one("xmpRights:UsageTerms", "CC BY-SA", kind="Alt"), "CC BY-SA"),
        (one("dc:rights", BY, kind="Alt"), "CC-BY-4.0"),
    ],
)
def test_a_licence_is_found_wherever_it_is_written(written: str, code: str) -> None:
    assert read(JANE + written) == {"creator": ("Jane Roe",), "license": code}


def test_a_notice_that_names_a_licence_beside_its_owner_stays() -> None:
    notice = f"© 2024 Jane Roe, some rights reserved ({BY})"
    assert read(one("dc:rights", notice, kind="Alt")) == {"copyright": notice, "license": "CC-BY-4.0"}


def test_a_word_that_is_also_a_part_of_licences_names_none() -> None:
    assert read(one("dc:rights", "Sampling", kind="Alt")) == {"copyright": "Sampling"}


def test_the_clearest_of_several_licences_counts() -> None:
    terms = one("xmpRights:UsageTerms", "CC BY-SA 4.0", kind="Alt")
    assert read(terms, f'xmpRights:WebStatement="{BY}"') == {"license": "CC-BY-4.0"}


def test_a_statement_that_names_no_licence_is_where_one_can_be_had() -> None:
    statement = 'xmpRights:WebStatement="https://agency.example/terms"'
    assert read(JANE, statement) == {"creator": ("Jane Roe",), "acquire": "https://agency.example/terms"}
    licensor = '<plus:Licensor><rdf:Seq><rdf:li plus:LicensorURL="https://agency.example/1"/></rdf:Seq></plus:Licensor>'
    assert read(licensor, statement) == {"acquire": "https://agency.example/1"}
    assert read(f'<cc:license rdf:resource="{BY}"/>', statement) == {"license": "CC-BY-4.0"}


def test_a_licence_that_byline_does_not_know_is_given_by_its_address() -> None:
    assert read('<cc:license rdf:resource="https://artlibre.org/lal/en/"/>') == {
        "license_url": "https://artlibre.org/lal/en/"
    }


def test_all_rights_reserved_is_no_leave_to_show_a_picture() -> None:
    terms = one("xmpRights:UsageTerms", "All rights reserved", kind="Alt")
    notice = one("dc:rights", "All rights reserved.", kind="Alt")
    assert read(JANE + terms + notice) == {"creator": ("Jane Roe",), "copyright": "All rights reserved."}


def test_a_source_is_an_address_of_the_web() -> None:
    assert read("<dc:source>Jane's disk</dc:source><photoshop:Source>https://photos.example/1</photoshop:Source>") == {
        "source": "https://photos.example/1"
    }
    assert read(attributes='dc:source="www.photos.example" photoshop:Source="Agency"') == {}


@pytest.mark.parametrize(
    "title",
    [
        "OLYMPUS DIGITAL CAMERA",
        "KONICA MINOLTA DIGITAL CAMERA",
        "SONY DSC",
        "Untitled",
        "untitled-1",
        "DSC_0042.NEF",
        "IMG_2024",
        "P1010007",
        "harbour-small.jpg",
        "-",
        "Exif_JPEG_PICTURE",
    ],
)
def test_what_a_camera_or_a_form_left_is_no_title(title: str) -> None:
    assert read(JANE + one("dc:title", title, kind="Alt")) == {"creator": ("Jane Roe",)}


def test_a_title_alone_is_no_right_but_an_alternative_text_always_counts() -> None:
    title = one("dc:title", "Boats", kind="Alt")
    alt = one("Iptc4xmpCore:AltTextAccessibility", "Two red boats", kind="Alt")
    caption = one("dc:description", "Shot on Monday", kind="Alt")
    assert read(title + caption) == {}
    assert read(title + alt) == {"alt": "Two red boats"}
    assert read(title + JANE) == {"title": "Boats", "creator": ("Jane Roe",)}


def test_fields_that_nobody_filled_in_say_nothing() -> None:
    assert read(one("dc:creator", "unknown", " ") + one("dc:rights", "Copyright", kind="Alt")) == {}


@pytest.mark.parametrize("line", ["Jane Roe, Bo Li", "Jane Roe, Bo Li / Unsplash"])
def test_a_credit_line_that_only_repeats_the_creators_is_left_out(line: str) -> None:
    creators = one("dc:creator", "Jane Roe", "Bo Li")
    attributes = f'photoshop:Credit="{line}" xmpRights:WebStatement="https://unsplash.com/license"'
    assert read(creators, attributes) == {"creator": ("Jane Roe", "Bo Li"), "license": "Unsplash"}


def test_texts_are_on_one_line_without_control_characters_and_of_a_sane_length() -> None:
    found = read(one("dc:creator", "Jane&#13;&#10;\tRoe\u0090") + one("dc:rights", "word " * 1000, kind="Alt"))
    assert found["creator"] == ("Jane Roe",)
    assert len(str(found["copyright"])) < 2001
    many = read(one("dc:creator", *(f"Creator {number}" for number in range(1000))))["creator"]
    assert isinstance(many, tuple)
    assert len(many) == 40


# IIM


IIM = (
    dataset(2, 5, b"Boats") + dataset(2, 80, b"Jane Roe") + dataset(2, 80, b"Bo Li") + dataset(2, 116, b"(c) 2024 Jane")
)


def test_iim_says_the_same_in_its_own_way() -> None:
    more = dataset(2, 110, b"Agency") + dataset(2, 115, b"https://photos.example/1") + dataset(2, 120, b"A caption")
    assert fields(b"", IIM + more) == {
        "title": "Boats",
        "creator": ("Jane Roe", "Bo Li"),
        "credit_line": "Agency",
        "copyright": "(c) 2024 Jane",
        "source": "https://photos.example/1",
    }


def test_xmp_counts_before_iim_property_by_property() -> None:
    assert fields(packet(one("dc:creator", "Åsa") + one("dc:rights", " ", kind="Alt")), IIM) == {
        "title": "Boats",
        "creator": ("Åsa",),
        "copyright": "(c) 2024 Jane",
    }


@pytest.mark.parametrize(
    ("said", "value", "name"),
    [
        (b"\x1b%G", "Åsa".encode(), "Åsa"),
        (b"\x1b%G", "Åsa Jönssö".encode()[:-1], "Åsa Jönss"),
        (b"", "Åsa".encode(), "Åsa"),
        (b"", "Åsa".encode("latin-1"), "Åsa"),
        (b"", "Jane “JR” Roe".encode("cp1252"), "Jane “JR” Roe"),
        (b"\x1b.A", "André".encode("latin-1"), "André"),
    ],
    ids=["UTF-8", "UTF-8, broken off", "UTF-8, unsaid", "Latin-1, unsaid", "Windows-1252", "Latin-1"],
)
def test_the_character_set_of_iim_is_what_it_says_or_what_fits(said: bytes, value: bytes, name: str) -> None:
    declared = dataset(1, 90, said) if said else b""
    assert fields(b"", declared + dataset(2, 80, value)) == {"creator": (name,)}


def test_a_long_dataset_says_how_long_its_length_is() -> None:
    value = b"(c) " + b"word " * 8000
    extended = b"\x1c\x02\x74\x80\x04" + len(value).to_bytes(4, "big") + value
    found = fields(b"", extended + dataset(2, 80, b"Jane Roe"))
    assert str(found["copyright"]).startswith("(c) word word")
    assert found["creator"] == ("Jane Roe",)


@pytest.mark.parametrize(
    "iim",
    [
        b"\0\0\0" + IIM + b"\0\0",
        b"garbage" + IIM + b"\x1c\x02\x50\x7f\xff",
        b"\x1c\x02\x50\xff\xff" + IIM,
        b"\x1c\x02\x50\x00" + IIM,
    ],
    ids=["padded", "broken off", "an endless length", "a header broken off"],
)
def test_garbage_around_iim_is_passed_over(iim: bytes) -> None:
    assert fields(b"", iim)["copyright"] == "(c) 2024 Jane"


# What is broken, and what means harm


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "Jane Roe">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>"
)


BROKEN = {
    "empty": b"",
    "zeros": bytes(100),
    "one character": b"<",
    "no XML": b"no xml",
    "broken off": packet(JANE)[:-300],
    "broken off in UTF-16": packet(JANE).decode().encode("utf-16-le")[:-600],
    "an end without a beginning": packet(JANE).replace(b"<dc:creator>", b""),
    "a prefix of no namespace": packet(JANE).replace(b"xmlns:dc=", b"xmlns:dd="),
    "not UTF-8": packet(JANE).replace(b"Jane", b"J\xe5ne"),
    "a zero within": packet(JANE).replace(b"Jane", b"J\0ne"),
    "an entity that nobody declared": packet(JANE).replace(b"Jane", b"&jane;"),
    "two packets": packet(JANE) * 2,
    "a document type": b'<!DOCTYPE x SYSTEM "secret.dtd">' + packet(JANE).partition(b"?>")[2],
    "too deep": packet(JANE + "<dc:title>" * 100 + "</dc:title>" * 100),
    "too many elements": packet(JANE + "<dc:title/>" * 30_000),
    "too large": packet(JANE + " " * 2**20),
}
LARGE = {
    "elements": (packet("<dc:title/>" * 80_000), b""),
    "elements within each other": (packet("<a>" * 300_000), b""),
    "almost a licence": (packet(one("dc:rights", "CC BY " * 150_000)), b""),
    "almost a file name": (packet(one("dc:rights", "a." * 400_000)), b""),
    "almost an address": (packet(one("dc:rights", "creativecommons.org/" * 50_000)), b""),
    "almost addresses": (packet(one("dc:rights", *["creativecommons.org/"] * 15_000)), b""),
    "IIM of endless lengths": (b"", b"\x1c\x02\x50\xff\xff" * 200_000),
    "IIM of markers": (b"", b"\x1c" * 1_000_000),
    "IIM of long names": (b"", dataset(2, 80, b"x" * 30_000) * 1000),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_and_harmful_packets_say_nothing(kind: str) -> None:
    assert fields(BROKEN[kind], b"") == {}


def test_entities_that_would_fill_the_memory_are_not_even_read() -> None:
    bomb = BOMB.encode() + packet(one("dc:creator", "&m;")).partition(b"?>")[2]
    begun = time.process_time()
    assert fields(bomb, b"") == {}
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("kind", LARGE)
def test_a_million_bytes_of_anything_are_read_in_a_moment(kind: str) -> None:
    begun = time.process_time()
    fields(*LARGE[kind])
    assert time.process_time() - begun < 10


# Real files


@pytest.fixture
def picture() -> Image.Image:
    """Return a picture that compresses to little."""
    return Image.linear_gradient("L").resize((400, 300)).convert("RGB")


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "avif"])
def test_what_exiftool_writes_into_a_file_is_read(
    tmp_path: Path, tool: Tool, picture: Image.Image, suffix: str
) -> None:
    exiftool = tool("exiftool", "apt install libimage-exiftool-perl")
    file = tmp_path / f"a.{suffix}"
    picture.save(file)
    said = [
        "-XMP-dc:Creator=Jane Åsa",
        "-XMP-dc:Creator=太郎",
        "-XMP-dc:Rights=© 2024 Jane",
        "-XMP-dc:Title=Boats",
        "-XMP-photoshop:Credit=Agency",
        "-XMP-iptcCore:AltTextAccessibility=Two red boats",
        f"-XMP-xmpRights:WebStatement={BY}",
        "-XMP-plus:LicensorURL=https://roe.example/",
        f"-XMP-iptcExt:DigitalSourceType={AI}",
    ]
    subprocess.run([exiftool, "-q", "-n", *said, file], check=True)
    found = measured(file)
    assert fields(found.xmp, found.iim) == {
        "alt": "Two red boats",
        "title": "Boats",
        "creator": ("Jane Åsa", "太郎"),
        "credit_line": "Agency",
        "copyright": "© 2024 Jane",
        "license": "CC-BY-4.0",
        "acquire": "https://roe.example/",
        "digital_source_type": AI,
    }


@pytest.mark.parametrize("character_set", ["UTF8", "Latin"])
def test_iim_in_a_jpeg_is_read(tmp_path: Path, tool: Tool, picture: Image.Image, character_set: str) -> None:
    exiftool = tool("exiftool", "apt install libimage-exiftool-perl")
    file = tmp_path / "a.jpg"
    picture.save(file)
    said = ["-IPTC:By-line=Jane Åsa", "-IPTC:By-line=Bo", "-IPTC:CopyrightNotice=© Jane", "-IPTC:Credit=Agency"]
    declared = ["-IPTC:CodedCharacterSet=UTF8"] if character_set == "UTF8" else []
    subprocess.run([exiftool, "-q", "-charset", f"iptc={character_set}", *declared, *said, file], check=True)
    found = measured(file)
    assert found.xmp == b""
    assert fields(found.xmp, found.iim) == {
        "creator": ("Jane Åsa", "Bo"),
        "copyright": "© Jane",
        "credit_line": "Agency",
    }


def test_a_large_png_may_hold_its_packet_before_its_pixels_or_behind_them(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    chunks = PngInfo()
    chunks.add_itxt("XML:com.adobe.xmp", packet(JANE).decode())
    Image.effect_noise((500, 500), 100).save(file, pnginfo=chunks)
    assert fields(measured(file).xmp, b"") == {"creator": ("Jane Roe",)}

    body = file.read_bytes()
    begin = body.index(b"iTXt") - 4
    chunk = body[begin : begin + 12 + int.from_bytes(body[begin : begin + 4], "big")]
    pixels, end = body.replace(chunk, b"")[:-12], body[-12:]
    assert len(pixels) > 150_000
    file.write_bytes(pixels + chunk + end)
    assert fields(measured(file).xmp, b"") == {"creator": ("Jane Roe",)}
