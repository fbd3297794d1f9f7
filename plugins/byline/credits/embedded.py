"""Embedded rights: what a picture's own file says of it in XMP and IIM, as fields of a record.

Not a guess: only what somebody asserted counts. So a title alone, which cameras write, is no right; a caption is never
read, as it says neither what can be seen nor whose it is; and "All rights reserved" is no leave to show the picture,
which only the writer can have been given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from byline.credits import iim as iptc
from byline.credits import licenses, rdf
from byline.credits.xmp import MOST_CREATORS, address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from byline.values.credit import License

    Said = Mapping[str, tuple[str, ...]]

_LICENSE = "cc:license"
_LICENSOR = ("plus:Licensor/plus:LicensorURL", "cc:morePermissions")
_STATEMENT = "xmpRights:WebStatement"
_TERMS = (_LICENSE, _STATEMENT, "xmpRights:UsageTerms", "dc:rights")
"""Where a licence may stand, the clearest first."""
_MOST_LANGUAGES = 10
_LINK = re.compile(
    r"\b(?:https?://)?(?:www\.)?(?:creativecommons\.org|unsplash\.com)/[^\s<>\"'()]*[\w/]", re.IGNORECASE
)
_COMMONS = re.compile(r"\bcc[\s0-]|creative\s?commons", re.IGNORECASE)
_NOTHING = (
    r"unknown|unspecified|undefined|untitled(?:[- ]\d+)?|none|null|n/?a|default|copyright|[-–—.,:;?*_ ]+"
    r"|(?:(?:casio|fujifilm|kodak|konica|minolta|nikon|olympus|pentax|ricoh|samsung|sanyo) )*"
    r"digital (?:still )?(?:camera|pictures?)|sony dsc|exif_jpeg_picture"
    r"|(?:_?dsc[fn]?|_?img|_mg|dji|gopr|pict|pxl)[_-]?\d[\w-]*|p\d{6,}"
    r"|\S+\.(?:arw|avif|cr[23]|dng|heic|jpe?g|nef|orf|png|psd|raf|rw2|tiff?|webp)"
)
"""What cameras and forms leave in a field that nobody filled in: their own name, the file's, a word for nothing."""


def fields(xmp: bytes, iim: bytes) -> dict[str, object]:
    """Return the fields of a record, typed as `record.FIELDS` says, that a file's XMP packet and its IIM assert.

    XMP counts before IIM. Texts are on one line, cut at 2,000 characters; addresses have their scheme. Empty when
    there are no rights, or when they are broken: nothing is raised.
    """
    said = iptc.properties(iim) | rdf.properties(xmp)
    creators = _creators(said)
    code = next(_codes(said), "")
    license_url = "" if code else _first_address(said, _LICENSE)
    # A statement that names no licence is a page of whoever grants one: most often an agency's.
    statement = () if code or license_url else (_STATEMENT,)
    rights = {
        "creator": creators,
        "credit_line": _credit_line(said, creators, code),
        "copyright": _notice(said),
        "source": _first_address(said, "dc:source", "photoshop:Source", "cc:attributionURL"),
        "license": code,
        "license_url": license_url,
        "acquire": _first_address(said, *_LICENSOR, *statement),
    }
    words = {
        "alt": _first(said, "Iptc4xmpCore:AltTextAccessibility"),
        "title": _first(said, "dc:title") if any(rights.values()) else "",
        "digital_source_type": _first_address(said, "Iptc4xmpExt:DigitalSourceType"),
    }
    return {name: value for name, value in (rights | words).items() if value}


def _creators(said: Said) -> tuple[str, ...]:
    names = dict.fromkeys(name for name in said.get("dc:creator", ()) if not _says_nothing(name))
    return tuple(names)[:MOST_CREATORS]


def _credit_line(said: Said, creators: tuple[str, ...], code: str) -> str:
    """Return how the creators ask to be named; empty when it is by their names, and that of the licence's platform."""
    line = _first(said, "photoshop:Credit", "cc:attributionName")
    known = licenses.by_code(code)
    if known and known.platform:
        line = "" if line == known.platform else line.removesuffix(f" / {known.platform}")
    return "" if line == ", ".join(creators) else line


def _notice(said: Said) -> str:
    """Return the copyright notice; a licence alone is none."""
    notice = _first(said, "dc:rights")
    return "" if _license(notice) or _lacks_version(notice) else notice


def _codes(said: Said) -> Iterator[str]:
    """Yield the codes of the licences that a file names, the clearest first, then what names one without its version.

    Those that only the writer can vouch for are none.
    """
    texts = [text for name in _TERMS for text in said.get(name, ())[:_MOST_LANGUAGES]]
    written = [part for text in texts for part in (text, *_LINK.findall(text))]
    yield from (license_.code for license_ in map(_license, written) if license_)
    yield from filter(_lacks_version, written)


def _license(text: str) -> License | None:
    known = licenses.by_name(text)
    return None if known in (licenses.ALL_RIGHTS_RESERVED, licenses.UNKNOWN) else known


def _lacks_version(text: str) -> bool:
    """Tell whether a text names a licence without its version; "Sampling" or "SA" alone is a word like others."""
    return bool(_COMMONS.search(text) and licenses.versions(text))


def _says_nothing(text: str) -> bool:
    """Tell whether nobody wrote a text; the expression takes long to compile, which waits until there is a text."""
    return re.fullmatch(_NOTHING, text, re.IGNORECASE) is not None


def _first(said: Said, *properties: str) -> str:
    """Return the first text that the properties have, the first property's before the others'; empty for none."""
    texts = (text for name in properties for text in said.get(name, ())[:1])
    return next((text for text in texts if not _says_nothing(text)), "")


def _first_address(said: Said, *properties: str) -> str:
    return next((url for name in properties for text in said.get(name, ()) if (url := address(text))), "")
