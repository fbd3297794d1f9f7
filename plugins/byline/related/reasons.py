"""Why a post is related to another, in a few words: what both speak of, their tags, how near in time they were written.

Not a sentence: templates say it in the reader's language.
"""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from byline.values.post import Post

_WORDS = 3
_NEAR = 31
"""Days within which posts were written near each other."""
_SHORTEST = 3
"""Shorter words say little by themselves, but in scripts where one sign is a syllable or a word."""


class Reasons(NamedTuple):
    """At most three words that both speak of, as the post spells them, the most telling first; the tags of both.

    `days` are between the two; None for more than a month.
    """

    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    days: int | None = None


def reasons(post: Post, other: Post, shared: Mapping[int, int], spelled: Mapping[int, str]) -> Reasons:
    """Return why `other` is related to `post`.

    `shared` is what both speak of, by term: what each adds to their likeness; `spelled` the post's words by term.
    """
    telling = (term for term in shared if _tells(spelled.get(term, "")))
    best = nsmallest(_WORDS, telling, key=lambda term: (-shared[term], term))
    tags = {tag.casefold() for tag in other.tags}
    days = abs(post.published - other.published).days if post.published and other.published else None
    return Reasons(
        tuple(spelled[term] for term in best),
        tuple(tag for tag in post.tags if tag.casefold() in tags),
        days if days is not None and days <= _NEAR else None,
    )


def _tells(word: str) -> bool:
    return not word.isdecimal() and len(word) >= (_SHORTEST if word.isascii() else 1)
