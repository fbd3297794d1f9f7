"""The benchmark measures what it says: the same invented blog every time, and ratios with their spread."""

from __future__ import annotations

from collections import Counter
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


def test_a_post_has_about_900_words_and_a_fifth_have_code_in_one_of_three_languages() -> None:
    invented = list(corpus.invented(270))
    languages = [post.text.split("```")[1].split("\n")[0] for post in invented if "```" in post.text]

    assert 850 < sum(len(post.text.split()) for post in invented) / 270 < 950
    assert sorted(languages) == ["bash"] * 18 + ["js"] * 18 + ["python"] * 18


def test_each_post_has_a_slug_tags_a_category_a_date_after_the_last_one_and_links_an_earlier_one() -> None:
    first, *others = corpus.invented(50)
    before = {first.slug: first.published}

    assert first.earlier == ""
    for post in others:
        assert post.earlier in before
        assert f"[earlier](/{post.earlier}/)" in post.linking(f"/{post.earlier}/")
        assert post.published > max(before.values())
        assert 3 <= len(set(post.tags)) <= 5
        assert post.category
        before[post.slug] = post.published
    assert len(before) == 50


def test_posts_of_a_topic_share_words_and_tags() -> None:
    invented = list(corpus.invented(200))
    tags = Counter(tag for post in invented for tag in post.tags)

    assert len(tags) > 100
    assert tags.most_common(1)[0][1] > 5


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


def test_how_engines_are_raced_is_passed_on(tmp_path: Path) -> None:
    program = "import sys\nfrom pathlib import Path\nPath('asked').write_text(' '.join(sys.argv[1:]))\n"
    (tmp_path / "tests").mkdir()
    for name in ("engines", "profile"):
        (tmp_path / "tests" / f"bench_{name}.py").write_text(program, "utf-8")

    assert bench.run(tmp_path, engines=True) == 0
    assert (tmp_path / "asked").read_text("utf-8") == "--posts=1000 --rounds=3"
    race = bench.Race(posts="1000,10000", rounds=5, growth=True, figures="docs/performance.md")
    assert bench.run(tmp_path, engines=True, race=race) == 0
    asked = "--posts=1000,10000 --rounds=5 --growth --figures=docs/performance.md"
    assert (tmp_path / "asked").read_text("utf-8") == asked
    assert bench.run(tmp_path, profile=True, race=bench.Race(posts="50")) == 0
    assert (tmp_path / "asked").read_text("utf-8") == "--posts=50"


def test_only_sharing_is_killed_when_asked_for(tmp_path: Path) -> None:
    test = tmp_path / "tests" / "integration" / "test_share_under_fire.py"
    test.parent.mkdir(parents=True)
    (tmp_path / "conftest.py").write_text("def pytest_addoption(parser):\n    parser.addoption('--kills')\n", "utf-8")
    test.write_text("def test_it(request):\n    assert request.config.getoption('--kills') == '300'\n", "utf-8")

    assert bench.run(tmp_path, kill=True) == 0
    test.write_text("def test_it():\n    raise AssertionError\n", "utf-8")
    assert bench.run(tmp_path, kill=True) == 1
