"""Files: reading, atomic writing, locking.

Not a place for formats: callers give and get bytes.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tarfile
import tempfile
from contextlib import contextmanager, suppress
from datetime import timedelta
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from byline.values.problem import Place, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TICK = timedelta(seconds=2)
"""How far apart two changes must be to give a file two times: two seconds on FAT."""


def write(path: Path, body: bytes, by_way_of: Path | None = None) -> None:
    """Write a file so that a reader, or a crash, sees the old bytes or the new: temporary file, fsync, rename.

    The temporary file is beside it, or in the folder `by_way_of` of the same file system.
    """
    write_pieces(path, (body,), by_way_of)


def write_pieces(path: Path, pieces: Iterable[bytes | memoryview], by_way_of: Path | None = None) -> None:
    """Write a file in the same way from pieces, one after the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    token = secrets.token_hex(8)
    passing = by_way_of / token if by_way_of else path.parent / f".{path.name}.{token}"
    try:
        with passing.open("xb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            passing.unlink()
        raise
    sync_folder(path.parent)


def put(path: Path | str, body: bytes) -> None:
    """Write a file that is nobody's yet (in a stage, in scratch): no rename, no fsync, folders made as needed."""
    try:
        file = open(path, "wb")  # noqa: PTH123, SIM115  asked for thousands of files, as below
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        file = open(path, "wb")  # noqa: PTH123, SIM115
    with file:
        file.write(body)


def move(source: Path, target: Path) -> None:
    """Move a file over another in one step; across file systems by a copy beside the target."""
    try:
        source.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
    except OSError:
        write(target, source.read_bytes())
        source.unlink()


def move_all(source: Path, target: Path) -> None:
    """Move all that is in a folder into another, over what is there: a folder that is not there yet, in one step."""
    with suppress(OSError):  # another file system
        if not target.exists():
            source.rename(target)
            return
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.iterdir()):
        (move_all if path.is_dir() else move)(path, target / path.name)


def twin(source: Path, path: Path, by_way_of: Path) -> None:
    """Make `path` hold what `source` holds, in one step: a hard link, or a copy where there are none; links as links.

    `by_way_of` is a folder of the same file system, for a temporary name.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=by_way_of) as folder:
        passing = Path(folder, "twin")
        try:
            os.link(source, passing, follow_symlinks=False)
        except OSError:
            shutil.copy2(source, passing, follow_symlinks=False)
        passing.replace(path)
    sync_folder(path.parent)


def private_folder(path: Path) -> None:
    """Make a folder, and those above it, if it is not there; its owner alone may look into it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def unpack(archive: Path, folder: Path) -> None:
    """Unpack a tar archive that is to be trusted, whatever compresses it, into a folder."""
    with tarfile.open(archive) as packed:
        if hasattr(tarfile, "data_filter"):
            packed.extractall(folder, filter="data")
        else:  # Python before 3.11.4, as Debian 12 has it
            packed.extractall(folder)  # noqa: S202  it is to be trusted


@contextmanager
def temporary_folder(prefix: str) -> Iterator[Path]:
    """Give a folder that is gone with all in it at the end of the block."""
    with tempfile.TemporaryDirectory(prefix=prefix) as folder:
        yield Path(folder)


def unnamed(folder: Path) -> BinaryIO:
    """Return a new file in a folder, without a name, to write and read: gone with the processes that have it open."""
    folder.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryFile(dir=folder)


def read_if_there(path: Path | str) -> bytes | None:
    """Return a file's bytes, or None when there is no such file."""
    try:
        return body(path)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def body(path: Path | str) -> bytes:
    """Return the bytes of a file; of one of thousands by its name, as a Path takes longer to make than it to read."""
    with FileIO(path) as file:
        return file.readall()


def stamp(path: Path | str) -> tuple[int, int] | None:
    """Return a file's size in bytes and its time of change in nanoseconds; None when there is no such file."""
    try:
        found = os.stat(path)  # noqa: PTH116  asked of thousands of files, and a Path takes five times as long to make
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_size, found.st_mtime_ns


def state(path: Path) -> str:
    """Return a text that changes with every change of a file, whatever times are given to it; empty: no such file."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return as_text(found)


def as_text(found: os.stat_result) -> str:
    """Return how a file stands as a text: its size, its times of change, and which file it is."""
    return f"{found.st_size}-{found.st_mtime_ns}-{found.st_ctime_ns}-{found.st_ino}"


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last through a power cut, where the system can (POSIX)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove(path: Path, up_to: Path) -> None:
    """Remove a file if it is there, then the folders above it that are empty, up to but not including `up_to`."""
    with suppress(FileNotFoundError):
        path.unlink()
    for folder in path.parents:
        if folder == up_to or up_to not in folder.parents:
            return
        try:
            folder.rmdir()
        except OSError:
            return


def remove_tree(path: Path) -> None:
    """Remove a folder with all in it, or a file; nothing there is no fault."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold a file's lock for this process. Raises Refused when another process holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        if not _locked(file.fileno()):
            file.seek(0)
            holder = file.read().decode(errors="replace").strip()
            what = f"Another run of Byline is at work here (process {holder or 'unknown'})."
            place = Place(f"{path.parent.name}/{path.name}")
            raise Refused(Problem("locked", what, "Wait for it, then run this again.", place))
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        file.flush()
        yield


def _locked(descriptor: int) -> bool:
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # Windows only
    except OSError:
        return False
    return True
