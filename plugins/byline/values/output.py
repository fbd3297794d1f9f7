"""A site is a list of outputs; an output is a path and a recipe.

Not the making itself: a recipe is called by `site/make` only.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from byline.values.post import Post
    from byline.values.problem import Place

_RENDITION = re.compile(r"\.[0-9a-f]{16}-[0-9]+w\.(?:avif|webp|jpg|png|gif)")
"""How the name of a picture that Byline made ends: by what it is made of, and how wide it is."""
_INDEX = re.compile(r"_[0-9a-f]{7,}\.pf_\w+$")
"""How the name of a part of the search index ends: by a digest of what is in it, Pagefind's own."""
_MARK = re.compile(r"(?<![0-9a-f])[0-9a-f]{8,64}(?![0-9a-f])")

SCHEMA = 1
"""The version of a Release's file."""


class Kind(StrEnum):
    """What an output is for; a page is HTML that a reader opens, a feed is read by a program."""

    PAGE = "page"
    FEED = "feed"
    REDIRECT = "redirect"
    ASSET = "asset"
    TEXT = "text"


class Output(NamedTuple):
    """One file of the site: its POSIX path below output/ and the recipe that makes its bytes.

    `place` is its source, for faults; `listed` whether the sitemap names it; `updated` when its subject last changed.
    `made_of` answers, at little cost, a text that changes with whatever the bytes are made of; None: make and compare.
    """

    path: str
    kind: Kind
    make: Callable[[], bytes]
    place: Place | None = None
    listed: bool = False
    updated: datetime | None = None
    made_of: Callable[[], str] | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """One value that a template read: whose (a source path, or a name), which field, and the digest of the value."""

    subject: str
    field: str
    digest: str


Trace = tuple[Read, ...]
"""What an output was made from, sorted, each once."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a recipe gave: the bytes, and, for whoever asks, the trace of what they depend on.

    `fields` answers whose fields were read (an object; empty: what the page was given), and which.
    """

    body: bytes
    trace: Callable[[], Trace]
    fields: Callable[[], Iterable[tuple[object, tuple[str, ...]]]] = list


@dataclass(frozen=True, slots=True)
class Release:
    """A built site: its outputs by SHA-256 (hex) and by kind, its posts; equal content has an equal id anywhere."""

    id: str
    site_url: str
    made: datetime
    outputs: Mapping[str, str]
    kinds: Mapping[str, Kind]
    posts: tuple[Post, ...]


def release_id(outputs: Mapping[str, str]) -> str:
    """Return the id of a release: the first 32 hex digits of the SHA-256 of its outputs, path by path."""
    listing = json.dumps(sorted(outputs.items()), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(listing.encode()).hexdigest()[:32]


def fingerprinted(path: str, digest: str) -> bool:
    """Tell whether a file may be kept for ever, as its name changes with it.

    It carries the beginning of its own SHA-256 (hex), or, a picture that Byline made, says what it is made of; or it is
    a part of the search index.
    """
    name = path.rpartition("/")[2]
    return bool(_RENDITION.search(name) or _INDEX.search(name)) or any(
        digest.startswith(mark) for mark in _MARK.findall(name)
    )


def address(path: str) -> str:
    """Return the address below the site's root under which hosts serve the output: `a/index.html` is at `a/`."""
    folder, _, name = path.rpartition("/")
    if name == "index.html":
        return f"{folder}/" if folder else ""
    return path
