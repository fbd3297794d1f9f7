"""Addresses as RFC 3986 wants them: what no URI holds, percent-encoded; and which lead to the web.

Not their making: what stands where is decided by Pelican, by the writer, and by whoever names an output.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache
from unicodedata import normalize
from urllib.parse import quote, unquote, urljoin, urlsplit

_PLAIN_SITE = re.compile(r"https?://[\w-][\w.-]*(?::\d+)?(?:/[\w-]+)*", re.ASCII)
_PLAIN = re.compile(r"(?:[\w%-][\w.%-]*/)*(?:[\w%-][\w.%-]*)?", re.ASCII)
"""An address below a site's root that says what it means: no dots alone, no scheme, no question."""
_SAFE = "/#%[]=:;$&()+,!?*@'~"


def below(site_url: str, address: str) -> str:
    """Return an address below a site's root as an absolute one (RFC 3986, 5.2); `site_url` has no slash at its end."""
    if _is_plain(site_url) and _PLAIN.fullmatch(address):
        return f"{site_url}/{address}"
    return urljoin(f"{site_url}/", address)


@cache
def _is_plain(site_url: str) -> bool:
    """Tell whether a site's root has no sign that means something else; there are few roots, and many addresses."""
    return bool(_PLAIN_SITE.fullmatch(site_url))


def uri(iri: str) -> str:
    """Return an absolute address with what no URI holds percent-encoded (RFC 3987, 3.1); the host stays as it is."""
    scheme, slashes, rest = iri.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{slashes}{host}{slash}{quote(path, safe=_SAFE)}"


def spellings(written: str, source: str) -> tuple[str, ...]:
    """Return the paths below content/ that a path written in a source there may mean, the likeliest first.

    A name counts as written or percent-decoded, composed or decomposed (macOS). `source` is the source's own path.
    """
    folder = "" if written.startswith("/") else posixpath.dirname(source)
    found = (
        posixpath.normpath(posixpath.join(folder, normalize(form, name).lstrip("/")))
        for name in (unquote(written), written)
        for form in ("NFC", "NFD")
    )
    return tuple(dict.fromkeys(found))


def on_the_web(url: str) -> bool:
    """Tell whether a text is an absolute http or https address with a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not set(url) & set(' "<>\\^`{|}')
