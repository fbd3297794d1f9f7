"""`publish`, from content/ to a bare git repository, with a recording step in place of the networks."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from byline.commands.sharing_step import Shared
from byline.values.problem import Problem
from live_blog import LiveBlog
from ssh_server import free_port

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from byline.values.output import Release
    from conftest import Tool


@dataclass
class Recording:
    """A sharing step that records what it is asked, and answers as told."""

    words: Sequence[str] = ("mastodon: Looms. https://ada.pub/looms/",)
    answer: Shared = field(default_factory=Shared)
    previewed: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)

    def preview(self, release: Release, now: datetime) -> Sequence[str]:
        """Note the release, answer the words."""
        assert now.tzinfo
        self.previewed.append(release.id)
        return self.words

    def share(self, release: Release, now: datetime) -> Shared:
        """Note the release, answer as told."""
        assert now.tzinfo
        self.shared.append(release.id)
        return self.answer


@pytest.fixture(autouse=True)
def a_writers_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Take away what a forge's machine has, and the settings of whoever runs the tests."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "no-config"))


@pytest.fixture
def remote(tmp_path: Path, tool: Tool) -> Path:
    """Give an empty bare repository."""
    path = tmp_path / "remote.git"
    subprocess.run([tool("git"), "init", "--quiet", "--bare", path], check=True)
    return path


@pytest.fixture
def blog(tmp_path: Path, remote: Path) -> LiveBlog:
    """Give a blog that is published to the bare repository, and not looked at."""
    return LiveBlog(tmp_path / "blog").begin({"live": {"to": f"{remote}#pages", "verify": False}})


def there(remote: Path) -> set[str]:
    """Return the paths on the branch."""
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "pages"], cwd=remote, check=True, capture_output=True, text=True
    )
    return set(listed.stdout.split())


def manifest(remote: Path) -> dict[str, object]:
    """Return the manifest on the branch."""
    shown = subprocess.run(
        ["git", "show", "pages:.well-known/byline.json"], cwd=remote, check=True, capture_output=True
    )
    written: dict[str, object] = json.loads(shown.stdout)
    return written


def test_a_blog_reaches_its_target_in_one_command(blog: LiveBlog, remote: Path) -> None:
    assert blog.publish() == 0, blog.told

    assert {"index.html", "engines/index.html", "feeds/atom.xml", ".nojekyll", ".well-known/byline.json"} <= there(
        remote
    )
    assert re.search(r"https://ada\.pub is deployed.*: \d+ files added, 0 changed, 0 deleted", blog.said)


def test_the_second_publish_does_nothing_and_exits_with_0(blog: LiveBlog, remote: Path) -> None:
    blog.publish()
    tip = subprocess.run(["git", "rev-parse", "pages"], cwd=remote, check=True, capture_output=True).stdout

    assert blog.publish() == 0
    assert blog.said.startswith("Nothing to do: https://ada.pub is as it should be")
    assert subprocess.run(["git", "rev-parse", "pages"], cwd=remote, check=True, capture_output=True).stdout == tip


def test_output_is_not_touched(blog: LiveBlog) -> None:
    blog.publish()

    assert not blog.output.exists()


def test_a_dry_run_shows_the_plan_and_writes_nowhere(blog: LiveBlog, remote: Path) -> None:
    assert blog.publish(dry_run=True) == 0

    assert "  + engines/index.html" in blog.said
    assert re.search(r"\d+ added, 0 changed, 0 deleted, 0 unchanged; .* to send\.", blog.said)
    assert subprocess.run(["git", "branch"], cwd=remote, check=True, capture_output=True).stdout == b""


def test_a_draft_that_is_named_ends_and_is_dated_now(blog: LiveBlog, remote: Path) -> None:
    blog.write("content/posts/cards.md", "Title: Cards\nStatus: draft\nTags: looms\nSummary: On cards.\n\nPunched.\n")
    blog.publish()
    assert "cards/index.html" not in there(remote)
    assert "Drafts that stayed home: posts/cards.md." in blog.said

    assert blog.publish(post="cards") == 0, blog.told

    written = (blog.root / "content/posts/cards.md").read_text("utf-8")
    assert re.fullmatch(
        r"Title: Cards\nDate: \d{4}-\d\d-\d\d \d\d:\d\d\nTags: looms\nSummary: On cards.\n\nPunched.\n", written
    )
    assert "cards/index.html" in there(remote)


@pytest.mark.parametrize("wishes", [{"dry_run": True}, {"allow_deletes": 0}])
def test_a_draft_stays_one_when_nothing_is_published(blog: LiveBlog, wishes: dict[str, Any]) -> None:
    text = "Title: Cards\nStatus: draft\n\nPunched. [Gone](gone.md)\n"
    blog.write("content/posts/cards.md", text)

    assert blog.publish(post="content/posts/cards.md", **wishes) in {0, 1}

    assert (blog.root / "content/posts/cards.md").read_text("utf-8") == text


def test_a_post_that_nobody_knows_is_named_with_a_hint(blog: LiveBlog) -> None:
    assert blog.publish(post="engine") == 1
    assert blog.told.startswith("error: There is no post called engine.")
    assert "Did you mean engines?" in blog.told


def test_a_fault_that_a_check_finds_stops_it(blog: LiveBlog, remote: Path) -> None:
    blog.post("broken", "See [this](/nowhere/).", Date="2026-04-04", Summary="Broken.")

    assert blog.publish() == 1

    assert "content/posts/broken.md:5: error: " in blog.told
    assert "/nowhere/" in blog.told
    assert "Nothing was deployed." in blog.said
    assert subprocess.run(["git", "branch"], cwd=remote, check=True, capture_output=True).stdout == b""


def test_many_deletes_stop_it_and_the_flag_is_named(blog: LiveBlog, remote: Path) -> None:
    for number in range(5):
        blog.post(f"more-{number}", "Words.", Date="2026-05-01", Summary=f"Number {number}.")
    blog.publish()
    for number in range(5):
        (blog.root / f"content/posts/more-{number}.md").unlink()

    assert blog.publish() == 1
    gone = re.search(r"--allow-deletes (\d+)", blog.told)
    assert gone
    assert "more-0/index.html" in there(remote)

    assert blog.publish(allow_deletes=int(gone[1])) == 0, blog.told
    assert "more-0/index.html" not in there(remote)


def test_a_dry_run_lists_what_is_more_than_may_be_deleted(blog: LiveBlog) -> None:
    for number in range(20):
        blog.post(f"more-{number}", "Words.", Date="2026-05-01", Summary=f"Number {number}.")
    blog.publish()
    for number in range(20):
        (blog.root / f"content/posts/more-{number}.md").unlink()

    assert blog.publish(dry_run=True) == 1

    assert all(f"  - more-{number}/index.html" in blog.said for number in range(20))
    assert len(re.findall("--allow-deletes", blog.told)) == 1


def test_what_byline_did_not_put_there_stays(blog: LiveBlog, remote: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", remote, clone], check=True, capture_output=True)
    (clone / "mine.html").write_text("<p>Mine</p>", "utf-8")
    name = ["-c", "user.name=Ada", "-c", "user.email=ada@me.example"]
    subprocess.run(["git", "checkout", "--quiet", "-b", "pages"], cwd=clone, check=True)
    subprocess.run(["git", "add", "."], cwd=clone, check=True)
    subprocess.run(["git", *name, "commit", "--quiet", "-m", "mine"], cwd=clone, check=True)
    subprocess.run(["git", "push", "--quiet", "origin", "pages"], cwd=clone, check=True)

    assert blog.publish() == 0, blog.told

    assert {"mine.html", "index.html"} <= there(remote)
    assert "What Byline did not put there stays as it is: 1 of the files." in blog.said


def test_what_was_not_looked_at_is_not_shared(blog: LiveBlog) -> None:
    step = Recording()

    assert blog.publish(step, yes=True) == 0
    assert step.shared == []


def test_rollback_goes_back_one_good_release_and_publish_forward_again(blog: LiveBlog, remote: Path) -> None:
    blog.publish()
    first = manifest(remote)["release"]
    blog.post("second", "Words.", Date="2026-06-01", Summary="The second.")
    blog.publish()
    second = manifest(remote)["release"]

    assert blog.rollback() == 0, blog.told
    assert manifest(remote)["release"] == first
    assert "second/index.html" not in there(remote)

    assert blog.publish() == 0, blog.told
    assert manifest(remote)["release"] == second


def test_rollback_again_goes_further_back_and_never_forward(blog: LiveBlog, remote: Path) -> None:
    found = []
    for number in range(3):
        blog.post(f"post-{number}", "Words.", Date="2026-06-01", Summary=f"Post {number}.")
        blog.publish()
        found.append(manifest(remote)["release"])

    for number in (1, 0):
        assert blog.rollback() == 0, blog.told
        assert manifest(remote)["release"] == found[number]
    assert blog.rollback() == 1
    assert blog.told.startswith("error: There is no earlier release at live")


def closed(repository: Path) -> Path:
    """Let a repository refuse what is pushed; return the hook that does."""
    hook = repository / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho closed for today >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    return hook


def test_rollback_stays_where_the_last_publish_did_not_arrive(blog: LiveBlog, remote: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.git"
    subprocess.run(["git", "init", "--quiet", "--bare", other], check=True)
    targets = {name: {"to": f"{path}#pages", "verify": False} for name, path in (("other", other), ("live", remote))}
    blog.begin(targets)
    for number in range(2):
        blog.post(f"post-{number}", "Words.", Date="2026-06-01", Summary=f"Post {number}.")
        blog.publish()
    before = manifest(remote)["release"]
    hook = closed(other)
    blog.post("third", "Words.", Date="2026-06-01", Summary="The third.")
    assert blog.publish() == 1
    hook.unlink()

    assert blog.rollback() == 0, blog.told

    assert f"{before} stays live; the publish after it was not finished." in blog.said
    assert (manifest(other)["release"], manifest(remote)["release"]) == (before, before)
    assert blog.rollback() == 0, blog.told
    assert manifest(other)["release"] == manifest(remote)["release"] != before


def test_without_a_target_there_is_nothing_to_go_back_at(blog: LiveBlog) -> None:
    blog.begin({})

    assert blog.rollback() == 1
    assert blog.told.startswith("publishconf.py: error: It does not say where the site goes.")


def test_after_a_rollback_a_check_does_not_miss_what_was_taken_back(blog: LiveBlog) -> None:
    blog.publish()
    blog.post("mistaken", "Words.", Date="2026-06-01", Summary="A mistake.")
    blog.publish()
    blog.rollback()
    (blog.root / "content/posts/mistaken.md").unlink()

    assert blog.check() == 0, blog.told


def test_the_first_release_has_nothing_to_go_back_to(blog: LiveBlog) -> None:
    blog.publish()

    assert blog.rollback() == 1
    assert blog.told.startswith("error: There is no earlier release at live")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('AUTHOR = "Maren Holt"\n', "The blog's author is Maren Holt, who was invented for the demo."),
        ('SITEURL = "https://byline.example"\n', "It does not say at which address the site is public"),
        ('SITEURL = ""\n', "It does not say at which address the site is public"),
        ('SITEURL = "me.pub"\n', "SITEURL is 'me.pub'."),
        ("BYLINE_DEPLOY = {}\n", "It does not say where the site goes."),
        ('BYLINE_DEPLOY = "ftp://me.pub/www"\n', "Nothing can be deployed to ftp:// addresses."),
        ('BYLINE_PUBLISH = {"from": "there"}\n', "BYLINE_PUBLISH[\"from\"] is 'there'."),
        ('BYLINE_PUBLISH = {"from": "forge"}\n', "The blog is published by its forge"),
    ],
)
def test_a_blog_that_is_not_ready_is_refused_with_the_reason(blog: LiveBlog, settings: str, told: str) -> None:
    blog.begin({"live": {"to": "nowhere.git#pages", "verify": False}}, settings)

    assert blog.publish() == 1
    assert f"error: {told}" in blog.told


def test_the_lines_to_paste_are_guessed_from_the_origin(blog: LiveBlog) -> None:
    blog.begin({}, 'SITEURL = ""\n')
    subprocess.run(["git", "init", "--quiet"], cwd=blog.root, check=True)
    remote = "git@github.com:ada/ada.github.io.git"
    subprocess.run(["git", "remote", "add", "origin", remote], cwd=blog.root, check=True)

    assert blog.publish() == 1

    assert '\n    SITEURL = "https://ada.github.io"\n' in blog.told
    assert f'\n    BYLINE_DEPLOY = "{remote}#pages"\n' in blog.told


def test_on_a_forge_a_blog_that_is_published_from_here_is_only_tested(
    blog: LiveBlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")

    assert blog.publish() == 0
    assert blog.said == "The blog is published from its writer's machine; here it is only tested.\n"


def test_a_target_that_does_not_exist_gets_a_hint(blog: LiveBlog) -> None:
    assert blog.publish(target="lvie") == 1
    assert "There is no target named lvie. Name another. Did you mean live?" in blog.told


def test_the_second_of_two_at_once_says_who_holds_the_lock(blog: LiveBlog) -> None:
    from byline.edges import files

    with files.lock(blog.root / ".byline" / "lock"):
        assert blog.publish() == 75

    assert re.search(r"Another run of Byline is at work here \(process \d+\)", blog.told)


def test_a_target_that_fails_does_not_keep_the_others(blog: LiveBlog, remote: Path, tmp_path: Path) -> None:
    """Both can be looked at; one refuses what comes."""
    blocked = tmp_path / "blocked.git"
    subprocess.run(["git", "init", "--quiet", "--bare", blocked], check=True)
    closed(blocked)
    targets = {
        "blocked": {"to": f"{blocked}#pages", "verify": False},
        "live": {"to": f"{remote}#pages", "verify": False},
    }
    blog.begin(targets)
    step = Recording(answer=Shared(problems=(Problem("unreachable", "Never told.", "Never."),)))

    assert blog.publish(step, yes=True) == 1

    assert "closed for today" in blog.told
    assert "index.html" in there(remote)
    assert step.shared == []
    assert "Mend that, then run the same command again to go on." in blog.said


def test_a_target_that_is_down_does_not_keep_the_others_and_is_tried_again(blog: LiveBlog, remote: Path) -> None:
    down = {"to": f"git://127.0.0.1:{free_port()}/site.git#pages", "verify": False}
    blog.begin({"down": down, "live": {"to": f"{remote}#pages", "verify": False}})

    assert blog.publish() == 75

    assert "cannot be reached" in blog.told
    assert "index.html" in there(remote)


def test_a_target_that_is_down_is_told_with_what_else_is_wrong(blog: LiveBlog, remote: Path) -> None:
    down = {"to": f"git://127.0.0.1:{free_port()}/site.git#pages", "verify": False}
    blog.begin({"down": down, "live": {"to": f"{remote}#pages", "verify": False}})
    blog.post("broken", "See [this](/nowhere/).", Date="2026-04-04", Summary="Broken.")

    assert blog.publish() == 1

    assert "cannot be reached" in blog.told
    assert "/nowhere/" in blog.told
    assert blog.told.endswith("2 errors.\n")


def test_where_no_target_can_be_reached_a_draft_stays_one(blog: LiveBlog) -> None:
    blog.begin({"live": {"to": f"git://127.0.0.1:{free_port()}/site.git#pages", "verify": False}})
    blog.write("content/posts/cards.md", "Title: Cards\nStatus: draft\nSummary: On cards.\n\nPunched.\n")

    assert blog.publish(post="cards") == 75

    assert "Status: draft" in (blog.root / "content/posts/cards.md").read_text("utf-8")


def test_a_draft_whose_deployment_failed_is_published_by_the_same_command(blog: LiveBlog, remote: Path) -> None:
    blog.write("content/posts/cards.md", "Title: Cards\nStatus: draft\nSummary: On cards.\n\nPunched.\n")
    hook = closed(remote)
    assert blog.publish(post="cards") == 1
    written = (blog.root / "content/posts/cards.md").read_text("utf-8")
    hook.unlink()

    assert blog.publish(post="cards") == 0, blog.told

    assert "cards/index.html" in there(remote)
    assert (blog.root / "content/posts/cards.md").read_text("utf-8") == written


def test_the_folder_it_is_typed_in_does_not_matter(
    blog: LiveBlog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another blog's folder is where the command is typed: its settings are not taken for this one's."""
    other = LiveBlog(tmp_path / "other")
    other.write("pelicanconf.py", 'AUTHOR = "Somebody else"\n')
    monkeypatch.chdir(other.root)
    blog.publish()

    assert blog.publish() == 0, blog.told
    assert "Somebody else" not in (blog.root / ".byline/live/site/index.html").read_text("utf-8")
