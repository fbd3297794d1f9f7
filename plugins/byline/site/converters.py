"""Markdown's converters for one MARKDOWN setting: one of them converts post after post.

Not for extensions that we do not know, which may remember a post: with one of these each post has its own converter.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension

from byline.site.block_markup import BlockMarkup
from byline.site.inline_markup import InlineMarkup
from byline.site.passes import Passes

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIBRARY = "markdown.extensions."
"""What the names of the library's own extensions begin with: they forget what they are told to."""


class Converters:
    """Those that nobody uses now. Threads may take converters from here; each has its own."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Make them of these settings, when they are asked for."""
        theirs = settings.get("extensions", ())
        self._known = all(isinstance(name, str) and name.startswith(_LIBRARY) for name in theirs)
        ours = [BlockMarkup(), Passes()] if self._known else [BlockMarkup()]
        self._settings = {**settings, "extensions": [InlineMarkup(), *theirs, *ours]}
        self._idle: list[Markdown] = []

    def take(self) -> Markdown:
        """Return a converter that remembers nothing. Raises anything, as an extension may."""
        with suppress(IndexError):
            return self._idle.pop()
        converter = Markdown(**self._settings)
        if self._known:
            # Each element is looked up here, several times; and no extension that is here adds any to it later.
            converter.block_level_elements = frozenset(converter.block_level_elements)  # type: ignore[assignment]
        return converter

    def give_back(self, converter: Markdown) -> None:
        """Let a converter be used again, if it did all that it was asked for: what failed may have left something."""
        if self._known and not any(map(_counts_texts, converter.registeredExtensions)):
            self._idle.append(converter.reset())


def _counts_texts(extension: object) -> bool:
    """Tell whether an extension numbers texts, and writes that into them."""
    return isinstance(extension, FootnoteExtension) and bool(extension.getConfig("UNIQUE_IDS"))
