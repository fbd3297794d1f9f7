"""A plan made true file by file: saved, sent, noted, deleted, in an order in which a kill between any two does no harm.

Not the decision what to do: that is the plan's, of a deployment or of a rollback. The order has its reasons in
docs/decisions/0007-targets-that-change-file-by-file.md.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import TYPE_CHECKING, TypeVar

from byline.deploy import obstacles
from byline.deploy.plan import in_order_of_leaving, leaves_first, ours, turn
from byline.values import manifest as manifests
from byline.values.manifest import hashed, short
from byline.values.output import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from byline.deploy.objects import Objects
    from byline.deploy.plan import Arrival, Plan
    from byline.deploy.saved import Saved
    from byline.deploy.target import Report
    from byline.values.manifest import Manifest

_BATCH = 1000
"""After so many files the manifest notes what has arrived: a killed deployment does not begin from the start."""

_Thing = TypeVar("_Thing")


@dataclass(frozen=True)
class Change:
    """One plan being made true.

    `there` are the folders of earlier releases; `mine` is the one for the release that is taken over, `older` those
    before it; `after` are kept in the end.
    """

    objects: Objects
    plan: Plan
    bring: Callable[[Arrival], None]
    report: Report
    there: Mapping[str, Saved]
    mine: Saved | None
    older: tuple[Saved, ...]
    after: tuple[Saved, ...]

    def run(self) -> None:
        """Take the steps; each is put down in the manifest before it begins."""
        plan, known = self.plan, self.plan.there.manifest
        saved_here = _names((self.mine, *self.older) if self.mine else self.older)
        strange, own = self._copies(self.mine, known) if self.mine and known else ({}, {})
        waste = self._waste([*strange.values(), *own.values()])
        early = _in_the_way(plan)
        later = in_order_of_leaving(path for path in plan.leaving if path not in early)
        count = sum(map(len, (strange, own, plan.arriving, plan.leaving, waste)))
        done = _Done(self.report, count)

        version = plan.there.version
        if known and strange:
            # Claimed first: once they are named as arriving, nobody could tell whose they had been.
            version = self._note(replace(known, saved=saved_here), version)
            self._each(self._save, strange.items(), done.of("Saving"))
        begun = replace(plan.begun, saved=saved_here)
        version = self._note(begun, version)
        self._each(self._save, own.items(), done.of("Saving"))
        self._each(self.objects.delete, early, done.of("Deleting"))
        noted, arrived = 0, dict[str, str]()
        for batch in _batches(plan.arriving):
            self._each(self.bring, batch, done.of("Sending"))
            arrived |= {hashed(arrival.path): short(arrival.digest) for arrival in batch if arrival.digest}
            if len(arrived) - noted >= _BATCH:
                version = self._note(replace(begun, outputs={**begun.outputs, **arrived}), version)
                noted = len(arrived)
        self._note(replace(plan.manifest, saved=_names(self.after)), version)
        for _, paths in groupby(later, key=leaves_first):
            self._each(self.objects.delete, paths, done.of("Deleting"))
        self._each(self.objects.delete, waste, done.of("Deleting"))

    def _copies(self, mine: Saved, known: Manifest) -> tuple[dict[str, str], dict[str, str]]:
        """Return what has to be saved and where to, of others and of the release; write down what the release is.

        What is saved already is left alone: what stands in its place may be new.
        """
        there = self.plan.there
        if hashed(mine.folder) in self.there:
            base = manifests.parsed(self.objects.get(mine.manifest) or b"") or known
        else:
            present = frozenset(map(hashed, there.paths))
            base = replace(known, outputs=_only(known.outputs, present), carried=_only(known.carried, present))
            self.objects.put(mine.manifest, Kind.TEXT, manifests.dumped(base))
        changing = [*(arrival.path for arrival in self.plan.arriving if not arrival.new), *self.plan.leaving]
        strange = [path for path in changing if not ours(known, path) and path not in mine.foreign]
        own = [path for path in changing if base.holds(path) and path not in mine.own]
        return (
            {path: mine.place(path, foreign=True) for path in strange},
            {path: mine.place(path, foreign=False) for path in own},
        )

    def _waste(self, saving: Sequence[str]) -> list[str]:
        """Return what is saved, or is about to be, of releases that are not kept."""
        waste = [path for folder in self.there.values() if folder not in self.after for path in folder.places()]
        if self.mine and self.mine not in self.after:
            waste += [*saving, self.mine.manifest]
        return list(dict.fromkeys(waste))

    def _note(self, manifest: Manifest, version: str) -> str:
        return self.objects.put_manifest(manifests.dumped(manifest), version)

    def _save(self, copy: tuple[str, str]) -> None:
        self.objects.copy(*copy)

    def _each(self, act: Callable[[_Thing], None], things: Iterable[_Thing], done: Callable[[], None]) -> None:
        """Do one thing to each of several, some at once; after a failure or Ctrl-C no more are begun."""
        pool = ThreadPoolExecutor(self.objects.workers)
        try:
            for future in as_completed([pool.submit(act, thing) for thing in things]):
                future.result()
                done()
        finally:
            pool.shutdown(cancel_futures=True)


class _Done:
    """How much of a plan is done, told to whoever asked for it."""

    def __init__(self, report: Report, count: int) -> None:
        self._report = report
        self._count = count
        self._number = 0

    def of(self, doing: str) -> Callable[[], None]:
        """Return what is called after each thing that is done."""

        def one_more() -> None:
            self._number += 1
            self._report(self._number, self._count, doing)

        return one_more


def _names(folders: Iterable[Saved]) -> tuple[str, ...]:
    return tuple(hashed(folder.folder) for folder in folders)


def _only(marks: Mapping[str, _Thing], present: frozenset[str]) -> dict[str, _Thing]:
    return {mark: value for mark, value in marks.items() if mark in present}


def _batches(arriving: Iterable[Arrival]) -> Iterator[list[Arrival]]:
    """Yield files that may arrive in any order among themselves."""
    for _, group in groupby(arriving, key=turn):
        while batch := list(islice(group, _BATCH)):
            yield batch


def _in_the_way(plan: Plan) -> frozenset[str]:
    """Return which leaving files stand where a folder of arriving ones must be, or in a folder where a file must be."""
    coming = frozenset(arrival.path for arrival in plan.arriving)
    above = obstacles.folders(coming)
    return frozenset(path for path in plan.leaving if path in above or obstacles.folders([path]) & coming)
