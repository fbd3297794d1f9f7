"""The theme's words in each language, by gettext: the writer's catalogues before the theme's, English for want.

Not a translation: a catalogue that is not there is missed by nobody but its readers, who get the English words.
"""

from __future__ import annotations

import os
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import pass_context
from markupsafe import escape
from pelican.settings import DEFAULT_CONFIG

from byline.edges import files
from byline.site.catalogue import BrokenError, catalogue
from byline.site.dates_in_words import in_words, locale_of
from byline.site.includes import safe
from byline.values.languages import from_the_nearest_on
from byline.values.problem import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from gettext import GNUTranslations

    from babel import Locale
    from jinja2 import Environment
    from jinja2.runtime import Context
    from pelican.contents import Content

    from byline.site.trace import Recorder

_FILE = "LC_MESSAGES/byline.po"
_ENGLISH = "en"


class Languages:
    """The words of a theme that has a `locale/` folder, in every language there is a catalogue for."""

    def __init__(self, theme: Path, own: Path, root: Path, tell: Callable[[Problem], None]) -> None:
        """Look which catalogues there are in a theme and in the writer's folder; what is wrong with one is told.

        Places are seen from `root`.
        """
        self.spoken = (theme / "locale").is_dir()
        self._root = root
        self._tell = tell
        self._folders = [_catalogues(folder / "locale") for folder in (own, theme)] if self.spoken else []
        self._broken: set[Path] = set()
        self._known: dict[str, NullTranslations] = {}
        self._locales: dict[str, Locale] = {}
        self._messages: dict[tuple[str, str], str] = {}
        self._said: dict[tuple[str, tuple[int, ...]], str] = {}

    def look_through(self, languages: Iterable[str]) -> None:
        """Read the catalogues that these languages need, and all of the writer's: what is wrong with them is told."""
        own = self._folders[0] if self.spoken else ()
        for language in sorted({*languages, *own}):
            self.words(language)

    def words(self, language: str) -> NullTranslations:
        """Return the words in a language (BCP 47): what `de-AT` lacks is that of `de`, what that lacks is English."""
        if language not in self._known:
            words = NullTranslations()
            for found in reversed(list(self._chain(language))):
                found.add_fallback(words)
                words = found
            self._known[language] = words
        return self._known[language]

    def in_words(self, period: Sequence[int], language: str) -> str:
        """Return a year, a month of a year or a day of it, given by its numbers, in a language (BCP 47)."""
        said = (language, tuple(period))
        if said not in self._said:
            if language not in self._locales:
                self._locales[language] = locale_of(language)
            self._said[said] = in_words(period, self._locales[language])
        return self._said[said]

    def attach(self, environment: Environment, recorder: Recorder) -> None:
        """Let this environment's templates speak: each page in what it calls its `language`, else in DEFAULT_LANG.

        They get Jinja's `trans`, `gettext` and `ngettext`, which note what they say, and the filter `in_words`.
        """
        if not self.spoken:
            return

        def filled(context: Context, said: str, slots: Mapping[str, object]) -> str:
            if not context.eval_ctx.autoescape:
                return said % slots
            # Markup's own operator does the same, at three times the cost.
            escaped = {name: value if isinstance(value, int) else escape(value) for name, value in slots.items()}
            return safe(said % escaped)  # words of a catalogue

        @pass_context
        def gettext(context: Context, message: str, /, **slots: object) -> str:
            language = _language(context)
            said = self._gettext(language, message)
            recorder.note(f"words:{language}", message, said)
            return filled(context, said, slots)

        @pass_context
        def ngettext(context: Context, one: str, many: str, num: int, /, **slots: object) -> str:
            language = _language(context)
            said = self.words(language).ngettext(one, many, num)
            recorder.note(f"words:{language}", f"{num} {many}", said)
            return filled(context, said, {"num": num, **slots})

        @pass_context
        def dated(context: Context, period: Sequence[int]) -> str:
            return self.in_words(period, _language(context))

        environment.add_extension("jinja2.ext.i18n")
        environment.newstyle_gettext = True  # type: ignore[attr-defined]  # `trans` hands its slots over
        # Not by the extension's own functions around these, which would double what each word costs.
        environment.globals |= {"gettext": gettext, "ngettext": ngettext}
        environment.filters["in_words"] = dated

    def date(self, content: Content) -> None:
        """Give a content its dates in its own language; where the writer sets how, Pelican has done so."""
        if self.spoken and content.date_format == DEFAULT_CONFIG["DEFAULT_DATE_FORMAT"]:
            for name in ("date", "modified"):
                if day := getattr(content, name, None):
                    said = self.in_words((day.year, day.month, day.day), content.lang)
                    setattr(content, f"locale_{name}", said)

    def _gettext(self, language: str, message: str) -> str:
        key = (language, message)
        if key not in self._messages:
            self._messages[key] = self.words(language).gettext(message)
        return self._messages[key]

    def _chain(self, language: str) -> Iterator[GNUTranslations]:
        """Yield the catalogues for a language from the nearest on, each read anew, as gettext chains them for good."""
        for tag in dict.fromkeys((*from_the_nearest_on(language), _ENGLISH)):
            for folder in self._folders:
                if tag in folder and folder[tag] not in self._broken and (found := self._read(folder[tag], tag)):
                    yield found

    def _read(self, file: Path, tag: str) -> GNUTranslations | None:
        try:
            return catalogue(files.body(str(file)), tag)
        except BrokenError as error:
            place = Place(Path(os.path.relpath(file, self._root)).as_posix(), error.line)
            self._tell(Problem("broken-catalogue", str(error), error.remedy, place))
            self._broken.add(file)
            return None


def _catalogues(folder: Path) -> dict[str, Path]:
    """Return the catalogues below a `locale` folder by language tag: that of `locale/pt_BR/` is `pt-br`."""
    return {file.parents[1].name.replace("_", "-").lower(): file for file in sorted(folder.glob(f"*/{_FILE}"))}


def _language(context: Context) -> str:
    return str(context.resolve("language") or context["DEFAULT_LANG"])
