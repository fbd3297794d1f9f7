"""A build that is killed leaves the old site, or one that the next command makes whole."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from byline.site import stage

if TYPE_CHECKING:
    from pathlib import Path

    from blog import Blog

BUILD = """
import sys
from pathlib import Path
from byline.commands import build
sys.exit(build.run(Path().resolve(), keep_going=False))
"""
RECOVER = "from pathlib import Path; from byline.site import stage; stage.recover(Path('.byline').resolve())"


def test_fifty_kills_at_random_moments(blog: Blog, environment: dict[str, str], tmp_path: Path) -> None:
    for number in range(30):
        blog.post(f"post-{number}", f"Old words of post {number}.\n" * 20, Tags=f"tag {number % 7}")
    blog.build()
    old = blog.made()
    shutil.copytree(blog.root, tmp_path / "old")
    for number in range(30):
        blog.post(f"post-{number}", f"New words of post {number}.\n" * 20, Tags=f"tag {number % 5}, new")
    shutil.copytree(blog.root / "content", tmp_path / "new-content")
    begun = time.perf_counter()
    run(BUILD, blog.root, environment)
    whole = time.perf_counter() - begun
    new = blog.made()
    assert old != new

    moments = random.Random(20)  # noqa: S311  moments, not secrets
    outcomes = {"old": 0, "new": 0}
    for _ in range(50):
        shutil.rmtree(blog.root)
        shutil.copytree(tmp_path / "old", blog.root)
        shutil.rmtree(blog.root / "content")
        shutil.copytree(tmp_path / "new-content", blog.root / "content")
        # Most kills in the last third of the run, where the output folder changes.
        kill_after(moments.triangular(0.1, 1.02, 0.9) * whole, blog.root, environment)
        run(RECOVER, blog.root, environment)
        made = blog.made()
        assert made in (old, new), sorted(set(made.items()) ^ set(new.items()))[:5]
        outcomes["old" if made == old else "new"] += 1
    assert outcomes["old"] > 0


def test_a_kill_at_every_step_of_applying_is_finished_by_the_next_command(blog: Blog, tmp_path: Path) -> None:
    """The journal, cut off after each of its steps in turn: what is left undone is done by recovering."""
    blog.build()
    blog.post("third", "New.")
    (blog.root / "content/posts/first.md").unlink()
    shutil.copytree(blog.root, tmp_path / "before")
    blog.build()
    new = blog.made()

    steps = 0
    while True:
        shutil.rmtree(blog.root)
        shutil.copytree(tmp_path / "before", blog.root)
        finished = interrupted(blog, steps)
        stage.recover(blog.root / ".byline")
        assert blog.made() == new
        if finished:
            break
        steps += 1
    assert steps > 10


def interrupted(blog: Blog, steps: int) -> bool:
    """Build, and stop as a kill would after this many changes of files; return whether it came to its end."""
    changes = iter(range(steps))

    def count(event: str, arguments: tuple[object, ...]) -> None:
        changing = event in {"os.rename", "os.remove", "os.rmdir"}
        if live and changing and str(blog.root) in str(arguments[0]) and (blog.root / ".byline/journal.json").exists():
            next(changes)

    live = [True]
    sys.addaudithook(count)
    try:
        blog.build()
    except (StopIteration, RuntimeError):
        return False
    finally:
        live.clear()
    return True


def kill_after(seconds: float, root: Path, environment: dict[str, str]) -> None:
    """Start a build and kill it after a while, if it is still running."""
    process = subprocess.Popen(
        [sys.executable, "-c", BUILD], cwd=root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def run(code: str, root: Path, environment: dict[str, str]) -> None:
    """Run Python code in another process, in a folder."""
    subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, check=True, capture_output=True)
