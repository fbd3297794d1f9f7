"""`due`: when the next post dated in the future comes due.

Not a timer: docs/workflows/ shows what runs `publish` when it is time.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from byline.commands.live import SETTINGS
from byline.commands.summary import coming
from byline.edges.console import DONE, FAILED, Console, answered
from byline.site.site import Site
from byline.values.problem import structural

if TYPE_CHECKING:
    from pathlib import Path


def run(root: Path, *, as_json: bool) -> int:
    """Print the future posts of a folder, the next one first: when (ISO 8601, in TIMEZONE) and which."""

    def due(console: Console) -> int:
        site = Site(root / SETTINGS, datetime.now(UTC))
        try:
            problems = structural(site.problems)
            console.problems(problems)
            comes = [(when.isoformat(timespec="minutes"), path) for when, path in coming(site)]
        finally:
            site.close()
        if as_json:
            console.say(json.dumps([{"due": when, "post": path} for when, path in comes], ensure_ascii=False))
        else:
            console.say("\n".join(f"{when}  {path}" for when, path in comes) or "No post waits for its time.")
        return FAILED if problems else DONE

    return answered(due)
