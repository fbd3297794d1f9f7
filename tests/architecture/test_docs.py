"""The papers are true: commands and flags that they show exist, links lead somewhere."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAPERS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.fixture(scope="module")
def flags() -> dict[str, set[str]]:
    """Return the flags of each task."""
    sys.path.insert(0, str(ROOT))
    try:
        from invoke import Task

        import tasks
    finally:
        sys.path.remove(str(ROOT))
    return {
        name: {parameter.replace("_", "-") for parameter in inspect.signature(task.body).parameters}
        for name, task in vars(tasks).items()
        if isinstance(task, Task)
    }


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_commands_that_a_paper_shows_exist_with_their_flags(paper: Path, flags: dict[str, set[str]]) -> None:
    for line in re.findall(r"^\./byline .*$", paper.read_text("utf-8"), re.MULTILINE):
        words = line.partition("#")[0].split()
        assert words[1] in flags, line
        assert {word[2:] for word in words if word.startswith("--")} <= flags[words[1]], line


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_links_between_papers_lead_somewhere(paper: Path) -> None:
    for target in LINK.findall(CODE.sub("", paper.read_text("utf-8"))):
        if "://" not in target:
            assert (paper.parent / target).exists(), f"{paper.name} links {target}"


def test_the_post_in_the_readme_is_a_right_one() -> None:
    from byline.site.reader import Options, read

    example = re.search(r"```markdown\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert example

    reading = read(
        "posts/letting-go.md", example[1].encode(), Options(), {"posts/the-switchboard.md", "images/bench.jpg"}
    )

    assert reading.problems == ()
    assert [internal.there for internal in reading.internal] == [True]


def test_each_target_in_the_readme_takes_at_most_four_lines_that_mean_it() -> None:
    from byline.deploy.destinations import kind
    from byline.values.problem import Place
    from byline.values.settings_reading import read_settings

    section = (ROOT / "README.md").read_text("utf-8").split("\n## Publish\n")[1].split("\n## ")[0]
    kinds = []
    for example in re.findall(r"```python\n(.*?)```", section, re.DOTALL):
        assert len(example.splitlines()) <= 4
        written: dict[str, object] = {}
        exec(example, written)  # noqa: S102  our own paper
        settings, problems = read_settings(written, Place)
        assert problems == ()
        assert str(written["SITEURL"]).startswith("https://")
        kinds.append(kind(settings.deploy["live"].to))
    assert kinds == ["git_branch", "rsync", "s3", "folder"]
