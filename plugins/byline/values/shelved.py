"""Contents that lie elsewhere, with what is known of them at hand: very many take little room.

Not where they lie, nor what is worth knowing of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from byline.values.content import Content, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from byline.values.content import Facts

_Said = TypeVar("_Said")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where Contents lie: `fetch` answers one by the digest of its HTML and the path of its source.

    `functions` are those whose findings are at hand, each with its place among them; `digest` is one of them.
    """

    functions: Mapping[Callable[[Content], object], int]
    fetch: Callable[[str, str], Content]


class Shelved(Content):
    """A Content whose HTML lies elsewhere, and is fetched whenever it is asked for; what is known of it is at hand."""

    __slots__ = ("_found", "_path", "_shelf")
    _found: tuple[Any, ...]
    _path: str
    _shelf: Shelf

    def __init__(self, shelf: Shelf, path: str, found: tuple[object, ...]) -> None:
        """Be the content of the source at a path, of which the shelf's functions have found this.

        Raises ValueError where they are not as many.
        """
        if len(found) != len(shelf.functions):
            raise ValueError(path)
        for name, value in (("_shelf", shelf), ("_path", path), ("_found", found)):
            object.__setattr__(self, name, value)

    def known(self, find: Callable[[Content], _Said]) -> _Said:
        """Return what a pure function finds in this content; the shelf's functions have found it already."""
        place = self._shelf.functions.get(find)
        return super().known(find) if place is None else self._found[place]

    @property
    def html(self) -> str:
        """Return the HTML."""
        return self._fetched.html

    @property
    def facts(self) -> Facts:
        """Return the facts of the HTML."""
        return self._fetched.facts

    @property
    def _fetched(self) -> Content:
        return self._shelf.fetch(self.known(digest), self._path)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Content) and self.html == other.html

    def __hash__(self) -> int:
        return hash((self.html,))
