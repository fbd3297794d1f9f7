"""`due`: when the next post dated in the future comes due.

Not a timer: docs/workflows/ shows what runs `publish` when it is time.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from byline.edges.console import DONE, FAILED, Console, answered
from byline.site.site import Site
from byline.values.post import Status
from byline.values.problem import structural

if TYPE_CHECKING:
    from pathlib import Path

    from byline.values.post import Post


def run(root: Path, *, as_json: bool) -> int:
    """Print the future posts of a folder, the next one first: when (ISO 8601, in TIMEZONE) and which."""

    def due(console: Console) -> int:
        site = Site(root / "publishconf.py", datetime.now(UTC))
        try:
            problems = structural(site.problems)
            console.problems(problems)
            posts = [post for post in site.listing.unlisted if post.status is Status.FUTURE]
            zone = ZoneInfo(site.zone)
        finally:
            site.close()
        comes = sorted((_when(post, zone), post.path) for post in posts)
        if as_json:
            console.say(json.dumps([{"due": when, "post": path} for when, path in comes], ensure_ascii=False))
        for when, path in () if as_json else comes:
            console.say(f"{when}  {path}")
        if not comes and not as_json:
            console.say("No post waits for its time.")
        return FAILED if problems else DONE

    return answered(due)


def _when(post: Post, zone: ZoneInfo) -> str:
    return post.published.astimezone(zone).isoformat(timespec="minutes") if post.published else ""
