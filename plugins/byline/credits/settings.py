"""What is wrong with `BYLINE_PHOTOS` beyond the types of its values: words for credits, and the writer's own licence.

Not the settings themselves: those are `values/settings`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.credits import licenses
from byline.credits.wording import ENGLISH, SLOT
from byline.values.problem import Problem
from byline.values.text import meant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.values.settings import Photos


def problems(photos: Photos) -> Iterator[Problem]:
    """Yield what is wrong; such words are used as they are, and instead of such a licence all rights are reserved."""
    if not licenses.by_name(photos.own_license):
        what = f'BYLINE_PHOTOS["own_license"] is {photos.own_license!r}, which is no licence.'
        remedy = f"Write an SPDX id, or ARR.{licenses.near(photos.own_license)}"
        yield Problem("wrong-setting", what, remedy)
    for name, pattern in photos.words.items():
        setting = f'BYLINE_PHOTOS["words"]["{name}"]'
        if name not in ENGLISH:
            choice = meant(name, ENGLISH) or f" Known are: {', '.join(ENGLISH)}."
            yield Problem("wrong-setting", f"The setting {setting} is unknown.", f"Rename or remove it.{choice}")
            continue
        slots, wanted = set(SLOT.findall(pattern)), set(SLOT.findall(ENGLISH[name]))
        for slot in sorted(slots ^ wanted):
            what = f"{setting} has {'a slot' if slot in slots else 'no slot'} {{{slot}}}."
            yield Problem("wrong-setting", what, f"Write it with the slots of “{ENGLISH[name]}”, in any order.")
