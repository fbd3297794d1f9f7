"""What holds for any HTML: nothing of it is lost, and what is found in it is what the standard library finds."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from byline.site.absolute import absolute
from byline.site.scrollers import scrolling
from byline.values.content import Content
from byline.values.html import ADDRESSED, ADDRESSES, attributes, escape, plain, rewrite_addresses, tokens, words
from byline.values.text import FORBIDDEN
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

PIECES = st.sampled_from(
    """\
<~>~</~/>~<!--~-->~--!>~<!~<?~<p>~</p>~<a ~<A HREF=~<img src="x"~<p title="~ title='~href=~ href="https://a.example/"~"
~<script>~</script>~<style>~</style>~<title>~</title>~"~'~ ~=~&~&amp;~&copy=~&#8;~a~b~src~/~!~-~[~]~(~)~é~字""".split(
        "~"
    )
)
SOUP = st.one_of(st.text(), st.lists(PIECES).map("".join))
SIMPLE = [
    "<p>",
    "</p>",
    "<em>",
    "</em>",
    '<a href="x">',
    '<a href=">">',
    "</a>",
    "<b",
    "<!--",
    "a",
    " b\n",
    "&am",
    "p;",
]
NAMES = st.sampled_from(["p", "em", "a", "img", "div", "td", "video"])
WORDS = st.text(st.characters(exclude_characters='<>&"\x00\r', exclude_categories=["Cs", "Cc"]), max_size=12)
HREFS = st.from_regex(r"[a-zA-Z0-9./?=&#:%é~-]{0,20}", fullmatch=True)


@st.composite
def documents(draw: Callable[[st.SearchStrategy[str]], str]) -> str:
    """Draw HTML as people and converters write it."""
    pieces = []
    for name in draw(st.lists(NAMES, max_size=6)):  # type: ignore[arg-type]  # any strategy may be drawn from
        quote = draw(st.sampled_from(['"', "'", ""]))
        href = draw(HREFS).replace("'", "")
        if not quote:
            href = href.strip("/=") or "x"  # on `href==` the library and the Standard differ
        value = f"{quote}{escape(href)}{quote}"
        title = escape(draw(WORDS))
        attribute = draw(st.sampled_from(["href", "src", "SRC", "poster", "title", "data-x"]))
        pieces.append(f'<{name} {attribute}={value} title="{title} > {title}">{escape(draw(WORDS))}</{name}>')
        pieces.append(
            draw(st.sampled_from(["", "\n", "<br/>", "<!-- <a href='c'> -->", "<script>'<a href=s>'</script>"]))
        )
    return "".join(pieces)


class Seen(HTMLParser):
    """Notes what the standard library's parser finds: text, and tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag; of two attributes alike the first counts."""
        self.tags.append((tag, {name: value or "" for name, value in reversed(attrs)}))

    def handle_data(self, data: str) -> None:
        """Note text that is seen."""
        self.text += data if self.tags and self.tags[-1][0] != "script" else ""


@given(SOUP)
def test_tokens_joined_are_the_input(html: str) -> None:
    assert "".join(token.raw for token in tokens(html)) == html


@given(SOUP)
def test_no_token_but_text_is_empty_or_unnamed(html: str) -> None:
    for token in tokens(html):
        assert token.raw
        assert bool(token.name) == (token.kind in {"open", "close"})


@given(documents())
def test_tags_and_their_attributes_are_those_of_the_standard_library(html: str) -> None:
    found = [(token.name, attributes(token.attributes)) for token in tokens(html) if token.kind == "open"]
    assert found == Seen(html).tags


@given(SOUP)
def test_addresses_that_nobody_changes_leave_the_bytes(html: str) -> None:
    assert rewrite_addresses(html, lambda _tag, _attribute, _url: None) == html


@given(documents())
def test_addresses_are_those_of_the_standard_library(html: str) -> None:
    met: list[tuple[str, str, str]] = []
    rewrite_addresses(html, lambda tag, attribute, url: met.append((tag, attribute, url)))
    held = {"a", "img", "video"}
    expected = [
        (tag, name, value)
        for tag, found in Seen(html).tags
        for name, value in found.items()
        if tag in held and name in {"href", "src", "poster"}
    ]
    assert sorted(met) == sorted(expected)


@given(st.one_of(SOUP, documents()))
def test_addresses_are_those_of_the_tokens(html: str) -> None:
    met: set[tuple[str, str]] = set()
    rewrite_addresses(html, lambda tag, attribute, _url: met.add((tag, attribute)))
    assert met == {
        (token.name, name)
        for token in tokens(html)
        if token.kind == "open" and token.name in ADDRESSED
        for name in ADDRESSES & attributes(token.attributes).keys()
        if f"{name}=" in token.attributes.replace(" ", "").replace("\n", "").lower()
    }


@given(documents(), WORDS)
def test_a_changed_address_changes_nothing_else(html: str, address: str) -> None:
    changed = rewrite_addresses(html, lambda _tag, attribute, _url: address if attribute == "href" else None)
    expected = [
        (
            tag,
            {
                name: address if name == "href" and tag in {"a", "img", "video"} else value
                for name, value in found.items()
            },
        )
        for tag, found in Seen(html).tags
    ]
    assert Seen(changed).tags == expected
    assert Seen(changed).text == Seen(html).text


@given(SOUP)
def test_plain_text_has_no_known_markup(html: str) -> None:
    text = plain(html.replace("&", ""))
    assert not any(f"<{name}>" in text for name in ("p", "script", "style", "title"))
    assert text == " ".join(text.split())


@given(SOUP.filter(lambda html: not FORBIDDEN.search(html)))
def test_plain_text_has_no_character_that_a_feed_cannot_hold(html: str) -> None:
    assert not FORBIDDEN.search(plain(html))


@given(WORDS.map(lambda text: " ".join(text.split())))
def test_escaped_text_is_itself_again(text: str) -> None:
    assert plain(f"<p>{escape(text)}</p>") == text
    assert attributes(f' title="{escape(text)}"') == {"title": text}


@given(SOUP)
def test_facts_are_found_in_anything(html: str) -> None:
    content = Content(html)
    assert content.html == html
    assert content.text == " ".join(content.text.split())


@given(st.one_of(SOUP, documents()))
def test_links_are_those_of_the_tokens(html: str) -> None:
    expected = {
        (value.strip(), token.name, name): None
        for token in tokens(html)
        if token.kind == "open" and token.name in ADDRESSED
        for name, value in attributes(token.attributes).items()
        if name in ADDRESSES and not name.endswith("srcset")
    }
    assert [link for link in Content(html).links if not link.attribute.endswith("srcset")] == list(expected)


@given(documents())
def test_made_absolute_twice_is_made_absolute_once(html: str) -> None:
    once = absolute(html, "https://me.example/blog/post/")
    assert absolute(once, "https://else.example/") == once


@given(SOUP, st.integers(min_value=1, max_value=60))
def test_an_opening_is_the_beginning_of_the_text_and_long_enough(html: str, length: int) -> None:
    whole, opening = Content(html).text, Content(html).opening(length)
    assert whole.startswith(opening)
    assert len(opening) >= min(length, len(whole))


BOX = re.compile(r'<div class="scroll"[^>]*>|</div>| tabindex="0" role="group" aria-label="[^"]*"')
SCROLLED = st.sampled_from(
    '<pre>~</pre>~<pre class=a>~<table>~</table>~<tr>~</tr>~<td>~</td>~<th>~a~\n~"~&lt;'.split("~")
)


@given(st.lists(SCROLLED).map("".join))
def test_what_scrolls_is_boxed_once_and_nothing_of_it_is_lost(html: str) -> None:
    boxed = scrolling(html)

    assert BOX.sub("", boxed) == html
    assert boxed.count("<div") == boxed.count("</div>") <= html.count("</table>")


@given(st.one_of(SOUP, st.lists(st.sampled_from(SIMPLE)).map("".join)))
def test_the_words_of_simple_html_are_those_of_its_tokens(html: str) -> None:
    assert plain(html) == words(token.seen for token in tokens(html))
