"""A release read back from the file that a build wrote: for whoever comes after it, which is not a build.

Not the writing: that is `releases`.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from byline.edges import files
from byline.values.audio import Audio
from byline.values.credit import Credit, License
from byline.values.output import SCHEMA, Kind, Release, release_id
from byline.values.person import Person
from byline.values.photo import Photo, Rendition
from byline.values.post import Post, Share, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Fields = dict[str, Any]

_ID = re.compile(r"[0-9a-f]{32}")


def load(home: Path, release: str) -> Release | None:
    """Return the release with this id, or None where it is not kept or its file is damaged. `home` is `.byline/`.

    All is as it was built, but that a picture has of its renditions only the one that stands for it.
    """
    # The id may be what a server says of itself, and names a file.
    body = files.read_if_there(home / "releases" / f"{release}.json") if _ID.fullmatch(release) else None
    try:
        return _release(release, json.loads(body)) if body else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _release(name: str, written: Fields) -> Release | None:
    outputs: dict[str, str] = written["outputs"]
    if written["schema"] != SCHEMA or written["id"] != name or release_id(outputs) != name:
        return None
    kind = {str(kind): kind for kind in Kind}
    kinds = {path: kind[said] for path, said in written["kinds"].items()}
    posts = tuple(map(_post, written["posts"]))
    return Release(name, written["site_url"], datetime.fromisoformat(written["made"]), outputs, kinds, posts)


def _post(written: Fields) -> Post:
    read = {
        "status": Status(written["status"]),
        "published": _date(written["published"]),
        "updated": _date(written["updated"]),
        "tags": tuple(written["tags"]),
        "aliases": tuple(written["aliases"]),
        "credits": tuple(written.get("credits", ())),
        "authors": _people(written["authors"]),
        "photo": _photo(written["photo"]) if written["photo"] else None,
        "audio": Audio(**written["audio"]) if written.get("audio") else None,
        "share": _share(written["share"]) if "share" in written else Share(),
    }
    return Post(**(written | read))


def _date(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)


def _people(written: Iterable[Fields]) -> tuple[Person, ...]:
    return tuple(Person(**person) for person in written)


def _share(written: Fields) -> Share:
    networks = written["networks"]
    words = tuple((name, text) for name, text in written["by_network"])
    return Share(written["words"], words, None if networks is None else tuple(networks))


def _photo(written: Fields) -> Photo:
    credit, renditions = written["credit"], tuple(map(_rendition, written["renditions"]))
    return Photo(**(written | {"credit": _credit(credit) if credit else None, "renditions": renditions}))


def _credit(written: Fields) -> Credit:
    return Credit(**(written | {"license": License(**written["license"]), "creators": _people(written["creators"])}))


def _rendition(written: Fields) -> Rendition:
    crop = written["crop"]
    return Rendition(**(written | {"crop": None if crop is None else _box(*crop)}))


def _box(left: int, top: int, right: int, bottom: int) -> tuple[int, int, int, int]:
    return left, top, right, bottom
