"""The elements of HTML as the HTML Standard's index has them: which are void, which end by themselves, which are gone.

Not rules: those read these tables.
"""

from __future__ import annotations

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
KNOWN = VOID | frozenset(
    "a abbr address article aside audio b bdi bdo blockquote body button canvas caption cite code colgroup data "
    "datalist dd del details dfn dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head "
    "header hgroup html i iframe ins kbd label legend li main map mark math menu meter nav noscript object ol optgroup "
    "option output p picture pre progress q rp rt ruby s samp script search section select slot small span strong "
    "style sub summary sup svg table tbody td template textarea tfoot th thead time title tr u ul var video".split()
)
OBSOLETE = frozenset(
    "acronym applet basefont bgsound big blink center dir font frame frameset isindex keygen listing marquee menuitem "
    "multicol nextid nobr noembed noframes param plaintext rb rtc spacer strike tt xmp".split()
)
"""Section 16.2 of the Standard: browsers still know them, no page should have them."""
OPTIONAL_END = frozenset(
    "html head body p li dt dd rt rp optgroup option colgroup caption thead tbody tfoot tr td th".split()
)
"""Elements whose end tag may be left out (13.1.2.4)."""

_ALL = frozenset({"*"})
OBSOLETE_ATTRIBUTES = {
    "align": _ALL,
    "background": frozenset({"body", "table", "td", "th", "tr"}),
    "bgcolor": _ALL,
    "border": frozenset({"img", "object", "table"}),
    "cellpadding": _ALL,
    "cellspacing": _ALL,
    "clear": frozenset({"br"}),
    "frameborder": _ALL,
    "height": frozenset({"table", "tbody", "td", "th", "thead", "tr"}),
    "hspace": _ALL,
    "language": frozenset({"script"}),
    "longdesc": _ALL,
    "marginheight": _ALL,
    "marginwidth": _ALL,
    "nowrap": _ALL,
    "scrolling": _ALL,
    "summary": frozenset({"table"}),
    "valign": _ALL,
    "vspace": _ALL,
    "width": frozenset({"col", "colgroup", "hr", "pre", "table", "td", "th", "tr"}),
}
"""Presentational attributes and the elements that must not have them (16.2)."""

_BLOCKS = (
    "address article aside blockquote details dialog div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hgroup hr main menu nav ol p pre search section table ul"
)
_CELLS = frozenset({"td", "th"})
_ROWS = frozenset({"tr"}) | _CELLS
_GROUPS = frozenset({"thead", "tbody", "tfoot", "caption", "colgroup"}) | _ROWS
_TABLE = frozenset({"table"})
ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(
        _BLOCKS.split(), (frozenset({"p"}), frozenset("button table td th caption object template svg math".split()))
    ),
    "li": (frozenset({"li", "p"}), frozenset({"ul", "ol", "menu"})),
    **dict.fromkeys(("dt", "dd"), (frozenset({"dt", "dd", "p"}), frozenset({"dl"}))),
    **dict.fromkeys(("rt", "rp"), (frozenset({"rt", "rp"}), frozenset({"ruby"}))),
    "option": (frozenset({"option"}), frozenset({"select", "datalist", "optgroup"})),
    "optgroup": (frozenset({"option", "optgroup"}), frozenset({"select"})),
    **dict.fromkeys(_CELLS, (_CELLS, _TABLE | {"tr"})),
    "tr": (_ROWS | {"caption", "colgroup"}, _TABLE | {"thead", "tbody", "tfoot"}),
    **dict.fromkeys(("thead", "tbody", "tfoot"), (_GROUPS, _TABLE)),
    "body": (frozenset({"head"}), frozenset()),
}
"""Which open elements a start tag ends, and the elements beyond which it does not look for them (13.1.2.4)."""
