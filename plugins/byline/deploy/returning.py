"""Going back: what of the release that is taken back stays beside the earlier one that is made live again.

Not the moving of files: every kind of target does that in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from byline.deploy.compressed import SUFFIX, compressible
from byline.deploy.plan import carried, ours
from byline.values.manifest import PATH, hashed

if TYPE_CHECKING:
    from collections.abc import Container

    from byline.deploy.target import There
    from byline.values.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Return:
    """What makes an earlier release live again.

    `kept` are paths to take along from what is live: fingerprinted assets that open pages still load, and files that
    Byline did not put there. `leaving` are paths of the earlier release that were not Byline's and are gone since.
    """

    kept: frozenset[str]
    leaving: frozenset[str]
    manifest: Manifest


def steps(known: Manifest | None, there: Container[str]) -> tuple[str, ...]:
    """Return the id of the live release (none: no manifest), then of those before it that are still there."""
    return (known.release, *(release for release in known.earlier if release in there)) if known else ()


def back(present: There, past: There, past_manifest: Manifest, keep: int) -> Return:
    """Return the way from what is live to an earlier release, whose assets stay for `keep` releases more."""
    staying = carried(present.manifest, present.paths - past.paths, 1, keep)
    copies = {path + SUFFIX for path in staying if compressible(path)} & present.paths - past.paths
    foreign = {path for path in present.paths if not ours(present.manifest, path)}
    replaced = {path for path in past.paths if ours(past_manifest, path)}
    leaving = past.paths - replaced - present.paths
    marks = {**past_manifest.carried, **{hashed(path): age for path, age in staying.items()}}
    manifest = replace(past_manifest, carried=marks, passing=frozenset())
    return Return(frozenset((staying.keys() | copies | foreign) - replaced - {PATH}), frozenset(leaving), manifest)
