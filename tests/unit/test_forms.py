"""Forms: what is read out of them is what was put in, read by the standard library and not by us."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest
from byline.values.forms import Enclosed, Form, encoded, multipart
from hypothesis import example, settings
from hypothesis import given as for_any
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

PICTURE = bytes(range(256)) + b"\r\n--\r\n\n\r"
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(st.sampled_from(["a", '"', "'", "\r", "\n", "\r\n", "--", ";", "=", "\\", "é", "字", "🦊", " "])).map(
        "".join
    ),
)
FILES = st.builds(Enclosed, TEXTS, TEXTS, st.just("image/jpeg"), st.binary())


def parts(form: Form) -> Iterator[tuple[str, str, bytes]]:
    """Yield what a form holds: a field's disposition as sent, its media type, its bytes."""
    message = message_from_bytes(f"Content-Type: {form.media_type}\r\n\r\n".encode() + form.body)
    assert message.get_content_type() == "multipart/form-data"
    assert message.defects == []
    for part in message.get_payload():
        assert isinstance(part, Message)
        headers = {name: value.encode("ascii", "surrogateescape").decode() for name, value in part.raw_items()}
        body = part.get_payload(decode=True)
        assert isinstance(body, bytes)
        yield headers.pop("Content-Disposition"), headers.pop("Content-Type", ""), body
        assert headers == {}


def escaped(text: str) -> str:
    """Return a name as browsers write it (HTML Standard, 4.10.21.8)."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def test_a_form_without_files_is_one_line() -> None:
    form = encoded([("h", "entry"), ("content", "Bread & water\n= 1+1 é"), ("category[]", "a"), ("category[]", "b")])

    assert form.media_type == "application/x-www-form-urlencoded"
    assert form.body == (b"h=entry&content=Bread+%26+water%0A%3D+1%2B1+%C3%A9&category%5B%5D=a&category%5B%5D=b")


@settings(deadline=None, derandomize=True, database=None)
@for_any(st.lists(st.tuples(TEXTS, TEXTS)))
def test_the_fields_of_a_form_without_files_are_what_was_put_in(fields: list[tuple[str, str]]) -> None:
    body = encoded(fields).body.decode("ascii")

    assert parse_qsl(body, keep_blank_values=True, strict_parsing=bool(body)) == fields


def test_a_form_with_a_picture_is_as_the_standard_has_it() -> None:
    form = multipart([("description", "Boats,\nearly")], [Enclosed("file", "harbour.jpg", "image/jpeg", b"\xff\xd8")])
    kind, _, boundary = form.media_type.partition("; boundary=")

    assert kind == "multipart/form-data"
    assert form.body.replace(boundary.encode(), b"BOUNDARY") == (
        b"--BOUNDARY\r\n"
        b'Content-Disposition: form-data; name="description"\r\n\r\n'
        b"Boats,\nearly\r\n"
        b"--BOUNDARY\r\n"
        b'Content-Disposition: form-data; name="file"; filename="harbour.jpg"\r\n'
        b"Content-Type: image/jpeg\r\n\r\n"
        b"\xff\xd8\r\n"
        b"--BOUNDARY--\r\n"
    )


def test_a_boundary_is_one_that_every_server_takes() -> None:
    boundary = multipart([], []).media_type.partition("boundary=")[2]

    assert boundary.isalnum()
    assert len(boundary) <= 70  # RFC 2046, 5.1.1


def test_the_same_form_is_the_same_bytes_and_another_is_parted_otherwise() -> None:
    file = Enclosed("file", "a.jpg", "image/jpeg", PICTURE)

    assert multipart([("a", "b")], [file]) == multipart([("a", "b")], [file])
    assert multipart([("a", "b")], []).media_type != multipart([("a", "c")], []).media_type


def test_a_form_in_a_form_stays_whole() -> None:
    inner = multipart([("a", "b")], [Enclosed("file", "a.jpg", "image/jpeg", PICTURE)])

    [(_, _, body)] = parts(multipart([], [Enclosed("form", "form", "application/octet-stream", inner.body)]))

    assert body == inner.body


@pytest.mark.parametrize("name", ['a"; filename="evil.php', "a\r\nContent-Type: text/html\r\n\r\n<script>", "a\nb"])
def test_a_name_cannot_leave_its_quotes(name: str) -> None:
    form = multipart([(name, "words")], [Enclosed("file", name, "image/jpeg", b"picture")])

    assert list(parts(form)) == [
        (f'form-data; name="{escaped(name)}"', "", b"words"),
        (f'form-data; name="file"; filename="{escaped(name)}"', "image/jpeg", b"picture"),
    ]


@settings(deadline=None, derandomize=True, database=None)
@for_any(st.lists(st.tuples(TEXTS, TEXTS), min_size=1), st.lists(FILES))
@example([("", "\r\n")], [Enclosed("file", "a.jpg", "image/jpeg", PICTURE)])
def test_what_a_form_with_files_holds_is_what_was_put_in(fields: list[tuple[str, str]], files: list[Enclosed]) -> None:
    assert list(parts(multipart(fields, files))) == [
        *((f'form-data; name="{escaped(name)}"', "", value.encode()) for name, value in fields),
        *(
            (
                f'form-data; name="{escaped(file.name)}"; filename="{escaped(file.file_name)}"',
                file.media_type,
                file.body,
            )
            for file in files
        ),
    ]
