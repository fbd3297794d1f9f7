"""The writer's own git repository: where it comes from, and a commit of files that are Byline's own.

Not the branch that a site is deployed to: that is a target, and lives in a repository of its own.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from byline.edges import files
from byline.edges.programs import captured
from byline.values.problem import Fault, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MOVED_ON = re.compile(r"^!.*(?:\(fetch first\)|\(non-fast-forward\)|\(stale info\)|cannot lock ref)", re.MULTILINE)
"""How `git push --porcelain` says that the branch there is not what it was."""
_UNDER_WAY = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "BISECT_LOG")


def on_forge() -> bool:
    """Tell whether this runs on a forge, as all of them say it: `CI=true` in the environment."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


def origin(root: Path) -> str:
    """Return the address of the repository's remote `origin`, or an empty text where there is none."""
    try:
        asked = captured(["git", "remote", "get-url", "origin"], cwd=root)
    except Fault:
        # Without git there is no origin either.
        return ""
    return "" if asked.code else asked.output.decode(errors="replace").strip()


def commit(root: Path, paths: Sequence[str], message: str, *, push: bool = False) -> bool:
    """Commit these files as they are, and nothing else; return whether there was anything to commit.

    `paths` are below `root`. The commit is made through an index of its own, so what the writer has changed or staged
    stays as it is. With `push` it is first put on the branch of the same name at `origin`: where that has moved on,
    nothing is committed here either, and Refused is raised. Raises Refused while a merge or rebase is under way, Fault
    when git cannot do it.
    """
    folder = root / _git(root, ["rev-parse", "--git-dir"])
    for name in _UNDER_WAY:
        if (folder / name).exists():
            what = f"A merge or rebase is under way in the repository ({name})."
            raise Refused(Problem("cannot-commit", what, "Finish it, then run this again."))
    head = _git(root, ["rev-parse", "--verify", "HEAD"])
    with files.temporary_folder("byline-index-") as scratch:
        own = {"GIT_INDEX_FILE": str(scratch / "index")}
        _git(root, ["read-tree", "HEAD"], own)
        _git(root, ["add", "--force", "--all", "--", *paths], own)
        tree = _git(root, ["write-tree"], own)
    if tree == _git(root, ["rev-parse", "HEAD^{tree}"]):
        return False
    new = _git(root, ["commit-tree", "-p", head, "-m", message, tree])
    if push:
        _push(root, new)
    _git(root, ["update-ref", "-m", message, "HEAD", new, head])
    # In the writer's index these files would now look as if they had been taken back.
    _git(root, ["reset", "--quiet", "HEAD", "--", *paths])
    return True


def _push(root: Path, new: str) -> None:
    """Put a commit on the branch at `origin` that is called as this one here. Raises Refused where that moved on."""
    branch = _git(root, ["symbolic-ref", "HEAD"])
    ended = captured(["git", "push", "--porcelain", "origin", f"{new}:{branch}"], cwd=root, environment={"LC_ALL": "C"})
    if ended.code and _MOVED_ON.search(ended.output.decode(errors="replace")):
        what = "The repository at origin has moved on since this began: its writer pushed, or somebody else publishes."
        raise Refused(Problem("origin-moved", what, "Pull, then run this again."))
    if ended.code:
        words = " ".join(ended.errors.split()) or f"exit code {ended.code}"
        raise Fault(Problem("cannot-commit", f"git push failed: {words}.", "Mend that, then run this again."))


def _git(root: Path, arguments: Sequence[str], environment: dict[str, str] | None = None) -> str:
    """Return what a git command answers. Raises Fault in git's own words."""
    ended = captured(["git", *arguments], cwd=root, environment=environment)
    if ended.code:
        words = " ".join(ended.errors.split()) or f"exit code {ended.code}"
        raise Fault(Problem("cannot-commit", f"git {arguments[0]} failed: {words}.", "Mend that, then run this again."))
    return ended.output.decode(errors="replace").strip()
