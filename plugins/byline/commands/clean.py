"""`clean`: removes what Byline and its tools made and can make again.

Not the records of releases, and nothing of the writer's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.edges import files
from byline.edges.console import DONE, Console, answered
from byline.values.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MADE = (
    ".byline/as_built.json",
    ".byline/live",
    ".byline/pages.json",
    ".byline/plugins",
    ".byline/readings.sqlite",
    ".byline/related",
    ".byline/sources.json",
    ".byline/stage",
    ".byline/targets",
    ".coverage",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "htmlcov",
)


def run(root: Path) -> int:
    """Remove the generated files below `root`; return the exit code."""
    return answered(lambda console: _clean(root, console))


def _clean(root: Path, console: Console) -> int:
    from byline.site import stage

    with files.lock(root / ".byline" / "lock"):
        removed = stage.clean(root)
        for path in _made(root):
            files.remove_tree(path)
    console.say(f"Removed the caches and {counted(removed, 'file')} from the output.")
    return DONE


def _made(root: Path) -> Iterator[Path]:
    yield from (root / name for name in MADE)
    for room in ("plugins", "tests"):
        yield from sorted((root / room).rglob("__pycache__"))
