"""A server that is reached by ssh: its folder's scripts are run there, and files are sent with rsync.

Not the order of a deployment: the target knows that. What the scripts do is written in `server_scripts`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from byline.deploy import connection, server_scripts
from byline.deploy.target import moved
from byline.edges import ssh
from byline.edges.programs import captured
from byline.values.problem import Fault, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from byline.deploy.rsync_address import Address
    from byline.edges.programs import Ended

_SENT = "sent "
_ENGLISH = {"LC_ALL": "C", "LANGUAGE": "C"}
# A web server must read what is sent, whatever mask the writer's files have.
_READABLE = "--chmod=Du=rwx,Dgo=rx,Fu=rw,Fgo=r"
_CLOSED = re.compile(r"Permission denied|Operation not permitted|Read-only file system")
_NO_RSYNC = re.compile(r"rsync: (?:command )?not found|rsync: No such file|exec: rsync: ")


class Server:
    """The folder at an address; programs run in `root`, the folder of the writer's blog."""

    def __init__(self, address: Address, root: Path) -> None:
        """Know the way; nothing is asked yet."""
        self.where = str(address)
        self._address = address
        self._root = root

    def run(self, script: str, given: Iterable[bytes] = (), **values: str | int) -> bytes:
        """Run a script with variables and input; return its output. Raises Fault with the reason when it fails."""
        command, body = server_scripts.sent(script, folder=self._address.folder, **values)
        arguments = [*self._ssh(), "-T", "--", self._address.host.replace("[", "").replace("]", ""), command]
        ended = captured(arguments, cwd=self._root, environment=_ENGLISH, given=[body, *given])
        if ended.code:
            raise self._fault(ended)
        return ended.output

    def prepare(self, release: str, seen: str, base: str, lists: Mapping[str, Iterable[bytes]]) -> None:
        """Have a release's partial folder made from the folder `base`; `lists` hold paths as the server has them."""
        given = {name: b"".join(path + b"\0" for path in lists.get(name, ())) for name in server_scripts.LISTS}
        sizes = {name: len(body) for name, body in given.items()}
        self.run(server_scripts.PREPARE, given.values(), release=release, seen=seen, base=base, **sizes)

    def upload(self, outgoing: Path, release: str, sent: Callable[[], None]) -> None:
        """Send all of a folder into the partial folder; `sent` is called for each file.

        What an earlier try brought is linked. Raises Fault with the reason when it fails; on a full disk, what has come
        is taken back.
        """

        def heard(line: str) -> None:
            if line.startswith(_SENT) and not line.endswith("/"):
                sent()

        program = server_scripts.program(self._address.folder)
        command = [
            *("rsync", "-rpcz", _READABLE, f"--out-format={_SENT}%n", f"--link-dest=../{release}.before/"),
            *("-e", " ".join(map(_rsync_word, self._ssh())), f"--rsync-path={program}"),
            *("--", f"{outgoing}/", f"{self._address.host}:releases/{release}.partial/"),
        ]
        ended = captured(command, cwd=self._root, environment=_ENGLISH, heard=heard)
        if ended.code and not ended.errors.strip():
            # Now and then a connection takes the reason with it when it ends; whoever asks again hears it.
            ended = captured(command, cwd=self._root, environment=_ENGLISH)
        if ended.code:
            if connection.FULL.search(ended.errors):
                self.run(server_scripts.DROP, release=release)
            raise self._fault(ended)

    def _ssh(self) -> list[str]:
        return [*ssh.words(), *(("-p", str(self._address.port)) if self._address.port else ())]

    def _fault(self, ended: Ended) -> Fault:
        """Return why the server, or the way there, failed."""
        said = connection.last_words(ended.errors)
        if ended.code == server_scripts.STOPPED and said in _STOPS:
            return _STOPS[said](self.where)
        found = connection.fault(self.where, ended.errors)
        if found:
            return found
        if _NO_RSYNC.search(ended.errors):
            return _no_rsync(self.where)
        if _CLOSED.search(ended.errors):
            what = f"{self.where} may not be written to: {said}."
            remedy = "Give the user the right to write there, or name another folder."
            return Fault(Problem("refused-by-target", what, remedy))
        return Fault(Problem("failed-program", f"{self.where} failed: {said}.", "Mend that, then run this again."))


def _rsync_word(word: str) -> str:
    """Return a word of a command as rsync splits it: in single quotes, one of its own doubled."""
    doubled = word.replace("'", "''")
    return f"'{doubled}'"


def _no_link(where: str) -> Fault:
    what = f"At {where}, `current` is a folder or a file, and must be a link that a release can be swapped under."
    return Fault(Problem("wrong-target", what, "Move it away, and point the web server to `current` again."))


def _no_folder(where: str) -> Fault:
    what = f"At {where} a file stands where a folder must be."
    return Fault(Problem("wrong-target", what, "Move it away, or name another folder in BYLINE_DEPLOY."))


def _no_rsync(where: str) -> Fault:
    what = f"rsync is not installed on the server of {where}."
    return Fault(Problem("missing-program", what, "Install it there, then run this again."))


def _no_swap(where: str) -> Fault:
    what = f"At {where} the link `current` could not be renamed over: its `mv` knows neither -T nor -h."
    return Fault(Problem("failed-program", what, "Install perl or GNU coreutils there, then run this again."))


def _busy(where: str) -> Fault:
    what = f"Another run of Byline is at work at {where}."
    return Refused(Problem("locked", what, "Wait for it, then run this again."))


_STOPS = {
    server_scripts.MOVED: moved,
    server_scripts.NO_LINK: _no_link,
    server_scripts.NO_FOLDER: _no_folder,
    server_scripts.NO_RSYNC: _no_rsync,
    server_scripts.NO_SWAP: _no_swap,
    server_scripts.BUSY: _busy,
}
