"""Pelican's articles and pages, with two of their steps bettered while Byline hosts them.

Not another kind of content: every plugin meets the objects that Pelican made.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pelican.contents import Content

if TYPE_CHECKING:
    from collections.abc import Callable


def adopt(content: Content, draw: Callable[[str, str], str]) -> None:
    """Let a content know its source path by heart, draw its pictures, and resolve every address in a tag.

    `draw` gets the content's HTML, and what goes before addresses of this site; it answers the HTML with figures.
    """
    content.get_relative_source_path = partial(_source_path, content)
    content._update_content = partial(_updated, content, draw)  # noqa: SLF001  Pelican's step from source to page


def _source_path(content: Content, path: str | None = None) -> str:
    """Return a path below content/, by default the content's own: Pelican works that out a dozen times a post."""
    found: str = Content.get_relative_source_path(content, path) if path else content.relative_source_path
    return found


def _updated(content: Content, draw: Callable[[str, str], str], html: str, site_url: str) -> str:
    """Return the content's own HTML drawn and resolved; a summary's, or another field's, only resolved."""
    return resolved(content, draw(html, site_url) if html is content._content else html, site_url)  # noqa: SLF001


def resolved(content: Content, html: str, site_url: str) -> str:
    """Return the HTML with addresses of sources replaced; Pelican's expression meets one a tag, so it is repeated."""
    while True:
        replaced: str = Content._update_content(content, html, site_url)  # noqa: SLF001
        if replaced == html:
            return html
        html = replaced
