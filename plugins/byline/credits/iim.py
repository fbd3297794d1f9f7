"""IIM read: IPTC's older form of rights, which JPEG files hold beside XMP or instead of it (IPTC-NAA IIM 4.2).

Not the finding of it in a file: that is `edges/pictures`; not its meaning: `credits/embedded`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.credits.xmp import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROPERTIES = {
    (2, 5): "dc:title",
    (2, 80): "dc:creator",
    (2, 110): "photoshop:Credit",
    (2, 115): "photoshop:Source",
    (2, 116): "dc:rights",
}
"""The XMP properties that say the same, by record and dataset (IPTC Photo Metadata 2023.2, mappings)."""
_CHARACTER_SET = (1, 90)
_UTF_8 = b"\x1b%G"
_MARKER = 0x1C
_HEADER = 5
_EXTENDED = 0x8000
_LARGEST = 1024 * 1024
_MOST = 2000
"""So many datasets are looked at."""


def properties(iim: bytes) -> dict[str, tuple[str, ...]]:
    """Return the texts of IIM by the XMP property that means the same, in order; whatever is broken is passed over.

    They are UTF-8 where 1:90 says so; else, as it is often left out, where they can be; else Windows-1252, which holds
    Latin-1.
    """
    found: dict[str, tuple[str, ...]] = {}
    is_utf_8 = False
    for dataset, value in _datasets(iim[:_LARGEST]):
        if dataset == _CHARACTER_SET:
            is_utf_8 = value.startswith(_UTF_8)
        elif (name := _PROPERTIES.get(dataset)) and (text := plain(_decoded(value, sure=is_utf_8))):
            found[name] = (*found.get(name, ()), text)
    return found


def _datasets(iim: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Yield record and dataset numbers, and the value (IIM 4.2, chapter 1); padding before a marker is skipped."""
    at = 0
    for _ in range(_MOST):
        at = iim.find(_MARKER, at)
        if at < 0 or at + _HEADER > len(iim):
            return
        length, begin = int.from_bytes(iim[at + 3 : at + _HEADER], "big"), at + _HEADER
        if length & _EXTENDED:
            # It is not the length, but says how many bytes long that is.
            begin += length & ~_EXTENDED
            length = int.from_bytes(iim[at + _HEADER : begin], "big")
        if begin + length > len(iim):
            at += 1
            continue
        yield (iim[at + 1], iim[at + 2]), iim[begin : begin + length]
        at = begin + length


def _decoded(value: bytes, *, sure: bool) -> str:
    try:
        # A dataset of limited length may break off within a character.
        return value.decode(errors="ignore" if sure else "strict")
    except UnicodeDecodeError:
        return value.decode("cp1252", errors="ignore")
