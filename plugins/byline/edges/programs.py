"""Other programs, started without the writer's tokens in their environment.

Not a shell: arguments are a list, and nothing is looked up but the program.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from byline.values.problem import Fault, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_SECRETS = "BYLINE_TOKEN_"
_PIECE = 65536


def run(arguments: Sequence[str], *, cwd: Path, environment: Mapping[str, str] | None = None) -> int:
    """Run a program to its end, its streams ours; return its exit code. `environment` adds to the present one."""
    return subprocess.run(list(arguments), cwd=cwd, env=_environment(environment), check=False).returncode  # noqa: S603  arguments are ours, no shell


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended: its exit code, its output, and what it wrote to standard error."""

    code: int
    output: bytes
    errors: str


def captured(  # noqa: PLR0913  each is one thing that a program is given, by its name
    arguments: Sequence[str],
    *,
    cwd: Path,
    environment: Mapping[str, str | None] | None = None,
    given: Iterable[bytes] = (),
    seconds: float | None = None,
    heard: Callable[[str], None] | None = None,
) -> Ended:
    """Run a program to its end with `given` as its standard input; return how it ended.

    `environment` adds to the present one; what is None there is taken out. `heard` is told each line of what the
    program writes, to either stream, while it runs; it is called from other threads.
    Raises Fault when there is no such program, or when it takes longer than `seconds` (it is killed then), and what
    `given` raises (its input ends there).
    """
    try:
        program = subprocess.Popen(  # noqa: S603  arguments are ours, no shell
            list(arguments),
            cwd=cwd,
            env=_environment(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except FileNotFoundError as error:
        what = f"The program {arguments[0]} is not installed."
        raise Fault(Problem("missing-program", what, "Install it and run this again.")) from error
    with program:
        failures: list[BaseException] = []
        feeder = threading.Thread(target=_feed, args=(program.stdin, given, failures), daemon=True)
        errors: list[bytes] = []
        listener = threading.Thread(target=lambda: errors.append(_rest(program.stderr, heard)), daemon=True)
        killer = threading.Timer(seconds, program.kill) if seconds is not None else None
        threads: list[threading.Thread] = [feeder, listener, *([killer] if killer else [])]
        for thread in threads:
            thread.start()
        try:
            output = _rest(program.stdout, heard)
            code = program.wait()
        except BaseException:
            program.kill()
            raise
        finally:
            late = killer is not None and not killer.is_alive()
            if killer:
                killer.cancel()
        feeder.join()
        listener.join()
    if failures:
        raise failures[0]
    if late and code:
        what = f"{arguments[0]} took longer than {seconds:.0f} seconds, and was ended."
        raise Fault(Problem("failed-program", what, "Run this again when the other side answers."))
    return Ended(code, output, b"".join(errors).decode(errors="replace"))


class Conversation:
    """A program that answers on its standard output what it is asked on its standard input."""

    def __init__(self, program: subprocess.Popen[bytes]) -> None:
        """Speak with a program that was started for it."""
        self._program = program

    def ask(self, question: bytes, end: bytes) -> bytes:
        """Return its answer with the `end` that ends it; empty when the program has ended."""
        asked, answering = self._program.stdin, self._program.stdout
        if asked is None or answering is None:
            return b""
        try:
            asked.write(question)
            asked.flush()
        except (BrokenPipeError, ConnectionResetError):
            return b""
        pieces = []
        while piece := os.read(answering.fileno(), _PIECE):
            pieces.append(piece)
            if piece.endswith(end):
                return b"".join(pieces)
        return b""


@contextmanager
def conversation(arguments: Sequence[str], *, cwd: Path, seconds: float) -> Iterator[Conversation]:
    """Start a program to speak with; it is ended with the block, or after so many seconds, and is silent then.

    What it writes to standard error is thrown away. Raises Fault when there is no such program.
    """
    try:
        program = subprocess.Popen(  # noqa: S603  arguments are ours, no shell
            list(arguments),
            cwd=cwd,
            env=_environment(None),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        what = f"The program {arguments[0]} cannot be started: {error.strerror}."
        raise Fault(Problem("missing-program", what, "Install it anew and run this again.")) from error
    killer = threading.Timer(seconds, program.kill)
    killer.daemon = True
    killer.start()
    try:
        yield Conversation(program)
    finally:
        killer.cancel()
        program.kill()
        with suppress(OSError):  # what it did not read any more
            program.communicate()


def _feed(stream: IO[bytes] | None, given: Iterable[bytes], failures: list[BaseException]) -> None:
    """Write all of `given` to a program's standard input; one that has ended wants no more."""
    if stream is None:
        return
    try:
        for piece in given:
            stream.write(piece)
    except (BrokenPipeError, ConnectionResetError):
        pass
    except BaseException as error:  # noqa: BLE001  raised again where the program was started
        failures.append(error)
    with suppress(OSError):
        stream.close()


def _rest(stream: IO[bytes] | None, heard: Callable[[str], None] | None = None) -> bytes:
    """Return all that a program writes; tell each line (a carriage return ends one too) as it comes."""
    if stream is None:
        return b""
    if heard is None:
        return stream.read()
    pieces: list[bytes] = []
    line = b""
    while piece := os.read(stream.fileno(), _PIECE):
        pieces.append(piece)
        *lines, line = (line + piece).replace(b"\r", b"\n").split(b"\n")
        for whole in lines:
            heard(whole.decode(errors="replace"))
    return b"".join(pieces)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a program took: CPU and wall seconds, and the most memory it held at once, in MiB."""

    cpu: float
    wall: float
    peak: float


def measured(arguments: Sequence[str], *, cwd: Path, environment: Mapping[str, str] | None = None) -> Usage:
    """Run a program to its end, its output thrown away, and return what it took (POSIX). Raises Fault when it fails."""
    start = time.perf_counter()
    with subprocess.Popen(  # noqa: S603  arguments are ours, no shell
        list(arguments),
        cwd=cwd,
        env=_environment(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as program:
        _, status, usage = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode:
        what = f"{arguments[0]} ended with exit code {program.returncode}."
        raise Fault(Problem("failed-program", what, "Run it by hand to see why."))
    kibibytes = usage.ru_maxrss / 1024 if sys.platform == "darwin" else usage.ru_maxrss
    return Usage(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, kibibytes / 1024)


def restart(*, without: Sequence[str] = ()) -> None:
    """Replace this process by a fresh one with the same arguments but `without` some; does not return.

    Ctrl-C waits until the fresh one calls `interruptible`: before that, nobody could answer it well.
    """
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    arguments = [argument for argument in sys.orig_argv[1:] if argument not in without]
    os.execve(sys.executable, [sys.executable, *arguments], dict(os.environ))  # noqa: S606  our own command line


def interruptible() -> None:
    """Let Ctrl-C through again, also one that came while this process began."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def edit(path: Path) -> None:
    """Open a file in the editor that VISUAL or EDITOR names; without one, do nothing."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if editor:
        run([*editor.split(), str(path)], cwd=path.parent)


def _environment(added: Mapping[str, str | None] | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_SECRETS)}
    return {name: value for name, value in {**kept, **(added or {})}.items() if value is not None}
