"""`begin`: the blog becomes the writer's own: the demo goes, their name, title and address stand in the settings.

Not for a blog that has begun: a post that is not the demo's stops it before anything changes.
"""

from __future__ import annotations

import ast
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from byline.commands import new
from byline.edges import clock, files
from byline.edges.console import DONE, Console, answered
from byline.site.configuration import load
from byline.values.problem import Fault, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DEMO = Path("plugins", "byline", "commands", "demo.sha256")
_ABOUT = """\
Title: About
Slug: about

I am {name}. Write here who you are, what you know, and how people can reach you.
"""
_FIRST = "My first post"
_AUTHOR = {
    "line": "One line about who you are.",
    "bio": "",
    "portrait": "",
    "email": "",
    "profiles": [],
    "fediverse": "",
    "offer": {"text": "", "url": ""},
}
_MENU = [("Posts", "archives/"), ("About", "about/"), ("Subscribe", "subscribe/")]


def run(root: Path, name: str, *, title: str, url: str) -> int:
    """Make the blog in `root` that of `name`, called `title` (else the name), at the address `url` (may come later)."""

    def begin(console: Console) -> int:
        settings = root / "pelicanconf.py"
        content = Path(load(settings).pelican["PATH"])
        demo = list(demo_files(root))
        _refuse_own_posts(root, content, set(demo))
        wanted = {
            "AUTHOR": name,
            "SITENAME": title or name,
            "SITESUBTITLE": "",
            "BYLINE_AUTHOR": _AUTHOR,
            "MENUITEMS": _MENU,
            "TIMEZONE": clock.zone(),
            **({"SITEURL": url.rstrip("/")} if url else {}),
        }
        files.write(settings, with_values(settings.read_text("utf-8"), wanted).encode())
        for path in demo:
            files.remove(path, content)
        about = content / "pages" / "about.md"
        if not about.exists():
            files.write(about, _ABOUT.format(name=name).encode())
        first = new.draft(load(settings), _FIRST)
        console.say(f"This is {name}'s blog now. pelicanconf.py holds your name; say in it who you are.")
        console.say(f"Your first draft: {first.relative_to(root).as_posix()}. See it with: ./byline serve")
        if not url:
            console.say("Your address is still the demo's: set SITEURL in pelicanconf.py before you publish.")
        return DONE

    return answered(begin)


def demo_files(root: Path) -> Iterator[Path]:
    """Yield the files of the demo that are still as Byline brought them."""
    for line in (root / _DEMO).read_text("utf-8").splitlines():
        digest, name = line.split("  ", 1)
        body = files.read_if_there(root / name)
        if body is not None and hashlib.sha256(body).hexdigest() == digest:
            yield root / name


def with_values(source: str, values: Mapping[str, object]) -> str:
    """Return the source of a settings file with these names given these values, in their place or at the end.

    Comments and all other lines stay as they are.
    """
    lines = source.splitlines(keepends=True)
    missing = dict(values)
    nodes = [node for node in ast.parse(source).body if isinstance(node, ast.Assign)]
    for node in reversed(nodes):
        target = node.targets[0]
        if isinstance(target, ast.Name) and target.id in missing:
            lines[node.lineno - 1 : node.end_lineno] = [_assignment(target.id, missing.pop(target.id))]
    return "".join([*lines, *(_assignment(name, value) for name, value in missing.items())])


def _assignment(name: str, value: object) -> str:
    """Return `NAME = value` as a person would write it: double quotes, a dict's keys on lines of their own."""
    if isinstance(value, dict):
        inner = "".join(f"    {_quoted(key)}: {_quoted(part)},\n" for key, part in value.items())
        return f"{name} = {{\n{inner}}}\n"
    return f"{name} = {_quoted(value)}\n"


def _quoted(value: object) -> str:
    if isinstance(value, str):
        return '"' + re.sub(r'(["\\])', r"\\\1", value).replace("\n", "\\n") + '"'
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(key)}: {_quoted(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        inner = ", ".join(map(_quoted, value))
        return f"[{inner}]" if isinstance(value, list) else f"({inner})"
    return repr(value)


def _refuse_own_posts(root: Path, content: Path, demo: set[Path]) -> None:
    """Raise Fault when a source below content/ is not the demo's; pages and all else may stay."""
    suffixes = {".md", ".markdown", ".mkd", ".mdown", ".rst", ".html"}
    private = (content / "pages", content / "theme", content / "images")
    own = [
        path
        for path in sorted(content.rglob("*"))
        if path.suffix.lower() in suffixes and path not in demo and not any(room in path.parents for room in private)
    ]
    if own:
        place = Place(own[0].relative_to(root).as_posix())
        more = f", and {len(own) - 1} more" if own[1:] else ""
        what = f"This post is not the demo's{more}: the blog has begun."
        raise Fault(Problem("has-begun", what, "Edit pelicanconf.py by hand, or move your posts away first.", place))
