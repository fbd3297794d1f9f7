"""A list that is made when somebody looks at it: what hangs on other posts costs nothing where no page shows it.

Not a promise that it stays: it is what it was when it was first looked at, in one edition of what it hangs on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

_Entry_co = TypeVar("_Entry_co", covariant=True)


def _only() -> int:
    """Return the edition of what never changes."""
    return 0


class Asked(Sequence[_Entry_co]):
    """A sequence that asks for its entries once; templates count it, take it apart and test it like any list."""

    __slots__ = ("_answered", "_ask", "_edition", "_entries", "_passing", "follows_from")

    def __init__(
        self,
        ask: Callable[[], Sequence[_Entry_co]],
        edition: Callable[[], int] = _only,
        follows_from: Callable[[], Sequence[object]] | None = None,
        *,
        passing: bool = False,
    ) -> None:
        """Ask this when somebody looks, and again as soon as the edition of what it hangs on is another.

        `follows_from` answers what the entries follow from, where that tells sooner whether they are the same. A list
        that is `passing` is shown by a single page: its entries are let go of when somebody looks through them.
        """
        self._passing = passing
        self.follows_from = follows_from
        self._ask: Callable[[], Sequence[_Entry_co]] = ask
        self._edition: Callable[[], int] = edition
        self._answered: int | None = None
        self._entries: Sequence[_Entry_co] = ()

    def __len__(self) -> int:
        return len(self._answer())

    def __iter__(self) -> Iterator[_Entry_co]:
        entries = self._answer()
        if self._passing:
            self._entries, self._answered = (), None
        return iter(entries)

    @overload
    def __getitem__(self, index: int) -> _Entry_co: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_Entry_co]: ...
    def __getitem__(self, index: int | slice) -> _Entry_co | Sequence[_Entry_co]:
        return self._answer()[index]

    def _answer(self) -> Sequence[_Entry_co]:
        edition = self._edition()
        if self._answered != edition:
            self._entries, self._answered = self._ask(), edition
        return self._entries
