"""Addresses of git remotes: what one means, and what the host behind it wants beside a site.

Not the asking of a remote: that is the scratch repository's.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from byline.edges.programs import captured

_BRANCH = "pages"


def resolved(to: str, root: Path) -> tuple[str, str]:
    """Return the remote, as git understands it from any folder, and the branch (default: pages) that `to` means.

    A relative path is meant from `root`, the folder of the writer's blog, and a remote's name is one of theirs.
    """
    url, branch = split(to)
    if re.match(r"^[a-z0-9+]+://|^[^/]+:", url, re.IGNORECASE):
        return url, branch
    if "/" not in url:
        named = captured(["git", "remote", "get-url", "--", url], cwd=root)
        if not named.code:
            return named.output.decode(errors="replace").strip(), branch
    return str((root / Path(url).expanduser()).resolve()), branch


def split(to: str) -> tuple[str, str]:
    """Return the remote and the branch of an address."""
    url, mark, branch = to.rpartition("#")
    return (url, branch or _BRANCH) if mark else (to, _BRANCH)


def host_files(url: str, site_url: str) -> dict[str, bytes]:
    """Return the files that the host of a remote wants beside a site at `site_url`."""
    host = re.sub(r"^(?:[a-z+]+://)?(?:[^@/]*@)?", "", url).partition(":")[0].partition("/")[0].lower()
    domain = urlsplit(site_url).hostname or ""
    found = {".nojekyll": b""}
    if "github" in host and domain and not domain.endswith(".github.io"):
        found["CNAME"] = f"{domain}\n".encode()
    if "codeberg" in host and domain and not domain.endswith(".codeberg.page"):
        found[".domains"] = f"{domain}\n".encode()
    return found
