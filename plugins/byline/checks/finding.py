"""A finding: what is wrong on a page, before anybody knows where it comes from.

Not a Problem yet: its place, in the source, is looked for afterwards, by `places`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from byline.values.problem import Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """A Problem without a place. `html` is the piece of the page at fault, empty where something lacks.

    `words` is what a writer may have typed there: an address, a heading. `key` is the key of the front
    matter that is at fault. What a writer put into the text on purpose is `free_in_text`, though no template may have
    it.
    """

    problem: Problem
    html: str = ""
    words: str = ""
    key: str = ""
    free_in_text: bool = False
