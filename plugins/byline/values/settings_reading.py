"""Byline's own settings, read from plain data: what is unknown or of the wrong kind is told, and keeps its default.

Not the settings themselves: their names, types and meanings stand in `settings`.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from byline.values.problem import Problem
from byline.values.settings import NETWORKS, Account, ByYear, Count, Destination, Settings
from byline.values.text import meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from byline.values.problem import Place

G = TypeVar("G")
_DEPLOY, _NETWORKS = "BYLINE_DEPLOY", "BYLINE_NETWORKS"
_NAME = re.compile(r"[a-z0-9_]+")
_HOURS = re.compile(r"([01]?[0-9]|2[0-3])-([01]?[0-9]|2[0-4])", re.ASCII)


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
        elif name == _NETWORKS:
            groups["networks"] = _read_accounts(value, place(name), problems)
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
    for name, given, read in _read_named(Destination, "to", named, _DEPLOY, place, problems):
        inner = f'{_DEPLOY}["{name}"]'
        if read and read.to:
            found[name] = read
            if isinstance(read.verify, str) and not _is_address(read.verify):
                problems.append(_ill_typed(f'{inner}["verify"]', read.verify, "an http or https address", place))
        elif value:
            problems.append(_ill_typed(inner, given, 'an address, or a dict with a key "to"', place))
    return found


def _read_accounts(value: object, place: Place, problems: list[Problem]) -> dict[str, Account]:
    """Return the accounts by name: each has a name that front matter can say, and is another one than the rest."""
    if not isinstance(value, dict):
        problems.append(_ill_typed(_NETWORKS, value, "a dict", place))
        return {}
    found: dict[str, Account] = {}
    names: dict[str, str] = {}
    for name, given, read in _read_named(Account, "account", value, _NETWORKS, place, problems):
        inner = f'{_NETWORKS}["{name}"]'
        if read is None:
            problems.append(_ill_typed(inner, given, "text or a dict", place))
        elif wrong := _wrong_account(name, read, inner):
            problems.append(Problem("wrong-setting", *wrong, place))
        elif (first := names.setdefault(read.identity(name), name)) != name:
            what = f'The setting {inner} is the same account as {_NETWORKS}["{first}"].'
            problems.append(Problem("wrong-setting", what, "Take one of the two out.", place))
        elif not _are_hours(read.quiet):
            problems.append(_ill_typed(f'{inner}["quiet"]', read.quiet, 'two hours such as "22-7"', place))
            found[name] = dataclasses.replace(read, quiet="")
        else:
            found[name] = read
    return found


def _wrong_account(name: str, account: Account, inner: str) -> tuple[str, str] | None:
    """Return what is wrong with an account's name or network, and the remedy; None: nothing."""
    if not _NAME.fullmatch(name) or name == "none":
        what = f"The setting {inner} has a name that front matter cannot say."
        return what, "Take small letters, digits and `_`, and not `none`."
    kind = account.kind(name)
    if kind not in NETWORKS and "." not in kind:
        choice = meant(kind, NETWORKS) or f" Known are: {', '.join(NETWORKS)}."
        return f"The setting {inner} means no network that is known.", f'Rename it, or say which in "network".{choice}'
    return None


def _read_named(  # noqa: PLR0913, PLR0917  what is read, from where, and who is told
    group: type[G], main: str, named: Mapping[object, object], setting: str, place: Place, problems: list[Problem]
) -> Iterator[tuple[str, object, G | None]]:
    """Yield a group's instances by name, each with what was written: a dict, or a text, which is its field `main`.

    None for what is neither.
    """
    for name, given in named.items():
        options = {main: given} if isinstance(given, str) else given
        read = (
            _read_group(group, options, f'{setting}["{name}"]', place, problems) if isinstance(options, dict) else None
        )
        yield str(name), given, read


def _are_hours(written: str) -> bool:
    """Tell whether a text is two hours of the day, which are not the same; or empty."""
    if not (match := _HOURS.fullmatch(written)):
        return not written
    start, end = map(int, match.groups())
    return start % 24 != end % 24


def _is_address(url: str) -> bool:
    """Tell whether a text is the address of a site."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _read_group(group: type[G], value: object, name: str, place: Place, problems: list[Problem]) -> G:
    """Return an instance of the group's dataclass from a plain dict; wrong keys and types become Problems."""
    if not isinstance(value, dict):
        problems.append(_ill_typed(name, value, "a dict", place))
        return group()
    # A field named as one of Python's own words has an underscore, the key in the settings has none.
    hints = {key.rstrip("_"): hint for key, hint in get_type_hints(group).items()}
    parts = dataclasses.fields(group)  # type: ignore[arg-type]  # each group is a dataclass
    names = {part.name.rstrip("_"): part.name for part in parts}
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
    if hint is ByYear:
        return isinstance(value, str) and (not value or "{year}" in value)
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
        ByYear: "text with {year} in it",
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
