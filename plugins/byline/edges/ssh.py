"""How this machine's ssh is called: the writer's own keys and settings, and never a question.

Not a connection: what runs over it is the caller's, and programs are started by `edges/programs`.
"""

from __future__ import annotations

import os
import shlex
from pathlib import PurePath

_OPTIONS = "-o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15 -o ServerAliveCountMax=4"
_OWN = ("BYLINE_SSH", "GIT_SSH_COMMAND")


def command(otherwise: str = "ssh") -> str:
    """Return the command that starts ssh: `BYLINE_SSH`, else `GIT_SSH_COMMAND`, else `otherwise`, as a shell reads it.

    Options that keep ssh from asking, and from waiting for ever, are added, unless it is another program (plink),
    which would not understand them.
    """
    written = next(filter(None, (os.environ.get(name, "").strip() for name in _OWN)), otherwise)
    return f"{written} {_OPTIONS}" if PurePath(shlex.split(written)[0]).stem == "ssh" else written


def words() -> list[str]:
    """Return the same command as a list of arguments."""
    return shlex.split(command())
