"""A small blog in a folder of its own, as tests write, build and look at it.

Not a test, and not Byline: it types what a writer would.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from byline.commands import build

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """\
AUTHOR = "Ada Example"
SITENAME = "Small site"
SITEURL = "https://me.example"
PATH = "content"
TIMEZONE = "UTC"
PLUGINS = []
IGNORE_FILES = [".*", "_*"]
ARTICLE_EXCLUDES = ["pages", "images"]
"""


@dataclass
class Blog:
    """A blog below `root`: write sources, build, look at what came out and what was said."""

    root: Path
    said: str = ""
    told: str = ""

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file below the blog's root."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def post(self, name: str, body: str = "Words.", **front: str) -> Path:
        """Write a post below content/posts/, with a title and a date unless they are given."""
        keys = {"Title": name.capitalize(), "Date": "2020-01-01 09:30", **front}
        lines = "".join(f"{key}: {value}\n" for key, value in keys.items() if value)
        return self.write(f"content/posts/{name}.md", f"{lines}\n{body}\n")

    def edit(self, name: str, old: str, new: str) -> Path:
        """Say something else in a post that is there, and leave the rest of it, its date above all, as it is."""
        source = self.root / f"content/posts/{name}.md"
        text = source.read_text("utf-8")
        assert old in text
        source.write_text(text.replace(old, new), "utf-8")
        return source

    def settings(self, more: str) -> None:
        """Write the settings: the small ones, and more lines."""
        self.write("pelicanconf.py", SETTINGS + more)

    def build(self, *, keep_going: bool = False) -> int:
        """Build, keep what was said on standard output and told on standard error, return the exit code."""
        output, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            code = build.run(self.root, keep_going=keep_going)
        self.said, self.told = output.getvalue(), errors.getvalue()
        return code

    @property
    def output(self) -> Path:
        """The folder of the built site."""
        return self.root / "output"

    def page(self, path: str) -> str:
        """Return a made file as text."""
        return (self.output / path).read_text("utf-8")

    def made(self) -> dict[str, str]:
        """Return the digests of all files in output/ by path."""
        files = sorted(path for path in self.output.rglob("*") if path.is_file())
        return {str(path.relative_to(self.output)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
