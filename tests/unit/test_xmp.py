"""XMP written: what stands in a packet, and that it comes through every format whole, as exiftool reads it."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from byline.credits import licenses, records
from byline.credits.resolve import Owner, resolve
from byline.credits.xmp import NAMESPACES, RDF, packet
from byline.edges.encoding import Encoder
from byline.edges.pictures import measured
from byline.values.credit import Credit
from byline.values.person import Person
from byline.values.photo import Photo, Rendition
from byline.values.problem import Place
from PIL import Image

if TYPE_CHECKING:
    from byline.values.credit import License
    from conftest import Tool

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "fixtures/credit-cases.json").read_text(encoding="utf-8")
)
WHOLE = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Two red boats</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>
<dc:creator><rdf:Seq><rdf:li>Ana Ruiz</rdf:li></rdf:Seq></dc:creator>
<dc:source>https://photos.example/1?a=1&amp;b=2</dc:source>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Boats</rdf:li></rdf:Alt></dc:title>
<photoshop:Credit>Ana Ruiz</photoshop:Credit>
<xmpRights:Marked>True</xmpRights:Marked>
<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">CC BY 4.0</rdf:li></rdf:Alt></xmpRights:UsageTerms>
<xmpRights:WebStatement>https://creativecommons.org/licenses/by/4.0/</xmpRights:WebStatement>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""  # noqa: E501  a property is a line


def licensed(code: str) -> License:
    found = licenses.by_code(code)
    assert found
    return found


CC_BY = licensed("CC-BY-4.0")
ANA = (Person("Ana Ruiz", "https://photos.example/ana"),)


def shown(license_: License = CC_BY, alt: str = "", **fields: Any) -> Photo:  # noqa: ANN401  a Credit's
    """Return a photo with a credit."""
    return Photo("images/a.jpg", "images/a.jpg", alt, credit=Credit(license_, **fields))


def said(photo: Photo) -> dict[str, list[str]]:
    """Return the texts of each property of a photo's packet, as another reader of XML finds them."""
    description = ET.fromstring(packet(photo).decode()).find(f"{{{RDF}}}RDF/{{{RDF}}}Description")
    assert description is not None
    prefixes = {uri: prefix for prefix, uri in NAMESPACES.items()}
    found = {}
    for element in description:
        uri, _, name = element.tag[1:].partition("}")
        found[f"{prefixes[uri]}:{name}"] = [text for text in element.itertext() if text.strip()]
    return found


def test_a_packet_is_the_same_bytes_each_time_sorted_without_dates_and_of_its_own_names_only() -> None:
    photo = shown(alt="Two red boats", creators=ANA, title="Boats", source="https://photos.example/1?a=1&b=2")
    assert packet(photo).decode() == WHOLE
    assert packet(photo) == packet(replace(photo))


def test_whoever_has_nothing_to_say_gets_no_packet() -> None:
    assert packet(Photo("a.jpg", "a.jpg")) == b""
    assert packet(Photo("a.jpg", "a.jpg", "Said by mistake", decorative=True)) == b""
    assert packet(Photo("a.jpg", "a.jpg", " \n\x00", credit=Credit(licenses.UNKNOWN))) == b""


def test_a_picture_without_credit_keeps_its_alternative_text() -> None:
    assert said(Photo("a.jpg", "a.jpg", "Boats")) == {"Iptc4xmpCore:AltTextAccessibility": ["Boats"]}


def test_each_creator_has_a_place_and_the_credit_line_names_all() -> None:
    found = said(shown(creators=(Person("Ana Ruiz"), Person("Bo, the second"), Person("山田 太郎"))))
    assert found["dc:creator"] == ["Ana Ruiz", "Bo, the second", "山田 太郎"]
    assert found["photoshop:Credit"] == ["Ana Ruiz, Bo, the second, 山田 太郎"]


def test_the_credit_line_is_what_programs_are_told_elsewhere_too() -> None:
    photo = shown(licenses.UNSPLASH, creators=(Person("Annie Spratt"),))
    assert said(photo)["photoshop:Credit"] == ["Annie Spratt / Unsplash"]
    photo = shown(creators=ANA, credit_line="Ana Ruiz for the Harbour")
    assert said(photo)["photoshop:Credit"] == ["Ana Ruiz for the Harbour"]


@pytest.mark.parametrize(
    ("license_", "notice", "marked"),
    [
        (CC_BY, "", ["True"]),
        (licenses.ALL_RIGHTS_RESERVED, "© Ana", ["True"]),
        (licenses.UNSPLASH, "", ["True"]),
        (licenses.UNKNOWN, "© Ana", ["True"]),
        (licenses.CC0, "", ["False"]),
        (licenses.PUBLIC_DOMAIN_MARK, "", ["False"]),
        (licenses.CERTIFICATION, "", ["False"]),
        (licenses.NO_KNOWN_RESTRICTIONS, "", None),
        (licenses.UNKNOWN, "", None),
    ],
    ids=lambda value: getattr(value, "code", None),
)
def test_rights_are_marked_where_somebody_has_or_gave_up_some(
    license_: License, notice: str, marked: list[str] | None
) -> None:
    assert said(shown(license_, creators=ANA, copyright=notice)).get("xmpRights:Marked") == marked


def test_a_licence_is_named_in_the_terms_of_use_not_in_the_copyright_notice() -> None:
    found = said(shown(creators=ANA))
    assert found["xmpRights:UsageTerms"] == ["CC BY 4.0"]
    assert found["xmpRights:WebStatement"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert "dc:rights" not in found


def test_nothing_is_said_of_a_licence_that_nobody_knows() -> None:
    found = said(shown(licenses.UNKNOWN, creators=ANA))
    assert found.keys() == {"dc:creator", "photoshop:Credit"}
    elsewhere = replace(licenses.UNKNOWN, url="https://a.example/terms")
    assert said(shown(elsewhere, creators=ANA)).keys() == {*found, "xmpRights:WebStatement"}


def test_a_notice_and_where_a_licence_can_be_had_are_said() -> None:
    photo = shown(licenses.ALL_RIGHTS_RESERVED, copyright="© 2024 Jane Roe", acquire="https://roe.example/licensing")
    assert said(photo) == {
        "dc:rights": ["© 2024 Jane Roe"],
        "plus:Licensor": ["https://roe.example/licensing"],
        "xmpRights:Marked": ["True"],
        "xmpRights:UsageTerms": ["All rights reserved"],
    }


def test_changes_are_not_said_as_xmp_wants_them_dated() -> None:
    photo = shown(creators=ANA)
    assert packet(replace(shown(creators=ANA, changes="black and white"), crop="16:9")) == packet(photo)


@pytest.mark.parametrize(
    "address", ["ftp://a.example/", "//a.example/", "a.example", "javascript:alert(1)", "http://", "https://a b"]
)
def test_an_address_that_is_none_of_the_web_is_left_out(address: str) -> None:
    found = said(shown(creators=ANA, source=address, acquire=address, digital_source_type=address))
    assert not {"dc:source", "plus:Licensor", "Iptc4xmpExt:DigitalSourceType"} & found.keys()


def test_characters_that_no_xml_holds_are_dropped_and_lines_are_joined() -> None:
    found = said(shown(alt="one\r\n\ttwo", creators=(Person("A\x00n\ud800a\x7f \ufffe"),), title="<b>&\"'</b>]]>"))
    assert found["Iptc4xmpCore:AltTextAccessibility"] == ["one two"]
    assert found["dc:creator"] == ["Ana"]
    assert found["dc:title"] == ["<b>&\"'</b>]]>"]


def test_a_text_that_is_far_too_long_is_cut_and_the_rights_stay_whole() -> None:
    photo = shown(alt="boat " * 20_000, title="x" * 20_000, creators=ANA, copyright="© 2024 Ana Ruiz")
    found = said(photo)
    assert len(packet(photo)) < 6000
    assert found["Iptc4xmpCore:AltTextAccessibility"][0].endswith("boat boat…")
    assert found["dc:rights"] == ["© 2024 Ana Ruiz"]
    assert found["dc:creator"] == ["Ana Ruiz"]


def test_no_packet_is_larger_than_what_a_jpeg_has_room_for() -> None:
    long, address = "&" * 3000, f"https://a.example/{'&' * 1400}"
    photo = shown(
        replace(CC_BY, name=long, url=address),
        long,
        creators=tuple(Person(f"{number}{long}") for number in range(100)),
        title=long,
        credit_line=long,
        source=address,
        copyright=long,
        changes=long,
        acquire=address,
        digital_source_type=address,
    )
    assert 20_000 < len(packet(photo)) <= 65_000
    assert len(said(photo)["dc:creator"]) == 40


HARD = shown(
    alt="An \"old\" boat, <b>&'red'</b> 🚤 عربي",
    creators=(Person('Jane "JR" Roe & <Søn>'), Person("山田　太郎"), Person("محمد عمر 👩‍🚀")),
    title="]]> <i>Häfen</i> &amp; 港",
    source="https://photos.example/港/1?a=1&b='2'",
    copyright="© 2024 “Jane” <Roe> & Søn",
    acquire="https://roe.example/licensing?a&b",
    digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
)
HARD_READ = {
    "XMP-dc:Creator": ['Jane "JR" Roe & <Søn>', "山田 太郎", "محمد عمر 👩‍🚀"],
    "XMP-dc:Rights": "© 2024 “Jane” <Roe> & Søn",
    "XMP-dc:Source": "https://photos.example/港/1?a=1&b='2'",
    "XMP-dc:Title": "]]> <i>Häfen</i> &amp; 港",
    "XMP-iptcCore:AltTextAccessibility": "An \"old\" boat, <b>&'red'</b> 🚤 عربي",
    "XMP-iptcExt:DigitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    "XMP-photoshop:Credit": 'Jane "JR" Roe & <Søn>, 山田 太郎, محمد عمر 👩‍🚀',
    "XMP-plus:LicensorURL": "https://roe.example/licensing?a&b",
    "XMP-xmpRights:Marked": True,
    "XMP-xmpRights:UsageTerms": "CC BY 4.0",
    "XMP-xmpRights:WebStatement": "https://creativecommons.org/licenses/by/4.0/",
}


def exiftool_reads(program: Path, *files: Path) -> list[dict[str, Any]]:
    """Return what exiftool finds in each file's XMP; it must have no complaint."""
    command: list[str | Path] = [program, "-j", "-G1", "-n", "-XMP:all", "-Error", "-Warning", *files]
    found: list[dict[str, Any]] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return [{name: value for name, value in one.items() if name != "SourceFile"} for one in found]


def test_every_rendition_holds_every_word_of_it(tmp_path: Path, tool: Tool) -> None:
    exiftool = tool("exiftool", "apt install libimage-exiftool-perl")
    source = tmp_path / "source.png"
    Image.linear_gradient("L").resize((640, 480)).convert("RGB").save(source)
    encoder = Encoder()
    files = []
    for name in ("jpeg", "webp", "avif", "png"):
        rendition = Rendition(f"renditions/a.{name}", 400, 300, f"image/{name}")
        files.append(tmp_path / f"made.{name}")
        files[-1].write_bytes(encoder.encoded(source, rendition, packet(HARD)))
        assert measured(files[-1]).xmp == packet(HARD)
    for read in exiftool_reads(exiftool, *files):
        assert {
            name: value for name, value in read.items() if name.startswith("XMP-") and name != "XMP-x:XMPToolkit"
        } == HARD_READ
        assert not {"ExifTool:Warning", "ExifTool:Error"} & read.keys()


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["xmp"]], ids=lambda case: f"{case['id']} {case['about']}"
)
def test_the_case_comes_out(tmp_path: Path, tool: Tool, case: dict[str, Any]) -> None:
    exiftool = tool("exiftool", "apt install libimage-exiftool-perl")
    written = {name: value for name, value in case["input"].items() if name != "file"}
    body = "".join(f"{name} = {json.dumps(value)}\n" for name, value in written.items())
    (record,) = records.from_toml(f'["a.jpg"]\n{body}'.encode(), "photos.toml")[0].values()
    found = resolve([record], Owner(Person("Ada Lovelace")), Place("photos.toml"))
    file = tmp_path / "a.xmp"
    file.write_bytes(packet(Photo("a.jpg", "a.jpg", found.alt, credit=found.credit)))
    (read,) = exiftool_reads(exiftool, file)
    read = {re.sub("^XMP-", "", name).lower(): value for name, value in read.items()}
    for name, value in case["xmp"].items():
        assert read[name.lower()] == value.replace("<site author>", "Ada Lovelace")
