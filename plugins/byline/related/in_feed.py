"""Related posts as they close a feed's entry, for readers who never see the page.

Not a template's: a feed has none, and its readers know no stylesheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.values.html import escape

if TYPE_CHECKING:
    from collections.abc import Iterable


def closing(related: Iterable[tuple[str, str]], heading: str = "Related posts:") -> str:
    """Return a heading, plain text, and the list of posts, given by name and whole address; empty for none."""
    listed = "".join(f'<li><a href="{escape(url)}">{escape(name)}</a></li>' for name, url in related)
    return f"<p>{escape(heading)}</p><ul>{listed}</ul>" if listed else ""
