"""A disk that is full soon: a file system in memory, of a size.

Not a test. Mounting needs root, or sudo without a password; without, the test that asks for it skips by this name.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def full_disk(folder: Path, size: str) -> Iterator[Path]:
    """Mount a file system of a size (as mount has it: `2m`) at a folder until the end of the block."""
    folder.mkdir()
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    mount = [
        *root,
        "mount",
        "-t",
        "tmpfs",
        "-o",
        f"size={size},uid={os.getuid()},mode=755",
        getpass.getuser(),
        str(folder),
    ]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("a full disk needs the right to mount one")
    try:
        yield folder
    finally:
        subprocess.run([*root, "umount", "--lazy", str(folder)], check=True)
