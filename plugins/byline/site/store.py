"""The store: the texts and pictures that a Release names by digest, so that sharing needs no build.

Not a cache: nothing here makes a build faster, and all of it can be thrown away and built again.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
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
        with closing(sqlite3.connect(self._path)) as database, database:
            database.execute(_TABLE)

    def put(self, bodies: Mapping[str, bytes]) -> None:
        """Keep these bytes by digest, all or none."""
        with closing(sqlite3.connect(self._path)) as database, database:
            database.executemany("INSERT OR IGNORE INTO kept VALUES (?, ?)", bodies.items())

    def get(self, digest: str) -> bytes | None:
        """Return the bytes of a digest, or None when they are not kept."""
        with closing(sqlite3.connect(self._path)) as database:
            row = database.execute("SELECT body FROM kept WHERE digest = ?", (digest,)).fetchone()
        return None if row is None else bytes(row[0])

    def keep_only(self, digests: Iterable[str]) -> None:
        """Forget all others."""
        wanted = set(digests)
        with closing(sqlite3.connect(self._path)) as database, database:
            known = [digest for (digest,) in database.execute("SELECT digest FROM kept")]
            database.executemany("DELETE FROM kept WHERE digest = ?", ((d,) for d in known if d not in wanted))
