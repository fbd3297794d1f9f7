"""A commit of Byline's own files, in a repository where its writer is in the middle of something."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from byline.edges import repository
from byline.values.problem import Fault, Refused

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a repository with one commit and a writer who has a name."""
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"):
        monkeypatch.setenv(name, "Ada")
    for name in ("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "ada@me.example")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    root = tmp_path / "blog"
    (root / "content" / "copies").mkdir(parents=True)
    (root / "content" / "post.md").write_text("Title: Post\n\nOld.\n", "utf-8")
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "first")
    return root


def git(root: Path, *arguments: str) -> str:
    """Run git in the repository and return what it says."""
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True).stdout


def test_only_the_named_files_are_committed_and_the_writers_changes_stay_as_they_were(root: Path) -> None:
    (root / "content" / "post.md").write_text("Title: Post\n\nStaged.\n", "utf-8")
    git(root, "add", "content/post.md")
    (root / "content" / "post.md").write_text("Title: Post\n\nNot staged.\n", "utf-8")
    (root / "content" / "copies" / "a.json").write_text("{}", "utf-8")

    assert repository.commit(root, ["content/copies/a.json"], "content: record [skip ci]")

    assert git(root, "show", "--name-only", "--format=%s", "HEAD").split("\n\n") == [
        "content: record [skip ci]",
        "content/copies/a.json\n",
    ]
    assert git(root, "status", "--porcelain").splitlines() == ["MM content/post.md"]
    assert git(root, "show", ":content/post.md") == "Title: Post\n\nStaged.\n"


def test_a_file_that_is_gone_is_committed_as_gone(root: Path) -> None:
    ours = root / "content" / "copies" / "a.json"
    ours.write_text("{}", "utf-8")
    repository.commit(root, ["content/copies/a.json"], "one")
    ours.unlink()

    assert repository.commit(root, ["content/copies/a.json"], "two")
    assert git(root, "status", "--porcelain") == ""


def test_nothing_new_is_no_commit(root: Path) -> None:
    assert not repository.commit(root, ["content/post.md"], "nothing")
    assert git(root, "log", "--format=%s").split() == ["first"]


def test_in_the_middle_of_a_merge_nothing_is_committed(root: Path) -> None:
    (root / ".git" / "MERGE_HEAD").write_text(git(root, "rev-parse", "HEAD"), "utf-8")

    with pytest.raises(Refused, match="A merge or rebase is under way"):
        repository.commit(root, ["content/post.md"], "no")


def test_where_there_is_no_repository_git_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    assert repository.origin(tmp_path) == ""
    with pytest.raises(Fault, match=r"git rev-parse failed: fatal: not a git repository"):
        repository.commit(tmp_path, ["post.md"], "no")


def test_the_origin_is_the_remote_of_that_name(root: Path) -> None:
    git(root, "remote", "add", "origin", "git@github.com:ada/blog.git")

    assert repository.origin(root) == "git@github.com:ada/blog.git"


@pytest.fixture
def origin(root: Path, tmp_path: Path) -> Path:
    """Give the repository's origin."""
    origin = tmp_path / "origin.git"
    git(root, "init", "--quiet", "--bare", str(origin))
    git(root, "remote", "add", "origin", str(origin))
    git(root, "push", "--quiet", "origin", "main")
    return origin


def test_what_is_pushed_is_at_the_origin_before_it_is_committed_here(root: Path, origin: Path) -> None:
    (root / "content" / "copies" / "a.json").write_text("{}", "utf-8")

    assert repository.commit(root, ["content/copies"], "one", push=True)

    assert git(origin, "show", "main:content/copies/a.json") == "{}"
    assert git(origin, "rev-parse", "main") == git(root, "rev-parse", "main")
    assert git(root, "status", "--porcelain") == ""


def test_where_the_origin_moved_on_nothing_is_committed_anywhere(root: Path, origin: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    git(root, "clone", "--quiet", "--branch", "main", str(origin), str(other))
    (other / "content" / "post.md").write_text("Title: Post\n\nNew.\n", "utf-8")
    git(other, "commit", "--quiet", "--all", "-m", "meanwhile")
    git(other, "push", "--quiet", "origin", "main")
    before = git(root, "rev-parse", "HEAD")
    (root / "content" / "copies" / "a.json").write_text("{}", "utf-8")

    with pytest.raises(Refused, match="has moved on"):
        repository.commit(root, ["content/copies"], "one", push=True)

    assert git(root, "rev-parse", "HEAD") == before
    assert git(origin, "log", "-1", "--format=%s", "main") == "meanwhile\n"


def test_an_origin_that_cannot_be_reached_is_told_in_gits_words(root: Path) -> None:
    git(root, "remote", "add", "origin", str(root / "nowhere"))
    (root / "content" / "copies" / "a.json").write_text("{}", "utf-8")

    with pytest.raises(Fault, match=r"git push failed: .*nowhere"):
        repository.commit(root, ["content/copies"], "one", push=True)
