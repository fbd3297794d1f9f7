"""Tokens: the secrets of this blog, from the environment, from a git-ignored `.env`, from the system's keyring.

Not a setting: Pelican hands every setting to the templates. No function here prints or keeps one.
"""

from __future__ import annotations

import importlib
import os
import re
from typing import TYPE_CHECKING

from byline.edges import files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_PREFIX = "BYLINE_TOKEN_"
_SHORTEST = 8
"""Characters below which a value of `.env` is no secret: `true`, `8000`."""
_LINE = re.compile(
    r"^[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*"
    r"(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)'|(?P<bare>[^\n]*?))[ \t]*(?:[ \t]#[^\n]*)?$",
    re.MULTILINE,
)


def token(root: Path, name: str) -> str:
    """Return the token of a network by its name (`mastodon`), or an empty text where none is known.

    The environment goes before `.env`, that before the keyring (service `byline`), which is asked if it is installed.
    """
    variable = _PREFIX + name.upper().replace("-", "_")
    return os.environ.get(variable) or _env_file(root).get(variable) or _in_keyring(name)


def named(root: Path) -> Mapping[str, str]:
    """Return the secrets known here by variable: tokens, and the other values of `.env` that may be one."""
    given = {name: value for name, value in os.environ.items() if name.startswith(_PREFIX)}
    return {name: value for name, value in {**_env_file(root), **given}.items() if len(value) >= _SHORTEST}


def known(root: Path) -> tuple[str, ...]:
    """Return the values of these secrets."""
    return tuple(named(root).values())


def _env_file(root: Path) -> dict[str, str]:
    """Return the values of `.env` by name: `NAME=value` a line, quoted or not, `#` begins a comment."""
    text = (files.read_if_there(root / ".env") or b"").decode(errors="replace").replace("\r\n", "\n")
    return {match["name"]: match["double"] or match["single"] or match["bare"] or "" for match in _LINE.finditer(text)}


def _in_keyring(name: str) -> str:
    try:
        # An extra: not everybody has one.
        keyring = importlib.import_module("keyring")
        errors = importlib.import_module("keyring.errors")
    except ImportError:
        return ""
    try:
        return str(keyring.get_password("byline", name) or "")
    except errors.KeyringError:
        # No keyring is running here (a server, a forge): then it holds nothing.
        return ""
