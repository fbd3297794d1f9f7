"""Golden triples: what goes into the pure cores and what must come out, in files that need no Python.

A case is a title, a line with one dot, the input, a dot, the output, a dot. Pictures of control characters (␉, ␍) stand
for the characters; what stands before the first case says what the file is about.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from byline.checks.addresses import Addresses
from byline.checks.outline import findings as heard
from byline.checks.page import page
from byline.checks.tags import Tags
from byline.credits import rules, words
from byline.credits.records import from_toml
from byline.credits.resolve import Owner, resolve
from byline.credits.shown import find, redrawn
from byline.sharing.share_links import Shared, share_links
from byline.site import redirects
from byline.site.absolute import absolute
from byline.site.front_matter import split
from byline.site.front_writing import with_front
from byline.site.plain_code import uncoloured
from byline.site.reader import Options, read
from byline.site.scrollers import scrolling
from byline.site.typography import Typography
from byline.values.content import Content
from byline.values.html import plain, tokens
from byline.values.person import Person
from byline.values.photo import Photo
from byline.values.problem import Fault, Place, in_order
from byline.values.settings import ShareName
from byline.values.text import without_markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

GOLDEN = Path(__file__).parents[1] / "golden"
CASE = re.compile(r"^(?P<title>.+)\n\.\n(?P<given>(?:.*\n)*?)\.\n(?P<expected>(?:.*\n)*?)\.\n", re.MULTILINE)
PICTURED = {code: 0x2400 + code for code in range(32)}
MEANT = {picture: code for code, picture in PICTURED.items()}
PICTURED_RETURN = chr(PICTURED[ord("\r")])
TYPOGRAPHY = Typography(on=True)
EXTRA = Options(markdown={"extensions": ["markdown.extensions.extra"], "output_format": "html5"})
FILES = frozenset(
    {
        "files/talk.pdf",
        "images/100%.jpg",
        "images/a;b.jpg",
        "images/cafe\N{COMBINING ACUTE ACCENT}-from-a-mac.jpg",
        "images/café.jpg",
        "images/harbour.jpg",
        "images/my pic.jpg",
        "pages/about.md",
        "posts/beside.png",
        "posts/here.md",
        "posts/old.html",
        "posts/other.md",
        "posts/q&a.md",
        "posts/Слово.md",
    }
)


def drawn_front_matter(given: str) -> Iterator[str]:
    front = split(given, "post.md")
    for key, value in front.values.items():
        shown = f"[{' | '.join(map(str, value))}]" if isinstance(value, tuple) else str(value)
        yield f"{front.lines[key]} {key}: {shown.translate(PICTURED)}".rstrip()
    yield from (f"! {problem}" for problem in front.problems)
    yield f"body from line {front.body_line}"
    yield from front.body.splitlines()


def drawn_reading(given: str) -> Iterator[str]:
    reading = read("posts/here.md", given.encode(), EXTRA, FILES)
    yield from reading.content.html.splitlines()
    for internal in reading.internal:
        yield f"line {internal.line}: {internal.target}{'' if internal.there else ' (missing)'}"
    yield from (f"! {problem}" for problem in reading.problems)


def drawn_facts(given: str) -> Iterator[str]:
    content = Content(given)
    yield from (f"heading {heading.level} #{heading.fragment} {heading.text}" for heading in content.headings)
    yield from (f"picture {picture.url}, alt {picture.alt!r}" for picture in content.pictures)
    yield from (f"link {link.tag} {link.attribute} {link.url}" for link in content.links)
    if content.question:
        yield f"question {content.question}"
    yield f"text {content.text}".rstrip()


def drawn_written(given: str) -> Iterator[str]:
    asked, _, source = given.partition("\n")
    suffix, *keys = asked.split(" | ")
    wanted = {key: value.strip() or None for key, _, value in (written.partition(":") for written in keys)}
    try:
        written = with_front(source.encode(), suffix, wanted)
    except Fault as fault:
        yield str(fault)
        return
    assert with_front(written, suffix, wanted) == written
    yield from written.decode().replace("\r", PICTURED_RETURN).split("\n")


def drawn_tokens(given: str) -> Iterator[str]:
    yield from (f"{token.kind} {token.name or '-'} {token.raw!r}" for token in tokens(given))


def drawn_aliases(given: str) -> Iterator[str]:
    yield from (redirects.output_path(alias) or "no address of this site" for alias in given.splitlines())


def drawn_faults(given: str) -> Iterator[str]:
    found = page(f'<a href="#content">Skip</a>{given}', Tags())
    faults = [*found.findings, *heard(found)]
    yield from (f"{fault.problem.code}: {fault.problem.what}" for fault in faults if "no h1" not in fault.problem.what)


def drawn_resolved(given: str) -> Iterator[str]:
    for line in given.splitlines():
        site, path, url = line.split(" ", 2)
        yield Addresses("" if site == "-" else site).on(path, url) or "nowhere"


def drawn_credit(given: str) -> Iterator[str]:
    asked, _, fields = given.rpartition("\n--\n")
    found, wrong = from_toml(f'["a.jpg"]\nalt = "Two boats"\n{fields}'.encode(), "photos.toml")
    every, place = [*found.values()], Place("post.md", 7)
    resolved = resolve(every, Owner(Person("Ada Lovelace", "https://me.example/"), "ARR"), place)
    photo = Photo("a.jpg", "a.jpg", resolved.alt, crop=resolved.allowed_crop, credit=resolved.credit)
    language, _, labelled = (asked or "en").partition(" ")
    parts = words.parts(photo, language, {}, labelled=bool(labelled))
    yield words.plain(parts)
    yield from (
        f"{'title ' if part.title else ''}{part.text} -> {part.url}" for part in parts if part.url or part.title
    )
    told = [*wrong, *resolved.problems, *rules.problems(photo, resolved, every, place, commercial=True)]
    yield from (f"! {problem.code} {problem}" for problem in in_order(told))


def drawn_records(given: str) -> Iterator[str]:
    found, problems = from_toml(given.encode(), "photos.toml")
    for path, record in found.items():
        yield f"{record.place.line} {path}"
        for name, value in record.fields.items():
            yield f"  {record.where(name).line} {name} = {value!r}"
    yield from (f"! {problem}" for problem in problems)


def drawn_pictures(given: str) -> Iterator[str]:
    for one, _start, _end in find(given):
        said = " ".join(f"{name}={value!r}" for name, value in one.attributes.items())
        yield f"{'alone' if one.alone else 'by hand' if one.by_hand else 'among words'} {one.url} {said}".rstrip()
    yield from redrawn(
        given, find(given), lambda number, one: None if one.by_hand else f"[{number} {one.link}]"
    ).splitlines()


def drawn_share_links(given: str) -> Iterator[str]:
    yield from (
        f"{link.phrase}: {link.url}" for link in share_links(get_args(ShareName), Shared(*given.splitlines()), "share/")
    )


DRAWN: dict[str, Callable[[str], Iterable[str]]] = {
    "aliases": drawn_aliases,
    "credits": drawn_credit,
    "facts": drawn_facts,
    "faulty_pages": drawn_faults,
    "feed_addresses": lambda given: [absolute(given, "https://me.example/blog/post/")],
    "front_matter": drawn_front_matter,
    "front_writing": drawn_written,
    "pictures": drawn_pictures,
    "plain_code": lambda given: uncoloured(given).splitlines(),
    "plain_text": lambda given: [plain(given)],
    "reading": drawn_reading,
    "records": drawn_records,
    "resolved": drawn_resolved,
    "scrollers": lambda given: scrolling(given).splitlines(),
    "share_links": drawn_share_links,
    "titles": lambda given: [TYPOGRAPHY.words(without_markup(given))],
    "tokens": drawn_tokens,
    "typography": lambda given: [TYPOGRAPHY.prose(given)],
}


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        pytest.param(name, case["given"], case["expected"], id=f"{name}: {case['title']}")
        for name in DRAWN
        for case in CASE.finditer((GOLDEN / f"{name}.txt").read_text("utf-8"))
    ],
)
def test_golden(name: str, given: str, expected: str) -> None:
    lines = DRAWN[name](given.removesuffix("\n").translate(MEANT))
    assert "".join(f"{line}\n" for line in lines) == expected


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_in_a_golden_file_is_left_over(name: str) -> None:
    _about, *between = CASE.split((GOLDEN / f"{name}.txt").read_text("utf-8"))[:: CASE.groups + 1]
    assert between
    assert "".join(between).strip() == ""
