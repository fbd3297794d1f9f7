"""Invented posts that are to a ranking what real ones are: the same for the same number, in any process.

Not prose, nor files (`byline.commands.corpus` has those): titles, tags, days and plain text.

How often words come follows Zipf's law, over more than 60,000 of them, the short ones first. A post has a topic with
words and phrases of its own, and names that come again in it and hardly anywhere else. So it has about as many terms,
and as many of them in other posts, as the posts of real blogs.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice, product
from typing import TYPE_CHECKING, NamedTuple

from byline.values.post import Post, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WORDS, NAMES, TOPICS = 80_000, 30_000, 120
_SYLLABLES = (
    "ka lo mi ter van su pre dol en ri gra tion mo bel stra ne qui fa hur ob zen ti por sha wen ul cri da ex po no lis"
).split()
_SMALL = "the of and to a in that it is was for on with as be by i you this have not are but had at".split()
_FIRST, _APART = datetime(2010, 1, 1, 8, tzinfo=UTC), timedelta(hours=11)


class _Vocabulary(NamedTuple):
    """Words, the most frequent first, and the weights of all up to each."""

    words: list[str]
    weights: list[float]

    def drawn(self, draw: random.Random, number: int) -> list[str]:
        return draw.choices(self.words, cum_weights=self.weights, k=number)


def invented(number: int) -> Iterator[tuple[Post, str]]:
    """Yield so many posts, the oldest first, each with its text of about 900 words."""
    spelled = ("".join(parts) for length in range(1, 5) for parts in product(_SYLLABLES, repeat=length))
    words = list(islice(spelled, WORDS))
    names = [f"{word.capitalize()}sen" for word in words[:NAMES]]
    draw = random.Random("topics")  # noqa: S311  a corpus, no secret
    telling = words[500:20_000]
    topics = [_zipfian(draw.sample(telling, 300)) for _topic in range(TOPICS)]
    phrases = [_zipfian([" ".join(topic.drawn(draw, 2)) for _phrase in range(60)]) for topic in topics]
    language = _zipfian(words)
    for index in range(number):
        draw = random.Random(f"post {index}")  # noqa: S311  a corpus, no secret
        topic = min(int(draw.expovariate(0.03)), TOPICS - 1)
        named = draw.sample(names, 3)
        parts = [
            *draw.choices(_SMALL, k=430),
            *language.drawn(draw, draw.randint(200, 340)),
            *topics[topic].drawn(draw, draw.randint(60, 140)),
            *phrases[topic].drawn(draw, draw.randint(20, 40)),
            *draw.choices(named, k=8),
        ]
        draw.shuffle(parts)
        title = " ".join([*language.drawn(draw, 2), *topics[topic].drawn(draw, 2)]).capitalize()
        tags = topics[topic].words[: draw.randint(0, 3)]
        published = _FIRST + index * _APART
        yield english(f"{index:06d}.md", title, published.isoformat(), tags), _sentences(parts, draw)


def _zipfian(words: list[str]) -> _Vocabulary:
    return _Vocabulary(words, list(accumulate(1 / rank for rank in range(1, len(words) + 1))))


def _sentences(words: list[str], draw: random.Random) -> str:
    rest = iter(words)
    sentences = []
    while sentence := " ".join(islice(rest, draw.randint(6, 24))):
        sentences.append(f"{sentence[0].upper()}{sentence[1:]}.")
    return " ".join(sentences)


def english(path: str, name: str, published: str, tags: Iterable[str] = ()) -> Post:
    """Return a published post in English that says no more of itself than this; the time as in ISO 8601, with zone."""
    return Post(
        id=path,
        key=path,
        url=path,
        address=path,
        path=path,
        status=Status.PUBLISHED,
        language="en",
        name=name,
        summary="",
        published=datetime.fromisoformat(published),
        updated=None,
        tags=tuple(tags),
    )
