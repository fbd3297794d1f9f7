"""Code of a page's text without the spans that the theme gives no colour: of a long listing they are a third.

Not the highlighting, which is Pygments' and stays as it is in feeds.
"""

from __future__ import annotations

import re

_LISTING = re.compile(r"<pre[\s>].*?</pre>", re.DOTALL)
_UNCOLOURED = re.compile(r'<span class="(?:n|o|p|w)">([^<]*)</span>|<span></span>')
"""Pygments' short names of names, operators, punctuation and white space; and the mark it begins with."""


def uncoloured(html: str) -> str:
    """Return the HTML with those spans in its `pre` replaced by what they hold."""
    return _LISTING.sub(lambda listing: _UNCOLOURED.sub(r"\1", listing[0]), html)
