"""The ledger: what was shared where, in content/copies/, a file a post, with the writer's posts and in their git.

Not the text of these files: that is `copies_file`. Nothing is locked here against another run: whoever shares holds
`.byline/lock`. No token comes near it.
"""

from __future__ import annotations

import os
import re
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from byline.edges import files
from byline.sharing import copies_file
from byline.sharing.copies import Copies, Known
from byline.sharing.copies_file import BrokenError
from byline.values.problem import UNUSABLE, Fault, Place, Problem, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from byline.sharing.copies import Copy, Mention

T = TypeVar("T")
_ADOPTED = "adopted"
_SUFFIX = ".json"
_KEY = re.compile(r"(?!adopted$)[0-9a-z][0-9a-z_-]{0,127}", re.ASCII)
"""A post key that may name a file anywhere."""
_REMEDY = "Mend it, or take it back from git; until then nothing is shared."
_MERGE = "Keep what says more of the two, and take the marks out; until then nothing is shared."


class Ledger:
    """The copies of all posts, kept in a folder; safe to be written from several threads.

    What cannot be read is never taken for nothing, and never written over: it is a Fault `broken-ledger`.
    """

    def __init__(self, folder: Path, shown: str = "content/copies") -> None:
        """Keep the ledger in a folder, which need not be there yet; Problems call it what is `shown`."""
        self._folder = folder
        self._shown = shown
        self._lock = Lock()
        self._known: Known | None = None

    def known(self) -> Known:
        """Return all that is known: read once, and true of what was put since. Raises Fault with all that is broken."""
        with self._lock:
            if self._known is None:
                self._known = self._read()
            return self._known

    def put(self, post: Copies, account: str, copy: Copy) -> None:
        """Write a copy of a post down, the other accounts' as they are: at the end it would outlast a power cut.

        Raises Fault, nothing changed, when the post's file is broken; ValueError for a key that can name no file.
        """
        if not _KEY.fullmatch(post.key):
            raise ValueError(f"{post.key!r} is no post key")
        with self._lock:
            made = self._rewritten(
                post.key,
                partial(copies_file.copies, post.key),
                partial(copies_file.with_copy, post=post, account=account, copy=copy),
            )
            if self._known is not None:
                self._known = Known({**self._known.posts, post.key: made}, self._known.adopted)

    def mention(self, post: Copies, mentions: Mapping[str, Mention], mentioned: str) -> None:
        """Write down which pages were told of a post, the others and its copies as they are.

        `mentioned` is the digest of what the post says. Raises Fault, nothing changed, when the post's file is broken.
        """
        if not _KEY.fullmatch(post.key):
            raise ValueError(f"{post.key!r} is no post key")
        rewrite = partial(copies_file.with_mentions, post=post, mentions=mentions, mentioned=mentioned)
        with self._lock:
            made = self._rewritten(post.key, partial(copies_file.copies, post.key), rewrite)
            if self._known is not None:
                self._known = Known({**self._known.posts, post.key: made}, self._known.adopted)

    def adopt(self, account: str, keys: Iterable[str]) -> None:
        """Write down posts that an account is never told of, beside those known; none: the account is known from now.

        Raises Fault, nothing changed, when the file is broken.
        """
        rewrite = partial(copies_file.with_adopted, account=account, keys=frozenset(keys))
        with self._lock:
            made = self._rewritten(_ADOPTED, copies_file.adopted, rewrite)
            if self._known is not None:
                self._known = Known(self._known.posts, made)

    def _rewritten(self, name: str, read: Callable[[bytes], T], rewrite: Callable[[bytes | None], bytes]) -> T:
        """Write a file anew from what it holds now, and return what it says then."""
        file = self._folder / f"{name}{_SUFFIX}"
        try:
            before = files.read_if_there(file)
            if before is not None:
                read(before)
            after = rewrite(before)
        except BrokenError as error:
            raise Fault(self._broken(name, error)) from error
        made = read(after)  # what could not be read again is not written
        files.write(file, after)
        return made

    def _read(self) -> Known:
        posts: dict[str, Copies] = {}
        adopted: Mapping[str, frozenset[str]] = {}
        broken = []
        for name in self._names():
            try:
                body = files.body(f"{self._folder}/{name}{_SUFFIX}")
                if name == _ADOPTED:
                    adopted = copies_file.adopted(body)
                else:
                    posts[name] = copies_file.copies(name, body)
            except BrokenError as error:
                broken.append(self._broken(name, error))
            except OSError as error:
                broken.append(self._broken(name, BrokenError(f"It cannot be read: {error.strerror}."), UNUSABLE))
        broken.extend(self._misnamed(posts))
        if broken:
            raise Fault(*in_order(broken))
        return Known(posts, adopted)

    def _misnamed(self, posts: Mapping[str, Copies]) -> Iterator[Problem]:
        """Yield a Problem for each file that is a post's by no right: a copy of another one, as programs make them."""
        first: dict[str, str] = {}
        for name, copies in posts.items():
            if not _KEY.fullmatch(name):
                yield self._broken(name, BrokenError("No post's file has such a name."))
            elif first.setdefault(copies.id, name) != name:
                yield self._broken(name, BrokenError(f"It is about the post of {first[copies.id]}{_SUFFIX}."))

    def _names(self) -> list[str]:
        """Return the names of the files, without their suffix; what a killed write left begins with a dot."""
        try:
            names = os.listdir(self._folder)  # noqa: PTH208  names are what is wanted
        except FileNotFoundError:
            return []
        return sorted(name[: -len(_SUFFIX)] for name in names if name.endswith(_SUFFIX) and not name.startswith("."))

    def _broken(self, name: str, error: BrokenError, remedy: str = _REMEDY) -> Problem:
        place = Place(f"{self._shown}/{name}{_SUFFIX}", error.line)
        return Problem("broken-ledger", str(error), _MERGE if error.conflict else remedy, place)
