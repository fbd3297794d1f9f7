"""The benchmark measures what it says: the same invented blog every time, and ratios with their spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from byline.commands import bench, corpus
from byline.edges.programs import Usage
from byline.site.reader import Options, read

if TYPE_CHECKING:
    from pathlib import Path


def test_the_invented_blog_is_the_same_every_time_and_its_posts_are_right_ones() -> None:
    once = list(corpus.posts(12))

    assert once == list(corpus.posts(12))
    assert len({name for name, _ in once}) == 12
    for name, text in once:
        reading = read(name, text.encode(), Options(), {name})
        assert reading.problems == ()
        assert reading.front["title"]
    assert sum("```python" in text for _, text in once) == 3


def test_the_report_gives_medians_and_the_ratio_of_each_pair_with_its_spread() -> None:
    ours = [Usage(1.0, 1.1, 50), Usage(2.0, 2.1, 60), Usage(3.0, 3.1, 55)]
    stock = [Usage(2.0, 2.0, 40), Usage(2.0, 2.0, 40), Usage(2.0, 2.0, 41)]

    lines = bench.table(ours, stock)

    assert lines[1].split() == ["Byline", "2.00", "2.10", "60"]
    assert lines[2].split() == ["stock", "Pelican", "2.00", "2.00", "41"]
    assert lines[3] == "CPU, Byline / stock: 1.00 (0.50 to 1.50)"


@pytest.mark.parametrize(("code", "answer"), [(0, 0), (3, 1)])
def test_only_related_posts_are_measured_when_asked_for(tmp_path: Path, code: int, answer: int) -> None:
    program = f"from pathlib import Path\nPath('ran').touch()\nraise SystemExit({code})\n"
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "bench_related.py").write_text(program, "utf-8")

    assert bench.run(tmp_path, related=True) == answer
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ran", "tests"]


def test_only_sharing_is_killed_when_asked_for(tmp_path: Path) -> None:
    test = tmp_path / "tests" / "integration" / "test_share_under_fire.py"
    test.parent.mkdir(parents=True)
    (tmp_path / "conftest.py").write_text("def pytest_addoption(parser):\n    parser.addoption('--kills')\n", "utf-8")
    test.write_text("def test_it(request):\n    assert request.config.getoption('--kills') == '300'\n", "utf-8")

    assert bench.run(tmp_path, kill=True) == 0
    test.write_text("def test_it():\n    raise AssertionError\n", "utf-8")
    assert bench.run(tmp_path, kill=True) == 1
