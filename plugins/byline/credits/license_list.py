"""The licences that Creative Commons has published: each unit with its versions, each version with its ports.

Not what they oblige: that follows from their units, in `credits/licenses`. After Creative Commons' own list,
`config/cc-legal-tools.csv` of https://github.com/creativecommons/cc-legal-tools-data: six units in use, nine
retired, and no port of 4.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PUBLISHED = (
    ("by by-nc by-nc-sa by-nd by-nd-nc by-sa", "1.0", "- fi il nl"),
    ("nc nc-sa nd nd-nc sa", "1.0", "- fi nl"),
    ("sampling", "1.0", "- br tw"),
    ("sampling+", "1.0", "- br de tw"),
    ("nc-sampling+", "1.0", "- tw"),
    (
        "by by-nc by-nc-nd by-nc-sa by-nd by-sa",
        "2.0",
        "- at au be br ca cl de es fr hr it jp kr nl pl tw uk za",
    ),
    ("nc nc-sa nd nd-nc sa", "2.0", "jp"),
    ("devnations", "2.0", "-"),
    ("by by-nc by-nc-nd by-nc-sa by-nd by-sa", "2.1", "au ca es jp"),
    (
        "by by-nc by-nc-nd by-nc-sa by-nd by-sa",
        "2.5",
        "- ar au bg br ca ch cn co dk es hr hu il in it mk mt mx my nl pe pl pt scotland se si tw za",
    ),
    (
        "by by-nc by-nc-nd by-nc-sa by-nd by-sa",
        "3.0",
        (
            "- am at au az br ca ch cl cn cr cz de ec ee eg es fr ge gr gt hk hr ie igo it lu nl no nz ph pl pr pt ro "
            "rs sg th tw ug us ve vn za"
        ),
    ),
    ("by by-nc by-nc-nd by-nc-sa by-nd by-sa", "4.0", "-"),
)
"""Units, their version, its ports; `-` is the licence of no country ("generic", "unported", "international")."""

UNITS: Mapping[tuple[frozenset[str], str], str] = {
    (frozenset(unit.split("-")), version): unit for units, version, _ports in _PUBLISHED for unit in units.split()
}
"""The unit as it is spelt in its version, by its elements in any order: `by-nd-nc` in 1.0 is `by-nc-nd` later."""
PORTS: Mapping[tuple[str, str], frozenset[str]] = {
    (unit, version): frozenset("" if port == "-" else port for port in ports.split())
    for units, version, ports in _PUBLISHED
    for unit in units.split()
}
"""The ports of a unit in a version; the empty text is the licence of no country."""
ELEMENTS = frozenset(element for elements, _version in UNITS for element in elements)
VERSIONS = tuple(dict.fromkeys(version for _units, version, _ports in _PUBLISHED))
