"""Who is let in to a page of this machine: one browser, by the address that opens once, and no page elsewhere."""

from __future__ import annotations

from email.message import Message
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from byline.edges.admission import FORM, LARGEST_FORM, Admission, form_refusal

HOST = "127.0.0.1:8123"
OWN = f"http://{HOST}"


def headers(**values: str | list[str]) -> Message:
    """Return headers; `_` in a name is `-`."""
    made = Message()
    for name, given in {"Host": HOST, **values}.items():
        for value in [given] if isinstance(given, str) else given:
            made[name.replace("_", "-")] = value
    return made


def target(admission: Admission) -> str:
    """Return what a browser asks for that follows the address."""
    parts = urlsplit(admission.address)
    return f"{parts.path}?{parts.query}"


@pytest.fixture
def admission() -> Admission:
    """Give the admission of a page that nobody has opened."""
    return Admission(8123, "Begin again.")


@pytest.fixture
def cookie(admission: Admission) -> str:
    """Give the cookie of the one who opened it."""
    answer = admission.refusal("GET", target(admission), headers())
    assert answer is not None
    return dict(answer.headers)["Set-Cookie"].partition(";")[0]


def status(admission: Admission, method: str, path: str = "/", **values: str | list[str]) -> HTTPStatus | None:
    """Return how a request is refused; None: it is not."""
    refusal = admission.refusal(method, path, headers(**values))
    return refusal.status if refusal else None


def test_the_address_leads_in_and_gives_a_cookie_that_no_script_and_no_other_site_has(admission: Admission) -> None:
    answer = admission.refusal("GET", target(admission), headers())

    assert answer is not None
    assert answer.status == HTTPStatus.SEE_OTHER
    given = dict(answer.headers)
    assert given["Location"] == "/"
    assert given["Set-Cookie"].split("; ")[1:] == ["Path=/", "HttpOnly", "SameSite=Strict"]
    assert target(admission).partition("=")[2] not in given["Set-Cookie"]


def test_it_does_so_once(admission: Admission, cookie: str) -> None:
    again = admission.refusal("GET", target(admission), headers())

    assert again is not None
    assert again.status == HTTPStatus.FORBIDDEN
    assert again.why.endswith("does so once. Begin again.")
    assert again.headers == ()
    assert status(admission, "GET", target(admission), Cookie=cookie) == HTTPStatus.SEE_OTHER


def test_who_is_not_known_sees_nothing_and_spends_nothing(admission: Admission) -> None:
    for path in ("/", "/?token=", "/?token=é", "/?token=x", "/?a=1&b=2", "//[", target(admission)[:-1]):
        assert status(admission, "GET", path) == HTTPStatus.FORBIDDEN, path
    for method in ("POST", "HEAD"):
        assert status(admission, method, target(admission), Origin=OWN) == HTTPStatus.FORBIDDEN, method
    assert status(admission, "GET", target(admission)) == HTTPStatus.SEE_OTHER


@pytest.mark.parametrize("wrong", ["", "byline-8123=", "byline-8123=é", "byline-8123", "byline-8124=x; other=1"])
def test_another_cookie_is_none(admission: Admission, cookie: str, wrong: str) -> None:
    assert status(admission, "GET", Cookie=wrong) == HTTPStatus.FORBIDDEN
    assert status(admission, "GET", Cookie=f"{wrong}; {cookie}") is None


@pytest.mark.parametrize(
    "host", [[], "", "evil.example", "evil.example:8123", "127.0.0.1", "127.0.0.1:8124", "[::1]:8123", [HOST, HOST]]
)
def test_another_host_is_refused_even_with_the_cookie(admission: Admission, cookie: str, host: str | list[str]) -> None:
    assert status(admission, "GET", Host=host, Cookie=cookie) == HTTPStatus.MISDIRECTED_REQUEST
    assert status(admission, "GET", target(admission), Host=host) == HTTPStatus.MISDIRECTED_REQUEST


@pytest.mark.parametrize(
    "origin",
    [[], "", "null", "https://127.0.0.1:8123", "http://127.0.0.1", "http://127.0.0.1:8124", "http://localhost:8123",
     f"{OWN}/", f"{OWN}.evil.example", [OWN, OWN]],
)  # fmt: skip
def test_a_form_of_another_origin_is_refused_even_with_the_cookie(
    admission: Admission, cookie: str, origin: str | list[str]
) -> None:
    assert status(admission, "POST", Cookie=cookie, Origin=origin) == HTTPStatus.FORBIDDEN
    assert status(admission, "POST", Cookie=cookie, Origin=OWN) is None


def test_localhost_is_this_machine_with_its_own_origin(admission: Admission, cookie: str) -> None:
    assert status(admission, "POST", Host="LocalHost:8123", Cookie=cookie, Origin="http://localhost:8123") is None


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"Content_Type": FORM, "Content_Length": str(LARGEST_FORM)}, None),
        ({"Content_Type": f"{FORM}; charset=utf-8", "Content_Length": "0"}, None),
        ({"Content_Type": "text/plain", "Content_Length": "2"}, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
        ({"Content_Type": "multipart/form-data", "Content_Length": "2"}, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
        ({"Content_Length": "2"}, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
        ({"Content_Type": FORM}, HTTPStatus.LENGTH_REQUIRED),
        ({"Content_Type": FORM, "Content_Length": "-1"}, HTTPStatus.LENGTH_REQUIRED),
        ({"Content_Type": FORM, "Content_Length": "²"}, HTTPStatus.LENGTH_REQUIRED),
        ({"Content_Type": FORM, "Content_Length": ["2", "3"]}, HTTPStatus.LENGTH_REQUIRED),
        ({"Content_Type": FORM, "Content_Length": "2", "Transfer_Encoding": "chunked"}, HTTPStatus.LENGTH_REQUIRED),
        ({"Content_Type": FORM, "Content_Length": str(LARGEST_FORM + 1)}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        ({"Content_Type": FORM, "Content_Length": "9" * 18}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    ],
)
def test_only_a_form_of_a_sane_length_is_read(values: dict[str, str | list[str]], wanted: HTTPStatus | None) -> None:
    refusal = form_refusal(headers(**values))

    assert (refusal.status if refusal else None) == wanted
