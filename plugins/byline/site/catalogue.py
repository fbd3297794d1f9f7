"""A catalogue of words: one of gettext's .po files, read and looked through, so that no page fails by it.

Not a choice of language: that is `languages`. And no .mo file: what gettext wants is made in memory.
"""

from __future__ import annotations

import re
from gettext import GNUTranslations
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

_LINE = re.compile(r'\s*(#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)\s+)?"([^"\\]|\\.)*")?\s*')
"""A line of a .po file (GNU gettext, "The Format of PO Files")."""
_SLOT = re.compile(r"%(?:\((\w+)\)s|(.?))")
"""What Jinja puts a value in, such as `%(site)s`; the second group is what comes after any other percent sign."""


class BrokenError(Exception):
    """A catalogue cannot be used; the message says what is wrong in `line`, from 1, `remedy` how to mend it."""

    def __init__(self, line: int, what: str, remedy: str) -> None:
        super().__init__(what)
        self.line = line
        self.remedy = remedy


def catalogue(body: bytes, language: str) -> GNUTranslations:
    """Return the words of a .po file in a language (BCP 47), whose plural forms count where the file names none.

    Words that are empty or marked as fuzzy are left out. Raises BrokenError at the first line that is wrong.
    """
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    for number, line in enumerate(_lines(body), 1):
        if not _LINE.fullmatch(line):
            remedy = 'Write a comment, or msgid or msgstr with its words between two ", and \\" for one in them.'
            raise BrokenError(number, "This is no line of a catalogue.", remedy)
    try:
        found = read_po(BytesIO(body), locale=_locale(language), abort_invalid=True)
        _look_through(found)
        compiled = BytesIO()
        write_mo(compiled, found)
        compiled.seek(0)
        return GNUTranslations(compiled)
    except PoFileError as error:
        what = f"The catalogue cannot be read: {error}."
        raise BrokenError(error.lineno + 1, what, "Write a msgid, and below it its msgstr.") from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:  # what Babel and gettext leave to Python
        what = f"The catalogue cannot be read: {error or type(error).__name__}."
        raise BrokenError(1, what, "Compare its first lines with those of another catalogue.") from error


def _lines(body: bytes) -> list[str]:
    try:
        return body.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise BrokenError(line, "This line is not in UTF-8.", "Save the file in UTF-8.") from error


def _locale(language: str) -> str | None:
    """Return what Babel calls a language; None where it knows none of that name."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language, sep="-"))
    except (ValueError, UnknownLocaleError):
        return None


def _look_through(found: Catalog) -> None:
    """Take out what is not translated; raise BrokenError for what would fail on a page, or be missing there."""
    for message in list(found):
        if not message.id:
            continue
        forms = _texts(message.string)
        if not any(forms):
            found.delete(message.id, message.context)
        elif not all(forms):
            what = f"The translation has {sum(map(bool, forms))} of the {len(forms)} plural forms of its language."
            raise BrokenError(message.lineno or 1, what, "Write msgstr[0] and so on, as many as Plural-Forms says.")
        have = {slot for words in _texts(message.id) for slot in _slots(words)}
        for words in forms:
            for slot in sorted(_slots(words) - have - ({"%(num)s"} if message.pluralizable else set())):
                what = f"The translation has {slot}, which the English words above it lack."
                remedy = "Write slots as they are there, and %% for a percent sign."
                raise BrokenError(message.lineno or 1, what, remedy)


def _texts(words: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())


def _slots(words: str) -> set[str]:
    """Return the slots of a text; a percent sign that is none counts as one, but for a doubled one."""
    return {match[0] for match in _SLOT.finditer(words) if match[2] != "%"}
