"""Watch: the files of a project that were saved, a save at a time.

Not a judge of what a change means: it only leaves out what no site is made from.
"""

from __future__ import annotations

import re
import time
from contextlib import closing, suppress
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING

import watchfiles
from watchfiles import Change

from byline.values.problem import Fault, Problem

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Generator, Iterable, Iterator

_ROOMS = ("content", "theme", "plugins")
_QUIET = 5
"""Milliseconds without another event after which a file that was written over is saved."""
_TICK = 20
"""Milliseconds between two looks at what events do not tell; and after which a save that renames files is complete."""
_LONGEST = 1.0
"""Seconds after which files that come and go without end are told of all the same."""
_HIDDEN_BUT_SERVED = frozenset({".well-known", ".htaccess", ".nojekyll"})
_NOT_SOURCES = frozenset({"__pycache__", "node_modules"})
_BY_EDITORS = re.compile(r"~$|^#.*#$|^4913$|___jb_\w+___$|\.(?:sw[a-p]|tmp|temp|bak|orig|part|crdownload|py[co])$")
"""Names of swap, backup and half-written files: Emacs, Vim, JetBrains, browsers, Python."""

Stamp = tuple[int, ...]


def saves(root: Path, elsewhere: Callable[[], Iterable[Path]]) -> Generator[frozenset[Path]]:
    """Yield the paths that changed together: settings, and what is below the rooms of `root` and folders `elsewhere`.

    The first set comes at once and is empty: from then on no save is lost, however long the caller takes over one.
    Raises Fault when the system does not let so many folders be watched, KeyboardInterrupt on Ctrl-C.
    """
    settings, again, begun = _settings(root), frozenset[Path](), False
    while True:
        folders = _folders(root, elsewhere)
        told, present = set[Path](), folders
        with closing(_events(folders)) as events:
            for told in events:
                before, settings = settings, _settings(root)
                sources = {path for path in told if is_source(path, root)}
                changed = again | sources | {path for path, _ in settings.items() ^ before.items()}
                if changed or not begun:
                    yield changed
                again, begun = frozenset(), True
                present = _folders(root, elsewhere)
                if present != folders or told & folders.keys():
                    break
        # What was made anew is watched anew, and may have changed meanwhile.
        again |= {path for path, _ in present.items() ^ folders.items()} | (told & folders.keys())


def is_source(path: Path, root: Path) -> bool:
    """Tell whether a site may be made from a file: not hidden, not made by Byline, no editor's leavings."""
    names = path.relative_to(root).parts if path.is_relative_to(root) else (path.name,)
    return names[:1] != ("output",) and not any(
        (name.startswith(".") and name not in _HIDDEN_BUT_SERVED) or name in _NOT_SOURCES or _BY_EDITORS.search(name)
        for name in names
    )


def _events(folders: Iterable[Path]) -> Generator[set[Path]]:
    """Yield the paths that the system tells of below these folders; in a quiet tick, at least an empty set.

    Where files come and go, more will follow: editors write, rename and delete for one save, a branch is many files.
    """
    told, since = set[tuple[Change, str]](), 0.0
    try:
        for more in watchfiles.watch(
            *folders,
            watch_filter=None,
            step=_QUIET,
            rust_timeout=_TICK,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            since = since if told else time.monotonic()
            told |= more
            moved = any(change is not Change.modified for change, _ in more)
            if moved and time.monotonic() - since < _LONGEST:
                continue
            came = {path for change, path in told if change is Change.added}
            gone = {path for change, path in told if change is Change.deleted}
            # What came and went within a save was an editor's.
            changed = {Path(path) for _, path in told if path not in came & gone or Path(path).exists()}
            told = set()
            yield changed
    except FileNotFoundError:
        return  # a folder went away just now
    except OSError as error:
        what = f"The folders cannot be watched: {error}."
        remedy = "Let more files be watched (on Linux: sudo sysctl fs.inotify.max_user_watches=524288)."
        raise Fault(Problem("cannot-watch", what, remedy)) from error


def _folders(root: Path, elsewhere: Callable[[], Iterable[Path]]) -> dict[Path, Stamp]:
    """Return the folders to watch, each with its identity: one that was removed and made again is another."""
    wanted = [*(root / room for room in _ROOMS), *elsewhere()]
    return {path: (stat.st_dev, stat.st_ino) for path, stat in _there(wanted) if S_ISDIR(stat.st_mode)}


def _settings(root: Path) -> dict[Path, Stamp]:
    """Return the settings files, and what they may import, with what a save changes of them.

    They are looked at, not watched: a save that renames a new file over the old one ends the watch of a file.
    """
    found = _there(path for path in root.glob("*.py") if path.name != "tasks.py")
    return {path: (stat.st_mtime_ns, stat.st_ino, stat.st_size) for path, stat in found}


def _there(paths: Iterable[Path]) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield the paths that are there, with what the system knows of them."""
    for path in paths:
        with suppress(OSError):
            yield path, path.stat()
