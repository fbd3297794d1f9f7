"""A small site as a dict of files, put on a target as `publish` does: look, plan, deploy.

Not a test, and not Pelican: a release needs no more than its outputs.
"""

from __future__ import annotations

import hashlib
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from byline.deploy.plan import Plan, plan
from byline.values.output import Kind, Release, release_id
from byline.values.settings import Destination

if TYPE_CHECKING:
    from collections.abc import Mapping

    from byline.deploy.target import Target

URL = "https://me.example"
MADE = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
KINDS = {".html": Kind.PAGE, ".css": Kind.ASSET, ".jpg": Kind.ASSET, ".xml": Kind.FEED}


def release(files: Mapping[str, bytes]) -> Release:
    """Return the release of these files, without posts."""
    outputs = {path: hashlib.sha256(body).hexdigest() for path, body in files.items()}
    kinds = {path: KINDS.get(Path(path).suffix, Kind.TEXT) for path in files}
    return Release(release_id(outputs), URL, MADE, outputs, kinds, ())


def stylesheet(text: str) -> tuple[str, bytes]:
    """Return a fingerprinted stylesheet: its path and its bytes."""
    body = text.encode()
    return f"theme/style.{hashlib.sha256(body).hexdigest()[:10]}.css", body


def site(words: str, pages: int = 3) -> dict[str, bytes]:
    """Return the files of a site: pages that load a fingerprinted stylesheet, a picture, a feed."""
    path, style = stylesheet(f"/* {words} */")
    page = f'<link href="/{path}"><p>{words}'
    return {
        "index.html": f"<title>Home</title>{page}".encode(),
        **{f"post-{number}/index.html": f"<title>{number}</title>{page}".encode() for number in range(pages)},
        path: style,
        "images/boat.jpg": b"\xff\xd8\x00boat",
        "feeds/atom.xml": f"<feed>{words}</feed>".encode(),
    }


def words_of(files: Mapping[str, bytes]) -> str:
    """Return the words that a site was made of, as a reader meets them; fail unless all its pages and assets agree."""
    pages = [body.decode() for path, body in files.items() if path.endswith(".html")]
    found = {page.rpartition("<p>")[2] for page in pages}
    assert len(found) == 1, found
    loaded = {page.partition('href="/')[2].partition('"')[0] for page in pages}
    assert loaded <= files.keys(), loaded - files.keys()
    (words,) = found
    assert files["feeds/atom.xml"] == f"<feed>{words}</feed>".encode()
    return words


def target(kind: str, to: str, home: Path, *, keep: int = 5, compress: bool | None = None) -> Target:
    """Return a target of a kind (its module's name) for an address."""
    module = import_module(f"byline.deploy.targets.{kind}")
    return cast("Target", module.target("live", Destination(to, keep=keep, compress=compress), home))


def planned(place: Target, files: Mapping[str, bytes], keep: int = 5) -> Plan:
    """Look at a target and return the plan for a site."""
    extras = {path: hashlib.sha256(body).hexdigest() for path, body in place.extras(URL).items()}
    return plan(release(files), extras, place.look(), keep=keep, compress=place.compress)


def deployed(place: Target, files: Mapping[str, bytes], keep: int = 5) -> Plan:
    """Put a site on a target; return the plan, which may have been empty: then nothing was done."""
    made = planned(place, files, keep)
    if not made.empty:
        done(place, made, files)
    return made


def done(place: Target, made: Plan, files: Mapping[str, bytes]) -> None:
    """Make a plan true."""
    every = {**files, **place.extras(URL)}
    place.deploy(made, every.__getitem__, lambda _done, _total, _what: None)


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write a site into a folder, for a process of its own to put on a target."""
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    return folder


def listed(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


if __name__ == "__main__":
    # A deployment in a process of its own: kind, address, home, folder of the site.
    kind, to, home, folder = sys.argv[1:]
    deployed(target(kind, to, Path(home)), listed(Path(folder)))
