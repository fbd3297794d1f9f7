"""The time zone that this machine keeps, by its name.

Not the time: commands ask for that themselves.
"""

from __future__ import annotations

import os
from pathlib import Path
from zoneinfo import available_timezones

_LOCALTIME = Path("/etc/localtime")


def zone() -> str:
    """Return the name of the time zone in the IANA database that this machine keeps, or UTC where it does not say."""
    named = os.environ.get("TZ", "").removeprefix(":") or str(_LOCALTIME.resolve()).partition("zoneinfo/")[2]
    return named if named in available_timezones() else "UTC"
