"""A whole site, made into a folder by way of a stage: what `build`, `check` and `publish` have in common.

Not a decision: whether a site with faults may stand there, and who is told, is the command's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from byline.site import releases, search
from byline.site.kept_pages import KeptPages
from byline.site.making import attempts
from byline.site.stage import Stage
from byline.values.problem import Fault, structural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from byline.site.site import Site
    from byline.values.content import Content
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
    broken = bool(structural(site.problems)) and not keep_going
    alike = None if site.has_finishers or broken else site.listing.ground
    pages = KeptPages(home / "pages.json", alike)
    if alike is not None:
        site.listing.foresee()
    passed_over = _left_out(site) if broken else set() if site.has_finishers else _standing(site, stage, pages)
    wanted = [path for path in site.outputs if path not in passed_over]
    if site.develop(set(wanted), lambda done, every: report(done, every, "Developing")):
        return staged(site, home, folder, report, keep_going=keep_going)
    told = _put(site, stage, pages, wanted, report)
    if pages.keeping:
        # It is right whatever becomes of the rest: a page is kept only where the stage knows the same bytes.
        site.beside(partial(_kept, site, pages))
    if site.own.theme.search and (keep_going or not structural((*site.problems, *told))):
        try:
            search.index(site.outputs.values(), stage, report)
        except Fault as fault:
            told.extend(fault.problems)
    return stage, told


def _put(
    site: Site, stage: Stage, pages: KeptPages, wanted: Sequence[str], report: Callable[[int, int, str], None]
) -> list[Problem]:
    """Make these outputs and put them in the stage, with what plugins do to them; return why some cannot be made."""
    if site.has_finishers:
        return _finished(site, stage, wanted, report)
    faults: dict[str, tuple[Problem, ...]] = {}
    for number, (path, made) in enumerate(attempts(site, wanted, stage.lay, alone=not pages.keeping), 1):
        report(number, len(wanted), "Making")
        if made.laid is None:
            faults[path] = made.faults
            continue
        stage.take(path, made.laid, made.made_of, seen=made.seen is not None)
        if made.seen:
            pages.learn(path, made.laid.digest, made.seen)
    return [problem for path in wanted if path in faults for problem in faults[path]]


def _finished(
    site: Site, stage: Stage, wanted: Sequence[str], report: Callable[[int, int, str], None]
) -> list[Problem]:
    """Make these outputs, let plugins work on all of them, and put in the stage what comes of it; return faults."""
    faults: list[Problem] = []
    written: dict[str, bytes] = {}
    for number, (path, made) in enumerate(attempts(site, wanted, lambda _path, body: body, alone=True), 1):
        report(number, len(wanted), "Making")
        if made.laid is None:
            faults += made.faults
        else:
            written[path] = made.laid
    for path, body in site.finish(written).items():
        stage.put(path, body)
    return faults


def _left_out(site: Site) -> set[str]:
    """Return the paths of what is neither a page nor a feed, nor needed for one."""
    return {path for path, output in site.outputs.items() if output.made_of}


def _standing(site: Site, stage: Stage, pages: KeptPages) -> set[str]:
    """Return the paths of what stands in the folder already as it would be made; the stage keeps them."""
    asked = ((path, output.made_of) for path, output in site.outputs.items() if output.made_of and stage.knows(path))
    kept = {path for path, made_of in asked if stage.keep(path, made_of())}
    right = dict(pages.right(site.outputs, site.listing.glances))
    kept |= {path for path, digest in right.items() if stage.keep(path, digest) or stage.keep_bytes(path, digest)}
    pages.forget(right.keys() - kept)
    return kept


def _kept(site: Site, pages: KeptPages) -> None:
    """Keep what pages were made from, and the texts, which a release will name."""
    pages.save(site.listing.glances)
    releases.keep(site.root / ".byline", _texts(site))


def _texts(site: Site) -> dict[str, Callable[[], bytes]]:
    """Return what answers the texts of a site's posts, by digest."""
    readings = site.listing.readings
    return {post.content: partial(_html, readings[post.path].content) for post in site.posts}


def recorded(site: Site, stage: Stage, now: datetime) -> Release:
    """Write the release of a stage down, with the texts and lead pictures that its posts name; return it."""
    made = releases.release(site, now, stage.digests)
    texts = _texts(site)
    site.rest()  # the copy of this process that keeps some of them writes into the same file
    for post in site.posts:
        if post.photo and post.photo.output in stage.digests:
            texts[stage.digests[post.photo.output]] = partial(site.make, post.photo.output)
    releases.save(site.root / ".byline", made, texts)
    return made


def _html(content: Content) -> bytes:
    """Return the HTML of a text, which is opened only where it is not kept yet."""
    return content.html.encode()
