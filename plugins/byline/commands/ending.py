"""The end of a draft: the post that `publish POST` names is dated now and no draft any more.

Not a write: the post as it would be is handed on, so that a publish can show what it will do before it does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from byline.commands.called import called
from byline.site.front_writing import with_front
from byline.values.post import Status

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from byline.site.site import Site


@dataclass(frozen=True, slots=True)
class Ending:
    """A draft that ends: its file, the path below content/, the bytes it has and those it will have."""

    file: Path
    path: str
    before: bytes
    after: bytes


def ending(site: Site, name: str, now: datetime) -> Ending | None:
    """Return how the draft called `name` (a slug, or a file) ends at an instant; None when it is no draft.

    Raises Fault when no post, or more than one, is called so, or when its front matter cannot be written.
    """
    post = called(name, site)
    if post.status is not Status.DRAFT:
        return None
    file = site.content / post.path
    before = file.read_bytes()
    date = now.astimezone(ZoneInfo(site.zone)).strftime("%Y-%m-%d %H:%M")
    after = with_front(before, file.suffix.lstrip(".").lower(), {"date": date, "status": None}, post.path)
    return Ending(file, post.path, before, after)
