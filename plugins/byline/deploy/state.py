"""What this machine remembers of its targets, in `.byline/publish.json`: how far a publish came, and what was good.

Not needed: whoever has no state learns from the target what is there, and looks at it once more.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from byline.edges import files
from byline.values import manifest as manifests

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from byline.values.manifest import Manifest

_SCHEMA = 1
_GOOD = 20
"""How many good releases are remembered."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one target: the release last deployed there, over which other, and where it was seen live.

    `seen` is the address that was looked at, empty for none yet; `unseen` are the paths that changed there since the
    last look that found all well; `good` the releases that were seen live, the newest first.
    """

    release: str = ""
    before: str = ""
    seen: str = ""
    unseen: tuple[str, ...] = ()
    good: tuple[str, ...] = ()

    def deployed(self, release: str, before: str = "", changed: tuple[str, ...] = ()) -> Known:
        """Return what is known once these paths begin to change: written down before the first one does."""
        unseen = tuple(sorted({*self.unseen, *changed}))
        return replace(self, release=release, before=before, seen="", unseen=unseen)

    def found_live(self, address: str) -> Known:
        """Return what is known once the release was seen live at an address."""
        good = dict.fromkeys((self.release, *self.good))
        return replace(self, seen=address, unseen=(), good=tuple(good)[:_GOOD])

    def last_good(self, releases: tuple[str, ...]) -> str:
        """Return what to go back to, of the releases at the target, the live one first; empty: there is nothing.

        The newest before it that was seen live, or else the newest; the live one itself where the deployment of
        another one over it was cut short, or refused.
        """
        present, *earlier = releases or ("",)
        if present and self.before == present and self.release not in releases:
            return present
        return next((release for release in earlier if release in self.good), next(iter(earlier), ""))


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


def save_live(home: Path, name: str, live: Manifest | None, paths: Iterable[str]) -> None:
    """Keep what is live at a target, its manifest and the paths of its files, for checks that don't go there."""
    known = home / "live" / f"known-{name}.json"
    files.write(known, manifests.dumped(live) if live else b"")
    files.write(known.with_suffix(".paths"), "".join(f"{path}\n" for path in sorted(paths)).encode())


def _known(written: dict[str, Any]) -> Known:
    texts = {name: str(written[name]) for name in ("release", "before", "seen")}
    return Known(**texts, unseen=tuple(map(str, written["unseen"])), good=tuple(map(str, written["good"])))


def _file(home: Path) -> Path:
    return home / "publish.json"
