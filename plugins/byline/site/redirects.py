"""Redirects: a page at each old address that leads to the post, and the same as a `_redirects` file for hosts.

Not a server's answer: static hosting has none, so the page does what HTML can.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from byline.site.make import Given
from byline.values.html import escape
from byline.values.output import Kind, Output
from byline.values.problem import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from byline.values.post import Post

PATH = "_redirects"

_NOT_IN_A_PATH = re.compile(r"[\x00-\x1f\x7f\\?#]")
_PAGES = (".asp", ".aspx", ".cfm", ".cgi", ".htm", ".html", ".jsp", ".php", ".shtml", ".xhtml")
"""Ends of addresses that are a page's own; any other old address, `/v1.0` too, is that of a folder."""

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{name}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{url}">
<meta http-equiv="refresh" content="0; url={target}">
<meta name="viewport" content="width=device-width, initial-scale=1">
</head>
<body>
<p><a href="{target}">{name}</a></p>
</body>
</html>
"""


def pages(posts: Iterable[Post], root: str, lines: Mapping[str, int]) -> Iterator[Output | Problem]:
    """Yield an output for each alias of a public post, or a Problem for an alias that is no address of this site.

    `root` is the path of the site's root without a slash at its end; `lines` the line of Aliases by source path.
    """
    for post in posts:
        for alias in post.aliases:
            path = output_path(alias)
            place = Place(post.path, lines.get(post.path))
            if path is None:
                what = f"The alias {alias!r} is no address below this site."
                yield Problem("bad-alias", what, "Write the old path, such as `/2009/05/old-title/`.", place)
                continue
            body = _PAGE.format(
                language=escape(post.language),
                name=escape(post.name),
                url=escape(post.url),
                target=escape(f"{root}/{_quoted(post.address)}"),
            )
            yield Output(path, Kind.REDIRECT, Given(body.encode()), place)


def output_path(alias: str) -> str | None:
    """Return the output path of an old address: `old/` is `old/index.html`; None when it leaves the site."""
    path = unquote(alias.strip()).lstrip("/")
    if not path or "://" in path or _NOT_IN_A_PATH.search(path):
        return None
    if path.endswith("/") or not path.lower().endswith(_PAGES):
        path = posixpath.join(path, "index.html")
    normal = posixpath.normpath(path)
    return None if normal.startswith(("../", "/")) else normal


def rules(posts: Iterable[Post], root: str) -> bytes:
    """Return the `_redirects` file that Netlify, Cloudflare Pages and others read: old address, new address, 301."""
    lines = {
        f"{root}/{_quoted(alias.strip().lstrip('/'))} {root}/{_quoted(post.address)} 301"
        for post in posts
        for alias in post.aliases
        if output_path(alias) is not None
    }
    return "".join(f"{line}\n" for line in sorted(lines)).encode()


def _quoted(address: str) -> str:
    """Return an address without what would end it, or mean any address, in a line of rules."""
    return quote(unquote(address), safe="/@!$&'()+,;=~-._")
