"""Typography under Pelican's settings for it; what it does to prose is in golden/typography.txt."""

from __future__ import annotations

from unittest.mock import patch

import pytest
import smartypants
from byline.site.typography import Typography

HTML = '<p>"It\'s NASA & co" -- or --- so.</p>'


def test_off_it_changes_nothing() -> None:
    assert Typography().prose(HTML) == HTML
    assert Typography().words('"It\'s" -- so') == '"It\'s" -- so'


@pytest.mark.parametrize(
    ("dashes", "written"),
    [
        ("default", "a — b —- c"),
        ("oldschool", "a – b — c"),
        ("oldschool_inverted", "a — b – c"),
        ("unheard of", "a — b —- c"),
    ],
)
def test_typogrify_dashes_decides_what_hyphens_become(dashes: str, written: str) -> None:
    typography = Typography(on=True, dashes=dashes, omit=("widont",))
    references = written.replace("—", "&#8212;").replace("–", "&#8211;")

    assert typography.words("a -- b --- c") == written
    assert typography.prose("<p>a -- b --- c</p>") == f"<p>{references}</p>"


@pytest.mark.parametrize(
    ("omitted", "kept"),
    [
        ("amp", " & co"),
        ("caps", "NASA "),
        ("initial_quotes", "<p>&#8220;It"),
        ("smartypants", "\"It's "),
        ("widont", " so."),
    ],
)
def test_typogrify_omit_filters_leaves_one_out(omitted: str, kept: str) -> None:
    def flat(html: str) -> str:
        return html.replace('<span class="dquo">"</span>', '"')

    assert kept in flat(Typography(on=True, omit=(omitted,)).prose(HTML))
    assert kept not in flat(Typography(on=True).prose(HTML))


def test_titles_keep_their_quotes_where_smartypants_is_left_out() -> None:
    assert Typography(on=True, omit=("smartypants",)).words('"It\'s"') == '"It\'s"'


@pytest.mark.parametrize("ignored", ["blockquote", "blockquote.verse", ".verse", "#first"])
def test_typogrify_ignore_tags_are_left_alone(ignored: str) -> None:
    verse = '<blockquote class="verse" id="first">it\'s</blockquote>'

    assert Typography(on=True, ignore=(ignored,)).prose(f"<p>it's</p>{verse}") == f"<p>it&#8217;s</p>{verse}"


def test_what_already_holds_the_shield_is_left_alone() -> None:
    assert Typography(on=True).prose("<p>it's \x1a</p>") == "<p>it's \x1a</p>"


def test_all_that_is_said_in_a_post_is_curled_in_one_call() -> None:
    said = 'It\'s <em>late</em>," she said -- and "so it was", in \'99...'

    with patch("smartypants.smartypants", wraps=smartypants.smartypants) as curl:
        Typography(on=True).prose(f"<p>{said}</p>\n" * 100)

    assert curl.call_count == 1
