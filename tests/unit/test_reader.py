"""What real and broken sources become: a right page, or a Problem with its line; no traceback, and no post is lost."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from byline.site.reader import Options, read
from byline.site.typography import Typography
from byline.values.problem import Severity

if TYPE_CHECKING:
    from byline.values.post import Reading

MARKDOWN = {"extensions": ["markdown.extensions.extra"], "output_format": "html5"}
PLAIN = Options(markdown=MARKDOWN)
CURLED = Options(markdown=MARKDOWN, typography=Typography(on=True))
HEAD = b"Title: A title\nDate: 2026-03-01\n\n"


def told(reading: Reading) -> str:
    """Return the Problems of a reading as a person reads them."""
    return "\n".join(map(str, reading.problems))


@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r"])
def test_line_ends_of_any_system_are_read(ends: bytes) -> None:
    reading = read("a.md", b"Title: One\nTags: x\n\nA\nB\n\nC".replace(b"\n", ends), PLAIN, ())

    assert reading.front == {"title": "One", "tags": "x"}
    assert reading.content.html == "<p>A\nB</p>\n<p>C</p>"


def test_a_byte_order_mark_is_no_part_of_the_title() -> None:
    assert read("a.md", b"\xef\xbb\xbfTitle: One\n\nA", PLAIN, ()).front == {"title": "One"}


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b"Title: One\n\nA\n\xff", "a.md:4: Byte 0xff is no UTF-8."),
        (b"\xef\xbb\xbfTitle: One\n\nCaf\xe9", "a.md:3: Byte 0xe9 is no UTF-8."),
        ("Title: One".encode("utf-16"), "a.md:1: Byte 0xff is no UTF-8."),
        (b"\xed\xa0\x80", "a.md:1: Byte 0xed is no UTF-8."),
    ],
)
def test_what_is_no_utf8_is_named_with_its_byte_and_line(body: bytes, place: str) -> None:
    assert told(read("a.md", body, PLAIN, ())) == f"{place} Save the file as UTF-8."


@pytest.mark.parametrize(("suffix", "character"), [("md", "\x08"), ("rst", "\x00"), ("html", "\x0c"), ("md", "\ufffe")])
def test_a_control_character_is_named_with_its_line(suffix: str, character: str) -> None:
    reading = read(f"a.{suffix}", f"Title: One\n\nA\nB{character}".encode(), PLAIN, ())

    assert (
        told(reading)
        == f"a.{suffix}:4: The control character U+{ord(character):04X} cannot stand in a feed. Delete it."
    )


def test_a_numeric_reference_to_a_control_character_is_text() -> None:
    reading = read("a.md", HEAD + b"A&#8;B", PLAIN, ())

    assert reading.problems == ()
    assert reading.content.text == "AB"


@pytest.mark.parametrize("suffix", ["md", "MD", "Markdown", "mkd", "mdown"])
def test_the_suffix_of_a_source_may_be_spelled_in_any_case(suffix: str) -> None:
    assert read(f"a.{suffix}", HEAD + b"*A*", PLAIN, ()).content.html == "<p><em>A</em></p>"


@pytest.mark.parametrize("suffix", ["md", "rst", "html"])
def test_an_empty_file_is_an_empty_reading(suffix: str) -> None:
    reading = read(f"a.{suffix}", b"", CURLED, ())

    assert (reading.content.html, reading.content.text, reading.problems) == ("", "", ())


def test_a_body_of_metadata_is_structural() -> None:
    (problem,) = read("a.md", b"Title: One\n\nDate: 2026-03-01\n\nA", PLAIN, ()).problems

    assert problem.code == "front-matter-in-body"
    assert problem.severity is Severity.STRUCTURAL


def test_a_title_with_a_script_is_its_words() -> None:
    title = '</script><script>alert(1)</script> & "more"'

    reading = read("a.md", f"Title: {title}\n\nA".encode(), CURLED, ())

    assert reading.front["title"] == "</script><script>alert(1)</script> & “more”"
    assert read("a.md", f"Title: {title}\n\nA".encode(), PLAIN, ()).front["title"] == title


def test_quotes_too_deep_for_markdown_are_named_with_their_line() -> None:
    reading = read("a.md", HEAD + b"A\n\n" + b">" * 5000 + b" B", PLAIN, ())

    assert told(reading) == "a.md:6: Quotes nest more than a hundred deep. Take some `>` out."


def test_quotes_fifty_deep_are_a_page() -> None:
    assert read("a.md", HEAD + b">" * 50 + b" B", PLAIN, ()).content.html.count("<blockquote>") == 50


@pytest.mark.parametrize(
    ("suffix", "body"),
    [
        ("md", b"".join(b" " * (4 * depth) + b"- A\n" for depth in range(300))),
        ("rst", b"\n".join(b" " * depth + b"- A\n" for depth in range(300))),
    ],
    ids=["Markdown", "reST"],
)
def test_lists_without_end_are_a_problem_and_no_traceback(suffix: str, body: bytes) -> None:
    (problem,) = read(f"a.{suffix}", body, PLAIN, ()).problems

    assert problem.code == "unreadable-post"
    assert "RecursionError" in problem.what


@pytest.mark.parametrize("mark", ["<a ", '<a b="', "<!--", "<script>", "`", "*a ", "$", "$$ a ", "<div>", "&", "{% a "])
def test_marks_that_nothing_closes_cost_no_more_than_their_length(mark: str) -> None:
    reading = read("a.md", HEAD + mark.encode() * 2000, CURLED, ())

    assert not [problem for problem in reading.problems if problem.structural]


def test_a_post_of_ten_megabytes_is_a_page() -> None:
    paragraph = b"The quick brown fox jumps over the lazy dog, and over it again. " * 10 + b"\n\n"

    reading = read("a.md", HEAD + paragraph * 15_600, PLAIN, ())

    assert reading.problems == ()
    assert reading.content.html.count("<p>") == 15_600


def test_a_markdown_extension_that_is_not_there_is_one_problem_of_the_settings() -> None:
    options = Options(markdown={"extensions": ["gone.extension"]})

    one, other = (read(name, HEAD, options, ()).problems for name in ("a.md", "b.md"))

    assert one == other
    assert str(one[0]).startswith("MARKDOWN cannot be used: ModuleNotFoundError: No module named 'gone'")


def test_pelicans_formatted_fields_are_html_and_the_rest_is_text() -> None:
    reading = read("a.md", b'Title: *One*\nSummary: *Two*, "three"\n    and four\n\nA', CURLED, ())

    assert reading.front["title"] == "*One*"
    assert reading.front["summary"] == "<p><em>Two</em>, &#8220;three&#8221;\nand&nbsp;four</p>"


def test_a_summarys_links_and_pictures_are_found_like_the_bodys() -> None:
    reading = read("posts/a.md", b"Summary: [b](b.md) ![c](c.png)\n\nA", PLAIN, {"posts/b.md"})

    assert reading.front["summary"] == '<p><a href="{filename}/posts/b.md">b</a> <img alt="c" src="c.png"></p>'
    assert [(internal.target, internal.there) for internal in reading.internal] == [
        ("posts/b.md", True),
        ("posts/c.png", False),
    ]
    assert reading.content.links == ()


def test_a_reading_tells_which_files_it_asked_for() -> None:
    reading = read("posts/a.md", HEAD + b"[b](b.md) ![c](../c.png) [d](https://d.example/)", PLAIN, {"posts/b.md"})

    assert reading.asked == (("c.png", False), ("posts/b.md", True))


def test_a_reading_can_be_pickled() -> None:
    reading = read("a.md", HEAD + b"# A\n\n![b](b.png) [c](c.md)", PLAIN, {"c.md"})

    assert pickle.loads(pickle.dumps(reading)) == reading  # noqa: S301  what we have just pickled


def test_restructured_text_has_its_fields_and_title() -> None:
    source = b"A title\n#######\n\n:date: 2026-03-01\n:tags: a, b\n:summary: In *short*\n\nWords, see `b <b.md>`_.\n"

    reading = read("a.rst", source, PLAIN, {"b.md"})

    assert reading.problems == ()
    assert reading.front["title"] == "A title"
    assert reading.front["tags"] == "a, b"
    assert "<em>short</em>" in str(reading.front["summary"])
    assert 'href="{filename}/b.md"' in reading.content.html
    assert dict(reading.lines) == {"title": 1, "date": 4, "tags": 5, "summary": 6}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A\n\n.. gone::\n", 'a.rst:3: reStructuredText: Unknown directive type "gone".'),
        ("A\n\n`B\n", "a.rst:3: reStructuredText: Inline interpreted text"),
        (
            ".. include:: /etc/passwd\n",
            'a.rst:1: reStructuredText: "include" directive disabled. Put what it includes here',
        ),
        (".. raw:: html\n   :url: http://192.0.2.1/\n", 'a.rst:1: reStructuredText: "raw" directive disabled.'),
    ],
)
def test_a_fault_in_restructured_text_is_named_with_its_line(
    source: str, expected: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert told(read("a.rst", source.encode(), PLAIN, ())).startswith(expected)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("source", "front", "html"),
    [
        (
            "<!DOCTYPE html><head><title>A &amp; B</title><meta name=tags content='a, b'><body class=c><p>D</p></body>",
            {"title": "A &amp; B", "tags": "a, b"},
            "<p>D</p>",
        ),
        ("<title>A</title>\n<meta name=date content=2026-03-01>\n<p>D", {"title": "A", "date": "2026-03-01"}, "<p>D"),
        ("<head><title>A</title></head>\n<p>D</p>", {"title": "A"}, "\n<p>D</p>"),
        ("<html><body><p>D</p>", {}, "<p>D</p>"),
        ("<p>D</p>", {}, "<p>D</p>"),
        ("just words", {}, "just words"),
        ('<meta name="keywords" content="a, b"><p>D</p>', {"tags": "a, b"}, "<p>D</p>"),
        ('<meta name="tags" content="a"><meta name="tags" content="b"><p>D</p>', {"tags": ("a", "b")}, "<p>D</p>"),
    ],
    ids=["whole", "fragment", "no body", "no head", "no front", "no tags", "keywords", "several"],
)
def test_html_has_its_metadata_and_body_however_little_frames_it(
    source: str, front: dict[str, object], html: str
) -> None:
    reading = read("a.html", source.encode(), PLAIN, ())

    assert reading.front == front
    assert reading.content.html == html


def test_a_key_nearly_known_gets_a_hint_in_every_markup() -> None:
    sources = {
        "a.md": b"Titel: A\n\nB",
        "a.rst": b":Titel: A\n\nB\n",
        "a.html": b'<meta name="titel" content="A"><p>B</p>',
    }

    for path, source in sources.items():
        (problem,) = read(path, source, PLAIN, ()).problems
        assert problem.remedy.startswith("Did you mean Title?")
        assert not problem.structural
