"""Where else a post can be found: its confirmed copies, as `content/copies/` names them, for its page.

Not the ledger: nothing is planned or written by what is read here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from byline.edges import files, folders
from byline.sharing import copies_file
from byline.sharing.copies import State
from byline.sharing.copies_file import BrokenError
from byline.sharing.share_links import label
from byline.values.problem import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from byline.sharing.copies import Copies
    from byline.values.post import Post

_FOLDER, _SUFFIX = "copies", ".json"


class Elsewhere(NamedTuple):
    """A copy that people can look at: what its network is called, and its address (mf2 `u-syndication`)."""

    label: str
    url: str


class AlsoOn:
    """The copies of posts that were written down; `report` is told of files that cannot be read."""

    def __init__(self, content: Path, report: Callable[[Problem], None]) -> None:
        """Look which posts have any, below content/."""
        self._folder = content / _FOLDER
        self._report = report
        self._known = frozenset(folders.all_names(self._folder))

    def of(self, post: Post) -> tuple[Elsewhere, ...]:
        """Return where a post is, each place once, by the name of its account."""
        name = f"{post.key}{_SUFFIX}"
        if not post.status.public or name not in self._known:
            return ()
        try:
            known = copies_file.copies(post.key, files.read_if_there(self._folder / name) or b"")
        except BrokenError as error:
            remedy = "Mend it, or take it back from git."
            self._report(Problem("broken-ledger", str(error), remedy, Place(f"{_FOLDER}/{name}", error.line)))
            return ()
        return tuple(dict.fromkeys(_shown(known)))


def _shown(known: Copies) -> Iterator[Elsewhere]:
    for account, copy in sorted(known.copies.items()):
        host = urlsplit(copy.url).hostname
        if copy.state is State.CONFIRMED and host:
            yield Elsewhere(label(account.partition(":")[0]) or host, copy.url)
