"""A site whose related posts were kept is the one that is built afresh, whatever is edited, or happens to the file."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from byline.edges import files
from byline.preview.session import Session
from byline.related.kept_counts import KeptCounts
from byline.site.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from blog import Blog
    from byline.related.terms import Counts
    from byline.values.post import Post

TEMPLATE = """\
{% for match in article.related_matches %}
{{ match.post.name }} {{ match.score }} {{ match.reasons.words|join(", ") }} {{ match.reasons.days }}
{% endfor %}
"""


@pytest.fixture
def site(blog: Blog) -> Blog:
    """Give a built blog whose pages print their lists, scores and reasons."""
    blog.settings('THEME_TEMPLATES_OVERRIDES = ["templates"]\nTHEME = "simple"\n')
    blog.write("templates/article.html", TEMPLATE)
    for day in range(1, 29):
        words = f"The ferry {day % 5} waits in harbour {day % 3}, the harbour waits for ferry {day % 7}. " * 3
        blog.post(f"post{day}", words, Date=f"2020-02-{day:02}")
    assert blog.build() == 0, blog.told
    return blog


def afresh(site: Blog) -> dict[str, str]:
    """Return what is built of the same sources with nothing kept."""
    shutil.rmtree(site.root / ".byline")
    shutil.rmtree(site.output)
    assert site.build() == 0
    return site.made()


EDITS: dict[str, Callable[[Blog], object]] = {
    "a text": lambda site: site.post("post9", "Bread and rye. Bread!", Date="2020-02-09"),
    "a name": lambda site: site.post("post9", "The ferry 4 waits.", Title="Harbour 2", Date="2020-02-09"),
    "tags": lambda site: site.post("post9", "The ferry 4 waits.", Tags="one, two", Date="2020-02-09"),
    "a date": lambda site: site.post("post9", "The ferry 4 waits.", Date="2020-02-27"),
    "a pin": lambda site: site.post("post9", "The ferry 4 waits.", Related="post1, -post2", Date="2020-02-09"),
    "a new one": lambda site: site.post("post29", "The ferry 4 waits in harbour 2.", Date="2020-03-09"),
    "one less": lambda site: (site.root / "content/posts/post9.md").unlink(),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edited_site_is_what_it_would_be_if_built_afresh(site: Blog, edit: Callable[[Blog], object]) -> None:
    edit(site)
    assert site.build() == 0
    made = site.made()

    assert made == afresh(site)


@pytest.mark.parametrize(
    "spoil", [lambda _body: b"", lambda body: body[:-9], lambda body: body[:50] + b"?" + body[51:]]
)
def test_garbage_changes_nothing(site: Blog, spoil: Callable[[bytes], bytes]) -> None:
    kept: Path = site.root / ".byline/related"
    body = kept.read_bytes()
    kept.write_bytes(spoil(body))
    site.post("post9", "The ferry 4 waits, and waits.", Date="2020-02-09")
    assert site.build() == 0
    made, again = site.made(), kept.read_bytes()

    assert made == afresh(site)
    assert kept.read_bytes() == again


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the posts whose words are looked at."""
    met: list[str] = []
    of = KeptCounts.of

    def noted(counts: KeptCounts, post: Post, text: Callable[[Post], str]) -> Counts:
        met.append(post.path)
        return of(counts, post, text)

    monkeypatch.setattr(KeptCounts, "of", noted)
    return met


def preview(site: Blog) -> closing[Site]:
    """Give the site as a preview lists it."""
    return closing(Site(site.root / "pelicanconf.py", datetime.now(UTC), unpublished=True))


def test_a_preview_keeps_what_took_long_to_learn(site: Blog, asked: list[str]) -> None:
    (site.root / ".byline/related").unlink()
    with preview(site) as first:
        made = first.make("post9.html")
        first.keep_relations()
    # Each once for the index, and the shown one for its words, in which the reasons are told.
    assert (len(asked), len(set(asked)), asked.count("posts/post9.md")) == (31, 30, 2)
    asked.clear()

    with preview(site) as second:
        assert second.make("post9.html") == made == (site.output / "post9.html").read_bytes()

    assert asked == []


def test_a_list_made_anew_begins_with_what_the_last_one_learnt(site: Blog, asked: list[str]) -> None:
    (site.root / ".byline/related").unlink()
    with preview(site) as listed:
        session = Session(listed, overlaid=False, tell=print)
        listed.make("post9.html")
        asked.clear()
        edited = site.post("post8", "The ferry 1 waits in harbour 1.", Tags="one, two", Date="2020-02-08")
        session.refresh(datetime.now(UTC), [edited])
        made = listed.make("post9.html")

    assert set(asked) == {"posts/post8.md", "posts/post9.md"}  # what was edited, and the words of the shown one
    assert site.build() == 0
    assert made == (site.output / "post9.html").read_bytes()


def test_a_preview_leaves_alone_what_would_do(site: Blog) -> None:
    kept = files.state(site.root / ".byline/related")
    with preview(site) as listed:
        listed.make("post9.html")
        assert listed.swap(datetime.now(UTC), [site.post("post9", "The ferry 4 waits.", Date="2020-02-09")])
        listed.make("post9.html")
        listed.keep_relations()

    assert files.state(site.root / ".byline/related") == kept
