"""`check --fix`: posts get the `Id` under which readers know them, and nothing else changes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from byline.checks import fix, online
from live_blog import LiveBlog
from web import answer, keeps, serving
from wholes import told, whole

if TYPE_CHECKING:
    from pathlib import Path

    from blog import Blog
    from byline.checks.fix import Mended

FRESH = "c0ffee00-e59a-41fe-8e15-7bba0da682e4"


def mended(blog: Blog, **saving: str) -> Mended:
    """Mend a blog; `saving` are ids that readers know, by the name of the post."""
    site = whole(blog)
    known = {f"posts/{name}.md": identity for name, identity in saving.items()}
    return fix.mend(site, fix.missing(site, known, lambda: FRESH))


def sources(blog: Blog) -> dict[str, bytes]:
    """Return all files below content/."""
    return {str(file.relative_to(blog.root)): file.read_bytes() for file in (blog.root / "content").rglob("*.*")}


def test_a_post_gets_the_feed_id_that_it_has_and_the_site_stays_as_it_is(blog: Blog) -> None:
    before = whole(blog).release

    assert mended(blog).written == ("content/posts/first.md", "content/posts/second.md")

    assert (
        "Id: tag:me.example,2020-01-02:/second.html\n\nWords.\n" in (blog.root / "content/posts/second.md").read_text()
    )
    assert [post.id for post in whole(blog).release.posts] == [post.id for post in before.posts]
    assert whole(blog).release.outputs == before.outputs
    assert mended(blog).written == ()


def test_drafts_and_future_posts_get_a_fresh_one_and_pages_none(blog: Blog) -> None:
    blog.post("draft", Status="draft", Date="")
    blog.post("future", Date="2040-01-01")
    blog.post("hidden", Status="hidden")
    blog.write("content/pages/about.md", "Title: About\n\nWords.\n")

    assert "content/pages/about.md" not in mended(blog).written
    found = {name: re.findall(rb"(?m)^Id: (.*)$", body) for name, body in sources(blog).items()}
    assert found["content/posts/draft.md"] == found["content/posts/future.md"] == [FRESH.encode()]
    assert found["content/posts/hidden.md"] == [b"tag:me.example,2020-01-01:/hidden.html"]
    assert found["content/pages/about.md"] == []


def test_the_id_that_readers_know_is_written_rather_than_the_present_one(blog: Blog) -> None:
    mended(blog, first="urn:x:old")

    assert b"Id: urn:x:old\n" in (blog.root / "content/posts/first.md").read_bytes()


def test_an_id_that_is_there_is_not_touched(blog: Blog) -> None:
    blog.post("first", "Words.", Id=FRESH)
    before = sources(blog)["content/posts/first.md"]

    mended(blog, first="urn:x:old")

    assert sources(blog)["content/posts/first.md"] == before


def test_every_kind_of_source_is_written(blog: Blog) -> None:
    blog.write("content/posts/yaml.md", "---\r\ntitle: Yaml\r\ndate: 2020-01-03 # then\r\n---\r\nWords.\r\n")
    blog.write("content/posts/toml.md", '+++\ntitle = "Toml"\ndate = 2020-01-03\n+++\nWords.\n')
    blog.write("content/posts/text.rst", "Text\n====\n\n:date: 2020-01-03\n\nWords.\n")
    blog.write(
        "content/posts/html.html", '<title>Html</title>\n<meta name="date" content="2020-01-03">\n<p>Words.</p>\n'
    )
    before = whole(blog).release

    assert len(mended(blog).written) == 6
    assert mended(blog) == fix.Mended((), ())
    assert whole(blog).release.outputs == before.outputs
    assert (
        b"2020-01-03 # then\r\nid: tag:me.example,2020-01-03:/yaml.html\r\n---"
        in sources(blog)["content/posts/yaml.md"]
    )


def test_what_cannot_be_written_is_told_and_left_alone(blog: Blog) -> None:
    blog.write("content/posts/braces.md", "---\n{title: Braces, date: 2020-01-03}\n---\nWords.\n")
    blog.post("spaces", Slug="a b")
    before = sources(blog)

    found = mended(blog)

    assert told(found.problems) == [
        (
            "unwritable-front-matter: content/posts/braces.md:2: It has no `Id`, and none can be added safely. "
            "Write `Id: tag:me.example,2020-01-03:/braces.html` by hand."
        ),
        (
            "unwritable-front-matter: content/posts/spaces.md:1: It has no `Id`, and none can be added safely. "
            "Its feed id tag:me.example,2020-01-01:/a b.html is no URI."
        ),
    ]
    after = sources(blog)
    assert {name for name in after if after[name] != before[name]} == set(found.written)


def test_behind_a_symbolic_link_the_file_is_written(blog: Blog) -> None:
    elsewhere = blog.write("elsewhere.md", "Title: Third\nDate: 2020-01-03\n\nWords.\n")
    link = blog.root / "content/posts/third.md"
    link.symlink_to(elsewhere)

    mended(blog)

    assert link.is_symlink()
    assert b"Id: tag:me.example,2020-01-03:/third.html\n" in elsewhere.read_bytes()


@pytest.fixture
def live_blog(tmp_path: Path) -> LiveBlog:
    """Give a blog that is ready to be published."""
    return LiveBlog(tmp_path / "blog").begin(str(tmp_path / "www"))


def test_the_command_mends_and_checks_what_it_mended(live_blog: LiveBlog) -> None:
    live_blog.check(fix=True)
    assert live_blog.said.splitlines()[0] == "3 posts got an `Id`: the one that readers know, or a new one for a draft."
    before = sources(live_blog)

    live_blog.check(fix=True, as_json=True)

    assert "got an `Id`" not in live_blog.said
    assert isinstance(json.loads(live_blog.said), list)
    assert sources(live_blog) == before


def test_the_command_tells_what_a_live_site_would_lose_and_mends_by_it(live_blog: LiveBlog) -> None:
    entry = '<entry><title>Notes</title><id>urn:x:old</id><link href="/notes/"/></entry>'
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'
    pages = {b"/": b"Home.", b"/feeds/atom.xml": feed.encode()}
    with serving(keeps(lambda request: answer(pages.get(request.split(b" ")[1], b"")))) as old:
        assert live_blog.check(against=old.url) == 1
        assert "Readers know it by the feed id urn:x:old" in live_blog.told

        live_blog.check(against=old.url, fix=True)

        assert "urn:x:old" not in live_blog.told
    assert b"Id: urn:x:old\n" in (live_blog.root / "content/posts/notes.md").read_bytes()


def test_the_command_looks_at_links_only_when_asked(live_blog: LiveBlog, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(keeps(lambda _: answer())) as server:
        monkeypatch.setattr(online, "WAYBACK", server.url)
        live_blog.post("looms", f"[Cards]({server.url}/).", Date="2026-03-03", Summary="On looms.")
        live_blog.check()
        assert "is gone" not in live_blog.told

        live_blog.check(online=True)

        assert f"{server.url}/ is gone: its host 127.0.0.1 is at 127.0.0.1, which is not public." in live_blog.told
        assert server.requests == []
