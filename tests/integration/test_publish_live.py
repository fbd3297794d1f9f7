"""`publish` and what comes after deploying: looking until it is live, sharing, the pages whose copies changed."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from byline.commands.sharing_step import Shared
from byline.deploy import state
from byline.edges import files
from live_blog import LiveBlog
from static_server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from byline.values.output import Release


@dataclass
class Recording:
    """A sharing step that looks at the live site when it is asked to share, and once writes a copy down."""

    blog: LiveBlog
    site: Path
    due: list[str] = field(default_factory=lambda: ["looms"])
    seen: list[str] = field(default_factory=list)

    def preview(self, release: Release, now: datetime) -> Sequence[str]:
        """Return a line for each post that is due."""
        assert now.tzinfo
        assert release.posts
        return [f"mastodon: {name}" for name in self.due]

    def share(self, release: Release, now: datetime) -> Shared:
        """Note what stands on the live site, write the copy into the post's page."""
        assert now.tzinfo
        assert release.posts
        if not self.due:
            return Shared()
        name = self.due.pop()
        self.seen.append((self.site / name / "index.html").read_text("utf-8"))
        self.blog.write(f"content/copies/{name}.json", "{}")
        post = self.blog.root / f"content/posts/{name}.md"
        post.write_text(post.read_text("utf-8") + "\nAlso elsewhere.\n", "utf-8")
        return Shared((f"mastodon: {name}, sent.",), (f"content/copies/{name}.json",))


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
    """Give a blog that is published to a folder, and looked at where a server serves that."""
    with serving(site) as address:
        target = {"live": {"to": str(site), "verify": address, "deadline": 5}}
        yield LiveBlog(tmp_path / "blog").begin(target)


def test_it_is_shared_only_after_it_is_live(blog: LiveBlog, site: Path) -> None:
    step = Recording(blog, site)

    assert blog.publish(step, yes=True) == 0, blog.told

    assert len(step.seen) == 1
    assert "Cards." in step.seen[0]
    assert "https://ada.pub is live (seen at http://127.0.0.1:" in blog.said


def test_the_pages_whose_copies_changed_are_put_live_after_sharing(blog: LiveBlog, site: Path) -> None:
    blog.publish(Recording(blog, site), yes=True)

    assert "Also elsewhere." in (site / "looms" / "index.html").read_text("utf-8")
    assert blog.publish(Recording(blog, site, []), yes=True) == 0
    assert blog.said.startswith("Nothing to do: ")


def test_without_a_terminal_and_without_yes_nothing_is_shared(blog: LiveBlog, site: Path) -> None:
    step = Recording(blog, site)

    assert blog.publish(step) == 0
    assert (site / "index.html").exists()
    assert step.seen == []


def test_no_share_means_none(blog: LiveBlog, site: Path) -> None:
    step = Recording(blog, site)

    assert blog.publish(step, yes=True, share=False) == 0
    assert step.seen == []


def test_a_dry_run_shows_the_words_and_sends_none(blog: LiveBlog, site: Path) -> None:
    step = Recording(blog, site)

    assert blog.publish(step, dry_run=True) == 0
    assert "mastodon: looms" in blog.said
    assert (step.seen, list(site.iterdir())) == ([], [])


def test_what_is_not_live_in_time_is_told_and_not_shared_and_looked_at_again(
    blog: LiveBlog, site: Path, tmp_path: Path
) -> None:
    step = Recording(blog, site)
    with serving(tmp_path / "nowhere") as wrong:
        blog.begin({"live": {"to": str(site), "verify": wrong, "deadline": 1}})
        assert blog.publish(step, yes=True) == 1
    assert f"{wrong}/.well-known/byline.json" in blog.told
    assert step.seen == []
    known = state.load(blog.root / ".byline")["live"]
    assert (known.seen, "index.html" in known.unseen) == ("", True)

    with serving(site) as right:
        blog.begin({"live": {"to": str(site), "verify": right, "deadline": 5}})
        assert blog.publish(step, yes=True) == 0, blog.told
    assert len(step.seen) == 1


def test_what_was_seen_at_another_address_is_looked_at_before_it_is_shared(
    blog: LiveBlog, site: Path, tmp_path: Path
) -> None:
    blog.publish()
    step = Recording(blog, site)
    with serving(tmp_path / "nowhere") as public:
        blog.begin({"live": {"to": str(site), "verify": public, "deadline": 1}})

        assert blog.publish(step, yes=True) == 1

    assert f"{public}/.well-known/byline.json" in blog.told
    assert step.seen == []


def test_nothing_is_shared_while_only_one_of_the_targets_is_published_to(
    blog: LiveBlog, site: Path, tmp_path: Path
) -> None:
    step = Recording(blog, site)
    (tmp_path / "staging").mkdir()
    with serving(tmp_path / "staging") as staging, serving(site) as public:
        targets = {"staging": (tmp_path / "staging", staging), "live": (site, public)}
        blog.begin({name: {"to": str(to), "verify": at, "deadline": 5} for name, (to, at) in targets.items()})

        assert blog.publish(step, yes=True, target="staging") == 0, blog.told
        assert step.seen == []
        assert blog.publish(step, yes=True) == 0, blog.told

    assert len(step.seen) == 1


def test_a_target_that_was_emptied_by_hand_gets_all_again(blog: LiveBlog, site: Path) -> None:
    blog.publish()
    before = {path.name for path in site.iterdir()}
    for path in site.iterdir():
        files.remove_tree(path)

    assert blog.publish() == 0, blog.told

    assert {path.name for path in site.iterdir()} == before


def test_a_machine_without_state_looks_once_and_does_nothing_else(blog: LiveBlog, site: Path) -> None:
    blog.publish()
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    subprocess.run(["rm", "-r", blog.root / ".byline"], check=True)

    assert blog.publish() == 0, blog.told

    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before
    assert state.load(blog.root / ".byline")["live"].seen


def test_rollback_is_looked_at_too(blog: LiveBlog, site: Path) -> None:
    blog.publish()
    blog.post("second", "Words.", Date="2026-06-01", Summary="The second.")
    blog.publish()

    assert blog.rollback() == 0, blog.told

    assert not (site / "second" / "index.html").exists()
    known = state.load(blog.root / ".byline")["live"]
    assert (bool(known.seen), len(known.good)) == (True, 2)


def test_a_copy_is_committed_where_that_is_wanted_and_nothing_else(
    blog: LiveBlog, site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    for name in ("GIT_AUTHOR", "GIT_COMMITTER"):
        monkeypatch.setenv(f"{name}_NAME", "Ada")
        monkeypatch.setenv(f"{name}_EMAIL", "ada@me.example")
    conf = blog.root / "publishconf.py"
    conf.write_text(conf.read_text("utf-8") + 'BYLINE_PUBLISH = {"commit": True}\n', "utf-8")
    for words in (["init", "--quiet"], ["add", "content"], ["commit", "--quiet", "-m", "first"]):
        subprocess.run(["git", *words], cwd=blog.root, check=True)

    assert blog.publish(Recording(blog, site), yes=True) == 0, blog.told

    log = subprocess.run(
        ["git", "log", "-1", "--format=%s", "--name-only"], cwd=blog.root, check=True, capture_output=True, text=True
    ).stdout.split("\n")
    assert "[skip ci]" in log[0]
    assert [line for line in log[1:] if line] == ["content/copies/looms.json"]
