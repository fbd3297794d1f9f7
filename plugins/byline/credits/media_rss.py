"""A picture in a feed's entry as Media RSS, in RSS and in Atom: one drawing of its Credit.

Not the entry's own rights: a picture's licence never says anything of the text (no `rights`, no `link rel=license`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from byline.values.addresses import uri
from byline.values.media_types import media_type
from byline.values.output import Kind
from byline.values.text import FORBIDDEN

if TYPE_CHECKING:
    from byline.values.credit import Credit
    from byline.values.photo import Photo

NAMESPACE = "http://search.yahoo.com/mrss/"


def content(photo: Photo, home: str) -> ET.Element:
    """Return a picture as `media:content` (Media RSS 1.5.1), with prefix `media`; `home` is the site's address."""
    element = ET.Element("media:content", {"url": uri(urljoin(home, photo.address)), "medium": "image"})
    kind = photo.shown.media_type if photo.shown else media_type(photo.address, Kind.ASSET, b"").partition(";")[0]
    for name, value in (("type", kind), ("width", photo.width), ("height", photo.height)):
        if value:
            element.set(name, str(value))
    _add(element, "title", photo.title, type="plain")
    _add(element, "description", photo.alt, type="plain")
    if photo.credit:
        _add_credit(element, photo.credit)
    return element


def _add_credit(element: ET.Element, credit: Credit) -> None:
    """Add who is credited (in the European Broadcasting Union's roles), the copyright notice, the licence."""
    names = (credit.credit_line,) if credit.credit_line else tuple(person.name for person in credit.creators)
    for name in names:
        _add(element, "credit", name, role="photographer", scheme="urn:ebu")
    _add(element, "copyright", credit.copyright)
    if credit.license.url:
        _add(element, "license", credit.license.name, type="text/html", href=credit.license.url)


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    """Add an element for a text; what XML cannot hold, such as a setting may bring, is left out of it."""
    if text:
        ET.SubElement(parent, f"media:{name}", attributes).text = FORBIDDEN.sub("", text)
