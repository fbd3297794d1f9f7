"""A person's agreement to what a command is about to write.

Not the showing of it: whoever asks has said what it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.edges.console import AGAIN, DONE

if TYPE_CHECKING:
    from byline.edges.console import Console


def declined(console: Console, question: str, *, yes: bool) -> int | None:
    """Ask, unless the answer is `yes` already; return None when it is, else the exit code.

    Without a terminal there is nobody to ask: it waits for a person, which is no fault.
    """
    if yes:
        return None
    if not console.interactive:
        console.say("Nothing was written. On a terminal you are asked; elsewhere, --yes writes it.")
        return DONE
    if console.asked(question):
        return None
    console.say("Nothing was changed.")
    return AGAIN
