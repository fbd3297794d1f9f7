"""What holds for any source: it becomes a Reading, its words are not lost, and the same bytes give the same answer."""

from __future__ import annotations

import pickle

from byline.site.front_matter import split
from byline.site.reader import Options, read
from byline.site.typography import Typography
from byline.values.html import plain
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

EXTRA = ["markdown.extensions.extra"]
OPTIONS = Options(markdown={"extensions": EXTRA})
CURLED = Options(markdown={"extensions": EXTRA}, typography=Typography(on=True))
LINES = st.sampled_from(
    """\
---\n+++\n...\n\nTitle: A\ntitle: [a, b\ntags:\n  - one\n    more\n\tmore\nDate: 2026-01-01\n# Heading\n> quote\n- item
* * *\n`code`\n```\n<div>\n<script>\n[a](b.md)\n![a](c.png "d")\n[a]: b.md\n[^1]: note\na[^1]\nkey = "value"\n[table]
a: &x *x\n{% raw %}\n:field: x\n====\n.. note:: x\n$5 and $x$\n"it's" -- so...\n&#8;\n\ue000\nСлово: два""".split("\n")
)
SOURCES = st.one_of(st.text(), st.lists(LINES).map("\n".join))
NAMES = st.sampled_from(["a.md", "posts/a.MD", "a.rst", "a.html", "a.markdown"])
WORDS = st.lists(st.text(st.characters(categories=["Ll", "Lo"]), min_size=1, max_size=8), max_size=12).map(" ".join)


@given(SOURCES)
def test_front_matter_loses_nothing_of_the_body(text: str) -> None:
    front = split(text, "a.md")
    assert text.endswith(front.body)
    assert front.lines.keys() == front.values.keys()
    lines = text.split("\n")
    assert front.body == "\n".join(lines[front.body_line - 1 :])


@given(SOURCES)
def test_front_matter_names_lines_that_are_there(text: str) -> None:
    front = split(text, "a.md")
    count = text.count("\n") + 1
    assert all(1 <= line <= count for line in front.lines.values())
    assert all(problem.place and 1 <= (problem.place.line or 0) <= count + 1 for problem in front.problems)


@given(NAMES, st.one_of(st.binary(), SOURCES.map(str.encode)))
def test_any_bytes_become_a_reading(path: str, body: bytes) -> None:
    reading = read(path, body, CURLED, {"b.md", "c.png"})
    assert reading.path == path
    assert all(str(problem) for problem in reading.problems)
    assert pickle.loads(pickle.dumps(reading)) == reading  # noqa: S301  what we have just pickled
    assert read(path, body, CURLED, {"b.md", "c.png"}) == reading


@given(st.lists(LINES).map("\n".join))
def test_without_typography_the_html_is_pythons_markdown(text: str) -> None:
    reading = read("a.md", f"Title: A\n\n{text}".encode(), OPTIONS, ())
    if not any(problem.structural for problem in reading.problems):
        assert reading.content.html == Markdown(extensions=EXTRA).convert(text)


@given(WORDS)
def test_typography_leaves_words_that_have_nothing_to_curl(words: str) -> None:
    html = f"<p>{words}</p>"
    assert plain(Typography(on=True).prose(html)) == plain(html)
    assert Typography(on=True).words(words) == words


@given(st.one_of(st.text(), st.lists(LINES).map("\n".join)))
def test_typography_takes_anything(html: str) -> None:
    Typography(on=True).prose(html)
    Typography(on=True).words(html)


@given(st.lists(st.sampled_from(["<code>\"'</code>", "<pre>-- '</pre>", "$x'$", '<a title="\'">', "<kbd>A&B</kbd>"])))
def test_what_is_kept_from_typography_is_there_in_order(pieces: list[str]) -> None:
    curled = Typography(on=True).prose(" it's ".join(pieces))
    position = 0
    for piece in pieces:
        position = curled.index(piece, position) + len(piece)
