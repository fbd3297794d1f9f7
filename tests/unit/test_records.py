"""What a post says of its lead picture means the same in whatever way its front matter is written."""

from __future__ import annotations

import pytest
from byline.credits.record import Origin
from byline.credits.records import from_attributes, from_front
from byline.site.reader import Options, read
from byline.values.problem import Place

OPTIONS = Options(markdown={"extensions": ["markdown.extensions.extra"], "output_format": "html5"})
WRITTEN = {
    "keys.md": """\
Title: Shown
Photo_creator: Ana Ruiz
Photo-title: 1984
Photo_year: 2024
Photo_seen: 2026-03-01
PHOTO_OWN: no
Photo_decorative: Yes
Photo_alt: Boats & <nets>: "early"
Photo_license: CC-BY-4.0
Photo_source: https://x.example/a_b?c=1#d
Photo_changes: black
    and white
Photo_copyright:

Words.
""",
    "yaml.md": """\
---
title: Shown
photo_creator: Ana Ruiz
photo-title: 1984
photo_year: 2024
photo_seen: 2026-03-01
PHOTO_OWN: no
photo_decorative: true
photo_alt: 'Boats & <nets>: "early"'
photo_license: CC-BY-4.0
photo_source: https://x.example/a_b?c=1#d
photo_changes: >
  black
  and white
photo_copyright:
---
Words.
""",
    "toml.md": """\
+++
title = "Shown"
photo_creator = "Ana Ruiz"
photo-title = 1984
photo_year = 2024
photo_seen = 2026-03-01
PHOTO_OWN = false
photo_decorative = true
photo_alt = 'Boats & <nets>: "early"'
photo_license = "CC-BY-4.0"
photo_source = "https://x.example/a_b?c=1#d"
photo_changes = "black and white"
photo_copyright = ""
+++
Words.
""",
    "restructured.rst": """\
Shown
#####

:photo_creator: Ana Ruiz
:photo-title: 1984
:photo_year: 2024
:photo_seen: 2026-03-01
:PHOTO_OWN: no
:photo_decorative: true
:photo_alt: Boats & <nets>: "early"
:photo_license: CC-BY-4.0
:photo_source: https://x.example/a_b?c=1#d
:photo_changes: black
    and white
:photo_copyright:

Words.
""",
    "document.html": """\
<html><head><title>Shown</title>
<meta name="photo_creator" content="Ana Ruiz">
<meta name="photo-title" content="1984">
<meta name="photo_year" content="2024">
<meta name="photo_seen" content="2026-03-01">
<meta name="PHOTO_OWN" content="no">
<meta name="photo_decorative" content="true">
<meta name="photo_alt" content="Boats &amp; &lt;nets&gt;: &quot;early&quot;">
<meta name="photo_license" content="CC-BY-4.0">
<meta name="photo_source" content="https://x.example/a_b?c=1#d">
<meta name="photo_changes" content="black
and white">
<meta name="photo_copyright" content="">
</head><body>Words.</body></html>
""",
}
SAID = {
    "creator": ("Ana Ruiz",),
    "title": "1984",
    "year": 2024,
    "seen": "2026-03-01",
    "own": False,
    "decorative": True,
    "alt": 'Boats & <nets>: "early"',
    "license": "CC-BY-4.0",
    "source": "https://x.example/a_b?c=1#d",
    "changes": "black and white",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_front_matter_says_the_same_of_a_picture_however_it_is_written(name: str) -> None:
    reading = read(f"posts/{name}", WRITTEN[name].encode(), OPTIONS, frozenset())

    record, problems = from_front(reading.front, reading.lines, reading.path)

    assert reading.problems == problems == ()
    assert (record.origin, record.fields) == (Origin.POST, SAID)
    lines = WRITTEN[name].lower().replace("-", "_").splitlines()
    for field in SAID:
        line = record.where(field).line
        assert line
        assert f"photo_{field}" in lines[line - 1]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("keys.md", "Title: Shown\nPhoto_creator: Ana Ruiz\nPhoto_creator: Bo, Cy\n\nWords.\n"),
        ("yaml.md", "---\ntitle: Shown\nphoto_creator: [Ana Ruiz, 'Bo, Cy']\n---\nWords.\n"),
        ("toml.md", '+++\ntitle = "Shown"\nphoto_creator = ["Ana Ruiz", "Bo, Cy"]\n+++\nWords.\n'),
        ("document.html", '<meta name="photo_creator" content="Ana Ruiz"><meta name="photo_creator" content="Bo, Cy">'),
    ],
)
def test_a_list_of_creators_stays_a_list_and_a_comma_a_comma(name: str, source: str) -> None:
    reading = read(f"posts/{name}", source.encode(), OPTIONS, frozenset())

    record, problems = from_front(reading.front, reading.lines, reading.path)

    assert (record.fields, problems) == ({"creator": ("Ana Ruiz", "Bo, Cy")}, ())


@pytest.mark.parametrize(
    ("front", "told"),
    [
        ({"photo_year": "1999x"}, "The year '1999x' should be a year in digits."),
        ({"photo_year": "9" * 5000}, f"The year '{'9' * 78}… should be a year in digits."),
        ({"photo_year": "-5"}, "The year '-5' should be a year in digits."),
        ({"photo_own": "mine"}, "The own 'mine' should be true or false."),
        ({"photo_own": ("yes", "no")}, "The own ('yes', 'no') should be true or false."),
        ({"photo_title": {"a": "b"}}, "The title {'a': 'b'} should be a text."),
        ({"photo_creator": ({"name": "Ana"},)}, "The creator ({'name': 'Ana'},) should be a text."),
        ({"photo_crop": "wide"}, "The crop 'wide' should be a ratio such as \"16:9\"."),
    ],
)
def test_a_value_that_a_field_cannot_have_is_told_at_its_line_and_left_out(front: dict[str, object], told: str) -> None:
    record, (problem,) = from_front(front, dict.fromkeys(front, 3), "posts/a.md")

    assert (problem.code, problem.place, problem.what) == ("broken-record", Place("posts/a.md", 3), told)
    assert problem.remedy == "Mend it, or remove the line."
    assert record.fields == {}


def test_other_engines_keys_count_where_ours_say_nothing() -> None:
    front = {"image_author": "Bo", "image_license": "CC0-1.0", "image_caption": "Early", "photo_creator": "Ana"}

    record, _problems = from_front(front, {"image_author": 2, "image_license": 3, "photo_creator": 5}, "posts/a.md")

    assert record.fields == {"creator": ("Ana",), "license": "CC0-1.0", "caption": "Early"}
    assert (record.where("creator").line, record.where("license").line) == (5, 3)


@pytest.mark.parametrize(
    ("name", "meant"), [("craetor", "creator"), ("licence", "license"), ("decorativ", "decorative")]
)
def test_an_attribute_one_slip_away_from_a_field_gets_a_hint(name: str, meant: str) -> None:
    _, (problem,) = from_attributes({name: "Ana", "class": "left", "style": "x"}, Place("posts/a.md", 3))

    assert str(problem) == f"posts/a.md:3: The attribute {name} says nothing of a picture. Did you mean {meant}?"


@pytest.mark.parametrize("name", ["width", "height", "id", "lang", "slot", "data-x", "usemap", "loading"])
def test_html_has_its_own_attributes(name: str) -> None:
    assert from_attributes({name: "x"}, Place("posts/a.md", 3))[1] == ()


@pytest.mark.parametrize("seen", ["2026-03-01", "2026-03-01 18:30"])
def test_the_day_when_a_licence_was_seen_is_a_day(seen: str) -> None:
    record, problems = from_front({"photo_seen": seen}, {"photo_seen": 4}, "posts/a.md")

    assert (record.text("seen"), problems) == (seen, ())


@pytest.mark.parametrize("seen", ["yesterday", "2026"])
def test_what_is_no_day_is_told(seen: str) -> None:
    record, (problem,) = from_front({"photo_seen": seen}, {"photo_seen": 4}, "posts/a.md")

    assert not record.text("seen")
    assert str(problem).startswith(f"posts/a.md:4: The seen '{seen}' should be a date such as 2026-03-01.")
