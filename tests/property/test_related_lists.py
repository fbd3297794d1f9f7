"""Lists that are kept through renewals are those that would be made anew, to the last digit and reason."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from byline.related.index import Index
from byline.related.kept_pools import KeptPools
from byline.related.lists import Lists
from byline.related.matches import Choice, Matches
from byline.related.packing import unpacked
from byline.related.pins import Pins
from byline.related.rank import Among, Standing, decisive, ranked, slack, weighed
from byline.values.post import Post, Status
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pytest
    from byline.related.index import Held

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
PINS = {"3.md": Pins(("9.md", "2.md"), frozenset({"5.md"})), "8.md": Pins(excluded=frozenset({"7.md", "11.md"}))}
SERIES = {f"{number}.md": ("20.md", "21.md", "22.md") for number in (20, 21, 22)}


class Blog:
    """A blog of invented posts that change: some words are in few of them, some in many, some in one or two."""

    def __init__(self, number: int, draw: random.Random) -> None:
        self.draw = draw
        self.vocabulary = max(20, number)
        self.posts: dict[str, Post] = {}
        self.texts: dict[str, str] = {}
        for place in range(number):
            self.write(f"{place}.md", FIRST + timedelta(days=place * draw.choice([0, 3, 3, 40]) or place))

    def write(self, path: str, date: datetime) -> None:
        """Write a post."""
        tags = tuple(self.draw.sample(["x", "y", "Z"], self.draw.randrange(3)))
        name = " ".join(self.words(2))
        text = self.texts[path] = " ".join(self.words(self.draw.choice([0, 5, 60, 60, 60])))
        post = Post(path, path, path, path, path, Status.PUBLISHED, "en", name, "", date, date, tags=tags)
        self.posts[path] = replace(post, content=text)

    def words(self, number: int) -> list[str]:
        """Return words of which some come everywhere and some next to never."""
        return [f"w{int(self.draw.paretovariate(0.7)) % self.vocabulary}" for _word in range(number)]

    def edit(self) -> Post:
        """Change a post as writers do: a word, a passage, nearly all of it, nothing; now and then its name."""
        path = self.draw.choice(list(self.posts))
        words = self.texts[path].split()
        for _change in range(self.draw.choice([0, 1, 1, 2, 5])):
            place = self.draw.randrange(len(words) + 1)
            taken, put = self.draw.choice([(1, 1), (0, 1), (1, 0), (20, 0), (0, 20), (100, 30), (100, 0)])
            words[place : place + taken] = self.words(put)
        self.texts[path] = " ".join(words)
        if self.draw.random() < 0.2:
            self.posts[path] = replace(self.posts[path], name=self.draw.choice(["W1 w2", "w1 W2", "w5"]))
        self.posts[path] = replace(self.posts[path], content=self.texts[path])
        return self.posts[path]

    def rearrange(self) -> None:
        """Change what moves posts: a new one, one less, other tags, another date or language, a draft."""
        path = self.draw.choice(list(self.posts))
        post = self.posts[path]
        date = post.published or FIRST
        match self.draw.randrange(8):
            case 0 | 1:
                self.write(f"new{len(self.posts)}.md", max(one.published or FIRST for one in self.posts.values()))
            case 2:
                del self.posts[path]
            case 3 | 4:
                self.posts[path] = replace(post, tags=tuple(self.draw.sample(["x", "X", "y"], 2)))
            case 5:
                self.posts[path] = replace(post, published=date + timedelta(hours=self.draw.choice([1, 2, 900])))
            case 6:
                self.posts[path] = replace(post, language=self.draw.choice(["en", "de"]))
            case _:
                self.posts[path] = replace(post, status=self.draw.choice([Status.DRAFT, Status.PUBLISHED]))

    def matches(self, pools: KeptPools | None = None) -> Matches:
        """Return what is related in the blog as it is."""
        return Matches(
            Choice(
                tuple(self.posts.values()),
                lambda post: self.texts[post.path],
                lambda post: PINS.get(post.path, Pins()),
                SERIES,
            ),
            pools,
        )

    def lists(self, matches: Matches, count: int = 5) -> Mapping[str, object]:
        """Return all lists."""
        return {path: matches.of(post, count) for path, post in self.posts.items()}


@settings(max_examples=8)
@given(st.integers(0, 2**32), st.sampled_from([24, 60, 130, 230]), st.sampled_from([0, 1, 5, 12]))
def test_kept_lists_are_those_made_anew_after_any_edits(seed: int, number: int, count: int) -> None:
    draw = random.Random(seed)  # noqa: S311  a blog, no secret
    blog = Blog(number, draw)
    kept = blog.matches()
    for _round in range(4):
        for path in draw.sample(list(blog.posts), draw.choice([0, 5, number, number, number])):
            kept.of(blog.posts[path], count)
        for _edit in range(draw.choice([1, 1, 2, 6])):
            kept.renew(blog.edit())
        assert blog.lists(kept, count) == blog.lists(blog.matches(), count)


@settings(max_examples=10)
@given(st.integers(0, 2**32), st.sampled_from([3, 24, 99, 130, 199, 230]), st.sampled_from([1, 5]))
def test_lists_from_a_run_before_are_those_made_anew_whatever_happened_since(
    seed: int, number: int, count: int
) -> None:
    draw = random.Random(seed)  # noqa: S311  a blog, no secret
    blog = Blog(number, draw)
    written = b""
    for _run in range(5):
        pools = KeptPools(partial(unpacked, written) if written else dict)
        assert blog.lists(blog.matches(pools), count) == blog.lists(blog.matches(), count)
        parts = pools.written()
        if parts is not None and draw.random() < 0.8:
            written = b"".join(parts)
        for _edit in range(draw.choice([0, 1, 1, 2, 4])):
            blog.edit()
        for _change in range(draw.choice([0, 0, 1, 1, 2])):
            blog.rearrange()


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.sampled_from([4, 8, 30, 70, 200]), st.integers(1, 6), st.sampled_from([0, 0.9, 1]))
def test_within_its_slack_a_list_stays_whoever_else_comes_nearer(
    seed: int, number: int, count: int, part: float
) -> None:
    draw = random.Random(seed)  # noqa: S311  likeness, no secret
    others = [Standing(place * 9, frozenset(draw.sample("xyz", draw.randrange(3)))) for place in range(number)]
    among, post = Among(others, number // 2), Standing(number * 4)
    likeness = {
        place: draw.choice([0.1, 0.3]) + draw.random() * 0.01 for place in range(0, number, draw.choice([1, 2]))
    }
    found = weighed(post, among, likeness)
    stays = decisive(found, count)
    next_alike = max((alike for place, alike in likeness.items() if place not in found.best), default=0)
    most = min(slack(found, count, likeness, next_alike), 3) ** (part * (1 - 1e-9))
    for place in likeness.keys() - set(stays):
        likeness[place] *= draw.choice([1, most, draw.uniform(1, most)]) if most > 1 else 1

    assert ranked(post, among, likeness, count) == tuple(found.nearest[:count])


def test_the_slack_of_a_list_is_no_more_than_that() -> None:
    others = [Standing(0)] * 3
    likeness = {0: 0.2, 1: 0.1, 2: 0.05}
    found = weighed(Standing(0), Among(others, 0), likeness)

    assert found.nearest[1].number == 1
    assert slack(found, 1, likeness, 0) < 2
    assert slack(found, 2, likeness, 0) < 2
    assert slack(found, 3, likeness, 0) == math.inf


def test_an_ordinary_edit_leaves_most_lists_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(5)  # noqa: S311  a blog, no secret
    blog = Blog(400, draw)
    kept = blog.matches()
    blog.lists(kept)
    anew = []
    made = Lists._listed_anew  # noqa: SLF001  counted here

    def counted(self: Lists, number: int, *rest: object) -> object:
        anew.append(number)
        return made(self, number, *rest)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(Lists, "_listed_anew", counted)
    path = "123.md"
    blog.texts[path] += " w7 w390"
    kept.renew(blog.posts[path])
    found = blog.lists(kept)
    again = len(anew)
    assert found == blog.lists(blog.matches())
    assert 0 < again < 150


def test_the_list_of_an_edited_post_asks_nobody_else_and_those_of_others_ask_it_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blog = Blog(130, random.Random(3))  # noqa: S311  a blog, no secret
    kept = blog.matches()
    blog.lists(kept)
    walks = []
    made = Index.products

    def counted(self: Index, held: Held, *, all_terms: bool = False) -> tuple[dict[int, float], float]:
        walks.append(all_terms)
        return made(self, held, all_terms=all_terms)

    monkeypatch.setattr(Index, "products", counted)
    for words in (" w7", " w7 w11"):
        blog.texts["40.md"] += words
        kept.renew(blog.posts["40.md"])
        assert kept.of(blog.posts["40.md"], 5) == blog.matches().of(blog.posts["40.md"], 5)
    assert not any(walks)

    assert blog.lists(kept) == blog.lists(blog.matches())
    assert walks.count(True) == 1


def test_a_new_post_leaves_nearly_all_lists_as_they_are_that_it_is_not_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its words make some new posts longer, which come no nearer to anybody by that."""
    draw = random.Random(7)  # noqa: S311  a blog, no secret
    blog = Blog(350, draw)
    for path in blog.posts:
        blog.texts[path] = " ".join(f"w{draw.randrange(3000)}" for _word in range(80))
        blog.posts[path] = replace(blog.posts[path], content=blog.texts[path])
    pools = KeptPools()
    blog.lists(blog.matches(pools))
    written = b"".join(pools.written() or ())
    newest = max(blog.posts.values(), key=lambda one: (one.published or FIRST, one.path))
    blog.write("new.md", (newest.published or FIRST) + timedelta(days=400))
    blog.texts["new.md"] = " ".join(blog.texts[newest.path].split()[:40])
    again = []
    for name in ("_listed_anew", "_again_listed"):
        made = getattr(Lists, name)

        def counted(self: Lists, number: int, *rest: object, made: Callable[..., object] = made) -> object:
            again.append(number)
            return made(self, number, *rest)

        monkeypatch.setattr(Lists, name, counted)
    found = blog.lists(blog.matches(KeptPools(partial(unpacked, written))))
    made_again = len(set(again))

    assert found == blog.lists(blog.matches())
    assert 0 < made_again < 100
