"""Resolve: of all records that speak of a picture, nearest to the text first, one Credit, and words for the picture.

Not a judgement of what the terms allow here: that is `credits/rules`. Where records disagree, it is told, not guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from byline.credits import licenses
from byline.credits.record import Origin
from byline.values.addresses import on_the_web
from byline.values.credit import Credit
from byline.values.person import Person
from byline.values.problem import editorial

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from byline.credits.record import Record
    from byline.values.credit import License
    from byline.values.problem import Place, Problem

_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
"""IPTC's vocabulary, whose terms may be written without it: `digitalCapture`."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose pictures are the site's own: the writer, as schema.org's `#me`, and the licence code of such pictures."""

    person: Person
    own_license: str = "ARR"


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the records come to: the Credit (None: nobody is named, and no terms), words, the crop that is asked for."""

    credit: Credit | None
    alt: str = ""
    decorative: bool = False
    caption: str = ""
    crop: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def allowed_crop(self) -> str:
        """Return the crop that is asked for, if the licence lets the picture be cropped."""
        return "" if self.credit and self.credit.license.no_derivatives else self.crop


def resolve(records: Iterable[Record], owner: Owner, place: Place) -> Resolved:
    """Return what all records of a picture come to, field by field, the one nearest to the text first.

    `place` is where the picture is shown; a Problem stands at the field of the record that is wrong.
    """
    every = sorted(records, key=lambda record: record.origin)
    said = _Said(every, place)
    license_, problems = _license(said, owner)
    credit = _credit(said, license_, owner)
    decorative = bool(said.value("decorative"))
    return Resolved(
        credit,
        "" if decorative else said.text("alt"),
        decorative,
        said.text("caption"),
        said.text("crop"),
        (*problems, *_disagreements(every, owner)),
    )


class _Said:
    """What the records say, taken together."""

    def __init__(self, records: list[Record], place: Place) -> None:
        self._records = records
        self._place = place

    def value(self, name: str) -> object:
        """Return the value of a field in the first record that has it; None: nobody says anything."""
        record = self._of(name)
        return record.fields[name] if record else None

    def text(self, name: str) -> str:
        record = self._of(name)
        return record.text(name) if record else ""

    def address(self, name: str) -> str:
        """Return a field's address; empty when it leads nowhere on the web, which `credits/rules` tells."""
        return self.text(name) if on_the_web(self.text(name)) else ""

    def where(self, name: str) -> Place:
        """Return where the field that counts stands, or where the picture is shown."""
        record = self._of(name)
        return record.where(name) if record else self._place

    def _of(self, name: str) -> Record | None:
        return next((record for record in self._records if name in record.fields), None)


def _credit(said: _Said, license_: License, owner: Owner) -> Credit | None:
    own = bool(said.value("own"))
    names = said.value("creator")
    creators = tuple(Person(name) for name in names) if isinstance(names, tuple) else ()
    if own:
        creators = (owner.person,)
    elif creators:
        creators = (replace(creators[0], url=said.address("creator_url")), *creators[1:])
    credit = Credit(
        license_,
        creators,
        title=said.text("title"),
        credit_line="" if own else said.text("credit_line"),
        source=said.address("source"),
        changes=said.text("changes"),
        acquire=said.address("acquire"),
        own=own,
        digital_source_type=_source_type(said.text("digital_source_type")),
    )
    notice = said.text("copyright")
    if not notice and credit.named and (own or said.value("year")):
        notice = " ".join(filter(None, ("©", said.text("year"), credit.named)))
    if not credit.named and not notice and license_.code == licenses.UNKNOWN.code:
        return None
    return credit if license_.free else replace(credit, copyright=notice)


def _license(said: _Said, owner: Owner) -> tuple[License, tuple[Problem, ...]]:
    """Return the licence of a picture, and what is wrong with it; where nothing is certain, the unknown one."""
    code, url = said.text("license"), said.text("license_url")
    if not code and not url:
        code = owner.own_license if said.value("own") else ""
    at = said.where("license" if said.text("license") else "license_url")
    named, linked = (licenses.by_name(code) if code else None), (licenses.by_url(url) if url else None)
    if named and linked and named != linked:
        what = f"The license says {named.code}, its license_url {linked.code}."
        return licenses.UNKNOWN, (editorial("license-mismatch", what, "Keep the right one, remove the other.", at),)
    if code and not named and not linked:
        return licenses.UNKNOWN, (_unknown(code, at),)
    if url and not code and not linked:
        return licenses.UNKNOWN, (_unknown(url, at),)
    if named and url and not linked:
        # The terms may stand at an address of their own: of whoever gave the permission, of a port nobody lists.
        return (named if named.url or not on_the_web(url) else replace(named, url=url)), ()
    return named or linked or licenses.UNKNOWN, ()


def _unknown(written: str, at: Place) -> Problem:
    if candidates := licenses.versions(written):
        what = f"The licence {written} has no version: it may be {', '.join(candidates)}."
        return editorial("license-version-missing", what, "Look at the picture's page, and write which it is.", at)
    remedy = f"Write its SPDX id, ARR when you have permission, or unknown.{licenses.near(written)}"
    return editorial("license-unknown", f"There is no licence {written}.", remedy, at)


def _disagreements(records: list[Record], owner: Owner) -> Iterator[Problem]:
    """Yield a Problem for each record that names another creator, or other terms, than one nearer to the text.

    A nearer record that says when its licence was `seen` was compared by the writer, and the file is not believed.
    """
    for index, farther in enumerate(records):
        nearer = records[:index]
        file = farther.origin is Origin.FILE
        if file and any(record.text("seen") for record in nearer):
            continue
        for name, told in (("creator", "the creator"), ("license", "the licence"), ("license_url", "the licence")):
            first = next((record for record in nearer if _names(record, name, owner)), None)
            here, there = _names(farther, name, owner), _names(first, name, owner) if first else ""
            if first is None or not here or _agree(here, there):
                continue
            place = first.where(name if name in first.fields else "own")
            if file:
                remedy = "Mend what is wrong; or, if it is the file, say when you looked: a line seen, with the date."
                yield editorial(
                    "embedded-disagrees", f"Here {told} is {there}, but the file says {here}.", remedy, place
                )
            else:
                what = f"Here {told} is {there}, but {farther.where(name)} says {here}."
                yield editorial("records-disagree", what, "Mend what is wrong.", place)
            break


def _names(record: Record, name: str, owner: Owner) -> str:
    """Return what a record says of the creator, or of the licence by its code where that is known."""
    if name == "creator":
        return owner.person.name if record.fields.get("own") else record.text("creator")
    written = record.text("license") or record.text("license_url")
    known = licenses.by_name(written) if written else None
    return "" if known is licenses.UNKNOWN else known.code if known else ""


def _agree(one: str, other: str) -> bool:
    """Tell whether two names may mean the same: one holds the other, whatever the case."""
    one, other = one.casefold(), other.casefold()
    return one in other or other in one


def _source_type(written: str) -> str:
    return written if not written or "/" in written else f"{_SOURCE_TYPES}{written}"
