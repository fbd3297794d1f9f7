"""The guard of the whole suite: no test reaches another machine."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "byline.invalid"])
def test_a_connection_to_another_machine_is_refused(host: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=f"reached for {host}"):
        socket.create_connection((host, 80), timeout=1)


def test_a_datagram_to_another_machine_is_refused() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender, pytest.raises(pytest.fail.Exception):
        sender.sendto(b"hello", ("192.0.2.1", 9))


def test_a_connection_to_this_machine_is_let_through() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
