"""`invoke TASK` typed outside Byline's environment: goes on in `.venv`, or says what to type.

It installs nothing, and it is no task. Standard library only: it runs in whatever Python the other Invoke has.
"""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

NEEDED = ("PIL", "babel", "jinja2", "markdown", "pelican", "pygments", "typogrify", "watchfiles", "yaml")


def to_environment(root: Path) -> None:
    """Return when this Python can run the tasks below `root`; else run this command line in `.venv` and do not return.

    Raises SystemExit with the command to type when there is no finished `.venv`.
    """
    if Path(sys.prefix).resolve() == (root / ".venv").resolve() or all(map(find_spec, NEEDED)):
        return
    python = root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (root / ".venv" / "byline.stamp").exists() or not python.exists():
        raise SystemExit("byline: this Invoke is not Byline's own. Type ./byline TASK (on Windows: py byline TASK).")
    command = [str(python), str(root / "byline"), *sys.argv[1:]]
    if os.name == "nt":
        raise SystemExit(subprocess.call(command))  # noqa: S603 - Windows has no exec; it is our own script
    os.execv(command[0], command)  # noqa: S606 - the task keeps the terminal, the signals and its tokens
