"""A social card: what networks show with a link to a post, a picture of 1200 by 630 pixels.

Not its bytes: those `edges/card_drawing` makes of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from byline.values.font import Lettered

DRAWING = 1
"""Raised by hand whenever the same card is drawn differently: the names of cards tell it."""
WIDTH, HEIGHT = 1200, 630
"""Pixels: 1.91 to 1, which every network shows whole."""


class Arrangement(Enum):
    """Where the picture stands; the value is its part of the card, width and height in pixels.

    Text is beside or below it, never on it: what is laid over a picture makes another work of it.
    """

    BESIDE = (528, 630)
    ABOVE = (1200, 306)
    ALONE = (1200, 630)


@dataclass(frozen=True, slots=True)
class Placed:
    """The picture of a card: where it stands, and whether it fills its part, cut to it, or is shown whole in it.

    `ratio` is width through height of what is shown of the picture in the post, whose middle it is; 0: all of it.
    """

    arrangement: Arrangement
    fills: bool
    ratio: float = 0.0


@dataclass(frozen=True, slots=True)
class Card:
    """A card by what it is made of; `path` is POSIX below output/, and changes with any of it.

    `accent` is a colour as in `#1f5a92`; `leftward` is whether the title goes from right to left; `shaping` whether
    Raqm sets the letters; `packet` the XMP that goes into the file.
    """

    path: str
    title: Lettered
    author: Lettered
    site: Lettered
    credit: Lettered
    language: str
    accent: str
    leftward: bool
    shaping: bool
    placed: Placed | None
    packet: bytes
