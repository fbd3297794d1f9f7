"""Resolve: of all records that speak of a picture, nearest to the text first, one Credit, and words for the picture.

Not a judgement of what the terms allow here: that is `credits/rules`. Where records disagree, it is told, not guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from byline.credits import licenses
from byline.credits.record import Origin
from byline.credits.records import QUOTED
from byline.values.addresses import on_the_web
from byline.values.credit import Credit
from byline.values.person import Person
from byline.values.problem import editorial
from byline.values.text import shortened

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

    @property
    def license(self) -> License:
        """Return the licence of the writer's own pictures; all rights reserved where it is none."""
        return licenses.by_name(self.own_license) or licenses.ALL_RIGHTS_RESERVED


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the records come to: the Credit (None: nobody is named, and no terms), words, the crop that is asked for.

    `described` is the alternative text that is said of the picture wherever it is shown, not of one showing.
    """

    credit: Credit | None
    alt: str = ""
    described: str = ""
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
    license_, problems = _license(every, owner, place)
    of_creator, own = _of_one_creator(every, owner)
    credit = _credit(said, _Said(of_creator, place), license_, owner if own else None)
    decorative = bool(said.value("decorative"))
    wherever = _Said([record for record in every if record.origin is not Origin.PICTURE], place)
    return Resolved(
        credit,
        "" if decorative else said.text("alt"),
        "" if decorative else wherever.text("alt"),
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


def _of_one_creator(records: list[Record], owner: Owner) -> tuple[list[Record], bool]:
    """Return the records that may speak of the creator whom the nearest names, and whether that is the writer.

    What a record says of another creator goes with them.
    """
    first = next((index for index, record in enumerate(records) if _names(record, "creator", owner)), len(records))
    if first == len(records):
        return records, False
    name, own = _names(records[first], "creator", owner), bool(records[first].fields.get("own"))

    def same(record: Record) -> bool:
        other = _names(record, "creator", owner)
        return _agree(name, other) if other else not own

    return [*records[: first + 1], *filter(same, records[first + 1 :])], own


def _credit(said: _Said, of_creator: _Said, license_: License, owner: Owner | None) -> Credit | None:
    """Return the Credit; `of_creator` is what is said of the one whom it names, `owner` the writer if it is they."""
    names = of_creator.value("creator")
    creators = tuple(Person(name) for name in names) if isinstance(names, tuple) else ()
    if owner:
        creators = (owner.person,)
    elif creators:
        creators = (replace(creators[0], url=of_creator.address("creator_url")), *creators[1:])
    credit = Credit(
        license_,
        creators,
        title=said.text("title"),
        credit_line="" if owner else of_creator.text("credit_line"),
        source=said.address("source"),
        changes=said.text("changes"),
        acquire=said.address("acquire"),
        own=owner is not None,
        digital_source_type=_source_type(said.text("digital_source_type")),
    )
    notice = of_creator.text("copyright")
    if not notice and credit.named and (owner or of_creator.value("year")):
        notice = " ".join(filter(None, ("©", of_creator.text("year"), credit.named)))
    if not credit.named and not notice and license_.code == licenses.UNKNOWN.code:
        return None
    return credit if license_.free else replace(credit, copyright=notice)


def _license(records: list[Record], owner: Owner, place: Place) -> tuple[License, tuple[Problem, ...]]:
    """Return the licence that the nearest record names, and what is wrong with it; the unknown one for want."""
    nearest = next((record for record in records if record.text("license") or record.text("license_url")), None)
    code, url = (nearest.text("license"), nearest.text("license_url")) if nearest else ("", "")
    if nearest is None and any(record.fields.get("own") for record in records):
        return owner.license, ()
    at = nearest.where("license" if code else "license_url") if nearest else place
    named, linked = (_known(code) if code else None), (licenses.by_url(url) if url else None)
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


def _known(written: str) -> License | None:
    """Return the licence of a code or name; one that has a single version needs none said."""
    candidates = licenses.versions(written)
    return licenses.by_name(written) or (licenses.by_code(candidates[0]) if len(candidates) == 1 else None)


def _unknown(written: str, at: Place) -> Problem:
    if candidates := licenses.versions(written):
        what = f"The licence {written} has no version: it may be {', '.join(candidates)}."
        return editorial("license-version-missing", what, "Look at the picture's page, and write which it is.", at)
    remedy = f"Write its SPDX id, ARR when you have permission, or unknown.{licenses.near(written)}"
    return editorial("license-unknown", f"There is no licence {shortened(written, QUOTED)}.", remedy, at)


def _disagreements(records: list[Record], owner: Owner) -> Iterator[Problem]:
    """Yield a Problem for each record that names another creator, or other terms, than one nearer to the text.

    A nearer record that says when its licence was `seen` was compared by the writer, and is believed.
    """
    for index, farther in enumerate(records):
        nearer = records[:index]
        if any(record.text("seen") for record in nearer):
            continue
        for name, told in (("creator", "the creator"), ("license", "the licence")):
            first = next((record for record in nearer if _names(record, name, owner)), None)
            here, there = _names(farther, name, owner), _names(first, name, owner) if first else ""
            if first is None or not here or (_agree(here, there) if name == "creator" else here == there):
                continue
            file = farther.origin is Origin.FILE
            who = "the file" if file else _place(farther, name)
            what = f"Here {told} is {shortened(there, QUOTED)}, but {who} says {shortened(here, QUOTED)}."
            remedy = "Mend what is wrong; or say here when you looked, and this is believed: seen, with the date."
            place = _place(first, name)
            if file:
                yield editorial("embedded-disagrees", what, remedy, place)
            else:
                yield editorial("records-disagree", what, remedy, place)


def _place(record: Record, name: str) -> Place:
    """Return where a record says whose picture it is, or on what terms."""
    fields = ("own", "creator") if name == "creator" else ("license", "license_url")
    return record.where(next((field for field in fields if record.fields.get(field)), name))


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
    """Return the address of a term of IPTC's."""
    return written if not written or on_the_web(written) else f"{_SOURCE_TYPES}{written}"
