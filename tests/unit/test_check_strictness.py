"""What was written long ago is counted; what gives away what is not public is an error whatever its date."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest
from byline.checks.strictness import Standard
from byline.values.post import Post, Status
from byline.values.problem import Fault, Place, Problem, Severity

OLD, NEW = datetime(2025, 12, 31, 23, 30, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)


def post(published: datetime | None, status: Status = Status.PUBLISHED) -> Post:
    """Return a post of that date."""
    return Post("id", "key", "https://me.example/a/", "a/", "a.md", status, "en", "A", "", published, published)


STANDARD = Standard(
    {
        "content/old.md": post(OLD),
        "content/new.md": post(NEW),
        "content/page.md": post(None),
        "content/draft.md": post(NEW, Status.DRAFT),
    },
    ("pelicanconf.py", "content/theme/"),
    "2026-01-01",
)


def fault(path: str | None, code: str = "broken-link") -> Problem:
    """Return an editorial fault."""
    return Problem(code, f"{path} is wrong.", "Mend it.", Place(path, 3) if path else None, Severity.EDITORIAL)


@pytest.mark.parametrize(
    ("path", "code", "error"),
    [
        ("content/new.md", "broken-link", True),
        ("content/old.md", "broken-link", False),
        ("content/page.md", "broken-link", True),
        ("content/draft.md", "broken-link", False),
        ("pelicanconf.py", "broken-link", True),
        ("content/theme/templates/base.html", "broken-link", True),
        ("theme/templates/base.html", "broken-link", False),
        ("content/images/a.jpg", "broken-link", False),
        (None, "broken-link", False),
        ("content/new.md", "heavy-picture", False),
        ("content/old.md", "link-to-unpublished", True),
    ],
)
def test_an_editorial_fault_is_an_error_where_it_can_be_asked_of_the_writer(
    path: str | None, code: str, *, error: bool
) -> None:
    assert [problem.structural for problem in STANDARD.judged([fault(path, code)])] == [error]


def test_what_is_structural_stays_an_error() -> None:
    lost = Problem("lost-id", "It is lost.", "Find it.", Place("content/old.md"))

    assert STANDARD.judged([lost]) == STANDARD.told([lost]) == (lost,)


def test_older_posts_and_drafts_are_one_line() -> None:
    many = [dataclasses.replace(fault("content/old.md"), what=f"{number} is wrong.") for number in range(20)]

    told = STANDARD.told([*many, fault("content/draft.md"), fault("theme/base.html"), fault("content/new.md")])

    assert [str(problem) for problem in told] == [
        "21 warnings in 2 posts dated before 2026-01-01 or not out yet. `check --json` lists them.",
        "content/new.md:3: content/new.md is wrong. Mend it.",
        "theme/base.html:3: theme/base.html is wrong. Mend it.",
    ]
    assert len(STANDARD.judged([*many, fault("content/draft.md")])) == 21


def test_the_day_begins_in_the_blogs_own_zone() -> None:
    there = dataclasses.replace(STANDARD, zone="Europe/Oslo")

    assert [problem.structural for problem in there.judged([fault("content/old.md")])] == [True]


def test_a_day_that_is_no_date_is_a_fault_of_the_settings() -> None:
    with pytest.raises(Fault, match="which is no date"):
        dataclasses.replace(STANDARD, strict_since="soon").judged([])
