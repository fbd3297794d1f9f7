"""The race against other engines runs: a few posts, Byline and stock Pelican; what it takes is not judged."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import bench_profile
import pytest
from bench import race
from bench.engines.pelicans import byline, pelican
from bench.figures import CHANGED, COLD, LISTED, NOTHING, SERVED, STARTED, Figures
from byline.edges.console import Console

if TYPE_CHECKING:
    from pathlib import Path

POSTS = 12


@pytest.fixture
def in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    for name, value in (("TICK", 0), ("QUIET", 0.2), ("SAVES", 1), ("LISTINGS", 1)):
        monkeypatch.setattr(race, name, value)


@pytest.mark.usefixtures("in_haste")
def test_all_that_is_measured_is_noted_for_both_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)  # the browser has a test of its own
    figures, told = Figures(), list[str]()

    race.run(figures, told.append, whole=[POSTS], cold=[8], rounds=1, field=[byline(), pelican()])

    noted = {(case.what, case.engine, case.posts, case.related): len(usages) for case, usages in figures.cases.items()}
    assert noted == {
        (COLD, "Byline", 8, False): 1,
        (COLD, "Pelican", 8, False): 1,
        (COLD, "Byline", POSTS, False): 1,
        (COLD, "Pelican", POSTS, False): 1,
        (COLD, "Byline", POSTS, True): 1,
        **{
            (what, "Byline", POSTS, related): 1
            for what in (NOTHING, CHANGED, STARTED, SERVED)
            for related in (False, True)
        },
        (LISTED, "Byline", 0, False): 1,
    }
    assert all(usage.wall > 0 for usages in figures.cases.values() for usage in usages)
    assert len(told) == sum(noted.values()) - 1


@pytest.mark.usefixtures("in_haste")
def test_both_make_the_same_pages_and_feeds(tmp_path: Path) -> None:
    course = race.Course(tmp_path, POSTS, [byline(), pelican()], Figures(), lambda _line: None)
    course.furnish()
    course.run(1, related=False, whole=False)

    made = [
        {path.relative_to(tmp_path / name / "output").as_posix() for path in (tmp_path / name / "output").rglob("*")}
        for name in ("Byline", "Pelican")
    ]
    ours, stock = ({path for path in paths if not path.startswith("theme")} for paths in made)
    assert {"index.html", "page/2/index.html", "archives/index.html", "feeds/rss.xml", "feeds/atom.xml"} <= stock
    assert sum(path.startswith("post-") and path.endswith(".html") for path in stock) == POSTS
    assert stock <= ours


def test_a_profile_is_taken_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    bench_profile.main(["--posts=4"], Console())

    said = capsys.readouterr().out
    assert said.startswith("A cold build of 4 posts in one process, with related posts:\n")
    assert "| byline/site " in said
    assert "| jinja2 " in said
