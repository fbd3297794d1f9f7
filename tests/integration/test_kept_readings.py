"""What was read is kept, and read again when the source, or what it depends on, has changed."""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from shutil import rmtree
from typing import TYPE_CHECKING

import pytest
from byline.edges import workers
from byline.related import kept_counts
from byline.related.terms import counted
from byline.site import kept_readings, reader, sources
from byline.site.site import Site
from byline.site.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from blog import Blog
    from byline.related.terms import Counts


@pytest.fixture
def read(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Build the blog once; give a function that builds it again and tells which sources were read for it."""
    met: list[str] = []

    def noted(path: str, *rest: object) -> object:
        met.append(path)
        return reader.read(path, *rest)  # type: ignore[arg-type]  # what it is given

    monkeypatch.setattr(kept_readings, "read", noted)
    blog.build()
    assert sorted(met) == ["posts/first.md", "posts/second.md"]

    def again() -> list[str]:
        met.clear()
        blog.build()
        return sorted(met)

    return again


def test_nothing_is_read_twice(blog: Blog, read: Callable[[], list[str]]) -> None:
    made = blog.made()

    assert read() == []
    assert blog.made() == made


def test_many_sources_are_read_once_by_a_copy_of_this_process(
    blog: Blog, read: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, many = blog.made(), ["posts/first.md", "posts/second.md"]
    monkeypatch.setattr(sources, "_MANY", 1)
    monkeypatch.setattr(workers, "apart", lambda work, _meanwhile: work())
    (blog.root / ".byline/readings.sqlite").unlink()

    assert read() == many
    assert blog.made() == made


def test_many_sources_that_stand_otherwise_are_opened_by_that_copy_and_not_read(
    blog: Blog, read: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = blog.made()
    monkeypatch.setattr(sources, "_MANY", 1)
    monkeypatch.setattr(workers, "apart", lambda work, _meanwhile: work())
    (blog.root / ".byline/sources.json").unlink()
    blog.post("second", "Other words.", Date="2020-01-02", Tags="Two")

    assert read() == ["posts/second.md"]
    assert blog.made() != made


def test_numpy_counts_the_terms_of_many_and_they_are_the_same(
    blog: Blog, read: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, kept = blog.made(), blog.root / ".byline/readings.sqlite"
    known = counts_in(kept)
    blog.settings('BYLINE_RELATED = {"numpy": True}\n')
    asked: list[bool] = []

    def noted(*texts: str, arrays: bool = False) -> Counts:
        asked.append(arrays)
        return counted(*texts, arrays=arrays)

    monkeypatch.setattr(kept_readings, "counted", noted)
    monkeypatch.setattr(sources, "_MANY", 1)
    monkeypatch.setattr(workers, "apart", lambda work, _meanwhile: work())
    kept.unlink()

    assert read() == ["posts/first.md", "posts/second.md"]
    assert asked == [True, True]
    assert counts_in(kept) == known
    assert blog.made() == made


def counts_in(kept: Path) -> list[bytes]:
    """Return the counts that a file of Readings holds."""
    with closing(sqlite3.connect(kept)) as store:
        return [body for (body,) in store.execute("SELECT body FROM counts ORDER BY body")]


@pytest.mark.parametrize("body", [b"{% if %}", b"{{ 1|nothing }}"])
def test_templates_that_nobody_wants_may_be_broken_meanwhile(
    blog: Blog, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    blog.settings('THEME_TEMPLATES_OVERRIDES = ["look"]\n')
    blog.build()
    made = blog.made()
    monkeypatch.setattr(sources, "_MANY", 1)
    (blog.root / ".byline/readings.sqlite").unlink()
    template = blog.root / "look/unwanted.html"
    template.parent.mkdir(parents=True)
    template.write_bytes(body)

    blog.build()
    assert (blog.made(), blog.told) == (made, "")


def test_what_that_copy_left_undone_is_read_here(
    blog: Blog, read: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, many = blog.made(), ["posts/first.md", "posts/second.md"]
    monkeypatch.setattr(sources, "_MANY", 1)
    monkeypatch.setattr(workers, "apart", lambda _work, _meanwhile: None)
    (blog.root / ".byline/readings.sqlite").unlink()

    assert read() == many
    assert blog.made() == made


def test_what_is_edited_is_read_and_nothing_else(blog: Blog, read: Callable[[], list[str]]) -> None:
    blog.post("second", "Other words.", Date="2020-01-02", Tags="Two")

    assert read() == ["posts/second.md"]
    assert "Other words." in blog.page("second.html")


def test_a_renamed_source_is_read(blog: Blog, read: Callable[[], list[str]]) -> None:
    (blog.root / "content/posts/second.md").rename(blog.root / "content/posts/third.md")

    assert read() == ["posts/first.md", "posts/third.md"], "and the first, whose link leads nowhere now"
    assert "posts/first.md:5: warning" in blog.told


def test_a_file_that_a_text_names_counts(blog: Blog, read: Callable[[], list[str]]) -> None:
    blog.post("second", "[It](../images/it.txt).", Date="2020-01-02")
    assert read() == ["posts/second.md"]
    assert read() == []

    blog.write("content/images/it.txt", "there now")

    assert read() == ["posts/second.md"]
    assert "it.txt" not in blog.told


@pytest.mark.parametrize(
    "setting",
    ["TYPOGRIFY = True\n", "MARKDOWN = {'extensions': ['markdown.extensions.tables']}\n", "DEFAULT_LANG = 'de'\n"],
)
def test_the_rules_count(blog: Blog, read: Callable[[], list[str]], setting: str) -> None:
    blog.settings(setting)

    assert read() == ["posts/first.md", "posts/second.md"]
    assert read() == []


def test_what_is_wrong_with_a_kept_source_is_told_each_time(blog: Blog, read: Callable[[], list[str]]) -> None:
    blog.post("second", "{% youtube x %}", Date="2020-01-02")
    assert read() == ["posts/second.md"]
    told = blog.told

    blog.post("third")

    assert read() == ["posts/third.md"]
    assert "foreign" in told or "another engine" in told
    assert blog.told == told


def test_an_extension_of_the_sites_own_is_never_kept(blog: Blog, read: Callable[[], list[str]]) -> None:
    blog.write("loud.py", EXTENSION.format("!"))
    blog.settings(f"import sys\nsys.path.insert(0, {str(blog.root)!r})\nMARKDOWN = {{'extensions': ['loud:Loud']}}\n")
    assert read() == ["posts/first.md", "posts/second.md"]
    assert "Words.!" in blog.page("second.html")

    # Of another length: what was written in the same second, as long as before, Python takes for the same.
    blog.write("loud.py", EXTENSION.format("?!"))

    assert read() == ["posts/first.md", "posts/second.md"]
    assert "Words.?!" in blog.page("second.html")


EXTENSION = """\
from markdown import Extension
from markdown.postprocessors import Postprocessor

class Loud(Extension):
    def extendMarkdown(self, md):
        md.postprocessors.register(Louder(md), "loud", 1)

class Louder(Postprocessor):
    def run(self, text):
        return text.replace("Words.", "Words.{}")
"""


def test_texts_that_were_counted_are_not_counted_again(
    blog: Blog, read: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def counted(*_of: object) -> None:
        pytest.fail("what is counted is kept with the Reading")

    monkeypatch.setattr(kept_counts, "counted", counted)
    blog.post("second", "“Other” words & *more*.", Title="It's Q&A <b>now</b>", Slug="second", Date="2020-01-02")

    read()

    assert "now" in blog.page("second.html")


def spoiled(file: Path, spoil: Callable[[bytes], bytes]) -> None:
    """Change what is kept, inside the store."""
    with sqlite3.connect(file) as database:
        for digest, body in database.execute("SELECT digest, body FROM kept").fetchall():
            database.execute("UPDATE kept SET body = ? WHERE digest = ?", (spoil(body), digest))
    database.close()


class Evil:
    """Runs code where it is taken out of a pickle."""

    def __reduce__(self) -> tuple[object, ...]:
        return pytest.fail, ("code from the store was run",)


def sealed(value: object) -> bytes:
    body = pickle.dumps(value)
    return hashlib.blake2b(body, digest_size=16).digest() + body


SPOILS: dict[str, Callable[[bytes], bytes]] = {
    "a bit": lambda body: body[:100] + bytes([body[100] ^ 1]) + body[101:],
    "cut short": lambda body: body[:50],
    "nothing": lambda _body: b"",
    "another's": lambda _body: sealed(("no Reading", None, None)),
    "too few": lambda _body: sealed(()),
    "with code in it": lambda _body: sealed(Evil()),
}


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS.keys())
def test_garbage_is_not_believed(blog: Blog, read: Callable[[], list[str]], spoil: Callable[[bytes], bytes]) -> None:
    made = blog.made()
    spoiled(blog.root / ".byline/readings.sqlite", spoil)

    assert read() == ["posts/first.md", "posts/second.md"]
    assert blog.made() == made
    assert read() == []


@pytest.mark.parametrize("garbage", [b"", b"no database", b"SQLite format 3\0" + b"\1" * 5000])
def test_a_store_that_is_none_is_begun_anew(blog: Blog, read: Callable[[], list[str]], garbage: bytes) -> None:
    (blog.root / ".byline/readings.sqlite").write_bytes(garbage)

    assert read() == ["posts/first.md", "posts/second.md"]
    assert read() == []


def test_a_store_that_is_damaged_inside_is_begun_anew(blog: Blog, read: Callable[[], list[str]]) -> None:
    for number in range(40):
        blog.post(f"more-{number}", "Words and words. " * 200)
    assert len(read()) == 40
    file = blog.root / ".byline/readings.sqlite"
    body = file.read_bytes()
    file.write_bytes(body[:8192] + b"\xff" * (len(body) - 8192))

    assert len(read()) > 0
    assert read() == []


def test_it_does_not_grow_for_ever(blog: Blog, read: Callable[[], list[str]]) -> None:
    for number in range(12):
        blog.post("second", f"Words, number {number}.", Date="2020-01-02")
        read()

    stores = [Store(blog.root / ".byline/readings.sqlite", table) for table in ("kept", "texts", "counts")]
    assert max(store.count() for store in stores) <= 5


def test_a_text_that_is_gone_is_read_again(blog: Blog, read: Callable[[], list[str]]) -> None:
    made = blog.made()
    with sqlite3.connect(blog.root / ".byline/readings.sqlite") as database:
        database.execute("DELETE FROM texts")
        database.execute("UPDATE counts SET body = x'00'")
    database.close()

    read()

    assert blog.made() == made


@pytest.mark.parametrize("body", [b"<p>Words of another.</p>", b"\xff", b""], ids=["words", "no text", "nothing"])
def test_a_text_that_is_another_is_read_again(blog: Blog, read: Callable[[], list[str]], body: bytes) -> None:
    made = blog.made()
    with sqlite3.connect(blog.root / ".byline/readings.sqlite") as database:
        database.execute("UPDATE texts SET body = ?", (body,))
    database.close()
    rmtree(blog.output)

    read()

    assert blog.made() == made


def test_a_site_outlives_what_was_kept_of_it(blog: Blog, read: Callable[[], list[str]]) -> None:
    read()
    site = Site(blog.root / "pelicanconf.py", datetime(2026, 1, 1, tzinfo=UTC))

    rmtree(blog.root / ".byline")

    assert site.make("second.html") == (blog.output / "second.html").read_bytes()
    assert site.listing.readings["posts/second.md"].content.text
    site.close()
