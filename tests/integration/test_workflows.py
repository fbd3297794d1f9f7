"""What publishes by itself: each line of the workflow is run, in a clone of a blog, as the forge would run it."""

from __future__ import annotations

import configparser
import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from live_blog import LiveBlog

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / "docs" / "workflows"
ENGINE = (
    "byline",
    "tasks.py",
    "plugins",
    "requirements.lock",
    "requirements-s3.lock",
    "requirements-search.lock",
    "requirements-numpy.lock",
    "requirements-dev.lock",
    ".gitignore",
)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a forge's machine: nothing of whoever runs the tests but the PATH."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path / "home"),
        "CI": "true",
        "NO_COLOR": "1",
        "DEPLOY_KEY": "a key",
        "DEPLOY_HOSTS": "127.0.0.1 a-host-key",
        **{
            name: value.replace("${{ github.actor }}", "ada")
            for name, value in workflow()["jobs"]["publish"]["env"].items()
            if name.startswith("GIT_")
        },
    }


@pytest.fixture
def origin(tmp_path: Path, environment: dict[str, str]) -> Path:
    """Give the forge's repository of a blog that is published by its forge, with Byline in it."""
    (tmp_path / "home").mkdir()
    origin = tmp_path / "origin.git"
    blog = LiveBlog(tmp_path / "blog").begin(
        {"live": {"to": f"{origin}#pages", "verify": False}}, 'BYLINE_PUBLISH = {"from": "forge", "commit": True}\n'
    )
    for name in ENGINE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, blog.root / name)
    commands = [
        ["git", "init", "--quiet", "--bare", str(origin)],
        ["git", "init", "--quiet", "--initial-branch", "main"],
        ["git", "add", "--all"],
        ["git", "commit", "--quiet", "-m", "a blog"],
        ["git", "remote", "add", "origin", str(origin)],
        ["git", "push", "--quiet", "origin", "main"],
    ]
    for command in commands:
        subprocess.run(command, cwd=blog.root, env=environment, check=True, capture_output=True)
    return origin


def workflow() -> dict[Any, Any]:
    """Return the workflow."""
    read: dict[Any, Any] = yaml.safe_load((WORKFLOWS / "publish.yml").read_text("utf-8"))
    return read


def lines() -> list[str]:
    """Return what the workflow runs, step by step."""
    return [step["run"] for step in workflow()["jobs"]["publish"]["steps"] if "run" in step]


def equip(clone: Path) -> None:
    """Make the clone's `.venv` one that stands for the present environment, so that nothing is fetched."""
    python = clone / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    locks = [name for name in ENGINE if name.endswith(".lock")]
    digests = [f"{name} {hashlib.sha256((clone / name).read_bytes()).hexdigest()}" for name in locks]
    stamp = "\n".join(sorted([str(sys.implementation.cache_tag), *digests])) + "\n"
    (clone / ".venv" / "byline.stamp").write_text(stamp, "utf-8")


def checked_out(origin: Path, clone: Path, environment: dict[str, str]) -> Path:
    """Clone the blog as `actions/checkout` does, and make it ready."""
    command = ["git", "clone", "--quiet", "--depth", "1", "--branch", "main", f"file://{origin}", str(clone)]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    equip(clone)
    return clone


def run(line: str, clone: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a step as the forge does."""
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", line],
        cwd=clone,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )


def test_each_line_of_the_workflow_runs_and_the_blog_is_published(
    origin: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    clone = checked_out(origin, tmp_path / "clone", environment)

    for line in lines():
        ended = run(line, clone, environment)
        assert ended.returncode == 0, f"{line}\n{ended.stdout}{ended.stderr}"

    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "pages"], cwd=origin, check=True, capture_output=True, text=True
    )
    assert {"index.html", "looms/index.html"} <= set(listed.stdout.split())
    key = tmp_path / "home/.ssh/id_ed25519"
    assert key.read_text("utf-8") == "a key\n"
    assert key.stat().st_mode & 0o777 == 0o600


def test_a_second_run_on_a_fresh_machine_does_nothing(
    origin: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    publish = next(line for line in lines() if "publish" in line)
    run(publish, checked_out(origin, tmp_path / "one", environment), environment)

    ended = run(publish, checked_out(origin, tmp_path / "other", environment), environment)

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("Nothing to do: ")


def test_what_the_workflow_keeps_spares_the_next_run_all_reading_and_writing(
    origin: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    [kept] = [step["with"]["path"].split() for step in workflow()["jobs"]["publish"]["steps"] if "cache" in str(step)]
    first = checked_out(origin, tmp_path / "first", environment)
    assert run("./byline build", first, environment).returncode == 0
    second = checked_out(origin, tmp_path / "second", environment)
    (second / ".byline").mkdir()
    for name in filter(lambda name: (first / name).exists(), kept):
        copy = shutil.copytree if (first / name).is_dir() else shutil.copy
        copy(first / name, second / name)
    readings = (second / ".byline/readings.sqlite").read_bytes()

    ended = run("./byline build", second, environment)

    assert ended.returncode == 0, ended.stderr
    assert (second / ".byline/readings.sqlite").read_bytes() == readings, "something was read, and written down"
    assert ": 0 written, " in ended.stdout


def test_the_laptop_of_a_blog_that_its_forge_publishes_refuses(
    origin: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    clone = checked_out(origin, tmp_path / "clone", environment)

    ended = run("./byline publish", clone, {**environment, "CI": ""})

    assert ended.returncode == 1
    assert "The blog is published by its forge" in ended.stderr


def test_due_tells_when_the_next_post_comes(origin: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    clone = checked_out(origin, tmp_path / "clone", environment)
    assert run("./byline due", clone, environment).stdout == "No post waits for its time.\n"
    for name, days in (("later", 40), ("soon", 2)):
        date = datetime.now(UTC) + timedelta(days=days)
        (clone / f"content/posts/{name}.md").write_text(f"Title: {name}\nDate: {date:%Y-%m-%d} 12:00\n\nW.\n", "utf-8")

    told = run("./byline due", clone, environment).stdout.splitlines()

    assert [line.split()[1] for line in told] == ["posts/soon.md", "posts/later.md"]
    assert told[0].split()[0].startswith(f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}T12:00")
    as_json = json.loads(run("./byline due --json", clone, environment).stdout)
    assert [row["post"] for row in as_json] == ["posts/soon.md", "posts/later.md"]


def test_a_post_that_came_due_is_published_by_the_next_run(
    origin: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    """The clock cannot be turned, so the post waits a few seconds."""
    publish = next(line for line in lines() if "publish" in line)
    clone = checked_out(origin, tmp_path / "clone", environment)
    soon = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=12)
    (clone / "content/posts/soon.md").write_text(
        f"Title: Soon\nDate: {soon.isoformat(timespec='seconds')}\nSummary: Soon.\n\nWords.\n", "utf-8"
    )
    first = run(publish, clone, environment)
    assert "Waits for its time: posts/soon.md" in first.stdout, first.stderr
    ended = first
    while "soon/index.html" not in ended.stdout:
        assert datetime.now(UTC) < soon + timedelta(seconds=30)
        ended = run(publish, clone, environment)

    assert "  + soon/index.html" in ended.stdout
    assert datetime.now(UTC) > soon


def test_the_workflow_pushes_what_byline_committed_and_is_not_started_by_it() -> None:
    steps = workflow()["jobs"]["publish"]["steps"]

    assert [step["run"] for step in steps if "run" in step][-1] == "git push origin HEAD"
    # PyYAML reads the key `on` as YAML 1.1 does.
    assert set(workflow()[True]) == {"push", "schedule", "workflow_dispatch"}
    source = (ROOT / "plugins/byline/commands/recording.py").read_text("utf-8")
    assert "[skip ci]" in source


def test_timer_and_service_name_the_command() -> None:
    service, timer = configparser.ConfigParser(interpolation=None), configparser.ConfigParser(interpolation=None)
    service.read(WORKFLOWS / "byline-publish.service")
    timer.read(WORKFLOWS / "byline-publish.timer")

    assert service["Service"]["ExecStart"] == "%h/blog/byline publish --yes"
    assert timer["Timer"]["OnCalendar"] == "hourly"
