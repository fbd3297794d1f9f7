"""The manifest: what the last build made and where, so that nothing else is deleted and what stands there may be kept.

Not the files themselves, and not a Release: that is written down for those who share.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from byline.edges import files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Lasting(NamedTuple):
    """What an output was made of, and the size and time of change that its file had then."""

    made_of: str
    stamp: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the last build made: its folder, digests (SHA-256, hex) by path, and those that may be kept unread."""

    output: Path
    files: dict[str, str] = field(default_factory=dict)
    lasting: dict[str, Lasting] = field(default_factory=dict)


def known(home: Path) -> Manifest:
    """Return what the last build made; nothing where nothing is known, or garbage was found. `home` is `.byline/`."""
    written = files.read_if_there(file(home))
    try:
        manifest = json.loads(written or "{}")
        made = {str(path): str(digest) for path, digest in manifest["files"].items()}
        lasting = {
            path: Lasting(str(made_of), (int(size), int(time)))
            for path, (made_of, size, time) in manifest.get("lasting", {}).items()
            if path in made
        }
        return Manifest(Path(manifest["output"]), made, lasting)
    except (ValueError, KeyError, AttributeError, TypeError):
        # Garbage is not believed: nothing is deleted, and every output is compared.
        return Manifest(home / "no-output")


def write(home: Path, output: str, made: Mapping[str, str], lasting: Mapping[str, Sequence[object]]) -> None:
    """Write down what a build made in a folder; `lasting`: what each was made of, its size, its time of change."""
    manifest = {"output": output, "files": made, "lasting": lasting}
    files.write(file(home), json.dumps(manifest, ensure_ascii=False).encode())


def file(home: Path) -> Path:
    """Return where it stands."""
    return home / "built.json"
