"""Byline's own settings, as written and as they should have been."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from byline.values.problem import Place
from byline.values.settings import (
    Account,
    Author,
    Count,
    Destination,
    Feeds,
    Offer,
    Publish,
    Related,
    Settings,
)
from byline.values.settings_page import printed
from byline.values.settings_reading import read_settings

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
            "BYLINE_THEME": {"accent": "ochre", "share": ("x", "mail")},
        }
    )

    assert wrong == []
    assert settings.author == Author(line="A line.", profiles=["https://a.example"], offer=Offer(text="Hire me."))
    assert settings.feeds == Feeds(limit=5, aliases={"old.xml": "feeds/atom.xml"})
    assert settings.related == Related(count=Count(0), in_feed=True)
    assert (settings.theme.accent, list(settings.theme.share)) == ("ochre", ["x", "mail"])


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
            (
                'The setting BYLINE_FEEDS["zebra"] is unknown. Rename or remove it. '
                "Known are: json, limit, archive, hub, aliases."
            ),
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
        (
            {"BYLINE_THEME": {"share": ["mail", "myspace"]}},
            (
                "The setting BYLINE_THEME[\"share\"] is ['mail', 'myspace'], and should be a list of "
                '"bluesky" or "facebook" or "hackernews" or "linkedin" or "mail" or "mastodon" or "pinterest" '
                'or "reddit" or "telegram" or "threads" or "whatsapp" or "x".'
            ),
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


@pytest.mark.parametrize(
    ("written", "networks"),
    [
        (
            {"mastodon": "@me@example.social", "bluesky": "me.example", "linkedin": "", "x": ""},
            {
                "mastodon": Account("@me@example.social"),
                "bluesky": Account("me.example"),
                "linkedin": Account(),
                "x": Account(),
            },
        ),
        (
            {"studio": {"network": "mastodon", "account": "@studio@a.example", "most": 2, "pace": 30, "quiet": "22-7"}},
            {"studio": Account("@studio@a.example", "mastodon", most=Count(2), pace=Count(30), quiet="22-7")},
        ),
        (
            {"mastodon": {"visibility": "unlisted", "warning": "Long"}},
            {"mastodon": Account(visibility="unlisted", warning="Long")},
        ),
        ({"mine": {"network": "my_code.Pigeons"}}, {"mine": Account(network="my_code.Pigeons")}),
        ({"one": {"network": "x", "account": "a"}, "two": {"network": "x", "account": "b"}}, None),
        ({}, {}),
    ],
)
def test_a_network_is_an_account_or_its_options(
    written: dict[str, object], networks: dict[str, Account] | None
) -> None:
    settings, wrong = read({"BYLINE_NETWORKS": written})

    assert wrong == []
    assert settings.networks.keys() == written.keys()
    assert networks is None or settings.networks == networks


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            {"mastodn": "@me@a.example"},
            (
                'The setting BYLINE_NETWORKS["mastodn"] means no network that is known. '
                'Rename it, or say which in "network". Did you mean mastodon?'
            ),
        ),
        (
            {"pigeons": {"network": "post"}},
            (
                'The setting BYLINE_NETWORKS["pigeons"] means no network that is known. Rename it, or say which in '
                '"network". Known are: mastodon, bluesky, linkedin, micropub, x, threads, pinterest, facebook, reddit, '
                "hackernews, whatsapp, telegram, devto, buttondown."
            ),
        ),
        (
            {"My-Blog": {"network": "mastodon"}},
            (
                'The setting BYLINE_NETWORKS["My-Blog"] has a name that front matter cannot say. '
                "Take small letters, digits and `_`, and not `none`."
            ),
        ),
        ({"none": {"network": "mastodon"}}, 'BYLINE_NETWORKS["none"] has a name that front matter cannot say.'),
        (
            {"mastodon": "@me@a.example", "old": {"network": "mastodon", "account": "@me@a.example"}},
            (
                'The setting BYLINE_NETWORKS["old"] is the same account as BYLINE_NETWORKS["mastodon"]. '
                "Take one of the two out."
            ),
        ),
        ({"x": 5}, 'The setting BYLINE_NETWORKS["x"] is 5, and should be text or a dict.'),
        ({"x": {"most": -1}}, 'BYLINE_NETWORKS["x"]["most"] is -1, and should be a whole number, not below 0.'),
        (
            {"x": {"acount": "a"}},
            'BYLINE_NETWORKS["x"]["acount"] is unknown. Rename or remove it. Did you mean account?',
        ),
        (
            {"x": {"visibility": "secret"}},
            'BYLINE_NETWORKS["x"]["visibility"] is \'secret\', and should be "" or "public" or "unlisted" or',
        ),
        ("mastodon", "The setting BYLINE_NETWORKS is 'mastodon', and should be a dict."),
    ],
)
def test_a_network_that_is_wrong_is_told_once(written: object, told: str) -> None:
    [problem] = read({"BYLINE_NETWORKS": written})[1]

    assert told in problem


@pytest.mark.parametrize("hours", ["22-7", "0-6", "00-06", "20-24", "13-14"])
def test_quiet_hours_are_two_hours_of_the_day(hours: str) -> None:
    settings, wrong = read({"BYLINE_NETWORKS": {"x": {"quiet": hours}}})

    assert (settings.networks["x"].quiet, wrong) == (hours, [])


@pytest.mark.parametrize(
    "hours", ["22", "22–7", "22-25", "24-7", "7-7", "0-24", "22:00-7:00", "night", " 22-7", "٢٢-٧"]
)
def test_quiet_hours_that_are_none_are_told_and_do_not_count(hours: str) -> None:
    settings, wrong = read({"BYLINE_NETWORKS": {"x": {"quiet": hours}}})

    assert settings.networks["x"].quiet == ""
    [problem] = wrong
    assert f'BYLINE_NETWORKS["x"]["quiet"] is {hours!r}, and should be two hours such as "22-7".' in problem


@pytest.mark.parametrize(
    ("account", "name", "identity"),
    [
        (Account("@me@a.example"), "mastodon", "mastodon:@me@a.example"),
        (Account("@me@a.example", "mastodon"), "studio", "mastodon:@me@a.example"),
        (Account(), "linkedin", "linkedin:linkedin"),
        (Account(network="linkedin"), "work", "linkedin:work"),
    ],
)
def test_an_account_is_known_by_its_network_and_not_by_its_name(account: Account, name: str, identity: str) -> None:
    assert account.identity(name) == identity


def test_the_printed_reference_tells_of_accounts() -> None:
    page = "\n".join(printed())

    assert "## BYLINE_NETWORKS\n\nWhere the writer's posts are told" in page
    assert (
        "| `most` | a whole number, not below 0 | `5` | How many copies one run makes or changes there at most. |"
        in page
    )
