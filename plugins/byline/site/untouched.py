"""Untouched sources: those that stand as they did when they were last opened, so that they need not be opened again.

Not their Readings, and not a judgement of how long a change may go unseen: what is in doubt stands in no known way.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from byline.edges import files
from byline.values.problem import UNUSABLE, Fault, Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

_SEAL = 64


class Untouched:
    """By which keys the Readings of sources are kept, for as long as the sources stand as they did."""

    def __init__(self, file: Path, rules: str) -> None:
        """Read what was noted by these rules of reading; the file can be thrown away, and garbage is not believed."""
        self._file = file
        self._rules = rules
        self._written = files.read_if_there(file) or b""
        self._before = self._read()
        self._now: dict[str, tuple[str, str]] = {}

    def key(self, path: str, stands: str) -> str | None:
        """Return the key of a source's Reading, if the source stands as it did then; empty: how it stands is in doubt.

        What is asked for is noted again.
        """
        before = self._before.get(path)
        if not stands or before is None or before[0] != stands:
            return None
        self._now[path] = before
        return before[1]

    def note(self, path: str, stands: str, key: str) -> None:
        """Take down the key of the Reading of a source that was opened, and how the source stood before it was."""
        if stands:
            self._now[path] = stands, key

    def read_again(self) -> Untouched:
        """Return these with what a copy of this process has written down."""
        again = Untouched(self._file, self._rules)
        again._now |= self._now
        return again

    def save(self) -> None:
        """Write down what was noted, if it is not what was read. Raises Fault where the file may not be written."""
        noted = sorted(self._now.items())
        known = {
            "rules": self._rules,
            # One list for each kind of value: many short lists take ten times as long to read.
            "paths": [path for path, _known in noted],
            "stands": [stands for _path, (stands, _key) in noted],
            "keys": [key for _path, (_stands, key) in noted],
        }
        body = json.dumps(known, separators=(",", ":")).encode()  # ASCII: any name of a file can be written
        written = hashlib.sha256(body).hexdigest().encode() + body
        if written == self._written:
            return
        try:
            files.write(self._file, written)
        except OSError as error:
            what = f"How sources stand cannot be noted: {error.strerror or error}."
            place = Place(f"{self._file.parent.name}/{self._file.name}")
            raise Fault(Problem("unusable-file", what, UNUSABLE, place)) from error

    def _read(self) -> dict[str, tuple[str, str]]:
        seal, body = self._written[:_SEAL], self._written[_SEAL:]
        if hashlib.sha256(body).hexdigest().encode() != seal:
            return {}
        known = json.loads(body)
        if known["rules"] != self._rules:
            return {}
        return dict(zip(known["paths"], zip(known["stands"], known["keys"], strict=True), strict=True))
