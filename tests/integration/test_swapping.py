"""An edit of a post's words reads one source and lists nothing; all else is listed anew, and pages wait for neither."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from byline.preview.session import Session
from byline.site import host, kept_readings, reader, sources
from byline.site.site import Site
from markdown import Markdown
from swapped_site import begun, differing, fresh, seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from blog import Blog
    from byline.site.listing import Listing

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is done from now on, in order: a source `read`, Markdown `converted`, a site `listed`."""
    noted: list[str] = []

    def noting(name: str, work: Callable[..., object]) -> Callable[..., object]:
        def noted_work(*given: object, **named: object) -> object:
            noted.append(name)
            return work(*given, **named)

        return noted_work

    for module in (sources, kept_readings):
        monkeypatch.setattr(module, "read", noting("read", reader.read))
    monkeypatch.setattr(Markdown, "convert", noting("converted", Markdown.convert))
    monkeypatch.setattr(host.Host, "listing", noting("listed", host.Host.listing))
    return noted


@pytest.fixture
def small(tmp_path: Path) -> Blog:
    """Give a small site in which all is done that Byline does."""
    return begun(tmp_path / "blog")


@pytest.fixture
def site(small: Blog) -> Iterator[Site]:
    """Give it as a preview with drafts holds it."""
    site = Site(small.root / "pelicanconf.py", NOW, unpublished=True)
    yield site
    site.close()


def edited(file: Path, old: str, new: str) -> Path:
    """Change words of a source, which are there; return it."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return file


def test_an_edit_at_three_hundred_posts_reads_one_and_lists_nothing(blog: Blog, done: list[str]) -> None:
    for number in range(300):
        blog.post(f"post{number}", f"Words of the ferry, see [one](post{number // 2}.md).", Tags="Two")
    site = Site(blog.root / "pelicanconf.py", NOW)
    site.make("post150.html")
    paths = site.listing.paths
    done.clear()

    site.refresh(NOW, [edited(blog.root / "content/posts/post150.md", "the ferry", "the harbour")])

    assert b"Words of the harbour" in site.make("post150.html")
    assert done == ["read", "converted"]
    assert site.listing.paths is paths
    site.close()


@pytest.mark.parametrize(
    "edit",
    [
        ("harbour", "Title: Harbour", "Title: HARBOUR"),
        ("harbour", "Title: Harbour", "Summary: In short.\nTitle: Harbour"),
        ("bread", "wants time", "wants [letters](letters.md) and time"),
        ("letters", "It is", "<script>let there = 2;</script> It is"),
        ("secret", "wants time", "wants patience"),
        ("../pages/about", "See", "Look at"),
    ],
)
def test_words_are_swapped_in_place_and_all_outputs_are_those_of_a_new_listing(
    small: Blog, site: Site, done: list[str], edit: tuple[str, str, str]
) -> None:
    name, old, new = edit
    seen(site)
    done.clear()

    site.refresh(NOW, [edited((small.root / f"content/posts/{name}.md").resolve(), old, new)])

    assert "listed" not in done
    assert differing(seen(site), fresh(small.root, NOW, unpublished=True)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Tags: One, Two", "Tags: One"),
        ("Date: 2020-01-01 09:30", "Date: 2020-01-02"),
        ("Slug: harbour", "Slug: port"),
        ("Photo: images/boat.jpg\n", ""),
        ("Title: Harbour\n", ""),
        ("Title: Harbour", "Unheard_of: x\nTitle: Harbour"),
        ("The ferry", "![A boat](../images/boat.jpg)\n\nThe ferry"),
    ],
)
def test_whatever_may_change_more_than_a_page_is_listed_anew(
    small: Blog, site: Site, done: list[str], old: str, new: str
) -> None:
    site.refresh(NOW, [edited(small.root / "content/posts/harbour.md", old, new)])

    assert "listed" in done


@pytest.mark.parametrize("later", [-timedelta(seconds=1), timedelta(days=1)], ids=["set back", "next day"])
def test_a_clock_that_jumps_is_a_new_listing(small: Blog, site: Site, done: list[str], later: timedelta) -> None:
    site.refresh(NOW + later, [edited(small.root / "content/posts/bread.md", "time", "patience")])

    assert "listed" in done


def test_a_post_that_came_due_is_published_with_the_next_save(small: Blog, done: list[str]) -> None:
    small.post("soon", Date="2026-01-01 14:00")
    site = Site(small.root / "pelicanconf.py", NOW)
    assert "soon.html" not in site.outputs

    site.refresh(NOW + timedelta(hours=2), [edited(small.root / "content/posts/bread.md", "time", "patience")])

    assert "soon.html" in site.outputs
    assert "listed" in done
    site.close()


def test_other_peoples_plugins_see_every_listing(small: Blog, done: list[str]) -> None:
    small.write("plugins/mine.py", "def register():\n    pass\n")
    small.write(
        "pelicanconf.py",
        (small.root / "pelicanconf.py").read_text("utf-8") + 'PLUGIN_PATHS = ["plugins"]\nPLUGINS = ["mine"]\n',
    )
    site = Site(small.root / "pelicanconf.py", NOW)
    done.clear()

    site.refresh(NOW, [edited(small.root / "content/posts/bread.md", "time", "patience")])

    assert "listed" in done
    assert not site.lists_aside([small.root / "content/posts/bread.md"])
    site.close()


def test_an_edit_after_settings_that_cannot_be_run_is_not_taken_for_their_mending(small: Blog, site: Site) -> None:
    told: list[object] = []
    session = Session(site, overlaid=False, tell=told.extend)
    settings = (small.root / "pelicanconf.py").read_text("utf-8")
    small.write("pelicanconf.py", "nothing =")
    session.refresh(NOW, [small.root / "pelicanconf.py"])
    assert session.stale

    session.refresh(NOW, [edited(small.root / "content/posts/bread.md", "time", "patience")])
    assert session.stale

    small.write("pelicanconf.py", settings)
    session.refresh(NOW, [small.root / "pelicanconf.py"])
    assert not session.stale
    assert b"patience" in site.make("bread.html")


def test_pages_are_answered_while_the_site_is_listed_anew(
    small: Blog, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(site, overlaid=False, tell=lambda _problems: None)
    before, begins, ends = session.state, threading.Event(), threading.Event()
    listing = host.Host.listing

    def waiting(one: host.Host, named: dict[str, str]) -> Listing:
        begins.set()
        assert ends.wait(20)
        return listing(one, named)

    monkeypatch.setattr(host.Host, "listing", waiting)
    new = small.post("new", "New words.")
    thread = threading.Thread(target=session.refresh, args=(NOW, [new]))
    thread.start()
    assert begins.wait(20)

    with session.turn:
        body, state, there = session.look("bread.html").body, session.state, "new.html" in session
    ends.set()
    thread.join(20)

    assert body
    assert b"sourdough" in body
    assert (state, there) == (before, False), "it is the old site, and says so"
    assert session.state != before
    assert b"New words." in (session.look("new.html").body or b"")
    assert differing(seen(site), fresh(small.root, NOW, unpublished=True)) == []


def test_a_thousand_files_at_once_are_one_listing(blog: Blog, done: list[str]) -> None:
    paths = [blog.post(f"post{number}") for number in range(1000)]
    site = Site(blog.root / "pelicanconf.py", NOW)
    done.clear()
    for path in paths:
        edited(path, "Words.", "Other words.")

    site.refresh(NOW, paths)

    assert done.count("listed") == 1
    assert b"Other words." in site.make("post999.html")
    site.close()


def test_a_half_saved_post_is_a_problem_until_it_is_whole(small: Blog, site: Site) -> None:
    file = small.root / "content/posts/bread.md"
    whole = file.read_bytes()
    for part in (b"", whole[:9], whole[:40], whole + b"More.\n"):
        file.write_bytes(part)

        site.refresh(NOW, [file])

        assert differing(seen(site), fresh(small.root, NOW, unpublished=True)) == []
    assert b"More." in site.make("bread.html")


def test_with_drafts_shown_a_post_is_what_is_published_unless_its_page_names_one_of_them(
    small: Blog, site: Site
) -> None:
    published = Site(small.root / "pelicanconf.py", NOW)
    public = {path: published.make(path) for path in published.outputs}
    published.close()
    unpublished = {post.path for post in site.posts if not post.status.public}
    assert unpublished

    assert public.keys() <= site.outputs.keys()
    for path, body in public.items():
        made = site.traced(path)
        touched = unpublished & {read.subject for read in made.trace()}
        assert made.body == body or touched or site.outputs[path].place is None, path


def test_the_published_preview_is_what_is_built_after_edits_too(small: Blog) -> None:
    site = Site(small.root / "pelicanconf.py", NOW)
    for name in ("harbour", "bread", "old"):
        file = small.root / f"content/posts/{name}.md"
        file.write_text(file.read_text("utf-8") + "\nOne more thing: [bread](bread.md).\n", "utf-8")
        site.refresh(NOW, [file])

    made = {path: site.make(path) for path in site.outputs}
    site.close()

    assert small.build() == 0, small.told
    assert made == {path: (small.output / path).read_bytes() for path in small.made()}
