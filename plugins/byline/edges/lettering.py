"""Fonts for the texts of cards: Byline's own, one that the writer set, and those of the machine when they are needed.

Not a layout, and nothing is drawn where a glyph is missing: which texts can be set in which fonts is told before.
"""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from byline.edges.system_fonts import faces_of, font_folders, installed
from byline.values.clusters import cleaned, clusters, pictographic, seen, shaped
from byline.values.font import Cut, Lettered
from byline.values.line_breaks import ADDED
from byline.values.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from byline.values.font import Font

_BUNDLED = Path(__file__).parents[1] / "credits" / "fonts"
_NAMES = {
    Cut.TITLE: ("NotoSerif-Bold.ttf", "NotoSymbols.ttf"),
    Cut.TEXT: ("NotoSans-Regular.ttf", "NotoSymbols.ttf"),
}
_LAST = ("unifont", "lastresort", "fallback", "blank")
"""Parts of names of fonts that have something for every character, and nothing fair for any: never used."""
_USUAL = ("notosans", "notoserif", "notonaskh")
"""How Noto's fonts for running text are named; there are others, such as Kufi and Rashi."""
_PAGES = {"ja": 17, "zh": 18, "ko": 19, "zh-hant": 20, "zh-tw": 20, "zh-hk": 20, "zh-mo": 20}
"""Which bit of a font's code pages says that it is made for a language ("OS/2", ulCodePageRange1)."""


class Found(NamedTuple):
    """A text as it can be set, and the characters in it that no font has, each once."""

    lettered: Lettered
    missing: str


class Lettering:
    """The fonts of one site; those of the machine are looked for once, when a character is missing elsewhere.

    `problems` says what is wrong with the font that was set. `shaping` tells whether letters can be joined, stacked and
    set from right to left: Pillow needs Raqm for it (and Raqm FriBiDi, which some systems lack).
    """

    def __init__(self, own: Path | None = None, name: str = "", folders: Sequence[Path] | None = None) -> None:
        """Take the writer's font, if one is set, which a Problem calls `name`; `folders` instead of the machine's."""
        from PIL import features

        self.shaping = bool(features.check("raqm"))
        self.problems: tuple[Problem, ...] = ()
        self._folders = folders
        self._tried: dict[Font, bool] = {}
        self._found: dict[tuple[str, Cut, str], Found] = {}
        self._own: tuple[Font, ...] = ()
        if own is not None:
            self._own = tuple(font for font in faces_of(own)[:1] if _opens(font))
            if not self._own:
                self.problems = (_bad_font(name or own.name, there=own.is_file()),)

    def found(self, text: str, cut: Cut, language: str = "") -> Found:
        """Return a text with the fonts for it, without the pictographs that no font has.

        What is missing otherwise is told; a script that changes with its neighbours is, where there is no shaping.
        """
        # Authors and sites stand on many cards.
        if (text, cut, language) not in self._found:
            self._found[text, cut, language] = self._find(text, cut, language)
        return self._found[text, cut, language]

    def _find(self, text: str, cut: Cut, language: str) -> Found:
        text = cleaned(text)
        parts = clusters(text if self.shaping else text.replace("\u200c", "").replace("\u200d", ""))
        unshaped = set() if self.shaping else {part for part in parts if shaped(part)}
        wanted = {part for part in (*parts, *(ADDED if parts else ())) if seen(part)} - unshaped
        fonts: list[Font] = []
        for font in (*self._own, *self._bundled[cut]):
            wanted = self._taken(font, wanted, fonts)
        for font in self._chosen(wanted, cut, language) if wanted else ():
            wanted = self._taken(font, wanted, fonts)
        wanted |= unshaped
        text = cleaned("".join(part for part in parts if part not in wanted or not pictographic(part)))
        missing = dict.fromkeys(part for part in parts if part in wanted and not pictographic(part))
        return Found(Lettered(text, tuple(fonts)), "".join(missing))

    @cached_property
    def _bundled(self) -> dict[Cut, tuple[Font, ...]]:
        return {
            cut: tuple(font for name in names for font in faces_of(_BUNDLED / name)) for cut, names in _NAMES.items()
        }

    @cached_property
    def _installed(self) -> dict[Cut, tuple[Font, ...]]:
        """Return the fonts of the machine, the fittest first."""
        folders = font_folders() if self._folders is None else self._folders
        every = [font for font in installed(folders) if not any(part in font.path.name.lower() for part in _LAST)]
        return {cut: tuple(sorted(every, key=partial(_fitness, cut))) for cut in Cut}

    @staticmethod
    def _taken(font: Font, wanted: set[str], fonts: list[Font]) -> set[str]:
        """Return what is still wanted after a font, which joins the others if it has any of it."""
        left = {part for part in wanted if not font.has(part)}
        if len(left) < len(wanted):
            fonts.append(font)
        return left

    def _chosen(self, wanted: set[str], cut: Cut, language: str) -> Iterator[Font]:
        """Yield fonts until nothing is wanted or none has any of it: one that has all, else the one that has most."""
        candidates = list(self._installed[cut])
        while wanted and candidates:
            font = _made_for(language, (font for font in candidates if all(map(font.has, wanted))))
            font = font or max(candidates, key=partial(_count, wanted))
            has = set(filter(font.has, wanted))
            if not has:
                return
            candidates.remove(font)
            if font not in self._tried:
                self._tried[font] = _opens(font)
            if self._tried[font]:
                wanted = wanted - has
                yield font


def _fitness(cut: Cut, font: Font) -> tuple[bool, int, bool, bool, str, int]:
    """Return what sorts fonts: Noto goes with the rest of the card, and serifs with its titles."""
    name = font.path.name.lower()
    return (
        not font.plain,
        abs(font.near(cut.value) - cut.value),
        not name.startswith(_USUAL),
        font.serif != (cut is Cut.TITLE),
        font.path.as_posix(),
        font.face,
    )


def _count(wanted: Iterable[str], font: Font) -> int:
    return sum(map(font.has, wanted))


def _made_for(language: str, fonts: Iterator[Font]) -> Font | None:
    """Return the first of the fonts that is made for a language, else the first; None of none."""
    subtags = language.lower().split("-")
    page = _PAGES.get("-".join(subtags[:2])) or _PAGES.get(subtags[0])
    first = next(fonts, None)
    if first is None or page is None or first.pages >> page & 1:
        return first
    return next((font for font in fonts if font.pages >> page & 1), first)


def _opens(font: Font) -> bool:
    """Tell whether FreeType can draw with a font, whatever its tables say."""
    from PIL import ImageFont

    try:
        ImageFont.truetype(font.path, 32, font.face).getmask("A")
    except (OSError, RuntimeError, ValueError):
        return False
    return True


def _bad_font(name: str, *, there: bool) -> Problem:
    what = "is no font that can be used here" if there else "is not there"
    remedy = "Name a TrueType or OpenType file (.ttf, .otf, .ttc), from the project's folder on, or leave the key out."
    return Problem("bad-font", f'The font of BYLINE_PHOTOS["font"], {name}, {what}.', remedy)
