"""`bench`: a build beside stock Pelican's of a real blog, in pairs in one run; then the parts that are programs.

Not a test: machines differ and drift, so it prints ratios with their spread and judges nothing.
"""

from __future__ import annotations

import os
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from byline.commands import corpus
from byline.edges import files, programs
from byline.edges.console import DONE, FAILED, Console, answered

if TYPE_CHECKING:
    from byline.edges.programs import Usage

POSTS = 1000
PAIRS = 3
KILLS = 300
_RELATED, _ENGINES, _PROFILE = "bench_related.py", "bench_engines.py", "bench_profile.py"
_UNDER_FIRE = "tests/integration/test_share_under_fire.py"
_PARTS = (_ENGINES, "bench_pictures.py", "bench_publishing.py", "bench_sharing.py", _RELATED)
_REAL = Path("..", "shared", "data", "sites", "nodejs_blog.tar.gz")
_SETTINGS = """\
AUTHOR = "Bench"
SITENAME = "Bench"
SITEURL = "https://bench.example"
PATH = "content"
TIMEZONE = "UTC"
PLUGINS = []
TYPOGRIFY = False
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 50
BYLINE_FEEDS = {"json": ""}
"""
BUILD = """\
from pathlib import Path
from byline.commands import build
from byline.commands.exit_code import Command
from invoke import Context
Command(lambda _: build.run(Path().resolve(), keep_going=False), name="build")(Context())
"""
"""A program in Python that builds the blog of the folder that it is started in, as its task does."""


@dataclass(frozen=True, slots=True)
class Race:
    """How Byline is raced against other engines: with how many posts (numbers, commas between them), how often.

    `growth`: cold builds of 100 to 50,000 posts as well. `figures`: a paper to write the tables into.
    """

    posts: str = "1000"
    rounds: int = PAIRS
    growth: bool = False
    figures: str = ""

    def arguments(self) -> list[str]:
        """Return what the program that races is told."""
        return [
            f"--posts={self.posts}",
            f"--rounds={self.rounds}",
            *(["--growth"] if self.growth else []),
            *([f"--figures={self.figures}"] if self.figures else []),
        ]


def run(  # noqa: PLR0913  what is left out, by its name
    root: Path,
    *,
    related: bool = False,
    kill: bool = False,
    engines: bool = False,
    profile: bool = False,
    race: Race | None = None,
) -> int:
    """Measure builds of about 1,000 posts by Byline and by stock Pelican; print seconds, memory and ratios; then parts.

    `related`: nothing but the part about related posts. `kill`: nothing but the test that kills sharing, 300 times.
    `engines`: nothing but the race against other engines. `profile`: nothing but where the time of a build goes.
    """
    raced = race or Race()

    def bench(console: Console) -> int:
        if related:
            return _part(root, _RELATED)
        if kill:
            test = [sys.executable, "-m", "pytest", "--numprocesses=2", f"--kills={KILLS}", _UNDER_FIRE]
            return FAILED if programs.run(test, cwd=root) else DONE
        if engines:
            return _part(root, _ENGINES, *raced.arguments())
        if profile:
            return _part(root, _PROFILE, f"--posts={raced.posts}")
        _builds(root, console)
        for name in _PARTS:
            console.say("")
            if _part(root, name, *(raced.arguments() if name == _ENGINES else ())):
                return FAILED
        return DONE

    return answered(bench)


def _builds(root: Path, console: Console) -> None:
    """Build in pairs, and print what the builds took."""
    with files.temporary_folder("byline-bench-") as blog:
        console.say(f"{_furnish(root, blog)}, Typogrify off, one Atom feed, Pelican's own theme on both sides.")
        plugins = {"PYTHONPATH": str(root / "plugins")}
        ours, stock = [], []
        for number in range(PAIRS):
            console.progress(number, PAIRS, "Pairs of cold builds")
            files.remove_tree(blog / "output")
            files.remove_tree(blog / ".byline")
            files.remove_tree(blog / "stock")
            ours.append(programs.measured([sys.executable, "-c", BUILD], cwd=blog, environment=plugins))
            pelican = [sys.executable, "-m", "pelican", "-q", "-s", "pelicanconf.py", "-o", "stock"]
            stock.append(programs.measured(pelican, cwd=blog))
        for line in table(ours, stock):
            console.say(line)


def _part(root: Path, name: str, *arguments: str) -> int:
    """Run one of the programs in tests/ to its end; return an exit code."""
    rooms = os.pathsep.join(str(root / room) for room in ("plugins", "tests"))
    script = [sys.executable, str(root / "tests" / name), *arguments]
    return FAILED if programs.run(script, cwd=root, environment={"PYTHONPATH": rooms}) else DONE


def table(ours: list[Usage], stock: list[Usage]) -> list[str]:
    """Return the report: medians and the highest peak of each side, and the ratio of each pair with its spread."""
    lines = [f"{'':18}{'CPU s':>8}{'wall s':>8}{'peak MiB':>10}"]
    for name, usages in (("Byline", ours), ("stock Pelican", stock)):
        cpu = statistics.median(usage.cpu for usage in usages)
        wall = statistics.median(usage.wall for usage in usages)
        peak = max(usage.peak for usage in usages)
        lines.append(f"{name:18}{cpu:8.2f}{wall:8.2f}{peak:10.0f}")
    ratios = sorted(mine.cpu / theirs.cpu for mine, theirs in zip(ours, stock, strict=True))
    lines.append(f"CPU, Byline / stock: {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")
    return lines


def _furnish(root: Path, blog: Path) -> str:
    """Write a blog's settings and content; return what it is: a real one where its archive is there, else invented."""
    files.put(blog / "pelicanconf.py", _SETTINGS.encode())
    archive = root / _REAL
    if archive.exists():
        files.unpack(archive, blog)
        # The front page of that site is no post: it has no date.
        files.remove_tree(blog / "content" / "blog" / "index.md")
        return f"{len(list((blog / 'content').rglob('*.md')))} real posts"
    for name, text in corpus.posts(POSTS):
        files.put(blog / "content" / name, text.encode())
    return f"{POSTS} invented posts"
