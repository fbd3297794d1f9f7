"""No feed id that readers know gone or changed, no address either: a release held against what is live.

Not a look at the target: its manifest comes as a value, or as it was kept after the last deployment.
"""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feedgenerator import get_tag_uri

from byline.checks.fitting import Known
from byline.checks.losses import Ours, losses
from byline.checks.remedies import problems, saves, written_id
from byline.edges import files
from byline.values import manifest
from byline.values.manifest import hashed
from byline.values.output import address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from byline.checks.losses import Loss
    from byline.site.whole import Whole
    from byline.values.manifest import Manifest
    from byline.values.problem import Problem

_FIRST_DAY = dt.date(1995, 1, 1)
"""No feed has an entry older than feeds, with room to spare."""
_SEARCHED = 40
"""For how many ids every day is tried: it takes a blink each, and where many are lost they have one cause."""


@dataclass(frozen=True, slots=True)
class Live:
    """What was live at a target after the last deployment from here: its manifest, and the paths of its files."""

    manifest: Manifest
    paths: frozenset[str]


def known(root: Path) -> dict[str, Live]:
    """Return what was live at each target, by its name, as publishing has kept it; a damaged file is none."""
    found = {}
    for file in sorted((root / ".byline" / "live").glob("known-*.json")):
        kept = manifest.parsed(files.read_if_there(file) or b"")
        if kept:
            paths = (files.read_if_there(file.with_suffix(".paths")) or b"").decode(errors="replace")
            found[file.stem.removeprefix("known-")] = Live(kept, frozenset(paths.splitlines()))
    return found


def lost(whole: Whole, live: Manifest | None, paths: Collection[str], allowed: int = 0) -> list[Problem]:
    """Return a Problem for each feed id or address of a post that is live and would be lost, with the line that saves.

    `paths` are those of the files that are live, to name what the manifest has as hashes only. Up to `allowed` posts
    may go.
    """
    ours = Ours(whole)
    return list(problems(_losses(ours, live, paths), ours, allowed=allowed)) if live else []


def saving(whole: Whole, live: Manifest, paths: Collection[str]) -> dict[str, str]:
    """Return the `Id` that keeps what readers know, by source, for the posts whose feed id would change."""
    return ids(_losses(Ours(whole), live, paths))


def ids(found: Collection[Loss]) -> dict[str, str]:
    """Return the `Id` that saves, by source, where one does."""
    return {loss.post.path: written_id(loss.known.id) for loss in found if loss.post and loss.id and saves(loss.known)}


def _losses(ours: Ours, live: Manifest, paths: Collection[str]) -> list[Loss]:
    records = {one.address_hash: one for one in _recorded(ours.whole.site.root)}
    names = {hashed(name): name for path in paths for name in (path, address(path))}
    names |= {hashed(post.address): post.address for post in ours.published}
    entries = []
    for place, entry in live.entries.items():
        record = records.get(place)
        same = record if record and record.id_hash == entry else None
        entries.append(same or Known(place, entry, names.get(place)))
    found = losses(sorted(entries, key=lambda one: (one.address or "", one.address_hash)), ours)
    return list(_named(found, ours))


def _named(found: Collection[Loss], ours: Ours) -> Iterator[Loss]:
    """Yield the losses with the feed ids that can be told from their hashes, where no record has them."""
    searched = 0
    for loss in found:
        identity = loss.known.id
        if loss.id and not identity and loss.known.address is not None:
            days = [loss.post.published.date()] if loss.post and loss.post.published else []
            identity = _guessed(loss.known, days, ours)
            if not identity and searched < _SEARCHED:
                searched += 1
                identity = _guessed(loss.known, _every_day(ours), ours)
        yield replace(loss, known=replace(loss.known, id=identity))


def _recorded(root: Path) -> Iterator[Known]:
    """Yield the posts of the releases that were made here, the oldest first."""
    folder = root / ".byline" / "releases"
    for file in sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime_ns):
        with suppress(ValueError, KeyError, TypeError):  # a damaged record tells nothing
            for post in json.loads(files.read_if_there(file) or b"")["posts"]:
                place, entry = str(post["address"]), str(post["id"])
                name, source = str(post["name"]), str(post["path"])
                published = dt.datetime.fromisoformat(post["published"]).date() if post["published"] else None
                yield Known(hashed(place), hashed(entry), place, entry, name, published, source)


def _guessed(known: Known, days: Iterable[dt.date], ours: Ours) -> str:
    """Return the feed id of something known, if it is the `tag:` URI that stock Pelican gives on one of the days."""
    url = f"{ours.whole.release.site_url}/{known.address}"
    before, _, after = get_tag_uri(url, _FIRST_DAY).partition(_FIRST_DAY.isoformat())
    host = urlsplit(url).hostname or ""
    other = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    for day in days:
        for start in (before, f"tag:{other},"):
            identity = f"{start}{day.isoformat()}{after}"
            if hashed(identity) == known.id_hash:
                return identity
    return ""


def _every_day(ours: Ours) -> Iterator[dt.date]:
    last = ours.whole.release.made.date() + dt.timedelta(days=366)
    return (_FIRST_DAY + dt.timedelta(days=number) for number in range((last - _FIRST_DAY).days))
