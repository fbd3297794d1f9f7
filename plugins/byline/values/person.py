"""The writer, as pages and feeds name them.

Not an address book: the people of a writer's network are a later matter.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """A person: microformats2 `h-card` (`p-name`, `u-url`, `p-note`, `u-photo`), schema.org `Person`."""

    name: str
    url: str = ""
