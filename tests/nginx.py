"""A real nginx on loopback that serves a folder with a snippet of Byline's, as docs/hosting.md says."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS = 10.0
"""The bound of every wait here."""
CONFIGURATION = """\
daemon off;
master_process off;
pid {home}/pid;
error_log {home}/errors info;
events {{ }}
http {{
    access_log off;
    include {types};
    default_type application/octet-stream;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        include {home}/snippet;
    }}
}}
"""


@contextmanager
def served(program: Path, home: Path, root: Path, snippet: bytes = b"") -> Iterator[str]:
    """Give the address of a folder served by nginx; `home` is where its own files are."""
    port = _free_port()
    _configure(home, root, port, snippet)
    with subprocess.Popen(
        [str(program), "-p", str(home), "-c", str(home / "nginx.conf"), "-e", str(home / "errors")]
    ) as nginx:
        try:
            _wait(nginx, port, home)
            yield f"http://127.0.0.1:{port}"
        finally:
            nginx.send_signal(signal.SIGTERM)


def refused(program: Path, home: Path, snippet: bytes) -> str:
    """Return what nginx says is wrong with a snippet; empty when it takes it."""
    _configure(home, home, _free_port(), snippet)
    command = [str(program), "-t", "-q", "-p", str(home), "-c", str(home / "nginx.conf"), "-e", str(home / "errors")]
    ended = subprocess.run(command, capture_output=True, check=False, timeout=SECONDS)
    return ended.stderr.decode() if ended.returncode else ""


def _configure(home: Path, root: Path, port: int, snippet: bytes) -> None:
    home.mkdir(exist_ok=True)
    (home / "snippet").write_bytes(snippet)
    configuration = CONFIGURATION.format(home=home, root=root, port=port, types="/etc/nginx/mime.types")
    (home / "nginx.conf").write_text(configuration, "utf-8")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _wait(nginx: subprocess.Popen[bytes], port: int, home: Path) -> None:
    """Wait until nginx listens."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        assert nginx.poll() is None, (home / "errors").read_text("utf-8")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.01)
        else:
            return
    message = "nginx does not listen"
    raise AssertionError(message)
