"""The Wayback Machine's availability API: the copy of a page that is gone, from about the day it was linked.

Not an order to make a copy: what is not archived already is lost.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from byline.edges.http import Unreachable

if TYPE_CHECKING:
    from datetime import datetime

    from byline.edges.http import Client

WAYBACK = "https://archive.org/wayback/available"
_COPIES = ("https://web.archive.org/web/", "http://web.archive.org/web/")


def archived(client: Client, api: str, url: str, day: datetime | None) -> str | None:
    """Return the address of the copy nearest to a day; empty when there is none, None when nobody could be asked."""
    timestamp = f"&timestamp={day:%Y%m%d}" if day else ""
    try:
        answer = client.get(f"{api}?url={quote(url, safe='')}{timestamp}")
    except Unreachable:
        return None
    if answer.status != 200:  # noqa: PLR2004  RFC 9110, 15.3.1
        return None
    try:
        closest = json.loads(answer.body)["archived_snapshots"].get("closest", {})
        copy = str(closest["url"]) if closest.get("available") and str(closest.get("status")) == "200" else ""
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    # A stranger's answer goes into a line that people copy: only the archive's own addresses do.
    return f"https://{copy.partition('://')[2]}" if copy.startswith(_COPIES) and not any(map(str.isspace, copy)) else ""
