"""`publish` and `share` as a writer knows them: told once, by token or by hand, and what is written down of it."""

from __future__ import annotations

import json
import logging
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import bench_sharing
import pytest
from byline.commands import share
from byline.edges import files
from fake_mastodon import TOKEN, FakeMastodon
from live_blog import LiveBlog
from static_server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def a_writers_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what a forge's machine has, give the token."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("BYLINE_TOKEN_MASTODON", TOKEN)


@pytest.fixture
def server() -> Iterator[FakeMastodon]:
    """Give a server with an account."""
    with FakeMastodon() as fake:
        yield fake


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give the folder that is the target."""
    folder = tmp_path / "www"
    folder.mkdir()
    return folder


@pytest.fixture
def blog(tmp_path: Path, site: Path, server: FakeMastodon) -> Iterator[LiveBlog]:
    """Give a blog with old posts and one of an hour ago, an account with a token and one without."""
    networks = {"mastodon": {"account": "@me@social.example", "server": server.url}, "linkedin": ""}
    with serving(site) as address:
        target = {"live": {"to": str(site), "verify": address, "deadline": 5}}
        blog = LiveBlog(tmp_path / "blog").begin(target, f"BYLINE_NETWORKS = {networks!r}\n")
        blog.write(".gitignore", ".byline/\n")
        an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
        blog.post("looms", "Cards.", Date=f"{an_hour_ago:%Y-%m-%d %H:%M}", Tags="looms", Summary="On looms.")
        yield blog


def file_of_looms(blog: LiveBlog) -> Path:
    """Return the file in which the copies of that post are written down."""
    (file,) = (file for file in (blog.root / "content/copies").iterdir() if b'"name": "Looms"' in file.read_bytes())
    return file


def ledger(blog: LiveBlog) -> dict[str, dict[str, str]]:
    """Return the copies that are written down for that post, by account."""
    found: dict[str, dict[str, str]] = json.loads(file_of_looms(blog).read_bytes())["copies"]
    return found


def payloads(blog: LiveBlog) -> list[str]:
    """Return the lines with hashes of what is sent."""
    return [line.strip() for line in blog.said.splitlines() if "payload" in line]


def shared(blog: LiveBlog, **wishes: object) -> int:
    """Share as without a terminal; return the exit code."""
    return blog.heard(lambda: share.run(blog.root, share.Wishes(**wishes)))  # type: ignore[arg-type]  # as on the command line


def test_a_new_post_is_told_once_and_old_ones_never(blog: LiveBlog, server: FakeMastodon) -> None:
    assert blog.publish(yes=True) == 0, blog.told
    assert len(server.statuses) == 1
    text = server.statuses[0]["text"]
    assert text.startswith("Looms\n\nOn looms.")
    assert text.endswith("https://ada.pub/looms/")
    assert "mastodon: Looms is told: " in blog.said
    assert "2 older posts count as told" in blog.said
    assert ledger(blog)["mastodon:@me@social.example"]["state"] == "confirmed"

    assert blog.publish(yes=True) == 0
    assert shared(blog, yes=True) == 0
    assert len(server.statuses) == 1


def test_without_a_yes_nothing_is_told(blog: LiveBlog, server: FakeMastodon) -> None:
    assert blog.publish() == 0
    assert shared(blog) == 0
    assert "Nothing was sent. On a terminal you are asked; elsewhere, --yes sends it." in blog.said
    assert server.statuses == []
    assert not (blog.root / "content/copies").exists()


def test_a_dry_run_opens_no_socket_and_shows_the_words_and_their_hash(blog: LiveBlog, server: FakeMastodon) -> None:
    blog.publish()
    before = len(server.requests)

    assert shared(blog, dry_run=True) == 0
    dry = payloads(blog)[:1]
    assert "    | On looms." in blog.said
    assert "mastodon (@me@social.example): 1 to create." in blog.said
    assert "linkedin (linkedin): 1 by hand." in blog.said
    assert (len(server.requests), (blog.root / "content/copies").exists()) == (before, False)

    assert shared(blog, yes=True) == 0
    assert payloads(blog) == dry
    assert ledger(blog)["mastodon:@me@social.example"]["payload"].startswith(dry[0].removeprefix("payload "))


def test_an_edit_reaches_the_copy_and_a_post_that_goes_takes_it_along(blog: LiveBlog, server: FakeMastodon) -> None:
    blog.publish(yes=True)
    blog.edit("looms", "On looms.", "On other looms.")
    assert blog.publish(yes=True) == 0, blog.told
    assert [status["text"].split("\n")[2] for status in server.statuses] == ["On other looms."]

    (blog.root / "content/posts/looms.md").unlink()
    assert blog.publish(yes=True, allow_deletes=9) == 0, blog.told
    assert server.statuses == []
    assert ledger(blog)["mastodon:@me@social.example"]["state"] == "withdrawn"


def test_a_lost_answer_is_unknown_and_looked_up_later_not_sent_again(blog: LiveBlog, server: FakeMastodon) -> None:
    server.fail("POST /api/v1/statuses", lost=True)

    assert blog.publish(yes=True) == 0
    assert "mastodon: Looms is unknown" in blog.said
    assert "copy-unknown" not in blog.told
    assert "it is looked up first" in blog.told
    assert shared(blog, yes=True) == 0
    assert "Waits: Looms at mastodon: it may still be under way, until " in blog.said

    settle(blog)
    assert shared(blog, yes=True) == 0
    assert ledger(blog)["mastodon:@me@social.example"]["how"] == "found"
    assert len(server.statuses) == 1


def test_a_lost_ledger_sends_nothing_twice(blog: LiveBlog, server: FakeMastodon) -> None:
    blog.publish(yes=True)
    shutil.rmtree(blog.root / "content/copies")

    assert shared(blog, yes=True) == 0, blog.told
    assert len(server.statuses) == 1
    assert ledger(blog)["mastodon:@me@social.example"]["how"] == "found"


def test_a_network_that_fails_hides_no_other_and_its_token_is_nowhere(
    blog: LiveBlog, server: FakeMastodon, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.fail("", status=500, times=99)

    blog.publish(yes=True)
    blog.publish(yes=True)

    assert (
        "By hand: Looms at linkedin. Then: ./byline share --post looms --network linkedin --done ADDRESS" in blog.said
    )
    assert "With the words ready, a tap each: ./byline share --sheet" in blog.said
    assert ledger(blog)["linkedin:linkedin"]["state"] == "manual"
    said = [blog.said, blog.told, caplog.text]
    written = [file.read_bytes().decode(errors="replace") for file in blog.root.rglob("*") if file.is_file()]
    assert all(TOKEN not in text for text in (*said, *written))


def test_what_was_shared_by_hand_is_written_down(blog: LiveBlog) -> None:
    blog.publish(yes=True)

    assert shared(blog, post="looms", network="linkedin", done="https://social.example/posts/1") == 0, blog.told
    assert blog.said.startswith("Written down: Looms is there at https://social.example/posts/1 (linkedin).")
    copy = ledger(blog)["linkedin:linkedin"]
    assert (copy["state"], copy["how"], copy["url"]) == ("confirmed", "manual", "https://social.example/posts/1")
    assert shared(blog, yes=True) == 0
    assert "By hand" not in blog.said


def test_the_page_says_where_its_copies_are_and_the_feed_stays_as_it_was(blog: LiveBlog, site: Path) -> None:
    blog.publish()
    feed = (site / "feeds/atom.xml").read_bytes()
    assert "also-on" not in (site / "looms/index.html").read_text("utf-8")

    assert blog.publish(yes=True) == 0, blog.told
    url = ledger(blog)["mastodon:@me@social.example"]["url"]
    link = f'<a class="u-syndication" rel="syndication" href="{url}">Mastodon</a>'
    assert link in (site / "looms/index.html").read_text("utf-8")
    shared(blog, post="looms", network="linkedin", done="https://social.example/posts/1")
    blog.publish(yes=True)

    page = (site / "looms/index.html").read_text("utf-8")
    assert [
        link in page,
        '<a class="u-syndication" rel="syndication" href="https://social.example/posts/1">' in page,
    ] == [
        True,
        True,
    ]
    assert "also-on" not in (site / "notes/index.html").read_text("utf-8")
    assert (site / "feeds/atom.xml").read_bytes() == feed
    assert blog.publish(yes=True) == 0
    assert blog.said.splitlines()[-1].startswith("Nothing to do: ")


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        ({"done": "https://social.example/1"}, "Say --post POST and --network NAME, too."),
        ({"post": "loms", "done": "none"}, "Did you mean looms?"),
        ({"post": "looms", "network": "linkedn", "done": "none"}, "Did you mean linkedin?"),
        ({"post": "looms", "network": "linkedin", "done": "social"}, "'social' is no address."),
        ({"post": "looms", "network": "linkedin", "resolve": "maybe"}, "Say `again` (it is not there: send it)"),
        ({"post": "looms", "network": "mastodon", "resolve": "again"}, "It is there, at http"),
        ({"post": "looms", "network": "linkedin", "done": "none", "resolve": "never"}, "--done and --resolve are"),
        ({"sheet": True, "dry_run": True}, "--sheet and --dry-run are different things. Say one of them."),
    ],
)
def test_what_cannot_be_written_down_is_told(blog: LiveBlog, wishes: dict[str, str], told: str) -> None:
    blog.publish(yes=True)

    before = file_of_looms(blog).read_bytes()
    assert shared(blog, **wishes) == 1
    assert told in blog.told
    assert file_of_looms(blog).read_bytes() == before


def test_a_person_may_let_it_be(blog: LiveBlog) -> None:
    blog.publish(yes=True)

    assert shared(blog, post="looms", network="linkedin", resolve="never") == 0
    assert "Written down: Looms is let be (linkedin)." in blog.said
    assert shared(blog, yes=True) == 0
    assert "By hand" not in blog.said


def test_what_only_a_hand_can_change_is_told_until_it_is_said_to_be_done(blog: LiveBlog) -> None:
    blog.publish(yes=True)
    address = "https://social.example/posts/1"
    shared(blog, post="looms", network="linkedin", done=address)
    blog.edit("looms", "On looms.", "On other looms.")

    assert blog.publish(yes=True) == 0
    assert "As it is: Looms at linkedin: its words are others now, and can be changed there by hand only." in blog.said
    assert "./byline share --post looms --network linkedin --done ADDRESS" in blog.said
    shared(blog, post="looms", network="linkedin", done=address)
    assert shared(blog, yes=True) == 0
    assert "As it is" not in blog.said
    assert ledger(blog)["linkedin:linkedin"]["made_of"] == ledger(blog)["mastodon:@me@social.example"]["made_of"]

    (blog.root / "content/posts/looms.md").unlink()
    assert blog.publish(yes=True, allow_deletes=9) == 0
    assert "./byline share --post looms --network linkedin --resolve never" in blog.said
    assert shared(blog, post="looms", network="linkedin", resolve="never") == 0
    assert shared(blog, yes=True) == 0
    assert "As it is" not in blog.said


def test_what_is_not_live_is_not_shared(blog: LiveBlog) -> None:
    assert shared(blog, yes=True) == 1
    assert "No release of this site was seen live from here. Run ./byline publish" in blog.told


def test_without_the_release_at_hand_the_site_is_built_and_must_be_the_same(
    blog: LiveBlog, server: FakeMastodon
) -> None:
    blog.publish()
    shutil.rmtree(blog.root / ".byline" / "releases")
    assert shared(blog, yes=True) == 0, blog.told
    assert len(server.statuses) == 1

    shutil.rmtree(blog.root / ".byline" / "releases")
    blog.post("looms", "Other cards.", Date="2026-03-03", Tags="looms", Summary="On looms.")
    assert shared(blog, yes=True) == 1
    assert "What is live was made of other texts or settings than those that are here." in blog.told


def test_of_two_runs_at_once_one_is_told_to_wait(blog: LiveBlog, server: FakeMastodon) -> None:
    blog.publish()
    with files.lock(blog.root / ".byline" / "lock"):
        assert shared(blog, yes=True) == 75

    assert server.statuses == []
    assert shared(blog, yes=True) == 0
    assert len(server.statuses) == 1


def test_the_first_run_on_a_blog_of_four_hundred_posts_tells_of_the_new_one_alone(
    tmp_path: Path, server: FakeMastodon
) -> None:
    root = tmp_path / "old"
    networks = {"mastodon": {"account": "@me@social.example", "server": server.url}, "linkedin": "me"}
    old, (new,) = bench_sharing.posts(400), bench_sharing.posts(1, new=True)
    bench_sharing.furnish(root, (*old, replace(new, key="new")), networks)
    blog = LiveBlog(root)

    assert shared(blog, yes=True) == 0, blog.told

    assert "mastodon:@me@social.example is told of new posts from now on; 400 older posts count as told." in blog.said
    assert [status["text"].splitlines()[-1] for status in server.statuses] == [new.url]
    assert len(list((root / "content/copies").glob("*.json"))) == 2
    assert shared(blog, yes=True) == 0
    assert len(server.statuses) == 1


def test_a_broken_ledger_stops_it_with_its_line(blog: LiveBlog, server: FakeMastodon) -> None:
    blog.publish(yes=True)
    file = file_of_looms(blog)
    file.write_text("<<<<<<< HEAD\n" + file.read_text("utf-8"), "utf-8")

    assert shared(blog, yes=True) == 1
    assert f"content/copies/{file.name}:1: error: " in blog.told
    assert len(server.statuses) == 1


def settle(blog: LiveBlog) -> None:
    """Let what is under way be long ago, in the ledger's own words."""
    file = file_of_looms(blog)
    written = json.loads(file.read_bytes())
    for copy in written["copies"].values():
        if "last" in copy:
            copy["last"] = (datetime.fromisoformat(copy["last"]) - timedelta(minutes=10)).isoformat()
    file.write_text(json.dumps(written), "utf-8")
