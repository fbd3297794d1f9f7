"""What this machine remembers of its targets, in `.byline/publish.json`: how far a publish came, and what was good.

Not needed: whoever has no state learns from the target what is there, and looks at it once more.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from byline.edges import files

if TYPE_CHECKING:
    from pathlib import Path

_SCHEMA = 1
_GOOD = 20
"""How many good releases are remembered."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one target: the release last deployed there, and whether it was seen live.

    `unseen` are the paths that changed there since the last look that found all well; `good` the releases that were
    seen live, the newest first.
    """

    release: str = ""
    seen: bool = False
    unseen: tuple[str, ...] = ()
    good: tuple[str, ...] = ()

    def deployed(self, release: str, changed: tuple[str, ...]) -> Known:
        """Return what is known once these paths begin to change: written down before the first one does."""
        return replace(self, release=release, seen=False, unseen=tuple(sorted({*self.unseen, *changed})))

    def found_live(self) -> Known:
        """Return what is known once the release was seen live."""
        good = dict.fromkeys((self.release, *self.good))
        return replace(self, seen=True, unseen=(), good=tuple(good)[:_GOOD])


def load(home: Path) -> dict[str, Known]:
    """Return what is known by the name of the target; nothing where the file is missing or garbage."""
    try:
        written = json.loads(files.read_if_there(_file(home)) or b"{}")
        if written.get("schema") != _SCHEMA:
            return {}
        return {name: _known(part) for name, part in written["targets"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        # It can be thrown away, so garbage is no fault: all is looked at anew.
        return {}


def save(home: Path, name: str, known: Known) -> None:
    """Write down what is known of one target, beside the others."""
    targets = {other: asdict(part) for other, part in load(home).items()} | {name: asdict(known)}
    files.write(_file(home), (json.dumps({"schema": _SCHEMA, "targets": targets}, indent=1) + "\n").encode())


def _known(written: dict[str, object]) -> Known:
    texts = {key: tuple(map(str, value)) for key, value in written.items() if isinstance(value, list)}
    return Known(
        str(written["release"]),
        written["seen"] is True,
        texts.get("unseen", ()),
        texts.get("good", ()),
    )


def _file(home: Path) -> Path:
    return home / "publish.json"
