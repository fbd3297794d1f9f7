"""The post that a person means: by its slug, its file's name, or its path.

Not a search: a name that fits no post, or more than one, is a fault.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from byline.values.problem import Fault, Place, Problem
from byline.values.text import meant

if TYPE_CHECKING:
    from byline.site.site import Site
    from byline.values.post import Post


def called(name: str, site: Site) -> Post:
    """Return the post or page of this slug, file name or path, from the project's root or from content/.

    Drafts count too. Raises Fault when none, or more than one, is called so.
    """
    listing = site.listing
    known = {post.path: post for post in (*listing.posts, *listing.pages, *listing.unlisted)}
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
