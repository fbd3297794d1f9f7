"""Records that nobody needs: of a picture that is not there, or that nothing shows; with a hint at what was meant.

Not what is wrong inside a record: that is `credits/records`.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from unicodedata import normalize

from byline.values.problem import editorial
from byline.values.text import meant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from byline.credits.record import Record
    from byline.values.problem import Problem

_MOST_HINTS = 20
"""For so many records a name that is nearly theirs is looked for: among many pictures that takes its time."""


def unused(records: Mapping[str, Record], found: Collection[str], shown: Collection[str]) -> Iterator[Problem]:
    """Yield a Problem for each record, by path below content/ (NFC), of a picture not `found` there, or not `shown`."""
    there = {normalize("NFC", path): path for path in found}
    namesakes = {posixpath.basename(name).casefold(): name for name in sorted(there, reverse=True)}
    sought = sorted(there) if len(records.keys() - there.keys()) <= _MOST_HINTS else ()
    for name, record in records.items():
        if name not in there:
            near = namesakes.get(posixpath.basename(name).casefold())
            hint = f" Did you mean {near}?" if near else meant(name, sought)
            what, remedy = f"There is no picture {name} below content/.", f"Mend the path, or remove the record.{hint}"
        elif there[name] not in shown:
            what, remedy = f"No post or page shows {name}.", "Remove the record, or show the picture."
        else:
            continue
        yield editorial("record-unused", what, remedy, record.place)
