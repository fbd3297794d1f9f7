"""Series: posts that their writer numbers as parts of one thing, in their order.

Not the pages of the series, and not related reading: a series is what the writer says it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from byline.values.post import Status
from byline.values.problem import Place, Problem, editorial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from byline.values.post import Post

    Line = Callable[[str, str], int | None]
    """Answers the line of a source (its path below content/) where a key of its front matter stands."""

_UNDATED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Series:
    """A series in one language: its name as its first part spells it, its address part, its posts in their order."""

    name: str
    slug: str
    posts: tuple[Post, ...]

    @property
    def several(self) -> bool:
        """Whether it has parts to lead on to: a series of one is not worth showing."""
        return len(self.posts) > 1


@dataclass(frozen=True, slots=True)
class Part:
    """A post as a part of its series, under the names that themes know from Pelican's plugin `series`.

    In templates, Pelican's Articles may stand for the posts. Where it stands cannot be asked of a post that is none of
    the series': ValueError.
    """

    series: Series
    post: Post

    def __str__(self) -> str:
        return self.series.name

    @property
    def name(self) -> str:
        """The name of the series."""
        return self.series.name

    @property
    def slug(self) -> str:
        """The address part of the series."""
        return self.series.slug

    @property
    def several(self) -> bool:
        """Whether the series has other parts."""
        return self.series.several

    @property
    def number(self) -> int:
        """How many parts the series has."""
        return len(self.series.posts)

    @property
    def index(self) -> int:
        """Which part it is, counted from 1, whatever numbers the writer gave."""
        return self.series.posts.index(self.post) + 1

    @property
    def all(self) -> tuple[Post, ...]:
        """The posts of the series."""
        return self.series.posts

    @property
    def all_previous(self) -> tuple[Post, ...]:
        """The posts before it."""
        return self.series.posts[: self.index - 1]

    @property
    def all_next(self) -> tuple[Post, ...]:
        """The posts after it."""
        return self.series.posts[self.index :]

    @property
    def previous(self) -> Post | None:
        """The post before it; None for the first part."""
        return next(reversed(self.all_previous), None)

    @property
    def next(self) -> Post | None:
        """The post after it; None for the last part."""
        return next(iter(self.all_next), None)


def every(
    posts: Iterable[Post], slugify: Callable[[str], str], line: Line = lambda _path, _key: None
) -> tuple[Mapping[str, Series], tuple[Problem, ...]]:
    """Return the series of the published posts, by the path of each of their posts, and what is wrong with them.

    Names that differ in case and spaces only are one series, in each language another. Names that have one slug are
    taken for one too, as Pelican takes tags, and told. Where two languages would have one slug, the series that began
    first has it, and the other one `-` and its language behind it: a new series changes no address.
    """
    groups: dict[tuple[str, str], list[Post]] = {}
    for post in sorted(posts, key=_age):
        if post.series and post.status is Status.PUBLISHED:
            groups.setdefault((post.language, slugify(_spaced(post.series)).casefold()), []).append(post)
    found: dict[str, Series] = {}
    problems: list[Problem] = []
    taken: set[str] = set()
    for (language, folded), group in groups.items():
        parts = tuple(sorted(group, key=_position))
        name = _spaced(parts[0].series)
        problems.extend(_told_names(parts, name, line, addressed=bool(folded)))
        problems.extend(_told_twice(parts, name, line))
        if not folded:
            continue
        slug = slugify(name)
        while slug.casefold() in taken:
            slug += f"-{language.lower()}"
        taken.add(slug.casefold())
        series = Series(name, slug, parts)
        found.update((post.path, series) for post in parts)
    return found, tuple(problems)


def misread(front: Mapping[str, object], post: Post, line: Line = lambda _path, _key: None) -> Iterator[Problem]:
    """Yield what a post's front matter says of its series and cannot mean."""
    written = front.get("series_index")
    if written not in (None, "", (), []) and post.series_index is None:
        what = f"Series_index: {written!r} is no number."
        remedy = "Write one such as 2; or 2.5, for what came later between 2 and 3."
        yield editorial("series-index", what, remedy, Place(post.path, line(post.path, "series_index")))
    names = front.get("series")
    if names and (not post.series or (isinstance(names, tuple | list) and len(names) > 1)):
        what = f"Series: it has no single name; {f'{post.series!r} is taken' if post.series else 'none is taken'}."
        yield editorial("series-name", what, "Write one name.", Place(post.path, line(post.path, "series")))


def _age(post: Post) -> tuple[datetime, str]:
    return post.published or _UNDATED, post.path


def _position(post: Post) -> tuple[bool, float, datetime, str]:
    """Order parts: those with a number by it, then the others by date; where that is the same, by path."""
    return post.series_index is None, post.series_index or 0, *_age(post)


def _spaced(name: str) -> str:
    return " ".join(name.split())


def _told_names(parts: tuple[Post, ...], name: str, line: Line, *, addressed: bool) -> Iterator[Problem]:
    """Yield a Problem for each name that gives no address, or the one of the series under another name."""
    told = {name.casefold()} if addressed else set()
    for post in parts:
        other = _spaced(post.series)
        if other.casefold() in told:
            continue
        told.add(other.casefold())
        place = Place(post.path, line(post.path, "series"))
        if addressed:
            what = f"Series: {other!r} has the address of {name!r}, so they are taken for one."
            remedy = "Spell them alike, or part them in SLUG_REGEX_SUBSTITUTIONS."
            yield editorial("series-alike", what, remedy, place)
        else:
            remedy = "Rename it, or give it one in SLUG_REGEX_SUBSTITUTIONS."
            yield Problem("no-slug", f"Series: {other!r} gives no address.", remedy, place)


def _told_twice(parts: tuple[Post, ...], name: str, line: Line) -> Iterator[Problem]:
    """Yield a Problem for each part that has the number of one before it."""
    numbered: dict[float, Post] = {}
    for post in parts:
        if post.series_index is None:
            continue
        first = numbered.setdefault(post.series_index, post)
        if first is not post:
            what = f"Series_index {post.series_index:.15g} of {name!r} is also that of {first.path}."
            place = Place(post.path, line(post.path, "series_index"))
            yield editorial("series-index-twice", what, "Give each part a number of its own.", place)
