"""The last words of a publish: the address, what changed, what waits, how long it took.

Not a decision: it tells what was done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from byline.values.post import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from byline.commands.deployment import Deployment
    from byline.site.whole import Whole


def summary(
    whole: Whole, deployments: Sequence[Deployment], *, done: bool, changed: bool, seconds: float
) -> Iterator[str]:
    """Yield the lines: `done` tells whether all went well, `changed` whether there was anything to do."""
    if not done:
        yield f"Not all of it is done ({seconds:.1f} s). Run the same command again to go on."
    elif not changed:
        yield f"Nothing to do: {whole.site.url} is as it should be ({seconds:.1f} s)."
    else:
        looked = all(deployment.destination.verify is not False for deployment in deployments)
        state = "is live" if looked else "is deployed, and was not looked at (verify is False)"
        added = sum(arrival.new for deployment in deployments for arrival in deployment.plan.arriving)
        arrived = sum(len(deployment.plan.arriving) for deployment in deployments)
        deleted = sum(len(deployment.plan.leaving) for deployment in deployments)
        yield (
            f"{whole.site.url} {state}: {added} files added, {arrived - added} changed, {deleted} deleted "
            f"({seconds:.1f} s)."
        )
    yield from waiting(whole)


def waiting(whole: Whole) -> Iterator[str]:
    """Yield a line for the posts that wait for their time, the next one first, and one for the drafts."""
    zone = ZoneInfo(whole.site.zone)
    future = [post for post in whole.site.listing.unlisted if post.status is Status.FUTURE and post.published]
    for post in sorted(future, key=lambda post: (post.published, post.path)):
        if post.published:
            yield f"Waits for its time: {post.path}, {post.published.astimezone(zone):%Y-%m-%d %H:%M}."
    drafts = [post.path for post in whole.site.listing.unlisted if post.status is Status.DRAFT]
    if drafts:
        yield f"Drafts that stayed home: {', '.join(drafts)}."
