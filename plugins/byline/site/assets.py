"""Files that belong to the look of the site: its stylesheets, and what stands at the site's root.

Not Pelican's THEME_STATIC_PATHS, which are taken over as they are.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from byline.edges import files, folders
from byline.site.make import Copy, Given
from byline.values.css import squeezed
from byline.values.output import Kind, Output

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def stylesheets(theme: Path, own: Path, accent: str) -> dict[str, Output]:
    """Return the stylesheets by the names that templates get their paths by; none of a theme without a `style/`.

    STYLESHEET, for every page: `style/*.css` in the order of their names, `style/accents/` of this accent, and the
    writer's `user.css` last. STYLESHEET_OF_LISTS, for pages that are no text: `style/lists/*.css`.
    A file's name carries the digest of its content, so hosts may let readers keep it for ever.
    """
    sheets = _read(theme / "style")
    if not sheets:
        return {}
    sheets += files.read_if_there(theme / "style" / "accents" / f"{accent}.css") or b""
    user = files.read_if_there(own / "user.css")
    if user:
        sheets += b"@layer user {\n" + user + b"\n}\n"
    found = {"STYLESHEET": _sheet("style", sheets)}
    if lists := _read(theme / "style" / "lists"):
        found["STYLESHEET_OF_LISTS"] = _sheet("lists", lists)
    return found


def _read(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("*.css")) if path.is_file())


def _sheet(name: str, body: bytes) -> Output:
    body = squeezed(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    digest = hashlib.sha256(body).hexdigest()[:10]
    return Output(f"theme/{name}.{digest}.css", Kind.ASSET, Given(body))


def root_files(theme: Path, own: Path) -> Iterator[Output]:
    """Yield what the theme's `root/` holds, each file at the site's root; the writer's `theme/root/` goes before it."""
    found: dict[str, Path] = {}
    for folder in (own / "root", theme / "root"):
        for name in folders.tree_names(str(folder), ()):
            found.setdefault(name, folder / name)
    for name, path in sorted(found.items()):
        yield Output(name, Kind.ASSET, Copy(path))
