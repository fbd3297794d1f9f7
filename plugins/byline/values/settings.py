"""Byline's own settings: plain data in a few groups, each field with its type, default and meaning.

Not a place for what Pelican has a setting for: that is read from Pelican's. docs/settings.md is printed from here.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

from byline.values.problem import Problem
from byline.values.text import meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from byline.values.problem import Place


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
class Settings:
    """All groups; each is a dict in `pelicanconf.py` named `BYLINE_` and the group in capitals."""

    author: Author = Author()
    feeds: Feeds = Feeds()
    theme: Theme = Theme()


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
        groups[known[name]] = _read_group(hints[known[name]], value, name, place(name), problems)
    return Settings(**groups), tuple(problems)


def _unknown(name: str, key: str, known: Iterable[str], place: Place) -> Problem:
    choice = meant(key, known) or f" Known are: {', '.join(known)}."
    return Problem("unknown-setting", f"The setting {name} is unknown.", f"Rename or remove it.{choice}", place)


def _read_group(group: type, value: object, name: str, place: Place, problems: list[Problem]) -> object:
    """Return an instance of the group's dataclass from a plain dict; wrong keys and types become Problems."""
    if not isinstance(value, dict):
        problems.append(_ill_typed(name, value, "a dict", place))
        return group()
    hints = get_type_hints(group)
    fields: dict[str, Any] = {}
    for key, given in value.items():
        inner = f'{name}["{key}"]'
        if key not in hints:
            problems.append(_unknown(inner, str(key), hints, place))
        elif dataclasses.is_dataclass(hints[key]) and isinstance(hints[key], type):
            fields[key] = _read_group(hints[key], given, inner, place, problems)
        elif _fits(given, hints[key]):
            fields[key] = given
        else:
            problems.append(_ill_typed(inner, given, _type_name(hints[key]), place))
    return group(**fields)


def _fits(value: object, hint: Any) -> bool:  # noqa: ANN401  type hints are of no common type
    if hint == list[str]:
        return isinstance(value, list | tuple) and all(isinstance(part, str) for part in value)
    if hint == dict[str, str]:
        return isinstance(value, dict) and all(isinstance(part, str) for pair in value.items() for part in pair)
    return isinstance(value, hint) and not (hint is int and isinstance(value, bool))


def _type_name(hint: Any) -> str:  # noqa: ANN401  type hints are of no common type
    names = {str: "text", int: "a whole number", bool: "True or False", list[str]: "a list of texts"}
    return names.get(hint, "a dict of texts")


def _ill_typed(name: str, value: object, wanted: str, place: Place) -> Problem:
    return Problem(
        "wrong-setting",
        f"The setting {name} is {value!r}, and should be {wanted}.",
        "Write it as docs/settings.md shows.",
        place,
    )


def printed() -> Iterator[str]:
    """Yield the lines of docs/settings.md below its heading: a section a group, a row a field."""
    for group in dataclasses.fields(Settings):
        yield from _printed_group(get_type_hints(Settings)[group.name], f"BYLINE_{group.name.upper()}")


def _printed_group(group: type, name: str) -> Iterator[str]:
    yield f"## {name}"
    yield ""
    meaning = (group.__doc__ or "").split("`: ", 1)[-1]
    yield meaning[0].upper() + meaning[1:]
    yield ""
    yield "| key | kind | default | meaning |"
    yield "| --- | --- | --- | --- |"
    hints = get_type_hints(group, include_extras=True)
    nested: list[tuple[type, str]] = []
    for key, default in dataclasses.asdict(group()).items():
        hint, (meaning,) = hints[key].__origin__, hints[key].__metadata__
        inner = dataclasses.is_dataclass(hint)
        if inner:
            nested.append((hint, f'{name}["{key}"]'))
        kind = "a dict" if inner else _type_name(hint)
        yield f"| `{key}` | {kind} | {'see below' if inner else f'`{default!r}`'} | {meaning} |"
    yield ""
    for hint, inner_name in nested:
        yield from _printed_group(hint, inner_name)
