"""Addresses of a site that goes by several hosts: the one it has, the one it will have, the one it is looked at.

Not a request: what is asked for, and where, is only said here.
"""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import unquote, urljoin, urlsplit

_WEB = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Base:
    """A host and the path below which the site is there; `netloc` in lower case, the path with a slash at its end."""

    netloc: str
    path: str


class LiveAddresses:
    """The addresses of a site that is looked at below `url`, and calls itself so, or as below `site_url`."""

    def __init__(self, url: str, site_url: str) -> None:
        """Take a scheme for granted, and a slash at the end."""
        named = url if "://" in url else f"https://{url}"
        self.url = f"{named.rstrip('/')}/"
        self._bases = [_base(self.url), _base(f"{site_url}/")]

    def know(self, url: str) -> None:
        """Take the address of a home page, to which the named one leads, for the site's own."""
        if _base(url) not in self._bases:
            self._bases.append(_base(url))

    def here(self, address: str) -> str | None:
        """Return where to ask for an address: at the host that was named, whichever of the site's own it has."""
        below = self._split(address)
        if below is not None:
            return urljoin(self.url, f"./{below}")
        parts = urlsplit(address)
        ours = parts.scheme in _WEB and _bare(parts.netloc) in {base.netloc for base in self._bases}
        return urljoin(self.url, parts._replace(scheme="", netloc="").geturl()) if ours else None

    def below(self, address: str) -> str | None:
        """Return an address from the site's root on, decoded, without fragment; None where it is not this site's."""
        below = self._split(address)
        if below is None:
            return None
        path, _, query = below.partition("?")
        # What follows `?` tells pages apart only where no path does.
        return normalize("NFC", unquote(path)) or (f"?{query}" if query else "")

    def _split(self, address: str) -> str | None:
        """Return what follows the site's root in an address: path and query as they are."""
        parts = urlsplit(address)
        for base in self._bases if parts.scheme in _WEB else ():
            if _bare(parts.netloc) == base.netloc and f"{parts.path}/".startswith(base.path):
                below = parts.path[len(base.path) :]
                return f"{below}?{parts.query}" if parts.query else below
        return None


def _base(url: str) -> Base:
    parts = urlsplit(url)
    return Base(_bare(parts.netloc), parts.path.rpartition("/")[0] + "/")


def joined(base: str, address: str) -> str:
    """Return an address made absolute; empty where it is none, as a stranger may write."""
    try:
        joined = urljoin(base, address)
        urlsplit(joined)
    except ValueError:
        return ""
    return joined


def _bare(netloc: str) -> str:
    """Return a host with its port, in lower case, without the `www.` that sites put before it or not."""
    return netloc.lower().removeprefix("www.")
