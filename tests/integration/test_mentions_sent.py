"""Webmentions, through `publish` and `share`: each page that a post links is told once, and when the link changes."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from byline.commands import share
from byline.commands.live import SETTINGS
from byline.commands.mentions import Mentions
from byline.commands.sharing_step import Together
from byline.commands.telling import Telling
from byline.site.configuration import load
from live_blog import LiveBlog
from photographs import picture
from static_server import serving
from webmention_receiver import HOST, Receiver

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = "https://ada.pub/looms/"


@pytest.fixture(autouse=True)
def a_writers_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what a forge's machine has."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give the folder that is the target."""
    folder = tmp_path / "www"
    folder.mkdir()
    return folder


@pytest.fixture
def blog(tmp_path: Path, site: Path) -> Iterator[LiveBlog]:
    """Give a blog with old posts, whose target is looked at."""
    with serving(site) as address:
        yield LiveBlog(tmp_path / "blog").begin({"live": {"to": str(site), "verify": address, "deadline": 5}})


@pytest.fixture
def receiver(site: Path) -> Iterator[Receiver]:
    """Give another site that takes mentions and looks at ours."""
    with serving(site) as address, Receiver(lambda source: source.replace("https://ada.pub", address)) as receiver:
        yield receiver


def looms(blog: LiveBlog, text: str, **front: str) -> None:
    """Write a new post."""
    date = datetime.now(UTC) - timedelta(hours=1)
    blog.post("looms", text, Date=f"{date:%Y-%m-%d %H:%M}", Summary="On looms.", **front)


def published(blog: LiveBlog, receiver: Receiver, **wishes: object) -> int:
    """Publish, with the other site as a public one; return the exit code."""
    configuration = load(blog.root / SETTINGS)
    telling = Telling(blog.root, Path(configuration.pelican["PATH"]), configuration.own, "UTC", withdrawals=9)
    return blog.publish(Together((telling, Mentions(blog.root, telling, client=receiver.client))), yes=True, **wishes)


def known(blog: LiveBlog) -> dict[str, dict[str, str]]:
    """Return what is written down of the pages that the new post links."""
    (file,) = (file for file in (blog.root / "content/copies").glob("*.json") if b'"Looms"' in file.read_bytes())
    found: dict[str, dict[str, str]] = json.loads(file.read_bytes())["mentions"]
    return found


def snippet(blog: LiveBlog) -> bytes:
    """Return what nginx is to be told."""
    return (blog.root / ".byline/live/nginx.conf").read_bytes()


def states(blog: LiveBlog) -> dict[str, str]:
    """Return the state of each page."""
    return {page: mention["state"] for page, mention in known(blog).items()}


def test_pages_that_a_new_post_links_or_lists_are_told_once_each(blog: LiveBlog, receiver: Receiver) -> None:
    one, two, three = (receiver.page(f"/{name}") for name in ("one", "two", "three"))
    receiver.pages["/silent"] = ("<p>Nothing.", "")
    looms(blog, f"See [one]({one}), [one]({one}) and [it]({HOST}/silent).", Further_reading=f"[Two]({two}) by Bo")

    assert published(blog, receiver) == 0, blog.told

    assert receiver.mentions == {(SOURCE, one), (SOURCE, two)}
    assert [asked for asked in receiver.asked if asked.startswith("POST")] == ["POST /mentions?of=it"] * 2
    assert states(blog) == {one: "told", two: "told", f"{HOST}/silent": "none"}
    assert f"webmention: {one} is told: Looms." in blog.said
    assert "webmention: 1 linked page takes no mentions." in blog.said
    before = list(receiver.asked)
    assert published(blog, receiver) == 0
    assert receiver.asked == before
    assert three not in states(blog)


def test_whoever_made_a_picture_is_told(blog: LiveBlog, receiver: Receiver) -> None:
    jane, joe, source = receiver.page("/jane"), receiver.page("/joe"), receiver.page("/harbour")
    blog.write("content/images/lead.jpg", picture(size=(600, 400)))
    blog.write("content/images/inline.jpg", picture(size=(500, 400)))
    record = f'["images/inline.jpg"]\ncreator = "Joe"\ncreator_url = "{joe}"\nlicense = "CC0-1.0"\n'
    blog.write("content/photos.toml", record)
    said = {"Photo_creator": "Jane", "Photo_creator_url": jane, "Photo_source": source, "Photo_license": "CC BY 4.0"}
    looms(blog, "Words.\n\n![A loom](../images/inline.jpg)", Photo="../images/lead.jpg", Photo_alt="Boats", **said)

    assert published(blog, receiver) == 0, blog.told

    assert {target for _, target in receiver.mentions} == {jane, joe, source}


def test_an_edit_tells_the_old_and_the_new_and_a_post_that_goes_tells_all(blog: LiveBlog, receiver: Receiver) -> None:
    one, two = receiver.page("/one"), receiver.page("/two")
    looms(blog, f"See [one]({one}).")
    published(blog, receiver)

    looms(blog, f"See [two]({two}).")
    assert published(blog, receiver) == 0, blog.told
    assert receiver.mentions == {(SOURCE, two)}
    assert states(blog) == {one: "gone", two: "told"}
    assert f"webmention: {one} is told that the link is gone: Looms." in blog.said

    assert b"410;" not in snippet(blog)

    (blog.root / "content/posts/looms.md").unlink()
    assert published(blog, receiver, allow_deletes=9) == 0, blog.told
    assert b'location = "/looms/" { try_files "${uri}index.html" =410; }' in snippet(blog)
    assert receiver.mentions == set()
    assert states(blog) == {one: "gone", two: "gone"}
    before = list(receiver.asked)
    assert published(blog, receiver) == 0
    assert receiver.asked == before

    looms(blog, f"See [two]({two}).")
    assert published(blog, receiver) == 0, blog.told
    assert receiver.mentions == {(SOURCE, two)}
    assert b"410;" not in snippet(blog)


def test_old_posts_are_never_told_of(blog: LiveBlog, receiver: Receiver) -> None:
    one = receiver.page("/one")
    blog.post("notes", f"See [one]({one}).", Date="2026-02-02", Summary="On notes.")
    published(blog, receiver)
    blog.post("notes", f"See [one]({one}), again.", Date="2026-02-02", Summary="On notes.")

    assert published(blog, receiver) == 0
    assert receiver.asked == []


def test_a_host_that_fails_is_told_later_and_one_that_refuses_not_again(blog: LiveBlog, receiver: Receiver) -> None:
    one, two = receiver.page("/one"), receiver.page("/two")
    receiver.answers = [500, 403]
    looms(blog, f"See [one]({one}) and [two]({two}).")

    assert published(blog, receiver) == 0, blog.told
    assert states(blog) == {one: "unknown", two: "refused"}
    assert known(blog)[one]["error"] == "its endpoint answers 500"
    assert published(blog, receiver) == 0
    assert receiver.taken == []

    earlier(blog, minutes=11)
    assert published(blog, receiver) == 0
    assert receiver.mentions == {(SOURCE, one)}
    assert states(blog) == {one: "told", two: "refused"}


def test_a_dry_run_asks_nobody_and_says_whom_it_would(blog: LiveBlog, receiver: Receiver) -> None:
    one = receiver.page("/one")
    looms(blog, f"See [one]({one}).")

    assert blog.publish(dry_run=True) == 0, blog.told
    assert f"webmention: Looms to {one}\n" in blog.said
    blog.publish(share=False)
    assert blog.heard(lambda: share.run(blog.root, share.Wishes(dry_run=True))) == 0
    assert f"webmention: Looms to {one}\n" in blog.said
    assert receiver.asked == []
    assert not (blog.root / "content/copies").exists()


def test_what_is_written_down_of_it_changes_no_page_and_makes_no_release(
    blog: LiveBlog, receiver: Receiver, site: Path
) -> None:
    looms(blog, f"See [one]({receiver.page('/one')}).")
    published(blog, receiver)
    manifest = (site / ".well-known/byline.json").read_bytes()

    assert published(blog, receiver) == 0
    assert blog.said.splitlines()[-1].startswith("Nothing to do: ")
    assert (site / ".well-known/byline.json").read_bytes() == manifest


def test_a_lost_ledger_tells_the_young_posts_again_which_does_no_harm(blog: LiveBlog, receiver: Receiver) -> None:
    one = receiver.page("/one")
    looms(blog, f"See [one]({one}).")
    published(blog, receiver)
    shutil.rmtree(blog.root / "content/copies")

    assert published(blog, receiver) == 0
    assert receiver.mentions == {(SOURCE, one)}
    assert states(blog) == {one: "told"}


def test_it_can_be_switched_off(blog: LiveBlog, receiver: Receiver) -> None:
    settings = blog.root / "publishconf.py"
    settings.write_text(settings.read_text("utf-8") + 'BYLINE_PUBLISH = {"mentions": False}\n', "utf-8")
    looms(blog, f"See [one]({receiver.page('/one')}).")

    assert blog.publish(yes=True) == 0, blog.told
    assert "webmention" not in blog.said
    assert not (blog.root / "content/copies").exists()


def earlier(blog: LiveBlog, minutes: int) -> None:
    """Let what was tried be longer ago, in the ledger's own words."""
    for file in (blog.root / "content/copies").glob("*.json"):
        written = json.loads(file.read_bytes())
        for mention in written.get("mentions", {}).values():
            mention["last"] = (datetime.fromisoformat(mention["last"]) - timedelta(minutes=minutes)).isoformat()
        file.write_text(json.dumps(written), "utf-8")
