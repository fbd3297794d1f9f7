"""How strict a check is: what is wrong today must be mended, what was written long ago is counted, in one line.

Not what is wrong: Problems come in, and go out as errors or warnings.
"""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from byline.values.problem import Fault, Place, Problem, Severity, in_order
from byline.values.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from byline.values.post import Post

_ALWAYS = frozenset({"link-to-unpublished"})
"""Errors whatever the date: they give away what is not public."""
_NEVER = frozenset(
    "card-without-text heavy-picture license-not-stated moved-link pelican-warning place-in-picture "
    "record-unused".split()
)
"""Warnings whatever the date."""


@dataclasses.dataclass(frozen=True)
class Standard:
    """What is held to which: posts and pages by their place, the writer's other files, the day strictness began."""

    posts: Mapping[str, Post]
    own: tuple[str, ...]
    strict_since: str
    zone: str = "UTC"

    def judged(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return the Problems in order, each as what it is to a check: a structural one is an error, others warn.

        An editorial fault is an error in a post dated from the day on, in a page without date, and in the writer's
        settings and templates. Raises Fault when the day is no date.
        """
        day = self._day()
        return in_order(self._judged(problem, day) for problem in problems)

    def told(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return the judged Problems as a person is told them: those of older posts and drafts are one, counted."""
        judged = self.judged(problems)
        day = self._day()
        older = [problem for problem in judged if not problem.structural and self._excused(problem, day)]
        if not older:
            return judged
        posts = {problem.place.path for problem in older if problem.place}
        what = f"{counted(len(older), 'warning')} in {counted(len(posts), 'post')} dated before {day} or not out yet."
        in_one = Problem("older-posts", what, "`check --json` lists them.", None, Severity.EDITORIAL)
        excused = set(older)
        return in_order([in_one, *(problem for problem in judged if problem not in excused)])

    def _judged(self, problem: Problem, day: date) -> Problem:
        strict = problem.code in _ALWAYS or (problem.code not in _NEVER and self._strict(problem.place, day))
        return dataclasses.replace(problem, severity=Severity.STRUCTURAL) if strict else problem

    def _strict(self, place: Place | None, day: date) -> bool:
        if place is None:
            return False
        post = self.posts.get(place.path)
        if post is None:
            return place.path.startswith(self.own)
        return post.status.public and not self._before(post.published, day)

    def _excused(self, problem: Problem, day: date) -> bool:
        post = self.posts.get(problem.place.path) if problem.place else None
        return post is not None and (not post.status.public or self._before(post.published, day))

    def _before(self, published: datetime | None, day: date) -> bool:
        return published is not None and published.astimezone(ZoneInfo(self.zone)).date() < day

    def _day(self) -> date:
        try:
            return date.fromisoformat(self.strict_since)
        except ValueError as error:
            what = f'BYLINE_CHECKS["strict_since"] is {self.strict_since!r}, which is no date.'
            raise Fault(Problem("wrong-setting", what, "Write it as 2026-01-31.", Place("pelicanconf.py"))) from error
