"""A stylesheet as it travels: without its comments, and without the white space and semicolons that say nothing.

Not a minifier: no rule, name or value is written otherwise.
"""

from __future__ import annotations

import re

_SPACE = r"(?:[ \t\r\n\f]|/\*.*?(?:\*/|\Z))"
_PIECE = re.compile(
    r"(?P<kept>\"(?:[^\"\\]|\\.)*+(?:\"|\Z)|'(?:[^'\\]|\\.)*+(?:'|\Z)|url\([^)]*+\)|\\.)"
    rf"|{_SPACE}*+(?:(?P<sign>[{{}}]){_SPACE}*+|(?P<end>(?:;{_SPACE}*+)++)(?P<last>\}}{_SPACE}*+)?)"
    rf"|(?P<before>[:,]){_SPACE}++|{_SPACE}++",
    re.DOTALL,
)
"""A text, address or escape, all kept; a brace, with the space around it; the end of a declaration, and whether it is
the last; a sign with space after it; other space (CSS Syntax Level 3, 4.3)."""


def squeezed(css: str) -> str:
    """Return the same rules in fewer characters."""
    return _PIECE.sub(_written, css).strip()


def _written(piece: re.Match[str]) -> str:
    if kept := piece["kept"] or piece["sign"] or piece["before"]:
        return kept
    if piece["end"]:
        return "}" if piece["last"] else ";"
    # A comment alone parts two names, as white space does, without being any.
    return " " if re.search(r"\A[ \t\r\n\f]|[ \t\r\n\f]\Z", piece[0]) else "/**/"
