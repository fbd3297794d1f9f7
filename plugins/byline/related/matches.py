"""Related posts, asked for one post at a time: the writer's pins first, then the nearest by words, time and tags.

Not a list set on every post: who shows a post asks, and nothing is indexed before somebody does.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from byline.edges import workers
from byline.related.kept_pools import KeptPools
from byline.related.pins import Pins
from byline.related.terms import counted
from byline.values.post import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from byline.related.pool import Pool
    from byline.related.reasons import Reasons
    from byline.related.terms import Counts
    from byline.values.post import Post

_MANY = 500
"""Fewer posts are indexed in this process."""
_BATCH = 16
"""So many lists are made by a copy of this process at once."""


class Match(NamedTuple):
    """A related post, how near it is (1 or more is as near as any comes), and why; whether it is a pin, unmeasured."""

    post: Post
    score: float
    reasons: Reasons
    pinned: bool = False


@dataclass(frozen=True)
class Choice:
    """What there is to choose from: the posts of a site, and how to learn what they say.

    Only published ones are ever listed. `copies` are the paths of translated copies; `text` answers a post's plain
    text, `pins` what its writer wants; `series` holds, by path, the paths of the posts of the same series. `counts`
    answers what is known of a post's terms; None: its text is counted.
    """

    posts: Sequence[Post]
    text: Callable[[Post], str]
    pins: Callable[[Post], Pins] = lambda _post: Pins()
    series: Mapping[str, Collection[str]] = field(default_factory=dict)
    copies: Collection[str] = ()
    counts: Callable[[Post], Counts] | None = None


class Matches:
    """The related posts of any post of a site; what is learnt of the posts is kept for the next one."""

    def __init__(self, choice: Choice, kept: KeptPools | None = None) -> None:
        """Choose from these; nothing is read before somebody asks. What was learnt before of such posts may be kept."""
        self._choice = choice
        self._kept = kept or KeptPools()
        self._public = {post.path: post for post in choice.posts if post.status is Status.PUBLISHED}
        self._pools: dict[tuple[str, bool], Pool] = {}
        self._arrays = False

    def of(self, post: Post, count: int) -> tuple[Match, ...]:
        """Return what to read after a post: all its pins, and after them the nearest, up to `count` in all.

        Never the post itself, one that it excludes, one of its series, one in another language; and a translated copy
        only after another one.
        """
        pool = self._pool(post)
        pinned, wanted, left_out = self._asked(post, count)
        nearest = pool.nearest(post, wanted, left_out)
        listed = (*((one, 0.0) for one in pinned), *nearest)
        why = pool.why(post, [one for one, _score in listed])
        return tuple(
            Match(one, score, found, pinned=one in pinned) for (one, score), found in zip(listed, why, strict=True)
        )

    def foresee(self, posts: Iterable[Post], count: int, *, numpy: bool = False) -> None:
        """Make the lists of these posts that are not known yet, on all cores, and keep what was learnt.

        With `numpy`, that does what is much; raises Fault where it is not installed.
        """
        posts = list(posts)
        self._arrays = numpy and len(posts) > _MANY
        if len(posts) > _MANY and any(self._kept.lacks(self._name(post)) for post in posts):
            # What is indexed takes as much memory again while that goes on.
            workers.apart(lambda: self._index(posts))
            self._kept.turn()
        new = [post for post in posts if not self._pool(post).knows(post, *self._asked(post, count)[1:])]
        if numpy and len(new) > _MANY:
            for pool in self._pools.values():
                pool.expect_many()
        batches = [tuple(new[start : start + _BATCH]) for start in range(0, len(new), _BATCH)]
        for _batch, learnt in workers.spread(partial(self._learnt, count=count), batches):
            for key, one in pickle.loads(learnt).items():  # noqa: S301  what a copy of this process has just written
                self._pools[key].learn(one)
        self._kept.rest()

    def _index(self, posts: Iterable[Post]) -> None:
        """Index what these posts are chosen from, and keep it."""
        for post in posts:
            self._pool(post)
        self._kept.rest()

    def _learnt(self, posts: Sequence[Post], count: int) -> bytes:
        """Make the lists of some posts; return what their pools learnt."""
        of: dict[tuple[str, bool], list[Post]] = {}
        for post in posts:
            self.of(post, count)
            of.setdefault(self._key(post), []).append(post)
        return pickle.dumps({key: self._pools[key].learnt(some) for key, some in of.items()})

    def _asked(self, post: Post, count: int) -> tuple[tuple[Post, ...], int, set[str]]:
        """Return a post's pins, how many others are asked for, and the paths of those that are not."""
        pins = self._choice.pins(post)
        pinned = tuple(self._public[path] for path in pins.pinned)
        left_out = {*pins.pinned, *pins.excluded, *self._choice.series.get(post.path, ())}
        return pinned, max(0, count - len(pinned)), left_out

    def renew(self, post: Post) -> None:
        """Take a post as it is now; its date, tags, language, series and status are what they were."""
        if post.path in self._public:
            self._public[post.path] = post
        for pool in self._pools.values():
            if post.path in pool:
                pool.renew(post)

    def _pool(self, post: Post) -> Pool:
        """Return the posts that can stand beside this one."""
        key = self._key(post)
        if key not in self._pools:
            language, copied = key
            of_language = (post for post in self._public.values() if post.language == language)
            fit = [post for post in of_language if copied or post.path not in self._choice.copies]
            self._pools[key] = self._kept.pool(self._name(post), fit, self._counts, arrays=self._arrays)
        return self._pools[key]

    def _name(self, post: Post) -> str:
        """Return by which name the pool of a post is kept."""
        language, copied = self._key(post)
        return f"{language} {copied}"

    def _key(self, post: Post) -> tuple[str, bool]:
        return post.language, post.path in self._choice.copies

    def _counts(self, post: Post) -> Counts:
        if self._choice.counts:
            return self._choice.counts(post)
        return counted(post.name, self._choice.text(post), post.language)
