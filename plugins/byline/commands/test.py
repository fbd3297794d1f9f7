"""`test`: lint, format, types, tests, in that order, each to its end; it knows no test by name."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from byline.edges import programs
from byline.edges.console import DONE, FAILED, Console, answered

if TYPE_CHECKING:
    from pathlib import Path

STEPS = {
    "lint": ("ruff", "check"),
    "format": ("ruff", "format", "--check"),
    "types": ("mypy",),
    "tests": ("pytest", "--numprocesses=auto", "--dist=worksteal"),
}
ALL = ("--all", "--cov", "--cov-report=term:skip-covered")


def run(root: Path, *, all_tests: bool) -> int:
    """Run the checks and the tests; with `all_tests`, measure coverage and let no test skip for want of a tool."""
    return answered(lambda console: _test(root, console, all_tests=all_tests))


def _test(root: Path, console: Console, *, all_tests: bool) -> int:
    if find_spec("pytest") is None:
        console.say("The tools for testing are not installed here. Type instead: ./byline test")
        return FAILED
    failed = []
    for name, step in STEPS.items():
        command = [*step, *ALL] if all_tests and name == "tests" else step
        console.say(f"-- {name}: {' '.join(command)}")
        if programs.run([sys.executable, "-P", "-m", *command], cwd=root):
            failed.append(name)
    if failed:
        console.say(f"Failed: {', '.join(failed)}.")
    return FAILED if failed else DONE
