"""As built: how all that a build read and wrote stood when it ended, so that a build with nothing to do can tell.

Not a cache of what is made: only digests are kept. Asked before Pelican is imported, and never believed in doubt: a
site with plugins of others, or with settings that are no plain data, is built each time.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import byline
from byline.edges import files, folders, machine
from byline.edges.system_fonts import font_folders
from byline.site import manifest, settings_file
from byline.values.plain import as_text
from byline.values.problem import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SCHEMA = "1"
_ENGINE = Path(byline.__file__).parent


@dataclass(frozen=True, slots=True)
class Origins:
    """What a site is made from as it stands: a digest, when any of it changed last, the site's own Python files.

    `output` is the folder where the site stands.
    """

    digest: str
    changed: datetime
    modules: frozenset[Path]
    output: Path


@dataclass(frozen=True, slots=True)
class AsBuilt:
    """A build that ended well: what it was made from and left, from when until when that is right, and what it said.

    `release` is its id; `posts` and `files` count; `problems` are its warnings.
    """

    release: str
    since: datetime
    until: datetime | None
    posts: int
    files: int
    problems: tuple[Problem, ...]
    origins: str = ""
    left: str = ""


def origins(settings: Path) -> Origins | None:
    """Return what the site of a settings file is made from; None: it cannot be told, or content/ is not apart.

    Raises Fault where the settings cannot be run.
    """
    ran = settings_file.run(settings)
    root, said = settings.parent, as_text(ran.settings)
    content, output = root / str(ran.settings.get("PATH", ".")), root / str(ran.settings.get("OUTPUT_PATH", "output"))
    if said is None or content == root or content in root.parents or _one_holds_the_other(content, output):
        return None
    photos = ran.settings.get("BYLINE_PHOTOS", {})
    font = photos.get("font", "") if isinstance(photos, dict) else ""
    themes = [ran.settings.get("THEME", ""), *ran.settings.get("THEME_TEMPLATES_OVERRIDES", ())]
    places = (_ENGINE, content, *(root / str(theme) for theme in themes if theme), *font_folders())
    parts, newest = [_SCHEMA, settings.name, machine.described(), said], 0
    for place in places:
        digest, changed = folders.seen(place, {"__pycache__"}.__contains__)
        parts += (str(place), digest)
        newest = max(newest, changed)
    named = sorted((*ran.files, *([root / str(font)] if font else ())))
    parts += (f"{file}\0{files.state(file)}" for file in named)
    return Origins(_digest(parts), datetime.fromtimestamp(newest / 1e9, UTC), ran.files, output)


def standing(home: Path, made_from: Origins | None, now: datetime) -> AsBuilt | None:
    """Return the last build where nothing is to be done at an instant (aware): all stands as it did when it ended.

    `home` is `.byline/`.
    """
    known = _read(_file(home))
    if known is None or made_from is None or known.origins != made_from.digest:
        return None
    if not (home / "releases" / f"{known.release}.json").exists():
        return None
    in_time = known.since <= now and (known.until is None or now < known.until)
    return known if in_time and known.left == _left(home, made_from.output) else None


def record(home: Path, made_from: Origins | None, built: AsBuilt) -> None:
    """Write down how a build ended; nothing where a change of what it read may have gone unseen."""
    if made_from is None or made_from.changed > built.since - files.TICK:
        files.remove_tree(_file(home))
        return
    whole = replace(built, origins=made_from.digest, left=_left(home, made_from.output))
    body = json.dumps(asdict(whole), default=str).encode()
    files.write(_file(home), hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


def _one_holds_the_other(one: Path, other: Path) -> bool:
    return one in (other, *other.parents) or other in one.parents


def _left(home: Path, output: Path) -> str:
    """Return a digest of how what a build leaves stands: the site, and the list of what is in it."""
    site, _newest = folders.seen(output, lambda _name: False)
    return _digest((str(output), site, files.state(manifest.file(home))))


def _file(home: Path) -> Path:
    return home / "as_built.json"


def _read(file: Path) -> AsBuilt | None:
    """Return what was written down; None where nothing was, or garbage, or by another Byline."""
    seal, _, body = (files.read_if_there(file) or b"").partition(b"\n")
    if seal != hashlib.sha256(body).hexdigest().encode():
        return None
    try:
        written: dict[str, Any] = json.loads(body)
        problems = tuple(map(_problem, written.pop("problems")))
        since, until = datetime.fromisoformat(written.pop("since")), written.pop("until")
        until = datetime.fromisoformat(until) if until else None
        return AsBuilt(**written, since=since, until=until, problems=problems)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _problem(written: Mapping[str, Any]) -> Problem:
    place = written["place"] and Place(**written["place"])
    return Problem(written["code"], written["what"], written["remedy"], place, Severity(written["severity"]))


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode(errors="surrogateescape")).hexdigest()
