"""Old lines: what is clearly a credit becomes fields of a record, and what is not stays in the post."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from byline.credits.lookup import known
from byline.credits.old_lines import old_lines, without
from unit.test_golden import CASE, GOLDEN, MEANT, PICTURED_RETURN

if TYPE_CHECKING:
    from collections.abc import Iterator


def drawn(given: str) -> Iterator[str]:
    found = old_lines(given, 1, known)
    for line in found.clear:
        fields = {**line.fields, "creator": ", ".join(line.fields["creator"])}  # type: ignore[arg-type]  # a tuple
        assert fields.pop("license") == "unknown"
        said = " ".join(f"{name}={fields[name]}" for name in sorted(fields))
        yield f"{line.line} {line.picture or '-'} {said}"
    yield from (f"? {number} {words}" for number, words in found.unclear)
    yield "---"
    rest = without(given, found.clear)
    if rest:
        yield from rest.removesuffix("\n").replace("\r", PICTURED_RETURN).split("\n")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(case["given"], case["expected"], id=case["title"])
        for case in CASE.finditer((GOLDEN / "old_lines.txt").read_text("utf-8"))
    ],
)
def test_golden(given: str, expected: str) -> None:
    assert "".join(f"{line}\n" for line in drawn(given.translate(MEANT))) == expected


def test_the_front_matter_is_no_body() -> None:
    source = "Title: Photo credit\nPhoto: a.jpg\n\nPhoto credit: Ana Ruiz\n"

    (line,) = old_lines(source, 4, known).clear

    assert line.line == 4
    assert without(source, [line]) == "Title: Photo credit\nPhoto: a.jpg\n\n"


@pytest.mark.parametrize(
    "piece", ["< ><", "[", "![](", "*a ", "<a ", "by by ", "Photo credit: ", "_", "<figcaption>", "\\"]
)
def test_a_strange_source_takes_no_longer_than_others(piece: str) -> None:
    begun = time.process_time()

    old_lines(piece * 2000, 1, known)

    assert time.process_time() - begun < 20
