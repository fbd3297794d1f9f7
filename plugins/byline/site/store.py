"""The store: the texts and pictures that a Release names by digest, so that sharing needs no build.

Not a cache: nothing here makes a build faster, and all of it can be thrown away and built again.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from byline.values.problem import UNUSABLE, Fault, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

_TABLE = "CREATE TABLE IF NOT EXISTS kept (digest TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID"


class Store:
    """Bytes by the SHA-256 (hex) of their content, in one SQLite file."""

    def __init__(self, path: Path) -> None:
        """Open the store; a file that is no store (garbage, a cut-off write) is begun anew."""
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._prepare()
        except sqlite3.DatabaseError:
            path.unlink()
            self._prepare()

    def _prepare(self) -> None:
        with self._opened() as database:
            database.execute(_TABLE)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Give the database for one transaction. Raises Fault where the disk is full or it may not be written."""
        try:
            with closing(sqlite3.connect(self._path)) as database, database:
                yield database
        except sqlite3.OperationalError as error:
            what = f"The store of texts cannot be used: {error}."
            place = Place(f"{self._path.parent.name}/{self._path.name}")
            raise Fault(Problem("unusable-file", what, UNUSABLE, place)) from error

    def put(self, bodies: Mapping[str, Callable[[], bytes]]) -> None:
        """Keep these bytes by digest, all or none; those that are kept already are not asked for."""
        with self._opened() as database:
            known = {digest for (digest,) in database.execute("SELECT digest FROM kept")}
            asked = ((digest, body()) for digest, body in bodies.items() if digest not in known)
            database.executemany("INSERT OR IGNORE INTO kept VALUES (?, ?)", asked)

    def get(self, digest: str) -> bytes | None:
        """Return the bytes of a digest, or None when they are not kept."""
        with self._opened() as database:
            row = database.execute("SELECT body FROM kept WHERE digest = ?", (digest,)).fetchone()
        return None if row is None else bytes(row[0])

    def keep_only(self, digests: Iterable[str]) -> None:
        """Forget all others."""
        wanted = set(digests)
        with self._opened() as database:
            known = [digest for (digest,) in database.execute("SELECT digest FROM kept")]
            database.executemany("DELETE FROM kept WHERE digest = ?", ((d,) for d in known if d not in wanted))
