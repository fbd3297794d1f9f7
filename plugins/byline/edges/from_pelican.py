"""Pelican's objects on one side, Byline's values on the other.

Not the host: this door only translates front matter and articles.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from pelican.contents import Article
from pelican.readers import METADATA_PROCESSORS
from pelican.utils import SafeDatetime, slugify

from byline.edges.tag_uri import tag_uri
from byline.values import dates, excerpt
from byline.values.addresses import below, spellings
from byline.values.content import digest
from byline.values.person import Person
from byline.values.post import Post, Reading, Share, Status
from byline.values.problem import Fault, Place, Problem
from byline.values.text import fold, without_markup

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from byline.values.photo import Photo

_PHOTO_KEYS = dict.fromkeys(("photo", "cover", "image", "featured_image")).keys()
_DATES = frozenset({"date", "modified"})
_SEVERAL = frozenset({"authors", "tags"})
_ONE = frozenset(
    {"author", "category", "id", "lang", "save_as", "slug", "status", "template", "timezone", "title", "url"}
)
"""Keys that have one value, whatever brackets say."""
_SINGLE = _ONE | _DATES
_TAKEN = frozenset(dir(Article)) - {"save_as", "status", "summary", "url"} | {"settings", "translations"}
"""Names that a key would take away from Pelican, which makes every key an attribute."""
_SERIES_INDEX = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,9})?")
_UUID_URN = re.compile(r"urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_SHARE = "share_"
"""How a key begins that has words for one network."""
_NOTHING_SAID = Share()
_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`\[\]]+")


def metadata(reading: Reading, settings: dict[str, Any]) -> dict[str, Any]:
    """Return a Reading's front matter as Pelican's readers give it: dates, tags and the rest as objects.

    Raises Fault, with the key's line, for a value that Pelican cannot take.
    """
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in reading.front.items():
        if value in ("", ()):
            continue
        try:
            found[key] = _converted(key, value, settings)
        except (ValueError, OverflowError) as error:
            what = f"{key.capitalize()} cannot be read: {error}."
            remedy = "Write it as `2026-03-01 09:30`." if key in _DATES else "Write one plain text, or rename the key."
            problems.append(Problem("bad-value", what, remedy, Place(reading.path, reading.lines.get(key))))
    if problems:
        raise Fault(*problems)
    # A key left out says the same as Pelican's own answer for "no value".
    return {key: value for key, value in found.items() if value != []}


def _converted(key: str, value: object, settings: dict[str, Any]) -> Any:  # noqa: ANN401  what Pelican makes of a value
    """Return a value as Pelican has it. Raises ValueError for one that it cannot take."""
    if key in _TAKEN or key.startswith("_"):
        raise ValueError("Pelican needs that name for itself")
    if key in _SINGLE and not isinstance(value, str):
        raise ValueError("it has several values")
    if isinstance(value, dict) and (key == "share" or key.startswith(_SHARE)):
        raise ValueError("it is a table")
    if key in _SEVERAL:
        names = value if isinstance(value, tuple) else (value,)
        if not all(isinstance(name, str) for name in names):
            raise ValueError("a name in it is no text")
        found = METADATA_PROCESSORS[key](list(value) if isinstance(value, tuple) else value, settings)
        return [] if type(found) is object else found  # Pelican's own answer for "no value"
    if key in _DATES:
        return dates.moment(str(value), dates.zone(settings.get("TIMEZONE", "UTC")), SafeDatetime)
    if key == "timezone":
        return dates.zone(value).key
    if key == "url":
        urljoin("https://site.example/", str(value))  # raises what it would raise later
    if key in METADATA_PROCESSORS:
        return METADATA_PROCESSORS[key](value, settings)
    return list(value) if isinstance(value, tuple) else value


def slug(title: str, settings: dict[str, Any]) -> str:
    """Return the slug that Pelican gives a title under these settings; empty when it has no letter or digit."""
    return str(
        slugify(
            title,
            regex_subs=settings["SLUG_REGEX_SUBSTITUTIONS"],
            preserve_case=settings["SLUGIFY_PRESERVE_CASE"],
            use_unicode=settings["SLUGIFY_USE_UNICODE"],
        )
    )


def title_as_html(title: str) -> str:
    """Return a plain title fit for templates that print titles as they are, as Pelican's themes do."""
    return escape(title, quote=False)


def post(
    article: Article,
    reading: Reading,
    status: Status,
    photo: Photo | None,
    credited: tuple[str, ...] = (),
) -> Post:
    """Return the Post of an Article (or Page), with its lead picture and the addresses of those whom it gives credit.

    The feed id is the post's `Id` (RFC 4122 UUID as `urn:uuid:`, or an absolute URI), else the `tag:` URI (RFC 4151)
    that Pelican's own feeds give, so that readers of a blog that moves here see nothing twice.
    """
    site_url = article.settings["SITEURL"]
    address = article.url
    url = below(site_url, address)
    published = getattr(article, "date", None) if status is not Status.DRAFT or "date" in reading.front else None
    stock_url = f"{url}?ref=feed" if article.settings["FEED_APPEND_REF"] else url
    identity = feed_id(str(reading.front.get("id", ""))) or tag_uri(stock_url, published)
    return Post(
        id=identity,
        key=post_key(identity),
        url=url,
        address=address,
        path=reading.path,
        status=status,
        language=article.settings["DEFAULT_LANG"] if article.in_default_lang else article.lang,
        name=without_markup(str(getattr(article, "title", ""))),
        summary=excerpt.summary(reading),
        published=published,
        updated=getattr(article, "modified", None) or published,
        category=str(getattr(article, "category", "")),
        tags=tuple(tag.name for tag in getattr(article, "tags", ())),
        authors=tuple(_person(author, site_url) for author in getattr(article, "authors", ())),
        question=excerpt.question(reading),
        photo=photo,
        content=reading.content.known(digest),
        aliases=_listed(reading.front.get("aliases")),
        series=_series(reading.front.get("series")),
        series_index=_series_index(reading.front.get("series_index")),
        share=share(reading.front),
        credits=credited,
    )


def feed_id(written: str) -> str:
    """Return the feed id that an `Id` gives; empty when it is no UUID and no absolute URI."""
    if not written:
        return ""
    try:
        return f"urn:uuid:{uuid.UUID(written)}"
    except ValueError:
        return written if _URI.fullmatch(written) else ""


def post_key(identity: str) -> str:
    """Return the name of a post's files: its UUID, else 20 hex digits of the SHA-256 of its feed id."""
    if match := _UUID_URN.fullmatch(identity):
        return match[1]
    return hashlib.sha256(identity.encode()).hexdigest()[:20]


def share(front: Mapping[str, object]) -> Share:
    """Return what front matter, by folded key, says of telling the networks; names are folded like keys.

    `Networks: none`, whatever else it names, and an empty list are no network; an empty text says nothing.
    """
    own = [key for key in front if key.startswith(_SHARE)]
    if not own and "share" not in front and "networks" not in front:
        return _NOTHING_SAID
    words = {key.removeprefix(_SHARE): text for key in own if (text := _lines(front[key]))}
    names = tuple(dict.fromkeys(map(fold, _listed(front.get("networks")))))
    nowhere = "none" in names or front.get("networks") == ()
    return Share(_lines(front.get("share")), tuple(sorted(words.items())), () if nowhere else names or None)


def _person(author: Any, site_url: str) -> Person:  # noqa: ANN401  Pelican's Author has no types
    if "person" not in vars(author):  # an author whom many posts share is described once
        address = author.url if author.settings.get("AUTHOR_SAVE_AS") else ""
        author.person = Person(author.name, below(site_url, address) if address else "")
    return author.person  # type: ignore[no-any-return]  # as above


def lead_picture(path: str, front: Mapping[str, object], found: Collection[str]) -> str:
    """Return the path from content/ of the picture that a source's front matter names, as the file there is spelt.

    Empty for none, or one on another site; `path` is the source's own, `found` are the files below content/.
    """
    return _file(_text(front[key]), path, found) if (key := lead_picture_key(front)) else ""


def sound_file(path: str, front: Mapping[str, object], found: Collection[str]) -> str:
    """Return the path from content/ of the sound file that a source's front matter names, in the same way."""
    return _file(_text(front["audio"]), path, found) if "audio" in front else ""


def lead_picture_key(front: Mapping[str, object]) -> str:
    """Return the front-matter key that names the lead picture; empty for none."""
    return "" if _PHOTO_KEYS.isdisjoint(front) else next((key for key in _PHOTO_KEYS if front.get(key)), "")


def _file(written: str, path: str, found: Collection[str]) -> str:
    """Return the path from content/ that a source at `path` means; empty for none, or one on another site."""
    written = re.sub(r"^[{|](?:static|attach|filename)[|}]", "", written.strip()) if written else ""
    if not written or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", written):
        return ""
    targets = spellings(written, path)
    return next((target for target in targets if target in found), targets[0])


def _series(written: object) -> str:
    """Return the name of a series, of several the first; empty where no text is one."""
    names = written if isinstance(written, tuple) else (written,)
    return next(filter(None, (without_markup(name) for name in names if isinstance(name, str))), "")


def _series_index(written: object) -> float | None:
    """Return a part's number; None for none, and for what is no number."""
    text = _text(written).strip()
    return float(text) if _SERIES_INDEX.fullmatch(text) else None


def _lines(value: object) -> str:
    """Return a text, or the texts of a list line by line; the `true` of other engines is no word to be told."""
    lines = value if isinstance(value, tuple) else (value,)
    text = "\n".join(line for line in lines if isinstance(line, str)).strip()
    return "" if text.lower() in {"true", "false"} else text


def _text(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")


def _listed(value: object) -> tuple[str, ...]:
    """Return the parts of a list, or of a text with commas."""
    parts = value if isinstance(value, tuple) else str(value or "").split(",")
    return tuple(filter(None, (str(part).strip() for part in parts)))
