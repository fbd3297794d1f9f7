"""Problems as people read them."""

from __future__ import annotations

from byline.values.problem import Fault, Place, Problem, Refused, Severity, in_order, structural

FIRST = Problem("bad-value", "It is wrong.", "Mend it.", Place("content/a.md", 2))
SECOND = Problem("bad-value", "It is wrong.", "Mend it.", Place("content/a.md", 10))
EDITORIAL = Problem("missing-file", "It is gone.", "Find it.", Place("content/b.md"), Severity.EDITORIAL)
PLACELESS = Problem("bad-settings", "All is wrong.", "Mend all.")


def test_a_problem_says_where_what_and_how_to_mend_it() -> None:
    assert str(FIRST) == "content/a.md:2: It is wrong. Mend it."
    assert str(EDITORIAL) == "content/b.md: It is gone. Find it."
    assert str(PLACELESS) == "All is wrong. Mend all."


def test_problems_are_ordered_by_file_and_line_and_told_once() -> None:
    assert in_order([EDITORIAL, SECOND, FIRST, PLACELESS, SECOND]) == (PLACELESS, FIRST, SECOND, EDITORIAL)


def test_only_structural_ones_fail_a_build() -> None:
    assert structural([EDITORIAL, FIRST]) == (FIRST,)


def test_a_fault_carries_its_problems_and_says_them() -> None:
    fault = Refused(FIRST, SECOND)

    assert isinstance(fault, Fault)
    assert fault.problems == (FIRST, SECOND)
    assert str(fault) == f"{FIRST}\n{SECOND}"
