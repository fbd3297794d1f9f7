"""`new`: a draft in content/posts/ with front matter to fill in and a stable Id; no date until it is published.

Not an editor, and never over a file that is there.
"""

from __future__ import annotations

import dataclasses
import posixpath
import re
import shlex
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from byline.commands.picture_file import below
from byline.credits import embedded
from byline.credits.licenses import UNKNOWN, by_name
from byline.credits.sources.found import of_file
from byline.edges import files, from_pelican, pictures, programs
from byline.edges.console import DONE, Console, answered
from byline.site.configuration import load
from byline.values.problem import Fault, Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

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
_POSTS, _IMAGES = "posts", "images"
_TO_FILL_IN = ("alt", "creator", "license")
"""Fields of a lead picture that have a line whatever its file says; `alt` is the writer's own."""
_SAID = ("source", "title", "creator_url", "credit_line", "copyright", "acquire")
"""Fields that have one where its file says them."""
_UNFIT = re.compile(r"[^\w.()+,-]+")
"""What in a file's name would have to be quoted in an address or in Markdown."""


@dataclass(frozen=True, slots=True)
class _Lead:
    """The picture of a new post: its path below content/, what its file says, its bytes unless they are there.

    `located` is whether the file tells where it was taken.
    """

    path: str
    fields: Mapping[str, object]
    body: bytes | None
    located: bool

    def __str__(self) -> str:
        """Return its lines of front matter."""
        address = posixpath.relpath(self.path, _POSTS).replace("%", "%25")
        creators = self.fields.get("creator", ())
        several = isinstance(creators, tuple) and len(creators) > 1
        said = {**self.fields, "creator": ", ".join(creators) if isinstance(creators, tuple) else creators}
        # A line of front matter is one name: several stay in the file, where they are read as well.
        names = [name for name in _TO_FILL_IN if not (several and name == "creator")]
        license_ = by_name(str(said.get("license", "")))
        names += [name for name in _SAID if name in said or (name == "source" and license_ and license_.source)]
        lines = "".join(f"Photo_{name}: {said.get(name, '')}".rstrip() + "\n" for name in names)
        return f"Photo: {address}\n{lines}"

    @property
    def told(self) -> str:
        """Return the sentence that says what its file says, and what is left to say."""
        creators = self.fields.get("creator", ())
        missing = ", ".join(f"Photo_{name}" for name in _TO_FILL_IN if not self.fields.get(name))
        named = f"Its file names {', '.join(creators)}." if isinstance(creators, tuple) and creators else ""
        if named:
            return f"{named} Fill in {missing}."
        return f"Its file names nobody. Fill in {missing}; or Photo_alt and Photo_own: true for a picture of your own."


def run(root: Path, title: str, *, photo: str, edit: bool) -> int:
    """Write a draft with this title; `photo` is a picture to copy to content/images/, `edit` opens the editor."""

    def new(console: Console) -> int:
        configuration = load(root / "pelicanconf.py")
        lead = _lead(photo, Path(configuration.pelican["PATH"])) if photo else None
        path = draft(configuration, title, lead)
        console.say(
            f"{path.relative_to(root).as_posix()} is a draft: only you see it, in `serve`, until you publish it."
        )
        if lead:
            folder = Path(configuration.pelican["PATH"]).name
            console.say(f"Its picture is {lead.path} in {folder}/. {lead.told}")
            if lead.located:
                file = shlex.quote(f"{folder}/{lead.path}")
                console.say(f"It tells where it was taken. This takes it out: {pictures.WITHOUT_PLACE} {file}")
        if edit:
            programs.edit(path)
        return DONE

    return answered(new)


def draft(configuration: Configuration, title: str, lead: _Lead | None = None) -> Path:
    """Write a draft, and its lead picture; return the draft's path.

    Raises Fault when the title gives no slug, or a file would be overwritten.
    """
    content = Path(configuration.pelican["PATH"])
    words = " ".join(title.split())
    slug = from_pelican.slug(words, configuration.pelican)
    if not slug:
        raise Fault(Problem("no-slug", f"The title {title!r} gives no address.", "Use at least one letter or digit."))
    path = content / _POSTS / f"{slug}.md"
    place = Place(path.relative_to(configuration.file.parent).as_posix())
    if path.exists():
        raise Fault(Problem("file-there", "This file is already there.", "Choose another title, or edit it.", place))
    if lead and lead.body is not None:
        files.write(content / lead.path, lead.body)
    text = _DRAFT.format(title=words, slug=slug, identity=uuid.uuid4(), photo=lead or "")
    files.write(path, text.encode())
    return path


def _lead(photo: str, content: Path) -> _Lead:
    """Return the picture that a person names, with what its file says.

    Raises Fault when it is no picture that pages can show, or when another one has its name in content/images/.
    """
    picture = Path(photo).expanduser()
    place = Place(photo)
    body = files.read_if_there(picture)
    if body is None:
        raise Fault(Problem("missing-picture", "There is no such picture.", "Name a picture's file.", place))
    head = pictures.measured(picture)
    if head.fault:
        raise Fault(dataclasses.replace(head.fault, severity=Severity.STRUCTURAL))
    found = of_file(embedded.fields(head.xmp, head.iim)).fields
    fields = {name: value for name, value in found.items() if value != UNKNOWN.code}
    if path := below(picture, content):
        return _Lead(path, fields, None, head.located)
    path = f"{_IMAGES}/{_fit(picture.name)}"
    there = files.read_if_there(content / path)
    if there is not None and there != body:
        what = f"Another picture named {posixpath.basename(path)} is in {content.name}/{_IMAGES}/ already."
        raise Fault(Problem("file-there", what, "Rename yours.", place))
    return _Lead(path, fields, body if there is None else None, head.located)


def _fit(name: str) -> str:
    """Return a file's name as it can stand in addresses: its own, composed (NFC), hyphens for what would be quoted.

    A name that begins with a dot or an underscore would be passed over.
    """
    return _UNFIT.sub("-", normalize("NFC", name)).lstrip("._-") or "picture"
