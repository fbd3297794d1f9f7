"""What holds for any rights: what is written is read again, no packet is too large, and no bytes do harm."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from byline.credits import iim, licenses, rdf
from byline.credits.embedded import fields
from byline.credits.xmp import packet, plain
from byline.values.credit import Credit
from byline.values.person import Person
from byline.values.photo import Photo
from hypothesis import assume, given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from byline.values.credit import License

CODES = ["CC-BY-4.0", "CC-BY-NC-ND-3.0-IGO", "CC0-1.0", "PDM-1.0", "Unsplash", "NKCR", "CC-BY-SA-2.0-DE"]
SAID_BY_THE_FILE = [found for code in CODES if (found := licenses.by_code(code))]
LICENSES = st.sampled_from([*SAID_BY_THE_FILE, licenses.ALL_RIGHTS_RESERVED, licenses.UNKNOWN])
TEXTS = st.text(max_size=60)
ADDRESSES = st.one_of(
    st.just(""), st.text("abc/?&='%#é太", max_size=20).map(lambda path: f"https://a.example/{path}"), st.text()
)
CREDITS = st.builds(
    Credit,
    license=LICENSES,
    creators=st.lists(TEXTS.map(Person), max_size=4).map(tuple),
    title=TEXTS,
    credit_line=TEXTS,
    source=ADDRESSES,
    copyright=TEXTS,
    changes=TEXTS,
    acquire=ADDRESSES,
    digital_source_type=ADDRESSES,
)
PHOTOS = st.builds(
    Photo,
    path=st.just("images/a.jpg"),
    url=st.just("images/a.jpg"),
    alt=st.text(),
    decorative=st.booleans(),
    crop=st.sampled_from(["", "16:9"]),
    credit=st.one_of(st.none(), CREDITS),
)
LETTERS = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), max_size=60).map(
    lambda text: f"Åke {text}"
)
"""Texts that are no word for nothing and no licence."""


@given(
    st.lists(LETTERS.map(plain), min_size=1, max_size=4, unique=True),
    st.tuples(LETTERS, LETTERS, LETTERS, LETTERS),
    st.sampled_from(SAID_BY_THE_FILE),
    st.text("abc/?&='%#é太", max_size=20),
)
def test_what_is_written_is_read_again(
    creators: list[str], texts: tuple[str, str, str, str], license_: License, path: str
) -> None:
    alt, title, notice, line = map(plain, texts)
    addresses: dict[str, Any] = {
        name: f"https://{name}.example/{path}" for name in ("source", "acquire", "digital_source_type")
    }
    credit = Credit(license_, tuple(map(Person, creators)), title, copyright=notice, **addresses)
    wanted: dict[str, object] = {
        "alt": alt,
        "title": title,
        "creator": tuple(creators),
        "copyright": notice,
        "license": license_.code,
        **addresses,
    }
    assert fields(packet(Photo("a", "a", alt, credit=credit)), b"") == wanted
    assume(line != credit.named)
    credit = replace(credit, credit_line=line)
    assert fields(packet(Photo("a", "a", alt, credit=credit)), b"") == wanted | {"credit_line": line}


@given(PHOTOS)
def test_a_packet_is_xml_of_a_sane_size_and_always_the_same(photo: Photo) -> None:
    made = packet(photo)
    assert made == packet(photo)
    assert len(made) <= 65_000
    if made:
        ET.fromstring(made.decode())
    assert not photo.credit or photo.credit.license is licenses.UNKNOWN or made


@given(PHOTOS)
def test_what_is_read_once_is_read_the_same_again(photo: Photo) -> None:
    found = fields(packet(photo), b"")
    creators = found.get("creator", ())
    assert isinstance(creators, tuple)
    texts: dict[str, Any] = {
        name: str(value) for name, value in found.items() if name not in {"alt", "creator", "license", "license_url"}
    }
    license_ = licenses.by_code(str(found.get("license", "unknown")))
    assume(license_)  # else it lacks its version, and Byline writes none such
    assert license_
    credit = replace(Credit(license_, tuple(map(Person, creators))), **texts)
    again = Photo("a", "a", str(found.get("alt", "")), credit=credit)
    assert fields(packet(again), b"") == found


@given(st.binary(), st.binary())
def test_no_bytes_do_harm(xmp: bytes, dataset: bytes) -> None:
    fields(xmp, dataset)
    fields(b"", b"".join(b"\x1c\x02" + part for part in dataset.split(b"\0")))


@given(CREDITS, st.data())
def test_no_damage_to_a_packet_does_harm(credit: Credit, data: st.DataObject) -> None:
    whole = packet(Photo("a", "a", "Boats", credit=credit))
    begin = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(begin, min(len(whole), begin + 20)))
    damaged = whole[:begin] + data.draw(st.binary(max_size=5)) + whole[end:]
    for values in rdf.properties(damaged).values():
        assert all(text == plain(text) != "" for text in values)
    fields(damaged, b"")


@given(st.lists(TEXTS.map(plain).filter(bool), max_size=5), st.binary().filter(lambda junk: b"\x1c" not in junk))
def test_every_name_in_iim_is_read_whatever_stands_around(names: list[str], junk: bytes) -> None:
    datasets = [b"\x1c\x02\x50" + len(name.encode()).to_bytes(2, "big") + name.encode() for name in names]
    found = iim.properties(junk + b"\x1c\x01\x5a\x00\x03\x1b%G" + junk.join(datasets))
    assert found.get("dc:creator", ()) == tuple(names)
