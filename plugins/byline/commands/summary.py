"""The last words of a publish: the address, what changed, what waits, how long it took.

Not a decision: it tells what was done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from byline.edges.console import AGAIN
from byline.values.post import Status
from byline.values.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from byline.commands.deployment import Deployment
    from byline.site.site import Site
    from byline.site.whole import Whole


def summary(
    whole: Whole, deployments: Sequence[Deployment], *, code: int, changed: bool, seconds: float
) -> Iterator[str]:
    """Yield the lines: `code` is the exit code, `changed` tells whether there was anything to do."""
    if code:
        remedy = "Run" if code == AGAIN else "Mend that, then run"
        yield f"Not all of it is done ({seconds:.1f} s). {remedy} the same command again to go on."
    elif not changed:
        yield f"Nothing to do: {whole.site.url} is as it should be ({seconds:.1f} s)."
    else:
        looked = {deployment.address for deployment in deployments}
        other = ", ".join(sorted(looked - {"", whole.site.url}))
        seen = f"is live (seen at {other})" if other else "is live"
        state = seen if all(looked) else "is deployed, and was not looked at (verify is False)"
        added = sum(arrival.new for deployment in deployments for arrival in deployment.plan.arriving)
        arrived = sum(len(deployment.plan.arriving) for deployment in deployments)
        deleted = sum(len(deployment.plan.leaving) for deployment in deployments)
        yield (
            f"{whole.site.url} {state}: {counted(added, 'file')} added, {arrived - added} changed, {deleted} deleted "
            f"({seconds:.1f} s)."
        )
    yield from waiting(whole)


def coming(site: Site) -> list[tuple[datetime, str]]:
    """Return when each post that is dated in the future comes due, in TIMEZONE, and its path; the next one first."""
    zone = ZoneInfo(site.zone)
    future = ((post.published, post.path) for post in site.listing.unlisted if post.status is Status.FUTURE)
    return [(when.astimezone(zone), path) for when, path in sorted((when, path) for when, path in future if when)]


def waiting(whole: Whole) -> Iterator[str]:
    """Yield a line for the posts that wait for their time, the next one first, and one for the drafts."""
    for when, path in coming(whole.site):
        yield f"Waits for its time: {path}, {when:%Y-%m-%d %H:%M}."
    drafts = [post.path for post in whole.site.listing.unlisted if post.status is Status.DRAFT]
    if drafts:
        yield f"Drafts that stayed home: {', '.join(drafts)}."
