"""A release that a build wrote down is the same when it is read back, and nothing where it cannot be trusted."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import pytest
from blog import Blog
from byline.site.kept_releases import load
from byline.site.site import Site
from byline.values.post import Share, Status
from photographs import picture
from wholes import NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from byline.values.post import Post

RECORD = """\
["images/boat.jpg"]
alt = "A boat"
title = "Boats, early"
creator = ["Ada", "Ben"]
creator_url = "https://photos.example/ada"
source = "https://photos.example/photos/1804"
license = "CC-BY-SA-2.0"
"""


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Blog:
    """Return a blog that was built, with posts that have all that a post can have, or nothing."""
    blog = Blog(tmp_path_factory.mktemp("blog"))
    blog.settings('STATIC_PATHS = ["images"]\nTIMEZONE = "Europe/Oslo"\nBYLINE_NETWORKS = {"x": "", "bluesky": "me"}\n')
    blog.write("content/photos.toml", RECORD)
    blog.write("content/images/boat.jpg", picture())
    blog.post("plain")
    blog.post(
        "full",
        Id="71895222-e59a-41fe-8e15-7bba0da682e4",
        Modified="2021-02-03 04:05",
        Tags="a, b",
        Authors="Ada Example, Ben Example",
        Photo="../images/boat.jpg",
        Photo_crop="16:9",
        Series="Boats",
        Series_index="1.5",
        Question="Who rows?",
        Aliases="old/, older/",
        Share="See “boats”.",
        Share_x="On X.",
        Networks="x, bluesky",
        Audio="https://sounds.example/full.mp3",
        Audio_length="5000",
        Audio_duration="1:02:03",
    )
    blog.post("quiet", Status="hidden", Networks="none")
    assert blog.build() == 0, blog.told
    return blog


@pytest.fixture(scope="module")
def posts(blog: Blog) -> dict[str, Post]:
    """Return the posts of the site as it is listed, by name."""
    site = Site(blog.root / "pelicanconf.py", NOW)
    site.close()
    return {post.name: post for post in site.posts}


def file(blog: Blog) -> Path:
    [found] = (blog.root / ".byline/releases").glob("*.json")
    return found


def as_kept(post: Post) -> Post:
    """Return a post whose picture has the one rendition that stands for it."""
    photo = post.photo and dataclasses.replace(post.photo, renditions=post.photo.renditions[-1:])
    return dataclasses.replace(post, photo=photo)


def test_all_of_a_release_is_read_back(blog: Blog, posts: dict[str, Post]) -> None:
    kept = load(blog.root / ".byline", file(blog).stem)

    assert kept
    assert kept.posts == tuple(map(as_kept, posts.values()))
    assert (kept.id, kept.site_url, kept.made.tzinfo is None) == (file(blog).stem, "https://me.example", False)
    assert kept.outputs.items() <= {**kept.outputs, **blog.made()}.items()
    assert kept.outputs == blog.made()
    assert {path: kind.name for path, kind in kept.kinds.items()}["full.html"] == "PAGE"
    assert kept.kinds.keys() == kept.outputs.keys()


def test_the_posts_that_are_read_back_have_all_that_a_post_can_have(posts: dict[str, Post]) -> None:
    full, photo = posts["Full"], posts["Full"].photo

    assert all(getattr(full, field.name) for field in dataclasses.fields(full))
    assert full.share == Share("See “boats”.", (("x", "On X."),), ("x", "bluesky"))
    assert photo
    assert photo.renditions
    assert photo.renditions[-1].crop
    assert photo.credit
    assert len(photo.credit.creators) == 2
    assert photo.credit.license.share_alike
    assert posts["Quiet"].status is Status.HIDDEN
    assert posts["Quiet"].share.networks == ()
    assert posts["Plain"].share == Share()


def test_a_release_of_a_version_without_words_for_networks_is_read(blog: Blog, tmp_path: Path) -> None:
    written = json.loads(file(blog).read_bytes())
    for post in written["posts"]:
        del post["share"]

    kept = load(home(tmp_path, file(blog).stem, written), file(blog).stem)

    assert kept
    assert [post.share for post in kept.posts] == [Share()] * 3


def home(root: Path, name: str, written: object) -> Path:
    """Return a `.byline/` with this text as the file of a release."""
    (root / "releases").mkdir()
    (root / "releases" / f"{name}.json").write_text(json.dumps(written), "utf-8")
    return root


def with_output(written: dict[str, Any]) -> object:
    return {**written, "outputs": {**written["outputs"], "a.html": "0" * 64}}


def with_post(**changes: object) -> Callable[[dict[str, Any]], object]:
    return lambda written: {**written, "posts": [{**post, **changes} for post in written["posts"]]}


@pytest.mark.parametrize(
    "damaged",
    [
        with_output,
        with_post(status="gone"),
        with_post(published="yesterday"),
        with_post(shape="round"),
        with_post(photo={"path": "a"}),
        with_post(tags=5),
        lambda written: {**written, "schema": 2},
        lambda written: {**written, "id": "0" * 32},
        lambda written: {**written, "kinds": {"index.html": "leaf"}},
        lambda written: {**written, "posts": None},
        lambda written: [written],
        lambda written: written["id"],
    ],
)
def test_a_release_that_is_damaged_is_none(
    blog: Blog, tmp_path: Path, damaged: Callable[[dict[str, Any]], object]
) -> None:
    name = file(blog).stem

    assert load(home(tmp_path, name, damaged(json.loads(file(blog).read_bytes()))), name) is None


def test_a_torn_file_is_none(blog: Blog, tmp_path: Path) -> None:
    name, body = file(blog).stem, file(blog).read_bytes()
    (tmp_path / "releases").mkdir()
    for length in (0, 1, len(body) // 2, len(body) - 2):
        (tmp_path / "releases" / f"{name}.json").write_bytes(body[:length])

        assert load(tmp_path, name) is None


def test_one_that_is_not_there_is_none_and_an_id_leads_nowhere_else(blog: Blog) -> None:
    name = file(blog).stem

    assert load(blog.root / ".byline", "0" * 32) is None
    assert load(blog.root / "nowhere", name) is None
    for other in (f"../releases/{name}", "", "..", f"{name}\n", name.upper()):
        assert load(blog.root / ".byline", other) is None
