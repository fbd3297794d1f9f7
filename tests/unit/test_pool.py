"""A pool of posts: what stays as it is when posts come or change, and how the lists of many spread."""

from __future__ import annotations

import random
from array import array
from dataclasses import replace
from datetime import timedelta
from statistics import fmean
from typing import TYPE_CHECKING

import pytest
from byline.related.pool import Pool
from byline.related.terms import Counts, counted
from ndcg import coverage
from unit.test_matches import DATE, post

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from byline.values.post import Post

FEW, MANY, STEPS = 500, 900, 100


@pytest.mark.parametrize("changed", [{"published": DATE + timedelta(days=1)}, {"tags": ("new",)}, {"path": "other"}])
def test_a_pool_renews_no_post_that_has_another_place_now(changed: dict[str, object]) -> None:
    pool = Pool([post("a"), post("b")], lambda one: counted(one.name, ""))

    with pytest.raises(ValueError, match="has no such place"):
        pool.renew(replace(post("a"), **changed))  # type: ignore[arg-type]


def invented(number: int) -> Iterator[tuple[Post, Counts]]:
    """Yield posts of sixty invented words, the oldest first: a third tell the topic, the others may come anywhere."""
    draw = random.Random(7)  # noqa: S311  a corpus, no secret
    topics = [[f"topic{topic}word{word}" for word in range(60)] for topic in range(50)]
    for index in range(number):
        topic = draw.choice(topics)
        words = [draw.choice(topic) if draw.random() < 0.35 else _common(draw) for _word in range(60)]
        one = post(f"{index:05}", " ".join(draw.sample(topic, 2)), index * 6, tags=topic[: draw.randrange(3)])
        yield one, counted(one.name, " ".join(words))


def _common(draw: random.Random) -> str:
    return f"common{int(draw.expovariate(1 / 100))}"


def listed(pool: Pool, posts: Sequence[Post]) -> dict[str, list[str]]:
    return {one.path: [other.path for other, _score in pool.nearest(one, 5, ())] for one in posts}


def share_changed(before: dict[str, list[str]], after: dict[str, list[str]]) -> float:
    return fmean(before[path] != after[path] for path in before)


def test_a_new_post_changes_few_lists_of_others() -> None:
    """One of a hundred in a row fills a hundred, from where on words weigh anew; of the others, three are tried."""
    written = dict(invented(MANY + STEPS))
    posts = list(written)

    def changed_by(number: int) -> float:
        some = posts[:number:4]
        before, after = (listed(Pool(posts[:end], written.__getitem__), some) for end in (number, number + 1))
        return share_changed(before, after)

    ordinary = fmean(map(changed_by, range(MANY + 20, MANY + STEPS, 30)))
    fills_a_hundred = changed_by(MANY)
    assert ordinary < 0.02 < fills_a_hundred
    assert (ordinary * (STEPS - 1) + fills_a_hundred) / STEPS <= 0.02


def test_a_changed_post_changes_fewer() -> None:
    draw = random.Random(8)  # noqa: S311  changes, no secrets
    written = dict(invented(FEW))
    posts = list(written)
    pool = Pool(posts, written.__getitem__)
    some = posts[::20]
    before = listed(pool, some)
    shares = []
    for changed in draw.sample(posts, STEPS):
        written[changed] = corrected(written[changed], draw)
        pool.renew(changed)
        after = listed(pool, some)
        shares.append(share_changed({path: found for path, found in before.items() if path != changed.path}, after))
        before = after
    assert 0 < fmean(shares) <= 0.01


def corrected(counts: Counts, draw: random.Random) -> Counts:
    """Return the counts of a text in which three words (and three pairs) are others now."""
    left = dict(draw.sample([*zip(*counts[:2], strict=True)], len(counts.terms) - 6))
    new = counted("", " ".join(_common(draw) for _word in range(4)))
    levels = {**dict(zip(*new[:2], strict=True)), **left}
    return Counts(array("Q", sorted(levels)), bytes(levels[term] for term in sorted(levels)))


def test_lists_spread_over_all_posts() -> None:
    written = dict(invented(FEW))
    posts = list(written)
    found = listed(Pool(posts, written.__getitem__), posts)
    spread = coverage({number: [int(path) for path in lists] for number, lists in enumerate(found.values())})

    assert all(len(lists) == 5 for lists in found.values())
    assert spread.listed >= 0.95
    assert spread.most <= 0.15
