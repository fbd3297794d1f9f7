"""What a writer types beside `build` and `serve`: `new`, `begin`, `clean`."""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
from typing import TYPE_CHECKING

import pytest
from byline.commands import begin, clean, new

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from blog import Blog


def said(command: Callable[[], int]) -> tuple[int, str]:
    """Run a command; return its exit code and all that it said."""
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        code = command()
    return code, stream.getvalue()


def test_new_writes_a_draft_with_a_stable_id_and_no_date(blog: Blog) -> None:
    code, text = said(lambda: new.run(blog.root, 'Letting  go: "what" you know', photo="", edit=False))

    assert code == 0
    assert text.startswith("content/posts/letting-go-what-you-know.md is a draft")
    draft = (blog.root / "content/posts/letting-go-what-you-know.md").read_text("utf-8")
    assert draft.startswith('Title: Letting go: "what" you know\nStatus: draft\n')
    assert re.search(r"^Id: [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", draft, re.MULTILINE)
    assert "Date" not in draft
    assert blog.build() == 0
    assert blog.told == ""
    assert not any("letting-go" in path for path in blog.made())


@pytest.mark.parametrize(
    ("title", "photo", "told"),
    [
        ("First", "", "content/posts/first.md: error: This file is already there. Choose another title, or edit it."),
        ("🎉", "", "The title '🎉' gives no address. Use at least one letter or digit."),
        ("Third", "nowhere.jpg", "nowhere.jpg: error: There is no such picture. Name a picture's file."),
    ],
)
def test_new_says_why_it_does_not(blog: Blog, title: str, photo: str, told: str) -> None:
    before = sorted(path for path in blog.root.rglob("*"))

    code, text = said(lambda: new.run(blog.root, title, photo=photo, edit=False))

    assert code == 1
    assert told in text
    assert sorted(path for path in blog.root.rglob("*")) == before


def as_demo(blog: Blog) -> None:
    """Let what is in content/ be the demo."""
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(blog.root).as_posix()}\n"
        for path in sorted((blog.root / "content").rglob("*"))
        if path.is_file()
    )
    blog.write("plugins/byline/commands/demo.sha256", "".join(lines))


def test_begin_removes_the_demo_and_writes_the_settings(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Lisbon")
    blog.write("content/images/demo.jpg", b"demo")
    blog.write("content/pages/about.md", "Title: About the demo\n\nWords.\n")
    as_demo(blog)
    blog.settings('# My comment.\nMENUITEMS = [("Demo", "demo/")]\n')

    code, text = said(
        lambda: begin.run(blog.root, "Grace O'Hopper", title='Notes "on" ships', url="https://grace.example/")
    )

    assert code == 0, text
    content = {path.relative_to(blog.root / "content").as_posix() for path in (blog.root / "content").rglob("*.*")}
    assert content == {"pages/about.md", "posts/my-first-post.md"}
    settings = (blog.root / "pelicanconf.py").read_text("utf-8")
    assert (
        'AUTHOR = "Grace O\'Hopper"\nSITENAME = "Notes \\"on\\" ships"\nSITEURL = "https://grace.example"\n' in settings
    )
    assert (
        '# My comment.\nMENUITEMS = [("Posts", "archives/"), ("About", "about/"), ("Subscribe", "subscribe/")]\n'
        in settings
    )
    assert 'TIMEZONE = "Europe/Lisbon"\n' in settings
    assert blog.build() == 0, blog.told
    assert "Grace O'Hopper" in blog.page("pages/about.html").replace("&#39;", "'")


def test_begin_refuses_a_blog_that_has_begun_and_changes_nothing(blog: Blog) -> None:
    as_demo(blog)
    blog.post("first", "My own words now.")
    before = {path: path.read_bytes() for path in blog.root.rglob("*") if path.is_file()}

    code, text = said(lambda: begin.run(blog.root, "Grace", title="", url=""))

    assert code == 1
    assert "content/posts/first.md: error: This post is not the demo's: the blog has begun." in text
    assert {path: path.read_bytes() for path in blog.root.rglob("*") if path.is_file()} == before


def test_begin_can_be_run_again_after_it_was_killed(blog: Blog) -> None:
    as_demo(blog)
    (blog.root / "content/posts/first.md").unlink()

    assert begin.run(blog.root, "Grace", title="", url="") == 0
    assert (blog.root / "content/posts/my-first-post.md").exists()


def test_clean_removes_what_byline_made_and_nothing_else(blog: Blog) -> None:
    blog.build()
    blog.write("output/CNAME", "me.example")

    code, text = said(lambda: clean.run(blog.root))

    assert code == 0
    assert blog.made().keys() == {"CNAME"}
    assert "files from the output" in text
    assert (blog.root / "content/posts/first.md").exists()
    assert blog.build() == 0


def test_commands_outside_a_blog_say_so(tmp_path: Path) -> None:
    code, text = said(lambda: new.run(tmp_path, "Title", photo="", edit=False))

    assert code == 1
    assert "pelicanconf.py: error: The settings file cannot be read" in text
