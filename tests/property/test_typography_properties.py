"""The filters of `site/typographic_filters` make of any HTML what Typogrify and smartypants themselves make of it."""

from __future__ import annotations

import tarfile
from pathlib import Path
from unittest.mock import patch

import pytest
from byline.site import typographic_filters
from byline.site.reader import MARKDOWN, Options, read
from byline.site.typography import Typography
from hypothesis import example, given, settings
from hypothesis import strategies as st
from smartypants import Attr, smartypants
from typogrify import filters

ROOT = Path(__file__).parents[2]
SITES = ROOT.parent / "shared" / "data" / "sites"
WRITTEN = [ROOT / "tests/golden/typography.txt", *(ROOT / "tests/fixtures/site/content").rglob("*.md")]
WRITTEN += sorted((ROOT / "content").rglob("*.md"))
EXTENSIONS = ["markdown.extensions.extra", "markdown.extensions.codehilite", "markdown.extensions.toc"]
OPTIONS = Options(markdown={"extensions": EXTENSIONS, "output_format": "html5"})

LIBRARY = {
    "amp": filters.amp,
    "smartypants": smartypants,
    "caps": filters.caps,
    "initial_quotes": filters.initial_quotes,
    "widont": filters.widont,
}
SETTINGS = st.builds(
    Typography,
    on=st.just(value=True),
    ignore=st.sampled_from([(), ("em",), ("p.x",)]),
    omit=st.lists(st.sampled_from([*LIBRARY]), max_size=2).map(tuple),
    dashes=st.sampled_from(["default", "oldschool", "oldschool_inverted"]),
)
CURLY = int(Attr.set1 | Attr.w)
DASHES = st.sampled_from([int(dashes | Attr.w) for dashes in (Attr.set1, Attr.set2, Attr.set3)])

SPACES = " ~ ~ ~\n~\t~\r~\xa0~\u2003~\v~\x1c~\x85~\u2028~&nbsp;".split("~")
QUOTES = "'~\"~'~\"~''~``~`~&quot;~\"'~'\"~&ldquo;~&lsquo;~&#8220;~&#8216;~’~“".split("~")
SIGNS = r"""
-~--~---~.~..~...~. . .~. ~ .~\~\'~\"~\\~\.~\-~\`~.\B~&mdash;~&ndash;~&#8211;~&#8212;~&#x2013;
&~&amp;~&#38;~ & ~ &amp; ~ &#38; ~&nbsp;&amp;&nbsp;~,~;~:~!~?~/~=~="~='~(~)~[~]~{~}~#~%~*~+~@~^~|~_~…~—
$~$x'$~$$~\(~\)~\[~\]~<c$d$>""".replace("\n", "~").split("~")
WORDS = """
s~s ~S~a~1~12~80s~'80s~'90s ~6'2"~don't~it's~'tis~"so~end.~word~x_y~well-known
Ünï~é~Слово~漢字~שלום~A~AB~A. ~A.B~NASA~A1B~U.S.A.~D. O. T. ~KU'S~2KU2~it's~it's.~\x1b""".replace("\n", "~").split("~")
TAGS = """
<p>~</p>~<p>~</p>~<em>~</em>~<strong>~</strong>~<a\x1a>~</a>~<b>~</b>~<i>~</i>~<span class="caps">~</span>~\x1a~<\x1a>
<li>~</li>~<h2>~</h2>~<dt>~</dt>~<dd>~</dd>~<blockquote>~</blockquote>~<br>~<br/>~<abbr>~<div>~</div>~<P>~</P>~<EM>~<h7>
<a href="x'y">~<a title='a "b" & c'>~<img alt="x > y & z">~<1 & 2>~< & >~<x a b</p>~<a=<b c>~<a b=>~<a b= & c>
<!-- 'a' -- NASA & co -->~</~</p~<a ~<b <i>~<~>~<>""".replace("\n", "~").split("~")
LEFT_OPEN = """
<code>~</code>~<pre>~</pre>~<kbd>~</kbd>~<KBD>~<script>~</script>~<tt>~<math>~<pretty>
<!--~-->~-- >""".replace("\n", "~").split("~")

_TEXT = [*SPACES, *QUOTES, *SIGNS, *WORDS]
_SOUP = st.sampled_from(SPACES) | st.sampled_from(QUOTES) | st.sampled_from([*SIGNS, *WORDS]) | st.sampled_from(TAGS)
_SPEECH = st.sampled_from([*" ~ ~ ~</em>~<em>~</p>\n<p>~, ~.~...~ -- ~)~(".split("~"), *QUOTES[:4], *WORDS])
_OPEN = st.sampled_from([*SPACES, *QUOTES, *WORDS, *LEFT_OPEN, *LEFT_OPEN])
HTML = st.one_of(
    st.lists(_SOUP, min_size=20, max_size=80).map("".join),
    st.lists(_SPEECH, min_size=20, max_size=80).map(lambda pieces: f"<p>{''.join(pieces)}</p>"),
    st.lists(_OPEN, min_size=10, max_size=40).map("".join),
    st.lists(_SOUP, max_size=5).map("".join),
    st.text(),
)
"""Anything that reads like HTML; paragraphs of speech; elements without an end or a beginning; little; any text."""


def by_library(typography: Typography, html: str) -> str:
    """Return what `prose` would be if it gave all of the HTML to Typogrify and smartypants."""
    with patch.multiple(typographic_filters, **LIBRARY):
        return typography.prose(html)


@settings(max_examples=600)
@given(HTML, DASHES)
def test_quotes_dashes_and_ellipses_are_those_of_smartypants(html: str, dashes: int) -> None:
    assert typographic_filters.smartypants(html, dashes) == smartypants(html, dashes)


@settings(max_examples=400)
@given(HTML | HTML.map(lambda html: html.replace('"', "").replace("'", "")))
@example('<img alt="x > y & z"> & co')
@example("<a b= & c> & co")
def test_ampersands_capitals_opening_quotes_and_last_words_are_those_of_typogrify(html: str) -> None:
    assert typographic_filters.amp(html) == filters.amp(html)
    assert typographic_filters.caps(html) == filters.caps(html)
    assert typographic_filters.initial_quotes(html) == filters.initial_quotes(html)
    assert typographic_filters.widont(html) == filters.widont(html)


@settings(max_examples=600)
@given(HTML.map(lambda html: html.replace("\x1a", "")), SETTINGS)
def test_prose_is_what_the_libraries_make_of_it_under_any_settings(html: str, typography: Typography) -> None:
    assert typography.prose(html) == by_library(typography, html)


@pytest.mark.parametrize("between", ["<b>", "<b>x</b>", "<b> </b>"])
def test_any_two_signs_between_tags_become_what_the_libraries_make_of_them(between: str) -> None:
    for first in _TEXT:
        html = between.join(first + second for second in ["", *_TEXT])
        assert typographic_filters.smartypants(html, CURLY) == smartypants(html, CURLY)
        assert typographic_filters.caps(html) == filters.caps(html)


@pytest.mark.parametrize("source", WRITTEN, ids=lambda source: source.name)
@pytest.mark.parametrize("dashes", ["default", "oldschool", "oldschool_inverted"])
def test_so_it_is_with_what_is_written_for_this_project(source: Path, dashes: str) -> None:
    body, typography = source.read_bytes(), Typography(on=True, dashes=dashes)
    for html in (body.decode(), read("a.md", body, OPTIONS, ()).content.html):
        assert typography.prose(html) == by_library(typography, html)


@pytest.mark.parametrize("name", ["kristinita", "nodejs_blog"])
def test_so_it_is_with_each_post_of_a_real_blog(name: str, request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--all"):
        pytest.skip("takes half a minute: ./byline test --all runs it")
    archive = SITES / f"{name}.tar.gz"
    if not archive.exists():
        pytest.skip(f"the archive {archive.name} is not beside this project")
    typography, posts = Typography(on=True), 0
    with tarfile.open(archive) as packed:
        for member in packed:
            opened = packed.extractfile(member) if member.name.rpartition(".")[2] in MARKDOWN else None
            if opened:
                html = read("a.md", opened.read(), OPTIONS, ()).content.html
                assert typography.prose(html) == by_library(typography, html), member.name
                posts += 1
    assert posts > 150
