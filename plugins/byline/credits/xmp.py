"""XMP written: a photo's credit as the packet that goes into its renditions (ISO 16684-1; IPTC Photo Metadata 2023.2).

Not the reading of what a file says already: that is `credits/embedded`; not the placing of a packet: `edges/encoding`.
Changes are not said in it: an event in XMP's history wants a date, and a packet has none.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from byline.credits import licenses
from byline.values.picture_format import LONGEST_PACKET
from byline.values.text import FORBIDDEN, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from byline.values.credit import Credit
    from byline.values.photo import Photo

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMESPACES = {
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "cc": "http://creativecommons.org/ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}
"""The namespaces in which rights stand, by the prefix that their standards use."""
LONGEST = 2000
"""So many characters of a text are written and read; one that is longer is cut at a word."""
MOST_CREATORS = 40
_SHORT = 120
"""So many characters of each text are kept where the packet would be too large otherwise."""
_LONGEST_ADDRESS = 1500
_UNSEEN = re.compile(f"{FORBIDDEN.pattern}|[\x7f-\x84\x86-\x9f]")
"""What XML cannot hold, and the control characters that it could."""
_ADDRESS = re.compile(r"https?://[^\s\"<>\\^`{|}]+", re.IGNORECASE)


def packet(photo: Photo) -> bytes:
    """Return a photo's rights and its alternative text as an XMP packet in UTF-8; empty when there is nothing to say.

    It has at most 65,000 bytes, the same each time. It has no room to grow and is marked as read-only, as PNG's
    checksums want it (XMP, part 3, 1.1.5).
    """
    made = _packet(_properties(photo, LONGEST))
    return made if len(made) <= LONGEST_PACKET else _packet(_properties(photo, _SHORT))


def plain(text: str, longest: int = LONGEST) -> str:
    """Return a text on one line, cut to so many characters, without control ones and what else XML cannot hold."""
    return shortened(" ".join(_UNSEEN.sub("", text).split()), longest)


def address(text: str) -> str:
    """Return a text that is an address of the web, with its scheme; an empty one for any other."""
    url = plain(text)
    try:
        right = len(url) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(url) and urlsplit(url).hostname
    except ValueError:
        return ""
    return url if right else ""


def _packet(properties: Iterable[tuple[str, str]]) -> bytes:
    """Return a packet of properties, each with its value in XML; those without a value are left out."""
    drawn = "".join(f"\n<{name}>{value}</{name}>" for name, value in sorted(properties) if value)
    if not drawn:
        return b""
    used = "".join(f'\n xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items() if f"<{prefix}:" in drawn)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">\n'
        f'<rdf:Description rdf:about=""{used}>{drawn}\n'
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    ).encode()


def _properties(photo: Photo, longest: int) -> Iterator[tuple[str, str]]:
    """Yield each property with its value in XML, empty for none; no text has more than `longest` characters."""

    def text(said: str) -> str:
        return _escaped(plain(said, longest))

    yield "Iptc4xmpCore:AltTextAccessibility", _alternatives("" if photo.decorative else text(photo.alt))
    credit = photo.credit
    if credit is None:
        return
    license_ = credit.license
    # The name of a licence is no copyright notice: IPTC has Rights Usage Terms for it.
    terms = "" if license_.code == licenses.UNKNOWN.code else text(license_.name)
    yield "Iptc4xmpExt:DigitalSourceType", _address(credit.digital_source_type)
    yield "dc:creator", _sequence(text(person.name) for person in credit.creators[:MOST_CREATORS])
    yield "dc:rights", _alternatives(text(credit.copyright))
    yield "dc:source", _address(credit.source)
    yield "dc:title", _alternatives(text(credit.title))
    yield "photoshop:Credit", text(credit.line)
    yield "plus:Licensor", _licensor(_address(credit.acquire))
    yield "xmpRights:Marked", _marked(credit)
    yield "xmpRights:UsageTerms", _alternatives(terms)
    yield "xmpRights:WebStatement", _address(license_.url)


def _marked(credit: Credit) -> str:
    """Return True where a picture has rights, False where it is in the public domain; empty where nobody says so."""
    code = credit.license.code
    if code == licenses.NO_KNOWN_RESTRICTIONS.code or (code == licenses.UNKNOWN.code and not credit.copyright):
        return ""
    return "False" if credit.license.free else "True"


def _alternatives(text: str) -> str:
    """Return a language alternative (ISO 16684-1) with a text whose language is not said."""
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt>' if text else ""


def _sequence(texts: Iterable[str]) -> str:
    drawn = "".join(f"<rdf:li>{text}</rdf:li>" for text in texts if text)
    return f"<rdf:Seq>{drawn}</rdf:Seq>" if drawn else ""


def _licensor(url: str) -> str:
    if not url:
        return ""
    return f'<rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorURL>{url}</plus:LicensorURL></rdf:li></rdf:Seq>'


def _address(url: str) -> str:
    return _escaped(address(url))


def _escaped(text: str) -> str:
    return escape(text, quote=False)
