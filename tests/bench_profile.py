"""Where the time of a cold build goes: `./byline bench --profile`.

Not a test, and no measure of how long it takes: a profile slows down what it looks at.
"""

from __future__ import annotations

import argparse
import marshal
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import profiling
from bench.engines.pelicans import byline
from byline.commands.corpus import invented
from byline.edges.console import Console

PROFILED = """\
import cProfile, os, sys
from pathlib import Path
os.cpu_count = lambda: 1  # no workers: what they do would not be seen
from byline.commands import build
with cProfile.Profile() as profile:
    code = build.run(Path().resolve(), keep_going=False)
profile.dump_stats(sys.argv[1])
sys.exit(code)
"""


def main(arguments: list[str], console: Console) -> None:
    """Profile a cold build of invented posts, with related ones, and print where its time went."""
    parser = argparse.ArgumentParser(description="where the time of a build goes")
    parser.add_argument("--posts", type=int, default=1000, help="how many posts")
    posts = parser.parse_args(arguments).posts
    with tempfile.TemporaryDirectory(prefix="byline-bench-") as home:
        stats = profiled(Path(home), posts)
    console.say(f"A cold build of {posts:,} posts in one process, with related posts:")
    for line in ("", *profiling.places(stats), "", *profiling.functions(stats)):
        console.say(line)


def profiled(home: Path, posts: int) -> profiling.Stats:
    """Build a blog below a folder, and return what Python's profiler kept of it."""
    engine, blog, kept = byline(), home / "blog", home / "profile"
    engine.begin(blog)
    engine.set_related(blog, related=True)
    for post in invented(posts):
        engine.write(blog, post)
    child = [sys.executable, "-c", PROFILED, str(kept)]
    subprocess.run(child, cwd=blog, env=engine.surroundings(), check=True, stdout=subprocess.DEVNULL)
    stats: profiling.Stats = marshal.loads(kept.read_bytes())  # noqa: S302  written by the child
    return stats


if __name__ == "__main__":
    main(sys.argv[1:], Console())
