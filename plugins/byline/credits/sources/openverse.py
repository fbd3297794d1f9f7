"""Openverse: which address to ask for a picture's page there, and what the answer says.

Not a request: a pure adapter. After the API's own reference (https://api.openverse.org/v1/, "image_detail").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from byline.credits.sources.found import Found, found, words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

NAME = "Openverse"
HOME = "https://api.openverse.org"
_HOSTS = frozenset({"openverse.org", "www.openverse.org", "api.openverse.org"})
_UUID = r"(?P<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_PAGE = re.compile(rf"(?:(?:/[a-z]{{2,3}}(?:-[a-z]+)?)?/image|/v1/images)/{_UUID}(?:/.*)?", re.IGNORECASE)
"""A picture's page, in any language, or its address in the API."""


def question(url: SplitResult) -> str | None:
    """Return what to ask HOME for about the picture at an address; None when it is no page of a picture here."""
    match = _PAGE.fullmatch(url.path) if url.hostname in _HOSTS else None
    return f"/v1/images/{match['uuid'].lower()}/" if match else None


def found_in(answer: Mapping[str, object]) -> Found | None:
    """Return what an answer says; None when it is about no picture."""
    if "foreign_landing_url" not in answer:
        return None
    said = {name: answer.get(name) for name in ("title", "creator", "creator_url")}
    said["source"] = answer["foreign_landing_url"]
    return found(said, answer.get("license_url"), [_license(answer)])


def _license(answer: Mapping[str, object]) -> str:
    """Return the name of `{"license": "by-sa", "license_version": "2.0"}`: CC-BY-SA-2.0."""
    code, version = words(answer.get("license")).upper(), words(answer.get("license_version"))
    name = code if code in {"", "CC0"} else f"CC-{code}"
    return f"{name}-{version}" if name and version else name
