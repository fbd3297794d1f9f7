"""Pelican's articles and pages, with some of their steps bettered while Byline hosts them.

Not another kind of content: every plugin meets the objects that Pelican made, with the same attributes.
"""

from __future__ import annotations

import os
import re
from functools import cache, partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol

from pelican import contents
from pelican.contents import Content
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import posixize_path

if TYPE_CHECKING:
    from byline.values.content import Content as Written


_RESOLVED = Content._get_intrasite_link_regex(SimpleNamespace(settings=DEFAULT_CONFIG))  # noqa: SLF001  Pelican's own expression
_PLAIN = re.compile(r"[^./\\][^/\\]*(?:/[^./\\][^/\\]*)*", re.DOTALL)
"""A path that normalizing leaves as it is, and that leads nowhere above where it begins."""
_BY_SLUG = re.compile(r"[^{}]*\{slug\}[^{}]*")


class Draws(Protocol):
    """Who draws the pictures of contents."""

    def draw(self, content: Content, html: str, root: str) -> str:
        """Return a content's HTML with figures; `root` goes before addresses of this site."""


class Unopened:
    """The HTML of a content that nobody has asked for yet; Pelican takes it for none, and looks for nothing in it."""

    __slots__ = ("written",)

    def __init__(self, written: Written) -> None:
        """Stand for the HTML of what was written."""
        self.written = written

    def __bool__(self) -> bool:
        return False


class _Described:
    """What describing gives a content, apart from what it has of Pelican and of its front matter.

    Of no more than thirty attributes, Python keeps the names once for all contents.
    """

    __slots__ = (
        "also_on",
        "card",
        "further_reading",
        "image_objects",
        "lead_figure",
        "lead_picture",
        "mentions",
        "post",
        "related_matches",
        "related_posts",
        "series",
        "share_links",
        "summarized",
    )


class _Hosted(_Described, Content):
    """A content of a site whose plugins are Byline's own, so that nobody has put other methods in place of these."""

    source_path: str
    relative_source_path: str
    settings: dict[str, Any]
    _drawn_by: Draws | None = None

    @property
    def _content(self) -> str:
        held: str | Unopened = self.__dict__["_content"]
        return held.written.html if isinstance(held, Unopened) else held

    @_content.setter
    def _content(self, html: str | Unopened) -> None:
        self.__dict__["_content"] = html

    def get_content(self, siteurl: str) -> str:
        """Return the HTML for a page. It is not kept, as Pelican does: a text is asked for once, and there are many."""
        html = self._content
        return resolved(self, self._drawn_by.draw(self, html, siteurl) if self._drawn_by else html, siteurl)

    def get_static_links(self) -> set[str]:
        """Return the files that the text links: they are the same in the tags that are known of a text not opened."""
        unopened = self.__dict__["_content"]
        if not isinstance(unopened, Unopened) or not _is_default(self.settings, "INTRASITE_LINK_REGEX"):
            return super().get_static_links()  # type: ignore[no-any-return]  # Pelican has no types
        self._content = unopened.written.known(resolved_tags)
        try:
            return super().get_static_links() if self._content else set()
        finally:
            self._content = unopened

    def get_relative_source_path(self, source_path: str | None = None) -> str | None:
        """Return a path below content/, by default the content's own: Pelican works that out a dozen times a post."""
        if source_path:
            return super().get_relative_source_path(source_path)  # type: ignore[no-any-return]  # Pelican has no types
        if not hasattr(self, "relative_source_path"):
            return relative_path(self.source_path, self.settings["PATH"]) or super().get_relative_source_path()
        return self.relative_source_path

    def _has_valid_save_as(self) -> bool:
        """Tell whether the content stays within the output: Pelican makes whole paths to see that."""
        return bool(_PLAIN.fullmatch(str(self.save_as))) or super()._has_valid_save_as()

    def _expand_settings(self, key: str, klass: str | None = None) -> str:
        address = str(self.settings[_setting(klass or self.__class__.__name__, key)])
        if _by_slug(address) and isinstance(slug := getattr(self, "slug", None), str):
            return address.replace("{slug}", slug)
        return address.format_map(_Named(self))

    def _update_content(self, html: str, site_url: str) -> str:
        return resolved(self, html, site_url)


class Article(contents.Article, _Hosted):
    """Pelican's article, opened when it is asked for."""


class Page(contents.Page, _Hosted):
    """Pelican's page, opened when it is asked for."""


class _Named(dict[str, Any]):
    """What stands in an address by name; most have the slug alone, and Pelican finds all for each."""

    def __init__(self, content: Content) -> None:
        super().__init__()
        self._of = content

    def __missing__(self, name: str) -> Any:  # noqa: ANN401  whatever metadata holds
        return getattr(self._of, "slug", "") if name == "slug" else self._of.url_format[name]


# The same few are asked of every content, several times.


@cache
def _setting(kind: str, key: str) -> str:
    """Return the name of the setting that says this of a kind of contents."""
    return f"{kind}_{key}".upper()


@cache
def _by_slug(address: str) -> bool:
    """Tell whether nothing stands in an address by name but a slug."""
    return bool(_BY_SLUG.fullmatch(address))


def resolved_tags(content: Written) -> str:
    """Return of a text no more than the tags whose address Pelican resolves: in them it finds what it finds in all."""
    html = content.html
    found = _RESOLVED.finditer(html) if "{" in html or "|" in html else ()
    return "".join(f"{match[0]}>" for match in found)


def relative_path(path: str | None, top: str) -> str:
    """Return the path from a folder to a file in it, with slashes; empty where that is not plain to see."""
    if not path or not path.startswith(f"{top}{os.sep}") or not os.path.isabs(top):  # noqa: PTH117  asked of each post
        return ""
    below = str(posixize_path(path[len(top) + 1 :]))
    return below if _PLAIN.fullmatch(below) else ""


def adopt(content: Content, by: Draws) -> None:
    """Let a content know its source path by heart, have its pictures drawn, and resolve every address in a tag."""
    if isinstance(content, _Hosted):
        content._drawn_by = by  # noqa: SLF001  its own name for it
        return
    content.get_relative_source_path = partial(_source_path, content)
    content._update_content = partial(_updated, content, by)  # noqa: SLF001  Pelican's step from source to page


def _source_path(content: Content, path: str | None = None) -> str:
    """Return a path below content/, by default the content's own: Pelican works that out a dozen times a post."""
    found: str = Content.get_relative_source_path(content, path) if path else content.relative_source_path
    return found


def _updated(content: Content, by: Draws, html: str, site_url: str) -> str:
    """Return the content's own HTML drawn and resolved; a summary's, or another field's, only resolved."""
    return resolved(content, by.draw(content, html, site_url) if html is content._content else html, site_url)  # noqa: SLF001


def resolved(content: Content, html: str, site_url: str) -> str:
    """Return the HTML with addresses of sources replaced; Pelican's expression meets one a tag, so it is repeated."""
    if not html or ("{" not in html and "|" not in html and _is_default(content.settings, "INTRASITE_LINK_REGEX")):
        return html
    while True:
        replaced: str = Content._update_content(content, html, site_url)  # noqa: SLF001
        if replaced == html:
            return html
        html = replaced


def _is_default(settings: dict[str, Any], name: str) -> bool:
    return bool(settings[name] == DEFAULT_CONFIG[name])
