"""Addresses as they stand in pages, made comparable: those of this site from its root on, others as they are.

Not a look at whether anything is there: that is `links`.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit

from byline.values.output import address

if TYPE_CHECKING:
    from collections.abc import Iterable

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_KEPT = 50_000
"""How many addresses are known at once."""
_PLAIN = re.compile(r"[\w/.~,;:@!$'()*+=-]*+", re.ASCII)


class Addresses:
    """How addresses resolve on a site whose public address is `site_url` (may be empty).

    A resolved address of this site begins with a slash, counted from the site's root, percent-decoded but for a `#` in
    its path, its query left out, its fragment kept; `//host/…` and whatever has a scheme is elsewhere. Empty: nowhere
    that can be looked at.
    """

    def __init__(self, site_url: str) -> None:
        """Resolve for this site."""
        parts = urlsplit(site_url)
        self.site_url = site_url.rstrip("/")
        self.host = parts.netloc.lower()
        self.root = parts.path.rstrip("/")
        self._web = f"{parts.scheme or 'https'}:"
        self._fixed: dict[str, str | None] = {}

    def fixed(self, url: str) -> str | None:
        """Return the resolved address, or None when that depends on the page it stands on."""
        if url.startswith("/") and not url.startswith("//"):
            return self._below(url)
        if url.startswith("//"):
            return self._absolute(self._web + url)
        scheme = _SCHEME.match(url)
        if not scheme:
            return None
        if scheme[0].lower() in {"http:", "https:"}:
            return self._absolute(url)
        return url if scheme[0].lower() == "file:" else ""

    def on(self, path: str, url: str) -> str:
        """Return the resolved address of an address that stands on the page at an output's path."""
        try:
            known = self._fixed[url]
        except KeyError:
            if len(self._fixed) >= _KEPT:
                self._fixed.clear()
            known = self._fixed[url] = self.fixed(url)
        if known is not None:
            return known
        here = f"{self.root}/{quote(address(path))}"
        if not url or url.startswith(("#", "?")):
            return self._below(here + url)
        if _PLAIN.fullmatch(url) and "./" not in url and not url.endswith("."):
            return self._below(here[: here.rindex("/") + 1] + url)
        try:
            return self._below(f"/{urljoin(here, url).lstrip('/')}")
        except ValueError:
            return ""

    def _absolute(self, url: str) -> str:
        try:
            parts = urlsplit(url)
        except ValueError:
            return url
        if not self.host or parts.netloc.lower() != self.host:
            return url
        return self._below(url.split(parts.netloc, 1)[1] or "/")

    def _below(self, url: str) -> str:
        """Return an address of this host from the site's root on, or whole when it is not below that."""
        path, mark, fragment = url.partition("#")
        path = path.partition("?")[0]
        if self.root:
            if path != self.root and not path.startswith(f"{self.root}/"):
                return f"{self._web}//{self.host}{url}"
            path = path[len(self.root) :]
        if "%" in path:
            path = unquote(path).replace("#", "%23")
        if "/." in path or "//" in path:
            ending = "/" if path.endswith(("/", "/.", "/..")) else ""
            path = posixpath.normpath(path).lstrip("/")
            path = f"/{path}{ending}" if path not in {"", "."} else "/"
        if "%" in fragment:
            fragment = unquote(fragment)
        return f"{path or '/'}{mark}{fragment}"


def served(paths: Iterable[str]) -> dict[str, str]:
    """Return the output's path by each address, from the root on, at which hosts serve it.

    `a/index.html` is at `/a/`, at `/a/index.html`, and, as hosts redirect, at `/a`.
    """
    found: dict[str, str] = {}
    for path in paths:
        found[f"/{path}".replace("#", "%23")] = path
        if path.endswith("index.html"):
            clean = f"/{address(path)}".replace("#", "%23")
            found[clean] = path
            if clean != "/" and clean.endswith("/"):
                found.setdefault(clean[:-1], path)
    return found
