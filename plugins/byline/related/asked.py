"""A list that is made when somebody looks at it: what hangs on other posts costs nothing where no page shows it.

Not a promise that it stays: it is what it was when it was first looked at, in one edition of what it hangs on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

_Entry_co = TypeVar("_Entry_co", covariant=True)


def _only() -> int:
    """Return the edition of what never changes."""
    return 0


class Asked(Sequence[_Entry_co]):
    """A sequence that asks for its entries once; templates count it, take it apart and test it like any list."""

    __slots__ = ("_about", "_answered", "_ask", "_edition", "_entries", "_follows_from", "_passing")

    def __init__(
        self,
        ask: Callable[[Any], Sequence[_Entry_co]],
        about: object,
        edition: Callable[[], int] = _only,
        follows_from: Callable[[Any], Sequence[object]] | None = None,
        *,
        passing: bool = False,
    ) -> None:
        """Ask about this when somebody looks, and again as soon as the edition of what the answer hangs on is another.

        `follows_from` answers, about the same, what the entries follow from, where that tells sooner whether they are
        the same. A list that is `passing` is shown by a single page: its entries are let go of when somebody looks
        through them.
        """
        self._passing = passing
        self._ask: Callable[[Any], Sequence[_Entry_co]] = ask
        self._about = about
        self._edition: Callable[[], int] = edition
        self._follows_from = follows_from
        self._answered: int | None = None
        self._entries: Sequence[_Entry_co] = ()

    def origin(self) -> Sequence[object]:
        """Return what the entries follow from; themselves, where that is not known."""
        return self if self._follows_from is None else self._follows_from(self._about)

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
            self._entries, self._answered = self._ask(self._about), edition
        return self._entries
