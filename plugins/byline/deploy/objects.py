"""What a target that changes file by file must be able to do with its files, whatever kind it is.

Not a target: `deploy/in_place` makes one of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from byline.values.output import Kind


class Objects(Protocol):
    """Files by path, each of them put, copied or deleted whole or not at all. All may raise Fault or Refused."""

    workers: int
    """How many files may be on their way at once."""

    def paths(self, below: str = "") -> Iterator[str]:
        """Yield the paths of all files, or of those that begin with `below`."""

    def get(self, path: str) -> bytes | None:
        """Return a file's bytes, or None when there is none."""

    def put(self, path: str, kind: Kind, body: bytes) -> None:
        """Make a file, or replace it."""

    def copy(self, source: str, path: str) -> None:
        """Make a file, or replace it, with what another holds, and with how that one is served."""

    def delete(self, path: str) -> None:
        """Delete a file; one that is not there is no fault."""

    def manifest(self) -> tuple[bytes | None, str]:
        """Return the manifest (None: there is none) and its version."""

    def put_manifest(self, body: bytes, version: str) -> str:
        """Replace the manifest that has this version and return the new one's; raise Refused when it has another."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep other runs away, as far as this kind of target can."""
