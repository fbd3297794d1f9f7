"""Pelican's objects on one side, Byline's values on the other.

Not the host: this door reads settings files, and translates front matter and articles. It is long because it is the
only one: what both sides know stands here and nowhere else.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import sys
import traceback
import uuid
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin

from feedgenerator import get_tag_uri
from pelican.contents import Article
from pelican.readers import METADATA_PROCESSORS, ensure_metadata_list
from pelican.settings import DEFAULT_CONFIG, get_settings_from_file, read_settings
from pelican.utils import SafeDatetime, slugify

from byline.values import dates
from byline.values import settings as own
from byline.values.html import plain
from byline.values.person import Person
from byline.values.photo import Photo
from byline.values.post import Post, Reading, Status
from byline.values.problem import Fault, Place, Problem
from byline.values.text import one_edit_apart, shortened, without_markup

if TYPE_CHECKING:
    from collections.abc import Callable

_PATHS = ("PATH", "OUTPUT_PATH", "THEME", "CACHE_PATH")
_PATH_LISTS = ("PLUGIN_PATHS", "THEME_TEMPLATES_OVERRIDES")
_UNLISTED = frozenset(
    "AUTHOR TIMEZONE LINKS SOCIAL MENUITEMS FEED_DOMAIN FEED_ATOM FEED_ATOM_URL FEED_RSS FEED_RSS_URL FEED_ALL_RSS "
    "FEED_ALL_ATOM_URL FEED_ALL_RSS_URL CATEGORY_FEED_RSS TAG_FEED_ATOM TAG_FEED_RSS TRANSLATION_FEED_RSS SITESUBTITLE "
    "DEFAULT_DATE AUTHOR_REGEX_SUBSTITUTIONS CATEGORY_REGEX_SUBSTITUTIONS TAG_REGEX_SUBSTITUTIONS SITEMAP".split()
)
"""Settings that Pelican documents and its defaults leave out."""
_SUMMARY = 155
"""A summary made from the text ends within the characters that search results show."""
_PHOTO_KEYS = ("photo", "cover", "image", "featured_image")
_DATES = frozenset({"date", "modified"})
_SEVERAL = frozenset({"authors", "tags"})
_ONE = frozenset(
    {"author", "category", "id", "lang", "save_as", "slug", "status", "template", "timezone", "title", "url"}
)
"""Keys that have one value, whatever brackets say."""
_TAKEN = frozenset(dir(Article)) - {"save_as", "status", "summary", "url"} | {"settings", "translations"}
"""Names that a key would take away from Pelican, which makes every key an attribute."""
_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`\[\]]+")


@dataclass(frozen=True)
class Configuration:
    """What a settings file says: Pelican's settings with defaults and absolute paths, Byline's, and what is wrong."""

    file: Path
    pelican: dict[str, Any]
    own: own.Settings
    problems: tuple[Problem, ...]


def load(file: Path) -> Configuration:
    """Return the configuration of a settings file. Raises Fault when it cannot be run."""
    source = _source(file)
    forget_modules_below(file.parent)
    try:
        written = dict(get_settings_from_file(str(file)))
    except Exception as error:  # whatever a settings file raises is the writer's to mend
        line = _line_in(file, error)
        what = f"The settings cannot be read: {type(error).__name__}: {error}."
        raise Fault(Problem("bad-settings", what, "Mend that line.", Place(file.name, line))) from error
    problems: list[Problem] = []

    def place(name: str) -> Place:
        found = re.search(rf"(?m)^{re.escape(name)}\s*=", source)
        return Place(file.name, source.count("\n", 0, found.start()) + 1 if found else None)

    settings, wrong = own.read_settings(written, place)
    problems.extend(wrong)
    known = DEFAULT_CONFIG.keys() | _UNLISTED
    for name in written.keys() - known:
        near = next((other for other in sorted(known) if one_edit_apart(name, other)), None)
        if near and near not in written:
            what = f"The setting {name} is unknown."
            problems.append(Problem("unknown-setting", what, f"Did you mean {near}?", place(name)))
    try:
        dates.zone(written.get("TIMEZONE", "UTC"))
        pelican = read_settings(None, _absolute(written, file.parent))
    except Exception as error:  # Pelican raises what Python does for a setting that it cannot take
        what = f"Pelican cannot use the settings: {str(error).rstrip('.')}."
        raise Fault(Problem("bad-settings", what, "Mend that setting.", Place(file.name))) from error
    return Configuration(file, pelican, settings, tuple(problems))


def _source(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = f"The settings file cannot be read: {error}."
        raise Fault(Problem("bad-settings", what, "Run the command in a Byline folder.", Place(file.name))) from error


def _absolute(written: dict[str, Any], root: Path) -> dict[str, Any]:
    """Return the settings with paths made absolute against the settings file's folder, whatever is set."""
    settings = {"PATH": ".", "OUTPUT_PATH": "output", "CACHE_PATH": "cache", **written}
    for name in _PATHS:
        # A theme may also be the name of one that Pelican brings.
        if name in settings and (name != "THEME" or (root / str(settings[name])).exists()):
            settings[name] = str(root / str(settings[name]))
    for name in _PATH_LISTS:
        settings[name] = [str(root / str(path)) for path in settings.get(name, [])]
    return settings


def forget_modules_below(root: Path) -> None:
    """Take the site's own modules out of Python's memory, so that a settings file or plugin is read as it is now."""
    engine = root / "plugins" / "byline"
    environment = root / ".venv"
    for name, module in list(sys.modules.items()):
        source = getattr(module, "__file__", None)
        if source and name not in {"tasks", "__main__"}:
            parents = Path(source).parents
            if (
                root in parents
                and engine not in parents
                and environment not in parents
                and root / "tests" not in parents
            ):
                del sys.modules[name]


def _line_in(file: Path, error: Exception) -> int | None:
    """Return the line of the file that an exception came from."""
    if isinstance(error, SyntaxError) and error.filename == str(file):
        return error.lineno
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return lines[-1] if lines else None


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
    # Pelican's own answer for "no value" is an object() that only it knows; a key left out says the same.
    return {key: value for key, value in found.items() if value != []}


def _converted(key: str, value: object, settings: dict[str, Any]) -> Any:  # noqa: ANN401  what Pelican makes of a value
    """Return a value as Pelican has it. Raises ValueError for one that it cannot take."""
    if key in _TAKEN or key.startswith("_"):
        raise ValueError("Pelican needs that name for itself")
    if key in _ONE | _DATES and not isinstance(value, str):
        raise ValueError("it has several values")
    if key in _SEVERAL:
        names = value if isinstance(value, tuple) else (value,)
        if not all(isinstance(name, str) for name in names):
            raise ValueError("a name in it is no text")
        names = ensure_metadata_list(list(value) if isinstance(value, tuple) else value)
        return METADATA_PROCESSORS[key](names, settings) if names else []
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
    picture: Callable[[str], Photo | None],
) -> Post:
    """Return the Post of an Article (or Page). `picture` answers the Photo for a path below content/, None if unknown.

    The feed id is the post's `Id` (RFC 4122 UUID as `urn:uuid:`, or an absolute URI), else the `tag:` URI (RFC 4151)
    that Pelican's own feeds give, so that readers of a blog that moves here see nothing twice.
    """
    site_url = article.settings["SITEURL"]
    url = urljoin(f"{site_url}/", article.url)
    published = getattr(article, "date", None) if status is not Status.DRAFT or "date" in reading.front else None
    stock_url = f"{url}?ref=feed" if article.settings["FEED_APPEND_REF"] else url
    identity = feed_id(str(reading.front.get("id", ""))) or get_tag_uri(stock_url, published)
    front_summary = reading.front.get("summary", "")
    given = " ".join(front_summary) if isinstance(front_summary, tuple) else str(front_summary)
    return Post(
        id=identity,
        key=post_key(identity),
        url=url,
        address=article.url,
        path=reading.path,
        status=status,
        language=article.settings["DEFAULT_LANG"] if article.in_default_lang else article.lang,
        name=without_markup(str(getattr(article, "title", ""))),
        summary=plain(given) or shortened(reading.content.opening(2 * _SUMMARY), _SUMMARY),
        published=published,
        updated=getattr(article, "modified", None) or published,
        category=str(getattr(article, "category", "")),
        tags=tuple(tag.name for tag in getattr(article, "tags", ())),
        authors=tuple(_person(author, site_url) for author in getattr(article, "authors", ())),
        question=_text(reading.front.get("question")) or reading.content.question,
        photo=_photo(reading, picture),
        content=hashlib.sha256(reading.content.html.encode()).hexdigest(),
        aliases=_listed(reading.front.get("aliases")),
    )


def feed_id(written: str) -> str:
    """Return the feed id that an `Id` gives; empty when it is no UUID and no absolute URI."""
    try:
        return f"urn:uuid:{uuid.UUID(written)}"
    except ValueError:
        return written if _URI.fullmatch(written) else ""


def post_key(identity: str) -> str:
    """Return the name of a post's files: its UUID, else 20 hex digits of the SHA-256 of its feed id."""
    prefix = "urn:uuid:"
    if identity.startswith(prefix):
        return identity.removeprefix(prefix)
    return hashlib.sha256(identity.encode()).hexdigest()[:20]


def _person(author: Any, site_url: str) -> Person:  # noqa: ANN401  Pelican's Author has no types
    address = author.url if author.settings.get("AUTHOR_SAVE_AS") else ""
    return Person(author.name, urljoin(f"{site_url}/", address) if address else "")


def _photo(reading: Reading, picture: Callable[[str], Photo | None]) -> Photo | None:
    """Return the lead picture that the front matter names."""
    path = lead_picture(reading)
    found = picture(path) if path else None
    if found is None:
        return None
    alt = _text(reading.front.get("photo_alt")) or found.alt
    title = _text(reading.front.get("photo_title")) or found.title
    return Photo(found.path, found.url, alt, title, found.width, found.height)


def lead_picture(reading: Reading) -> str:
    """Return the path from content/ of the picture the front matter names; empty for none, or one on another site."""
    written = next((_text(reading.front[key]) for key in _PHOTO_KEYS if reading.front.get(key)), "")
    written = re.sub(r"^[{|](?:static|attach|filename)[|}]", "", written)
    if not written or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", written):
        return ""
    folder = "" if written.startswith("/") else posixpath.dirname(reading.path)
    return posixpath.normpath(posixpath.join(folder, unquote(written).lstrip("/")))


def lead_picture_key(reading: Reading) -> str:
    """Return the front-matter key that names the lead picture; empty for none."""
    return next((key for key in _PHOTO_KEYS if reading.front.get(key)), "")


def _text(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")


def _listed(value: object) -> tuple[str, ...]:
    """Return the parts of a list, or of a text with commas."""
    parts = value if isinstance(value, tuple) else str(value or "").split(",")
    return tuple(filter(None, (str(part).strip() for part in parts)))
