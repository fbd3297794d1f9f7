"""What holds for every licence of Creative Commons, however it is spelt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.credits import licenses
from byline.credits.license_list import PORTS, VERSIONS
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from byline.values.credit import License

PUBLISHED = sorted((unit, version, port) for (unit, version), ports in PORTS.items() for port in ports)
LICENSES = st.sampled_from(PUBLISHED)
BEFORE = st.sampled_from(["https://", "http://", "//", ""])
HOSTS = st.sampled_from(["creativecommons.org", "www.creativecommons.org", "creativecommons.org:443"])
AFTER = st.sampled_from(
    ["", "/", "/deed", "/deed.de", "/deed.zh-hans/", "/legalcode", "/legalcode.txt", "/legalcode.fr", "/rdf"]
)
ENDS = st.sampled_from(["", "?ref=chooser-v1", "#deed-conditions", "?lang=de#a"])
CASES = st.sampled_from([str.lower, str.upper, str.title])
SPACE = st.sampled_from(["", " ", "\n", "  "])


def found(unit: str, version: str, port: str) -> License:
    """Return the licence by the address that Creative Commons gives it."""
    known = licenses.by_url(f"https://creativecommons.org/licenses/{unit}/{version}/{port}")
    assert known
    return known


@given(LICENSES, BEFORE, HOSTS, AFTER, ENDS, CASES, SPACE)
def test_every_spelling_of_an_address_is_its_licence(  # noqa: PLR0913, PLR0917  the ways to spell one
    published: tuple[str, str, str],
    before: str,
    host: str,
    after: str,
    end: str,
    case: Callable[[str], str],
    space: str,
) -> None:
    unit, version, port = published
    path = "/".join(filter(None, ("licenses", unit, version, port)))
    written = f"{space}{case(f'{before}{host}/{path}{after}{end}')}{space}"
    assert licenses.by_url(written) == licenses.by_name(written) == found(*published)


@given(LICENSES, st.sampled_from(["-", " ", "_", "/", "‑"]), CASES, SPACE)
def test_every_spelling_of_a_code_is_its_licence(
    published: tuple[str, str, str], between: str, case: Callable[[str], str], space: str
) -> None:
    known = found(*published)
    assert licenses.by_name(f"{space}{case(known.code.replace('-', between))}{space}") == known
    assert licenses.by_name(f"{space}{case(known.name.replace(' ', between))}{space}") == known


@given(LICENSES)
def test_without_its_version_a_licence_is_none_and_the_choice_holds_it(published: tuple[str, str, str]) -> None:
    known = found(*published)
    for bare in (known.code.replace(f"-{known.version}", ""), known.name.replace(f" {known.version}", "")):
        assert licenses.by_name(bare) is None
        assert known.code in licenses.versions(bare)


@given(st.sampled_from(sorted(PORTS)), st.sampled_from(VERSIONS), st.sampled_from([port for *_, port in PUBLISHED]))
def test_what_was_never_published_is_no_licence(unit: tuple[str, str], version: str, port: str) -> None:
    code = "-".join(filter(None, ("CC", unit[0].upper(), version, port.upper())))
    known = licenses.by_code(code)
    # The elements of "by-nd-nc" have another order from 2.0 on.
    spelt = {frozenset(other.split("-")): PORTS[other, when] for other, when in PORTS if when == version}
    assert bool(known) == (port in spelt.get(frozenset(unit[0].split("-")), ()))
    if not known:
        assert all(map(licenses.by_code, licenses.near(code).removeprefix(" Did you mean ").rstrip("?").split(" or ")))


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    known = licenses.by_name(text)
    assert known is None or licenses.by_code(known.code) == known
    assert all(map(licenses.by_code, licenses.versions(text)))
    assert licenses.near(text) == "" or licenses.near(text).startswith(" Did you mean ")
