"""robots.txt: who is asked to stay away, read as crawlers read it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest
import robots_reading
from byline.site.robots import ANSWERS, TRAINING, robots
from byline.values.settings import Robots
from hypothesis import given
from hypothesis import strategies as st

SITE = "https://me.example"
SEARCH = ("Googlebot", "Googlebot-Image", "bingbot", "Applebot", "DuckDuckBot", "YandexBot", "Baiduspider", "Qwantbot")
CARDS = ("facebookexternalhit", "Twitterbot", "LinkedInBot", "Slackbot", "Mastodon", "Discordbot", "WhatsApp")
OTHERS = ("*", "somebody", "ia_archiver", "GPT", "Google", "Claude", "Feedly")
PATH = st.lists(st.text("abcé/*$?#%0", max_size=5), max_size=4).map("/".join).map("/{}".format)
WANTED = st.builds(Robots, answers=st.booleans(), training=st.booleans())


def read(written: bytes) -> RobotFileParser:
    """Return a robots.txt as Python's own library reads it."""
    parser = RobotFileParser()
    parser.parse(written.decode().splitlines())
    return parser


def test_who_wants_all_has_a_file_of_two_rules() -> None:
    assert robots(SITE, Robots(training=True)).decode() == (
        "User-agent: *\nAllow: /\n\nSitemap: https://me.example/sitemap.xml\n"
    )


def test_without_a_word_answers_are_welcome_and_training_is_not() -> None:
    assert robots(SITE, Robots()).decode() == (
        "User-agent: *\n"
        "Allow: /\n"
        "\n"
        "# Who gathers texts to train models: please stay away.\n"
        "User-agent: Amazonbot\n"
        "User-agent: Applebot-Extended\n"
        "User-agent: Bytespider\n"
        "User-agent: CCBot\n"
        "User-agent: ClaudeBot\n"
        "User-agent: GPTBot\n"
        "User-agent: Google-Extended\n"
        "User-agent: Meta-ExternalAgent\n"
        "User-agent: MistralAI-Training\n"
        "Disallow: /\n"
        "\n"
        "Sitemap: https://me.example/sitemap.xml\n"
    )


@pytest.mark.parametrize("answers", [True, False])
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("token", [*ANSWERS, *TRAINING, *SEARCH, *CARDS, *OTHERS])
def test_each_setting_decides_for_its_own_crawlers_and_for_nobody_else(
    token: str, *, answers: bool, training: bool
) -> None:
    written = robots(SITE, Robots(answers, training))
    welcome = answers if token in ANSWERS else training if token in TRAINING else True

    for agent in (token, token.lower(), token.upper()):
        assert robots_reading.may_read(written, agent, "/a/") is welcome
        assert read(written).can_fetch(agent, f"{SITE}/a/") is welcome


@given(WANTED, st.sampled_from([*ANSWERS, *TRAINING, *SEARCH]), PATH)
def test_a_crawler_is_welcome_everywhere_or_nowhere(wanted: Robots, token: str, path: str) -> None:
    written = robots(SITE, wanted)

    home = robots_reading.may_read(written, token, "/")
    assert robots_reading.may_read(written, token, path) is home or path == "/robots.txt"


@given(WANTED, st.text("abcé%20 /", max_size=20).map(lambda path: path.strip("/ ")))
def test_the_file_is_one_that_rfc_9309_knows(wanted: Robots, folder: str) -> None:
    site = f"{SITE}/{folder}".rstrip("/")

    written = robots(site, wanted)

    assert len(written) < 500 * 1024
    for line in written.decode("utf-8").splitlines():
        assert re.fullmatch(r"(?:User-agent: (?:\*|[A-Za-z_-]+)|(?:Allow|Disallow): /[!-~]*|Sitemap: \S+|#.*)?", line)
    tokens = [token for group in robots_reading.groups(written) for token in group.tokens]
    assert len(tokens) == len(set(tokens))
    assert len(read(written).site_maps() or []) == 1


def test_below_a_path_the_rest_of_the_host_is_not_spoken_for() -> None:
    written = robots("https://me.example/blog", Robots())

    assert not robots_reading.may_read(written, "GPTBot", "/blog/a/")
    assert robots_reading.may_read(written, "GPTBot", "/else/")
    assert b"Sitemap: https://me.example/blog/sitemap.xml\n" in written


def test_the_page_of_robots_names_all_that_the_file_does() -> None:
    page = (Path(__file__).parents[2] / "docs" / "robots.md").read_text("utf-8")

    assert re.findall(r"^\| `(.*?)` \| (.*) \|$", page, re.MULTILINE) == [
        ("answers", "whose, and what for"),
        *ANSWERS.items(),
        ("training", "whose, and what for"),
        *TRAINING.items(),
    ]
