"""The posts of one language that can be listed, by number from the oldest on, and which of them are nearest to a post.

Not the writer's wishes: who is to be left out, it is told.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from byline.related.index import Index
from byline.related.kept_reasons import KeptReasons
from byline.related.lists import Lists
from byline.related.rank import Among, Standing, ranked
from byline.related.reasons import reasons

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from byline.related.index import Held
    from byline.related.packing import Part
    from byline.related.reasons import Reasons
    from byline.related.terms import Counts
    from byline.values.post import Post

_UNDATED = datetime.max.replace(tzinfo=UTC)
_FEW = 50
"""One in so many posts can be others now, for what was kept to be worth renewing."""


class Learnt(NamedTuple):
    """What is kept of some lists, by number: what each was chosen from, and why those in it are related."""

    lists: dict[int, bytes]
    why: dict[int, bytes]


class Pool:
    """Posts with their counts, indexed once; the post that is asked about need not be one of them."""

    def __init__(
        self,
        posts: Iterable[Post],
        counts: Callable[[Post], Counts],
        parts: Mapping[str, Any] | None = None,
        *,
        arrays: bool = False,
    ) -> None:
        """Index the posts; `counts` answers what a post says; `parts` are what was kept of such a pool.

        With `arrays`, NumPy makes the index, where it is made anew.
        """
        self.posts = sorted(posts, key=_age)
        self._counts = counts
        self._standings = [_standing(post) for post in self.posts]
        self._numbers = {post.path: number for number, post in enumerate(self.posts)}
        self.is_anew = parts is None or not self._is_renewed(parts)
        if self.is_anew:
            self._index = Index([counts(post) for post in self.posts], again=self._counts_of, arrays=arrays)
            self._lists = Lists(self._index, self._standings)
            self._why = KeptReasons(len(self.posts))

    @property
    def is_new(self) -> bool:
        """Whether more is known than was kept."""
        return self._lists.is_new

    def expect_many(self) -> None:
        """Have NumPy do what is much from now on: many lists are asked for. Raises Fault where it is not installed."""
        self._index.expect_many()

    def __contains__(self, path: str) -> bool:
        return path in self._numbers

    def nearest(self, post: Post, count: int, left_out: Collection[str]) -> tuple[tuple[Post, float], ...]:
        """Return the nearest posts, with their scores; never those left out, by path, nor the post itself."""
        numbers = self._without(post, left_out)
        place = bisect_left(self.posts, _age(post), key=_age)
        number = self._number(post)
        if number is None:
            likeness = self._index.likeness(self._held(post))
            found = ranked(_standing(post), Among(self._standings, place), likeness, count, numbers)
        else:
            found = self._lists.of(number, place, count, numbers)
        return tuple((self.posts[one.number], one.score) for one in found)

    def knows(self, post: Post, count: int, left_out: Collection[str]) -> bool:
        """Tell whether such a list is known to be the same; or is one that nothing is kept of."""
        number = self._number(post)
        return number is None or self._lists.knows(number, count, self._without(post, left_out))

    def learnt(self, posts: Iterable[Post]) -> Learnt:
        """Return what is kept of the lists of these posts."""
        lists = self._lists.some(number for number in map(self._number, posts) if number is not None)
        return Learnt(lists, self._why.some(lists))

    def learn(self, learnt: Learnt) -> None:
        """Keep what a copy of this process has learnt."""
        self._lists.learn(learnt.lists)
        self._why.learn(learnt.why)

    def why(self, post: Post, others: Sequence[Post]) -> list[Reasons]:
        """Return for each of these why it is related to a post."""
        asks = self._number(post)
        known = {} if asks is None else self._why.of(asks)
        numbers = list(map(self._number, others))
        left = [other for other, number in zip(others, numbers, strict=True) if number not in known]
        shared = self._index.shared(self._held(post), map(self._held, left))
        words = self._counts(post).spelled() if left else {}
        found = [
            known[number] if number in known else reasons(post, other, next(shared), words)
            for other, number in zip(others, numbers, strict=True)
        ]
        if asks is not None and left:
            pairs = zip(numbers, found, strict=True)
            self._why.keep(asks, {number: why for number, why in pairs if number is not None})
        return found

    def renew(self, post: Post) -> None:
        """Put a post in the place of what it was. Raises ValueError for one whose date or tags are others now."""
        number = self._numbers.get(post.path)
        if number is None or (_age(self.posts[number]), self._standings[number]) != (_age(post), _standing(post)):
            message = f"{post.path} has no such place"
            raise ValueError(message)
        self.posts[number] = post
        self._renew(number)

    def parts(self) -> dict[str, Part]:
        """Return all that is known, to be kept."""
        marks = json.dumps(list(map(_marks, self.posts))).encode()
        return {"marks": marks, **self._why.parts(), **self._lists.parts(), **self._index.parts()}

    def revive(self, parts: Mapping[str, Any]) -> None:
        """Take what was kept of these very posts."""
        self._index = Index.revived(parts, self._counts_of)
        self._lists = Lists.revived(parts, self._index, self._standings)
        self._why = KeptReasons.revived(parts)

    def _is_renewed(self, parts: Mapping[str, Any]) -> bool:
        """Take what was kept, and renew the posts that are others now, or came at the end; tell whether that goes."""
        before, now = json.loads(bytes(parts["marks"])), list(map(_marks, self.posts))
        if [path for path, *_marks in before] != [path for path, *_marks in now[: len(before)]]:
            return False
        others = [number for number, marks in enumerate(before) if marks != now[number]]
        new = range(len(before), len(now))
        if len(others) + len(new) > max(1, len(before) // _FEW):
            return False
        self.revive(parts)
        for number in others:
            if before[number][-1] != now[number][-1]:
                self._lists.move(number)
            self._renew(number)
        for number in new:
            if not self._index.takes_more:
                return False
            self._lists.append(self._index.append(self._counts_of(number)))
            self._why.append()
        return True

    def _renew(self, number: int) -> None:
        renewal = self._index.renew(number, self._counts_of(number))
        self._lists.renew(renewal)
        self._why.renew(number, renewal.inverses)

    def _without(self, post: Post, left_out: Collection[str]) -> set[int]:
        return {self._numbers[path] for path in (*left_out, post.path) if path in self._numbers}

    def _number(self, post: Post) -> int | None:
        """Return a post's number; None for one that is not known, or that is another now."""
        number = self._numbers.get(post.path)
        if number is None:
            return None
        known = self.posts[number]
        return number if known is post or _marks(known) == _marks(post) else None

    def _counts_of(self, number: int) -> Counts:
        return self._counts(self.posts[number])

    def _held(self, post: Post) -> Held:
        number = self._numbers.get(post.path)
        return self._index.held_by(self._counts(post)) if number is None else self._index.held(number)


def _age(post: Post) -> tuple[datetime, str]:
    return post.published or _UNDATED, post.path


def _standing(post: Post) -> Standing:
    """Return a post's day and tags; one without a date is as new as can be."""
    return Standing(_age(post)[0].toordinal(), frozenset(tag.casefold() for tag in post.tags))


def _marks(post: Post) -> list[str]:
    """Return a post's path, a digest of what it says, and one of its date and tags."""
    said, stands = (post.content, post.name, post.language), (post.published, post.tags)
    digests = (blake2b(repr(one).encode("utf-8", "surrogatepass"), digest_size=16) for one in (said, stands))
    return [post.path, *(digest.hexdigest() for digest in digests)]
