"""Releases: what a build made, written down as `.byline/releases/<id>.json`, with the texts and pictures it names.

Not the files of the site: those are in output/, and on the target.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from typing import TYPE_CHECKING

from byline.edges import files
from byline.site.store import Store
from byline.values.output import SCHEMA, Kind, Release, release_id
from byline.values.photo import Photo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from byline.site.site import Site

_KEPT = 5
"""How many releases stay, the newest."""
_SPARE = 2
"""How many times as many texts and pictures are kept, at most, as the newest release names."""
_DIGEST = re.compile(rb'"([0-9a-f]{64})"')


def release(site: Site, now: dt.datetime, outputs: Mapping[str, str]) -> Release:
    """Return the Release of a site whose outputs were made with these digests; files of plugins are assets."""
    listed = site.outputs
    kinds = {path: listed[path].kind if path in listed else Kind.ASSET for path in outputs}
    return Release(release_id(outputs), site.url, now, outputs, kinds, site.posts)


def save(home: Path, made: Release, texts: Mapping[str, Callable[[], bytes]]) -> None:
    """Write a release down, keep its texts and pictures by digest, and let the oldest go. `home` is `.byline/`.

    `texts` are asked for where they are not kept already.
    """
    folder = home / "releases"
    body = json.dumps(made, default=_plain, ensure_ascii=False, check_circular=False) + "\n"
    files.write(folder / f"{made.id}.json", body.encode())
    store = keep(home, texts)
    newest = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for old in newest[_KEPT:]:
        files.remove(old, folder)
    # To know what none of the others names, all of them are read: that waits until it is worth it.
    if newest[_KEPT:] and store.count() > _SPARE * len(texts):
        store.keep_only(set().union(*map(_digests, newest[:_KEPT])))


def keep(home: Path, texts: Mapping[str, Callable[[], bytes]]) -> Store:
    """Keep texts and pictures by digest, as `save` does, for a release that is to come; return where they are kept."""
    store = Store(home / "store.sqlite")
    store.put(texts)
    return store


def _digests(file: Path) -> set[str]:
    """Return all digests that a release names: those of its posts' texts and lead pictures are among them."""
    return {digest.decode("ascii") for digest in _DIGEST.findall(file.read_bytes())}


def _plain(value: object) -> object:
    """Return what JSON has no form of its own for: dataclasses as objects, dates in ISO 8601.

    Of a picture's renditions the one that stands for it is enough: outputs and kinds name them all.
    """
    if isinstance(value, Photo):
        value = dataclasses.replace(value, renditions=value.renditions[-1:])
    if dataclasses.is_dataclass(value):
        # Thirty thousand are asked for, and `dataclasses.fields` takes longer than all the rest.
        fields = {name: getattr(value, name) for name in value.__dataclass_fields__}
        return {"schema": SCHEMA, **fields} if isinstance(value, Release) else fields
    if isinstance(value, dt.datetime):
        return value.isoformat()
    raise TypeError(type(value))
