"""A picture as schema.org's ImageObject, for the page's JSON-LD: one drawing of its Credit.

Not the page's own JSON-LD: that is the theme's, and names the picture by its `@id`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from byline.values.addresses import uri

if TYPE_CHECKING:
    from byline.values.credit import Credit
    from byline.values.photo import Photo


def image_object(photo: Photo, site_url: str) -> dict[str, object]:
    """Return the description of a picture as it is shown (schema.org, ImageObject; Google's image metadata).

    `site_url` is the site's address, whose `#me` is the writer.
    """
    address = uri(urljoin(f"{site_url}/", photo.address))
    described = {
        "@type": "ImageObject",
        "@id": f"{address}#picture",
        "contentUrl": address,
        "name": photo.title,
        "caption": photo.caption,
        **(_credited(photo.credit, site_url) if photo.credit else {}),
    }
    return {name: value for name, value in described.items() if value}


def _credited(credit: Credit, site_url: str) -> dict[str, object]:
    creators: list[dict[str, str]] = []
    for person in credit.creators:
        known = {"@id": f"{site_url}/#me"} if credit.own else {}
        url = {"url": person.url} if person.url else {}
        creators.append({"@type": "Person", **known, "name": person.name, **url})
    return {
        "creator": creators[0] if len(creators) == 1 else creators,
        "creditText": credit.line,
        "copyrightNotice": credit.copyright,
        "license": credit.license.url,
        "acquireLicensePage": credit.acquire,
        "digitalSourceType": credit.digital_source_type,
    }
