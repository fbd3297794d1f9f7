"""Typogrify on prose: curly quotes, dashes, widows; code, maths and attributes stay as written.

Not the titles: a title is plain text everywhere, so it gets the characters without the markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from byline.values.html import ATTRIBUTES

_NOT_PROSE = ("kbd", "math", "samp", "script", "style", "svg", "textarea", "tt")
"""What Typogrify is told to leave alone besides `pre` and `code`, which it knows."""
_IN_A_LINE = ("<code", "<kbd", "<math", "<samp", "<tt")
"""What stands in a line of prose like a word of it; anything else is like a tag."""

_KEPT = re.compile(
    r"[<$\\](?:"  # what begins with none of these is passed over at once
    rf"(?<=<)(?:(?![a-zA-Z0-9]+>)(?P<tag>[a-zA-Z][^\s/>]*){ATTRIBUTES}>|!--.*?-->)"
    r"|(?<=\$)(?:\$[^<>]+?\$\$|(?<![\\$\w]\$)(?=[^\s$])[^$<>]*?(?<=[^\s$\\])\$(?![\d$]))"
    r"|(?<=\\)(?:\[[^<>]+?\\\]|\([^<>]+?\\\)))",
    re.DOTALL,
)
"""Attributes; comments; TeX, between single dollars by Pandoc's rule (`tex_math_dollars`): `$5 and $10` is money."""
_SHIELD = "\x1a"
"""Stands for what is kept while the filters run: no source holds a control character."""
_SHIELDED = re.compile("<\x1a>|\x1a")


@dataclass(frozen=True, slots=True)
class Typography:
    """Pelican's TYPOGRIFY settings: whether, which elements to leave alone, which filters to leave out, dashes."""

    on: bool = False
    ignore: tuple[str, ...] = ()
    omit: tuple[str, ...] = ()
    dashes: str = "default"

    def prose(self, html: str) -> str:
        """Return the HTML with typography applied; the HTML itself when it is off."""
        if not self.on or not html.strip() or _SHIELD in html:
            return html
        from byline.site.typographic_filters import sections  # Typogrify is imported only where typography is on

        kept: list[str] = []

        def keep(html: str) -> str:
            kept.append(html)
            return _SHIELD

        def shield(match: re.Match[str]) -> str:
            if match["tag"] is None:
                return keep(match[0])
            return f"<{match['tag']}{keep(match['attributes'])}>" if match["attributes"] else match[0]

        def hide(section: str) -> str:
            return keep(section) if section.lower().startswith(_IN_A_LINE) else f"<{keep(section)}>"

        parted = sections(html, (*self.ignore, *_NOT_PROSE))
        shielded = "".join(_KEPT.sub(shield, section) if prose else hide(section) for section, prose in parted)
        pieces = iter(kept)
        return _SHIELDED.sub(lambda _: next(pieces), self._filtered(shielded))

    def words(self, text: str) -> str:
        """Return plain text with typographic quotes, dashes and ellipses as characters."""
        if not self.on or "smartypants" in self.omit:
            return text
        from smartypants import smartypants  # imported only where typography is on

        from byline.site.typographic_filters import touches

        if "<" not in text and not touches(text):
            return text
        return unescape(smartypants(text.replace("&", "&amp;").replace("<", "&lt;"), self._dashes()))

    def _filtered(self, html: str) -> str:
        """Apply Typogrify's filters in Typogrify's order, with our dashes instead of a setting of the whole process."""
        from byline.site import typographic_filters as filters

        if "amp" not in self.omit:
            html = filters.amp(html)
        if "smartypants" not in self.omit:
            html = filters.smartypants(html, self._dashes())
        if "caps" not in self.omit:
            html = filters.caps(html)
        if "initial_quotes" not in self.omit:
            html = filters.initial_quotes(html)
        if "widont" not in self.omit:
            html = filters.widont(html)
        return html

    def _dashes(self) -> int:
        """Return smartypants' attributes: quotes, ellipses, entities made quotes, dashes as TYPOGRIFY_DASHES says."""
        from smartypants import Attr

        sets = {"oldschool": Attr.set2, "oldschool_inverted": Attr.set3}
        return int(sets.get(self.dashes, Attr.set1) | Attr.w)
