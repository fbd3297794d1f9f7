"""Pins: the posts that a writer names in `Related`, to be shown first, and with `-` before them, never.

Not the ranking of the others.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote

from byline.values.addresses import spellings
from byline.values.post import Status
from byline.values.problem import Place, editorial, in_order
from byline.values.text import meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from byline.values.post import Post
    from byline.values.problem import Problem

_KEYS = ("related", "related_posts")
_UNSHOWN = {
    Status.DRAFT: "is a draft",
    Status.FUTURE: "is not published before its date",
    Status.HIDDEN: "is hidden, and stands in no list",
}


@dataclass(frozen=True, slots=True)
class Pins:
    """Paths of posts: those to be shown first, in this order, and those never to be shown. No path is in both."""

    pinned: tuple[str, ...] = ()
    excluded: frozenset[str] = frozenset()


class Names:
    """What writers may call the posts of a site: slug, address, source file. Made once, and asked for every pin."""

    def __init__(self, posts: Iterable[Post]) -> None:
        """Take in posts of any status and language: of those that cannot be shown, it can be said why."""
        self._whole: dict[str, list[Post]] = defaultdict(list)
        self._last: dict[str, list[Post]] = defaultdict(list)
        self._stems: dict[str, list[Post]] = defaultdict(list)
        for post in posts:
            for name in {_folded(post.path), _folded(post.address), _folded(post.url)}:
                self._whole[name].append(post)
            file = _folded(posixpath.basename(post.path))
            for name in {_slug(post.address), file}:
                self._last[name].append(post)
            self._stems[posixpath.splitext(file)[0]].append(post)

    def meant(self, name: str, by: Post) -> tuple[Post, ...]:
        """Return the posts that a name in the front matter of a post may mean; none where it means nothing.

        The whole path or address goes before its last part, and that before a file's name without its suffix. Where
        there are none that may be shown there (the post itself counts as one), the others, those of its language first.
        """
        folded = _folded(name)
        if not folded:
            return ()
        found = [self._whole.get(_folded(path), []) for path in spellings(name, by.path)]
        found += [known.get(folded, []) for known in (self._whole, self._last, self._stems)]
        for posts in found:
            if right := tuple(post for post in posts if _may_be_shown(post, by)):
                return right
        return tuple(sorted(chain.from_iterable(found), key=lambda post: post.language != by.language))

    def near(self, name: str, by: Post) -> str:
        """Return ` Did you mean X?` for the nearest slug or file name of a post that may be shown there."""
        known = (last for last, posts in self._last.items() if any(_may_be_shown(post, by) for post in posts))
        return meant(_folded(name).rpartition("/")[2], known)


def read(
    front: Mapping[str, object],
    post: Post,
    names: Names,
    line: Callable[[str, str], int | None] = lambda _path, _key: None,
) -> tuple[Pins, tuple[Problem, ...]]:
    """Return the pins in a post's front matter, and what is wrong with them: a pin that is wrong does not count.

    What is both pinned and excluded is excluded; what is not published may be excluded in advance. `line` answers where
    a key of a source stands.
    """
    pinned: dict[str, Place] = {}
    excluded: dict[str, Place] = {}
    problems: list[Problem] = []
    for key in _KEYS:
        place = Place(post.path, line(post.path, key))
        for written in _listed(front.get(key)):
            name = written.removeprefix("-").strip()
            never = name != written
            listed = excluded if never else pinned
            found = names.meant(name, post)
            said = f"{key.capitalize()}: {written!r}"
            why, remedy = _unfit(found, post, never=never)
            if why:
                near = "" if found else names.near(name, post)
                problems.append(editorial("unknown-pin", f"{said} {why}.", f"{remedy}{near}", place))
            elif found[0].path == post.path:
                problems.append(editorial("pointless-pin", f"{said} is the post itself.", "Take it out.", place))
            elif found[0].path in listed:
                what = f"{said} means {found[0].path}, which is named already."
                problems.append(editorial("pointless-pin", what, "Take one of the two out.", place))
            else:
                listed[found[0].path] = place
    for path in pinned.keys() & excluded.keys():
        what = f"Related: {path} is to be shown first, and never; it is not shown."
        problems.append(editorial("pointless-pin", what, "Take one of the two out.", pinned.pop(path)))
    return Pins(tuple(pinned), frozenset(excluded)), in_order(problems)


def _unfit(found: tuple[Post, ...], by: Post, *, never: bool) -> tuple[str, str]:
    """Return why a name does not mean one post that may be shown (or shall never be), and the remedy; or nothing."""
    if not found:
        return "is no post", "Write the slug or the file of a published one."
    first = found[0]
    if not _may_be_shown(first, by):
        if never:
            return "", ""
        if first.language != by.language:
            return f"is written in {first.language!r}", f"Name a post in {by.language!r}, or take it out."
        return _UNSHOWN[first.status], "Publish it, or take it out."
    if len(found) > 1:
        return f"means several posts: {', '.join(sorted(post.path for post in found))}", "Write the one's path."
    return "", ""


def _may_be_shown(post: Post, by: Post) -> bool:
    return post.path == by.path or (post.status is Status.PUBLISHED and post.language == by.language)


def _folded(name: str) -> str:
    """Return a name as it is looked up: decoded, composed, without case and without slashes at its ends."""
    return normalize("NFC", unquote(name).casefold()).strip("/")


def _slug(address: str) -> str:
    """Return the last part of an address, without what a server leaves out."""
    return re.sub(r"(?:(?:^|/)index)?\.html?$", "", _folded(address)).rpartition("/")[2]


def _listed(value: object) -> tuple[str, ...]:
    """Return the parts of a list, or of a text with commas or semicolons."""
    text = str(value or "")
    parts = value if isinstance(value, tuple | list) else text.split(";" if ";" in text else ",")
    return tuple(filter(None, (str(part).strip() for part in parts)))
