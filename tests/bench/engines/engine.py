"""An engine that takes part: what it is given, how it is started, what it leaves.

Not how it is measured, and none knows another.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from byline.commands.corpus import Invented

SITES = Path(__file__).resolve().parents[1] / "sites"
STYLE = SITES / "style.css"


class Settings(Protocol):
    """Gives the path of a file, and what stands in it."""

    def __call__(self, *, related: bool) -> tuple[str, str]:
        """Return both, with or without related posts."""


@dataclass(frozen=True)
class Engine:
    """A static site generator, installed here.

    `site` are the files and folders that its site begins with, each with its place there; `posts` is where posts are,
    and `source` gives what stands in one; `settings` is a file more, with or without related posts. `build` and `serve`
    (at a port) are command lines, run in the site's folder with `environment` added. `made` is what it makes, `kept`
    what it keeps for the next time. `rebuilds`: it does less when less has changed, so that this is measured, too.
    Where `relates` is False it has no related posts. `largest` is the most posts that are worth the wait.
    """

    name: str
    site: Mapping[str, Path]
    posts: str
    source: Callable[[Invented], str]
    build: tuple[str, ...]
    made: str
    settings: Settings | None = None
    kept: tuple[str, ...] = ()
    serve: Callable[[int], tuple[str, ...]] | None = None
    environment: Mapping[str, str] | None = None
    rebuilds: bool = False
    relates: bool = False
    largest: int = 10_000

    def begin(self, folder: Path) -> None:
        """Write what its site begins with, but the posts."""
        for place, source in self.site.items():
            if source.is_dir():
                shutil.copytree(source, folder / place, dirs_exist_ok=True)
            else:
                (folder / place).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, folder / place)

    def write(self, folder: Path, post: Invented) -> None:
        """Write a post."""
        file = self.file(folder, post.slug)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.source(post), "utf-8")

    def file(self, folder: Path, slug: str) -> Path:
        """Return the file of a post."""
        return folder / self.posts / f"{slug}.md"

    def set_related(self, folder: Path, *, related: bool) -> None:
        """Turn related posts on or off."""
        if self.settings:
            path, text = self.settings(related=related)
            (folder / path).write_text(text, "utf-8")

    def surroundings(self) -> dict[str, str]:
        """Return the environment that it is started in."""
        return {**os.environ, **(self.environment or {})}

    def clear(self, folder: Path) -> None:
        """Set aside all that it made and kept, beside the site, as if it had never run.

        Not removed: where many files were just deleted, ext4 looks long for room for new ones, and measures would vary.
        """
        for name in (self.made, *self.kept):
            if (folder / name).exists():
                (folder / name).rename(Path(tempfile.mkdtemp(prefix="aside-", dir=folder.parent)) / name)


def installed(name: str) -> str | None:
    """Return where a program is: on the PATH, or beside this Python, where pip puts those that it installs."""
    return shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), str(Path(sys.executable).parent))))


def yaml(front: Mapping[str, object], text: str) -> str:
    """Return a post as Hugo and Eleventy read it: front matter between lines, each value in JSON, which YAML has."""
    keys = "".join(f"{key}: {json.dumps(value)}\n" for key, value in front.items())
    return f"---\n{keys}---\n\n{text}\n"
