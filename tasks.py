"""Byline: a post is written once, credited always, and shared only after it is live.

Every day:

  ./byline new "Title"   start a draft in content/posts/
  ./byline serve         see the blog as you write it, on 127.0.0.1

All tasks: ./byline --list     One task: ./byline --help new     On Windows: py byline TASK
"""

import sys
from pathlib import Path

from invoke import Context, task

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "plugins"))

from byline.commands import hand_over  # noqa: E402 - found on the path above

hand_over.to_environment(ROOT)

from byline.commands.exit_code import Command  # noqa: E402 - only once we are in the environment


@task(
    klass=Command,
    auto_shortflags=False,
    help={"title": "what the post is called", "photo": "its picture, copied", "edit": "open it in your editor"},
)
def new(_: Context, title: str, photo: str = "", edit: bool = False) -> int:
    """Start a draft in content/posts/."""
    from byline.commands.new import run

    return run(ROOT, title, photo=photo, edit=edit)


@task(
    klass=Command,
    auto_shortflags=False,
    help={
        "port": "where to listen on 127.0.0.1",
        "open": "open it in your browser",
        "published": "exactly the site: no drafts, no future posts",
    },
)
def serve(_: Context, port: int = 8000, open: bool = False, published: bool = False) -> int:  # noqa: A002 - the flag is --open
    """See the blog as you write it: drafts and future posts shown and marked."""
    from byline.commands.serve import run

    return run(ROOT, port=port, open_browser=open, published=published)


@task(
    klass=Command,
    auto_shortflags=False,
    help={"name": "your name", "title": "the blog's title", "url": "its public address"},
)
def begin(_: Context, name: str, title: str = "", url: str = "") -> int:
    """Make the blog yours: remove the demo, write name, title and address into the settings."""
    from byline.commands.begin import run

    return run(ROOT, name, title=title, url=url)


@task(klass=Command, auto_shortflags=False, help={"keep-going": "write what can be written, and still exit 1"})
def build(_: Context, keep_going: bool = False) -> int:
    """Make output/ from content/; a fault leaves the last good output in place."""
    from byline.commands.build import run

    return run(ROOT, keep_going=keep_going)


@task(klass=Command, auto_shortflags=False, help={"all": "no skips, and coverage measured"})
def test(_: Context, all: bool = False) -> int:  # noqa: A002 - the flag is --all
    """Lint, check the types, run the tests."""
    from byline.commands.test import run

    return run(ROOT, all_tests=all)


@task(klass=Command, auto_shortflags=False)
def bench(_: Context) -> int:
    """Measure how long building and previewing take."""
    from byline.commands.bench import run

    return run(ROOT)


@task(klass=Command, auto_shortflags=False)
def clean(_: Context) -> int:
    """Remove generated files."""
    from byline.commands.clean import run

    return run(ROOT)
