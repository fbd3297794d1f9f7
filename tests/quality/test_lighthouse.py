"""Lighthouse, as on a telephone: 100 in each of its four categories."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from browser import FLAGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Tool
    from quality.conftest import Measured
    from reader_sites import JudgedSite

CATEGORIES = {"performance", "accessibility", "best-practices", "seo"}
JUDGED = [*(("the demo", kind) for kind in ("home", "post", "tag", "archives")), ("every feature", "post")]
TRIES = 3
"""A machine that does other things meanwhile spoils the first category; it alone is measured by the clock."""


@pytest.fixture
def lighthouse(
    tool: Tool, node_module: Callable[[str], Path], tmp_path: Path
) -> Callable[[str], tuple[dict[str, int], list[str]]]:
    """Give what judges the page at an address: its scores by category, and what cost it any."""
    report = tmp_path / "report.json"
    flags = [flag for flag in FLAGS if not flag.startswith(("--remote-debugging", "--window-size"))]
    program = [str(tool("node")), str(node_module("lighthouse/cli/index.js"))]
    options = ["--output=json", f"--output-path={report}", "--quiet", "--no-enable-error-reporting"]
    environment = {**os.environ, "CHROME_PATH": str(tool("chromium"))}

    def judge(address: str) -> tuple[dict[str, int], list[str]]:
        command = [*program, address, *options, f"--chrome-flags={' '.join(flags)}"]
        subprocess.run(command, check=True, timeout=180, env=environment)
        return judged(json.loads(report.read_text("utf-8")))

    return judge


@pytest.mark.parametrize(("name", "kind"), JUDGED)
def test_lighthouse_gives_a_hundred_in_all_categories(
    sites: dict[str, JudgedSite],
    name: str,
    kind: str,
    lighthouse: Callable[[str], tuple[dict[str, int], list[str]]],
    measured: Measured,
) -> None:
    if name not in sites:
        pytest.skip("this blog has begun: its content is no longer the demo")

    for _ in range(TRIES):
        scores, faults = lighthouse(sites[name].page(kind))
        assert {scores[category] for category in CATEGORIES - {"performance"}} == {100}, faults
        if scores["performance"] == 100:
            break

    assert scores["performance"] == 100, faults
    measured("lighthouse", "pages with 100 × 4", 1)


def judged(report: dict[str, dict[str, dict[str, object]]]) -> tuple[dict[str, int], list[str]]:
    """Return the score of each category, and the audits that cost something."""
    scores = {name: round(float(str(found["score"])) * 100) for name, found in report["categories"].items()}
    faults = [
        f"{name}: {found['score']} {found.get('displayValue', '')}"
        for name, found in report["audits"].items()
        if isinstance(found["score"], int | float) and found["score"] < 1
    ]
    return scores, faults
