"""Pagefind: finished pages become the files of a search index, taken in the order in which they are given.

Not its command line, which takes a folder in whatever order the system lists it, so that equal pages give unequal
files; and not its package for Python, which waits a tenth of a second for each page and hands the whole environment on.
The program is asked as that package asks it: JSON in Base64, each question and each answer ended by a comma.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any

from byline.edges import programs
from byline.values.problem import Fault, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from byline.edges.programs import Conversation

_PACKAGE = "pagefind-bin-extended"


@dataclass(frozen=True, slots=True)
class Pagefind:
    """The program, and its version."""

    program: Path
    version: str

    def index(
        self, pages: Iterable[tuple[str, str]], left_out: Sequence[str], *, cwd: Path, seconds: float
    ) -> dict[str, bytes]:
        """Return the files of an index by path; `pages` are the address below the site's root, and the HTML, of each.

        `left_out` are CSS selectors of what is not to be found. Raises Fault when the program ends early, takes longer
        than so many seconds, or answers anything else.
        """
        with programs.conversation([str(self.program), "--service"], cwd=cwd, seconds=seconds) as program:
            number = _answer(program, "NewIndex", type="NewIndex", config={"exclude_selectors": left_out})["index_id"]
            for address, html in pages:
                _answer(
                    program,
                    "IndexedFile",
                    type="AddFile",
                    index_id=number,
                    url=f"/{address}",
                    file_path=None,
                    file_contents=html,
                )
            made = _answer(program, "GetFiles", type="GetFiles", index_id=number)
        try:
            return {file["path"]: base64.b64decode(file["content"], validate=True) for file in made["files"]}
        except (KeyError, TypeError, ValueError) as error:
            raise _failed("it answers what nobody understands") from error


def installed() -> Pagefind:
    """Return the program. Raises Fault when it is not installed."""
    try:
        from pagefind_bin_extended import get_executable

        return Pagefind(get_executable(), metadata.version(_PACKAGE))
    except (ImportError, FileNotFoundError) as error:
        what = "The settings want a search, and Pagefind, which makes its index, is not installed."
        remedy = f"Run this as ./byline, which fetches it, or install it in this environment: pip install {_PACKAGE}."
        raise Fault(Problem("missing-program", what, remedy)) from error


def _answer(program: Conversation, kind: str, **question: object) -> dict[str, Any]:
    """Return the answer of a kind to a question."""
    asked = json.dumps({"message_id": 1, "payload": question}).encode()
    answer = program.ask(base64.b64encode(asked) + b",", b",")
    if not answer:
        raise _failed("it ended in the middle of its work")
    try:
        payload: dict[str, Any] = json.loads(base64.b64decode(answer[:-1], validate=True))["payload"]
        found = payload["type"]
    except (ValueError, KeyError, TypeError) as error:
        raise _failed("it answers what nobody understands") from error
    if found == "Error":
        raise _failed(f"it says: {str(payload.get('message'))[:200].rstrip('.')}")
    if found != kind:
        raise _failed(f"it answers {found!r} where {kind} is due")
    return payload


def _failed(why: str) -> Fault:
    what = f"Pagefind cannot make the search index: {why}."
    remedy = "Run this again. If that does not help, take `search` out of BYLINE_THEME: the site is whole without it."
    return Fault(Problem("failed-search", what, remedy))
