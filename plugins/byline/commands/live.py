"""The live site, as it would be published: built with publishconf.py into `.byline/live/site/`, never into output/.

Not a check and not a deployment: it is what both of them read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.edges import files
from byline.values.problem import Fault, structural

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from byline.edges.console import Console
    from byline.site.whole import Whole

SETTINGS = "publishconf.py"


def live(root: Path, console: Console, now: datetime, instead: Mapping[str, bytes] | None = None) -> Whole:
    """Build the live site of a folder at an instant (aware) and return it, editorial problems and all.

    `instead` are bytes to read in place of a source's own, by path below content/. Raises Fault with every structural
    problem, and then leaves `.byline/live/site/` as it was. The caller holds the lock and has recovered the stage.
    """
    from byline.site import gone, nginx, whole  # here, as `share` reads only where the settings are
    from byline.site.site import Site

    home = root / ".byline" / "live"
    site = Site(root / SETTINGS, now, instead=instead)
    try:
        staged, faults = whole.staged(site, home, home / "site", console.progress)
        problems = (*site.problems, *faults)
        if wrong := structural(problems):
            raise Fault(*wrong)
        changes = staged.apply()
        if changes.written or changes.deleted:
            site.prune()
        made = whole.Whole(site, home / "site", whole.recorded(site, staged, now), problems)
        # For a web server of one's own: what `_headers` and `_redirects` say, in its words (docs/hosting.md).
        left = gone.addresses(site.content, made.release.posts)
        files.write(home / "nginx.conf", nginx.snippet(made.release, made.body, left))
        return made
    finally:
        site.close()
