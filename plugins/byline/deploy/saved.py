"""What earlier releases left at a target that changes file by file: old files in folders that nobody can guess.

Not the copying of files: here is only where they lie, which are whose, and what of them makes an earlier release again.
See docs/decisions/0007-targets-that-change-file-by-file.md.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from byline.deploy.compressed import SUFFIX, compressible
from byline.deploy.plan import Arrival, Plan, begin, carried, in_order_of_leaving, is_page, ours, turn
from byline.values.manifest import PATH, hashed
from byline.values.output import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from byline.deploy.target import There
    from byline.values.manifest import Manifest

ROOM = ".byline/"
"""Where a target keeps what is not the site."""

_PLACE = re.compile(
    r"\.byline/(?P<folder>[0-9a-f]+-[0-9a-f]{32})/(?P<part>own|foreign|manifest\.json)(?:/(?P<path>.+))?", re.DOTALL
)
_TEXTS = (".atom", ".json", ".rss", ".txt", ".xml")


@dataclass(frozen=True, slots=True)
class Saved:
    """A folder with what a deployment took from one release, so that it can be given back.

    `own` are paths of that release's files, `foreign` of files that were not Byline's and had to make room.
    """

    folder: str
    own: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()

    @property
    def release(self) -> str:
        """Return the id of the release whose files these are."""
        return self.folder.partition("-")[0]

    @property
    def manifest(self) -> str:
        """Return where the release's manifest is saved: written before anything is changed."""
        return f"{ROOM}{self.folder}/manifest.json"

    def place(self, path: str, *, foreign: bool) -> str:
        """Return where a file is saved."""
        return f"{ROOM}{self.folder}/{'foreign' if foreign else 'own'}/{path}"

    def places(self) -> Iterator[str]:
        """Yield where all that is saved is."""
        yield from (self.place(path, foreign=False) for path in self.own)
        yield from (self.place(path, foreign=True) for path in self.foreign)
        yield self.manifest


def new(release: str) -> Saved:
    """Return an empty folder for the files of a release: its name has 128 bits that nobody can guess."""
    return Saved(f"{release}-{secrets.token_hex(16)}")


def folders(paths: Iterable[str]) -> dict[str, Saved]:
    """Return the folders among the paths in `ROOM`, by the hash of their name; also half-deleted ones."""
    parts: dict[str, dict[str, set[str]]] = {}
    for path in paths:
        if found := _PLACE.fullmatch(path):
            parts.setdefault(found["folder"], {}).setdefault(found["part"], set()).add(found["path"])
    return {
        hashed(folder): Saved(folder, frozenset(part.get("own", ())), frozenset(part.get("foreign", ())))
        for folder, part in parts.items()
    }


def chain(known: Manifest | None, there: Mapping[str, Saved]) -> tuple[Saved, ...]:
    """Return the folders that lead back from what is live, step by step: up to the first that is missing."""
    steps = []
    for mark in known.saved if known else ():
        if mark not in there:
            break
        steps.append(there[mark])
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class Return:
    """How an earlier release comes back: a plan, and for each file that arrives where it is saved."""

    plan: Plan
    sources: Mapping[str, str]


def back(there: There, known: Manifest, goal: Manifest, steps: Sequence[Saved], keep: int) -> Return:
    """Return the way from what is live (`known`) to an earlier release, through `steps`, the newest first.

    A file that several deployments took comes from the oldest of these folders. What the release does not hold leaves,
    but for its successors' fingerprinted assets: they stay for `keep` releases more.
    """
    sources: dict[str, str] = {}
    foreign: set[str] = set()
    for step in steps:
        sources |= {path: step.place(path, foreign=False) for path in step.own}
        sources |= {path: step.place(path, foreign=True) for path in step.foreign}
        foreign = (foreign - step.own) | step.foreign
    sources = {path: source for path, source in sources.items() if path in foreign or goal.holds(path)}
    arriving = tuple(sorted(_arriving(sources, goal, there), key=lambda arrival: (turn(arrival), arrival.path)))
    old = (path for path in there.paths - sources.keys() if not goal.holds(path))
    ages = carried(known, old, 1, keep)
    staying = {PATH, *sources, *ages}
    leaving = in_order_of_leaving(
        path
        for path in there.paths
        if ours(known, path) and not any(kept in staying or goal.holds(kept) for kept in (path, _original(path)))
    )
    final = replace(
        goal,
        carried={**goal.carried, **{hashed(path): age for path, age in ages.items()}},
        passing=frozenset(map(hashed, leaving)),
    )
    begun = begin(known, arriving)
    made = Plan(goal.release, known.release, arriving, leaving, ages, begun, final, there, len(goal.outputs), 0)
    return Return(made, sources)


def _original(path: str) -> str:
    """Return the path of the text whose compressed copy this is, or the path itself."""
    original = path.removesuffix(SUFFIX)
    return original if compressible(original) else path


def _arriving(sources: Iterable[str], goal: Manifest, there: There) -> Iterator[Arrival]:
    for path in sources:
        kind = Kind.PAGE if is_page(path) else Kind.TEXT if path.endswith(_TEXTS) else Kind.ASSET
        yield Arrival(path, goal.outputs.get(hashed(path), ""), kind, path not in there.paths)
