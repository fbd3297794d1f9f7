"""Byline's own settings: plain data in a few groups, each field with its type, default and meaning.

Not a place for what Pelican has a setting for: that is read from Pelican's. docs/settings.md is printed from here.
Long, as it is a table of all settings, and what reads it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping  # noqa: TC003  read at run time, as the type of a field
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Literal, NewType, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from byline.values.problem import Problem
from byline.values.text import meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from byline.values.problem import Place


_DEPLOY = "BYLINE_DEPLOY"

Count = NewType("Count", int)
"""How many of something: a whole number that is not negative."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a reader can hire or ask the writer for."""

    text: Annotated[str, "One sentence; empty: no offer is shown."] = ""
    url: Annotated[str, "Where it leads: a page of this site, or any address."] = ""


@dataclass(frozen=True, slots=True)
class Author:
    """`BYLINE_AUTHOR`: who writes here, on the home page and after each post."""

    line: Annotated[str, "One line about who this is."] = ""
    bio: Annotated[str, "A paragraph more, for the home page."] = ""
    portrait: Annotated[str, "A picture below content/."] = ""
    email: Annotated[str, "An address that readers may write to."] = ""
    profiles: Annotated[list[str], "Addresses of the writer's pages elsewhere, as `rel=me`."] = field(
        default_factory=list
    )
    fediverse: Annotated[str, "`@name@host`: named as the author when a post is shown on Mastodon."] = ""
    offer: Annotated[Offer, "What a reader can hire or ask the writer for."] = Offer()


@dataclass(frozen=True, slots=True)
class Photos:
    """`BYLINE_PHOTOS`: in which sizes pictures are shown, and how they are credited."""

    widths: Annotated[list[int], "How wide the pictures are made, in pixels, where they have as many."] = field(
        default_factory=lambda: [480, 960, 1600]
    )
    formats: Annotated[
        list[Literal["avif", "webp"]],
        "Formats beside the picture's own, the smallest first: `avif`, `webp`; an empty list: none.",
    ] = field(default_factory=lambda: ["avif", "webp"])
    sizes: Annotated[str, "How wide a picture stands on the page (HTML's `sizes`); yours where your theme differs."] = (
        "(min-width: 42rem) 40rem, calc(100vw - 2.5rem)"
    )
    lead_sizes: Annotated[str, "The same for a post's lead picture, which stands wider."] = (
        "(min-width: 64rem) 60rem, 100vw"
    )
    credit: Annotated[
        Literal["picture", "end", "both"],
        "Where the credit stands: `picture`, at each; `end`, in one block that closes the post; or `both`.",
    ] = "picture"
    own_license: Annotated[str, "The licence of your own pictures, unless their record names another."] = "ARR"
    commercial: Annotated[bool, "Whether the site earns money: then pictures for non-commercial use are faults."] = (
        False
    )
    cards: Annotated[bool, "Whether each post gets a picture of its own for the networks."] = True
    font: Annotated[
        str, "A font file for those pictures, from the project's folder on, where the one that comes along won't do."
    ] = ""
    words: Annotated[dict[str, str], "Your own words for the credits, by name: docs/credits.md lists them."] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class Related:
    """`BYLINE_RELATED`: which posts a reader is shown next."""

    count: Annotated[Count, "How many related posts a post leads on to; 0: none."] = Count(5)
    in_feed: Annotated[bool, "Whether a post ends with them in the feeds, too."] = False


@dataclass(frozen=True, slots=True)
class Feeds:
    """`BYLINE_FEEDS`: what Pelican has no setting for; `FEED_ATOM`, `FEED_RSS` and the rest decide the addresses."""

    json: Annotated[str, "Where the JSON Feed is written; empty: none."] = "feeds/feed.json"
    limit: Annotated[int, "How many posts a feed holds, unless `FEED_MAX_ITEMS` is set."] = 20
    hub: Annotated[str, "A WebSub hub that tells readers at once."] = ""
    aliases: Annotated[
        dict[str, str], "Old feed address: the feed written there as a whole copy, for readers who stayed."
    ] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Theme:
    """`BYLINE_THEME`: how the pages look."""

    accent: Annotated[str, "The colour of links and marks: blue, green, red, violet or ochre."] = "blue"


@dataclass(frozen=True, slots=True)
class Checks:
    """`BYLINE_CHECKS`: how strict `check` and `publish` are."""

    strict_since: Annotated[str, "Posts dated before this day (ISO 8601) get warnings, counted in one line."] = (
        "2026-01-01"
    )


@dataclass(frozen=True, slots=True)
class Publish:
    """`BYLINE_PUBLISH`: who publishes, so that one place does."""

    from_: Annotated[str, "`here`: this machine, and the forge's workflow only tests; `forge`: the workflow."] = "here"
    commit: Annotated[bool, "Whether Byline commits its own files in content/ (the ledger of copies)."] = False


@dataclass(frozen=True, slots=True)
class Destination:
    """`BYLINE_DEPLOY`: where the site goes: one address as a text, or several by name, each a text or such a dict."""

    to: Annotated[
        str, "A git remote or path with `#branch`; `rsync://me@host/folder`; `s3://bucket?endpoint=…`; a folder."
    ] = ""
    verify: Annotated[
        bool | str, "Look at `SITEURL` until it is live; an address: look there; False: don't look, and share nothing."
    ] = True
    deadline: Annotated[int, "How many seconds to wait until it is live."] = 600
    keep: Annotated[int, "How many releases stay there, to go back to; their fingerprinted assets stay as long."] = 5
    compress: Annotated[
        bool | None, "Put compressed texts there for the host to serve; None: as is usual for the kind of target."
    ] = None

    def looked_at(self, site_url: str) -> str:
        """Return the address where a release must be seen live; empty: none is looked at."""
        return self.verify if isinstance(self.verify, str) else site_url if self.verify else ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All groups; each is a dict in `pelicanconf.py` named `BYLINE_` and the group in capitals.

    `deploy` holds the Destinations by name; a single one is named `live`.
    """

    author: Author = Author()
    photos: Photos = field(default_factory=Photos)
    related: Related = Related()
    feeds: Feeds = Feeds()
    theme: Theme = Theme()
    checks: Checks = Checks()
    publish: Publish = Publish()
    deploy: Mapping[str, Destination] = field(default_factory=dict)


def read_settings(written: Mapping[str, object], place: Callable[[str], Place]) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings of the `BYLINE_…` names in `written`, and a Problem for each that is unknown or ill typed.

    `place` answers where a name stands in the settings file. What is wrong keeps its default.
    """
    problems: list[Problem] = []
    groups: dict[str, Any] = {}
    known = {f"BYLINE_{group.name.upper()}": group.name for group in dataclasses.fields(Settings)}
    hints = get_type_hints(Settings)
    for name, value in written.items():
        if not name.startswith("BYLINE_"):
            continue
        if name not in known:
            problems.append(_unknown(name, name, known, place(name)))
            continue
        if name == _DEPLOY:
            groups["deploy"] = _read_destinations(value, place(name), problems)
        else:
            groups[known[name]] = _read_group(hints[known[name]], value, name, place(name), problems)
    return Settings(**groups), tuple(problems)


def _unknown(name: str, key: str, known: Iterable[str], place: Place) -> Problem:
    choice = meant(key, known) or f" Known are: {', '.join(known)}."
    return Problem("unknown-setting", f"The setting {name} is unknown.", f"Rename or remove it.{choice}", place)


def _read_destinations(value: object, place: Place, problems: list[Problem]) -> dict[str, Destination]:
    """Return the destinations by name; a text alone, or one's own options alone, are the one named `live`."""
    if not isinstance(value, str | dict):
        problems.append(_ill_typed(_DEPLOY, value, "text or a dict", place))
        return {}
    named = {"live": value} if isinstance(value, str) or "to" in value else value
    found = {}
    for name, given in named.items():
        options = {"to": given} if isinstance(given, str) else given
        inner = f'{_DEPLOY}["{name}"]'
        read = _read_group(Destination, options, inner, place, problems) if isinstance(options, dict) else None
        if isinstance(read, Destination) and read.to:
            found[str(name)] = read
            if isinstance(read.verify, str) and not _is_address(read.verify):
                problems.append(_ill_typed(f'{inner}["verify"]', read.verify, "an http or https address", place))
        elif value:
            problems.append(_ill_typed(inner, given, 'an address, or a dict with a key "to"', place))
    return found


def _is_address(url: str) -> bool:
    """Tell whether a text is the address of a site."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _read_group(group: type, value: object, name: str, place: Place, problems: list[Problem]) -> object:
    """Return an instance of the group's dataclass from a plain dict; wrong keys and types become Problems."""
    if not isinstance(value, dict):
        problems.append(_ill_typed(name, value, "a dict", place))
        return group()
    # A field named as one of Python's own words has an underscore, the key in the settings has none.
    hints = {key.rstrip("_"): hint for key, hint in get_type_hints(group).items()}
    names = {part.name.rstrip("_"): part.name for part in dataclasses.fields(group)}
    fields: dict[str, Any] = {}
    for key, given in value.items():
        inner = f'{name}["{key}"]'
        if key not in hints:
            problems.append(_unknown(inner, str(key), hints, place))
        elif dataclasses.is_dataclass(hints[key]) and isinstance(hints[key], type):
            fields[names[key]] = _read_group(hints[key], given, inner, place, problems)
        elif _fits(given, hints[key]):
            fields[names[key]] = given
        else:
            problems.append(_ill_typed(inner, given, type_name(hints[key]), place))
    return group(**fields)


def _fits(value: object, hint: Any) -> bool:  # noqa: ANN401  type hints are of no common type
    if get_origin(hint) is list:
        return isinstance(value, list | tuple) and all(_fits(part, *get_args(hint)) for part in value)
    if get_origin(hint) is Literal:
        return value in get_args(hint)
    if hint == dict[str, str]:
        return isinstance(value, dict) and all(isinstance(part, str) for pair in value.items() for part in pair)
    if hint is Count:
        return _fits(value, int) and value >= 0  # type: ignore[operator]  # it is a number
    return isinstance(value, hint) and not (hint is int and isinstance(value, bool))


def type_name(hint: Any) -> str:  # noqa: ANN401  type hints are of no common type
    """Return what a person calls the type of a field."""
    if get_origin(hint) is Literal:
        return " or ".join(f'"{choice}"' for choice in get_args(hint))
    if get_origin(hint) is list and get_origin(*get_args(hint)) is Literal:
        return f"a list of {type_name(*get_args(hint))}"
    names = {
        str: "text",
        int: "a whole number",
        Count: "a whole number, not below 0",
        bool: "True or False",
        bool | str: "True, False or text",
        bool | None: "True, False or None",
        list[str]: "a list of texts",
        list[int]: "a list of whole numbers",
    }
    return names.get(hint, "a dict of texts")


def _ill_typed(name: str, value: object, wanted: str, place: Place) -> Problem:
    return Problem(
        "wrong-setting",
        f"The setting {name} is {value!r}, and should be {wanted}.",
        "Write it as docs/settings.md shows.",
        place,
    )
