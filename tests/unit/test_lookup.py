"""Look-ups: pages of pictures are known by their addresses, and of an answer only what is plain and safe is taken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from byline.credits.lookup import SERVICES, known
from byline.credits.sources import commons, flickr, openverse
from byline.credits.sources.found import address, of_file, words
from unit.test_golden import CASE, GOLDEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.credits.sources.found import Found

ANSWERS = Path(__file__).parents[1] / "fixtures" / "answers"


def answer(name: str) -> Any:  # noqa: ANN401  JSON
    return json.loads((ANSWERS / f"{name}.json").read_text("utf-8"))


def there(found: Found | None) -> Found:
    assert found is not None
    return found


def drawn(given: str) -> Iterator[str]:
    for url in given.splitlines():
        parts = None if not known(url) else urlsplit(url if "://" in url else f"https://{url}")
        for service in SERVICES if parts else ():
            if question := service.question(parts):  # type: ignore[arg-type]  # there are none without parts
                asked = parse_qs(urlsplit(question).query)
                yield f"{service.NAME} {(asked.get('titles') or asked.get('url') or [question])[0]}"
        if not parts:
            yield "not known"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(case["given"], case["expected"], id=case["title"])
        for case in CASE.finditer((GOLDEN / "picture_pages.txt").read_text("utf-8"))
    ],
)
def test_golden(given: str, expected: str) -> None:
    assert "".join(f"{line}\n" for line in drawn(given)) == expected


def test_commons_is_asked_as_its_api_wants_it() -> None:
    question = commons.question(urlsplit("https://commons.wikimedia.org/wiki/File:A_b.jpg"))

    assert question == (
        "/w/api.php?action=query&format=json&formatversion=2&prop=imageinfo&iiprop=url%7Cextmetadata&redirects=1"
        "&titles=File%3AA+b.jpg"
    )


def test_openverse_names_title_creator_source_and_licence() -> None:
    found = there(openverse.found_in(answer("openverse")))

    assert found.fields == {
        "title": "Harbour, early",
        "creator": ("Ana Ruiz",),
        "creator_url": "https://www.flickr.com/photos/29633037@N05",
        "source": "https://www.flickr.com/photos/29633037@N05/15188602930",
        "license": "CC-BY-SA-2.0",
    }
    assert found.unclear == ""


@pytest.mark.parametrize(
    ("said", "code", "unclear"),
    [
        ({"license": "cc0", "license_version": "1.0", "license_url": None}, "CC0-1.0", ""),
        ({"license": "pdm", "license_version": "1.0", "license_url": None}, "PDM-1.0", ""),
        ({"license": "by", "license_version": "3.0", "license_url": None}, "CC-BY-3.0", ""),
        ({"license_url": "https://creativecommons.org/licenses/by-sa/2.0/deed.fr"}, "CC-BY-SA-2.0", ""),
        ({"license_version": None, "license_url": None}, "unknown", "CC-BY-SA"),
        ({"license_version": "9.0", "license_url": None}, "unknown", "CC-BY-SA-9.0"),
        ({"license_version": "4.0"}, "unknown", "CC-BY-SA-4.0"),
        ({"license": None, "license_version": None, "license_url": None}, "unknown", ""),
    ],
)
def test_no_version_is_guessed_and_no_contradiction_settled(said: dict[str, object], code: str, unclear: str) -> None:
    found = there(openverse.found_in({**answer("openverse"), **said}))

    assert (found.fields["license"], found.unclear) == (code, unclear)


def test_without_a_creator_unknown_terms_say_nothing() -> None:
    said = {"creator": None, "license": None, "license_version": None, "license_url": None}

    assert there(openverse.found_in({**answer("openverse"), **said})).fields.keys() == {"title", "source"}


def test_commons_gives_html_of_which_the_words_are_taken() -> None:
    found = there(commons.found_in(answer("commons")))

    assert found.fields == {
        "title": "Harbour at dawn",
        "creator": ("Ana Ruiz",),
        "creator_url": "https://commons.wikimedia.org/wiki/User:Ana_Ruiz",
        "credit_line": "Ana Ruiz / Harbour Archive",
        "source": "https://commons.wikimedia.org/wiki/File:Harbour_at_dawn.jpg",
        "license": "CC-BY-SA-3.0-DE",
    }


def test_an_author_of_several_links_has_none() -> None:
    found = there(commons.found_in(answer("commons-composed")))

    assert found.fields["creator"] == ("Portrait.jpg: m. hughes from berlin derivative work: Beao",)
    assert "creator_url" not in found.fields
    assert found.fields["license"] == "CC-BY-SA-2.0"


def test_a_work_in_the_public_domain_of_nobody_known() -> None:
    found = there(commons.found_in(answer("commons-public-domain")))

    assert found.fields == {
        "title": "Old quay",
        "source": "https://commons.wikimedia.org/wiki/File:Old_quay.jpg",
        "license": "PDM-1.0",
    }


def test_flickr_names_the_licence_by_its_address() -> None:
    assert there(flickr.found_in(answer("flickr"))).fields == {
        "title": "Hexagonal boats",
        "creator": ("g0upil",),
        "creator_url": "https://www.flickr.com/photos/78986993@N00/",
        "source": "https://www.flickr.com/photos/78986993@N00/3372549602/",
        "license": "CC-BY-SA-2.0",
    }


def test_all_rights_reserved_is_no_leave_to_show_it() -> None:
    found = there(flickr.found_in(answer("flickr-all-rights-reserved")))

    assert found.fields["license"] == "unknown"
    assert found.unclear == "All Rights Reserved"


@pytest.mark.parametrize(
    "said",
    [{}, {"type": "rich"}, {"type": ["photo"]}, {"query": {}}, {"query": {"pages": [7]}}, {"query": {"pages": {}}}],
)
def test_an_answer_about_no_picture_is_none(said: dict[str, object]) -> None:
    assert [service.found_in(said) for service in SERVICES] == [None, None, None]


def test_a_file_that_commons_does_not_have_is_none() -> None:
    assert commons.found_in(answer("commons-missing")) is None


@pytest.mark.parametrize("wrong", [None, 7, True, [], {}, [7], {"value": "x"}, "", " \x00\n", "\ud800", "x" * 301])
def test_values_of_another_kind_are_left_out(wrong: object) -> None:
    every = dict.fromkeys(answer("openverse"), wrong)
    info = {
        "descriptionurl": wrong,
        "extmetadata": {name: {"value": wrong} for name in ("Artist", "Attribution", "ObjectName")},
    }

    assert there(openverse.found_in(every)).fields == {}
    assert there(flickr.found_in({**dict.fromkeys(answer("flickr"), wrong), "type": "photo"})).fields == {}
    assert there(commons.found_in({"query": {"pages": [{"imageinfo": [info]}]}})).fields == {}


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<b>Ana</b> Ruiz", "Ana Ruiz"),
        ("Ana<script>alert('Jon')</script> Ruiz", "Ana Ruiz"),
        ("Ana<style>p{}</style> <!-- Jon -->Ruiz", "Ana Ruiz"),
        ("Ana <span style='color:red; DISPLAY : none'>J<span>o</span>n</span>Ruiz", "Ana Ruiz"),
        ('<img style="display:none" src="//x.example/">Ana Ruiz', "Ana Ruiz"),
        ("<p>Ana</p><p>Ruiz &amp; S&ouml;n</p>", "Ana Ruiz & Sön"),
        ("Ana\u202e Ru\u200biz\x1b[31m", "Ana Ruiz[31m"),
        ("Ana <a href=//x.example", "Ana"),
        ("a < b", "a < b"),
    ],
)
def test_of_hostile_html_the_words_remain(html: str, seen: str) -> None:
    assert words(commons.plain(html)) == seen


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "/wiki/User:Ana",
        "https://",
        "https://me@x.example/",
        "https://x.example/a b",
        "https://x.example/\u202egpj",
        "https://x.example/\x1b[2J",
        'https://x.example/"onload=',
        "http://[::1",
        f"https://x.example/{'a' * 2000}",
    ],
)
def test_a_strange_address_is_none(url: str) -> None:
    assert address(url) == ""


def test_addresses_without_scheme_are_taken_as_https() -> None:
    assert address("//x.example/é") == "https://x.example/é"


def test_words_that_joiners_hold_together_stay() -> None:
    assert words("می\u200cخواهم") == "می\u200cخواهم"


def test_a_files_own_rights_are_looked_at_like_any_others() -> None:
    rights = {
        "alt": "Not taken",
        "caption": "Nor this",
        "creator": ("Ana Ruiz", "Jon\x1b van Dyk"),
        "license": "CC BY-SA",
        "source": "javascript:x",
        "copyright": "© 2024 Ana Ruiz",
    }

    found = of_file(rights)

    assert found.fields == {
        "creator": ("Ana Ruiz", "Jon van Dyk"),
        "license": "unknown",
        "copyright": "© 2024 Ana Ruiz",
    }
    assert found.unclear == "CC BY-SA"
    assert of_file({"license_url": "https://creativecommons.org/licenses/by/4.0/"}).fields == {"license": "CC-BY-4.0"}
    assert of_file({}).fields == {}
