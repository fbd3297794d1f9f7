"""Pins: the posts that `Related` names, in the ways a writer may call them, and what is wrong with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from byline.related.pins import Names, Pins, read
from byline.values.post import Post, Status
from hypothesis import given, strategies

DATE = datetime(2026, 1, 1, tzinfo=UTC)


def post(path: str, address: str, language: str = "en", status: Status = Status.PUBLISHED) -> Post:
    url = f"https://me.example/{address}"
    return Post(url, path, url, address, path, status, language, path, "", DATE, DATE)


SELF = post("posts/self.md", "self/")
GOING = post("posts/2026-letting-go.md", "letting-go/")
BOARD = post("notes/the-switchboard.md", "2025/switchboard.html")
OLD = post("old/index.md", "old/index.html")
POSTS = (
    SELF,
    GOING,
    BOARD,
    OLD,
    post("older/index.md", "older/café/"),
    post("de/loslassen.md", "de/letting-go/", "de"),
    post("de/vertrauen.md", "de/vertrauen/", "de"),
    post("posts/draft.md", "unfinished/", status=Status.DRAFT),
    post("posts/future.md", "tomorrow/", status=Status.FUTURE),
    post("posts/hidden.md", "secret/", status=Status.HIDDEN),
    post("a/review.md", "2024/review/"),
    post("b/review.md", "2025/review/"),
)
NAMES = Names(POSTS)


def pins(related: object, by: Post = SELF) -> Pins:
    """Return the pins of a `Related` in which nothing is wrong."""
    found, problems = read({"related": related}, by, NAMES)
    assert problems == ()
    return found


def told(related: object, by: Post = SELF) -> tuple[Pins, list[str]]:
    found, problems = read({"related": related}, by, NAMES, lambda _path, key: {"related": 4, "related_posts": 5}[key])
    assert not any(problem.structural for problem in problems)
    return found, [f"{problem.code}: {problem}" for problem in problems]


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("letting-go", GOING.path),
        ("Letting-Go", GOING.path),
        ("letting-go/", GOING.path),
        ("/letting-go/", GOING.path),
        ("https://me.example/letting-go/", GOING.path),
        ("2026-letting-go.md", GOING.path),
        ("2026-letting-go", GOING.path),
        ("the-switchboard", BOARD.path),
        ("posts/2026-letting-go.md", GOING.path),
        ("../posts/2026-letting-go.md", GOING.path),
        ("switchboard", BOARD.path),
        ("2025/switchboard.html", BOARD.path),
        ("the-switchboard.md", BOARD.path),
        ("../notes/the-switchboard.md", BOARD.path),
        ("old", OLD.path),
        ("old/index.md", OLD.path),
        ("caf%C3%A9", "older/index.md"),
        ("cafe\u0301", "older/index.md"),
        ("a/review.md", "a/review.md"),
        ("2025/review", "b/review.md"),
    ],
)
def test_a_post_is_named_by_its_slug_its_address_or_its_file(written: str, path: str) -> None:
    assert pins(written) == Pins((path,))
    assert pins(f"-{written}") == Pins(excluded=frozenset({path}))


@pytest.mark.parametrize(
    "related",
    [
        "switchboard, -old, letting-go",
        "switchboard; - old; letting-go;",
        ("switchboard", "-old", "letting-go"),
        ["switchboard", "-old", " letting-go "],
    ],
)
def test_pins_keep_their_order_and_a_minus_excludes(related: object) -> None:
    assert pins(related) == Pins((BOARD.path, GOING.path), frozenset({OLD.path}))


def test_the_key_of_pelicans_old_plugin_means_the_same() -> None:
    found, problems = read({"related_posts": "switchboard,letting-go", "related": "old"}, SELF, NAMES)

    assert (found, problems) == (Pins((OLD.path, BOARD.path, GOING.path)), ())


@pytest.mark.parametrize("nothing", [None, "", (), " , ,", ("", " ")])
def test_without_names_there_are_no_pins(nothing: object) -> None:
    assert pins(nothing) == Pins()


def test_of_equal_slugs_the_one_in_the_posts_language_is_meant() -> None:
    assert pins("letting-go", POSTS[6]) == Pins(("de/loslassen.md",))
    assert pins("letting-go", SELF) == Pins((GOING.path,))


def test_a_file_in_the_posts_own_folder_is_meant_before_those_of_that_name_elsewhere() -> None:
    assert pins("index.md", replace(SELF, path="old/self.md")) == Pins((OLD.path,))
    assert pins("review.md", replace(SELF, path="b/self.md")) == Pins(("b/review.md",))


@pytest.mark.parametrize(
    ("related", "what"),
    [
        (
            "leting-go",
            "'leting-go' is no post. Write the slug or the file of a published one. Did you mean letting-go?",
        ),
        (
            "/leting-go/",
            "'/leting-go/' is no post. Write the slug or the file of a published one. Did you mean letting-go",
        ),
        (
            "the-swichboard.md",
            "'the-swichboard.md' is no post. Write the slug or the file of a published one. Did you me",
        ),
        (
            "-leting-go",
            "'-leting-go' is no post. Write the slug or the file of a published one. Did you mean letting-go?",
        ),
        ("vertraun", "'vertraun' is no post. Write the slug or the file of a published one."),
        ("-", "'-' is no post."),
        ("/", "'/' is no post."),
        ({"a": "b"}, "\"{'a': 'b'}\" is no post."),
        ("unfinished", "'unfinished' is a draft. Publish it, or take it out."),
        ("future.md", "'future.md' is not published before its date. Publish it, or take it out."),
        ("secret/", "'secret/' is hidden, and stands in no list. Publish it, or take it out."),
        ("vertrauen", "'vertrauen' is written in 'de'. Name a post in 'en', or take it out."),
        ("review", "'review' means several posts: a/review.md, b/review.md. Write the one's path."),
        ("-review", "'-review' means several posts: a/review.md, b/review.md. Write the one's path."),
    ],
)
def test_a_name_that_means_no_post_to_be_shown_is_told_at_its_line(related: object, what: str) -> None:
    found, [problem] = told(related)

    assert problem.startswith(f"unknown-pin: posts/self.md:4: Related: {what}")
    assert found == Pins()


def test_a_hint_names_only_what_may_be_shown() -> None:
    assert told("unfinishd")[1][0].endswith("published one.")
    assert told("vertraun")[1][0].endswith("published one.")


def test_a_post_that_is_not_published_yet_may_be_excluded_in_advance() -> None:
    assert pins("-unfinished") == Pins(excluded=frozenset({"posts/draft.md"}))


@pytest.mark.parametrize(
    ("related", "what", "found"),
    [
        ("self", "Related: 'self' is the post itself. Take it out.", Pins()),
        ("-self.md", "Related: '-self.md' is the post itself. Take it out.", Pins()),
        (
            "letting-go, /letting-go/",
            "Related: '/letting-go/' means posts/2026-letting-go.md, which is named already. Take one of the two out.",
            Pins((GOING.path,)),
        ),
        (
            "-old, -old",
            "Related: '-old' means old/index.md, which is named already. Take one of the two out.",
            Pins(excluded=frozenset({OLD.path})),
        ),
        (
            "letting-go, old, -letting-go",
            f"Related: {GOING.path} is to be shown first, and never; it is not shown. Take one of the two out.",
            Pins((OLD.path,), frozenset({GOING.path})),
        ),
    ],
)
def test_a_pin_without_a_point_is_told(related: str, what: str, found: Pins) -> None:
    assert told(related) == (found, [f"pointless-pin: posts/self.md:4: {what}"])


def test_a_draft_may_pin_and_still_not_itself() -> None:
    draft = POSTS[7]

    assert pins("letting-go", draft) == Pins((GOING.path,))
    assert "is the post itself" in told("unfinished", draft)[1][0]


VALUES = strategies.recursive(
    strategies.none()
    | strategies.text()
    | strategies.lists(
        strategies.sampled_from(["self", "letting-go", "old", "review", "unfinished", "vertrauen", "gone", "- ", ".."])
        | strategies.sampled_from(["-letting-go", "-old", "-self", "/", "//", "%", "[", "https://[x"])
    ).map(", ".join),
    lambda inner: strategies.lists(inner).map(tuple) | strategies.dictionaries(strategies.text(), inner),
    max_leaves=6,
)


@given(VALUES, VALUES, strategies.sampled_from(POSTS))
def test_whatever_is_written_is_read_and_no_post_is_both_pinned_and_excluded(
    related: Any,  # noqa: ANN401  whatever front matter holds
    related_posts: Any,  # noqa: ANN401
    by: Post,
) -> None:
    found, problems = read({"related": related, "related_posts": related_posts}, by, NAMES)

    published = {post.path for post in POSTS if post.status is Status.PUBLISHED and post.language == by.language}
    assert published - {by.path} >= set(found.pinned)
    assert len(set(found.pinned)) == len(found.pinned)
    assert not found.excluded & {*found.pinned, by.path}
    assert {problem.code for problem in problems} <= {"unknown-pin", "pointless-pin"}
