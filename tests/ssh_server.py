"""A real ssh server on this machine, with keys of its own, and a connection that breaks when it is told to.

Not a test: tests of targets deploy to it. It needs apt's openssh-server (see `tool` in conftest).
"""

from __future__ import annotations

import contextlib
import getpass
import os
import shlex
import shutil
import socket
import struct
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PLACES = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"
"""Where sshd is looked for: a user's PATH may lack its folder."""
CONFIG = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
PidFile {folder}/sshd.pid
AuthorizedKeysFile {folder}/authorized_keys
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
PrintMotd no
MaxStartups 100
KexAlgorithms curve25519-sha256
SetEnv HOME={folder}/home GIT_CONFIG_NOSYSTEM=1{path}
"""
CLIENT = """\
Host *
  IdentityFile {folder}/user_key
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile {folder}/known_hosts
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  HashKnownHosts no
  LogLevel ERROR
"""


@dataclass(frozen=True)
class Server:
    """A running server: its port, the user who is let in, and the folder of its keys and settings."""

    port: int
    user: str
    folder: Path

    @property
    def ssh(self) -> str:
        """The command that reaches it, for BYLINE_SSH and GIT_SSH_COMMAND."""
        return f"ssh -F {shlex.quote(str(self.folder / 'config'))}"

    def with_key(self, other: Path) -> str:
        """Return the command that knocks with another key."""
        settings = (self.folder / "config").read_text().replace(f"{self.folder}/user_key", str(other))
        config = other.with_name(f"{other.name}.config")
        config.write_text(settings)
        return f"ssh -F {shlex.quote(str(config))}"

    def rsync(self, path: Path | str, port: int | None = None) -> str:
        """Return the address of a folder for the rsync target."""
        return f"rsync://{self.user}@127.0.0.1:{port or self.port}{path}"

    def git(self, path: Path | str, port: int | None = None) -> str:
        """Return the address of a repository for git."""
        return f"ssh://{self.user}@127.0.0.1:{port or self.port}{path}"

    def know(self, port: int | None = None) -> None:
        """Let the client know the host's key, also at another port."""
        key = (self.folder / "host_key.pub").read_text()
        with (self.folder / "known_hosts").open("a") as known:
            known.write(f"[127.0.0.1]:{port or self.port} {key}")


def key(path: Path) -> Path:
    """Make a key pair; return its secret half."""
    arguments = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", str(path)]
    subprocess.run(arguments, check=True, capture_output=True)
    return path


def program(request: pytest.FixtureRequest) -> str:
    """Return where sshd is; without it the test skips by name, or with --all fails."""
    found = shutil.which("sshd", path=PLACES)
    if found is None:
        reason = "sshd is not installed: apt install openssh-server"
        if request.config.getoption("--all"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return found


@contextlib.contextmanager
def sshd(folder: Path, *, path: Path | None = None) -> Iterator[Server]:
    """Run a server with new keys in `folder` until the end of the block; `path` is where it finds programs."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        # Debian's server, started by root, wants this folder; its init script makes it.
        Path("/run/sshd").mkdir(exist_ok=True)
    (folder / "home").mkdir()
    key(folder / "host_key")
    key(folder / "user_key")
    shutil.copy(folder / "user_key.pub", folder / "authorized_keys")
    server = Server(free_port(), getpass.getuser(), folder)
    (folder / "sshd_config").write_text(
        CONFIG.format(port=server.port, folder=folder, path=f" PATH={path}" if path else "")
    )
    (folder / "config").write_text(CLIENT.format(folder=folder))
    server.know()
    log = folder / "log"
    with log.open("wb") as errors:
        arguments = [str(shutil.which("sshd", path=PLACES)), "-D", "-e", "-f", str(folder / "sshd_config")]
        process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors)
    try:
        until(lambda: listening(server.port) or process.poll() is not None)
        assert process.poll() is None, log.read_text()
        yield server
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def breaking(port: int, after: int, when: Callable[[], bool] = lambda: True) -> Iterator[int]:
    """Pass connections on to a port of this machine and reset each after so many bytes; give the port to go to.

    A connection that has come so far stalls until `when` holds.
    """
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=passed_on, args=(client,), daemon=True).start()

    def passed_on(client: socket.socket) -> None:
        server = socket.create_connection(("127.0.0.1", port))
        threading.Thread(target=answered, args=(server, client), daemon=True).start()
        left = after
        with contextlib.suppress(OSError):
            while left > 0 and (piece := client.recv(min(left, 65536))):
                server.sendall(piece)
                left -= len(piece)
            until(when)
            # Closed with nothing lingering, a connection is reset (RFC 1122, 4.2.2.13).
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()
            server.shutdown(socket.SHUT_RDWR)
        server.close()

    def answered(server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := server.recv(65536):
                client.sendall(piece)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def listening(port: int) -> bool:
    """Tell whether somebody listens on a port of this machine."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something holds; fail when it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)
