"""A page is made again only where something changed that it was made from; what is kept is not believed in doubt."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from byline.edges import workers
from byline.related.mentions import Mentions
from byline.site import glances, making
from byline.site.glances import Glance, Glances
from byline.site.make import Page
from byline.site.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from blog import Blog
    from byline.site.stage import Laid
    from byline.values.post import Post

THEME = Path(__file__).parents[2] / "theme"
POSTS = 12
KEPT = ".byline/pages.json"
NOW = datetime(2022, 1, 1, tzinfo=UTC)


@pytest.fixture
def made(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> Callable[[], set[str]]:
    """Build a blog once; give a function that builds it again and tells which pages and feeds were made for it."""
    met: set[str] = set()
    really = making.attempt

    def noted(site: Site, path: str, lay: Callable[[str, bytes], Laid]) -> making.Attempt[Laid]:
        met.add(path)
        return really(site, path, lay)

    def again() -> set[str]:
        met.clear()
        assert blog.build() == 0, blog.told
        return {path for path in met if path.endswith((".html", ".xml", ".json"))} - {"sitemap.xml"}

    monkeypatch.setattr(making, "attempt", noted)
    # In this process, so that each page that is made is seen.
    monkeypatch.setattr(workers, "spread", lambda work, things: ((one, work(one)) for one in things))
    blog.settings(f"THEME = {str(THEME)!r}\nDEFAULT_PAGINATION = 5\nFEED_ALL_ATOM = 'feeds/atom.xml'\n")
    for number in range(POSTS):
        blog.post(f"post{number}", f"Words number {number}.", Date=f"2021-01-{number + 1:02}", Tags=f"tag{number % 3}")
    again()
    return again


def test_nothing_is_made_again_without_need(blog: Blog, made: Callable[[], set[str]]) -> None:
    before = blog.made()
    shutil.rmtree(blog.root / ".byline/releases")  # or the build would end before it looks at pages

    assert made() == set()
    assert blog.made() == before


def test_an_edit_makes_the_post_and_what_shows_its_words(blog: Blog, made: Callable[[], set[str]]) -> None:
    blog.post("post11", "Other words.", Date="2021-01-12", Tags="tag2")

    again = made()

    assert {"post11.html", "index.html", "tag/tag2.html", "feeds/atom.xml"} <= again
    assert not again & {"post0.html", "index3.html", "tag/tag0.html", "tags.html", "archives.html"}
    assert "Other words." in blog.page("post11.html")


def test_after_an_edit_nothing_is_made_twice(blog: Blog, made: Callable[[], set[str]]) -> None:
    blog.post("post11", "Other words.", Title="Renamed", Slug="post11", Date="2021-01-12", Tags="tag2")
    assert made()
    shutil.rmtree(blog.root / ".byline/releases")

    assert made() == set()


def test_an_edit_that_is_taken_back_is_seen(blog: Blog, made: Callable[[], set[str]]) -> None:
    before = blog.made()
    blog.post("post11", "Other words.", Date="2021-01-12", Tags="tag2")
    made()
    blog.post("post11", "Words number 11.", Date="2021-01-12", Tags="tag2")

    assert {"post11.html", "index.html", "tag/tag2.html"} <= made()
    assert blog.made() == before


def test_a_new_name_is_made_wherever_it_stands(blog: Blog, made: Callable[[], set[str]]) -> None:
    blog.post("post0", "Words number 0.", Title="Renamed", Slug="post0", Date="2021-01-01", Tags="tag0")

    assert {"post0.html", "archives.html", "tag/tag0.html"} <= made()
    assert "Renamed" in blog.page("archives.html")


def test_a_new_post_makes_the_lists_it_stands_in_and_no_other_post(blog: Blog, made: Callable[[], set[str]]) -> None:
    settings = (blog.root / "pelicanconf.py").read_text("utf-8")
    blog.write("pelicanconf.py", f'{settings}BYLINE_RELATED = {{"count": 0}}\n')
    made()
    blog.post("new", "Words of a new post.", Date="2021-02-01", Tags="tag0, another")

    again = made()

    assert {"new.html", "index.html", "tag/tag0.html", "tag/another.html", "archives.html", "tags.html"} <= again
    assert not {path for path in again if path.startswith("post")}


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("content/theme/templates/hooks/footer.html", "<!-- Here -->"),
        ("pelicanconf.py", None),
    ],
    ids=["a template", "a setting"],
)
def test_what_all_pages_rest_on_makes_all_of_them(
    blog: Blog, made: Callable[[], set[str]], file: str, text: str | None
) -> None:
    settings = (blog.root / "pelicanconf.py").read_text("utf-8")
    overrides = 'THEME_TEMPLATES_OVERRIDES = ["content/theme/templates"]\nARTICLE_EXCLUDES = ["pages", "theme"]\n'
    blog.write("pelicanconf.py", settings + overrides)
    pages = {path for path in blog.made() if path.endswith(".html")}
    assert pages <= made()
    blog.write(file, settings + overrides + 'SITESUBTITLE = "New"\n' if text is None else text)

    assert pages <= made()


def test_a_page_that_somebody_wrote_into_or_took_away_is_made_again(blog: Blog, made: Callable[[], set[str]]) -> None:
    before = blog.made()
    blog.write("output/post1.html", "Spoilt.")
    (blog.output / "post2.html").unlink()

    assert made() == {"post1.html", "post2.html"}
    assert blog.made() == before


def test_a_folder_that_was_copied_stands_as_it_did(blog: Blog, made: Callable[[], set[str]]) -> None:
    """As a forge restores it, with other times."""
    for path in sorted(blog.output.rglob("*.html")):
        body = path.read_bytes()
        path.unlink()
        path.write_bytes(body)

    assert not {path for path in made() if path.endswith(".html")}


@pytest.mark.parametrize("harm", ["truncated", "flipped", "empty", "foreign", "another ground", "a folder less"])
def test_what_is_not_what_was_kept_is_not_believed(blog: Blog, made: Callable[[], set[str]], harm: str) -> None:
    kept = blog.root / KEPT
    before, body = blog.made(), kept.read_bytes()
    pages = {path for path in before if path.endswith(".html")}
    other = body[64:].replace(b'"ground":"', b'"ground":"0', 1)
    kept.write_bytes(
        {
            "truncated": body[: len(body) // 2],
            "flipped": body[:-9] + bytes([body[-9] ^ 1]) + body[-8:],
            "empty": b"",
            "foreign": b'{"pages": {}}',
            "another ground": hashlib.sha256(other).hexdigest().encode() + other,
            "a folder less": body,
        }[harm]
    )
    if harm == "a folder less":
        shutil.rmtree(blog.root / ".byline")
    else:
        shutil.rmtree(blog.root / ".byline/releases")

    assert pages <= made()
    assert blog.made() == before
    shutil.rmtree(blog.root / ".byline/releases")
    assert made() == set(), "and is kept anew"


def test_of_a_site_with_a_plugin_of_others_nothing_is_kept(blog: Blog, made: Callable[[], set[str]]) -> None:
    settings = (blog.root / "pelicanconf.py").read_text("utf-8").replace("PLUGINS = []", "")
    blog.write("mine.py", "def register():\n    pass\n")
    blog.write("pelicanconf.py", f'{settings}PLUGINS = ["mine"]\nPLUGIN_PATHS = ["."]\n')
    pages = {path for path in blog.made() if path.endswith(".html")}

    assert pages <= made()
    assert pages <= made()


def test_what_is_kept_does_not_grow_with_builds(blog: Blog, made: Callable[[], set[str]]) -> None:
    size = (blog.root / KEPT).stat().st_size
    for number in range(5):
        blog.post("post11", f"Words for the time {number}.", Date="2021-01-12", Tags="tag2")
        made()

    assert (blog.root / KEPT).stat().st_size < size + 100


def by_year(blog: Blog) -> None:
    """Let a blog have an archive for each year, and no related posts, which any edit may change."""
    settings = (blog.root / "pelicanconf.py").read_text("utf-8")
    more = 'YEAR_ARCHIVE_SAVE_AS = "{date:%Y}.html"\nBYLINE_RELATED = {"count": 0}\n'
    blog.write("pelicanconf.py", settings + more)


def test_the_archive_of_a_year_is_made_again_where_a_post_of_that_year_has_another_name(
    blog: Blog, made: Callable[[], set[str]]
) -> None:
    """Its template is given what all are given, and a few values more, in a dict of its own."""
    by_year(blog)
    blog.post("older", "Words of another year.", Date="2020-12-31", Tags="tag0")
    assert {"2020.html", "2021.html"} <= made()
    blog.post("older", "Other words of another year.", Date="2020-12-31", Tags="tag0")
    assert not made() & {"2020.html", "2021.html", "archives.html"}
    blog.post("older", "Other words of another year.", Title="Renamed", Slug="older", Date="2020-12-31", Tags="tag0")

    again = made()

    assert "2020.html" in again
    assert "2021.html" not in again
    assert "Renamed" in blog.page("2020.html")


def test_the_archive_of_a_year_is_made_again_when_a_post_comes_or_goes(
    blog: Blog, made: Callable[[], set[str]]
) -> None:
    by_year(blog)
    blog.post("old", "Words of another year.", Date="2020-12-31")
    blog.post("older", "Words of that year.", Date="2020-12-30")
    made()
    (blog.root / "content/posts/older.md").unlink()

    assert "2020.html" in made()
    assert "older" not in blog.page("2020.html").lower()


@pytest.mark.parametrize(
    ("key", "value", "page"),
    [
        ("Summary", "Said shortly.", "post5.html"),
        ("Tags", "tag2, another", "post5.html"),
        ("Further_reading", "[Other words](https://other.example/post) by Carla", "post5.html"),
        ("Status", "hidden", "archives.html"),
        ("Date", "2021-01-07 10:00", "archives.html"),
    ],
)
def test_what_front_matter_says_is_seen_wherever_it_is_shown(
    blog: Blog, made: Callable[[], set[str]], key: str, value: str, page: str
) -> None:
    blog.post("post5", "Words number 5.", **{"Slug": "post5", "Date": "2021-01-06", "Tags": "tag2", key: value})

    assert page in made()


def test_a_link_from_another_post_is_seen(blog: Blog, made: Callable[[], set[str]]) -> None:
    """It changes nothing in the source of the post that it leads to."""
    blog.post("post9", "Words that lead [there](post5.md).", Date="2021-01-10", Tags="tag0")

    assert {"post5.html", "post9.html"} <= made()
    assert "post9" in blog.page("post5.html").lower()


def test_no_text_is_opened_to_see_that_a_post_is_mentioned_as_before(
    blog: Blog, made: Callable[[], set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.post("post5", "See [the first](post0.md).", Date="2021-01-06")
    assert "post0.html" in made()
    asked: list[str] = []

    def noted(every: Mentions, post: Post, really: Callable[[Mentions, Post], object] = Mentions.of) -> object:
        asked.append(post.path)
        return really(every, post)

    monkeypatch.setattr(Mentions, "of", noted)

    blog.post("post7", "Other words.", Date="2021-01-08", Tags="tag1")
    assert "post0.html" not in made()
    assert "posts/post0.md" not in asked

    blog.post("post5", "So see [the first](post0.md).", Date="2021-01-06")
    assert "post0.html" in made()
    assert "posts/post0.md" in asked


@pytest.mark.skipif(sys.platform != "linux", reason="there are no copies of the process elsewhere")
def _pages(site: Site) -> list[tuple[Page, tuple[str, ...]]]:
    """Return the recipes of a site's pages, each with names that it alone is given, or not."""
    recipes = (output.make for output in site.outputs.values())
    return [(recipe, ("article", "articles_page", "output_file")) for recipe in recipes if isinstance(recipe, Page)]


def test_what_copies_of_the_process_see_is_what_is_there(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    blog.settings(f"THEME = {str(THEME)!r}\n")
    for number in range(POSTS):
        blog.post(
            f"post{number}", f"Words number {number}.\n\nMore of them: [here](post1.md).", Tags=f"tag{number % 3}"
        )
    fields = ("content", "mentions", "metadata", "post.name", "related_matches", "share_links", "tags", "url")
    cast = [Glance(f"posts/post{number}.md", fields) for number in range(POSTS)]
    cast += [Glance("posts/none.md", fields), Glance("", ("SITENAME", "articles")), Glance("", ("get_writer",))]
    spread: list[int] = []
    forked = workers._forked  # noqa: SLF001  that it is asked must be seen

    def noted(work: Callable[[Any], bytes], things: Sequence[Any], count: int) -> Iterator[tuple[int, bytes]]:
        spread.append(len(things))
        return forked(work, things, count)

    listed, again = (Site(blog.root / "pelicanconf.py", NOW) for _ in range(2))
    with monkeypatch.context() as patched:
        patched.setattr(workers, "_forked", noted)
        patched.setattr(workers, "_FEW", 2)
        patched.setattr(os, "cpu_count", lambda: 2)
        patched.setattr(glances, "_BATCH", 2)
        given = listed.listing.glances.foresee(cast, _pages(listed))
        patched.setattr(Glances, "_look", lambda *_: pytest.fail("it was looked at before"))
        seen = [listed.listing.glances.of(glance) for glance in cast]

    assert spread == [(len(cast) + len(given) + 1) // 2]
    assert given == [again.listing.glances.given(*page) for page in _pages(again)]
    assert seen == [again.listing.glances.of(glance) for glance in cast]
    assert [bool(look) for look in seen] == [True] * POSTS + [False, True, True]
    for site in (listed, again):
        site.close()
