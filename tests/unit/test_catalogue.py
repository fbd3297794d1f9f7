"""A catalogue of words: read, and looked through for what would fail on a page."""

from __future__ import annotations

import pytest
from byline.site.catalogue import BrokenError, catalogue

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def words(text: str, language: str = "de") -> dict[str, str]:
    """Return what a catalogue says instead of some English words."""
    found = catalogue((HEAD + text).encode(), language)
    return {english: found.gettext(english) for english in ("Share", "Tags")}


def broken(text: str | bytes) -> tuple[int, str]:
    """Return the line and what is wrong there."""
    with pytest.raises(BrokenError) as slip:
        catalogue(text if isinstance(text, bytes) else text.encode(), "de")
    assert slip.value.remedy.endswith(".")
    return slip.value.line, str(slip.value)


def test_words_that_it_lacks_stay_english() -> None:
    assert words('\nmsgid "Share"\nmsgstr "Teilen"\n') == {"Share": "Teilen", "Tags": "Tags"}


def test_words_that_are_empty_or_in_doubt_stay_english() -> None:
    text = '\nmsgid "Share"\nmsgstr ""\n\n#, fuzzy\nmsgid "Tags"\nmsgstr "Marken"\n'
    assert words(text) == {"Share": "Share", "Tags": "Tags"}


def test_a_head_is_not_needed_and_plural_forms_are_those_of_the_language() -> None:
    text = 'msgid "%(num)s post"\nmsgid_plural "%(num)s posts"\n'
    text += 'msgstr[0] "%(num)s wpis"\nmsgstr[1] "%(num)s wpisy"\nmsgstr[2] "%(num)s wpisów"\n'

    found = catalogue(text.encode(), "pl-PL")

    said = [found.ngettext("%(num)s post", "%(num)s posts", number) % {"num": number} for number in (1, 2, 5, 22)]
    assert said == ["1 wpis", "2 wpisy", "5 wpisów", "22 wpisy"]


def test_words_in_numbers_that_are_empty_stay_english() -> None:
    text = b'msgid "%(num)s post"\nmsgid_plural "%(num)s posts"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    assert catalogue(text, "de").ngettext("%(num)s post", "%(num)s posts", 2) == "%(num)s posts"


def test_a_language_that_nobody_knows_has_one_and_many() -> None:
    text = 'msgid "%(num)s post"\nmsgid_plural "%(num)s posts"\nmsgstr[0] "wa’"\nmsgstr[1] "law’"\n'
    assert catalogue(text.encode(), "tlh").ngettext("%(num)s post", "%(num)s posts", 2) == "law’"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('msgid "Share"\nmsgstr "Tei"len"\n', 2, "This is no line of a catalogue."),
        ("msgid Share\n", 1, "This is no line of a catalogue."),
        ('msgid "Share\nmsgstr "Teilen"\n', 1, "This is no line of a catalogue."),
        ('msgid "Share"\n<<<<<<< HEAD\nmsgstr "Teilen"\n', 2, "This is no line of a catalogue."),
        ('msgid "Tags"\nmsgstr "Marken"\n\nmsgid "Share"\n', 4, "The catalogue cannot be read"),
        ('\nmsgid "by %(person)s"\nmsgstr "von %(name)s"\n', 2, "The translation has %(name)s"),
        ('msgid "Share"\nmsgstr "100 % teilen"\n', 1, "The translation has % "),
        ('msgid "Share"\nmsgstr "Teilen %"\n', 1, "The translation has %,"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', 1, "The translation has 1 of the 2 plural forms"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[2] "c"\n', 1, "The catalogue cannot be read"),
        ('msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=n !;\\n"\n', 1, "The catalogue cannot be read"),
        ('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=klingon\\n"\n', 1, "The catalogue cannot be read"),
    ],
)
def test_what_would_fail_is_told_with_its_line(text: str, line: int, what: str) -> None:
    found, said = broken(text)
    assert (found, said[: len(what)]) == (line, what)


def test_a_file_in_another_encoding_is_told_at_the_line() -> None:
    assert broken('msgid "Share"\nmsgstr "für"\n'.encode("latin-1")) == (2, "This line is not in UTF-8.")


def test_a_percent_sign_is_written_twice() -> None:
    found = catalogue(b'msgid "Share"\nmsgstr "100 %% teilen"\n', "de")
    assert found.gettext("Share") % {} == "100 % teilen"
