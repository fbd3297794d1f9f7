"""What stands in the way of files that Byline is about to move into a folder, and must not be overwritten.

Not the moving, which is the stage's.
"""

from __future__ import annotations

import os
import posixpath
from functools import cache
from typing import TYPE_CHECKING

from byline.edges import folders
from byline.values.problem import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def in_the_way(output: Path, paths: Iterable[str], deleted: set[str]) -> Iterator[Problem]:
    """Yield a Problem for a folder where a file must stand, or a file where a folder must, that Byline did not make.

    `paths` are those of the files, below the folder; `deleted` of others that Byline made, and is about to delete.
    """
    top = f"{output}{os.sep}"

    @cache
    def file_at(folder: str) -> str:
        """Return the path of the file that stands where a folder must be, or one above it; empty for none."""
        if folder not in deleted and os.path.isfile(top + folder):  # noqa: PTH113  a Path takes five times as long
            return folder
        return "" if folder == "." else file_at(posixpath.dirname(folder) or ".")

    for path in paths:
        if os.path.isdir(top + path):  # noqa: PTH112  asked of thousands of files
            found = folders.tree(output / path, lambda _name: False, lambda _path: None)
            foreign = next((name for name in found if f"{path}/{name}" not in deleted), None)
            if foreign is not None:
                what = f"{output.name}/{path} is a folder that holds {foreign}, which Byline did not make."
                yield Problem("in-the-way", what, "Move that away.", Place(f"{output.name}/{path}"))
        if file := file_at(posixpath.dirname(path) or "."):
            what = f"{output.name}/{file} is a file that Byline did not make, and a folder is needed there."
            yield Problem("in-the-way", what, "Move that away.", Place(f"{output.name}/{file}"))
