"""A credit in words: title, author, source, licence and changes, each with where it leads.

Not HTML: the figure, the feed and the card draw the same parts each in their way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from byline.credits import licenses
from byline.credits.wording import SLOT, wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from byline.values.credit import Credit, License
    from byline.values.photo import Photo


class Part(NamedTuple):
    """A piece of the words: its text, the address it leads to (empty: none), whether it is the picture's title."""

    text: str
    url: str = ""
    title: bool = False


def parts(photo: Photo, language: str, own: Mapping[str, str], *, labelled: bool = False) -> tuple[Part, ...]:
    """Return the credit of a picture in a language, `own` words first; empty when it has none.

    `labelled`: behind the words "Photo credit:", which need not be said once more. What must be said is said in the
    order that Creative Commons recommends: title, author, source, licence; then what was changed.
    """
    if photo.credit is None:
        return ()
    words = wording(language, own)
    credit = photo.credit
    if credit.license.code == licenses.UNKNOWN.code and not labelled:
        return (Part(f"{words['label']} "), *parts(photo, language, own, labelled=True))
    work = _work(credit, words, labelled=labelled)
    stated = [work, *_terms(credit, words)]
    if photo.crop and not credit.own and not credit.license.free:
        stated.append([Part(words["cropped"])])
    if credit.changes:
        stated.append([Part(credit.changes)])
    sentences = [list(_joined(stated, words))]
    if credit.license.code == licenses.ALL_RIGHTS_RESERVED.code and not credit.own:
        sentences.append([Part(words["permission"])])
    if credit.acquire:
        sentences.append([Part(words["licensing"], credit.acquire)])
    return tuple(_merged(part for piece in _between(sentences, words["stop"]) for part in piece))


def unsaid(photo: Photo, language: str, own: Mapping[str, str]) -> str:
    """Return as sentences the terms that `parts` leaves out, of the writer's own picture; empty where it says all."""
    credit = photo.credit
    if credit is None or not credit.own or credit.license.url:
        return ""
    words = wording(language, own)
    said = filter(None, (credit.copyright, _name(credit.license, words)))
    return "".join(f"{text}{words['stop']}" for text in said).rstrip()


def plain(found: tuple[Part, ...]) -> str:
    """Return the words alone."""
    return "".join(part.text for part in found)


def _work(credit: Credit, words: Mapping[str, str], *, labelled: bool) -> list[Part]:
    """Return what it is and who made it; the source hangs on the title, else on the word "Photo", else on its host."""
    platform = credit.license.platform
    source = "" if platform else credit.source
    creator = [] if _is_in_notice(credit) else _creator(credit, words)
    titled = [Part(credit.title, source, title=True)]
    if credit.title:
        work = _filled(words["titled"], {"title": titled, "creator": creator}) if creator else titled
    elif not creator:
        work = [Part(words["photo"], source)]
    elif not labelled:
        work = _filled(words["untitled"], {"photo": [Part(words["photo"], source)], "creator": creator})
    elif source:
        work = _filled(words["source"], {"work": creator, "source": [Part(_host(source), source)]})
    else:
        work = creator
    if platform:
        there = Part(platform, credit.source or credit.license.url)
        work = _filled(words["platform"], {"work": work, "platform": [there]})
    return work


def _is_in_notice(credit: Credit) -> bool:
    """Tell whether the copyright notice that is shown names the creators, so that nobody need be named twice."""
    return bool(credit.named) and not credit.own and credit.named in credit.copyright


def _creator(credit: Credit, words: Mapping[str, str]) -> list[Part]:
    """Return the creators, linked where they have an address."""
    if credit.credit_line or not credit.creators:
        url = next((person.url for person in credit.creators if person.url), "")
        return [Part(credit.credit_line, url)] if credit.credit_line else []
    *first, last = ([Part(person.name, "" if credit.own else person.url)] for person in credit.creators)
    return _filled(words["and"], {"first": list(_joined(first, words)), "last": last}) if first else last


def _terms(credit: Credit, words: Mapping[str, str]) -> Iterator[list[Part]]:
    """Yield the copyright notice, then the licence; neither for the writer's own where all rights are reserved."""
    license_ = credit.license
    if credit.copyright and not credit.own:
        url = next((person.url for person in credit.creators if person.url), "") if _is_in_notice(credit) else ""
        yield [Part(credit.copyright, url)]
    if license_.code == licenses.NO_KNOWN_RESTRICTIONS.code:
        yield [Part(words["restrictions"], license_.url)]
    elif license_.url and not license_.platform:
        yield [Part(_name(license_, words), license_.url)]
    elif license_ not in {licenses.UNKNOWN, licenses.ALL_RIGHTS_RESERVED, licenses.UNSPLASH}:
        yield [Part(license_.name)]


def _name(license_: License, words: Mapping[str, str]) -> str:
    return words["reserved"] if license_.code == licenses.ALL_RIGHTS_RESERVED.code else license_.name


def _joined(pieces: list[list[Part]], words: Mapping[str, str]) -> Iterator[Part]:
    for piece in _between(pieces, words["comma"]):
        yield from piece


def _between(pieces: list[list[Part]], sign: str) -> Iterator[list[Part]]:
    """Yield the pieces with a sign between each two."""
    for number, piece in enumerate(pieces):
        if number:
            yield [Part(sign)]
        yield piece


def _filled(pattern: str, slots: Mapping[str, list[Part]]) -> list[Part]:
    """Return a pattern with its slots filled; a slot that is none of them stays as it is written."""
    found = []
    for number, piece in enumerate(SLOT.split(pattern)):
        if number % 2:
            found += slots.get(piece, [Part(f"{{{piece}}}")])
        elif piece:
            found.append(Part(piece))
    return found


def _merged(found: Iterator[Part]) -> Iterator[Part]:
    """Yield the parts with plain neighbours made one."""
    text = ""
    for part in found:
        if part.url or part.title:
            if text:
                yield Part(text)
            text = ""
            yield part
        else:
            text += part.text
    if text:
        yield Part(text)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")
