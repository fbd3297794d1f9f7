"""Addresses of folders on a server: `rsync://[user@]host[:port]/folder`, which here means by way of ssh.

Not addresses of an rsync daemon, which are written the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from byline.values.problem import Fault, Problem


@dataclass(frozen=True, slots=True)
class Address:
    """A folder on a server: `host` with the user where one is given, `folder` from the root or (`/~/`) from home."""

    host: str
    port: int | None
    folder: str

    def __str__(self) -> str:
        """Return it as scp has it."""
        return f"{self.host}:{self.folder}"


def parsed(to: str) -> Address:
    """Return the folder that an address means. Raises Fault when it means none."""
    try:
        parts = urlsplit(to)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    folder = unquote(urlsplit(to).path).rstrip("/") if host else ""
    user = unquote(parts.username) if host and parts.username else ""
    if not host or not folder or f"{user}{host}".startswith("-") or "\0" in folder:
        remedy = "Write rsync://user@host/folder in BYLINE_DEPLOY; the folder must not be the server's root."
        raise Fault(Problem("wrong-target", f"The address {to} names no folder on a server.", remedy))
    named = f"[{host}]" if ":" in host else host
    return Address(
        f"{user}@{named}" if user else named, port, f"./{folder[3:]}" if folder.startswith("/~/") else folder
    )
