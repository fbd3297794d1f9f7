"""Forms: fields and pictures become the body of a request, and its media type.

Not the sending of one: that is `edges/http`. The same fields make the same bytes, each time and anywhere.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Iterable

    Fields = Iterable[tuple[str, str]]
    """Names and values, in order; a name may come more than once."""

_ESCAPED = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
"""What would end a name or its line (HTML Standard, 4.10.21.8, as browsers do it)."""


class Form(NamedTuple):
    """A form as it is sent: what `Content-Type` says, and the body."""

    media_type: str
    body: bytes


class Enclosed(NamedTuple):
    """A file in a form: the name of its field, the file's own, its media type, and its bytes."""

    name: str
    file_name: str
    media_type: str
    body: bytes


def encoded(fields: Fields) -> Form:
    """Return a form without files (URL Standard, 5.2), in UTF-8."""
    return Form("application/x-www-form-urlencoded", urlencode(list(fields)).encode("ascii"))


def multipart(fields: Fields, files: Iterable[Enclosed]) -> Form:
    """Return a form with files (RFC 7578), fields first; texts go in UTF-8, their line ends as they are.

    The boundary is made of a digest of all that it parts, so that nothing of that can hold it.
    """
    parts = [_part(_named(name), value.encode()) for name, value in fields]
    for file in files:
        disposition = f'{_named(file.name)}; filename="{file.file_name.translate(_ESCAPED)}"'
        parts.append(_part(f"{disposition}\r\nContent-Type: {file.media_type}", file.body))
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    boundary = digest.hexdigest()
    line = f"--{boundary}\r\n".encode()
    body = b"".join(piece for part in parts for piece in (line, part, b"\r\n")) + f"--{boundary}--\r\n".encode()
    return Form(f"multipart/form-data; boundary={boundary}", body)


def _named(name: str) -> str:
    return f'form-data; name="{name.translate(_ESCAPED)}"'


def _part(disposition: str, body: bytes) -> bytes:
    return f"Content-Disposition: {disposition}\r\n\r\n".encode() + body
