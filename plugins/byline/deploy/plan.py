"""The plan of a deployment: which files arrive, in which order, and which leave, before anything is touched.

Not the deploying: a plan is made of two listings, and every kind of target makes it true in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from byline.deploy.compressed import SUFFIX, compressible
from byline.values import manifest as manifests
from byline.values.manifest import PATH, hashed, short
from byline.values.output import Kind, fingerprinted
from byline.values.problem import Fault, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from byline.deploy.target import There
    from byline.values.manifest import Manifest
    from byline.values.output import Release

_PAGE = ".html"
_MOST = 0.1
"""The share of pages that may be deleted without being asked for."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file to put there: its path, its SHA-256 (hex), what it is for, and whether the path is new there."""

    path: str
    digest: str
    kind: Kind
    new: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What a deployment will do.

    `arriving` is in the order in which readers must not miss anything: new assets, changed assets, new pages, changed
    pages, feeds and the other texts (see `turn`). After them comes `manifest`, then `leaving` is deleted, pages first.
    `begun` is the manifest for targets that change file by file, put there first: what comes is ours already.
    `kept` counts what is right as it is, `foreign` the files that Byline did not put there and leaves alone.
    """

    release: str
    before: str
    arriving: tuple[Arrival, ...]
    leaving: tuple[str, ...]
    carried: Mapping[str, int]
    begun: Manifest
    manifest: Manifest
    there: There
    kept: int
    foreign: int

    @property
    def empty(self) -> bool:
        """Return whether there is nothing to do: the release is there, and nothing is left to delete."""
        return not self.arriving and not self.leaving and self.before == self.release

    @property
    def pages_leaving(self) -> int:
        """Return how many pages are deleted."""
        return sum(map(is_page, self.leaving))


def plan(release: Release, extras: Mapping[str, str], there: There, *, keep: int, compress: bool) -> Plan:
    """Return how a release gets to a target. `extras` are the target's own files by SHA-256 (hex).

    Fingerprinted assets of the `keep` releases before stay: a reader with an old page open loses nothing.
    """
    known = there.manifest
    wanted = {**release.outputs, **extras}
    before = known.release if known else ""
    staying_on = carried(known, there.paths - wanted.keys(), 0 if before == release.id else 1, keep)
    arriving = tuple(sorted(_arriving(release, wanted, there, compress=compress), key=_order))
    staying = {PATH, *wanted, *staying_on}
    if compress:
        staying |= {path + SUFFIX for path in staying if compressible(path)}
    leaving = in_order_of_leaving(path for path in there.paths if path not in staying and ours(known, path))
    earlier = _earlier(known, release.id, keep)
    final = manifests.of(release, extras, staying_on, frozenset(map(hashed, leaving)), earlier)
    begun = begin(known or manifests.Manifest("", release.made, {}), arriving)
    foreign = sum(not ours(known, path) for path in there.paths - wanted.keys())
    return Plan(
        release.id, before, arriving, leaving, staying_on, begun, final, there, len(wanted) - len(arriving), foreign
    )


def carried(known: Manifest | None, paths: Iterable[str], step: int, keep: int) -> dict[str, int]:
    """Return which of these paths there are fingerprinted assets of earlier releases that stay for `keep` releases.

    With each comes how many releases ago it was part of one, `step` more than the manifest says.
    """
    ages: dict[str, int] = {}
    if known is None:
        return ages
    for path in paths:
        mark = hashed(path)
        age, digest = known.carried.get(mark, 0) + step, known.outputs.get(mark)
        if age <= keep and (mark in known.carried or (digest is not None and fingerprinted(path, digest))):
            ages[path] = age
    return ages


def ours(known: Manifest | None, path: str) -> bool:
    """Tell whether Byline put a file there: itself, or as the compressed copy of one."""
    if known is None:
        return False
    original = path.removesuffix(SUFFIX)
    return known.owns(path) or (original != path and compressible(original) and known.owns(original))


def guard(made: Plan, allowed: int) -> None:
    """Raise Fault when more than a tenth of the pages would be deleted, and more than `allowed`.

    What a deployment that was cut short after its manifest left behind has been asked for already.
    """
    gone = made.pages_leaving
    pages = sum(is_page(path) and ours(made.there.manifest, path) for path in made.there.paths)
    if gone > pages * _MOST and gone > allowed and made.before != made.release:
        what = f"{gone} of {pages} pages would be deleted, beginning with {_first_page(made)}."
        remedy = f"If they are meant to go, say --allow-deletes {gone}; `publish --dry-run` lists them."
        raise Fault(Problem("many-deletes", what, remedy))


def turn(arrival: Arrival) -> int:
    """Return when a file's turn comes: what a page needs before it, what announces it after it.

    Files of one turn need nothing of each other, but that new pages link new pages.
    """
    if arrival.kind is Kind.ASSET:
        return 0 if arrival.new else 1
    if arrival.kind in {Kind.PAGE, Kind.REDIRECT}:
        return 2 if arrival.new else 3
    return 4


def in_order_of_leaving(paths: Iterable[str]) -> tuple[str, ...]:
    """Return paths to delete in order: pages, and their compressed copies, before what they show."""
    return tuple(sorted(paths, key=lambda path: (not leaves_first(path), path)))


def leaves_first(path: str) -> bool:
    """Tell whether a file is a page, or the compressed copy of one."""
    return is_page(path.removesuffix(SUFFIX))


def is_page(path: str) -> bool:
    """Tell by its name whether a file is a page."""
    return path.endswith(_PAGE)


def begin(known: Manifest, arriving: Iterable[Arrival]) -> Manifest:
    """Return the manifest for the time while files arrive: they are ours, and what they hold is not known."""
    coming = frozenset(hashed(arrival.path) for arrival in arriving)
    outputs = {mark: digest for mark, digest in known.outputs.items() if mark not in coming}
    return replace(known, outputs=outputs, passing=known.passing | coming)


def _earlier(known: Manifest | None, release: str, keep: int) -> tuple[str, ...]:
    """Return the releases before one that comes: at most `keep`, the newest first."""
    steps = (known.release, *known.earlier) if known else ()
    return tuple(step for step in steps if step not in {"", release})[:keep]


def _first_page(made: Plan) -> str:
    return next(path for path in made.leaving if is_page(path))


def _arriving(release: Release, wanted: Mapping[str, str], there: There, *, compress: bool) -> Iterator[Arrival]:
    digests = there.manifest.outputs if there.manifest else {}
    for path, digest in wanted.items():
        missing = path not in there.paths or (compress and compressible(path) and path + SUFFIX not in there.paths)
        if missing or digests.get(hashed(path)) != short(digest):
            yield Arrival(path, digest, release.kinds.get(path, Kind.TEXT), path not in there.paths)


def _order(arrival: Arrival) -> tuple[int, str]:
    return (turn(arrival), arrival.path)
