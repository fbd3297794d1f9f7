"""The rules of credit: what a picture's terms oblige to, and what stands against it here.

Not the reading of terms: a licence that nobody knows, or records that disagree, `credits/resolve` tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.credits import licenses
from byline.credits.record import Origin
from byline.credits.records import QUOTED
from byline.values.addresses import on_the_web
from byline.values.problem import editorial
from byline.values.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from byline.credits.record import Record
    from byline.credits.resolve import Resolved
    from byline.values.photo import Photo
    from byline.values.problem import Place, Problem

_ADDRESSES = ("creator_url", "source", "license_url", "acquire")


def problems(
    photo: Photo, found: Resolved, records: Iterable[Record], place: Place, *, commercial: bool
) -> Iterator[Problem]:
    """Yield what is wrong with a picture as it is shown at a place, after Creative Commons' terms and good custom.

    `found` is what its records come to; `commercial` whether the site earns money.
    """
    every = sorted(records, key=lambda record: record.origin)
    name = photo.path or photo.url
    if not found.alt and not found.decorative:
        where = "" if _leads(every) else " between the brackets of ![…], or in photos.toml"
        remedy = f"Say what it shows{where}: {_said(every, 'alt', '…')}; or {_said(every, 'decorative', 'true')}."
        yield editorial("alt-missing", f"{name} has no alternative text.", remedy, place)
    yield from _uncredited(name, found, every, place)
    credit = found.credit
    if credit is None:
        return
    license_ = credit.license
    if license_.source and not credit.own and not any(record.text("source") for record in every):
        remedy = "Add source, the address of the picture's page."
        yield editorial("source-missing", f"{license_.name} wants {name} linked to its source.", remedy, place)
    if license_.title and not credit.title and not credit.own and any(record.text("title") for record in every):
        remedy = "Add title, or remove the line that empties it."
        what = f"{license_.name} wants the title of {name} said, and its creator gave one."
        yield editorial("title-required-before-4.0", what, remedy, place)
    if license_.no_derivatives and found.crop:
        remedy = "Take the crop out, or another picture."
        yield editorial("nd-crop", f"{license_.name} does not allow {name} to be cropped.", remedy, place)
    if license_.non_commercial and commercial:
        what = f"{license_.name} does not allow {name} on a site that earns money."
        yield editorial("nc-on-commercial-site", what, "Take another picture.", _where(every, "license", place))


def _uncredited(name: str, found: Resolved, every: list[Record], place: Place) -> Iterator[Problem]:
    """Yield what is wrong where nobody is named, or no terms are."""
    for record in every:
        for field in _ADDRESSES:
            if (url := record.text(field)) and not on_the_web(url):
                what = f"The {field} {shortened(url, QUOTED)} is no address that starts with http:// or https://."
                yield editorial("url-not-http", what, "Write the whole address.", record.where(field))
    credit = found.credit
    if credit is None or (credit.license.attribute and not credit.named):
        named = "Photo_creator, Photo_license" if _leads(every) else "in photos.toml, creator, license"
        remedy = f"Say who made it: {named} and source; or {_said(every, 'own', 'true')}."
        yield editorial("credit-missing", f"Nobody is named for {name}.", remedy, place)
    elif credit.license.code == licenses.UNKNOWN.code and not found.problems:
        what = f"Nothing says on what terms {name} is shown."
        remedy = f"Find its licence out, or ask for permission and write {_said(every, 'license', 'ARR')}."
        yield editorial("license-not-stated", what, remedy, _where(every, "license", place))
    elif credit.license.code == licenses.ALL_RIGHTS_RESERVED.code and not credit.named and not credit.copyright:
        remedy = "Say whose rights they are: creator, or copyright."
        yield editorial("credit-missing", f"Nobody is named for {name}.", remedy, place)


def _leads(every: list[Record]) -> bool:
    """Tell whether it is a lead picture, of which its post's front matter speaks."""
    return any(record.origin is Origin.POST for record in every)


def _said(every: list[Record], field: str, value: str) -> str:
    """Return how a field is said of this picture: in its post's front matter, or in the file of records."""
    text = value if value == "true" else f'"{value}"'
    return f"Photo_{field}: {value}" if _leads(every) else f"{field} = {text}"


def _where(every: list[Record], field: str, place: Place) -> Place:
    return next((record.where(field) for record in every if field in record.fields), place)
