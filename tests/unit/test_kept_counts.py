"""Counts of texts that did not change are not made again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from byline.related.kept_counts import KeptCounts
from byline.related.terms import counted
from byline.values.post import Post, Status

POST = Post("a", "a", "a", "a/", "a.md", Status.PUBLISHED, "en", "Bread", "", None, None, content="digest of the text")


def never(_post: Post) -> str:
    pytest.fail("the text was counted again")


def test_a_text_is_counted_once_over_many_turns() -> None:
    kept = KeptCounts()
    first = kept.of(POST, lambda _post: "rye and spelt")

    for _ in range(3):
        kept.turn()
        assert kept.of(POST, never) is first
    assert first == counted("Bread", "rye and spelt", "en")


@pytest.mark.parametrize("change", [{"content": "another"}, {"name": "Hens"}, {"language": "de"}])
def test_what_changed_is_counted_anew(change: dict[str, str]) -> None:
    kept = KeptCounts()
    kept.of(POST, lambda _post: "und rye")
    changed = replace(POST, **change)  # type: ignore[arg-type]  # all of them are texts

    assert kept.of(changed, lambda _post: "und hens") == counted(changed.name, "und hens", changed.language)


def test_what_nobody_asks_for_is_let_go() -> None:
    kept = KeptCounts()
    kept.of(POST, lambda _post: "rye")
    kept.turn()
    kept.turn()  # a listing of which no page was made
    kept.of(replace(POST, content="another"), lambda _post: "hens")
    kept.turn()

    assert kept.of(POST, lambda _post: "spelt") == counted("Bread", "spelt", "en")
