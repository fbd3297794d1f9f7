"""A corpus of invented posts for the benchmark: the same for the same number, in any process.

Not prose, and no engine's files: what a post says, which each engine writes down in its own front matter. Words are
drawn by Zipf's law from the topics of a post, so that sizes, repetitions and what posts share are those of real text.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SYLLABLES = (
    "ka lo mi ter van su pre dol en ri gra tion mo bel stra ne qui fo lin der as cre po ul ment ra so bi tal ver"
).split()
_SMALL_WORDS = (
    "the of and to a in that it is was for on with as be by this at from or an are which you one we all there can more "
    "if what when so has up out who them some could now than other its about then do these only new over after also "
    "did many before must through back years where much your way well down should because each just those people how"
).split()
_CONTRACTIONS = "don't it's can't I've we're isn't that's you'll won't let's".split()
_TOPICS, _WORDS_OF_A_TOPIC, _TAGS = 40, 140, 300
_SHARES = (0.34, 0.14, 0.06)
"""How much of a text is of each of its topics; the rest are small words."""
_CATEGORIES = ("Work", "Life", "Craft", "Tools", "Travel", "Notes")
_CODE = {
    "python": '''\
def {0}({1}: list[str], {2}: int = 3) -> dict[str, object]:
    """Count the {1}."""
    result = []
    for index, word in enumerate({1}):
        if not word or index % {2} == 0:
            continue  # no {0} here
        result.append(f"{{word!r}}: {{index:>{{{2}}}}}")
    return {{"{0}": result, "count": len(result)}}''',
    "bash": """\
#!/usr/bin/env bash
set -euo pipefail
# Make the {0} anew
for file in "${{HOME}}"/{0}/*.{1}; do
  if [[ -s "$file" && $(wc -l < "$file") -gt 3 ]]; then
    grep -E '^{2}[0-9]+' "$file" | sort -u | head -n 7 > "$file.{0}"
  fi
done""",
    "js": """\
import {{ {0}, {1} }} from "./{2}.js";

const kept = new Map(); // by {1}

export async function load(url, {{ limit = 30, ...rest }} = {{}}) {{
  if (kept.has(url)) return kept.get(url);
  const answer = await fetch(`${{url}}?limit=${{limit}}`);
  if (!answer.ok) throw new Error("failed: " + answer.status);
  kept.set(url, (await answer.json()).filter((it) => it.{2} !== null && {1}(it, rest)));
  return {0}(kept.get(url));
}}""",
}
_FIRST, _SPAN = dt.datetime(2010, 1, 1, 8, tzinfo=dt.UTC), dt.timedelta(days=15 * 365)


@dataclass(frozen=True, slots=True)
class Invented:
    """One post: what its front matter says, its Markdown, and the slug of an earlier one (empty: it is the first)."""

    slug: str
    title: str
    published: dt.datetime
    category: str
    tags: tuple[str, ...]
    summary: str
    text: str
    earlier: str

    def linking(self, address: str) -> str:
        """Return its text with a paragraph more, which links the earlier post at an address as the engine writes it."""
        return f'{self.text}\n\nI wrote of this [earlier]({address}), and "still" think that it\'s right.'


def posts(number: int) -> Iterator[tuple[str, str]]:
    """Yield file name and text (Pelican's front matter, Markdown) of each post, without links to others."""
    for post in invented(number):
        yield f"{post.slug}.md", f"{front_matter(post)}\n{post.text}\n"


def front_matter(post: Invented) -> str:
    """Return what Pelican and Byline read above a post's text."""
    keys = {
        "Title": post.title,
        "Date": f"{post.published:%Y-%m-%d %H:%M}",
        "Category": post.category,
        "Tags": ", ".join(post.tags),
        "Slug": post.slug,
        "Summary": post.summary,
    }
    return "".join(f"{key}: {value}\n" for key, value in keys.items())


def invented(number: int) -> Iterator[Invented]:
    """Yield so many posts of about 900 words, the oldest first, a fifth of them with code."""
    vocabulary = _vocabulary()
    for index in range(number):
        yield _post(index, _FIRST + _SPAN * index / number, vocabulary)


class _Vocabulary(NamedTuple):
    """The words of each topic, their weights (the same in each), and each topic's tags, the most frequent first."""

    topics: list[list[str]]
    weights: list[float]
    tags: list[list[str]]


def _vocabulary() -> _Vocabulary:
    draw = random.Random("words")  # noqa: S311  a corpus, no secret
    words = ["".join(parts) for length in (2, 3) for parts in itertools.product(_SYLLABLES, repeat=length)]
    drawn = draw.sample(words, _TOPICS * _WORDS_OF_A_TOPIC + _TAGS)
    tags, rest = drawn[:_TAGS], drawn[_TAGS:]
    topics = [rest[first::_TOPICS] for first in range(_TOPICS)]
    weights = list(itertools.accumulate(1 / rank for rank in range(1, _WORDS_OF_A_TOPIC + 1)))
    return _Vocabulary(topics, weights, [tags[first::_TOPICS] for first in range(_TOPICS)])


def _post(index: int, published: dt.datetime, vocabulary: _Vocabulary) -> Invented:
    draw = random.Random(f"post {index}")  # noqa: S311  a corpus, no secret
    topics = draw.sample(range(_TOPICS), len(_SHARES))
    writer = _Writer(draw, [vocabulary.topics[topic] for topic in topics], vocabulary.weights)
    blocks = []
    for number in range(draw.randint(7, 11)):
        if number % 3 == 1:
            blocks.append(f"## {' '.join(writer.words(5)).capitalize()}")
        blocks.append(" ".join(writer.sentence() for _ in range(draw.randint(4, 7))))
        if number % 5 == 4:  # noqa: PLR2004
            blocks.append("\n".join(f"- {writer.sentence()}" for _ in range(4)))
    if index % 5 == 0:
        language = tuple(_CODE)[index // 15 % 3]
        code = _CODE[language].format(*draw.sample(vocabulary.topics[topics[0]], 3))
        blocks.append(f"```{language}\n{code}\n```")
    pool = [tag for topic in topics[:2] for tag in vocabulary.tags[topic][: draw.randint(3, 7)]]
    return Invented(
        slug=slug(index),
        title=" ".join(writer.words(draw.randint(4, 8))).capitalize(),
        published=published,
        category=_CATEGORIES[topics[0] % len(_CATEGORIES)],
        tags=tuple(draw.sample(pool, draw.randint(3, 5))),
        summary=writer.sentence(),
        text="\n\n".join(blocks),
        earlier=slug(draw.randrange(index)) if index else "",
    )


def slug(index: int) -> str:
    """Return what the post of this number is called in addresses and files."""
    return f"post-{index:06d}"


class _Writer:
    """Writes the sentences of one post."""

    def __init__(self, draw: random.Random, topics: Sequence[list[str]], weights: list[float]) -> None:
        self._draw, self._topics, self._weights = draw, topics, weights

    def words(self, number: int) -> list[str]:
        """Return so many words, more or less."""
        draw = self._draw
        drawn = []
        for topic, share in zip(self._topics, _SHARES, strict=True):
            drawn += draw.choices(topic, cum_weights=self._weights, k=round(share * number + draw.random() - 0.5))
        drawn += draw.choices(_SMALL_WORDS, k=max(number - len(drawn), 2))
        draw.shuffle(drawn)
        return drawn

    def sentence(self) -> str:
        """Return a sentence in Markdown, with what a writer puts into some: links, quotes, code, dashes."""
        draw = self._draw
        words = self.words(draw.randint(9, 22))
        chance, place = draw.random(), draw.randrange(1, len(words) - 1)
        word = words[place]
        if chance < 0.6:  # noqa: PLR2004
            quoted = (f"**{word}**", f"*{word}*", f"`{word}()`", f'"{word}"', f"{word} --", f"{word},")
            words[place] = quoted[int(chance * 10)]
        elif chance < 0.8:  # noqa: PLR2004
            words[place] = f"[{word}](https://example.org/{word}?page={place})"
        if draw.random() < 0.5:  # noqa: PLR2004
            words[-1] = draw.choice(_CONTRACTIONS)
        end = draw.choices((".", "?", "..."), (90, 6, 4))[0]
        return f"{words[0].capitalize()} {' '.join(words[1:])}{end}"
