"""A corpus of invented posts for the benchmark: the same for the same number, in any process.

Not prose: words are drawn by Zipf's law, so that sizes and repetitions are those of real text.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SYLLABLES = ("ka", "lo", "mi", "ter", "van", "su", "pre", "dol", "en", "ri", "gra", "tion", "mo", "bel", "stra", "ne")
_SMALL_WORDS = ("the", "of", "and", "to", "a", "in", "that", "it", "is", "was", "for", "on", "with", "as", "be", "by")
_CODE = '''```python
def {0}({1}: list[str]) -> dict[str, int]:
    """Count the {1}."""
    return {{word: {1}.count(word) for word in set({1}) if word != "{2}"}}
```'''
_CATEGORIES = ("Work", "Life", "Craft")


def posts(number: int) -> Iterator[tuple[str, str]]:
    """Yield file name and text (Pelican's front matter, Markdown) of each post, about 900 words, a fifth with code."""
    source = random.Random("words")  # noqa: S311  a corpus, no secret
    words = ["".join(source.choices(_SYLLABLES, k=source.randint(2, 4))) for _ in range(4000)]
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))
    tags = words[::40]
    for index in range(number):
        yield f"post-{index:06d}.md", _post(index, words, weights, tags)


def _post(index: int, words: list[str], weights: list[float], tags: list[str]) -> str:
    draw = random.Random(f"post {index}")  # noqa: S311  a corpus, no secret

    def sentence() -> str:
        drawn = draw.choices(_SMALL_WORDS, k=6) + draw.choices(words, cum_weights=weights, k=draw.randint(4, 12))
        draw.shuffle(drawn)
        if draw.random() < 0.4:  # noqa: PLR2004
            drawn[2] = draw.choice((f"**{drawn[2]}**", f"*{drawn[2]}*", f"`{drawn[2]}()`", f'"{drawn[2]}"'))
        if draw.random() < 0.2:  # noqa: PLR2004
            drawn[4] = f"[{drawn[4]}](https://example.org/{drawn[4]}?page={index})"
        return " ".join(drawn).capitalize() + "."

    blocks = []
    for number in range(draw.randint(8, 14)):
        if number % 3 == 1:
            blocks.append(f"## {sentence().rstrip('.')}")
        blocks.append(" ".join(sentence() for _ in range(draw.randint(4, 9))))
        if number % 5 == 4:  # noqa: PLR2004
            blocks.append("\n".join(f"- {sentence()}" for _ in range(4)))
    if index % 5 == 0:
        blocks.append(_CODE.format(*draw.sample(words, 3)))
    date = dt.datetime(2010, 1, 1, 8, tzinfo=dt.UTC) + dt.timedelta(hours=11 * index)
    front = {
        "Title": sentence().rstrip("."),
        "Date": f"{date:%Y-%m-%d %H:%M}",
        "Category": _CATEGORIES[index % 3],
        "Tags": ", ".join(draw.sample(tags, 3)),
        "Slug": f"post-{index:06d}",
        "Summary": sentence(),
    }
    return "".join(f"{key}: {value}\n" for key, value in front.items()) + "\n" + "\n\n".join(blocks) + "\n"
