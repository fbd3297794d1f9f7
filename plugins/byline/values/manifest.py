"""The manifest of a target, `/.well-known/byline.json`: which files there are Byline's, and which entries are known.

Not a list that a stranger could read: paths, addresses and ids stand in it as hashes, so a hidden post stays hidden.

    release, made   the release that is there, and when it was built
    outputs         hash of a path: the first 32 hex digits of the SHA-256 of the file
    carried         hash of a path: how many releases ago it was last part of one (fingerprinted assets)
    passing         hashes of paths that are ours and on their way: coming while a deployment runs, or to be deleted
    entries         hash of a post's address: hash of its feed id, for published posts
    earlier         ids of the releases that came before it, the newest first, without those that were taken back
    saved           hashes of the names of folders with earlier releases' files, the newest first (see `deploy/saved`)
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from byline.values.post import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from byline.values.output import Release
    from byline.values.post import Post

PATH = ".well-known/byline.json"
_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands at a target, as its manifest says; all keys are hashes."""

    release: str
    made: dt.datetime
    outputs: Mapping[str, str]
    carried: Mapping[str, int] = field(default_factory=dict)
    passing: frozenset[str] = frozenset()
    entries: Mapping[str, str] = field(default_factory=dict)
    earlier: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Tell whether a file is part of the release, or an asset that stays for the pages of one before."""
        mark = hashed(path)
        return mark in self.outputs or mark in self.carried

    def owns(self, path: str) -> bool:
        """Tell whether a file there was put by Byline."""
        return path == PATH or self.holds(path) or hashed(path) in self.passing


def hashed(text: str) -> str:
    """Return the hash under which a path, address or feed id stands: 32 hex digits."""
    return hashlib.sha256(f"byline {text}".encode()).hexdigest()[:32]


def short(digest: str) -> str:
    """Return a file's digest as a manifest holds it."""
    return digest[:32]


def entries(posts: Iterable[Post]) -> dict[str, str]:
    """Return the entries of published posts: hashed address, hashed feed id."""
    return {hashed(post.address): hashed(post.id) for post in posts if post.status is Status.PUBLISHED}


def of(
    release: Release,
    extras: Mapping[str, str],
    carried: Mapping[str, int],
    passing: frozenset[str],
    earlier: tuple[str, ...] = (),
) -> Manifest:
    """Return the manifest of a release; `extras` are files that a target adds, by path and SHA-256 (hex)."""
    outputs = {hashed(path): short(digest) for path, digest in {**release.outputs, **extras}.items()}
    marks = {hashed(path): age for path, age in carried.items()}
    return Manifest(release.id, release.made, outputs, marks, passing, entries(release.posts), earlier)


def dumped(manifest: Manifest) -> bytes:
    """Return the manifest as a file: JSON, keys sorted, in UTF-8."""
    written = {
        "schema": _SCHEMA,
        "release": manifest.release,
        "made": manifest.made.isoformat(),
        "outputs": dict(manifest.outputs),
        "carried": dict(manifest.carried),
        "passing": sorted(manifest.passing),
        "entries": dict(manifest.entries),
        "earlier": list(manifest.earlier),
        "saved": list(manifest.saved),
    }
    return (json.dumps(written, sort_keys=True, separators=(",", ":")) + "\n").encode()


def parsed(body: bytes) -> Manifest | None:
    """Return the manifest of a file; None when it is none of ours (garbage, another schema): then nothing is ours."""
    try:
        written = json.loads(body)
        if written["schema"] != _SCHEMA:
            return None
        return Manifest(
            str(written["release"]),
            dt.datetime.fromisoformat(written["made"]),
            {str(mark): str(digest) for mark, digest in written["outputs"].items()},
            {str(mark): int(age) for mark, age in written["carried"].items()},
            frozenset(map(str, written["passing"])),
            {str(mark): str(entry) for mark, entry in written["entries"].items()},
            tuple(map(str, written["earlier"])),
            tuple(map(str, written["saved"])),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
