"""Which archives a feed has, by year."""

from __future__ import annotations

import pytest
from byline.site.archives import closed
from byline.values.settings import ByYear, Feeds


@pytest.mark.parametrize(
    ("years", "most", "parts"),
    [
        ("", 2, {}),
        ("2024 2024", 2, {}),
        ("2024 2025 2025", 2, {"2024": (0,), "2025": (1, 2)}),
        ("2024 2025 2026", 2, {"2024": (0,), "2025": (1,)}),
        ("2024 2024 2024", 2, {"2024": (0, 1)}),
        ("2024 2024 2024 2024", 2, {"2024": (0, 1), "2024-2": (2, 3)}),
        ("2024 2024 2024 2026", 2, {"2024": (0, 1), "2024-2": (2,)}),
        ("0850 2024 2024", 2, {"0850": (0,), "2024": (1, 2)}),
        ("2024 2025", 0, {}),
        ("2024 2025", -1, {}),
    ],
)
def test_a_part_is_closed_when_it_is_full_or_its_year_is_over(
    years: str, most: int, parts: dict[str, tuple[int, ...]]
) -> None:
    assert closed(((int(year), number) for number, year in enumerate(years.split())), most) == parts


@pytest.mark.parametrize(
    ("pattern", "path", "is_one"),
    [
        ("feeds/archive/{year}.atom.xml", "feeds/archive/2025.atom.xml", True),
        ("feeds/archive/{year}.atom.xml", "feeds/archive/2025-12.atom.xml", True),
        ("feeds/archive/{year}.atom.xml", "feeds/archive/cats.atom.xml", False),
        ("feeds/archive/{year}.atom.xml", "feeds/archive/2025xatomxxml", False),
        ("feeds/archive/{year}.atom.xml", "feeds/atom.xml", False),
        ("{year}", "2025", True),
        ("", "2025", False),
        ("", "", False),
    ],
)
def test_an_archive_is_known_by_its_path(pattern: str, path: str, *, is_one: bool) -> None:
    assert Feeds(archive=ByYear(pattern)).is_archive(path) is is_one
