"""The end of a draft: the post that `publish POST` names is dated now and no draft any more.

Not a write: the post as it would be is handed on, so that a publish can show what it will do before it does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from byline.site.front_writing import with_front
from byline.values.post import Status
from byline.values.problem import Fault, Place, Problem
from byline.values.text import meant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from byline.site.site import Site
    from byline.values.post import Post


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
    listing = site.listing
    post = _called(name, [*listing.posts, *listing.pages, *listing.unlisted], site)
    if post.status is not Status.DRAFT:
        return None
    file = site.content / post.path
    before = file.read_bytes()
    date = now.astimezone(ZoneInfo(site.zone)).strftime("%Y-%m-%d %H:%M")
    after = with_front(before, file.suffix.lstrip(".").lower(), {"date": date, "status": None}, post.path)
    return Ending(file, post.path, before, after)


def _called(name: str, posts: Iterable[Post], site: Site) -> Post:
    """Return the post of this slug, file name or path, from the project's root or from content/."""
    known = {post.path: post for post in posts}
    asked = PurePosixPath(name.replace("\\", "/").removeprefix("./"))
    folder = site.content.relative_to(site.root).as_posix() if site.content.is_relative_to(site.root) else ""
    paths = {str(asked), str(asked).removeprefix(f"{folder}/")}
    found = [post for path, post in known.items() if path in paths or _slug(post) == name or _stem(path) == name]
    if len(found) == 1:
        return found[0]
    if not found:
        hint = meant(name, sorted({_slug(post) for post in known.values()} | {_stem(path) for path in known}))
        raise Fault(Problem("unknown-post", f"There is no post called {name}.", f"Name its slug or its file.{hint}"))
    what = f"{len(found)} posts are called {name}: {', '.join(sorted(post.path for post in found))}."
    raise Fault(Problem("unknown-post", what, "Name the file.", Place(min(post.path for post in found))))


def _slug(post: Post) -> str:
    return PurePosixPath(post.address).stem if post.address else ""


def _stem(path: str) -> str:
    return PurePosixPath(path).stem
