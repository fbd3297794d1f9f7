"""Hashtags: the golden cases. A dotted circle there only carries a mark."""

from __future__ import annotations

import pytest
from byline.sharing.hashtags import hashtags
from unit.test_golden import CASE, GOLDEN


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(case["given"], case["expected"], id=case["title"])
        for case in CASE.finditer((GOLDEN / "hashtags.txt").read_text("utf-8").replace("\u25cc", ""))
    ],
)
def test_golden(given: str, expected: str) -> None:
    lines = [line.partition("|") for line in given.splitlines()]

    found = hashtags([tag for tag, _, _ in lines], lines[0][2])

    assert (" ".join(found) or "none") == expected.strip()
