"""Files that belong to the look of the site: one stylesheet, and what stands at the site's root.

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


def stylesheet(theme: Path, own: Path) -> Output | None:
    """Return the theme's `style/*.css` in the order of their names, with the writer's `user.css` last, as one output.

    Its name carries the digest of its content, so hosts may let readers keep it for ever. None for a theme without.
    """
    sheets = [path for path in sorted((theme / "style").glob("*.css")) if path.is_file()]
    if not sheets:
        return None
    body = b"".join(path.read_bytes() for path in sheets)
    user = files.read_if_there(own / "user.css")
    if user:
        body += b"@layer user {\n" + user + b"\n}\n"
    body = squeezed(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    digest = hashlib.sha256(body).hexdigest()[:10]
    return Output(f"theme/style.{digest}.css", Kind.ASSET, Given(body))


def root_files(theme: Path, own: Path) -> Iterator[Output]:
    """Yield what the theme's `root/` holds, each file at the site's root; the writer's `theme/root/` goes before it."""
    found: dict[str, Path] = {}
    for folder in (own / "root", theme / "root"):
        for name in folders.tree_names(str(folder), ()):
            found.setdefault(name, folder / name)
    for name, path in sorted(found.items()):
        yield Output(name, Kind.ASSET, Copy(path))
