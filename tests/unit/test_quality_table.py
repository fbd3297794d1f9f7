"""The table of docs/quality.md: every row of it, with the figures of a run."""

from __future__ import annotations

from pathlib import Path

from quality_table import BEGIN, END, ROWS, table, write

ROOT = Path(__file__).parents[2]


def test_figures_of_one_kind_are_added_up_or_the_largest_is_kept() -> None:
    told = table(
        [("axe", "looks", 4, False), ("axe", "looks", 1200, False), ("still", "CLS", 0, True)], {"still": "it moves"}
    )

    assert "| 1,204 looks |" in told
    assert "| 0 CLS; **not met yet:** it moves |" in told
    assert told.count("| not measured |") == len(ROWS) - 2


def test_the_table_goes_between_its_markers(tmp_path: Path) -> None:
    paper = tmp_path / "quality.md"
    paper.write_text(f"before\n{BEGIN}old\n{END}after\n", "utf-8")

    write(paper, [], {})

    assert paper.read_text("utf-8") == f"before\n{BEGIN}{table([], {})}{END}after\n"


def test_the_paper_has_every_row_measured_and_names_tests_that_are_there() -> None:
    paper = (ROOT / "docs/quality.md").read_text("utf-8")

    for target, tests in ROWS.values():
        [line] = [line for line in paper.splitlines() if line.startswith(f"| {target} |")]
        assert "not measured" not in line
        assert all((ROOT / "tests" / file).is_file() for file in tests.split())
