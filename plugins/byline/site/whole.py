"""A whole site, made into a folder by way of a stage: what `build`, `check` and `publish` have in common.

Not a decision: whether a site with faults may stand there, and who is told, is the command's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from byline.site import releases, search
from byline.site.stage import Stage
from byline.values.problem import Fault, structural

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from byline.site.site import Site
    from byline.values.output import Release
    from byline.values.problem import Problem


@dataclass(frozen=True)
class Whole:
    """A site that stands in a folder: what a check reads and a deployment moves.

    `problems` are those of its listing; `folder` holds exactly the release's outputs, and what others put there.
    """

    site: Site
    folder: Path
    release: Release
    problems: tuple[Problem, ...]

    def body(self, path: str) -> bytes:
        """Return the bytes of an output."""
        return (self.folder / path).read_bytes()


def staged(
    site: Site, home: Path, folder: Path, report: Callable[[int, int, str], None], *, keep_going: bool = False
) -> tuple[Stage, list[Problem]]:
    """Make every output of a site into a stage for `folder`; what cannot be made is left out and told.

    Of a site with structural faults, which will not stand there, only pages and feeds are made, for the sake of their
    own faults; with `keep_going`, all. `home` is where the stage keeps its files; `report` is told how many are done,
    of how many, and what is done.
    """
    stage = Stage(home, folder)
    faults: list[Problem] = []
    written: dict[str, bytes] = {}
    lasting = {path: output.made_of() for path, output in site.outputs.items() if output.made_of}
    passed_over = set() if site.has_finishers else {path for path in lasting if stage.keep(path, lasting[path])}
    if structural(site.problems) and not keep_going:
        passed_over = set(lasting)
    if site.develop(lasting.keys() - passed_over, lambda done, every: report(done, every, "Developing")):
        return staged(site, home, folder, report, keep_going=keep_going)
    for number, path in enumerate(site.outputs, 1):
        if path in passed_over:
            continue
        try:
            body = site.make(path)
        except Fault as fault:
            faults.extend(fault.problems)
            continue
        if site.has_finishers:
            written[path] = body
        else:
            stage.put(path, body, lasting.get(path, ""))
        report(number, len(site.outputs), "Making")
    for path, body in site.finish(written).items():
        stage.put(path, body)
    if site.own.theme.search and (keep_going or not structural((*site.problems, *faults))):
        try:
            search.index(site.outputs.values(), stage, report)
        except Fault as fault:
            faults.extend(fault.problems)
    return stage, faults


def recorded(site: Site, stage: Stage, now: datetime) -> Release:
    """Write the release of a stage down, with the texts and lead pictures that its posts name; return it."""
    made = releases.release(site, now, stage.digests)
    readings = site.listing.readings
    texts: dict[str, Callable[[], bytes]] = {
        post.content: partial(str.encode, readings[post.path].content.html) for post in site.posts
    }
    for post in site.posts:
        if post.photo and post.photo.output in stage.digests:
            texts[stage.digests[post.photo.output]] = partial(site.make, post.photo.output)
    releases.save(site.root / ".byline", made, texts)
    return made
