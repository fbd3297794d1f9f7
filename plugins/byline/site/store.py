"""A store: bytes by a digest. One holds the texts and pictures that a Release names, so that sharing needs no build.

Not a place for what cannot be made again: all of it can be thrown away.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from byline.values.problem import UNUSABLE, Fault, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

_TABLE = "CREATE TABLE IF NOT EXISTS {} (digest TEXT PRIMARY KEY, body BLOB NOT NULL)"
"""Not WITHOUT ROWID: bodies would lie in the tree that is searched, which takes twice as long, and thrice to add to."""
_AT_ONCE = 500
"""How many digests are asked for at once: SQLite takes at least 999 parameters."""


class Store:
    """Bytes by a digest (hex), their own or of what they are made of, in one table of an SQLite file."""

    def __init__(self, path: Path, table: str = "kept") -> None:
        """Open the store; a file that is no store (garbage, a cut-off write) is begun anew."""
        self._path = path
        self._table = table
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._prepare()
        except sqlite3.DatabaseError:
            self._begin_anew()

    def _begin_anew(self) -> None:
        self._path.unlink(missing_ok=True)
        self._prepare()

    def _prepare(self) -> None:
        with self._opened() as database:
            database.execute(_TABLE.format(self._table))

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
            known = {digest for (digest,) in database.execute(f"SELECT digest FROM {self._table}")}  # noqa: S608  a table of ours
            asked = ((digest, body()) for digest, body in bodies.items() if digest not in known)
            database.executemany(f"INSERT OR IGNORE INTO {self._table} VALUES (?, ?)", asked)  # noqa: S608  a table of ours

    def renew(self, bodies: Mapping[str, Callable[[], bytes]]) -> None:
        """Keep these bytes by digest, all or none, instead of what was kept for it."""
        with self._opened() as database:
            asked = ((digest, body()) for digest, body in bodies.items())
            database.executemany(f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?)", asked)  # noqa: S608  a table of ours

    def get(self, digest: str) -> bytes | None:
        """Return the bytes of a digest, or None when they are not kept; a store that is damaged is begun anew."""
        return self.several([digest]).get(digest)

    def several(self, digests: Collection[str]) -> dict[str, bytes]:
        """Return the bytes of those of many digests that are kept; none of a store that is damaged, and begun anew."""
        wanted = list(digests)
        found: dict[str, bytes] = {}
        try:
            with self._opened() as database:
                for start in range(0, len(wanted), _AT_ONCE):
                    part = wanted[start : start + _AT_ONCE]
                    marks = ", ".join("?" * len(part))
                    asked = f"SELECT digest, body FROM {self._table} WHERE digest IN ({marks})"  # noqa: S608  a table of ours
                    found.update(database.execute(asked, part))
        except sqlite3.DatabaseError:
            self._begin_anew()
            return {}
        return found

    def count(self) -> int:
        """Return how many bodies are kept; none in a store that is damaged, and begun anew."""
        try:
            with self._opened() as database:
                (count,) = database.execute(f"SELECT count(*) FROM {self._table}").fetchone()  # noqa: S608  a table of ours
        except sqlite3.DatabaseError:
            self._begin_anew()
            return 0
        return int(count)

    def keep_only(self, digests: Iterable[str]) -> None:
        """Forget all others."""
        wanted = set(digests)
        with self._opened() as database:
            known = [digest for (digest,) in database.execute(f"SELECT digest FROM {self._table}")]  # noqa: S608  a table of ours
            asked = ((digest,) for digest in known if digest not in wanted)
            database.executemany(f"DELETE FROM {self._table} WHERE digest = ?", asked)  # noqa: S608  a table of ours


class Reader:
    """The bytes of a store, got one by one at a tenth of what `Store` takes, as the file stays open until `close`.

    Threads share it. A forked process, which must not touch the connection of the first one, opens its own.
    """

    def __init__(self, path: Path, table: str) -> None:
        """Read a table of a file, which need not be there."""
        self._path = path
        self._asked = f"SELECT body FROM {table} WHERE digest = ?"  # noqa: S608  a table of ours
        self._connections: dict[int, sqlite3.Connection] = {}

    def get(self, digest: str) -> bytes | None:
        """Return the bytes of a digest, or None when they are not kept, or cannot be read."""
        try:
            if os.getpid() not in self._connections:
                self._connections[os.getpid()] = sqlite3.connect(self._path, check_same_thread=False)
            row = self._connections[os.getpid()].execute(self._asked, (digest,)).fetchone()
        except sqlite3.DatabaseError:
            return None
        return None if row is None else bytes(row[0])

    def close(self) -> None:
        """Let go of the file."""
        if connection := self._connections.pop(os.getpid(), None):
            connection.close()
