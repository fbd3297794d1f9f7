"""What holds of pictures in any text, and of any record: nothing else is touched, nothing raises, no link is a trap."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from byline.credits import licenses, rules, words
from byline.credits.figure import Look, Manner, figure
from byline.credits.pictured import Pictured, named
from byline.credits.record import FIELDS, SWITCHES, Origin, Record
from byline.credits.records import from_attributes, from_front, from_toml
from byline.credits.resolve import Owner, resolve
from byline.credits.shown import find, redrawn
from byline.values.credit import Credit
from byline.values.person import Person
from byline.values.photo import Photo
from byline.values.problem import Place
from hypothesis import example, given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from byline.credits.resolve import Resolved

PIECES = st.sampled_from(
    """\
<img>~<img src="a.jpg">~<IMG SRC='b.jpg' alt="x > y">~<img src=a.jpg srcset="c.jpg 2x"/>~<img src="a.jpg" width=9999999~
<img ~src="a.jpg" ~width=300 ~onerror=alert(1) ~class="x ~">~>~<p>~</p>~<a href="/">~</a>~<picture>~</picture>~<div>~
</div>~<ul><li>~</li></ul>~<br>~<figure>~</figure>~<!--~-->~<script>~</script>~<pre>~</pre>~ ~
~words~&amp;~"~'~<~é~字""".split("~")
)
SOUP = st.lists(PIECES, max_size=25).map("".join)
TAKEN = r"(?:<p\b[^>]*>\s*)?(?:<a\b[^>]*>\s*)?<img\b.*?(?:>|\Z)(?:\s*</a[^>]*>)?(?:\s*</p[^>]*>)?"
PLACE = Place("posts/a.md", 3)
OWNER = Owner(Person("Ada Lovelace", "https://me.example/"))
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "</script><script>alert(1)</script>",
            "]]>",
            "javascript:alert(1)",
            "data:text/html,x",
            "//x.example/",
            "http://[x",
            "https://x.example/{title}",
            'https://x.example/"onclick="',
            "https://x.example/a b",
            "HTTPS://X.example/",
            "%s {creator} \\1",
            "x" * 3000,
        ]
    ),
)
CODES = st.one_of(
    TEXTS, st.sampled_from(["CC-BY-4.0", "CC-BY-ND-2.0", "CC0-1.0", "ARR", "NKCR", "Unsplash", "unknown"])
)
URLS = {"acquire", "creator_url", "license_url", "source"}


@st.composite
def records(draw: st.DrawFn) -> tuple[Record, ...]:
    """Draw what one to three places say of a picture, typed as a record is."""
    every = []
    for origin in draw(st.lists(st.sampled_from(Origin), min_size=1, max_size=3, unique=True)):
        fields: dict[str, object] = {}
        for name in draw(st.lists(st.sampled_from(sorted(FIELDS - {"crop"})), unique=True)):
            if name in SWITCHES:
                fields[name] = draw(st.booleans())
            elif name == "creator":
                fields[name] = tuple(filter(None, draw(st.lists(TEXTS, max_size=3))))
            elif name == "year":
                fields[name] = draw(st.integers(0, 9999))
            else:
                fields[name] = draw(CODES if name == "license" else TEXTS)
        every.append(Record(origin, PLACE, fields))
    return tuple(every)


def said(every: tuple[Record, ...]) -> tuple[Photo, Resolved]:
    """Return a photo with what its records come to."""
    found = resolve(every, OWNER, PLACE)
    photo = Photo("a.jpg", "a.jpg", found.alt, found.decorative, found.caption, credit=found.credit)
    return photo, found


@given(SOUP)
@example('<p><a href="/"><img></a></p>')
def test_what_comes_long_after_a_picture_changes_nothing(html: str) -> None:
    closed = f"{html}\"'>--></script></textarea><p>words</p>"
    assert find(f"{closed}<ul><li>more</li></ul><!-- no <img -->") == find(closed)


@given(SOUP)
def test_what_nobody_redraws_stays_as_it_is(html: str) -> None:
    assert redrawn(html, find(html), lambda _number, _one: None) == html


@given(SOUP)
def test_only_pictures_are_redrawn_with_a_link_and_a_paragraph_that_hold_nothing_else(html: str) -> None:
    made = redrawn(html, find(html), lambda number, one: f"\x00{number} {one.url}\x00")

    kept = re.split(r"\x00[^\x00]*\x00", made)
    assert re.fullmatch(TAKEN.join(map(re.escape, kept)), html, re.DOTALL | re.IGNORECASE)
    assert re.findall(r"\x00([^\x00]*)\x00", made) == [
        f"{number} {one.shown.url}" for number, one in enumerate(find(html))
    ]


@given(SOUP, st.text(max_size=5), st.sampled_from(["picture", "end", "both"]))
def test_a_text_is_drawn_the_same_each_time(html: str, caption: str, where: str) -> None:
    photo = Photo("a.jpg", "a.jpg", "Boats", caption=caption, credit=Credit(licenses.UNKNOWN, (Person("Ana"),)))
    met = find(html)
    among = frozenset(named(one) for one, _start, _end in met if not one.alone)
    pictured = Pictured(
        Look(credit=where), "https://me.example", None, dict.fromkeys((named(one.shown) for one in met), photo), among
    )

    drawn = pictured.text(html, "")

    assert drawn == pictured.text(html, "")
    assert pictured.text(html, "https://me.example") == pictured.text(html, "https://me.example")
    assert len(re.findall("onerror", drawn)) <= len(re.findall("onerror", html))


@given(st.lists(records(), max_size=2))
def test_no_record_makes_resolving_or_judging_fail(every: list[tuple[Record, ...]]) -> None:
    for one in every:
        photo, found = said(one)
        told = [*found.problems, *rules.problems(photo, found, one, PLACE, commercial=True)]

        assert all(problem.place for problem in told)
        assert all(len(problem.what) < 400 for problem in told), told


@given(records(), st.sampled_from(["en", "de", "zz", ""]), st.sampled_from(["", "labelled"]))
def test_the_credit_names_whoever_is_to_be_named(every: tuple[Record, ...], language: str, where: str) -> None:
    photo, found = said(every)

    plain = words.plain(words.parts(photo, language, {}, labelled=bool(where)))

    if found.credit and found.credit.named:
        asked = found.credit.credit_line
        assert all(name in plain for name in ([asked] if asked else [person.name for person in found.credit.creators]))


@given(records())
def test_a_credit_leads_to_the_web_or_nowhere(every: tuple[Record, ...]) -> None:
    photo, _found = said(every)
    parts = words.parts(photo, "en", {})

    assert all(re.match(r"https?://[^\s\"<>]+$", part.url, re.IGNORECASE) for part in parts if part.url)
    Links().feed(figure(photo, Look(), Manner()))


class Links(HTMLParser):
    """Refuses tags that a figure does not have, and links that lead to no place on the web."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag."""
        assert tag in {"figure", "img", "figcaption", "span", "small", "cite", "a"}
        assert {name for name, _value in attrs} <= {"src", "alt", "class", "href", "loading", "decoding"}
        assert all(str(value).startswith(("http://", "https://")) for name, value in attrs if name == "href")


@given(st.one_of(st.binary(), st.text().map(str.encode), st.lists(st.sampled_from([
    '["images/a.jpg"]', "[images]", "[[a]]", "\n", '"', "'''", '"""', "creator", "year", "own", "=", " = ", "true", "[",
    "]", "{", "}", ".", ",", "1", "2024-02-30", '"\\u00e9"', '"\\q"', "é", "#", "\r", "\ufeff",
])).map("".join).map(str.encode)))  # fmt: skip
def test_no_bytes_make_the_file_of_records_fail(body: bytes) -> None:
    found, problems = from_toml(body, "photos.toml")

    assert all(record.fields.keys() <= FIELDS for record in found.values())
    assert all(problem.place and problem.place.path == "photos.toml" and problem.structural for problem in problems)


@given(
    st.dictionaries(
        st.sampled_from([*(f"photo_{name}" for name in sorted(FIELDS)), "image_author", "image_caption"]),
        st.recursive(
            TEXTS,
            lambda inner: st.one_of(st.lists(inner, max_size=3).map(tuple), st.dictionaries(TEXTS, inner, max_size=2)),
            max_leaves=4,
        ),
    )
)
def test_no_front_matter_makes_its_record_fail(front: dict[str, object]) -> None:
    record, problems = from_front(front, dict.fromkeys(front, 2), "posts/a.md")

    assert record.fields.keys() <= FIELDS
    assert all(problem.place == Place("posts/a.md", 2) for problem in problems)
    said((record,))


@given(st.dictionaries(st.one_of(TEXTS, st.sampled_from(sorted(FIELDS))), TEXTS))
def test_no_attributes_at_a_picture_make_its_record_fail(attributes: dict[str, str]) -> None:
    record, problems = from_attributes(attributes, PLACE)

    assert record.fields.keys() <= FIELDS
    assert all(problem.place == PLACE for problem in problems)
    said((record,))
