"""The pictures of one post or page, and its text drawn with them: figures in the text, a lead figure, credits.

Not the finding of a picture's record: that is the Album's; not a page: templates and feeds ask for what they show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from byline.credits import jsonld, words
from byline.credits.figure import Manner, closing, figure, picture, unpinned
from byline.credits.shown import find, redrawn
from byline.values.content import Content, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from byline.credits.figure import Look
    from byline.credits.shown import Found, Shown
    from byline.values.photo import Photo

_LEADING = Manner(eager=True, lead=True)
_PIXELS = re.compile(r"([0-9]{1,5})(?:px)?")

Named = tuple[str, tuple[tuple[str, str], ...]]
"""What tells a picture in a text from others: its address and its attributes."""


def named(shown: Shown) -> Named:
    """Return what tells this picture from others."""
    return shown.url, tuple(sorted(shown.attributes.items()))


@dataclass(frozen=True, slots=True)
class Drawn:
    """HTML that is drawn when a page asks for it; templates print it as it is, escaping or not."""

    draw: Callable[[], str]

    def __html__(self) -> str:
        return self.draw()

    def __str__(self) -> str:
        return self.draw()


@dataclass(frozen=True, slots=True)
class Pictured:
    """The lead picture, the pictures of the text by what names them there, and which of those are no figure.

    `look` is how they are drawn; `root`, wherever it is asked for, goes before addresses below the site's root.
    `met` is what was found in a text, most often the one to be drawn, which is known by its digest.
    """

    look: Look
    site_url: str
    lead: Photo | None = None
    inline: Mapping[Named, Photo] = field(default_factory=dict)
    among_words: frozenset[Named] = frozenset()
    met: tuple[str, tuple[Found, ...]] = ("", ())

    @property
    def every(self) -> tuple[Photo, ...]:
        """Return the pictures as they are shown, in their order."""
        return (*([self.lead] if self.lead else ()), *self.inline.values())

    @property
    def photos(self) -> tuple[Photo, ...]:
        """Return the pictures of this site in their order, each file once."""
        return tuple({photo.path: photo for photo in reversed(self.every) if photo.path}.values())[::-1]

    def text(self, html: str, root: str) -> str:
        """Return the text with its pictures drawn, and after it the credits that stand nowhere else."""
        return self._text(html, replace(self.look, root=root))

    def entry(self, html: str) -> str:
        """Return the text as a feed carries it: the lead picture first, addresses absolute, no credit twice, no pin."""
        once = "picture" if self.look.credit == "both" else self.look.credit
        look = replace(self.look, root=self.site_url, credit=once, pin=unpinned)
        return (figure(self.lead, look, _LEADING) if self.lead else "") + self._text(html, look)

    def lead_figure(self, root: str) -> Drawn | None:
        """Return the figure of the lead picture; None when there is none."""
        return Drawn(partial(figure, self.lead, replace(self.look, root=root), _LEADING)) if self.lead else None

    def lead_picture(self, root: str) -> Drawn | None:
        """Return the lead picture alone, as a list of posts shows it; None when there is none."""
        return Drawn(partial(picture, self.lead, replace(self.look, root=root), _LEADING)) if self.lead else None

    def image_objects(self) -> list[dict[str, object]]:
        """Return schema.org's description of each picture, the lead picture first."""
        return [jsonld.image_object(photo, self.site_url) for photo in self.photos]

    def enclosed(self) -> tuple[tuple[Photo, str], ...]:
        """Return the pictures, each with its credit in words."""
        look = self.look
        return tuple((photo, words.plain(words.parts(photo, look.language, look.words))) for photo in self.photos)

    def _text(self, html: str, look: Look) -> str:
        if not self.every:
            return html

        def draw(number: int, shown: Shown) -> str | None:
            photo = self.inline.get(named(shown))
            if photo is None or shown.by_hand:
                return None
            manner = _manner(shown, eager=number == 0 and self.lead is None)
            return figure(photo, look, manner) if shown.alone else picture(photo, look, manner)

        of, met = self.met
        found = met if digest(Content(html)) == of else find(html)
        return redrawn(html, found, draw) + closing(self._owed(look), look)

    def _owed(self, look: Look) -> tuple[Photo, ...]:
        """Return the pictures whose credit stands in the closing block."""
        if look.credit != "picture":
            return self.every
        figures = [photo for name, photo in self.inline.items() if name not in self.among_words]
        said = {(photo.credit, photo.crop) for photo in (*figures, *([self.lead] if self.lead else ()))}
        among_words = (self.inline[name] for name in self.inline if name in self.among_words)
        return tuple(photo for photo in among_words if photo.credit and (photo.credit, photo.crop) not in said)


def _manner(shown: Shown, *, eager: bool) -> Manner:
    """Return how a picture of a text stands, after what the writer says at it."""
    across, down = (_PIXELS.fullmatch(shown.attributes.get(name, "")) for name in ("width", "height"))
    return Manner(
        eager,
        classes=shown.attributes.get("class", ""),
        fragment=shown.attributes.get("id", ""),
        link=shown.link,
        across=int(across[1]) if across else 0,
        down=int(down[1]) if down else 0,
    )
