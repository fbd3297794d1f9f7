"""Digests: the same for the same content, another for another, and none for what nobody can tell."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from enum import IntEnum, StrEnum
from typing import Any

import pytest
from byline.related.asked import Asked
from byline.related.matches import Match
from byline.related.reasons import Reasons
from byline.site.digests import Digests
from byline.values.person import Person
from byline.values.photo import Photo
from byline.values.post import Post, Status
from jinja2 import Undefined
from markupsafe import Markup
from pelican.paginator import Paginator
from pelican.urlwrappers import Category, Tag

WORDS = {"TAG_REGEX_SUBSTITUTIONS": [], "CATEGORY_REGEX_SUBSTITUTIONS": [], "DEFAULT_ORPHANS": 0}
FOREIGN = object()
NINE = datetime(2020, 1, 1, 9, tzinfo=UTC)


class Number(IntEnum):
    """A number with a name."""

    ONE = 1


class Word(StrEnum):
    """A word with a name."""

    ONE = "one"


def post(path: str) -> Post:
    return Post("id", "key", "url", path, path, Status.PUBLISHED, "en", path, "", None, None)


def pages(per_page: int = 2, name: str = "index.html", url: str = "", words: str = "abcde") -> Paginator:
    return Paginator(name, url, list(words), WORDS, per_page)


VALUES: list[tuple[str, Any]] = [
    ("none", None),
    ("true", True),
    ("one", 1),
    ("one and a bit", 1.5),
    ("nothing said", ""),
    ("a text", "one"),
    ("one, in figures", "1"),
    ("a long text", "one" * 20),
    ("another long text", "one" * 20 + "."),
    ("a list", ["one", "two"]),
    ("a list otherwise parted", ["onetwo"]),
    ("a list in a list", [["one", "two"]]),
    ("no list", []),
    ("a list with an empty text", [""]),
    ("many", list(range(50))),
    ("many others", [*range(49), 0]),
    ("a set", {"one", "two"}),
    ("a larger set", {"one", "two", "three"}),
    ("a dict", {"one": 1}),
    ("another dict", {"one": 2}),
    ("a moment", NINE),
    ("the same moment elsewhere", NINE.astimezone(timezone(timedelta(hours=1)))),
    ("a text that reads like it", str(NINE)),
    ("a tag", Tag("One", WORDS)),
    ("a category", Category("One", WORDS)),
    ("another tag", Tag("Two", WORDS)),
    ("a post", post("one.md")),
    ("another post", post("two.md")),
    ("a person", Person("One")),
    ("another person", Person("Two")),
    ("a match", Match(post("one.md"), 0.5, Reasons(("word",), ("tag",), 3))),
    ("a nearer match", Match(post("one.md"), 0.6, Reasons(("word",), ("tag",), 3))),
    ("a match with others", Match(post("two.md"), 0.5, Reasons(("word",), ("tag",), 3))),
    ("a match for another word", Match(post("one.md"), 0.5, Reasons(("words",), ("tag",), 3))),
    ("a match for another tag", Match(post("one.md"), 0.5, Reasons(("word",), ("tags",), 3))),
    ("a match in other days", Match(post("one.md"), 0.5, Reasons(("word",), ("tag",), None))),
    ("a pinned match", Match(post("one.md"), 0.5, Reasons(("word",), ("tag",), 3), pinned=True)),
    ("pages", pages()),
    ("pages of another length", pages(3)),
    ("pages elsewhere", pages(name="tag/index.html")),
    ("pages at another address", pages(url="tag/")),
    ("pages of others", pages(words="abcdf")),
    ("a page", pages().page(1)),
    ("the next page", pages().page(2)),
    ("that page of others", pages(words="abcdf").page(1)),
]


def test_other_content_has_another_digest() -> None:
    digests = Digests()
    every = {name: digests.of_all([value]) for name, value in VALUES}

    assert all(every.values())
    assert len(set(every.values())) == len(VALUES), sorted(every.items(), key=lambda pair: pair[1])


@pytest.mark.parametrize(
    ("value", "same"),
    [
        (("one", "two"), ["one", "two"]),
        (Asked(str.split, "one two"), ["one", "two"]),
        (Markup("one"), "one"),
        (Word.ONE, "one"),
        (Number.ONE, 1),
        ({"two", "one"}, {"one", "two"}),
    ],
)
def test_the_same_content_has_the_same_digest(value: object, same: object) -> None:
    assert Digests().of(value) == Digests().of(same)
    assert Digests().of_all([value]) == Digests().of_all([same])


def test_what_parts_are_one_object_makes_no_difference() -> None:
    word = "a word that is said twice"
    again = str(word.encode(), "utf-8")
    assert word is not again

    assert Digests().of_all([[word, word]]) == Digests().of_all([[word, again]])


@pytest.mark.parametrize("foreign", [FOREIGN, [FOREIGN], {"a": FOREIGN}, {FOREIGN}, [*range(40), FOREIGN]])
def test_of_what_nobody_can_tell_there_is_no_digest(foreign: object) -> None:
    value = ["told", foreign]

    assert not Digests().of(value)
    assert not Digests().of_all(["told", value])


def test_what_is_asked_for_may_tell_what_it_follows_from_and_is_not_asked_then() -> None:
    def asked(_word: str) -> list[str]:
        pytest.fail("asked")

    one, same, other = (Asked(asked, word, follows_from=tuple) for word in ("a", "a", "b"))

    assert Digests().of(one) == Digests().of(same)
    assert Digests().of(one) != Digests().of(other)


def test_a_digest_is_the_same_in_another_process() -> None:
    said = "from byline.site.digests import Digests\nprint(Digests().of_all([{'one', 'two'}, 'three', 0.1, None]))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", said], env=environment, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == Digests().of_all([{"one", "two"}, "three", 0.1, None])


@pytest.mark.parametrize(
    ("value", "digest"),
    [
        (None, "nothing"),
        (Undefined(), "nothing"),
        (True, "True"),
        (3, "3"),
        ("One", "'One"),
        (NINE, "2020-01-01 09:00:00+00:00"),
        (post("one.md"), "of one.md"),
        (Tag("One", WORDS), "tag One one"),
    ],
)
def test_what_is_short_can_be_read(value: object, digest: str) -> None:
    assert Digests().of(value) == digest


def test_a_photo_is_told_by_its_fields() -> None:
    one, other = (Photo("a.jpg", "a.jpg", alt) for alt in ("A boat", "A ship"))

    assert Digests().of(one) not in {"", Digests().of(other)}
