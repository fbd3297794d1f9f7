"""Mentions: who links whom, and the sentence around the link."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from byline.related.linking import Linking
from byline.related.mentions import LIMIT, Mention, Mentions
from byline.related.targets import Targets
from byline.values.content import Content
from byline.values.post import Post, Status
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st
from unit.test_golden import CASE, GOLDEN

if TYPE_CHECKING:
    from collections.abc import Mapping

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
PIECES = st.sampled_from(
    [
        *(
            "Word",
            "word ",
            "e.g. ",
            "J. R. ",
            "3.14 ",
            ". ",
            "? ",
            "…",
            "。",
            "」",
            "” ",
            "(",
            " &amp; ",
            "&nbsp;",
            "\n",
        ),
        *(
            "<p>",
            "</p>",
            "<br>",
            "<em>",
            "</em>",
            "<li>",
            "<",
            '<a href="#fn" class="footnote-ref">1</a>',
            "<!-- . -->",
        ),
        *("<a href=here.md>", '<a href="here.md#x">', "<a href=there>", "</a>", "long " * LIMIT, "字" * LIMIT),
    ]
)


def post(path: str, day: int | None = 0) -> Post:
    """Return a published post dated so many days after the first of January, or not dated."""
    date = None if day is None else BEGIN + timedelta(days=day)
    url = f"https://me.example/{path}/"
    return Post(url, path, url, f"{path}/", path, Status.PUBLISHED, "en", path, "", date, date)


def target(url: str, path: str) -> str:
    """Say that an address that names a Markdown file means the post of that path."""
    assert path.endswith(".md")
    address = url.partition("#")[0]
    return address if address.endswith(".md") else ""


HERE = post("here.md")


def mentions(html: Mapping[str, str], **days: int | None) -> tuple[Mention, ...]:
    """Return what mentions `here.md` among posts with this HTML, by path, dated by the names of their files."""
    posts = [post(path, days.get(path.partition(".")[0], 0)) for path in html]
    return Mentions(posts, lambda path: Content(html[path]), target).of(HERE)


def mention(html: str) -> Mention:
    (found,) = mentions({"one.md": html})
    return found


def names(found: tuple[Mention, ...]) -> str:
    return " ".join(one.post.path for one in found)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(case["given"], case["expected"], id=case["title"])
        for case in CASE.finditer((GOLDEN / "mentions.txt").read_text("utf-8"))
    ],
)
def test_golden(given: str, expected: str) -> None:
    found = mention(given)

    assert f"{found.before}[{found.words}]{found.after}\n" == expected


def test_the_newest_comes_first_and_what_has_no_date_last() -> None:
    link = '<a href="here.md">x</a>'

    found = mentions({"c.md": link, "a.md": link, "b.md": link, "d.md": link}, a=1, b=2, c=1, d=None)

    assert names(found) == "b.md a.md c.md d.md"


def test_a_post_mentions_once_however_often_it_links() -> None:
    found = mentions({"one.md": '<p><a href="here.md#x">First</a>. <a href="here.md">Second</a>.</p>'})

    assert [one.words for one in found] == ["First"]


def test_a_post_does_not_mention_itself() -> None:
    assert mentions({"here.md": '<a href="here.md">x</a>'}) == ()


def test_only_links_in_the_text_mention() -> None:
    html = '<img src="here.md"><form action="here.md"></form><blockquote cite="here.md">x</blockquote><a>x</a>'

    assert mentions({"one.md": html, "two.md": '<a href="other.html">x</a>', "three.md": ""}) == ()


def test_each_post_has_the_sentence_of_its_own_link() -> None:
    html = '<p>One <a href="a.md">this</a>. Two <a href="b.md">that</a>.</p>'
    every = Mentions([post("one.md")], lambda _path: Content(html), target)

    assert [every.of(post(path))[0].before for path in ("b.md", "a.md")] == ["Two ", "One "]


def test_contents_are_asked_for_only_when_somebody_asks_and_then_seldom() -> None:
    asked: Counter[str] = Counter()

    def content(path: str) -> Content:
        asked[path] += 1
        return Content('<a href="a.md">A</a><a href="b.md">B</a>' if path == "one.md" else "")

    every = Mentions((post(path) for path in ("one.md", "two.md")), content, target)
    assert not asked

    found = [names(every.of(post(path))) for path in ("a.md", "b.md", "a.md", "c.md")]

    assert found == ["one.md", "one.md", "one.md", ""]
    assert asked == {"one.md": 2, "two.md": 1}


def test_what_mentions_follow_from_is_told_by_the_links_alone() -> None:
    links = {"one.md": '<a href="here.md">A</a><a href="here.md#x">B</a><a href="a.md">C</a>', "two.md": ""}
    posts = [replace(post(path), content=f"digest of {path}") for path in links]
    every = Mentions(posts, lambda path: Content(links[path]), target)

    assert every.origin(HERE) == (("one.md", "digest of one.md", "here.md", "here.md#x"),)
    assert every.origin(post("two.md")) == ()

    links["one.md"] = '<a href="here.md">A</a>'
    every.renew(replace(posts[0], content="another"))
    assert every.origin(HERE) == (("one.md", "another", "here.md"),)


def test_the_words_of_a_link_are_kept_however_long() -> None:
    words = "very " * 100 + "long"

    found = mention(f'<p>So this <a href="here.md">{words}</a> link.</p>')

    assert (found.before, found.words, found.after) == ("… ", words, " …")


@settings(deadline=None, derandomize=True, database=None)
@for_any(st.lists(PIECES, max_size=30).map("".join))
def test_a_sentence_is_a_piece_of_the_text(html: str) -> None:
    content = Content(html)

    for found in mentions({"one.md": html}):
        said = found.before.removeprefix("…") + found.words + found.after.removesuffix("…")
        assert said in content.text
        assert len(found.before) + len(found.after) <= max(LIMIT - len(found.words), 0) + 4
        assert found.words == found.words.strip()


@settings(deadline=None, derandomize=True, database=None)
@for_any(st.text(), st.text())
def test_nothing_around_a_link_is_too_strange(before: str, after: str) -> None:
    assert len(mentions({"one.md": f"{before}<p><a href=here.md>x</a>{after}"})) <= 1


@pytest.mark.parametrize("piece", ["<a href=here.md>", "<a href=here.md><p>", "<p>", ". ", " »", "&nbsp;", "<a><img>"])
def test_a_strange_text_takes_no_longer_than_others(piece: str) -> None:
    begun = time.process_time()

    mention(f"<a href=here.md>x</a>{piece * 10_000}")

    assert time.process_time() - begun < 20


def test_ten_thousand_links_in_five_megabytes_are_read_in_one_pass() -> None:
    html = "<p>" + " ".join(f'{"lorem ipsum dolor " * 25}<a href="{one}.md">it</a>' for one in range(10_000))
    content = Content(html)
    every = Mentions([post("one.md")], lambda _path: content, target)
    begun = time.process_time()

    found = [every.of(post(f"{one}.md")) for one in range(10_000)]

    assert all(len(one) == 1 and one[0].words == "it" for one in found)
    assert time.process_time() - begun < 20


@for_any(
    st.lists(
        st.builds(
            "{}{}{}".format,
            st.sampled_from(["http:", "HTTPS:", "", "{filename}", "mailto:"]),
            st.sampled_from(["//me.example", "//other.example", "//me.example.org", "/", ""]),
            st.sampled_from(["/blog/here", "/blog/", "here.md", "/here", "blog/here?x#y"]),
        ),
        max_size=6,
    ),
    st.sampled_from(["https://me.example/blog", "https://me.example", "http://other.example/blog", ""]),
)
def test_an_address_that_is_passed_over_means_no_post(urls: list[str], site_url: str) -> None:
    content = Content("".join(f'<a href="{url}">words</a><img src="{url}">' for url in urls))
    there = Post("", "", f"{site_url}/here/", "here/", "here.md", Status.PUBLISHED, "en", "Here", "", BEGIN, BEGIN)
    targets = Targets([there], site_url)

    asked = Linking(site_url)(content)

    assert [url for url in asked if targets(url, "a.md")] == [url for url in Linking()(content) if targets(url, "a.md")]
