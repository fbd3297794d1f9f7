"""Where posts were that are gone: their addresses, as `content/copies/` names them, for servers that can say so.

Not the ledger: nothing is planned or written by what is read here. Of a post that nobody was told of nothing is
written down, and nobody asks for it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.edges import files, folders
from byline.sharing import copies_file
from byline.sharing.copies_file import BrokenError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from byline.values.post import Post

_FOLDER, _SUFFIX, _ADOPTED = "copies", ".json", "adopted"


def addresses(content: Path, posts: Iterable[Post]) -> tuple[str, ...]:
    """Return the addresses under which others were told of posts that are not public any more, sorted.

    `posts` are the site's. A file that cannot be read names none: whoever shares tells of it.
    """
    public = {post.key for post in posts if post.status.public}
    names = (name.removesuffix(_SUFFIX) for name in folders.all_names(content / _FOLDER) if name.endswith(_SUFFIX))
    gone = (key for key in names if key not in public and key != _ADOPTED)
    return tuple(sorted({url for key in gone for url in _told(content, key)} - {""}))


def _told(content: Path, key: str) -> Iterator[str]:
    """Yield the addresses that a post had when others were told of it."""
    try:
        known = copies_file.copies(key, files.read_if_there(content / _FOLDER / f"{key}{_SUFFIX}") or b"")
    except BrokenError:
        return
    yield known.url
    yield from (mention.source for mention in known.mentions.values())
