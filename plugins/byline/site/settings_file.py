"""A settings file as it is run: the names in capitals that it leaves, and nothing made of them.

Not Pelican's loader, though it does the same: a build that has nothing to do ends before Pelican is imported.
"""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from byline.values.problem import Fault, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator


def source(file: Path) -> str:
    """Return a settings file's text. Raises Fault where it cannot be read."""
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = f"The settings file cannot be read: {error}."
        raise Fault(Problem("bad-settings", what, "Run the command in a Byline folder.", Place(file.name))) from error


@dataclass(frozen=True, slots=True)
class Ran:
    """What a settings file set, by name, and the files of the site's own that it is made of, itself among them."""

    settings: dict[str, Any]
    files: frozenset[Path]


def run(file: Path) -> Ran:
    """Run a settings file, its neighbours read as they are now. Raises Fault where it fails."""
    source(file)
    forget_modules_below(file.parent)
    module = ModuleType(file.stem)
    module.__file__ = str(file)
    try:
        with _first_on_the_path(file.parent):
            # Under its name, as any module: a settings file may ask for itself.
            sys.modules[file.stem] = module
            SourceFileLoader(file.stem, str(file)).exec_module(module)
            own = own_modules(file.parent)
    except Exception as error:  # whatever a settings file raises is the writer's to mend
        what = f"The settings cannot be read: {type(error).__name__}: {error}."
        place = Place(file.name, _line_in(file, error))
        raise Fault(Problem("bad-settings", what, "Mend that line.", place)) from error
    settings = {name: value for name, value in sorted(vars(module).items()) if name.isupper()}
    return Ran(settings, frozenset((file, *own.values())))


def forget_modules_below(root: Path) -> None:
    """Take the site's own modules out of Python's memory, so that a settings file or plugin is read as it is now."""
    for name in list(own_modules(root)):
        del sys.modules[name]


def own_modules(root: Path) -> dict[str, Path]:
    """Return the files, by module, of what Python has imported from the site's folder: not the engine, not tests."""
    inside = f"{root}{os.sep}"
    apart = tuple(f"{root / folder}{os.sep}" for folder in ("plugins/byline", ".venv", "tests"))
    found = {}
    for name, module in sys.modules.items():
        # A thousand modules are asked each time, and a Path takes far longer to make than a text to compare.
        file = getattr(module, "__file__", None)
        if file and str(file).startswith(inside) and not str(file).startswith(apart):
            found[name] = Path(file)
    return {name: file for name, file in found.items() if name not in {"tasks", "__main__"}}


@contextmanager
def _first_on_the_path(folder: Path) -> Iterator[None]:
    """Let a settings file find its own neighbours, whatever folder the command was typed in, which Pelican adds.

    No compiled file is left of them: Python would take it for a file that was changed within the same second.
    """
    sys.path.insert(0, str(folder))
    compiled = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.dont_write_bytecode = compiled
        sys.path.remove(str(folder))
        forget_modules_below(folder)


def _line_in(file: Path, error: Exception) -> int | None:
    """Return the line of the file that an exception came from."""
    if isinstance(error, SyntaxError) and error.filename == str(file):
        return error.lineno
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return lines[-1] if lines else None
