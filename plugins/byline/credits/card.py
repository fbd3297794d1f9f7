"""Which social card a post gets, and what it is called: a pure plan, the same each time on one machine.

Not the drawing: that is `edges/card_drawing`; nor the words of a credit.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from byline.credits.licenses import UNSPLASH
from byline.credits.renditions import crop_box, ratio_of
from byline.values.bidi import leftward
from byline.values.card import DRAWING, WIDTH, Arrangement, Card, Placed
from byline.values.font import Cut, Lettered
from byline.values.problem import Problem, Severity
from byline.values.text import shortened

if TYPE_CHECKING:
    from byline.edges.lettering import Lettering
    from byline.values.credit import Credit
    from byline.values.photo import Photo

FOLDER = "cards"
"""Where cards stand, below output/."""
ACCENTS = {"blue": "#1f5a92", "green": "#2b6742", "red": "#a33327", "violet": "#6a459c", "ochre": "#87590b"}
"""The theme's accents, as `theme/style/20-tokens.css` and `theme/style/accents/` have them on light ground."""
_NARROW = ("SAMPLING", "DEVNATIONS")
"""Creative Commons' licences that allow a part or a change only to some, or for some ends."""
_WIDE = 1.8
"""From this ratio on, a picture stands above the text: beside it, less than half of it would be seen."""
_MOST_ENLARGED = 1.5
"""A picture that would have to be enlarged more than this to fill its part is shown whole, as large as it is."""
_LONGEST_STEM = 60
_LONGEST, _LONGEST_NAME = 600, 60
"""Characters of a title or credit, and of a name, that are looked at: as many as there is room for, or more."""


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on a card, plain texts: the post's title, its author, the site's name, the picture's credit."""

    title: str
    author: str
    site: str
    credit: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Lead:
    """The picture of a card, the digest of its file, and the XMP packet for the card."""

    photo: Photo
    digest: str
    packet: bytes = b""


def planned(
    name: str, words: Words, lead: Lead | None, accent: str, lettering: Lettering
) -> tuple[Card | None, tuple[Problem, ...]]:
    """Return the card of a post, and what is wrong, without a place; `name`, a slug or a title, becomes its file's.

    `accent` is one of ACCENTS. A card whose words no font can draw is its picture alone; None when it has none.
    """
    found = [
        lettering.found(shortened(text, longest), cut, words.language)
        for text, longest, cut in (
            (words.title, _LONGEST, Cut.TITLE),
            (words.author, _LONGEST_NAME, Cut.TEXT),
            (words.site, _LONGEST_NAME, Cut.TEXT),
            (words.credit if lead else "", _LONGEST, Cut.TEXT),
        )
    ]
    missing = "".join(dict.fromkeys("".join(one.missing for one in found)))
    problems = (_without_text(missing),) if missing else ()
    if missing and lead is None:
        return None, problems
    title, author, site, credit = (Lettered() if missing else one.lettered for one in found)
    card = Card(
        "",
        title,
        author,
        site,
        credit,
        language=words.language,
        accent=ACCENTS.get(accent, ACCENTS["blue"]),
        leftward=leftward(title.text or author.text),
        shaping=lettering.shaping,
        placed=_placed(lead.photo, with_text=not missing) if lead else None,
        packet=lead.packet if lead else b"",
    )
    digest = _digest(card, lead.digest if lead else "")
    return replace(card, path=f"{FOLDER}/{_slug(name)}.{digest}-{WIDTH}w.jpg"), problems


def as_shown(photo: Photo) -> Photo:
    """Return a picture as its card shows it: its `crop` is what the card cuts it to, which its credit must say."""
    if not _may_be_cut(photo.credit):
        return replace(photo, crop="")
    placed = _placed(photo, with_text=True)
    ratio = ":".join(map(str, placed.arrangement.value))
    cut = placed.fills and crop_box(ratio, photo.width or 0, photo.height or 0)
    return replace(photo, crop=ratio) if cut else photo


def _placed(photo: Photo, *, with_text: bool) -> Placed:
    """Return where a picture stands: above the text when it is wide, cut to its part when its licence allows it."""
    width, height = photo.width or 0, photo.height or 0
    wide = bool(height) and width / height >= _WIDE
    arrangement = Arrangement.ALONE if not with_text else Arrangement.ABOVE if wide else Arrangement.BESIDE
    if not _may_be_cut(photo.credit):
        return Placed(arrangement, fills=False)
    across, down = arrangement.value
    large = width * _MOST_ENLARGED >= across and height * _MOST_ENLARGED >= down
    return Placed(arrangement, large, ratio_of(photo.crop) or 0.0)


def _may_be_cut(credit: Credit | None) -> bool:
    """Tell whether a picture's terms allow to show a part of it: those that don't say so forbid it."""
    if credit is None or credit.license.no_derivatives:
        return False
    terms = credit.license
    common = terms.code.startswith("CC-") and not any(part in terms.code.upper() for part in _NARROW)
    return credit.own or terms.free or common or terms.code == UNSPLASH.code


def _without_text(missing: str) -> Problem:
    named = ", ".join(f"{char} ({unicodedata.name(char[0], 'unnamed')})" for char in missing[:3])
    return Problem(
        "card-without-text",
        f"No font on this machine can draw {named}, so the post's card has no text.",
        'Install a font for that script, such as Noto, or name one in BYLINE_PHOTOS["font"].',
        severity=Severity.EDITORIAL,
    )


def _slug(name: str) -> str:
    """Return a name for addresses in ASCII."""
    ascii_ = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_)[:_LONGEST_STEM].strip("-") or "card"


def _digest(card: Card, picture: str) -> str:
    """Return 16 hex digits that change with anything a card is made of."""
    texts = [
        [lettered.text, *(f"{font.digest}-{font.face}" for font in lettered.fonts)]
        for lettered in (card.title, card.author, card.site, card.credit)
    ]
    placed = card.placed and [card.placed.arrangement.name, card.placed.fills, card.placed.ratio]
    look = [card.language, card.accent, card.shaping, placed, picture, card.packet.hex()]
    return hashlib.sha256(json.dumps([DRAWING, texts, look]).encode()).hexdigest()[:16]
