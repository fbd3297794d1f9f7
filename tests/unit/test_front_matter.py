"""Front matter that means harm, and keys; what ordinary front matter becomes is in golden/front_matter.txt."""

from __future__ import annotations

import pytest
from byline.site.front_matter import known_key, split
from byline.values.text import fold


@pytest.mark.parametrize(
    "source",
    [
        "---\na: {}\n---\n".format("[" * 100_000),
        "---\na: {}{}\n---\n".format("[" * 100_000, "]" * 100_000),
        "---\na: {}{}\n---\n".format("{a: " * 100_000, "}" * 100_000),
        "+++\na = {}{}\n+++\n".format("[" * 100_000, "]" * 100_000),
        "+++\n{}a = 1\n+++\n".format("a." * 100_000),
        "---\na: &a [x]\nb: [*a, *a]\n---\n",
        "---\n? [a]\n: b\n---\n",
        "---\na: b\n--- c\n---\n",
        "+++\na = {}{}\n+++\n".format("[" * 20, "]" * 20),
    ],
    ids=["open", "lists", "mappings", "arrays", "dots", "aliases", "keys", "documents", "depth"],
)
def test_what_nests_or_repeats_without_end_is_refused_before_it_costs(source: str) -> None:
    front = split(source, "a.md")

    assert {problem.code for problem in front.problems} == {"bad-front-matter"}


def test_lists_and_tables_may_nest_a_little() -> None:
    nested = {"b": ({"c": ("d",)},)}

    assert split("---\na: {b: [{c: [d]}]}\n---\n", "a.md").values == {"a": nested}
    assert split("+++\na = {b = [{c = ['d']}]}\n+++\n", "a.md").values == {"a": nested}


def test_a_body_that_is_marked_as_text_is_no_front_matter() -> None:
    assert split("Title: A\n\n**Summary:** this is text", "a.md").problems == ()


def test_a_hint_is_for_words_not_for_two_letters() -> None:
    assert split("Ir: A\nUrls: B\n", "a.md").problems[0].what == "The key Urls is unknown."


@pytest.mark.parametrize("status", ["draft", "published"])
def test_another_engines_draft_is_no_problem_where_the_status_is_said(status: str) -> None:
    assert split(f"---\ndraft: true\nstatus: {status}\n---\n", "a.md").problems == ()


@pytest.mark.parametrize(
    ("key", "folded"), [("Photo-Alt", "photo_alt"), (" Further reading ", "further_reading"), ("ID", "id")]
)
def test_keys_are_folded(key: str, folded: str) -> None:
    assert fold(key) == folded


@pytest.mark.parametrize("key", ["title", "id", "photo_license", "share", "share_mastodon", "image_author"])
def test_keys_with_a_meaning_are_known(key: str) -> None:
    assert known_key(key)


@pytest.mark.parametrize("key", ["titel", "photo_licence", "sharing", "draft"])
def test_keys_without_one_are_not(key: str) -> None:
    assert not known_key(key)
