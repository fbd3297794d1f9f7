"""docs/settings.md below its heading, printed from the dataclasses of the settings.

Not the settings: those are `values/settings`, with their types, defaults and meanings.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, get_type_hints

from byline.values.settings import Account, Destination, Settings
from byline.values.settings_reading import type_name

if TYPE_CHECKING:
    from collections.abc import Iterator


def printed() -> Iterator[str]:
    """Yield the lines of docs/settings.md below its heading: a section a group, a row a field."""
    hints = {**get_type_hints(Settings), "deploy": Destination, "networks": Account}
    for group in dataclasses.fields(Settings):
        yield from _printed_group(hints[group.name], f"BYLINE_{group.name.upper()}")


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
        kind = "a dict" if inner else type_name(hint)
        yield f"| `{key.rstrip('_')}` | {kind} | {'see below' if inner else f'`{default!r}`'} | {meaning} |"
    yield ""
    for hint, inner_name in nested:
        yield from _printed_group(hint, inner_name)
