"""A target in memory that changes file by file, and dies after as many changes as a test says.

Not a patched client: it is one more kind of `Objects`, without any way to fail but the one that is asked for.
"""

from __future__ import annotations

import hashlib
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from byline.values.manifest import PATH
from byline.values.problem import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from byline.values.output import Kind


class Killed(BaseException):
    """The process has ended; nothing that it would have done afterwards is done."""


@dataclass
class Memory:
    """Files in a dict. `changes` counts them; `looked` is called after each with the files."""

    files: dict[str, bytes] = field(default_factory=dict)
    looked: Callable[[dict[str, bytes]], None] = lambda _files: None
    life: int = 1_000_000
    workers: int = 1
    changes: int = 0

    def paths(self, below: str = "") -> Iterator[str]:
        """Yield the paths that begin so."""
        yield from [path for path in self.files if path.startswith(below)]

    def get(self, path: str) -> bytes | None:
        """Return a file's bytes."""
        return self.files.get(path)

    def put(self, path: str, kind: Kind, body: bytes) -> None:  # noqa: ARG002  nobody asks for its type
        """Make or replace a file."""
        self._change(path, body)

    def copy(self, source: str, path: str) -> None:
        """Make or replace a file by a copy of another."""
        self._change(path, self.files[source])

    def delete(self, path: str) -> None:
        """Delete a file."""
        self._change(path, None)

    def manifest(self) -> tuple[bytes | None, str]:
        """Return the manifest, and its digest as its version."""
        body = self.files.get(PATH)
        return body, "" if body is None else hashlib.sha256(body).hexdigest()

    def put_manifest(self, body: bytes, version: str) -> str:
        """Replace the manifest that has this version."""
        if self.manifest()[1] != version:
            raise Refused(Problem("moved-target", "It was changed.", "Look again."))
        self._change(PATH, body)
        return self.manifest()[1]

    def alone(self) -> AbstractContextManager[None]:
        """Keep nobody away."""
        return nullcontext()

    def _change(self, path: str, body: bytes | None) -> None:
        if self.changes >= self.life:
            raise Killed
        self.changes += 1
        if body is None:
            self.files.pop(path, None)
        else:
            self.files[path] = body
        self.looked(self.files)
