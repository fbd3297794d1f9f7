"""`new`: a draft in content/posts/ with front matter to fill in and a stable Id; no date until it is published.

Not an editor, and never over a file that is there.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from byline.edges import files, from_pelican, programs
from byline.edges.console import DONE, Console, answered
from byline.site.configuration import load
from byline.values.problem import Fault, Place, Problem

if TYPE_CHECKING:
    from byline.site.configuration import Configuration

_DRAFT = """\
Title: {title}
Status: draft
Tags:
Slug: {slug}
Id: {identity}
Summary:
{photo}Question:

"""
_PHOTO = """\
Photo: ../images/{name}
Photo_alt:
Photo_creator:
"""


def run(root: Path, title: str, *, photo: str, edit: bool) -> int:
    """Write a draft with this title; `photo` is a picture to copy to content/images/, `edit` opens the editor."""

    def new(console: Console) -> int:
        path = draft(load(root / "pelicanconf.py"), title, photo)
        console.say(
            f"{path.relative_to(root).as_posix()} is a draft: only you see it, in `serve`, until you publish it."
        )
        if edit:
            programs.edit(path)
        return DONE

    return answered(new)


def draft(configuration: Configuration, title: str, photo: str = "") -> Path:
    """Write a draft and return its path. Raises Fault when the title gives no slug, or a file would be overwritten."""
    content = Path(configuration.pelican["PATH"])
    words = " ".join(title.split())
    slug = from_pelican.slug(words, configuration.pelican)
    if not slug:
        raise Fault(Problem("no-slug", f"The title {title!r} gives no address.", "Use at least one letter or digit."))
    path = content / "posts" / f"{slug}.md"
    place = Place(path.relative_to(configuration.file.parent).as_posix())
    if path.exists():
        raise Fault(Problem("file-there", "This file is already there.", "Choose another title, or edit it.", place))
    picture = _PHOTO.format(name=_copied(Path(photo).expanduser(), content / "images")) if photo else ""
    text = _DRAFT.format(title=words, slug=slug, identity=uuid.uuid4(), photo=picture)
    files.write(path, text.encode())
    return path


def _copied(picture: Path, images: Path) -> str:
    """Copy a picture to content/images/ and return its name there. Raises Fault when another has that name."""
    body = files.read_if_there(picture)
    place = Place(str(picture))
    if body is None:
        raise Fault(Problem("missing-picture", "There is no such picture.", "Name a picture's file.", place))
    target = images / picture.name
    there = files.read_if_there(target)
    if there is not None and there != body:
        what = f"Another picture named {picture.name} is in {images.parent.name}/{images.name}/ already."
        raise Fault(Problem("file-there", what, "Rename yours.", place))
    if there is None:
        files.write(target, body)
    return picture.name
