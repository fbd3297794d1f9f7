"""Markdown's passes over a whole text with the same output, without those that find nothing.

Not a Markdown of our own: each pass is the library's. One is left out where the text, or the tree that was made of it,
lacks a sign that it looks for.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any

from markdown import postprocessors, preprocessors, treeprocessors
from markdown.extensions import Extension, abbr, attr_list, codehilite, fenced_code, footnotes, md_in_html, toc
from markdown.util import ETX, STX
from pygments.formatters.html import HtmlFormatter

from byline.site.block_markup import settle, take_places
from byline.site.inline_markup import InlineProcessor
from byline.site.plain_markup import Written

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_MARKED = re.compile(f"[&<>{STX}]")
_NOT_NORMAL = ("\t", "\r", " \n", STX, ETX)


class Whitespace(preprocessors.NormalizeWhitespace):
    """Lines without tabs, other line ends, and white space alone."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines and two empty ones."""
        text = "\n".join([*lines, "", ""])
        return super().run(lines) if any(sign in text for sign in _NOT_NORMAL) else text.split("\n")


class FencedCode(fenced_code.FencedBlockPreprocessor):
    """Code between fences."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with a placeholder for each."""
        text = "\n".join(lines)
        return super().run(lines) if "```" in text or "~~~" in text else text.split("\n")


class HtmlBlocks(preprocessors.HtmlBlockPreprocessor):
    """Blocks of HTML."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with a placeholder for each."""
        text = "\n".join(lines)
        return super().run(lines) if "<" in text or "&" in text else text.split("\n")


class HtmlBlocksWithMarkdown(md_in_html.HtmlBlockPreprocessor):
    """Blocks of HTML, some with Markdown in them."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with a placeholder for each."""
        text = "\n".join(lines)
        return super().run(lines) if "<" in text or "&" in text else text.split("\n")


class AttributeLists(attr_list.AttrListTreeprocessor):
    """Attributes in braces."""

    def run(self, doc: Element) -> None:
        """Give them to the elements."""
        if "{" in _text(doc):
            super().run(doc)


class Contents(toc.TocTreeprocessor):
    """A table of contents, and what headings get for it."""

    def run(self, doc: Element) -> None:
        """Put the table where its marker is; where none is, give headings what the table would lead to."""
        elements = [*doc.iter()]
        headings = [each for each in elements if isinstance(each.tag, str) and self.header_rgx.match(each.tag)]
        linked = self.use_anchors or self.use_permalinks
        if linked or (self.marker and self.marker in _text(doc)) or any(heading.attrib for heading in headings):
            super().run(doc)
            return
        used = {each.attrib["id"] for each in elements if "id" in each.keys()}  # noqa: SIM118  an element has no key
        counters: dict[str, int] = {}
        for heading in headings:
            self.set_level(heading)
            name = self.slugify(unescape(_name(heading, self.md)), self.sep)
            heading.set("id", toc.unique(name, used, counters))


def _name(heading: Element, md: Markdown) -> str:
    """Return what is read of a heading, as HTML."""
    text = heading.text or ""
    if len(heading) or _MARKED.search(text):
        return toc.strip_tags(toc.render_inner_html(toc.remove_fnrefs(heading), md))
    return " ".join(text.split())


class Escapes(treeprocessors.UnescapeTreeprocessor):
    """Characters that stand for themselves."""

    def run(self, root: Element) -> None:
        """Put them in the place of what they were kept as."""
        values = (value for element in root.iter() for _name, value in element.items())
        if self.RE.search(_text(root)) or any(STX in value for value in values if value):
            super().run(root)


class RawHtml(postprocessors.RawHtmlPostprocessor):
    """HTML that was kept."""

    written = Written({})

    def run(self, text: str) -> str:
        """Put it in its places."""
        return self.written.restored(super().run(text)) if STX in text else text


class RawHtmlWithMarkdown(md_in_html.MarkdownInHTMLPostprocessor):
    """HTML that was kept, some with Markdown in it."""

    written = Written({})

    def run(self, text: str) -> str:
        """Put it in its places."""
        return self.written.restored(super().run(text)) if STX in text else text


_PREPROCESSORS = {
    "normalize_whitespace": (Whitespace,),
    "fenced_code_block": (FencedCode,),
    "html_block": (HtmlBlocks, HtmlBlocksWithMarkdown),
}
_TREEPROCESSORS = {"attr_list": (AttributeLists,), "toc": (Contents,), "unescape": (Escapes,)}
_POSTPROCESSORS = {"raw_html": (RawHtml, RawHtmlWithMarkdown)}
"""What the library calls its own, and what takes its place."""
_OF_NO_ELEMENT = frozenset(
    {
        abbr.AbbrTreeprocessor,
        footnotes.FootnotePostTreeprocessor,
        treeprocessors.PrettifyTreeprocessor,
        AttributeLists,
        Contents,
        Escapes,
    }
)
"""What comes after the inline patterns, and does nothing with links, emphasis, images and code outside headings.

But for abbreviations, attributes in braces, and a marker of the table of contents that may be words of a link.
"""
_FORMATTER = "pygments_formatter"


class Passes(Extension):
    """Markdown with the passes above in the place of the library's: to be named after all other extensions.

    Only beside the library's own: another one may ask the converter for a table of contents that no text has.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
        """Take the places of the library's own."""
        take_places(md.preprocessors, _PREPROCESSORS)
        take_places(md.treeprocessors, _TREEPROCESSORS)
        settle(md.parser)
        take_places(md.postprocessors, _POSTPROCESSORS)
        _keep_html(md)
        for extension in md.registeredExtensions:
            if type(extension) is codehilite.CodeHiliteExtension and extension.getConfig(_FORMATTER) == "html":
                extension.setConfig(_FORMATTER, _formatter)


def _keep_html(md: Markdown) -> None:
    """Let texts that are plain to see become HTML at once, if nobody looks for their elements."""
    inline, restoring = md.treeprocessors["inline"], md.postprocessors["raw_html"]
    later = [*md.treeprocessors][md.treeprocessors.get_index_for_name("inline") + 1 :]
    if not (
        type(inline) is InlineProcessor
        and isinstance(restoring, RawHtml | RawHtmlWithMarkdown)
        and all(type(each) in _OF_NO_ELEMENT for each in later)
        and all("[" in each.marker for each in later if isinstance(each, Contents) and each.marker)
    ):
        return
    abbreviations = next((each.abbrs for each in later if isinstance(each, abbr.AbbrTreeprocessor)), {})
    inline.written = restoring.written = written = Written(abbreviations)
    md.registerExtension(written)  # type: ignore[arg-type]  # to be told when to forget, as an extension is


def _formatter(lang_str: str, **options: Any) -> HtmlFormatter[str]:  # noqa: ANN401, ARG001  as Markdown gives them
    """Return what makes HTML of code; it remembers none, so that one does for all code that is shown in one way."""
    try:
        return _one_formatter(**options)
    except TypeError:  # the numbers of lines that stand out are a list
        return HtmlFormatter(**options)


@lru_cache(16, typed=True)
def _one_formatter(**options: Any) -> HtmlFormatter[str]:  # noqa: ANN401
    return HtmlFormatter(**options)


def _text(tree: Element) -> str:
    """Return all words of a tree: what is in none of its texts is not in them."""
    return "".join(tree.itertext())
