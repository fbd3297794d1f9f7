"""A store that is read over a file held open, whatever becomes of that file in the meantime."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from byline.site.store import Reader, Store

if TYPE_CHECKING:
    from pathlib import Path

GARBAGE = b"This is no database. " * 100


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a store that keeps one text."""
    file = tmp_path / "store.sqlite"
    Store(file, "texts").renew({"a": lambda: b"words"})
    return file


def test_a_text_is_got_as_often_as_it_is_asked_for(file: Path) -> None:
    with closing(Reader(file, "texts")) as reader:
        assert [reader.get(digest) for digest in "aba"] == [b"words", None, b"words"]


def test_what_is_kept_later_is_seen(file: Path) -> None:
    with closing(Reader(file, "texts")) as reader:
        assert reader.get("b") is None
        Store(file, "texts").renew({"b": lambda: b"more"})
        assert reader.get("b") == b"more"


@pytest.mark.parametrize("body", [GARBAGE, b"", None], ids=["garbage", "an empty file", "no file"])
def test_where_there_is_no_store_there_is_nothing(file: Path, body: bytes | None) -> None:
    file.unlink()
    if body is not None:
        file.write_bytes(body)
    with closing(Reader(file, "texts")) as reader:
        assert reader.get("a") is None


def test_a_store_that_took_the_place_of_another_is_read_after_closing(file: Path) -> None:
    with closing(Reader(file, "texts")) as reader:
        assert reader.get("a") == b"words"
        file.unlink()
        Store(file, "texts").renew({"b": lambda: b"more"})
        reader.close()
        assert (reader.get("a"), reader.get("b")) == (None, b"more")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process is forked here")
def test_a_forked_process_reads_over_a_connection_of_its_own(file: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", FORKED, file], env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines() == ["b'words'", "b'words'", "b'words'"]


FORKED = """
import os, sys
from pathlib import Path
from byline.site.store import Reader

reader = Reader(Path(sys.argv[1]), "texts")
print(reader.get("a"), flush=True)
if not (child := os.fork()):
    print(reader.get("a"), flush=True)
    os._exit(0)
os.waitpid(child, 0)
print(reader.get("a"))
reader.close()
"""


def test_a_damaged_store_is_begun_anew_by_whoever_asks_it(file: Path) -> None:
    store = Store(file, "texts")
    file.write_bytes(GARBAGE)

    assert store.get("a") is None
    store.renew({"a": lambda: b"words"})
    assert store.get("a") == b"words"
