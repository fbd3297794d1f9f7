"""What the programs say that reach a server (ssh, rsync, git): one sentence for each, with its remedy.

Not the connecting, and not what a server says about the site: each kind of target knows that of itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from byline.values.problem import Fault, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

FULL = re.compile(r"No space left on device|[Qq]uota exceeded|Out of diskspace")
_NOISE = re.compile(r"^(?:\s*|Warning: Permanently added .*|[@ ]+|(?:remote: )?-+)$")


def fault(where: str, errors: str) -> Fault | None:
    """Return what went wrong on the way to a server, as its programs' errors tell it; None when it is nothing of that.

    `where` names the target for a person.
    """
    return next((made(where, errors) for pattern, made in _CAUSES if pattern.search(errors)), None)


def last_words(errors: str) -> str:
    """Return the last line of a program's errors that says something, without the program's name before it."""
    lines = [line for line in errors.splitlines() if not _NOISE.match(line)]
    words = re.sub(r"^(?:fatal|error|remote|sh|rsync|rsync error|byline): +", "", lines[-1].strip()) if lines else ""
    return words.rstrip(".") or "nothing was said"


def full(where: str, errors: str) -> Fault:
    """Return the fault of a full disk, here or there."""
    what = f"The disk is full on the way to {where}: {_line(errors, FULL)}."
    remedy = "Nothing that was live has changed. Make room, or lower `keep`, then run this again."
    return Fault(Problem("full-target", what, remedy))


def _changed_key(where: str, _errors: str) -> Fault:
    what = f"The host key of {where} is not the one that this machine knows."
    remedy = "Ask the host whether it has changed; if so, remove the old one with `ssh-keygen -R HOST` and accept it."
    return Fault(Problem("refused-by-target", what, remedy))


def _unknown_key(where: str, _errors: str) -> Fault:
    what = f"The host key of {where} is not known to this machine."
    remedy = "Connect once by hand with ssh, compare the key with the host's, and accept it."
    return Fault(Problem("refused-by-target", what, remedy))


def _no_entry(where: str, errors: str) -> Fault:
    what = f"{where} does not let you in: {_line(errors, _NO_ENTRY)}."
    remedy = "Give it your public ssh key, or (https) let git's credential helper know your token; name the right user."
    return Fault(Problem("refused-by-target", what, remedy))


def _unreachable(where: str, errors: str) -> Fault:
    what = f"{where} cannot be reached: {_line(errors, _UNREACHABLE)}."
    remedy = "Look at the network and the address, then run this again."
    return Refused(Problem("unreachable-target", what, remedy))


def _line(errors: str, pattern: re.Pattern[str]) -> str:
    """Return the line that a pattern was found in, short enough for a sentence."""
    return last_words(next(line for line in errors.splitlines() if pattern.search(line)))


_CHANGED_KEY = re.compile(r"REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for .* has changed")
_UNKNOWN_KEY = re.compile(r"Host key verification failed|No .* host key is known for")
_NO_ENTRY = re.compile(
    r"Permission denied \((?!\d)|Too many authentication failures|could not read (?:Username|Password) for"
    r"|Authentication failed for|terminal prompts disabled|requested URL returned error: 40[13]",
)
_UNREACHABLE = re.compile(
    r"Could not resolve|Name or service not known|nodename nor servname|Connection refused|Connection timed out"
    r"|Operation timed out|timed out|Connection reset|Connection closed|Connection to .* closed by remote"
    r"|Broken pipe|Network is unreachable|No route to host|kex_exchange_identification|Couldn't connect to server"
    r"|Failed to connect|Connection was reset|client_loop: send disconnect|hung up unexpectedly|early EOF"
    r"|connection unexpectedly closed|requested URL returned error: 5\d\d",
    re.IGNORECASE,
)
# A full disk ends connections too, and a host that is not trusted closes them: the cause stands before its effects.
_CAUSES: tuple[tuple[re.Pattern[str], Callable[[str, str], Fault]], ...] = (
    (_CHANGED_KEY, _changed_key),
    (_UNKNOWN_KEY, _unknown_key),
    (_NO_ENTRY, _no_entry),
    (FULL, full),
    (_UNREACHABLE, _unreachable),
)
