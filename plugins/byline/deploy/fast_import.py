"""A commit as `git fast-import` reads it: one stream of changed files, never all of them in memory.

Not the starting of git. The format is that of the manual page git-fast-import(1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OPTIONS = ("--quiet", "--done", "--force", "--date-format=now")
"""How fast-import must be called for these streams: one that breaks off is thrown away."""
_REF = "refs/byline/next"


def commit(
    person: str, message: str, parent: str, leaving: Iterable[str], coming: Iterable[tuple[str, bytes]]
) -> Iterator[bytes]:
    """Yield the stream of one commit made now; fast-import answers with its name.

    `person` is author and committer, as `Name <address>`; `parent` the commit to change, or an empty text for none;
    `leaving` are paths to delete, `coming` paths with their bytes.
    """
    yield f"commit {_REF}\nmark :1\nauthor {person} now\ncommitter {person} now\n".encode()
    yield from _measured(message.encode())
    if parent:
        yield f"from {parent}\n".encode()
    for path in leaving:
        yield b"D " + quoted(path) + b"\n"
    for path, body in coming:
        yield b"M 100644 inline " + quoted(path) + b"\n"
        yield from _measured(body)
    yield b"\nget-mark :1\ndone\n"


def quoted(path: str) -> bytes:
    """Return a path in quotes as C has them, so that quotes, backslashes and line feeds in it mean themselves."""
    inner = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{inner}"'.encode()


def _measured(body: bytes) -> Iterator[bytes]:
    yield f"data {len(body)}\n".encode()
    yield body
    yield b"\n"
