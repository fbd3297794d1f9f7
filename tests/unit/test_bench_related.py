"""The part about related posts measures what it says, on posts that are to a ranking what real ones are."""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections import Counter
from typing import TYPE_CHECKING

import bench_related
import pytest
from bench_related import Blog, Step, additions, blog, changed, edited, edits, quality, spread
from byline.edges.console import Console
from byline.related.terms import counted, is_word
from invented_posts import english, invented

if TYPE_CHECKING:
    from pathlib import Path

POSTS = 60


@pytest.fixture(scope="module")
def small() -> Blog:
    """Return a blog of invented posts, each of which links the one that came three before it."""
    posts, texts = zip(*invented(POSTS), strict=True)
    said = {post.path: text for post, text in zip(posts, texts, strict=True)}
    return Blog("small", list(posts), said, [[number - 3] if number >= 3 else [] for number in range(POSTS)])


@pytest.fixture
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_related, "STEPS", 12)
    monkeypatch.setattr(bench_related, "SAMPLE", 10)


def test_the_invented_posts_are_the_same_every_time() -> None:
    assert list(invented(5)) == list(invented(5)) == list(invented(9))[:5]


def test_the_invented_posts_have_as_many_terms_as_real_ones_and_share_as_many(small: Blog) -> None:
    counts = [counted(post.name, small.texts[post.path], "en") for post in small.posts]
    number = Counter(term for one in counts for term in one.terms)
    shared = [term for term in number if number[term] > 1]
    words, pairs = (sum(is_word(term) is kind for term in shared) for kind in (True, False))

    assert 800 < sum(len(text.split()) for text in small.texts.values()) / POSTS < 950
    assert 500 < sum(len(one.terms) for one in counts) / POSTS < 800
    assert words > 1000
    assert pairs > 200


def test_a_real_blog_is_read_with_its_code_and_its_links(tmp_path: Path) -> None:
    line = {"id": "a.md", "date": "2016-09-11", "title": "A", "tags": ["t"], "text": "Words", "code": "x = 1"}
    lines = [line | {"links": []}, line | {"id": "b.md", "links": [0]}]
    file = tmp_path / "mine.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))

    read = blog(file)

    assert read.name == "mine"
    assert read.posts[0] == english("a.md", "A", "2016-09-11T00:00Z", ["t"])
    assert read.texts["b.md"] == "Words\nx = 1"
    assert read.links == [[], [0]]


def test_of_a_blog_that_others_were_not_measured_on_they_have_no_figure(small: Blog) -> None:
    said = quality(small)

    assert (said["posts"], said["lists shorter than 5"]) == (str(POSTS), "0")
    assert 0 < float(said["nDCG@5"]) < 1
    assert said["Hugo, its defaults"] == ""
    assert quality(small._replace(name="rustblog"))["Hugo, its defaults"] == "0.000"


def test_without_real_blogs_one_line_says_so_and_the_costs_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench_related, "CONSOLE", Console())
    monkeypatch.setattr(bench_related, "BLOGS", tmp_path / "none")
    monkeypatch.setattr(bench_related, "print_costs", lambda _home: bench_related.CONSOLE.say("costs"))

    bench_related.main([])

    assert capsys.readouterr().out.splitlines() == [
        "costs",
        "",
        "How good and how stable the lists are was left out: the real blogs are not here.",
    ]


@pytest.mark.usefixtures("few_steps")
def test_the_costs_are_those_of_few_and_of_many_posts_and_of_old_and_new_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    monkeypatch.setattr(bench_related, "CONSOLE", Console())
    monkeypatch.setattr(bench_related, "FEW", 4)
    monkeypatch.setattr(bench_related, "MANY", 40)

    bench_related.print_costs(tmp_path)

    told = [line[:48].rstrip() for line in capsys.readouterr().out.splitlines()]
    assert told == [
        "All lists of invented posts, from cold",
        "4 posts",
        "40 posts",
        "times as much",
        "",
        "One of 40 posts changed: its list",
        "an old post, median of 20",
        "a new post, median of 20",
    ]


def test_a_list_has_changed_where_it_has_others_or_another_order_and_the_posts_own_is_left_out() -> None:
    before = {"a": ["b", "c"], "b": ["a", "c"], "c": ["a", "b"], "d": ["a"], "new": ["a"]}
    after = {"a": ["c", "b"], "b": ["new", "a"], "c": ["a", "b"], "d": ["a"], "new": ["b"]}

    assert changed(Step("new", before, after)) == (2 / 4, 1 / 4)
    assert changed(Step("c", before, before)) == (0, 0)


@pytest.mark.usefixtures("few_steps")
def test_posts_are_added_in_the_order_of_their_dates_and_lists_of_old_ones_compared(small: Blog) -> None:
    steps = list(additions(small))

    assert [step.path for step in steps] == [post.path for post in small.posts[-12:]]
    assert steps[0].before.keys() == {post.path for post in spread(small.posts[:-12], 10)}
    assert steps[0].after == steps[1].before


@pytest.mark.usefixtures("few_steps")
def test_every_seventh_post_is_edited_and_what_came_of_it_is_what_the_next_edit_finds(small: Blog) -> None:
    steps = list(edits(small))

    assert [step.path for step in steps] == [small.posts[7 * number % POSTS].path for number in range(12)]
    assert steps[4].after == steps[5].before
    assert steps[0].before != steps[-1].after


def test_an_edit_takes_four_sentences_out_of_the_middle_or_adds_one_of_another_post() -> None:
    text = "A. B! C? D. E. F. G. H."

    assert edited(text, "", 0) == "A. B! C? D."
    assert edited("A. B. C. D. E. F. G. H. I. J.", "", 0) == "A. B. C. D. E. J."
    assert edited(text, "X. Y. Z.", 1) == f"{text} Y."


def test_a_sample_is_spread_over_all_posts(small: Blog) -> None:
    assert spread(small.posts, 4) == [small.posts[number] for number in (0, 15, 30, 45)]
