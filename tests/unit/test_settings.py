"""Byline's own settings, as written and as they should have been."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from byline.values.problem import Place
from byline.values.settings import (
    Author,
    Count,
    Destination,
    Feeds,
    Offer,
    Publish,
    Related,
    Settings,
    Theme,
    read_settings,
)
from byline.values.settings_page import printed

if TYPE_CHECKING:
    from byline.values.problem import Problem


def read(written: dict[str, object]) -> tuple[Settings, list[str]]:
    """Return the settings and what is wrong with them, in words."""
    settings, problems = read_settings(written, lambda name: Place("pelicanconf.py", len(name)))
    return settings, [wording(problem) for problem in problems]


def wording(problem: Problem) -> str:
    return f"{problem.code}: {problem.what} {problem.remedy}"


def test_without_settings_there_are_defaults() -> None:
    assert read({"SITENAME": "A"}) == (Settings(), [])
    assert Settings().feeds == Feeds(json="feeds/feed.json", limit=20, hub="", aliases={})


def test_settings_come_as_plain_data() -> None:
    settings, wrong = read(
        {
            "BYLINE_AUTHOR": {"line": "A line.", "profiles": ["https://a.example"], "offer": {"text": "Hire me."}},
            "BYLINE_FEEDS": {"limit": 5, "aliases": {"old.xml": "feeds/atom.xml"}},
            "BYLINE_RELATED": {"count": 0, "in_feed": True},
            "BYLINE_THEME": {"accent": "ochre"},
        }
    )

    assert wrong == []
    assert settings.author == Author(line="A line.", profiles=["https://a.example"], offer=Offer(text="Hire me."))
    assert settings.feeds == Feeds(limit=5, aliases={"old.xml": "feeds/atom.xml"})
    assert settings.related == Related(count=Count(0), in_feed=True)
    assert settings.theme == Theme(accent="ochre")


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ({"BYLINE_FEED": {}}, "The setting BYLINE_FEED is unknown. Rename or remove it. Did you mean BYLINE_FEEDS?"),
        (
            {"BYLINE_FEEDS": {"limits": 3}},
            'The setting BYLINE_FEEDS["limits"] is unknown. Rename or remove it. Did you mean limit?',
        ),
        (
            {"BYLINE_AUTHOR": {"offer": {"txt": "Hire me."}}},
            'The setting BYLINE_AUTHOR["offer"]["txt"] is unknown. Rename or remove it. Did you mean text?',
        ),
        (
            {"BYLINE_FEEDS": {"zebra": 1}},
            'The setting BYLINE_FEEDS["zebra"] is unknown. Rename or remove it. Known are: json, limit, hub, aliases.',
        ),
    ],
)
def test_an_unknown_name_gets_a_hint(written: dict[str, object], problem: str) -> None:
    assert read(written) == (Settings(), [f"unknown-setting: {problem}"])


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ({"BYLINE_FEEDS": []}, "The setting BYLINE_FEEDS is [], and should be a dict."),
        ({"BYLINE_FEEDS": {"limit": "5"}}, "The setting BYLINE_FEEDS[\"limit\"] is '5', and should be a whole number."),
        ({"BYLINE_FEEDS": {"limit": True}}, 'The setting BYLINE_FEEDS["limit"] is True, and should be a whole number.'),
        (
            {"BYLINE_RELATED": {"count": -1}},
            'The setting BYLINE_RELATED["count"] is -1, and should be a whole number, not below 0.',
        ),
        (
            {"BYLINE_RELATED": {"count": True}},
            'The setting BYLINE_RELATED["count"] is True, and should be a whole number, not below 0.',
        ),
        ({"BYLINE_FEEDS": {"hub": None}}, 'The setting BYLINE_FEEDS["hub"] is None, and should be text.'),
        (
            {"BYLINE_FEEDS": {"aliases": {"a": 1}}},
            "The setting BYLINE_FEEDS[\"aliases\"] is {'a': 1}, and should be a dict of texts.",
        ),
        (
            {"BYLINE_AUTHOR": {"profiles": "https://a.example"}},
            "The setting BYLINE_AUTHOR[\"profiles\"] is 'https://a.example', and should be a list of texts.",
        ),
        (
            {"BYLINE_AUTHOR": {"offer": "Hire me."}},
            "The setting BYLINE_AUTHOR[\"offer\"] is 'Hire me.', and should be a dict.",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_and_its_default_kept(written: dict[str, object], what: str) -> None:
    settings, wrong = read(written)

    assert wrong == [f"wrong-setting: {what} Write it as docs/settings.md shows."]
    assert settings == Settings()


@pytest.mark.parametrize(
    ("written", "deploy"),
    [
        ("git@a.example:me/me.git#pages", {"live": Destination("git@a.example:me/me.git#pages")}),
        ({"live": "/srv/www"}, {"live": Destination("/srv/www")}),
        ({"one": "/srv/a", "two": "/srv/b"}, {"one": Destination("/srv/a"), "two": Destination("/srv/b")}),
        (
            {"live": {"to": "/srv/a", "verify": "http://127.0.0.1:8080", "deadline": 5, "keep": 2, "compress": True}},
            {"live": Destination("/srv/a", verify="http://127.0.0.1:8080", deadline=5, keep=2, compress=True)},
        ),
        ({"to": "/srv/a", "verify": False}, {"live": Destination("/srv/a", verify=False)}),
        ("", {}),
        ({}, {}),
    ],
)
def test_where_the_site_goes_is_an_address_or_several_by_name(written: object, deploy: dict[str, Destination]) -> None:
    assert read({"BYLINE_DEPLOY": written}) == (Settings(deploy=deploy), [])


@pytest.mark.parametrize(
    ("written", "name", "wanted"),
    [
        (["/srv/www"], "BYLINE_DEPLOY", "should be text or a dict."),
        ({"live": {"verify": False}}, 'BYLINE_DEPLOY["live"]', 'should be an address, or a dict with a key "to".'),
        ({"live": 5}, 'BYLINE_DEPLOY["live"]', 'should be an address, or a dict with a key "to".'),
        (
            {"live": {"to": "/srv", "compress": "yes"}},
            'BYLINE_DEPLOY["live"]["compress"]',
            "should be True, False or None.",
        ),
        ({"live": {"to": "/srv", "verify": 1}}, 'BYLINE_DEPLOY["live"]["verify"]', "should be True, False or text."),
        ({"live": {"to": "/srv", "kep": 3}}, 'BYLINE_DEPLOY["live"]["kep"]', "Did you mean keep?"),
    ],
)
def test_a_wrong_place_for_the_site_is_told_once(written: object, name: str, wanted: str) -> None:
    [told] = read({"BYLINE_DEPLOY": written})[1]

    assert f"The setting {name} is " in told
    assert wanted in told


def test_a_key_that_is_a_word_of_python_is_written_as_it_is() -> None:
    settings, wrong = read({"BYLINE_PUBLISH": {"from": "forge", "commit": True}})

    assert (settings.publish, wrong) == (Publish(from_="forge", commit=True), [])
    assert "Did you mean from?" in read({"BYLINE_PUBLISH": {"frm": "forge"}})[1][0]
    assert "is unknown" in read({"BYLINE_PUBLISH": {"from_": "forge"}})[1][0]
    assert "| `from` | text | `'here'` |" in "\n".join(printed())


def test_every_field_has_its_row_in_the_printed_reference() -> None:
    page = "\n".join(printed())

    assert "## BYLINE_FEEDS\n\nWhat Pelican has no setting for" in page
    assert "| `limit` | a whole number | `20` | How many posts a feed holds, unless `FEED_MAX_ITEMS` is set. |" in page
    assert "| `offer` | a dict | see below | What a reader can hire or ask the writer for. |" in page
    assert '## BYLINE_AUTHOR["offer"]' in page


@pytest.mark.parametrize(
    ("verify", "address"),
    [(True, "https://me.example"), (False, ""), ("", ""), ("http://127.0.0.1:8080", "http://127.0.0.1:8080")],
)
def test_where_it_is_looked_at(*, verify: bool | str, address: str) -> None:
    assert Destination("/srv/www", verify=verify).looked_at("https://me.example") == address
