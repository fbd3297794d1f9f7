"""Recording: what sharing writes down in content/copies/ is committed, where the settings say so.

Not the ledger: its files are there already, and outlast a power cut. This is for those who read them elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from byline.edges import repository

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from byline.values.settings import Publish

_MESSAGE = "content: record what was shared [skip ci]"


@dataclass(frozen=True)
class Recording:
    """Commits in the repository at `root`.

    A forge's machine is thrown away after each run: there all is committed, and what is about to be sent is pushed
    before it is.
    """

    root: Path
    publish: Publish
    _turn: Lock = field(default_factory=Lock)

    @property
    def _on_forge(self) -> bool:
        return self.publish.from_ == "forge"

    def ahead(self, folder: str) -> None:
        """Push a folder with what is about to be sent, on a forge. Raises Refused where the origin moved on; Fault."""
        if self._on_forge:
            with self._turn:  # accounts are served side by side
                repository.commit(self.root, [folder], _MESSAGE, push=True)

    def record(self, changed: Sequence[str]) -> None:
        """Commit files that sharing wrote, paths below the root. Raises Fault."""
        if changed and (self.publish.commit or self._on_forge):
            repository.commit(self.root, changed, _MESSAGE)
