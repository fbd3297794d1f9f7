"""A post: as it was read, and as the site publishes it.

Not Pelican's Article: only `edges/from_pelican` knows both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from byline.values.audio import Audio
    from byline.values.content import Content
    from byline.values.person import Person
    from byline.values.photo import Photo
    from byline.values.problem import Problem


class Status(StrEnum):
    """Who may see a post: everybody, those with its address, or nobody yet."""

    PUBLISHED = "published"
    HIDDEN = "hidden"
    FUTURE = "future"
    DRAFT = "draft"

    @property
    def public(self) -> bool:
        """Whether a build writes it."""
        return self in ("published", "hidden")


@dataclass(frozen=True, slots=True)
class Internal:
    """An address in a source that means a file below content/: as written, the file's path, its line (0: unknown).

    `tag` is the element that has it.
    """

    url: str
    target: str
    line: int
    there: bool
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A source file as read: what `read` answers, fit to be pickled and kept by content.

    `front` maps folded keys to plain values, `lines` the same keys to line numbers (0: the body's first line).
    `asked` are the content paths whose being there decided something: the Reading is right while those answers hold.
    `internal` are the addresses of the text that mean, or should mean, such a file; `hotlinks` those of pictures that
    other sites serve, with their lines (0: unknown). `summary` and `question` are in plain words those that it is shown
    with, whether front matter says them or the text; None where nobody has looked for them yet.
    """

    path: str
    front: Mapping[str, object]
    lines: Mapping[str, int]
    content: Content
    problems: tuple[Problem, ...] = ()
    asked: tuple[tuple[str, bool], ...] = ()
    internal: tuple[Internal, ...] = ()
    hotlinks: tuple[tuple[str, int], ...] = ()
    summary: str | None = field(default=None, compare=False)
    question: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Share:
    """What the writer says about telling the networks: `words` for all, and by a network's name in the settings.

    `networks` are the names of those that are told; None: all.
    """

    words: str = ""
    by_network: tuple[tuple[str, str], ...] = ()
    networks: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One dated piece of writing: mf2 `h-entry`, schema.org `BlogPosting`.

    `id` is the feed's entry id, `key` names files that belong to the post, `url` is absolute, `path` is the source
    below content/, `address` the url's part below the site's root; names, summary and question are plain text.
    `content` is the SHA-256 (hex) of its HTML in the store, where also its links are: ten thousand Posts stay small.
    `credits` are the addresses of those whom it gives credit: sources and creators of its pictures, further reading.
    `series` is the name as the writer wrote it, plain text; `series_index` the number that orders the series' posts,
    None for none: 1.5 is one that came later and stands between.
    """

    id: str
    key: str
    url: str
    address: str
    path: str
    status: Status
    language: str
    name: str
    summary: str
    published: datetime | None
    updated: datetime | None
    category: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[Person, ...] = ()
    question: str = ""
    photo: Photo | None = None
    content: str = ""
    aliases: tuple[str, ...] = ()
    series: str = ""
    series_index: float | None = None
    share: Share = Share()
    credits: tuple[str, ...] = ()
    audio: Audio | None = None
