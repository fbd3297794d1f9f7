"""JSON in templates: without spaces, in order, and as a template asks for it."""

from __future__ import annotations

import json
from typing import Any

from byline.site.lean_json import lean
from markupsafe import Markup

VALUES: list[object] = [None, 1.5, "„é\u2028<", Markup("<b>"), [1, {"b": 2, "a": ["x"]}], {}]


def test_it_is_what_json_writes_without_spaces() -> None:
    asked: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True}
    for value in VALUES:
        assert lean(value) == json.dumps(value, **asked)
        assert lean(value, indent=1) == json.dumps(value, indent=1, **asked)
