"""The `_headers` file of a site: what Netlify, Cloudflare Pages and others send along with its files.

Not a host's whole configuration: TLS and the name of the server are the writer's (docs/hosting.md), as is a `_headers`
in `content/theme/root/`, which goes before this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from byline.site.policy import policy, searching

if TYPE_CHECKING:
    from collections.abc import Iterable

    from byline.values.content import Content

PATH = "_headers"
_POLICY = "Content-Security-Policy"
FOR_EVER = "public, max-age=31536000, immutable"
"""How long a file may be kept whose name changes with its bytes: a year, and no question about it."""


def rules(
    contents: Iterable[Content],
    site_url: str,
    lasting: Iterable[str],
    sounds: Iterable[str] = (),
    search: str | None = None,
) -> bytes:
    """Return the file: a pattern of paths, then the headers of what fits it, indented.

    `contents` are the published texts, whose embedded parts the policy allows, as it does `sounds`, the addresses of
    what posts have to listen to; `lasting` the paths of files whose name changes with their bytes, or `folder/*` for
    all of a folder. Pages have no rule: both hosts let them be asked for anew, and would add a second value. But the
    page at the address `search`, if any, has a policy of its own, before which Cloudflare must be told to take the
    general one back; Netlify does so untold, and passes over that line.
    """
    root = urlsplit(site_url).path.rstrip("/")
    general = policy(contents, site_url, sounds)
    lines = [
        f"{root}/*",
        f"  {_POLICY}: {general}",
        "  Permissions-Policy: camera=(), geolocation=(), microphone=()",
        "  Referrer-Policy: strict-origin-when-cross-origin",
        "  X-Content-Type-Options: nosniff",
    ]
    if site_url.startswith("https://"):
        lines.append("  Strict-Transport-Security: max-age=31536000")
    if search is not None:
        lines += [f"{root}/{search}", f"  ! {_POLICY}", f"  {_POLICY}: {searching(general)}"]
    for path in sorted(lasting):
        lines += [f"{root}/{path}", f"  Cache-Control: {FOR_EVER}"]
    return "".join(f"{line}\n" for line in lines).encode()
