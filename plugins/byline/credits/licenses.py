"""Licences of pictures: what a code, an address or a common name means, and what it obliges to.

Not a guess: a licence without its version, or with a port that was never published, is none; and not whether a picture
may be used: Creative Commons' sampling and developing-nations licences are known, so that they can be credited.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from byline.credits.license_list import ELEMENTS, PORTS, UNITS, VERSIONS
from byline.values.credit import License
from byline.values.text import meant

if TYPE_CHECKING:
    from collections.abc import Iterable

_SITE = "https://creativecommons.org"
CC0 = License("CC0-1.0", "CC0 1.0", f"{_SITE}/publicdomain/zero/1.0/", "1.0", free=True)
PUBLIC_DOMAIN_MARK = License("PDM-1.0", "Public Domain Mark 1.0", f"{_SITE}/publicdomain/mark/1.0/", "1.0", free=True)
CERTIFICATION = License(
    "CC-PDDC", "Public Domain Certification 1.0 US", f"{_SITE}/publicdomain/certification/1.0/us/", "1.0", free=True
)
"""Creative Commons' older way to say that a work is in the public domain; `licenses/publicdomain/` is its too."""
UNSPLASH = License(
    "Unsplash", "Unsplash License", "https://unsplash.com/license", attribute=True, source=True, platform="Unsplash"
)
ALL_RIGHTS_RESERVED = License("ARR", "All rights reserved")
"""Used by permission of whoever holds the rights."""
NO_KNOWN_RESTRICTIONS = License("NKCR", "No known copyright restrictions", free=True)
UNKNOWN = License("unknown", "Unknown", attribute=True)
"""Nobody said on what terms, and so the least is to name the creator."""

_PUBLIC_DOMAIN = {"zero/1.0": CC0, "mark/1.0": PUBLIC_DOMAIN_MARK, "certification/1.0/us": CERTIFICATION}
_OTHERS = (*_PUBLIC_DOMAIN.values(), UNSPLASH, ALL_RIGHTS_RESERVED, NO_KNOWN_RESTRICTIONS, UNKNOWN)
_BY_CODE = {license_.code.casefold(): license_ for license_ in _OTHERS} | {"cc-pdm-1.0": PUBLIC_DOMAIN_MARK}
_BY_NAME = {license_.name.casefold(): license_ for license_ in _OTHERS} | {
    "cc0 1.0 universal": CC0,
    "cc0 1.0 universal public domain dedication": CC0,
    "creative commons zero v1.0 universal": CC0,
    "public domain mark 1.0 universal": PUBLIC_DOMAIN_MARK,
}
_WITHOUT_VERSION = {
    "cc0": CC0,
    "cc-zero": CC0,
    "creative commons zero, public domain dedication": CC0,
    "pdm": PUBLIC_DOMAIN_MARK,
    "cc-pdm": PUBLIC_DOMAIN_MARK,
    "public domain mark": PUBLIC_DOMAIN_MARK,
    f"{_SITE}/publicdomain/zero": CC0,
    f"{_SITE}/publicdomain/mark": PUBLIC_DOMAIN_MARK,
}

_ADDRESS = re.compile(
    r"\s*(?:(?:https?:)?//)?(?:www\.)?(?P<host>creativecommons\.org|unsplash\.com)(?::\d+)?/(?P<path>[^?#\s]*)"
    r"(?:[?#]\S*)?\s*",
    re.ASCII | re.IGNORECASE,
)
_DOCUMENT = re.compile(r"(?:deed|legalcode)(?:[._-].*)?|rdf|index\.html?")
"""The last part of an address that only says which page of a licence is meant, and in which language."""
_LONG_NAMES = (
    (re.compile(r"\bcreative\s+commons\b"), "cc"),
    (re.compile(r"\battribution\b"), "by"),
    (re.compile(r"\bnon[\s-]?commercial\b"), "nc"),
    (re.compile(r"\bno[\s-]?(?:derivatives|derivative works|derivs)\b"), "nd"),
    (re.compile(r"\bshare[\s-]?alike\b"), "sa"),
    (re.compile(r"\b(?:licen[cs]es?|version|deed|generic|unported|international)\b"), " "),
)
_WORD = re.compile(r"[^\s_/‐‑–—−-]+")
_TWICE = re.compile(r"(?P<long>[^()]+)\((?P<short>[^()]+)\)\s*")
"""`Attribution 4.0 International (CC BY 4.0)`: as the deeds are headed."""
_VERSION = re.compile(r"v?(\d+\.\d+)")


class _Spelling(NamedTuple):
    """A licence of Creative Commons as somebody spelt it; whether it exists is another matter."""

    elements: frozenset[str]
    version: str = ""
    port: str = ""


def by_code(code: str) -> License | None:
    """Return the licence of an SPDX id (`CC-BY-SA-3.0-DE`), or of Byline's own codes; case does not matter.

    A port that has no SPDX id is spelt as SPDX spells the others; None for what was never published.
    """
    folded = code.strip().casefold()
    if known := _BY_CODE.get(folded):
        return known
    return _published(_spelling(folded.removeprefix("cc-"))) if re.fullmatch(r"cc-\S+", folded) else None


def by_url(url: str) -> License | None:
    """Return the licence of an address, however it is spelt; None for any other address.

    With or without scheme, `www.`, final slash, query and fragment; `deed` or `legalcode`, in any language.
    """
    match = _ADDRESS.fullmatch(url)
    if not match:
        return None
    parts = _parts(match)
    if match["host"].lower() == "unsplash.com":
        return UNSPLASH if parts == ["license"] else None
    if parts == ["licenses", "publicdomain"]:
        return CERTIFICATION
    if parts[:1] == ["publicdomain"]:
        return _PUBLIC_DOMAIN.get("/".join(parts[1:]))
    return _published(_addressed(parts))


def by_name(text: str) -> License | None:
    """Return what a code, an address or a common name (`CC BY-SA 3.0 de`, `Attribution 4.0 International`) means."""
    if twice := _TWICE.fullmatch(text):
        known = by_name(twice["long"])
        return known if known == by_name(twice["short"]) else None
    known = by_code(text) or by_url(text) or _BY_NAME.get(" ".join(text.split()).rstrip(".").casefold())
    return known or _published(_spelling(text))


def versions(code: str) -> tuple[str, ...]:
    """Return the codes that a code, name or address without version may mean, the oldest first.

    Empty when it is no licence of Creative Commons, or names a version.
    """
    match = _ADDRESS.fullmatch(code)
    parts = _parts(match) if match else []
    folded = f"{_SITE}/{'/'.join(parts)}" if match else " ".join(code.split()).casefold()
    if only := _WITHOUT_VERSION.get(folded):
        return (only.code,)
    spelt = _addressed(parts) if match else _spelling(code)
    if not spelt or spelt.version:
        return ()
    return _codes(spelt._replace(version=version) for version in VERSIONS)


def near(text: str) -> str:
    """Return ` Did you mean …?` for a licence that does not exist; an empty text when none is near."""
    match = _ADDRESS.fullmatch(text)
    spelt = _addressed(_parts(match)) if match else _spelling(text)
    if spelt:
        unit = UNITS.get((spelt.elements, spelt.version), "")
        ports = () if spelt.port else sorted(PORTS.get((unit, spelt.version), ()))
        plain = spelt._replace(port="")
        for others in (
            [spelt._replace(port=port) for port in ports],
            [plain, *(spelt._replace(version=version) for version in VERSIONS)],
            [plain._replace(version=version) for version in VERSIONS if spelt.version],
        ):
            if codes := _codes(others):
                return f" Did you mean {' or '.join(codes)}?"
    known = (*_codes(_Spelling(*unit) for unit in UNITS), *(license_.code for license_ in _OTHERS))
    word = re.sub(r"[\s_]+", "-", text.strip())
    return meant(word.upper(), known) or meant(word, known)


def _parts(address: re.Match[str]) -> list[str]:
    """Return the parts of an address's path that say which licence it is."""
    parts = [part for part in unquote(address["path"]).lower().split("/") if part]
    return parts[:-1] if parts and _DOCUMENT.fullmatch(parts[-1]) else parts


def _addressed(parts: list[str]) -> _Spelling | None:
    """Return what `licenses/by-sa/3.0/de` spells; None for any other path."""
    match parts:
        case ["licenses", unit, *rest] if len(rest) <= 2:  # noqa: PLR2004  a version and a port
            elements = unit.split("-")
            each_once = len(set(elements)) == len(elements)
            return _Spelling(frozenset(elements), *rest) if each_once and ELEMENTS.issuperset(elements) else None
    return None


def _spelling(text: str) -> _Spelling | None:
    """Return what a code or a name spells; None when there is more in it, or less."""
    text = text.casefold()
    for pattern, short in _LONG_NAMES:
        text = pattern.sub(short, text)
    words = _WORD.findall(text)
    if words[:1] == ["cc"]:
        del words[0]
    count = next((number for number, word in enumerate(words) if word not in ELEMENTS), len(words))
    elements, rest = frozenset(words[:count]), words[count:]
    version = _VERSION.fullmatch(rest[0]) if rest else None
    port = rest[1:] if version else rest
    each_once = len(elements) == count
    if not elements or not each_once or len(port) > 1 or not all(re.fullmatch(r"[a-z]{2,}", word) for word in port):
        return None
    return _Spelling(elements, version[1] if version else "", *port)


def _codes(spellings: Iterable[_Spelling]) -> tuple[str, ...]:
    """Return the codes of those that exist, each once."""
    return tuple(dict.fromkeys(known.code for known in map(_published, spellings) if known))


def _published(spelt: _Spelling | None) -> License | None:
    """Return the licence that is spelt so, if Creative Commons has published it."""
    unit = UNITS.get((spelt.elements, spelt.version)) if spelt else None
    if not spelt or not unit or spelt.port not in PORTS[unit, spelt.version]:
        return None
    elements, version, port = spelt
    code = "by-nc-nd" if unit == "by-nd-nc" else unit  # SPDX spells them alike in all versions
    tail = f"-{port.upper()}" if port else ""
    attribute = bool(elements & {"by", "devnations", "sampling", "sampling+"})
    return License(
        f"CC-{code.upper()}-{version}{tail}",
        f"CC {unit.upper()} {version}{tail.replace('-', ' ')}",
        f"{_SITE}/licenses/{unit}/{version}/{port and f'{port}/'}",
        version,
        attribute=attribute,
        title=attribute and version != "4.0",
        source=attribute,
        no_derivatives="nd" in elements,
        # The sampling licences let a whole work be shared, if at all, for non-commercial purposes only.
        non_commercial=bool(elements & {"nc", "sampling", "sampling+"}),
        share_alike="sa" in elements,
    )
