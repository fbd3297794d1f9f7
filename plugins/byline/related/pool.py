"""The posts of one language that can be listed, by number from the oldest on, and which of them are nearest to a post.

Not the writer's wishes: who is to be left out, it is told.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from byline.related.index import Index
from byline.related.lists import Lists
from byline.related.rank import Among, Standing, ranked
from byline.related.reasons import reasons

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from byline.related.index import Held
    from byline.related.reasons import Reasons
    from byline.related.terms import Counts
    from byline.values.post import Post

_UNDATED = datetime.max.replace(tzinfo=UTC)


class Pool:
    """Posts with their counts, indexed once; the post that is asked about need not be one of them."""

    def __init__(self, posts: Iterable[Post], counts: Callable[[Post], Counts]) -> None:
        """Index the posts; `counts` answers what a post says."""
        self.posts = sorted(posts, key=_age)
        self._counts = counts
        self._index = Index([counts(post) for post in self.posts])
        self._standings = [_standing(post) for post in self.posts]
        self._lists = Lists(self._index, self._standings)
        self._why: dict[int, dict[int, Reasons]] = {}
        self._numbers = {post.path: number for number, post in enumerate(self.posts)}

    def __contains__(self, path: str) -> bool:
        return path in self._numbers

    def nearest(self, post: Post, count: int, left_out: Collection[str]) -> tuple[tuple[Post, float], ...]:
        """Return the nearest posts, with their scores; never those left out, by path, nor the post itself."""
        numbers = {self._numbers[path] for path in (*left_out, post.path) if path in self._numbers}
        place = bisect_left(self.posts, _age(post), key=_age)
        number = self._numbers.get(post.path)
        if number is None:
            likeness = self._index.likeness(self._held(post))
            found = ranked(_standing(post), Among(self._standings, place), likeness, count, numbers)
        else:
            found = self._lists.of(number, place, count, numbers)
        return tuple((self.posts[one.number], one.score) for one in found)

    def why(self, post: Post, others: Sequence[Post], spelled: Callable[[], Mapping[int, str]]) -> Iterator[Reasons]:
        """Yield for each of these why it is related to a post, whose words by term `spelled` answers."""
        known = self._why.setdefault(self._numbers[post.path], {}) if post.path in self._numbers else {}
        numbers = [self._numbers.get(other.path, -1) for other in others]
        left = [other for other, number in zip(others, numbers, strict=True) if number not in known]
        shared = self._index.shared(self._held(post), map(self._held, left)) if left else iter(())
        words = spelled() if left else {}
        for other, number in zip(others, numbers, strict=True):
            if number in known:
                yield known[number]
            else:
                found = reasons(post, other, next(shared), words)
                if number >= 0:
                    known[number] = found
                yield found

    def renew(self, post: Post) -> None:
        """Put a post in the place of what it was. Raises ValueError for one whose date or tags are others now."""
        number = self._numbers.get(post.path)
        if number is None or (_age(self.posts[number]), self._standings[number]) != (_age(post), _standing(post)):
            message = f"{post.path} has no such place"
            raise ValueError(message)
        self.posts[number] = post
        changes = self._index.renew(number, self._counts(post))
        self._lists.renew(number, changes)
        for one in changes:
            self._why.pop(one, None)
        for known in self._why.values():
            known.pop(number, None)

    def _held(self, post: Post) -> Held:
        number = self._numbers.get(post.path)
        return self._index.held_by(self._counts(post)) if number is None else self._index.held(number)


def _age(post: Post) -> tuple[datetime, str]:
    return post.published or _UNDATED, post.path


def _standing(post: Post) -> Standing:
    """Return a post's day and tags; one without a date is as new as can be."""
    return Standing(_age(post)[0].toordinal(), frozenset(tag.casefold() for tag in post.tags))
