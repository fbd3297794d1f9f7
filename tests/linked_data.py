"""What a page says of itself in schema.org's words (JSON-LD 1.1, in `script`), and which of them schema.org lacks.

Not a test: the vocabulary is `fixtures/schema.org.json`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

VOCABULARY = json.loads((Path(__file__).parent / "fixtures/schema.org.json").read_text("utf-8"))
_SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def said(page: str) -> list[dict[str, Any]]:
    """Return the things that a page's scripts describe, those of a graph one by one."""
    found: list[dict[str, Any]] = []
    for script in _SCRIPT.findall(page):
        thing = json.loads(script)
        assert thing["@context"] == "https://schema.org"
        found += thing.get("@graph", [thing])
    return found


def things(value: object) -> Iterator[dict[str, Any]]:
    """Yield all things in a value, however deep."""
    if isinstance(value, list):
        for one in value:
            yield from things(one)
    elif isinstance(value, dict):
        yield value
        for one in value.values():
            yield from things(one)


def _above(kind: str) -> Iterator[str]:
    """Yield a type and all types above it."""
    while kind:
        yield kind
        kind = VOCABULARY["types"][kind]


def unknown(page: str) -> Iterator[str]:
    """Yield what schema.org does not know of what a page says: a type, or a property of it."""
    for thing in things(said(page)):
        kind = thing.get("@type", "")
        if not kind:
            assert thing.keys() == {"@id"}  # it is described elsewhere on the page
            continue
        if kind not in VOCABULARY["types"]:
            yield kind
            continue
        for name in thing.keys() - {"@type", "@id", "@context"}:
            if not set(_above(kind)) & set(VOCABULARY["properties"].get(name, ())):
                yield f"{kind}.{name}"
