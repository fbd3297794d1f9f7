"""A build with nothing to do ends at once; and one with anything to do never does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from byline.commands import build
from byline.edges import files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from blog import Blog

IMPORTED = """
import sys
from datetime import timedelta
from pathlib import Path
from byline.commands import build
from byline.edges import files
files.TICK = timedelta()
code = build.run(Path().resolve(), keep_going=False)
print(sorted({"PIL", "jinja2", "markdown", "pelican"} & sys.modules.keys()))
sys.exit(code)
"""


@pytest.fixture
def quiet(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> Blog:
    """Give a blog that was built, some time after its last edit."""
    monkeypatch.setattr(files, "TICK", timedelta())
    blog.write("content/images/boat.txt", "a file")
    blog.settings('STATIC_PATHS = ["images"]\n')
    assert blog.build() == 0
    return blog


def at_once(blog: Blog, environment: dict[str, str] | None = None) -> bool:
    """Build in a process of its own; tell whether it ended before Pelican was imported."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    ran = subprocess.run(
        [sys.executable, "-c", IMPORTED],
        cwd=blog.root,
        env=plain | {"PYTHONPATH": os.pathsep.join(sys.path)} | (environment or {}),
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.splitlines()[-1] == "[]"


def built_once_more(blog: Blog) -> bool:
    """Build twice as a writer does, in processes of their own; tell whether the second ended at once."""
    at_once(blog)
    return at_once(blog)


def test_nothing_changed_ends_before_pelican_is_imported(quiet: Blog) -> None:
    made = quiet.made()

    assert built_once_more(quiet)
    assert quiet.made() == made


def test_it_says_what_the_whole_build_said(quiet: Blog) -> None:
    quiet.post("linked", "[gone](gone.md)")
    quiet.build()
    quiet.build()
    told, said = quiet.told, quiet.said

    quiet.build()

    assert "gone.md" in told
    assert quiet.told == told
    assert quiet.said.split("(")[0] == said.split("(")[0]
    assert "0 written" in said


CHANGES: dict[str, Callable[[Path], object]] = {
    "a post edited to the same length": lambda root: same_length(root / "content/posts/first.md"),
    "a post added": lambda root: (root / "content/posts/new.md").write_text("Title: New\nDate: 2020-01-01\n\nNew."),
    "a post deleted": lambda root: (root / "content/posts/first.md").unlink(),
    "a file renamed": lambda root: (root / "content/images/boat.txt").rename(root / "content/images/ship.txt"),
    "a setting": lambda root: more(root / "pelicanconf.py", 'SITENAME = "Another"\n'),
    "a page of the site edited by another": lambda root: same_length(root / "output/first.html"),
    "a page of the site deleted": lambda root: (root / "output/first.html").unlink(),
    "a file of another in the site": lambda root: (root / "output/foreign.txt").write_text("mine"),
    "all of the site deleted": lambda root: shutil.rmtree(root / "output"),
    "the records of releases deleted": lambda root: shutil.rmtree(root / ".byline/releases"),
    "the list of what was made deleted": lambda root: (root / ".byline/built.json").unlink(),
    "the note itself cut short": lambda root: cut(root / ".byline/as_built.json"),
    "one bit of the note": lambda root: flipped(root / ".byline/as_built.json"),
}


def same_length(file: Path) -> None:
    """Change a letter, and leave the size and the time of change as they were."""
    found = file.stat()
    text = file.read_text("utf-8")
    file.write_text("a".join(text.rsplit("e", 1)), "utf-8")
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))


def more(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def flipped(file: Path) -> None:
    body = bytearray(file.read_bytes())
    body[-40] ^= 1
    file.write_bytes(bytes(body))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_any_change_is_built(quiet: Blog, change: Callable[[Path], object]) -> None:
    assert built_once_more(quiet)

    change(quiet.root)

    assert not at_once(quiet)


def test_a_deleted_page_comes_back(quiet: Blog) -> None:
    quiet.build()
    page = next(path for path in sorted(quiet.output.rglob("*.html")) if path.name != "index.html")
    body = page.read_bytes()
    page.unlink()

    quiet.build()

    assert page.read_bytes() == body


def test_a_file_that_the_settings_read_counts(quiet: Blog) -> None:
    more(quiet.root / "pelicanconf.py", "import pathlib\nSITENAME = pathlib.Path('name.txt').read_text()\n")
    quiet.write("name.txt", "One")
    assert built_once_more(quiet)

    quiet.write("name.txt", "Two")

    assert not at_once(quiet)


def test_a_neighbour_of_the_settings_counts(quiet: Blog) -> None:
    quiet.write("own.py", "NAME = 'One'\n")
    more(quiet.root / "pelicanconf.py", "import own\nSITENAME = 'Always the same'\n")
    assert built_once_more(quiet)

    quiet.write("own.py", "NAME = 'Two'\n")

    assert not at_once(quiet)


def test_the_language_of_the_machine_counts(quiet: Blog) -> None:
    assert built_once_more(quiet)

    assert not at_once(quiet, {"LC_TIME": "de_DE.UTF-8"})


def test_settings_that_are_no_plain_data_are_built_each_time(quiet: Blog) -> None:
    more(quiet.root / "pelicanconf.py", "JINJA_GLOBALS = {'shout': str.upper}\n")

    assert not built_once_more(quiet)


def test_a_site_with_a_plugin_of_anothers_is_built_each_time(quiet: Blog) -> None:
    quiet.write("loud.py", "def register():\n    pass\n")
    more(quiet.root / "pelicanconf.py", "PLUGIN_PATHS = ['.']\nPLUGINS = ['loud']\n")

    assert not built_once_more(quiet)


def test_a_post_comes_due_without_an_edit(quiet: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)
    due = now + timedelta(hours=1)
    quiet.post("later", Date=f"{due:%Y-%m-%d %H:%M}")
    at_once(quiet)

    class Later(datetime):
        @classmethod
        def now(cls, _zone: object = None) -> datetime:  # type: ignore[override]  # the clock as the command asks it
            return due + timedelta(minutes=1)

    assert at_once(quiet)
    monkeypatch.setattr(build, "datetime", Later)
    quiet.build()
    assert (quiet.output / "later.html").exists()


def test_an_edit_within_the_tick_of_the_clock_is_never_missed(blog: Blog) -> None:
    blog.build()

    assert not (blog.root / ".byline/as_built.json").exists(), "the blog was written less than two seconds ago"
