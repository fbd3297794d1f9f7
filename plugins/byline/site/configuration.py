"""The configuration that a settings file gives: Pelican's settings, Byline's own, and what is wrong with either.

Not the meaning of a setting: that is Pelican's documentation, and `values/settings`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pelican.settings import DEFAULT_CONFIG, read_settings

from byline.site import settings_file
from byline.values import dates, settings_reading
from byline.values.plain import as_text
from byline.values.problem import Fault, Place, Problem
from byline.values.text import one_edit_apart

if TYPE_CHECKING:
    from pathlib import Path

    from byline.values.settings import Settings

_PATHS = ("PATH", "OUTPUT_PATH", "THEME", "CACHE_PATH")
_PATH_LISTS = ("PLUGIN_PATHS", "THEME_TEMPLATES_OVERRIDES")
_UNLISTED = frozenset(
    "AUTHOR TIMEZONE LINKS SOCIAL MENUITEMS FEED_DOMAIN FEED_ATOM FEED_ATOM_URL FEED_RSS FEED_RSS_URL FEED_ALL_RSS "
    "FEED_ALL_ATOM_URL FEED_ALL_RSS_URL CATEGORY_FEED_RSS TAG_FEED_ATOM TAG_FEED_RSS TRANSLATION_FEED_RSS SITESUBTITLE "
    "DEFAULT_DATE AUTHOR_REGEX_SUBSTITUTIONS CATEGORY_REGEX_SUBSTITUTIONS TAG_REGEX_SUBSTITUTIONS SITEMAP".split()
)
"""Settings that Pelican documents and its defaults leave out."""


@dataclass(frozen=True)
class Configuration:
    """What a settings file says: Pelican's settings with defaults and absolute paths, Byline's, and what is wrong.

    `said` is all that it sets, as a text; None where some of it is no plain data.
    """

    file: Path
    pelican: dict[str, Any]
    own: Settings
    problems: tuple[Problem, ...]
    said: str | None = None


def load(file: Path) -> Configuration:
    """Return the configuration of a settings file. Raises Fault when it cannot be run."""
    source = settings_file.source(file)
    written = settings_file.run(file).settings
    problems: list[Problem] = []

    def place(name: str) -> Place:
        found = re.search(rf"(?m)^{re.escape(name)}\s*=", source)
        return Place(file.name, source.count("\n", 0, found.start()) + 1 if found else None)

    settings, wrong = settings_reading.read_settings(written, place)
    problems.extend(wrong)
    known = DEFAULT_CONFIG.keys() | _UNLISTED
    for name in written.keys() - known:
        near = next((other for other in sorted(known) if one_edit_apart(name, other)), None)
        if near and near not in written:
            what = f"The setting {name} is unknown."
            problems.append(Problem("unknown-setting", what, f"Did you mean {near}?", place(name)))
    try:
        dates.zone(written.get("TIMEZONE", "UTC"))
        pelican = read_settings(None, _absolute(written, file.parent))
    except Exception as error:  # Pelican raises what Python does for a setting that it cannot take
        what = f"Pelican cannot use the settings: {str(error).rstrip('.')}."
        raise Fault(Problem("bad-settings", what, "Mend that setting.", Place(file.name))) from error
    return Configuration(file, pelican, settings, tuple(problems), as_text(written))


def _absolute(written: dict[str, Any], root: Path) -> dict[str, Any]:
    """Return the settings with paths made absolute against the settings file's folder, whatever is set."""
    settings = {"PATH": ".", "OUTPUT_PATH": "output", "CACHE_PATH": "cache", **written}
    for name in _PATHS:
        # A theme may also be the name of one that Pelican brings.
        if name in settings and (name != "THEME" or (root / str(settings[name])).exists()):
            settings[name] = str(root / str(settings[name]))
    for name in _PATH_LISTS:
        settings[name] = [str(root / str(path)) for path in settings.get(name, [])]
    return settings
