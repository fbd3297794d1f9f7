"""`serve`: the blog as it will be, on 127.0.0.1, listed anew and reloaded at every save until Ctrl-C.

Not a build: nothing is written to output/, and nothing leaves this machine.
"""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from byline.edges import browser, programs
from byline.edges.console import DONE, Console, answered
from byline.preview.server import listen
from byline.preview.session import Session
from byline.preview.watch import saves
from byline.site.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def run(root: Path, *, port: int, open_browser: bool, published: bool) -> int:
    """Serve the site of a folder until Ctrl-C; return 0, or 1 when it cannot be served.

    Port 8000 stands for itself or the first free one of the ten after it, 0 for any. `published`: no drafts, no future
    posts, and every file exactly as a build makes it, so without overlay and reload.
    """

    def serve(console: Console) -> int:
        try:
            programs.interruptible()
            _serve(root.resolve(), console, port=port, open_browser=open_browser, published=published)
        except KeyboardInterrupt:
            console.say("The preview has ended.")
        return DONE

    return answered(serve)


def _serve(root: Path, console: Console, *, port: int, open_browser: bool, published: bool) -> None:
    sites: list[Site] = []
    with (
        listen(port) as server,
        closing(saves(root, lambda: [site.content for site in sites])) as saved,
    ):
        next(saved)  # watching has begun, so that what is saved during the first listing is not lost
        with closing(Site(root / "pelicanconf.py", datetime.now(UTC), unpublished=not published)) as site:
            sites.append(site)
            session = Session(site, overlaid=not published, tell=console.problems)
            try:
                with server.answering(session) as address:
                    console.say(f"The preview is at {address} (Ctrl-C ends it).")
                    console.problems(site.problems)
                    if open_browser:
                        browser.show(address)
                    _follow(saved, session, console)
            finally:
                session.keep()
        console.say("Starting again.")
    programs.restart(without=("--open",))


def _follow(saved: Iterator[frozenset[Path]], session: Session, console: Console) -> None:
    """Refresh the site at every save, until one changes the engine itself."""
    root, told = session.site.root, session.problems
    for changed in saved:
        names = _named(changed, root)
        if any(path.is_relative_to(root / "plugins" / "byline") for path in changed):
            console.say(f"{names} changed, which is Byline itself.")
            return
        start = time.perf_counter()
        session.refresh(datetime.now(UTC), changed)
        took = time.perf_counter() - start
        outcome = "the site is as it was" if session.stale else f"listed in {took:.2f} s"
        problems = session.problems
        as_before = bool(problems) and problems == told
        console.say(f"{names} changed: {outcome}{', with the same problems' if as_before else ''}.")
        if not as_before:
            console.problems(problems)
        told = problems


def _named(changed: frozenset[Path], root: Path) -> str:
    """Return the first of the changed paths, as seen from the root, and how many more there are."""
    first, *others = sorted(
        path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path) for path in changed
    )
    return f"{first} and {len(others)} more" if others else first
