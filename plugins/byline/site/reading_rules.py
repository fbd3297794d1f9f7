"""Rules of reading: what it is told by the settings, and a digest of all that a Reading hangs on but its source.

Not the reading itself, and nothing of the site that has no say in it.
"""

from __future__ import annotations

from dataclasses import astuple
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from byline.edges import machine
from byline.site.reader import Options
from byline.site.typography import Typography
from byline.values.plain import as_text

if TYPE_CHECKING:
    from collections.abc import Mapping

_PACKAGE = Path(__file__).parents[1]
_ROOMS = ("site", "values", "related", "credits", "edges")


def options_of(settings: Mapping[str, Any]) -> Options:
    """Return what `read` depends on, out of Pelican's settings."""
    markdown = settings["MARKDOWN"]
    # Pelican lets the extensions that have a configuration work without being named twice.
    extensions = dict.fromkeys([*markdown.get("extensions", ()), *markdown.get("extension_configs", ())])
    return Options(
        markdown={**markdown, "extensions": [name for name in extensions if name != "markdown.extensions.meta"]},
        docutils=settings["DOCUTILS_SETTINGS"],
        formatted=frozenset(settings["FORMATTED_FIELDS"]),
        typography=Typography(
            bool(settings["TYPOGRIFY"]),
            tuple(settings["TYPOGRIFY_IGNORE_TAGS"]),
            tuple(settings["TYPOGRIFY_OMIT_FILTERS"]),
            settings["TYPOGRIFY_DASHES"],
        ),
        language=settings["DEFAULT_LANG"],
    )


def rules(options: Options, root: Path, site_url: str, *, counting: bool) -> str | None:
    """Return a digest of what sources are read by; None where an extension of Markdown is the site's own.

    Nobody knows what that depends on. `root` is the site's folder, `site_url` its address; `counting`: the terms of
    texts are counted, too.
    """
    said = as_text((options.markdown, options.docutils, options.formatted, options.language, counting, site_url))
    if said is None or _own_extensions(options, root):
        return None
    return hashed(_ground(), said, repr(astuple(options.typography)))


def hashed(*parts: str | bytes) -> str:
    """Return a digest (SHA-256, hex) of some parts that is another where any two of them are parted otherwise."""
    digest = sha256()
    for part in parts:
        body = part.encode() if isinstance(part, str) else part
        digest.update(len(body).to_bytes(8, "big") + body)
    return digest.hexdigest()


@cache
def _ground() -> str:
    """Return a digest of Byline's code and of what is installed, which stay as long as this process."""
    digest = sha256()
    for room in _ROOMS:
        for module in sorted((_PACKAGE / room).glob("*.py")):
            digest.update(module.read_bytes())
    return hashed(digest.digest(), machine.described())


def _own_extensions(options: Options, root: Path) -> bool:
    """Tell whether one of Markdown's extensions is a Python file of the site's own."""
    for name in options.markdown.get("extensions", ()):
        found = find_spec(str(name).partition(":")[0].partition(".")[0])
        origin = Path(found.origin) if found and found.origin else None
        if origin and root in origin.parents and root / ".venv" not in origin.parents:
            return True
    return False
