"""The picture that a person means: a file below content/, typed from wherever they are.

Not a search: a picture that is not there, or lies elsewhere, is a fault.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from unicodedata import normalize

from byline.edges import folders
from byline.site.reader import PICTURES
from byline.values.problem import Fault, Place, Problem
from byline.values.text import meant

if TYPE_CHECKING:
    from collections.abc import Iterator


def picture_file(name: str, root: Path, content: Path) -> str:
    """Return a picture's path below content/, POSIX, as its file is spelt.

    The name counts from where the person is, from the project's folder, or from content/. Raises Fault when there is no
    such file, or it is not below content/.
    """
    typed = Path(name).expanduser()
    there = [found for found in (Path.cwd() / typed, root / typed, content / typed) if found.is_file()]
    if path := next((path for found in there if (path := below(found, content))), None):
        return path
    if there:
        what = f"{name} is not below {content.name}/, where the pictures of the site are."
        raise Fault(Problem("missing-picture", what, f"Copy it to {content.name}/images/.", Place(name)))
    known = list(_pictures(content))
    asked = normalize("NFC", typed.as_posix()).removeprefix(f"{content.name}/")
    if same := [path for path in known if normalize("NFC", path) == asked]:
        return same[0]
    named = [path for path in known if PurePosixPath(path).name.casefold() == PurePosixPath(asked).name.casefold()]
    hint = f" Did you mean {named[0]}?" if named else meant(asked, known)
    raise Fault(Problem("missing-picture", f"There is no picture {name}.", f"Name a picture's file.{hint}"))


def below(file: Path, content: Path) -> str | None:
    """Return a file's path below content/, POSIX; None when it is not below it. Links are followed if need be."""
    for inner, outer in ((Path(os.path.abspath(file)), content), (file.resolve(), content.resolve())):  # noqa: PTH100  links stay
        if inner.is_relative_to(outer):
            return inner.relative_to(outer).as_posix()
    return None


def _pictures(content: Path) -> Iterator[str]:
    for path in folders.tree(content, lambda name: name.startswith((".", "_")), lambda _path: None):
        if path.rpartition(".")[2].lower() in PICTURES:
            yield path
