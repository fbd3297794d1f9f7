"""A record: what one place says of a picture, and where it says it.

Not the truth yet: several places may speak of one picture, and `resolve` makes a Credit of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from byline.values.problem import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS = frozenset(
    "acquire alt caption changes copyright credit_line creator_url crop digital_source_type license license_url "
    "permission seen source title".split()
)
"""Fields whose value is a text."""
SWITCHES = frozenset({"decorative", "own"})
"""Fields whose value is true or false."""
FIELDS = TEXTS | SWITCHES | {"creator", "year"}
"""All fields; `creator` is a tuple of names, `year` a whole number."""


class Origin(IntEnum):
    """Where a record stands; the lower, the nearer to the text, and the more it counts."""

    PICTURE = 1
    """Attributes at the picture in the text."""
    POST = 2
    """`Photo_…` in a post's front matter, for its lead picture."""
    RECORDS = 3
    """`content/photos.toml`."""
    FILE = 4
    """The picture's own XMP or IIM."""


@dataclass(frozen=True, slots=True)
class Record:
    """What one place says: fields by name, typed as FIELDS says; `place` is the record, `lines` are its fields' lines.

    A place's path is the source below content/ (`photos.toml`, `posts/letting-go.md`, the picture itself).
    """

    origin: Origin
    place: Place
    fields: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a field's text; empty when it is not there."""
        value = self.fields.get(name, "")
        return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)

    def where(self, name: str) -> Place:
        """Return the place of a field, or of the record when the field has none of its own."""
        line = self.lines.get(name)
        return Place(self.place.path, line) if line else self.place
