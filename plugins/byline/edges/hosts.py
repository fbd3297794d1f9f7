"""Hosts: the name of one becomes the IP addresses that may be connected to.

Not a connection: whoever connects takes an address from here, and asks no name server a second time.
"""

from __future__ import annotations

import ipaddress
import re
import threading

_NAME = re.compile(r"[a-z0-9._-]{1,253}")
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv4 addresses as an IPv6 network sees them (RFC 6052)."""


def in_ascii(host: str) -> str:
    """Return a host's name as the network knows it (IDNA 2008), an IP address as it is. Raises ValueError."""
    import idna

    if ":" in host:
        if "%" in host:  # a part of this machine, not a host
            raise ValueError
        return str(ipaddress.IPv6Address(host))
    name = host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    if not _NAME.fullmatch(name):
        raise ValueError
    return name


def resolved(host: str, port: int, seconds: float) -> list[str]:
    """Return the IP addresses of a host in the system's order, each once.

    Raises TimeoutError after `seconds`: the system itself may ask for longer than anybody waits. Raises OSError when
    there is no such host.
    """
    import socket

    found: list[str] = []
    errors: list[Exception] = []

    def resolve() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))
        except (OSError, ValueError) as error:
            errors.append(error)

    asking = threading.Thread(target=resolve, daemon=True)
    asking.start()
    asking.join(seconds)
    if found:
        return found
    if errors:
        message = f"there is no host {host}"
        raise OSError(message) from errors[0]
    raise TimeoutError


def public(address: str) -> bool:
    """Tell whether an IP address, or the one that it stands for, is of the public network."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in _TRANSLATED else ip.ipv4_mapped or ip.sixtofour
        return public(str(inner)) if inner else ip.is_global and not ip.is_multicast
    return ip.is_global and not ip.is_multicast
