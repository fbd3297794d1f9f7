"""What a post is shown with where it is not shown whole, in plain words: its summary and its question.

Not its title, and nothing that is said to one network alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.values import content
from byline.values.html import plain

if TYPE_CHECKING:
    from byline.values.post import Reading


def summary(reading: Reading) -> str:
    """Return the summary that front matter has, else the first words of the text."""
    if reading.summary is not None:
        return reading.summary
    return plain(_text(reading, "summary")) or reading.content.known(content.summary)


def question(reading: Reading) -> str:
    """Return the question that front matter has, else the one that the text asks."""
    if reading.question is not None:
        return reading.question
    return _text(reading, "question") or reading.content.known(content.question)


def _text(reading: Reading, key: str) -> str:
    value = reading.front.get(key)
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
