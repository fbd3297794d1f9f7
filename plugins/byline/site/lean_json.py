"""JSON as templates write it, which travels with every page: letters as they are, and no spaces.

Not Jinja's filter `tojson`, which goes on to make it safe in HTML.
"""

from __future__ import annotations

import json
from typing import Any

_LEAN: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True}
_ENCODER = json.JSONEncoder(**_LEAN)


def lean(value: object, **asked: Any) -> str:  # noqa: ANN401  what `json.dumps` takes
    """Return a value as JSON; where nothing else is asked of `json.dumps`, by the one encoder that is made for all."""
    return json.dumps(value, **{**_LEAN, **asked}) if asked else _ENCODER.encode(value)
