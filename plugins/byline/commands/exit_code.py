"""The exit code of a task is the number that its command returns, and the process, which is its own, ends with it.

Not a decision what the code is.
"""

from typing import Any

from invoke import Exit, Task


class Command(Task[Any]):
    """An Invoke task whose function returns an exit code, as sysexits counts: 75 (EX_TEMPFAIL) is "run it again"."""

    def __call__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Invoke passes what the task takes
        """Run the task; raise Exit, which says nothing, unless it returned 0."""
        from byline.edges import garbage

        garbage.seldom()  # before all else: what is imported is many objects, too
        from byline.edges import programs
        from byline.edges.console import AGAIN, Console

        try:
            # Until here Ctrl-C was held by whoever started this, so that it meets somebody who can answer it.
            programs.interruptible()
            code = super().__call__(*arguments, **options)
        except KeyboardInterrupt:
            Console().say("Interrupted. Run the same command again.")
            code = AGAIN
        finally:
            garbage.left()
        if code:
            raise Exit(code=code)
