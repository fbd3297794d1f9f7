"""Shortcuts around Pelican: whatever it is asked, the answer is Pelican's own."""

from __future__ import annotations

import posixpath
from copy import deepcopy
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from byline.edges.tag_uri import tag_uri
from byline.site.log_records import heard
from byline.site.shortcuts import process_translations, relpath, remembering, shared, strftime
from byline.values import dates
from byline.values.addresses import below
from dateutil.parser import parse  # type: ignore[import-untyped]  # it has no types
from feedgenerator import get_tag_uri
from hypothesis import given
from hypothesis import strategies as st
from pelican import utils
from pelican.settings import DEFAULT_CONFIG
from pelican.urlwrappers import Tag
from pelican.utils import SafeDatetime

if TYPE_CHECKING:
    from byline.values.problem import Problem

HOME = dates.zone("Europe/Oslo")
SLUGS = st.sampled_from(["a", "b", "c", "d"])
IDENTITIES = st.sampled_from(["", "slug", {"slug"}, ["slug", "series"], "nowhere"])
RULES = st.sampled_from([(), [(r"\+", "-plus"), (r"[^\w\s-]", "")], [(r"[-\s]+", "-")]])

PATHS = st.lists(st.sampled_from(["/", "a", "b-c", ".", "..", "%20", "ü", "x.html", ":", ";", "//"]), max_size=5).map(
    "".join
)
ENDS = st.sampled_from(["", "/", "?ref=feed", "#part"])


class Writing:
    """What Pelican asks of a content when it looks for translations, and no more."""

    def __init__(self, number: int, slug: str, lang: str, translation: str | None) -> None:
        self.number, self.slug, self.lang, self.series = number, slug, lang, slug in "ab"
        self.in_default_lang = lang == "en"
        self.metadata = {} if translation is None else {"translation": translation}
        self.source_path = f"posts/{number}.md"
        self.translations: list[Writing] = []


WRITINGS = st.lists(
    st.tuples(SLUGS, st.sampled_from(["en", "de", "nb"]), st.sampled_from([None, None, None, "true", "false"])),
    max_size=12,
).map(lambda parts: [Writing(number, *part) for number, part in enumerate(parts)])


def found(process: Any, writings: list[Writing], identity: Any) -> tuple[object, list[Problem]]:  # noqa: ANN401  a function of Pelican's
    """Return what a function says of copies of these writings, by their numbers, and what is told of them."""
    own, told = deepcopy(writings), list[Any]()
    with heard(told.append):
        try:
            both = process(own, identity)
        except (AttributeError, TypeError) as error:
            return str(error), told
    numbers = [[one.number for one in some] for some in both]
    return (numbers, {one.number: [other.number for other in one.translations] for one in own}), told


@given(WRITINGS, IDENTITIES)
def test_originals_and_translations_are_pelicans(writings: list[Writing], identity: object) -> None:
    assert found(process_translations, writings, identity) == found(utils.process_translations, writings, identity)


@given(st.lists(st.tuples(st.text(max_size=8), RULES, st.booleans(), st.booleans()), max_size=6))
def test_a_slug_that_is_remembered_is_pelicans(asked: list[tuple[Any, ...]]) -> None:
    sooner = remembering(utils.slugify)

    for one in [*asked, *asked]:
        assert sooner(*one) == utils.slugify(*one)


@given(st.lists(st.text(max_size=6), max_size=6))
def test_a_tag_that_posts_share_is_the_one_that_each_would_have(names: list[str]) -> None:
    made = shared(Tag)

    for name in [*names, *names]:
        one, own = made(name, DEFAULT_CONFIG), Tag(name, DEFAULT_CONFIG)
        assert one is made(name, DEFAULT_CONFIG)
        assert (one, one.name, one.slug, one.url, one.save_as) == (own, own.name, own.slug, own.url, own.save_as)


@given(
    st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}(:[0-9]{2})?)?\Z")
    | st.datetimes(datetime(1000, 1, 1)).map(lambda date: f"{date:%Y-%m-%d %H:%M}")  # noqa: DTZ001  as writers say it
)
def test_a_plain_date_is_read_as_dateutil_reads_it(written: str) -> None:
    try:
        expected = parse(written, default=SafeDatetime(2000, 1, 1))
    except ValueError:
        with pytest.raises(ValueError, match="is no date"):
            dates.moment(written, HOME, SafeDatetime)
        return

    read = dates.moment(written, HOME, SafeDatetime)

    assert (type(read), read) == (SafeDatetime, expected)


@given(
    st.datetimes(datetime(1, 1, 1)),  # noqa: DTZ001  as Pelican has them until it knows their zone
    st.lists(st.sampled_from([*"%Y %-d %d %B %a %% % %Q %H:%M %z ü".split(), " ", "\n"]), max_size=5),
)
def test_a_date_is_formatted_as_pelican_does(date: datetime, pieces: list[str]) -> None:
    written = "".join(pieces)
    try:
        expected = utils.strftime(date, written)
    except (ValueError, TypeError) as error:
        with pytest.raises(type(error)):
            strftime(utils.strftime, {}, date, written)
        return

    known: dict[Any, str] = {}
    assert strftime(utils.strftime, known, date, written) == expected
    for other in (date.replace(hour=23 - date.hour), date.replace(day=1), date):
        assert strftime(utils.strftime, known, other, written) == utils.strftime(other, written)


@given(st.sampled_from(["/", "/blog", "/blog/", "/blog/../b", "/a//b", "blog", "."]), PATHS)
def test_a_path_below_a_folder_is_the_one_that_python_finds(folder: str, path: str) -> None:
    below_it = posixpath.abspath(posixpath.join(folder, path))

    assert relpath(below_it, folder) == posixpath.relpath(below_it, folder)


@given(
    st.builds("{}{}{}".format, st.sampled_from(["https://me.example", "http://Me.example:80", "//x", ""]), PATHS, ENDS),
    st.none() | st.datetimes(datetime(1, 1, 1)),  # noqa: DTZ001  only the day counts
)
def test_an_entry_has_the_feed_id_that_pelican_gives_it(url: str, published: datetime | None) -> None:
    assert tag_uri(url, published) == get_tag_uri(url, published)


@given(
    st.sampled_from(["https://me.example", "https://me.example/blog", "http://x:8000/a/../b", "", "gemini://x"]),
    PATHS,
    ENDS,
)
def test_an_address_below_a_site_is_what_urljoin_makes_of_it(site_url: str, path: str, end: str) -> None:
    for address in (path, path.lstrip("/"), f"{path.lstrip('/')}{end}"):
        assert below(site_url, address) == urljoin(f"{site_url}/", address)
